"""What can hold is decided: it agrees with trying every combination on small random rulebooks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from random import Random
from typing import Any

import pytest

from advisor.quality.satisfiable import Space
from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import check, derive
from advisor.reasoning.known import complete
from advisor.rulebook.conditions import ALWAYS, All, AnyOf, Condition, Not
from advisor.rulebook.law import Law
from tests.reasoning.random_law import CHOICES, random_law

# With thresholds of 1990 to 2010 these years show every class of a year, and of an age.
YEARS = (1000, *range(1989, 2012), 2026)
MOST = 2000  # combinations of a law that is tried whole


def combinations(law: Law) -> Iterator[dict[str, Value]]:
    kinds: dict[str, tuple[Value, ...]] = {
        "yes_no": (True, False), "choice": CHOICES, "year": YEARS,
    }  # fmt: skip
    answers = product(*(kinds[fact.type] for fact in law.facts.values()))
    for values in answers:
        yield complete(law, dict(zip(law.facts, values, strict=True)))


def small_laws(count: int, seed: int) -> Iterator[Law]:
    """Random laws whose combinations can all be tried."""
    laws = (random_law(Random(f"{seed}:{i}")) for i in range(100_000))
    return islice(
        (law for law in laws if sum(1 for _ in islice(combinations(law), MOST + 1)) <= MOST), count
    )


def worlds(law: Law) -> Iterator[dict[str, Any]]:
    """Everything that can be so: every answer, with every finding of the balances."""
    for values in combinations(law):
        for findings in product((True, False), repeat=len(law.balances)):
            struck = dict(zip(law.balances, findings, strict=True))
            derived = derive(law, values, lambda key, _, struck=struck: struck[key])  # type: ignore[misc]
            yield {**values, **derived.conclusions}


def conditions(law: Law) -> Iterator[Condition]:
    """Each rule's condition, that it fails, that it holds with another, and without it."""
    rules = [rule.when for rule in law.rules]
    for one, other in zip(rules, [*rules[1:], ALWAYS], strict=False):
        yield from (one, Not(one), All((one, other)), All((one, Not(other))), AnyOf((one, other)))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_possible_is_what_some_combination_shows(seed: int) -> None:
    decided = 0
    for law in small_laws(15, seed):
        space = Space(law)
        every = list(worlds(law))
        for condition in conditions(law):
            holds = check(condition)
            shown = any(holds(world) for world in every)
            assert space.possible(space.formula(condition)) is shown, condition
            assert space.possible(space.formula(condition, False)) is not all(map(holds, every))
            decided += 1
    assert decided > 100


@pytest.mark.parametrize("seed", range(4, 6))
def test_an_example_holds_whatever_else_is_true_and_has_nothing_idle(seed: int) -> None:
    for law in small_laws(10, seed):
        space = Space(law)
        every = list(worlds(law))
        classes = {one.name: one for one in space.variables}

        def agrees(world: dict[str, Any], example: dict[str, str], classes: Any = classes) -> bool:
            return all(
                _text(classes[key].values[classes[key].of(world[key])]) == text
                for key, text in example.items()
            )

        for condition in conditions(law):
            example = space.example(space.formula(condition))
            holds = check(condition)
            if example is None:
                assert not any(map(holds, every))
                continue
            assert all(holds(world) for world in every if agrees(world, example))
            assert any(agrees(world, example) for world in every)


def _text(value: object) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def test_equivalence_agrees_with_every_combination() -> None:
    equal = different = 0
    for law in small_laws(30, 9):
        space = Space(law)
        every = list(worlds(law))
        some = list(islice(conditions(law), 6))
        truths = {one: [check(one)(world) for world in every] for one in some}
        for one, other in product(some, some):
            same = truths[one] == truths[other]
            assert space.equivalent(one, other) is same
            equal, different = equal + same, different + (not same)
    assert equal > 50
    assert different > 50
