"""From a key press to the next question: the time that the advisor takes of it.

    python -m tests.benchmarks.interview --interviews 60

Interviews of one to three parts with random answers, from the first question to the end, kept in
a register on disk and in memory. A step is everything from a line that was read to the next
question, ready to be printed: the answer checked and saved, and what matters worked out again.
Given in milliseconds of the processor, which is the advisor's own time, and of the clock, which
has the disk and whatever else runs in it as well; and as a ratio to reading the line itself from a
pipe. What the disk takes is shown by a bare commit: one row, with the settings of a register.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, thread_time

from advisor.cli.conversation import Conversation
from advisor.cli.line import Shown
from advisor.interview.dialogue import Interview
from advisor.interview.prompts import Prompt
from advisor.interview.record import Beginning, Notebook, Record
from advisor.register.store import Register
from tests.interview.answering import LIVE_FILE, RULEBOOK, TODAY, said_to

TARGET = 5.0  # milliseconds, at the 99th percentile


def said(prompt: Prompt, rng: Random) -> str:
    """The answer of a live file, or now and then another, so that balances are reached."""
    values = [one.value for one in prompt.choices]
    if prompt.step.kind == "part":
        return f"Part {rng.random()}" if rng.random() < 0.5 else ""
    if values and rng.random() < 0.12:
        return rng.choice(values)
    return said_to(prompt, LIVE_FILE)


class Read:
    """Lines that are read from a table of answers as they are asked for, each step timed."""

    strict = False

    def __init__(self, interview: Interview, rng: Random) -> None:
        self.interview, self.rng = interview, rng
        self.out = StringIO()
        self.say = Shown(self.out).say
        self.width = 79
        self.times: list[tuple[float, float]] = []
        self._since: tuple[float, float] | None = None

    def read(self, *, long: bool = False) -> str:
        if self._since is not None:
            own, clock = self._since
            self.times.append((thread_time() - own, perf_counter() - clock))
        text = said(self.interview.prompt, self.rng)
        self._since = thread_time(), perf_counter()
        return text

    def more(self) -> bool:
        return True

    def where(self) -> str:
        return ""


def steps(records: Iterator[Record], seed: int) -> list[tuple[float, float]]:
    """The milliseconds of each step, the advisor's own and by the clock, one interview a record."""
    found: list[tuple[float, float]] = []
    for number, record in enumerate(records):
        interview = Interview(RULEBOOK, record, today=TODAY)
        lines = Read(interview, Random(f"{seed}:{number}"))
        Conversation(interview, lines, lambda: "").run()
        found += lines.times
    return [(own * 1000, clock * 1000) for own, clock in found]


def saved(folder: str, count: int) -> Iterator[Record]:
    with Register(Path(folder) / "register.db") as register:
        for number in range(count):
            name = f"FOI/{number}"
            yield Beginning(lambda _, events, name=name: register.create(name, events))


def reading_a_line() -> float:
    """The milliseconds that it takes to read one line from a pipe."""
    out, into = os.pipe()
    with os.fdopen(out) as reading, os.fdopen(into, "w") as writing:
        times = []
        for _ in range(500):
            started = perf_counter()
            writing.write("yes\n")
            writing.flush()
            reading.readline()
            times.append(perf_counter() - started)
    return median(times) * 1000


def bare_commits(folder: str) -> list[tuple[float, float]]:
    """The milliseconds, own and by the clock, of single rows committed as a register commits."""
    times = []
    with closing(sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE answers (text TEXT) STRICT")
        for _ in range(300):
            own, clock = thread_time(), perf_counter()
            connection.execute("INSERT INTO answers VALUES ('yes')")
            times.append(((thread_time() - own) * 1000, (perf_counter() - clock) * 1000))
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description="Time the steps of interviews.")
    parser.add_argument("--interviews", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    gc.set_threshold(50_000, 20, 20)  # as the command does
    line, worst = reading_a_line(), 0.0
    with tempfile.TemporaryDirectory() as folder:
        records = {
            "in a register": saved(folder, asked.interviews),
            "in memory": (Notebook() for _ in range(asked.interviews)),
        }
        for name, kept in records.items():
            own, clock = zip(*steps(kept, asked.seed), strict=True)
            for what, times in (("own time", own), ("by the clock", clock)):
                last = quantiles(times, n=100)[98]
                print(
                    f"{name}, {what}: {len(times)} steps, median {median(times):.2f} ms, 99th "
                    f"percentile {last:.2f} ms ({last / line:.0f} times reading a line), "
                    f"longest {max(times):.1f} ms"
                )
            worst = max(worst, quantiles(own, n=100)[98])
        commits = bare_commits(folder)
    for what, times in zip(("own time", "by the clock"), zip(*commits, strict=True), strict=True):
        last = quantiles(times, n=100)[98]
        print(f"a bare commit, {what}: median {median(times):.2f} ms, 99th {last:.2f} ms")
    return 0 if worst <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
