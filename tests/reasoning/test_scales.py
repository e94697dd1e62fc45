"""Where a fact, a number or a factor's weight stands between the two sides of a balance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from advisor.reasoning.derivation import Value
from advisor.reasoning.dimensions import DISCLOSE, MAINTAIN, Point, Space, factor_scale, space
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Derived, Dimension, Step
from tests.reasoning.random_law import balance, blank, conclusion, fact, factor, law_of, rule

KINDS = ("note", "report", "plan")
STAGES = ("live", "charged", "appeal", "cold", "over", "closed")
LIVE, OPENNESS = factor_scale("live"), factor_scale("openness")


def scale(**given: Any) -> Dimension:
    return blank(Dimension, **given)


def law() -> Law:
    """Facts that the factors of `content` read, by themselves, through a conclusion, and not."""
    either = {"any": ["public", "outer"]}
    return law_of(
        {
            "facts": {
                "kind": fact("choice", KINDS),
                "stage": fact("choice", STAGES),
                "public": fact("yes_no"),
                "pages": fact("number"),
                "year": fact("year"),
                "secret": fact("yes_no"),
            },
            "derived": {"age": blank(Derived, of="year", schedule=(Step(add=0),))},
            "conclusions": {
                "inner": conclusion(rule("r.inner", "pages > 3")),
                "outer": conclusion(rule("r.outer", {"all": ["inner", "age > 5"]})),
                "apart": conclusion(rule("r.apart", "secret")),
            },
            "factors": {
                "live": factor("maintain", "content", rule("f.1", "stage is live", 3)),
                "openness": factor("disclose", "content", rule("f.2", either, 2)),
                "silence": factor("maintain", "confirm_or_deny", rule("f.3", "apart", 1)),
            },
            "balances": {
                "content": balance("outer", "outweighs"),
                "confirm_or_deny": balance("outer", "silence_outweighs"),
            },
            "dimensions": {
                "kind": scale(alike=KINDS),
                "stage": scale(
                    disclose=(("over",), ("closed",)), neither=("cold",),
                    maintain=(("charged", "appeal"), ("live",)),
                ),
                "public": scale(disclose=(("yes",),), neither=("no",)),
                "pages": scale(maintain=(("10",), ("50",))),
                "age": scale(disclose=(("30",),), neither=("10",)),
                "secret": scale(maintain=(("yes",),)),
            },
        }
    )  # fmt: skip


def content() -> Space:
    return space(law(), "content")


def test_a_balance_has_the_scales_that_its_factors_rest_on_and_one_for_each_of_them() -> None:
    names = ["kind", "stage", "public", "pages", "age", LIVE, OPENNESS]
    assert list(content().scales) == names
    assert list(space(law(), "confirm_or_deny").scales) == [
        "kind",
        "secret",
        factor_scale("silence"),
    ]


def test_no_two_slots_have_the_same_bit_and_those_that_only_match_are_marked() -> None:
    where = content()
    bits = [one.bit(slot) for one in where.scales.values() for slot in one.slots]
    assert sorted(bits) == [1 << i for i in range(len(bits))]
    for one in where.scales.values():
        assert one.fill == sum(one.bit(slot) for slot in one.slots)
    assert where.alike == where.scales["kind"].fill


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("kind", {"note": 0, "report": 0, "plan": 0}),
        ("stage", {"over": -1, "closed": -2, "cold": 0, "charged": 1, "appeal": 1, "live": 2}),
        ("public", {"yes": -1, "no": 0}),
        ("pages", {"10": 1, "50": 2, "below": 0}),
        ("age", {"30": -1, "10": 0, "below": 0}),
        (LIVE, dict(zip(WEIGHTS, (0, 1, 2, 3, 4), strict=True))),
        (OPENNESS, dict(zip(WEIGHTS, (0, -1, -2, -3, -4), strict=True))),
    ],
)
def test_a_slot_leans_to_the_side_on_which_it_is_written(name: str, levels: dict[str, int]) -> None:
    where = content()
    one = where.scales[name]
    assert {slot: one.level(slot) for slot in one.slots} == levels
    for slot, level in levels.items():
        leans = where.point({name: slot}).leans
        assert leans == (one.fill if level > 0 else 0, one.fill if level < 0 else 0)


@pytest.mark.parametrize("name", ["kind", "stage", "public", "pages", LIVE, OPENNESS])
def test_a_slot_is_at_least_as_strong_as_itself_and_what_it_passes(name: str) -> None:
    where = content()
    one = where.scales[name]
    for slot in one.slots:
        for side, sign in ((MAINTAIN, 1), (DISCLOSE, -1)):
            passed = {
                other
                for other in one.slots
                if other == slot or sign * one.level(slot) > sign * one.level(other)
            }
            found = {other for other in one.slots if one.at_least(slot, side) & one.bit(other)}
            assert found == passed
            assert where.point({name: slot}).up[side] == one.at_least(slot, side)


@pytest.mark.parametrize(
    ("name", "value", "slot"),
    [
        ("stage", "cold", "cold"),
        ("public", True, "yes"),
        ("public", False, "no"),
        ("pages", 9, "below"),
        ("pages", 10, "10"),
        ("pages", 49, "10"),
        ("pages", 50, "50"),
        ("pages", 900, "50"),
        ("age", -3, "below"),
        ("age", 29, "10"),
        ("age", 30, "30"),
    ],
)
def test_a_value_stands_at_its_slot_and_a_number_at_the_step_it_reaches(
    name: str, value: Value, slot: str
) -> None:
    assert content().of_values({name: value, "secret": True}) == {name: slot}


def test_a_point_has_all_of_its_slots_and_nothing_of_what_the_balance_lacks() -> None:
    where = content()
    slots = {"stage": "live", "public": "yes", "kind": "plan"}
    alone = [where.point({name: slot}) for name, slot in slots.items()]
    whole = where.point({"secret": "yes", "pages": "no such slot", **slots})
    assert whole.slots == slots
    assert whole.at == sum(where.scales[name].bit(slot) for name, slot in slots.items())
    assert whole.known == sum(where.scales[name].fill for name in slots)
    for side in (MAINTAIN, DISCLOSE):
        assert whole.up[side] == sum(one.up[side] for one in alone)
        assert whole.leans[side] == sum(one.leans[side] for one in alone)
    assert where.names(whole.at) == ("kind", "stage", "public")
    assert where.names(0) == ()
    assert where.point({}) == Point()


def test_a_scale_that_is_not_counted_leans_no_way_and_is_otherwise_the_same() -> None:
    where = content()
    whole = where.point({"stage": "live", "public": "yes", LIVE: WEIGHTS[3], OPENNESS: WEIGHTS[2]})
    less = whole.less(where.scales["stage"].fill | where.scales[OPENNESS].fill)
    assert [where.names(one) for one in whole.leans] == [("stage", LIVE), ("public", OPENNESS)]
    assert [where.names(one) for one in less.leans] == [(LIVE,), ("public",)]
    assert replace(less, leans=whole.leans) == whole
