"""Random laws and random half-answered cases, for tests and for the long run in tests/benchmarks.

Everything is drawn from a `Random` that is given, so a seed repeats a law, and hypothesis, giving
one of its own, can make it smaller. Laws are built in memory as a checked rulebook would be:
conclusions read facts and earlier conclusions, two balances are struck from factors, and what
comes after a balance may read its finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from random import Random
from typing import Any, TypeVar, cast

from advisor.reasoning.derivation import Range, Strike, Value
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.model import (
    WEIGHTS,
    About,
    Balance,
    Conclusion,
    Derived,
    Fact,
    Factor,
    Rule,
    RuleFile,
    Step,
)
from advisor.truth import Truth

DAY = date(2026, 4, 7)
CHOICES = ("red", "green", "blue", "grey")
YEARS = (1990, 2010)

T = TypeVar("T")


def blank(kind: Callable[..., T], /, **given: Any) -> T:
    """An entry with what is given, and nothing in the fields that only people read."""
    needed = [one for one in fields(cast(Any, kind)) if one.default is one.default_factory]
    return kind(**{one.name: () if one.name == "authority" else "" for one in needed} | given)


def rule(key: str, when: Any, weight: int | None = None) -> Rule:
    return blank(Rule, id=key, when=when, weight=None if weight is None else WEIGHTS[weight])


def fact(kind: str, choices: Iterable[str] = ()) -> Fact:
    return blank(Fact, type=kind, choices={one: one for one in choices})


def conclusion(*rules: Rule) -> Conclusion:
    return blank(Conclusion, rules=rules)


def factor(side: str, balance: str, *weights: Rule) -> Factor:
    return blank(Factor, side=side, balance=balance, weights=weights)


def balance(put: str, decides: str) -> Balance:
    return blank(Balance, put=put, decides=decides)


def law_of(file: Mapping[str, Any], day: date = DAY) -> Law:
    """A law that is the given sections of one rule file. Its digest is of what it holds."""
    whole = RuleFile(about=blank(About, law_as_at=DAY), **file)
    digest = hashlib.sha256(repr(whole).encode()).hexdigest()
    return Law(Book("memory", digest, {"law.yaml": whole}), day)


def condition(rng: Random, names: list[str], depth: int = 3) -> Any:
    """A condition over some of `names`, as YAML would hold it."""
    kind = rng.choice(["test", "test", "all", "any", "not"]) if depth else "test"
    if kind == "not":
        return {"not": condition(rng, names, depth - 1)}
    if kind != "test":
        return {kind: [condition(rng, names, depth - 1) for _ in range(rng.randint(1, 3))]}
    if rng.randint(0, 15) == 0:
        return "always"
    name = rng.choice(names)
    if name.startswith("choice"):
        some = rng.sample(CHOICES, rng.randint(1, len(CHOICES)))
        return f"{name} {rng.choice(['in', 'not in'])} [{', '.join(some)}]"
    if name.startswith(("year", "age")):
        return f"{name} {rng.choice(['<', '<=', '>', '>='])} {rng.randint(*YEARS)}"
    return name


def rules(rng: Random, key: str, names: list[str], weighed: bool = False) -> tuple[Rule, ...]:
    """None to three rules, with weights or without."""
    return tuple(
        rule(f"{key}.{i}", condition(rng, names), rng.randint(0, 4) if weighed else None)
        for i in range(rng.choice([0, 1, 1, 2, 3]))
    )


def random_law(rng: Random) -> Law:
    """A law of up to ten facts, eight conclusions, six factors and two balances."""
    facts = {f"fact{i}": fact("yes_no") for i in range(rng.randint(1, 6))}
    facts |= {f"choice{i}": fact("choice", CHOICES) for i in range(rng.randint(0, 2))}
    facts |= {f"year{i}": fact("year") for i in range(rng.randint(0, 2))}
    derived = (
        {"age": blank(Derived, of="year0", schedule=(Step(add=0),))} if "year0" in facts else {}
    )
    names = [*facts, *derived]
    conclusions: dict[str, Conclusion] = {}
    factors: dict[str, Factor] = {}
    balances: dict[str, Balance] = {}
    for part in ("first", "second"):
        for i in range(rng.randint(1, 4)):
            key = f"{part}{i}"
            conclusions[key] = conclusion(*rules(rng, key, names))
            names.append(key)
        for i in range(rng.randint(0, 3)):
            key = f"{part}_factor{i}"
            weights = rules(rng, key, names, weighed=True)
            side = rng.choice(["maintain", "disclose"])
            factors[key] = factor(side, part, *weights)
        finding = f"{part}_outweighs"
        balances[part] = balance(f"{part}0", finding)
        names.append(finding)
    # Written backwards, so that only the order of what reads what can put it right.
    backwards = dict(reversed(conclusions.items()))
    return law_of(
        {
            "facts": facts,
            "derived": derived,
            "conclusions": backwards,
            "factors": factors,
            "balances": balances,
        }
    )


def random_values(rng: Random, law: Law) -> dict[str, Value]:
    """An answer to some of the facts, and a number for some of what the law derives."""
    answered = rng.randint(0, 4)
    return {
        name: random_value(rng, law, name)
        for name in (*law.facts, *law.derived)
        if rng.randint(1, 4) <= answered and can_be_tested(law, name)
    }


def can_be_tested(law: Law, name: str) -> bool:
    """Whether rules can test a name: dates and texts are only for the letter."""
    return name in law.derived or law.facts[name].type not in ("date", "text")


def random_value(rng: Random, law: Law, name: str) -> Value:
    """A value that a fact, or a number that the law derives, can have."""
    kind = "derived" if name in law.derived else law.facts[name].type
    if kind == "yes_no":
        return rng.choice([True, False])
    if kind == "choice":
        return rng.choice(list(law.facts[name].choices))
    return rng.randint(*YEARS) if kind == "year" else rng.randint(-5, 2015)


def strike(law: Law) -> Strike:
    """Maintaining outweighs when its heaviest factor does; open while that can still turn."""

    def struck(balance: str, weights: Mapping[str, Range]) -> Truth:
        own = [one for one in law.factors.values() if one.balance == balance]
        keep = [weights[one.id] for one in own if one.side == "maintain"]
        give = [weights[one.id] for one in own if one.side == "disclose"]
        if max((low for low, _ in keep), default=0) > max((high for _, high in give), default=0):
            return True
        if max((high for _, high in keep), default=0) <= max((low for low, _ in give), default=0):
            return False
        return None

    return struck
