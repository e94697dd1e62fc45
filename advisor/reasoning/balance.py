"""The public-interest balance: two sides set out strongest first and compared place by place.

Weights are ordinal words and are never added up. Equal weights cancel; at the first place where
the sides differ the heavier prevails, `clear` if by two steps or more, `narrow` if by one. If
nothing differs the balance is `even`, and because s.2(1)(b) and s.2(2)(b) ask whether maintaining
*outweighs*, an even balance discloses. The place-by-place order is this product's convention.

    >>> compare([4], [3, 3, 3])
    ('maintain', 'narrow')
    >>> compare([3, 1], [3, 1])
    ('disclose', 'even')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from advisor.assessment import WeighedFactor
from advisor.case import Consideration, Item, Weighing
from advisor.reasoning.derivation import Range
from advisor.rulebook.law import Factor, Law
from advisor.rulebook.model import WEIGHTS, Weight
from advisor.truth import Truth

Result = Literal["maintain", "disclose"]
Margin = Literal["clear", "narrow", "even"]
_CLARITY: tuple[Margin, ...] = ("even", "narrow", "clear")


def compare(maintain: Iterable[int], disclose: Iterable[int]) -> tuple[Result, Margin]:
    """Which side prevails, and by how much, of two sides' weights (0 to 4, in any order)."""
    heaviest_first = (sorted(side, reverse=True) for side in (maintain, disclose))
    ahead = (keep - give for keep, give in zip_longest(*heaviest_first, fillvalue=0))
    first = next(filter(None, ahead), 0)
    return "maintain" if first > 0 else "disclose", _CLARITY[min(abs(first), 2)]


def compare_ranges(maintain: list[Range], disclose: list[Range]) -> tuple[Result, Margin] | None:
    """The result that every choice of weights within the ranges gives, or None where they differ.

    Raising a weight never helps the other side, so the two extremes decide. Where the margin
    differs between them the less clear of the two is given.
    """
    light = compare((low for low, _ in maintain), (high for _, high in disclose))
    heavy = compare((high for _, high in maintain), (low for low, _ in disclose))
    if light[0] != heavy[0]:
        return None
    return light[0], min(light[1], heavy[1], key=_CLARITY.index)


@dataclass(frozen=True)
class Side:
    """What one balance is struck from: each factor's range, with the officer's weights in it."""

    maintain: list[Range]
    disclose: list[Range]


def sides(law: Law, balance: str, weights: Mapping[str, Range], item: Item) -> Side:
    """Both sides of a balance, with what the officer weighed and added."""
    found: dict[str, list[Range]] = {"maintain": [], "disclose": []}
    own = item.weighings(balance)
    for factor in law.balance_factors[balance]:
        weighing = own.get(factor.name)
        if weighing is None:
            found[factor.side].append(weights[factor.id])
        else:
            found[factor.side].append(_exactly(weighing.weight))
    for added in item.added(balance):
        found[added.side].append(_exactly(added.weight))
    return Side(found["maintain"], found["disclose"])


def _exactly(weight: Weight) -> Range:
    step = WEIGHTS.index(weight)
    return step, step


def finding(law: Law, balance: str, weights: Mapping[str, Range], item: Item) -> Truth:
    """Whether maintaining outweighs: yes, no, or unknown while open weights could turn it."""
    concluded = item.concluded(balance)
    if concluded is not None:
        return concluded.result == "maintain"
    both = sides(law, balance, weights, item)
    struck = compare_ranges(both.maintain, both.disclose)
    return None if struck is None else struck[0] == "maintain"


def weighed(
    law: Law,
    balance: str,
    side: str,
    weights: Mapping[str, Range],
    status: Mapping[str, Truth],
    item: Item,
) -> tuple[WeighedFactor, ...]:
    """The factors of one side that weigh anything, or may, strongest first."""
    own = item.weighings(balance)
    found: list[WeighedFactor] = []
    for factor in law.balance_factors[balance]:
        if factor.side != side:
            continue
        if factor.name in own:
            found.append(_by_officer(factor.name, factor.title, factor.interest, own[factor.name]))
        elif weights[factor.id][1]:
            found.append(_by_rules(law, factor, weights[factor.id], status))
    for i, added in enumerate(item.added(balance), 1):
        if added.side == side:
            found.append(_by_officer(f"added_{i}", added.interest, added.interest, added))
    return tuple(sorted(found, key=lambda one: (-one.weight, -(one.may_rise_to or one.weight))))


def _by_officer(
    name: str, title: str, interest: str, own: Weighing | Consideration
) -> WeighedFactor:
    step = WEIGHTS.index(own.weight)
    return WeighedFactor(name, title, interest, step, None, own.reason, (), "officer", own.by)


def _by_rules(
    law: Law, factor: Factor, weight: Range, status: Mapping[str, Truth]
) -> WeighedFactor:
    """A factor with the rule that gives its weight or, while that is none, the most it may have."""
    low, high = weight
    gives = (low, True) if low else (high, None)
    rule = next(one for one in factor.rules if (one.weight, status[one.id]) == gives)
    return WeighedFactor(
        factor.name,
        factor.title,
        factor.interest,
        low,
        high if high != low else None,
        rule.because,
        tuple(law.cites(rule.authority)),
        "rules",
        rule=rule.id,
    )
