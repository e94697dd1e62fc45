"""What a decided matter says beside an item of a small law, and which are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from advisor.case import Item, Weighing
from advisor.reasoning.derivation import Value
from advisor.reasoning.dimensions import DISCLOSE, MAINTAIN
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.precedents import Decided, Here, constrains, library, near, nearest
from advisor.rulebook.law import Law
from tests.reasoning.small_library import (
    CONTENT,
    KINDS,
    OLD,
    OPENNESS,
    SILENCE,
    STAGES,
    content,
    entry,
    item,
    law,
    matter,
    part,
    placed,
    said,
)

# What obliges.


def test_the_provision_matters_for_what_is_held_and_not_for_whether_it_is_confirmed() -> None:
    for limb, counts in (("s30(1)", True), ("s30(1)(a)(i)", True), ("s30(2)", False)):
        one = matter("withhold", {"stage": "live"}, limbs=(limb,))
        assert constrains(item({"stage": "live"}), one) is counts
    silent = matter("neither_confirm_nor_deny", {"secret": "yes"}, limbs=("s31(3)",))
    own = placed(SILENCE, "confirm_or_deny")
    assert own is not None
    assert constrains(own, silent)


def test_a_weight_that_the_officer_raises_ends_it_and_one_by_the_rules_does_not() -> None:
    one = matter("disclose", {"public": "yes", "stage": "live"})
    facts: dict[str, Value] = {"public": True, "stage": "live"}
    assert constrains(item(facts), one)
    for weight, ends in (("slight", False), ("considerable", False), ("very_strong", True)):
        own = item(facts, weights={"live": Weighing(weight, "-")})  # type: ignore[arg-type]
        assert constrains(own, one) is not ends


@pytest.mark.parametrize("result", ["withhold", "disclose"])
def test_it_goes_against_the_other_result_and_no_other(result: str) -> None:
    facts = {"stage": "live"} if result == "withhold" else {"public": "yes"}
    one = matter(result, facts)
    own = item({"stage": "live"} if result == "withhold" else {"public": True})
    obliges = said(one, own)
    assert obliges.constrains == result
    other = "disclose" if result == "withhold" else "maintain"
    same = "maintain" if result == "withhold" else "disclose"
    answers = {r: obliges.against(r) for r in (other, same, "undetermined", None)}
    assert answers == {other: True, same: False, "undetermined": False, None: False}
    assert said(one, item({})).constrains is None
    assert said(one, item({})).against(other) is False


# What sets an item and a matter apart.


def test_what_is_shared_and_what_distinguishes_are_told_apart_each_way() -> None:
    facts = {"stage": "charged", "year": "1995", "kind": "note"}
    own = item({"stage": "live", "year": 1980, "public": True, "kind": "plan"})
    found = said(matter("withhold", facts), own)
    assert found.ref == "A"
    assert found.shared == ("s30(1)(a)",)
    assert (found.stronger_here, found.weaker_here) == (("stage",), ("age", "kind"))
    assert (found.not_known_there, found.not_known_here) == (("public",), ())
    found = said(matter("disclose", facts), own)
    assert (found.stronger_here, found.weaker_here) == (("age",), ("stage", "kind"))
    found = said(matter("disclose", facts, decided="2030"), item({"kind": "note", "year": 1990}))
    assert found.shared == ("s30(1)(a)", "age", "kind")
    assert (found.stronger_here, found.weaker_here) == ((), ())
    assert found.not_known_here == ("stage",)
    assert found.here == {"kind": "note", "age": "30", OLD: "slight"}


def test_what_is_not_known_there_is_what_leans_here_or_has_no_order() -> None:
    one = matter("withhold", {"stage": "live"})
    assert said(one, item({"public": False, "year": 2020})).not_known_there == ()
    own = item({"stage": "closed", "public": True, "year": 1980, "kind": "note"})
    assert said(one, own).not_known_there == ("public", "age", "kind")
    raised = item({}, weights={"openness": Weighing("very_strong", "-")})
    assert said(one, raised).not_known_there == (OPENNESS,)


@pytest.mark.parametrize(
    ("under", "shared"),
    [
        (("s30(1)(a)",), ("s30(1)(a)",)),
        (("s30(1)", "s30(2)"), ("s30(1)",)),
        (("s30",), ("s30",)),
        (("s30(1)(a)(i)",), ()),
        (("s30(1)(b)",), ()),
    ],
)
def test_a_provision_is_shared_where_the_items_own_is_part_of_it(
    under: tuple[str, ...], shared: tuple[str, ...]
) -> None:
    assert said(matter("withhold", {}, limbs=under), item({})).shared == shared


# Which are shown.

BODIES = ("commissioner", "first_tier_tribunal", "upper_tribunal", "court")


def random_matter(rng: Random, ref: str) -> Decided:
    facts = {name: rng.choice(slots) for name, slots in
             (("stage", STAGES), ("public", ("yes", "no")), ("kind", KINDS),
              ("year", ("1980", "1995", "2015"))) if rng.random() < 0.7}  # fmt: skip
    days = ("2015-01-01", "2016-06-01", "2016-06-02")
    result = rng.choice(["withhold", "disclose"])
    return matter(result, facts, ref, body=rng.choice(BODIES), decided=rng.choice(days))


def likeness(own: Here, one: Decided) -> int:
    """Two for what is equal, five for the kind of information, one off for what differs."""
    both = [name for name in one.point.slots if name in own.point.slots]
    return sum(
        (5 if name == "kind" else 2) if one.point.slots[name] == own.point.slots[name] else -1
        for name in both
    )


@pytest.mark.parametrize("seed", range(40))
def test_those_that_oblige_come_first_then_the_most_alike_the_binding_and_the_latest(
    seed: int,
) -> None:
    rng = Random(seed)
    many = [random_matter(rng, str(i)) for i in range(30)]
    own = item({"stage": "live", "year": 1990, **rng.choice([{"kind": "note"}, {"public": True}])})

    def order(some: list[Decided]) -> list[Decided]:
        return sorted(
            some,
            key=lambda one: (
                likeness(own, one),
                one.matter.body in ("court", "upper_tribunal"),
                one.matter.decided,
            ),
            reverse=True,
        )

    oblige = [one for one in many if constrains(own, one)]
    ways = [order([one for one in oblige if one.side == side]) for side in (MAINTAIN, DISCLOSE)]
    rest = order([one for one in many if one not in oblige and one.point.at & own.point.at])
    for limit in (0, 1, 2, 3, 30):
        first = [*ways[0][:limit], *ways[1][:limit]]
        expected = [*first, *rest[: max(0, limit - len(first))]]
        assert nearest(content(), own, many, limit) == expected


def test_what_obliges_is_shown_though_nothing_is_equal() -> None:
    one = matter("withhold", {"stage": "charged"})
    own = item({"stage": "live"})
    assert not one.point.at & own.point.at
    assert nearest(content(), own, [one, matter("withhold", {"public": "no"})], 5) == [one]


def test_the_nearest_are_of_every_balance_that_may_be_put_and_decided_by_the_day() -> None:
    whole = law(
        {
            "A": entry(part("withhold", {"stage": "live"})),
            "B": entry(part("neither_confirm_nor_deny", {"secret": "yes"})),
            "C": entry(part("withhold", {"stage": "live"}), decided="2027-01-01"),
        }
    )

    def refs(facts: Mapping[str, Value], **given: Any) -> list[str]:
        of_it = Matter(Known(whole, {"stage": "live", **facts}), Item("it"), {})
        derivation = derive(whole, of_it.known.values, of_it.strike)
        return [one.ref for one in near(of_it, derivation, **given)]

    assert refs(CONTENT) == ["A"]
    assert refs(SILENCE) == ["B"]
    assert refs({"held": True, "secret": True}) == ["A", "B"]
    assert refs({}) == ["A"]
    many = {str(i): entry(part("withhold", {"stage": "live"})) for i in range(9)}
    assert len(refs(CONTENT, known=library(whole, many))) == 3
    assert len(refs(CONTENT, known=library(whole, many), limit=5)) == 5
    assert refs(CONTENT, known={}) == []


def test_a_matter_is_near_from_the_day_of_its_decision() -> None:
    book = law({"A": entry(part("withhold", {"stage": "live"}), decided="2025-06-01")}).book
    for day, there in ((date(2025, 6, 1), True), (date(2025, 5, 31), False)):
        whole = Law(book, day)
        of_it = Matter(Known(whole, {"stage": "live", **CONTENT}), Item("it"), {})
        found = near(of_it, derive(whole, of_it.known.values, of_it.strike))
        assert [one.ref for one in found] == ["A"] * there


def test_a_marked_matter_is_shown_and_obliges_to_nothing() -> None:
    one, own = matter("withhold", {"stage": "live"}), item({"stage": "live"})
    for mark in ({"unsettled": "They conflict."}, {"overtaken_by": "C v D"}):
        marked = replace(one, matter=replace(one.matter, **mark))
        assert nearest(content(), own, [marked], 3) == [marked]
        assert said(marked, own).constrains is None
