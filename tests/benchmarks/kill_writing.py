"""SIGKILL at random moments of everything that writes a file: the old whole or the new whole.

    python -m tests.benchmarks.kill_writing --kills 200 --seed 1

A child writes one thing after another and says a number once each is written; it is killed at a
random moment, and then what is there is looked at. The registers are in `kill_register`.

- `file`: what every `-o` goes through (letters, annexes, reports, cases, pages): the file is whole,
  and is the last that was acknowledged or the one after it.
- `results`: every training result that was acknowledged is there, in order.
- `batch`: the run is begun again until it has been killed so often, then ends: every line is
  answered once, in order, as by a run that nobody killed.

The exit code is 1 if anything was lost, half-written or there twice.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from advisor.batch.running import run
from advisor.cli.output import write_whole
from advisor.training.results import Result, Store
from tests.benchmarks.batch import write

ROOT = Path(__file__).parents[2]
LINES = 3_000  # of a batch
RESULT = Result("2026-03-02T09:00:00+00:00", "A", "T-1", "t", "hard", True, 80, 0, ())


def write_files(folder: Path) -> Iterator[int]:
    """Write one file over and over, each time larger or smaller."""
    for number in count(_there(folder) + 1):
        write_whole(folder / "file", f"{number}\n".encode() * (number * 7919 % 90_000 + 1))
        yield number


def _there(folder: Path) -> int:
    path = folder / "file"
    lines = path.read_text().splitlines() if path.exists() else ["0"]
    number = int(lines[0])
    if lines != [lines[0]] * (number * 7919 % 90_000 + 1) and number:
        raise AssertionError(f"{len(lines)} lines of file {number} are there")
    return number


def write_results(folder: Path) -> Iterator[int]:
    """Keep one result after the other."""
    store = Store(folder / "results")
    for number in count(_kept(folder) + 1):
        store.add(replace(RESULT, title=f"{number} " + "x" * (number * 7919 % 90_000)))
        yield number


def _kept(folder: Path) -> int:
    numbers = [int(r.title.split()[0]) for r in Store(folder / "results").read().results]
    if numbers != list(range(1, len(numbers) + 1)):
        raise AssertionError(f"results {numbers[:9]}...")
    return len(numbers)


def write_batch(folder: Path) -> Iterator[int]:
    """Go on with a batch; a line is acknowledged once the whole of it is."""
    yield run(folder / "in", folder / "out", workers=2).lines


def _answered(folder: Path) -> int:
    return 0


KINDS: dict[str, tuple[Callable[[Path], Iterator[int]], Callable[[Path], int]]] = {
    "file": (write_files, _there),
    "results": (write_results, _kept),
    "batch": (write_batch, _answered),
}


def killed(kind: str, folder: Path, rng: Random) -> int:
    """Start a child and kill it at a random moment; the last number that it said."""
    command = [sys.executable, "-m", "tests.benchmarks.kill_writing"]
    command += ["--child", kind, "--folder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said: list[str] = []
        if kind == "batch":
            time.sleep(0.3 + rng.random() * 3)
        else:
            said += [child.stdout.readline() for _ in range(rng.randrange(1, 12))]
            until = time.perf_counter() + rng.random() * 0.02
            while time.perf_counter() < until:
                pass
        child.kill()
        said += child.stdout.readlines()
    return int([one for one in said if one.endswith("\n")][-1]) if said else 0


def attack(kind: str, kills: int, rng: Random, folder: Path) -> str:
    """Kill that many children of a kind. Raises AssertionError; else says what was seen."""
    _, look = KINDS[kind]
    said = on_the_way = 0
    if kind == "batch":
        write(folder / "in", LINES)
        run(folder / "in", folder / "whole", workers=2)
    for _ in range(kills):
        said = killed(kind, folder, rng)
        there = look(folder)
        if kind != "batch" and not said <= there <= said + 1:
            raise AssertionError(f"{said} was acknowledged, {there} is there")
        on_the_way += there > said
        if kind == "batch" and said:
            _same(folder)
            (folder / "out").unlink()
    if kind == "batch":
        run(folder / "in", folder / "out", workers=2)
        _same(folder)
        return f"{kind}: {kills} kills, every line answered once"
    return f"{kind}: {kills} kills, {said} acknowledged, {on_the_way} times one more was there"


def _same(folder: Path) -> None:
    if (folder / "out").read_bytes() != (folder / "whole").read_bytes():
        raise AssertionError("a batch that was killed has other answers than one that was not")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=list(KINDS))
    parser.add_argument("--child", choices=list(KINDS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        for number in KINDS[asked.child][0](asked.folder):
            print(number, flush=True)
        return 0
    failed = False
    for kind in [asked.kind] if asked.kind else KINDS:
        with TemporaryDirectory() as folder:
            try:
                print(attack(kind, asked.kills, Random(f"{kind} {asked.seed}"), Path(folder)))
            except AssertionError as error:
                print(f"{kind}: {error}")
                failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
