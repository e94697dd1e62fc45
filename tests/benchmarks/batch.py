"""A batch of past decisions: how long for how many, by the clock and by the processor.

    python -m tests.benchmarks.batch --lines 500000

The shipped cases over and over, each line with a reference of its own, are assessed by the direct
evaluator in as many processes as there are cores. Left out are the cases that try one rule at a
time: nearly all of their parts are open, which is not so of decisions, and each open part takes a
search for what is outstanding, some twenty times the rest. Where other work shares the machine,
the clock says little; go by the seconds of the processor, of all processes together.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor import Case
from advisor.batch.running import run
from advisor.scenarios.finding import case_files, shipped
from tests.batch.lines import case_line

YEAR = 500_000  # requests, about what all authorities of the United Kingdom get


def write(path: Path, lines: int) -> None:
    """An input of that many lines."""
    paths = [one for one in case_files([shipped()]) if one.parent.name != "one-rule-at-a-time"]
    cases = [json.loads(case_line(Case.read(one))) for one in paths]
    with path.open("w", encoding="utf-8") as file:
        for number in range(lines):
            case = {**cases[number % len(cases)], "reference": f"FOI/{number}"}
            file.write(json.dumps(case, ensure_ascii=False) + "\n")


def processor() -> float:
    """The seconds of the processor that this process and its ended children took."""
    return sum(os.times()[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=YEAR)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, help="Where there is room, 13 KB a line.")
    asked = parser.parse_args()
    with TemporaryDirectory(dir=asked.folder) as folder:
        source, out = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        write(source, asked.lines)
        clock, taken = time.monotonic(), processor()
        found = run(source, out, workers=asked.workers)
        clock, taken = time.monotonic() - clock, processor() - taken
        size = out.stat().st_size
    most = max(resource.getrusage(who).ru_maxrss
               for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    each = taken / found.lines
    print(f"{found.lines:,} requests with {found.items:,} parts,", end=" ")
    print(f"{found.outcomes['undetermined']:,} of them open; {found.unusable} not usable")
    print(f"{clock:.0f} s by the clock, {taken:.0f} s of the processor, {each * 1e3:.2f} ms each")
    print(f"{YEAR:,} of them: {each * YEAR / asked.workers / 60:.1f} minutes on {asked.workers}")
    print(f"output {size / 1e6:,.0f} MB; the largest process held {most / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
