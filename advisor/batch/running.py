"""Running a batch over worker processes: bounded memory, stop and resume, nothing lost or twice.

Answers are written in the order of the lines, so the number of whole lines in the output says
where to go on. A torn last line, which nobody was told of, is cut off before going on.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from advisor.advice.rulebook import Rulebook
from advisor.batch.partition import assess_lines, case_line
from advisor.case import Case
from advisor.reasoning.agreement import Engine
from advisor.scenarios.finding import case_files
from advisor.sources import InputError, Problem

CHUNK = 200  # lines given to a worker at a time
Progress = Callable[[int, int, float], None]

_rulebook: Rulebook | None = None  # a worker's own, loaded once


def run(
    source: Path,
    out: Path,
    *,
    rules: Path | None = None,
    engine: Engine = "direct",
    workers: int | None = None,
    progress: Progress = lambda done, of, seconds: None,
) -> int:
    """Assess every line of `source` (JSON lines, or a folder of case files) into `out`.

    Goes on where an earlier run of the same input stopped. Returns how many lines the output has.
    Raises InputError where the input can't be read or the output can't be written.
    """
    count = _lines_of(source)
    done = _whole_lines(out)
    if done > count:
        text = f"has {done} answers already, and the input {count} lines"
        raise InputError(Problem(str(out), 0, 0, text, "is it another input's output?"))
    start, before = time.monotonic(), done
    try:
        with out.open("a", encoding="utf-8", newline="\n") as file:
            for answers in _answers(source, done, rules, engine, workers):
                file.write(answers)
                file.flush()
                done += answers.count("\n")
                progress(done, count, (time.monotonic() - start) / max(done - before, 1))
            os.fsync(file.fileno())
    except OSError as error:
        text = f"cannot be written: {error.strerror}"
        raise InputError(Problem(str(out), 0, 0, text, "run it again to go on")) from None
    return done


def _answers(
    source: Path, skip: int, rules: Path | None, engine: Engine, workers: int | None
) -> Iterator[str]:
    """The answers of chunk after chunk, in order; only a few chunks are ever in memory."""
    lines = islice(_read(source), skip, None)
    many = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(many, initializer=_begin, initargs=(rules,)) as pool:
        waiting: deque[Future[str]] = deque()
        number = skip + 1
        while chunk := list(islice(lines, CHUNK)):
            waiting.append(pool.submit(_work, chunk, number, engine))
            number += len(chunk)
            if len(waiting) >= 2 * many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _begin(rules: Path | None) -> None:
    import signal

    global _rulebook
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops in order
    _rulebook = Rulebook.load(rules)


def _work(lines: list[str], first: int, engine: Engine) -> str:
    assert _rulebook is not None
    return "".join(f"{one}\n" for one in assess_lines(lines, _rulebook, engine, first))


def _read(source: Path) -> Iterator[str]:
    if source.is_dir():
        for path in case_files([source]):
            try:
                yield case_line(Case.read(path))
            except InputError as error:
                yield f"{path.name}: {error.problems[0].text}"  # not JSON: reported as that line
        return
    with source.open(encoding="utf-8", errors="replace") as file:
        yield from file


def _lines_of(source: Path) -> int:
    try:
        if source.is_dir():
            return len(case_files([source]))
        with source.open("rb") as file:
            return sum(1 for _ in file)
    except OSError as error:
        raise InputError(Problem(str(source), 0, 0, f"cannot be read: {error.strerror}")) from None


def _whole_lines(out: Path) -> int:
    """How many whole lines an output has; what follows the last newline is cut off."""
    if not out.exists():
        return 0
    try:
        with out.open("r+b") as file:
            count = end = position = 0
            while block := file.read(1 << 20):
                count += block.count(b"\n")
                last = block.rfind(b"\n")
                if last >= 0:
                    end = position + last + 1
                position += len(block)
            if position > end:
                file.truncate(end)
            return count
    except OSError as error:
        raise InputError(Problem(str(out), 0, 0, f"cannot be read: {error.strerror}")) from None
