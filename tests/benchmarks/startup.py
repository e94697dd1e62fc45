"""How long the command takes to start, as a ratio to `python -c pass` on the same machine.

    python -m tests.benchmarks.startup --runs 21

The two take turns, so that what else the machine does falls on both; medians. The targets are 8
for `advisor --help` and 16 for the first question, `advisor next` on a case without facts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

CASE = "case: 1\nreference: START/1\nitems: [{id: all, description: Everything}]\n"
TARGETS = {"advisor --help": 8.0, "advisor next": 16.0}


def seconds(command: list[str], env: dict[str, str]) -> float:
    """The wall time of one run."""
    started = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
    return perf_counter() - started


def ratios(runs: int, *options: str) -> dict[str, float]:
    """The median time of each command as a multiple of that of an empty program."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "case.yaml")
        case.write_text(CASE)
        # An installed program is compiled; so is this one, whatever the environment says.
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = folder
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "advisor --help": [python, "-m", "advisor", "--help"],
            "advisor next": [python, "-m", "advisor", "next", str(case), *options],
        }
        for command in commands.values():
            seconds(command, env)  # the first run fills caches
        times = [{name: seconds(one, env) for name, one in commands.items()} for _ in range(runs)]
    middle = {name: median(one[name] for one in times) for name in commands}
    return {name: middle[name] / middle["python -c pass"] for name in TARGETS}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how long the command takes to start.")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--rules", metavar="DIR", help="Use another rulebook.")
    asked = parser.parse_args()
    found = ratios(asked.runs, *(["--rules", asked.rules] if asked.rules else []))
    for name, ratio in found.items():
        print(f"{name}: {ratio:.1f} times `python -c pass` (target {TARGETS[name]:.0f})")
    return 0 if all(ratio <= TARGETS[name] for name, ratio in found.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
