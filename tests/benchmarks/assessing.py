"""A whole assessment in one process: how it compares with its parts, and whether memory stays flat.

    python -m tests.benchmarks.assessing [--cases 1000]

Prints ratios taken in one run, of times of the processor: absolute times say more about the machine
than about the program.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable

from advisor import Case, Rulebook
from advisor.advice.assess import matters
from advisor.reasoning import durable, evaluate
from advisor.scenarios.finding import case_files, shipped


def medians_of(calls: list[Callable[[], object]], times: int) -> list[float]:
    """The median of each, taken in turns: what else the machine does meets all of them alike."""
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(times):
        for call, times_of_it in zip(calls, found, strict=True):
            start = time.process_time()
            call()
            times_of_it.append(time.process_time() - start)
    return [statistics.median(one) for one in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    wanted = parser.parse_args().cases
    rulebook = Rulebook.load()
    cases = [Case.read(path) for path in case_files([shipped()])]
    peaks: dict[int, int] = {}
    for number in range(1, wanted + 1):
        rulebook.assess(cases[number % len(cases)])
        if number in (100, wanted):
            peaks[number] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seed = next(case for case in cases if case.reference == "01.FOI.23.028157")
    law = rulebook.law(rulebook.as_at(seed))
    parts = list(matters(seed, law).values())

    def by(derive: Callable[..., object]) -> Callable[[], None]:
        def run() -> None:
            for matter in parts:
                derive(law, matter.known.values, matter.strike)

        return run

    calls: list[Callable[[], object]] = [lambda: rulebook.assess(seed), by(evaluate.derive)]
    if durable.available():
        calls.append(by(durable.derive))
    whole, direct, *engine = medians_of(calls, 300)
    print(f"cases assessed in one process: {wanted}")
    print(f"peak memory after all, to that after 100: {peaks[wanted] / peaks[100]:.3f}")
    print(f"whole assessment of the seed matter (3 parts): {whole * 1e3:.2f} ms")
    print(f"  to its direct derivations alone: {whole / direct:.1f}")
    for one in engine:
        print(f"  to its derivations on durable-rules alone: {whole / one:.2f}")
        print(f"durable-rules to direct: {one / direct:.1f}")


if __name__ == "__main__":
    main()
