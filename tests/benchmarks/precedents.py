"""How long it takes to find the nearest of many decided matters.

    python -m tests.benchmarks.precedents [--matters 10000]

Prints the median of the search by itself, and of comparing a whole case, in milliseconds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import date
from random import Random

from advisor import Case, Rulebook
from advisor.advice.assess import matters
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.dimensions import space
from advisor.reasoning.evaluate import derive
from advisor.reasoning.matter import Matter
from advisor.reasoning.precedents import library, near
from advisor.rulebook.law import Law
from advisor.rulebook.model import Part, Precedent
from advisor.scenarios.finding import case_files, shipped


def generated(law: Law, number: int, seed: int = 1) -> dict[str, Precedent]:
    """Matters with a random dozen of facts each, decided either way."""
    random, scales = Random(seed), space(law, "content").scales
    names = [name for name in scales if name in law.facts]
    found = {}
    for i in range(number):
        facts = {n: random.choice(scales[n].slots) for n in random.sample(names, 12)}
        result = random.choice(("withhold", "disclose"))
        part = Part("it", "it", result, "It is so.", ("s30(1)(a)(i)",), facts)
        found[f"M{i}"] = Precedent(
            title=f"Matter {i}", citation=f"M{i}", body="commissioner", decided="2020-01-01",
            asked="It.", parts=(part,), published="nowhere", seen="all", read=date(2026, 1, 1),
            limits="Made up.",
        )  # fmt: skip
    return found


def a_balance_to_strike(law: Law) -> tuple[Matter, Derivation]:
    """The first part of a shipped case whose content is to be weighed."""
    for path in case_files([shipped()]):
        for matter in matters(Case.read(path), law).values():
            derivation = derive(law, matter.known.values, matter.strike)
            if derivation.conclusions[law.balances["content"].put]:
                return matter, derivation
    raise LookupError("no shipped case weighs anything")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matters", type=int, default=10_000)
    wanted = parser.parse_args().matters
    law = Rulebook.load().law(date(2026, 3, 2))
    many = library(law, generated(law, wanted))
    matter, derivation = a_balance_to_strike(law)
    for name, known in ((f"{wanted} matters", many), ("the shipped library", None)):
        took = []
        for _ in range(20):
            start = time.perf_counter()
            near(matter, derivation, 5, known)
            took.append(time.perf_counter() - start)
        print(f"{name}: {statistics.median(took) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
