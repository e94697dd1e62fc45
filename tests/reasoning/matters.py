"""Matters to try what is said of them on, and every completion of a matter, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from math import prod
from random import Random

from advisor.case import Item
from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from tests.reasoning.random_law import DAY
from tests.reasoning.small_law import random_item

PLAIN: dict[str, Value] = {
    "valid_request": True,
    "environmental_information": False,
    "applicant_is_data_subject": False,
    "clarification_needed": False,
    "vexatious": False,
    "repeated": False,
    "confirming_over_cost_limit": False,
    "held": True,
    "over_cost_limit": False,
    "reasonably_accessible": False,
}  # with these the exemptions are reached


def values_of(law: Law, name: str) -> list[Value]:
    """Every answer that a fact can have; of the years, those about which a small law may differ."""
    about = law.facts[name]
    if about.type == "yes_no":
        return [True, False]
    if about.type == "choice":
        return list(about.choices)
    return [1000, *range(1984, DAY.year + 1)] if about.type == "year" else ["-"]


def decides(law: Law, name: str) -> bool:
    """Whether a completion gives a fact a value: a date or a text decides nothing."""
    return law.facts[name].type not in ("date", "text")


def small_matter(rng: Random, law: Law, most: int) -> Matter:
    """A matter with some facts answered, so many that there are at most `most` completions."""
    names = [name for name in law.facts if decides(law, name)]
    some = rng.sample(names, rng.randint(0, len(names)))
    answered = {name: rng.choice(values_of(law, name)) for name in some}
    unknown = frozenset(name for name in law.facts if name not in answered and rng.random() < 0.3)
    matter = Matter(
        Known(law, answered, unknown),
        random_item(rng, law),
        {"clarification_received": rng.choice([True, False])},
    )
    return with_at_most(matter, most, rng)


@cache
def shipped() -> Law:
    """The shipped rulebook, as it is on the day of the tests."""
    return Law(load(), DAY)


def real_answers(rng: Random) -> dict[str, Value]:
    """An answer to every question of the shipped rulebook; most of them reach a balance."""
    law = shipped()
    answers = {name: rng.choice(values_of(law, name)) for name in law.facts if decides(law, name)}
    answers |= {name: value for name, value in PLAIN.items() if rng.random() < 0.97}
    answers["latest_record_year"] = rng.randint(1985, DAY.year)
    return answers


def real_matter(answers: Mapping[str, Value], item: Item | None = None) -> Matter:
    """A matter under the shipped rulebook."""
    item = item or Item("item")
    return Matter(Known(shipped(), answers), item, {"clarification_received": False})


def nearly_answered(rng: Random, most: int) -> Matter:
    """A matter under the shipped rulebook with three to six facts open."""
    answers = real_answers(rng)
    for name in rng.sample(list(answers), rng.randint(3, 6)):
        del answers[name]
    item = replace(random_item(rng, shipped()), consider=None) if rng.random() < 0.5 else None
    return with_at_most(real_matter(answers, item), most, rng)


def with_at_most(matter: Matter, most: int, rng: Random) -> Matter:
    """A matter with so many facts answered that it has at most `most` completions."""
    law = matter.law
    while prod(len(values_of(law, name)) for name in open_facts(matter)) > most:
        name = rng.choice(open_facts(matter))
        matter = matter.with_answer(name, rng.choice(values_of(law, name)))
    return matter


def open_facts(matter: Matter) -> list[str]:
    """The facts that a completion gives a value."""
    law = matter.law
    return [name for name in law.facts if matter.known.is_open(name) and decides(law, name)]


def completions(matter: Matter) -> Iterator[dict[str, Value]]:
    """The values that each completion gives to the open facts."""
    names = open_facts(matter)
    for values in product(*(values_of(matter.law, name) for name in names)):
        yield dict(zip(names, values, strict=True))


def ends(matter: Matter, values: Mapping[str, Value]) -> tuple[str, dict[str, bool]]:
    """The outcome and the findings of one completion, as the reasoning itself derives them."""
    law = matter.law
    whole = replace(matter, known=Known(law, {**matter.known.answered, **values}))
    derivation = derive(law, whole.known.values, whole.strike)
    (outcome,) = whole.decide(derivation).possible
    findings = {
        key: derivation.conclusions[entry.decides] is True for key, entry in law.balances.items()
    }
    return outcome, findings
