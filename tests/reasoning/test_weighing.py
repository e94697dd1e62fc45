"""What the officer weighs and adds counts beside what the rules weigh, and is shown as theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from advisor.case import Conclusion, Consideration, Item, Weighing
from advisor.reasoning.balance import compare, finding, sides, weighed
from advisor.reasoning.derivation import Range
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Authority
from advisor.truth import Truth
from tests.reasoning.random_law import balance, conclusion, fact, factor, law_of, rule
from tests.reasoning.small_law import BALANCES, SIDES, random_item, small_law

STRONG, MODERATE, NONE = WEIGHTS[3], WEIGHTS[2], WEIGHTS[0]


def random_weights(rng: Random, law: Law) -> dict[str, Range]:
    some = [(low, high) for low in range(5) for high in range(low, 5)]
    return {name: rng.choice(some) for name in law.factors}


def counted(
    law: Law, item: Item, key: str, weights: Mapping[str, Range]
) -> list[tuple[str, Range]]:
    """The side and the range of everything in a balance, as an officer would list it."""
    own = {name: WEIGHTS.index(one.weight) for name, one in item.weighings(key).items()}
    listed = [
        (one.side, (own[one.name],) * 2 if one.name in own else weights[one.id])
        for one in law.factors.values()
        if one.balance == key
    ]
    added = [(one.side, (WEIGHTS.index(one.weight),) * 2) for one in item.added(key)]
    return [(side, (low, high)) for side, (low, high) in (*listed, *added)]


@pytest.mark.parametrize("seed", range(60))
def test_a_balance_counts_the_officers_weights_instead_of_the_rules(seed: int) -> None:
    rng = Random(seed)
    law = small_law(rng)
    item, weights = random_item(rng, law), random_weights(rng, law)
    for key in BALANCES:
        both = sides(law, key, weights, item)
        listed = counted(law, item, key, weights)
        assert sorted(both.maintain) == sorted(one for side, one in listed if side == "maintain")
        assert sorted(both.disclose) == sorted(one for side, one in listed if side == "disclose")


@pytest.mark.parametrize("seed", range(60))
def test_a_finding_is_what_every_choice_of_weights_gives_or_what_the_officer_concluded(
    seed: int,
) -> None:
    rng = Random(seed)
    law = small_law(rng)
    item, weights = random_item(rng, law), random_weights(rng, law)
    for key in BALANCES:
        concluded = item.concluded(key)
        if concluded:
            results = {concluded.result}
        else:
            listed = counted(law, item, key, weights)
            results = {
                compare(
                    [
                        one
                        for (side, _), one in zip(listed, some, strict=True)
                        if side == "maintain"
                    ],
                    [
                        one
                        for (side, _), one in zip(listed, some, strict=True)
                        if side == "disclose"
                    ],
                )[0]
                for some in product(*({low, high} for _, (low, high) in listed))
            }
        expected: Truth = results == {"maintain"} if len(results) == 1 else None
        assert finding(law, key, weights, item) is expected


@pytest.mark.parametrize("seed", range(60))
def test_what_may_weigh_is_shown_on_its_side_and_strongest_first(seed: int) -> None:
    rng = Random(seed)
    law = small_law(rng)
    item, weights = random_item(rng, law), dict[str, Range]()
    status: dict[str, Truth] = {}
    for one in law.factors.values():
        given: dict[str, Truth] = {each.id: rng.choice([True, False, None]) for each in one.rules}
        low = max((each.weight or 0 for each in one.rules if given[each.id]), default=0)
        may = (each.weight or 0 for each in one.rules if given[each.id] is not False)
        weights[one.id] = low, max(may, default=0)
        status |= given
    for key, side in product(BALANCES, SIDES):
        shown = weighed(law, key, side, weights, status, item)
        reached = [(one.weight, one.may_rise_to or one.weight) for one in shown]
        own = item.weighings(key)
        assert reached == sorted(reached, reverse=True)
        assert {one.factor for one in shown} == {
            *(
                one.name
                for one in law.balance_factors[key]
                if one.side == side and (one.name in own or weights[one.id] != (0, 0))
            ),
            *(f"added_{i}" for i, one in enumerate(item.added(key), 1) if one.side == side),
        }
        for one in shown:
            by_officer = one.factor in own or one.factor.startswith("added_")
            assert one.weighed_by == ("officer" if by_officer else "rules")
            if not by_officer:
                low, high = weights[f"{key}.{one.factor}"]
                assert (one.weight, one.may_rise_to) == (low, high if high > low else None)


def weighing_law() -> Law:
    """One factor on each side; that of maintaining has a heavy rule and two of one weight."""

    def says(name: str, weight: int) -> object:
        given = rule(f"f.{name}", name, weight)
        return replace(given, because=f"Because {name}.", authority=(Authority(f"s.{name}"),))

    safe_space = factor("maintain", "content", says("a", 3), says("b", 2), says("c", 2))
    return law_of(
        {
            "facts": {name: fact("yes_no") for name in "abc"},
            "conclusions": {"engaged": conclusion(rule("r", "a"))},
            "factors": {
                "safe_space": replace(safe_space, title="Safe space", interest="Thinking aloud"),
                "openness": factor("disclose", "content", rule("f.o", "always", 1)),
            },
            "balances": {"content": balance("engaged", "outweighs")},
        }
    )


@pytest.mark.parametrize(
    ("status", "weight", "reason"),
    [
        ({"f.a": True, "f.b": True, "f.c": None}, (3, 3), "f.a"),
        ({"f.a": False, "f.b": False, "f.c": True}, (2, 2), "f.c"),
        ({"f.a": None, "f.b": None, "f.c": True}, (2, 3), "f.c"),
        ({"f.a": None, "f.b": False, "f.c": False}, (0, 3), "f.a"),
        ({"f.a": False, "f.b": False, "f.c": None}, (0, 2), "f.c"),
    ],
)
def test_a_weight_has_the_reason_of_the_rule_that_gives_it_or_may(
    status: dict[str, Truth], weight: Range, reason: str
) -> None:
    law = weighing_law()
    weights = {"content.safe_space": weight, "content.openness": (1, 1)}
    (shown,) = weighed(law, "content", "maintain", weights, {**status, "f.o": True}, Item("it"))
    assert (shown.weight, shown.may_rise_to) == (
        weight[0],
        weight[1] if weight[0] < weight[1] else None,
    )
    assert (shown.factor, shown.title, shown.interest) == (
        "safe_space",
        "Safe space",
        "Thinking aloud",
    )
    assert shown.rule == reason
    assert (shown.reason, shown.authority) == (f"Because {reason[-1]}.", (f"s.{reason[-1]}",))


def test_what_the_officer_weighed_is_shown_with_their_reason_and_even_when_it_is_nothing() -> None:
    law = weighing_law()
    item = Item(
        "it",
        weights={"safe_space": Weighing(NONE, "It is known.", "A. Officer")},
        considerations=(
            Consideration("disclose", "A debate", MODERATE, "It is live.", "B. Officer"),
            Consideration("maintain", "A witness", STRONG, "They asked."),
        ),
        balance_confirm_or_deny=Conclusion("maintain", "-"),
    )
    weights = {"content.safe_space": (3, 3), "content.openness": (1, 1)}
    status: dict[str, Truth] = {"f.a": True, "f.b": False, "f.c": False, "f.o": True}
    maintain = weighed(law, "content", "maintain", weights, status, item)
    assert [(one.factor, one.title, one.weight, one.may_rise_to) for one in maintain] == [
        ("added_2", "A witness", 3, None),
        ("safe_space", "Safe space", 0, None),
    ]
    assert [(one.reason, one.by, one.interest) for one in maintain] == [
        ("They asked.", "", "A witness"),
        ("It is known.", "A. Officer", "Thinking aloud"),
    ]
    disclose = weighed(law, "content", "disclose", weights, status, item)
    assert [one.factor for one in disclose] == ["added_1", "openness"]
    assert (disclose[0].reason, disclose[0].by) == ("It is live.", "B. Officer")
    assert finding(law, "content", weights, item) is True
    without = replace(item, considerations=item.considerations[:1])
    assert finding(law, "content", weights, without) is False
