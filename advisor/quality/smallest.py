"""The fewest answers that make a rule hold, fail, or stay unknown: for what no case shows.

>>> from advisor.rulebook.conditions import parse
>>> law = ...                                                       # doctest: +SKIP
>>> smallest(law, parse({"all": ["held", "sensitivity is anodyne"]}), True)  # doctest: +SKIP
{'held': 'yes', 'sensitivity': 'anodyne'}
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice, product

from advisor.reasoning.evaluate import check, derive
from advisor.reasoning.known import complete
from advisor.reasoning.relevance.domains import domain
from advisor.rulebook.conditions import All, AnyOf, Condition, Holds, Not, Test, tests
from advisor.rulebook.law import Law
from advisor.truth import Truth

Answers = dict[str, bool | int | str]
_KEPT = 60  # candidates kept at each step: the fewest answers first


class Smallest:
    """Finds answers under one law. Findings of balances are not made to order: None for those."""

    def __init__(self, law: Law) -> None:
        self.law = law

    @cached_property
    def _tests(self) -> dict[str, list[Test]]:
        found: dict[str, list[Test]] = {}
        for rule in self.law.rules:
            for test, _ in tests(rule.when):
                derived = self.law.derived.get(test.name)
                found.setdefault(derived.of if derived else test.name, []).append(test)
        return found

    def answers(self, condition: Condition, wanted: bool) -> Answers | None:
        """The fewest answers by which a condition holds (or fails), or None where none do."""
        for found in self._ways(condition, wanted):
            if self.status(condition, found) is wanted:
                return found
        return None

    def status(self, condition: Condition, answers: Answers) -> Truth:
        """What a condition is under answers and nothing else."""
        values = complete(self.law, answers)
        derivation = derive(self.law, values, lambda balance, weights: None)
        return check(condition)({**values, **derivation.conclusions})

    def _ways(self, condition: Condition, wanted: bool) -> list[Answers]:
        """Sets of answers by which a condition is as wanted, the fewest first."""
        if isinstance(condition, Not):
            return self._ways(condition.part, not wanted)
        if isinstance(condition, All | AnyOf):
            parts = [self._ways(part, wanted) for part in condition.parts]
            if isinstance(condition, All) is wanted:
                return _every(parts)
            return _fewest(one for part in parts for one in part)
        return self._test(condition, wanted)

    def _test(self, test: Test, wanted: bool) -> list[Answers]:
        if isinstance(test, Holds) and test.name in self.law.conclusions:
            rules = [self._ways(r.when, wanted) for r in self.law.conclusions[test.name].rules]
            return _fewest(w for ways in rules for w in ways) if wanted else _every(rules)
        derived = self.law.derived.get(test.name)
        fact = derived.of if derived else test.name
        if fact not in self.law.facts:
            return []
        values = domain(fact, self._tests.get(fact, [test]), self.law)
        bits = values.where(test, self.law)
        return [
            {fact: value} for i, value in enumerate(values.values) if bool(bits >> i & 1) is wanted
        ]


def _every(parts: list[list[Answers]]) -> list[Answers]:
    """Ways that satisfy every part at once; answers that contradict each other are no way."""
    found: list[Answers] = [{}]
    for part in parts:
        found = _fewest(
            {**a, **b}
            for a, b in product(found, part)
            if all(a.get(key, value) == value for key, value in b.items())
        )
    return found


def _fewest(ways: Iterator[Answers]) -> list[Answers]:
    return sorted(islice(ways, 5000), key=len)[:_KEPT]


def as_text(answers: Answers) -> dict[str, str]:
    """Answers as they are written in a case file."""
    return {
        key: ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for key, value in answers.items()
    }
