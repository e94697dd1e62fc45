"""The long run: many random half-answered cases, derived by both evaluators, all to agree.

    python -m tests.benchmarks.agreement --cases 100000 --seed 1

Half of the cases are of the shipped rulebook, half of random laws, a new one for every twenty.
Prints how much was compared and how often the two differed, each difference with the seed that
shows it again; the exit code is 1 if any did. The traces are compared as well, as a curiosity.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from advisor.reasoning import durable, evaluate
from advisor.reasoning.agreement import differences
from advisor.reasoning.derivation import Values
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.truth import word
from tests.reasoning.random_law import DAY, random_law, random_values, strike

EACH = 20  # cases of one random law


def shipped_cases(count: int, seed: int) -> Iterator[tuple[str, Law, Values]]:
    law = Law(load(), DAY)
    for i in range(count):
        yield f"shipped rulebook, case {seed}:{i}", law, random_values(Random(f"{seed}:{i}"), law)


def random_cases(count: int, seed: int) -> Iterator[tuple[str, Law, Values]]:
    for i in range(0, count, EACH):
        rng = Random(f"{seed}:{i}")
        law = random_law(rng)
        for k in range(min(EACH, count - i)):
            yield f"random law {seed}:{i}, case {k}", law, random_values(rng, law)


def run(title: str, cases: Iterator[tuple[str, Law, Values]]) -> int:
    """Derive each case twice; print and count the cases that differ."""
    counted: Counter[str] = Counter()
    truths: Counter[str] = Counter()
    started = time.perf_counter()
    for name, law, values in cases:
        by_engine = durable.derive(law, values, strike(law))
        directly = evaluate.derive(law, values, strike(law))
        counted["cases"] += 1
        counted["rules"] += len(directly.rules)
        counted["conclusions"] += len(directly.conclusions)
        counted["weights"] += len(directly.weights)
        counted["other traces"] += by_engine.trace != directly.trace
        truths.update(map(word, directly.rules.values()))
        if found := differences(by_engine, directly):
            counted["wrong"] += 1
            print(f"{name}: {dict(values)}", *found, sep="\n  ")
    seconds = time.perf_counter() - started
    print(f"{title}, {seconds:.0f} s: " + ", ".join(f"{n:,} {k}" for k, n in counted.items()))
    print(f"  rules: {', '.join(f'{n:,} {k}' for k, n in sorted(truths.items()))}")
    print(f"  {counted['wrong']} wrong")
    return counted["wrong"]


def main() -> int:
    parser = argparse.ArgumentParser(description="Derive random cases by both evaluators.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not durable.available():
        print("durable-rules cannot be imported on this Python: there is nothing to compare")
        return 2
    half = asked.cases // 2
    wrong = run("shipped rulebook", shipped_cases(half, asked.seed))
    wrong += run("random laws", random_cases(asked.cases - half, asked.seed))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
