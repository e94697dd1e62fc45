"""How long the checks of the shipped rulebook take, each as a command of its own.

    python -m tests.benchmarks.rulebook [--mutate]

All but mutation together should stay under 60 seconds of two cores.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

ROOT = Path(__file__).parents[2]
TARGET = 60.0


def spent(words: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor that `advisor rules` takes; it must succeed."""
    before, begun = getrusage(RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, "-m", "advisor", "rules", *words]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after, clock = getrusage(RUSAGE_CHILDREN), perf_counter() - begun
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, used


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the checks of the shipped rulebook.")
    parser.add_argument("--mutate", action="store_true", help="Mutation as well.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        old = shutil.copytree(ROOT / "rules", Path(folder, "old"))
        commands = [
            ["check"],
            ["coverage", "cases"],
            ["diff", str(old), "rules", "cases"],
            ["graph", "-o", f"{folder}/graph"],
            ["book", "-o", f"{folder}/book"],
            *(["schema", kind] for kind in ("case", "rules", "answers", "settings")),
        ]
        times = {" ".join(one[: 1 + (one[0] == "schema")]): spent(one) for one in commands}
        whole = sum(used for _, used in times.values())
        if asked.mutate:
            times["mutate"] = spent(["mutate", "cases"])
    for name, (clock, used) in times.items():
        print(f"rules {name}: {used:.1f} s of the processor, {clock:.1f} s by the clock")
    print(f"All but mutation: {whole:.1f} s of the processor (target {TARGET:.0f})")
    return 0 if whole <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
