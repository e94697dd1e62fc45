"""Where an item and a decided matter stand on the scales by which they are set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pytest

from advisor.case import Consideration, Weighing
from advisor.reasoning.derivation import Value
from advisor.reasoning.dimensions import DISCLOSE, MAINTAIN, factor_scale
from advisor.reasoning.precedents import constrains, library
from advisor.rulebook import decided as checking
from advisor.rulebook.model import Stated, Weight
from tests.reasoning.small_library import (
    LAW,
    LIVE,
    OLD,
    OPENNESS,
    SILENCE,
    content,
    entry,
    item,
    law,
    matter,
    part,
    placed,
)

# Where an item stands.


def test_an_item_stands_in_a_balance_unless_that_is_certainly_not_put() -> None:
    assert placed({"held": False}) is None
    assert item({}).put
    undecided = placed({})
    assert undecided is not None
    assert not undecided.put
    assert placed(SILENCE) is None
    silence = placed(SILENCE, "confirm_or_deny")
    assert silence is not None
    assert (silence.balance, silence.put) == ("confirm_or_deny", True)
    assert set(silence.point.slots) == {"secret", factor_scale("tipping_off")}


def test_it_stands_by_its_facts_and_by_the_weights_that_nothing_leaves_open() -> None:
    own = item({"stage": "live", "year": 2000})
    assert own.point.slots == {"stage": "live", "age": "20", LIVE: "considerable", OLD: "none"}
    assert item({"public": False}).point.slots == {"public": "no", OPENNESS: "none"}


def test_what_the_rules_raise_leans_by_the_facts_and_what_the_officer_raises_by_itself() -> None:
    def leaning(weight: Weight | None, **facts: Value) -> tuple[tuple[str, ...], ...]:
        weights = {"live": Weighing(weight, "-")} if weight else {}
        own = item(facts, weights=weights)
        if weight:
            assert own.point.slots[LIVE] == weight
        return tuple(map(content().names, own.point.leans))

    assert leaning(None, stage="live") == (("stage",), ())
    assert leaning("some", stage="live") == (("stage",), ())
    assert leaning("considerable", stage="live") == (("stage",), ())
    assert leaning("very_strong", stage="live") == (("stage", LIVE), ())
    assert leaning("slight", stage="cold", public=True) == ((LIVE,), ("public",))
    assert leaning("considerable") == ((), ())
    assert leaning("very_strong") == ((LIVE,), ())


def test_every_bit_of_a_scale_that_leans_by_the_facts_alone_stays() -> None:
    for facts in ({"stage": "live"}, {"stage": "closed", "public": True}, {"year": 1980}):
        own = item(facts)
        by_facts = {
            name: own.point.slots[name] for name in LAW.dimensions if name in own.point.slots
        }
        assert own.point.leans == content().point(by_facts).leans


def test_its_provisions_are_those_that_are_considered_and_engaged() -> None:
    assert item({}).limbs == ("s30(1)(a)", "s30(3)")
    assert item({}, consider=("s30(1)",)).limbs == ("s30(1)(a)",)
    undecided = placed({})
    assert undecided is not None
    assert undecided.limbs == ()


@pytest.mark.parametrize("side", ["maintain", "disclose"])
def test_what_the_officer_adds_ends_what_obliges_the_other_way_unless_it_weighs_nothing(
    side: Literal["maintain", "disclose"],
) -> None:
    withheld, released = matter("withhold", {"stage": "live"}), matter("disclose", {"year": "1980"})
    for weight, counts in (("none", False), ("slight", True)):
        given = {"considerations": (Consideration(side, "", weight, "-"),)}  # type: ignore[arg-type]
        own = item({"stage": "live"}, **given)
        assert constrains(own, withheld) is not (counts and side == "disclose")
        own = item({"year": 1980}, **given)
        assert constrains(own, released) is not (counts and side == "maintain")


# Where a decided matter stands.


def test_a_matter_stands_by_its_facts_and_the_age_on_the_day_it_was_decided() -> None:
    facts = {"stage": "live", "year": "1990", "received": "2010-01-01", "title": "A", "held": "yes"}
    one = matter("withhold", facts, decided="2012-05")
    assert one.point == content().point({"stage": "live", "age": "20"})
    assert matter("withhold", facts, decided="2020").point.slots["age"] == "30"
    assert matter("withhold", facts, decided="2009").point.slots["age"] == "below"


def test_a_weight_is_of_a_matter_only_where_the_decision_itself_gave_it_to_a_factor() -> None:
    factors = (
        Stated("said", factor="live", weight="some"),
        Stated("said", factor="openness"),
        Stated("said", factor="old", weight="considerable", by="requester"),
        Stated("said", side="maintain", weight="considerable"),
    )
    assert matter("withhold", {}, factors=factors).point == content().point({LIVE: "some"})


@pytest.mark.parametrize(
    ("result", "balance", "side"),
    [
        ("withhold", "content", MAINTAIN),
        ("disclose", "content", DISCLOSE),
        ("neither_confirm_nor_deny", "confirm_or_deny", MAINTAIN),
        ("confirm_or_deny", "confirm_or_deny", DISCLOSE),
    ],
)
def test_a_library_has_each_matter_in_the_balance_that_it_was_decided_in(
    result: str, balance: str, side: int
) -> None:
    whole = entry(part(result, {"secret": "yes"}), part("not_decided", {}))
    found = library(LAW, {"A": whole})
    assert list(found) == list(LAW.balances)
    assert {key: [one.ref for one in many] for key, many in found.items()} == {
        "content": [], "confirm_or_deny": [], balance: ["A"],
    }  # fmt: skip
    assert found[balance][0].side == side


def needs(result: str, facts: Mapping[str, str], *reason: str, **given: Any) -> tuple[str, ...]:
    one = matter(result, facts, reason=reason, **given)
    assert not one.needs & ~one.point.at
    return content().names(one.needs)


def test_a_result_rests_on_what_leans_its_way_and_on_the_kind_of_information() -> None:
    facts = {"stage": "live", "public": "yes", "year": "1990", "kind": "note"}
    assert needs("withhold", facts) == ("stage", "kind")
    assert needs("disclose", facts) == ("public", "age", "kind")
    assert needs("disclose", {"stage": "live", "kind": "note"}) == ()


def test_of_what_leans_its_way_only_what_is_named_as_a_reason_counts() -> None:
    facts = {"stage": "closed", "public": "yes", "year": "1990", "kind": "note"}
    stated = Stated("said", factor="openness", weight="considerable")
    assert needs("disclose", facts, "public") == ("public", "kind")
    assert needs("disclose", facts, "public", "stage") == ("stage", "public", "kind")
    assert needs("disclose", facts, "openness", factors=(stated,)) == ("kind", OPENNESS)
    assert needs("disclose", facts, "title") == ()
    assert needs("withhold", facts, "stage") == ()


def test_a_year_that_is_a_reason_counts_by_the_age_that_it_gives() -> None:
    facts = {"public": "yes", "year": "1990"}
    assert needs("disclose", facts, "year") == ("age",)
    one = matter("disclose", facts, reason=("year",))
    assert constrains(item({"year": 1980}), one)
    assert not constrains(item({"year": 2020, "public": True}), one)


@pytest.mark.parametrize(
    ("name", "answer", "possible"),
    [
        ("public", "yes", True),
        ("public", "true", False),
        ("stage", "cold", True),
        ("stage", "unknown", False),
        ("year", "1990", True),
        ("year", "2012", True),
        ("year", "2013", False),
        ("year", "0990", False),
        ("year", "199", False),
        ("year", "１９９０", False),
        ("pages", "0", True),
        ("pages", "1234567890", False),
        ("pages", "-1", False),
        ("received", "2010-02-28", True),
        ("received", "2010-02", False),
        ("received", "2010-02-30", False),
        ("title", "A", True),
        ("title", " ", False),
    ],
)
def test_what_the_check_of_the_rules_lets_through_can_be_set_beside_a_case(
    name: str, answer: str, possible: bool
) -> None:
    whole = entry(
        part("withhold", {name: answer}), decided="2012-05-01", asked="It.", published="Here."
    )
    book = law({"A": whole}).book
    wrong = [where[-1] for _, where, *_ in checking.problems(book) if "precedents" in where]
    assert wrong == ([] if possible else [name])
    if possible:
        assert library(LAW, {"A": whole})["content"][0].ref == "A"
