"""Small whole laws, with steps, limbs and two balances, and what an officer may weigh in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, Literal

from advisor.case import Conclusion, Consideration, Item, Weighing
from advisor.rulebook import model
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Derived, Fact, Gate, Limb, Step
from tests.reasoning.random_law import (
    CHOICES,
    balance,
    blank,
    conclusion,
    condition,
    fact,
    factor,
    law_of,
    rules,
)

SIDES: tuple[Literal["maintain", "disclose"], ...] = ("maintain", "disclose")
BALANCES = ("confirm_or_deny", "content")
LIMBS = ("s1(a)", "s1(b)", "s2")
# Three steps, which do not give one range each: what tests them has classes in several pieces.
SCHEDULE = (Step(through=2000, add=-1970), Step(through=2012, starting=18, since=2001, each=2),
            Step(add=-1990))  # fmt: skip


def small_law(rng: Random) -> Law:
    """A law of up to eight facts, with steps that read anything and balances that read balances."""
    facts: dict[str, Fact] = {f"fact{i}": fact("yes_no") for i in range(rng.randint(2, 6))}
    facts |= {f"choice{i}": fact("choice", CHOICES) for i in range(rng.randint(0, 2))}
    facts |= {f"year{i}": fact("year") for i in range(rng.randint(0, 1))}
    by_age = blank(Derived, of="year0", schedule=SCHEDULE)
    derived = {"age": by_age} if "year0" in facts else {}
    facts["added"] = replace(fact("yes_no"), default=rng.choice(["yes", "no"]))
    facts["said"] = fact("text")
    names = [name for name in (*facts, *derived) if name != "said"]
    conclusions: dict[str, model.Conclusion] = {}
    factors: dict[str, model.Factor] = {}
    balances: dict[str, model.Balance] = {}
    for key in BALANCES:
        for i in range(rng.randint(1, 3)):
            conclusions[f"{key}_{i}"] = conclusion(*rules(rng, f"{key}_{i}", names))
            names.append(f"{key}_{i}")
        for i in range(rng.randint(1, 5)):
            weights = rules(rng, f"{key}_factor{i}", names, weighed=True)
            side = rng.choice(SIDES)
            factors[f"{key}_factor{i}"] = factor(side, key, *weights)
        balances[key] = balance(f"{key}_0", f"{key}_outweighs")
        names.append(f"{key}_outweighs")
    questions = [name for name in facts if name != "added"]
    rng.shuffle(questions)
    engaged = [*conclusions, *(one.decides for one in balances.values())]
    return law_of(
        {
            "facts": facts,
            "derived": derived,
            "conclusions": conclusions,
            "factors": factors,
            "balances": balances,
            "limbs": {
                limb: blank(Limb, exemption="s1", engaged=rng.choice(engaged)) for limb in LIMBS
            },
            "order_of_decision": (*_steps(rng, names), _step("last", "disclose", "always")),
            "order_of_questions": tuple(questions),
        }
    )


def _steps(rng: Random, names: list[str]) -> Iterator[Gate]:
    for i in range(rng.randint(0, 3)):
        when = condition(rng, [*names, "clarification_received"])
        yield _step(f"step{i}", rng.choice(["withhold", "not_held", "refuse_cost"]), when)
    yield _step("silence", "neither_confirm_nor_deny", "confirm_or_deny_outweighs")
    yield _step("exempt", "withhold", "content_outweighs", rng.choice(["yes", "no"]))


def _step(key: str, outcome: str, when: Any, limbs: Any = "no") -> Gate:
    return blank(Gate, id=key, outcome=outcome, when=when, limbs=limbs)


def random_item(rng: Random, law: Law) -> Item:
    """An item of which the officer may have weighed, added and concluded something."""

    def weights(key: str) -> dict[str, Weighing]:
        names = [one.name for one in law.balance_factors[key]]
        some = rng.sample(names, min(len(names), rng.choice([0, 0, 1, 2])))
        return {name: Weighing(rng.choice(WEIGHTS), "-") for name in some}

    def added() -> tuple[Consideration, ...]:
        some = [rng.choice(SIDES) for _ in range(rng.choice([0, 0, 1, 2]))]
        return tuple(Consideration(side, "", rng.choice(WEIGHTS), "-") for side in some)

    def concluded() -> Conclusion | None:
        return Conclusion(rng.choice(SIDES), "-") if rng.random() < 0.2 else None

    return Item(
        "item",
        consider=rng.choice([None, None, ("s1",), ("s2",), ("s1(a)",)]),
        weights=weights("content"),
        weights_confirm_or_deny=weights("confirm_or_deny"),
        considerations=added(),
        considerations_confirm_or_deny=added(),
        balance=concluded(),
        balance_confirm_or_deny=concluded(),
    )
