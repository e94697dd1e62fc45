"""SIGKILL at random moments while answers stream into a register: nothing acknowledged is lost.

    python -m tests.benchmarks.kill_register --kills 200 --seed 1

A child goes on with an assessment (or begins the register) and says a number when that many
events are saved. It is killed at a random moment; then the file is opened again, its chains are
verified, and every event that was said to be saved has to be there, and at most one more, which
was on its way. Every fourth child begins a new register, and is killed while it does or soon
after. The exit code is 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from advisor.register.events import Event
from advisor.register.store import Register

REFERENCE = "FOI/1"
ROOT = Path(__file__).parents[2]
LARGE = 60_000  # characters of the longest answers, which take many pages of the file


@dataclass
class Found:
    """What a run found; `lost` says what should have been there."""

    kills: int = 0
    while_beginning: int = 0
    acknowledged: int = 0
    on_the_way: int = 0
    lost: list[str] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)


def stream(path: Path) -> None:
    """The child: save answers until killed, and say how many are saved after each."""
    register = Register(path)
    saved = register.open(REFERENCE) if REFERENCE in register else register.create(REFERENCE)
    while True:
        number = len(saved.events) + 1
        text = "x" * (number * 7919 % LARGE if number % 10 == 0 else number % 80)
        began = time.perf_counter()
        saved.append(Event("noted", {"item": None, "fact": "held", "text": f"{number} {text}"}))
        took = time.perf_counter() - began
        print(number, f"{took * 1000:.3f}", flush=True)


def run(kills: int, seed: int, folder: Path) -> Found:
    """Kill that many children, one after the other, and look after each what is there."""
    rng, found = Random(seed), Found()
    for number in range(kills):
        fresh = number % 4 == 0
        path = folder / f"register-{number // 4}.db"
        before = 0 if fresh else len(_numbers(path))
        acknowledged = _kill_one(path, rng, fresh, found)
        found.kills += 1
        _look(path, before, acknowledged, found)
        found.while_beginning += fresh and not acknowledged
    return found


def _kill_one(path: Path, rng: Random, fresh: bool, found: Found) -> list[int]:
    """Start a child, kill it at a random moment; the numbers that it said."""
    command = [sys.executable, "-m", "tests.benchmarks.kill_register", "--child", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said: list[str] = []
        if fresh and rng.random() < 0.7:
            # While the file and its tables are made: that moment is looked for, then passed.
            until = time.perf_counter() + 10
            while not path.exists() and time.perf_counter() < until:
                pass
        else:
            said += [child.stdout.readline() for _ in range(rng.randrange(1, 60))]
        until = time.perf_counter() + rng.random() * 0.004
        while time.perf_counter() < until:
            pass
        child.kill()
        said += child.stdout.readlines()
    whole = [line.split() for line in said if line.endswith("\n")]
    found.commits += [float(took) for _, took in whole]
    return [int(number) for number, _ in whole]


def _look(path: Path, before: int, acknowledged: list[int], found: Found) -> None:
    there = _numbers(path)
    last = acknowledged[-1] if acknowledged else before
    found.acknowledged += len(acknowledged)
    found.on_the_way += len(there) > last
    if there != list(range(1, len(there) + 1)) or not last <= len(there) <= last + 1:
        found.lost.append(f"{path.name}: {last} acknowledged, there are {there}")
    with Register(path) as register:
        if path.exists():
            found.lost += [f"{path.name}: {one.text}" for one in register.verify()]


def _numbers(path: Path) -> list[int]:
    """The numbers of the events that are there."""
    with Register(path) as register:
        if REFERENCE not in register:
            return []
        return [int(one.data["text"].split()[0]) for one in register.open(REFERENCE).events]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child is not None:
        stream(asked.child)
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        found = run(asked.kills, asked.seed, Path(folder))
    commits = sorted(found.commits)
    print(f"{found.kills} kills in {time.perf_counter() - began:.0f} s,", end=" ")
    print(f"{found.while_beginning} of them before anything was acknowledged")
    print(f"{found.acknowledged} events acknowledged, {len(found.lost)} times something lost")
    print(f"{found.on_the_way} times the event on its way was there as well")
    if commits:
        middle, late = commits[len(commits) // 2], commits[len(commits) * 99 // 100]
        print(f"an append took {middle:.2f} ms in the median, {late:.2f} ms at the 99th percentile")
    for one in found.lost:
        print(one)
    return bool(found.lost)


if __name__ == "__main__":
    sys.exit(main())
