"""How long each evaluator takes for one assessment, on the shipped rulebook and on larger ones.

    python -m tests.benchmarks.evaluators --cases 200

The larger ones are copies of the shipped rulebook in one law, every name of a copy with its
number, each copy answered like a case of its own. Both evaluators take the same cases in turns, so
the ratio is of one run; times are medians, and mean nothing on another machine.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from statistics import median
from time import process_time
from typing import Any

from advisor.reasoning import durable, evaluate
from advisor.reasoning.derivation import Derivation, Strike, Values
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.rulebook.model import Rule, RuleFile
from tests.reasoning.random_law import DAY, random_values, strike

COPIES = (1, 4, 12, 16)


def copies(book: Book, count: int) -> Book:
    """A book of `count` copies of what evaluators read of this one, with names of their own."""
    files = {
        f"{number}/{name}": copy(file, f"_{number}")
        for number in range(count)
        for name, file in book.files.items()
    }
    return Book(book.folder, f"{book.digest} x {count}", files)


def copy(file: RuleFile, end: str) -> RuleFile:
    """A rule file whose names all end in `end`."""

    def rules(old: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(replace(one, id=one.id + end, when=renamed(one.when, end)) for one in old)

    return RuleFile(
        about=file.about,
        in_force_from=file.in_force_from,
        in_force_until=file.in_force_until,
        facts=named(file.facts, end),
        derived=named(file.derived, end, lambda one: replace(one, of=one.of + end)),
        conclusions=named(file.conclusions, end, lambda one: replace(one, rules=rules(one.rules))),
        factors=named(
            file.factors,
            end,
            lambda one: replace(one, weights=rules(one.weights), balance=one.balance + end),
        ),
        balances=named(
            file.balances,
            end,
            lambda one: replace(one, put=one.put + end, decides=one.decides + end),
        ),
    )


def named(
    section: Mapping[str, Any], end: str, change: Callable[[Any], Any] = lambda one: one
) -> dict[str, Any]:
    return {key + end: change(one) for key, one in section.items()}


def renamed(when: Any, end: str) -> Any:
    """A condition as YAML holds it, about names with `end`."""
    if isinstance(when, dict):
        return {word: renamed(inner, end) for word, inner in when.items()}
    if isinstance(when, list):
        return [renamed(one, end) for one in when]
    return when if when == "always" else re.sub(r"^\s*(\w+)", rf"\1{end}", when)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time both evaluators on the same cases.")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    book = load()
    print("copies  facts  rules  alternatives  compile ms  durable ms  direct ms  ratio")
    for count in COPIES:
        law = Law(copies(book, count), DAY)
        alternatives, _ = durable.flatten(law)
        size = f"{count:6}  {len(law.facts):5}  {len(law.rules):5}  {len(alternatives):12}"
        rng = Random(asked.seed)
        cases = [random_values(rng, law) for _ in range(asked.cases)]
        timed(evaluate.derive, law, {})
        if not durable.available():
            direct = median(timed(evaluate.derive, law, one) for one in cases)
            print(f"{size}  {'absent':>10}  {'absent':>10}  {direct:9.2f}")
            continue
        first = timed(durable.derive, law, {})  # compiles
        pairs = [
            (timed(durable.derive, law, one), timed(evaluate.derive, law, one)) for one in cases
        ]
        engine, direct = (median(times) for times in zip(*pairs, strict=True))
        print(f"{size}  {first:10.1f}  {engine:10.2f}  {direct:9.2f}  {engine / direct:5.1f}")


def timed(derive: Callable[[Law, Values, Strike], Derivation], law: Law, values: Values) -> float:
    """Milliseconds of the processor for one case."""
    struck = strike(law)
    started = process_time()
    derive(law, values, struck)
    return (process_time() - started) * 1000


if __name__ == "__main__":
    main()
