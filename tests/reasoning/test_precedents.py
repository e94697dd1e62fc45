"""Decided matters: constraint as properties, what distinguishes, contradictions, the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisor import Case, Rulebook
from advisor.advice.assess import nearest_matters
from advisor.case import Item
from advisor.reasoning.consistency import contradictions
from advisor.reasoning.derivation import Value
from advisor.reasoning.dimensions import DISCLOSE, MAINTAIN, Scale, Space, space
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.precedents import (
    RESULTS,
    Decided,
    Here,
    constrains,
    decided,
    library,
    overlap,
    shipped,
)
from advisor.rulebook.dates import day_of as day
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Part, Precedent, Stated
from advisor.truth import Truth

LIMB = "s30(1)(a)(i)"
SIDE = {"withhold": MAINTAIN, "disclose": DISCLOSE}


@cache
def law() -> Law:
    return Rulebook.load().law(date(2026, 3, 2))


@cache
def scales() -> Space:
    return space(law(), "content")


def scale(name: str) -> Scale:
    return scales().scales[name]


def matter(
    facts: dict[str, str],
    result: str,
    factors: tuple[Stated, ...] = (),
    reason: tuple[str, ...] = (),
) -> Decided:
    part = Part("it", "it", result, "Because.", (LIMB,), facts, {}, factors, reason)  # type: ignore[arg-type]
    entry = Precedent(
        title="A v B", citation="1", body="first_tier_tribunal", decided="2020-01-01", asked="It.",
        parts=(part,), published="here", seen="all", read=date(2026, 1, 1), limits="Somewhere.",
    )  # fmt: skip
    found = decided(law(), "A", entry, part)
    assert found is not None
    return found


def item(slots: dict[str, str]) -> Here:
    return Here("content", scales().point(slots), put=True, limbs=(LIMB,))


def leans(name: str, slot: str, side: int) -> bool:
    level = scale(name).level(slot)
    return level > 0 if side == MAINTAIN else level < 0


FACTS = [
    name
    for name, one in law().dimensions.items()
    if name in law().facts and name in scales().scales and not one.alike
]


@st.composite
def matters(draw: st.DrawFn) -> Decided:
    """A decided matter whose result rests on something: facts, and factors with stated weights."""
    names = draw(st.sets(st.sampled_from(FACTS), min_size=1, max_size=8))
    facts = {name: draw(st.sampled_from(scale(name).slots)) for name in sorted(names)}
    if draw(st.booleans()):
        facts["information_kind"] = draw(st.sampled_from(scale("information_kind").slots))
    stated = tuple(
        Stated("said", factor=name, weight=draw(st.sampled_from(WEIGHTS)))
        for name in sorted(draw(st.sets(st.sampled_from(["safe_space", "informed_debate"]))))
    )
    result = draw(st.sampled_from(sorted(SIDE)))
    found = matter(facts, result, stated)
    assume(found.needs)
    return found


@given(matters())
def test_a_case_made_from_a_matters_own_facts_is_constrained_by_it(one: Decided) -> None:
    assert constrains(item(dict(one.point.slots)), one)


@given(matters(), st.data())
def test_more_on_its_side_keeps_the_constraint(one: Decided, data: st.DataObject) -> None:
    slots = dict(one.point.slots)
    for name in data.draw(st.sets(st.sampled_from(FACTS), max_size=5)):
        slots[name] = data.draw(st.sampled_from(favourable(name, slots, one.side)))
    assert constrains(item(slots), one)


def favourable(name: str, slots: dict[str, str], side: int) -> list[str]:
    """The slots that are at least as strong for a side; where nothing is known, those that lean."""
    every = scale(name).slots
    if name not in slots:
        return [slot for slot in every if not leans(name, slot, 1 - side)]
    now = scale(name).bit(slots[name])
    return [slot for slot in every if now & scale(name).at_least(slot, side)]


@given(matters(), st.data())
def test_something_new_on_the_other_side_ends_it(one: Decided, data: st.DataObject) -> None:
    unknown = [name for name in FACTS if name not in one.point.slots]
    name = data.draw(st.sampled_from(unknown))
    against = [slot for slot in scale(name).slots if leans(name, slot, 1 - one.side)]
    assume(against)
    slots = {**one.point.slots, name: data.draw(st.sampled_from(against))}
    assert not constrains(item(slots), one)


@given(matters(), st.data())
def test_a_weaker_point_that_both_record_ends_it(one: Decided, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(one.point.slots)))
    there = scale(name).bit(one.point.slots[name])
    weaker = [
        slot for slot in scale(name).slots if not there & scale(name).at_least(slot, one.side)
    ]
    assume(weaker)
    slots = {**one.point.slots, name: data.draw(st.sampled_from(weaker))}
    assert not constrains(item(slots), one)


@given(matters(), st.data())
def test_without_something_that_mattered_it_ends(one: Decided, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(scales().names(one.needs)))
    slots = {key: slot for key, slot in one.point.slots.items() if key != name}
    assert not constrains(item(slots), one)


@given(matters(), st.data())
@settings(max_examples=60)
def test_no_chain_of_changes_in_its_favour_reverses_it(one: Decided, data: st.DataObject) -> None:
    slots = dict(one.point.slots)
    opposite = "disclose" if one.side == MAINTAIN else "withhold"
    mirror = matter(dict(one.part.facts), opposite, one.part.factors)
    for _ in range(6):
        name = data.draw(st.sampled_from(FACTS))
        slots[name] = data.draw(st.sampled_from(favourable(name, slots, one.side)))
        assert constrains(item(slots), one)
        changed = {key for key in slots if slots[key] != one.point.slots.get(key)}
        if any(leans(key, slots[key], one.side) for key in changed):
            assert not constrains(item(slots), mirror)


@given(matters())
def test_what_is_unknown_here_never_constrains(one: Decided) -> None:
    assert not constrains(item({}), one)
    undecided = replace(item(dict(one.point.slots)), put=False)
    assert not constrains(undecided, one)


def test_a_matter_of_which_nothing_was_read_that_leans_its_way_constrains_nothing() -> None:
    thin = matter({"information_kind": "statistics"}, "withhold")
    assert not thin.needs
    assert not constrains(item({"information_kind": "statistics"}), thin)


def test_inferred_facts_and_what_a_party_said_are_left_out() -> None:
    said = Stated("said", factor="safe_space", weight="very_strong", by="authority")
    one = matter({"reveals_techniques": "yes"}, "withhold", (said,))
    assert set(one.point.slots) == {"reveals_techniques"}
    part = replace(one.part, inferred={"sensitivity": "central_evidence"})
    again = decided(law(), "A", one.matter, part)
    assert again is not None
    assert again.point == one.point


def test_an_unsettled_or_overtaken_matter_constrains_nothing() -> None:
    one = matter({"reveals_techniques": "yes"}, "withhold")
    own = item(dict(one.point.slots))
    assert constrains(own, one)
    for mark in ({"unsettled": "They conflict."}, {"overtaken_by": "C v D"}):
        assert not constrains(own, replace(one, matter=replace(one.matter, **mark)))


def test_only_what_the_result_rests_on_is_needed() -> None:
    facts = {"reveals_techniques": "yes", "mosaic_risk_shown": "yes"}
    one = matter(facts, "withhold", reason=("reveals_techniques",))
    assert constrains(item({"reveals_techniques": "yes"}), one)
    assert not constrains(item({"mosaic_risk_shown": "yes"}), one)
    assert not constrains(item({"reveals_techniques": "yes", "mosaic_risk_shown": "no"}), one)


def test_another_provision_is_another_matter() -> None:
    one = matter({"reveals_techniques": "yes"}, "withhold")
    other = replace(item({"reveals_techniques": "yes"}), limbs=("s30(2)(b)",))
    assert not constrains(other, one)


@pytest.mark.parametrize(
    ("under", "constrained"),
    [("s30(1)", True), ("s30(1)(a)", True), ("s30", False), ("s30(2)", False)],
)
def test_the_provision_must_be_known_and_a_bare_section_is_none(
    under: str, constrained: bool
) -> None:
    """That section 30 was meant leaves open whether it was (1) or (2), and which of them."""
    one = matter({"reveals_techniques": "yes"}, "withhold")
    again = decided(law(), "A", one.matter, replace(one.part, limbs=(under,)))
    assert again is not None
    assert constrains(item(dict(again.point.slots)), again) is constrained
    other = replace(again, side=DISCLOSE, needs=again.point.at)
    pairs = {c.kind for c in contradictions({"content": (again, replace(other, ref="B"))})}
    assert pairs == (set() if under == "s30" else {"a_fortiori"})


def test_a_consideration_of_the_officers_own_against_it_ends_it() -> None:
    one = matter({"reveals_techniques": "yes"}, "withhold")
    own = item(dict(one.point.slots))
    assert not constrains(replace(own, added=(False, True)), one)
    assert constrains(replace(own, added=(True, False)), one)


def test_days_of_every_precision() -> None:
    assert [day(text).isoformat() for text in ("2009", "2012-02", "2012-02-03")] == [
        "2009-12-31", "2012-02-29", "2012-02-03",
    ]  # fmt: skip


# Contradictions.


def test_two_matters_that_oblige_each_other_the_other_way_are_found() -> None:
    facts = {"reveals_techniques": "yes", "independent_findings": "yes"}
    one, other = matter(facts, "withhold"), replace(matter(facts, "disclose"), ref="B")
    found = list(contradictions({"content": (one, other)}))
    assert {(c.one.ref, c.other.ref) for c in found} == {("A", "B"), ("B", "A")}
    assert all(c.settled for c in found)


def test_the_shipped_librarys_contradictions_are_the_known_ones() -> None:
    found = list(contradictions(library(law(), law().precedents)))
    pairs = {frozenset((c.one.ref, c.other.ref)) for c in found}
    assert pairs == {
        frozenset({"FS50106800", "UKFTT-Marriott-2011"}),
        frozenset({"ICO-DC-sheep-2009", "UKIT-Freebury-2009"}),
    }
    assert not any(c.settled for c in found)
    assert all(c.one.matter.unsettled for c in found)


# The shipped library.


def test_every_settled_part_that_can_constrain_constrains_its_own_facts() -> None:
    own = [one for many in shipped(law()).values() for one in many if one.needs]
    assert {one.ref for one in own} >= {"FS50153447", "FS50909321", "FS50104384"}
    for one in own:
        balance = RESULTS[one.part.result][0]
        here = Here(balance, one.point, put=True, limbs=one.part.limbs)
        under_a_known_provision = bool(one.limbs) or balance != "content"
        assert constrains(here, one) is (one.settled and under_a_known_provision), one.ref


def test_no_matter_has_been_reviewed_until_a_person_and_a_day_are_named() -> None:
    for entry in law().precedents.values():
        assert bool(entry.reviewed_by) == (entry.reviewed_on is not None)


def test_no_weight_is_stated_that_a_decision_did_not_give() -> None:
    """None of the decisions that were read gives a weight."""
    stated = [s for p in law().precedents.values() for part in p.parts for s in part.factors]
    assert stated
    assert all(s.weight is None for s in stated)


def test_a_case_before_a_matter_was_decided_does_not_see_it() -> None:
    early = Rulebook.load().law(date(2010, 1, 1))
    assert "IC-133003" not in {one.ref for many in shipped(early).values() for one in many}


CASE = """
case: 1
reference: R
decided: 2026-03-02
request: It.
items:
  - id: it
    facts:
      held_for_investigation: yes
      particular_investigation: yes
      own_investigation: yes
      criminal_offence: yes
      duty_to_investigate: yes
      purpose_whether_to_charge: yes
      latest_record_year: 2024
      would_confirming_reveal: no
      information_kind: investigator_report
      investigation_status: closed_no_charge
      identifies_witness_or_informant: yes
      relates_to_confidential_sources: yes
      related_proceedings_pending: no
      already_public: none
"""


def test_a_whole_case_is_constrained_and_another_answer_ends_it() -> None:
    def obliged(text: str) -> set[tuple[str, str | None]]:
        found = nearest_matters(Case.parse(text), law(), 5)["it"]
        return {(one.ref, one.constrains) for one in found if one.constrains}

    assert obliged(CASE) == {("FS50153447", "withhold")}
    assert obliged(CASE + "      independent_findings: yes\n") == set()
    assert obliged(CASE.replace("already_public: none", "already_public: fully")) == set()


ENGAGED = {
    "held_for_investigation": "yes", "particular_investigation": "yes", "own_investigation": "yes",
    "criminal_offence": "yes", "duty_to_investigate": "yes", "purpose_whether_to_charge": "yes",
    "would_confirming_reveal": "no", "latest_record_year": "2024",
}  # fmt: skip


def test_a_case_of_a_shipped_matters_own_facts_is_constrained_by_it() -> None:
    """Through the whole of the advice, where the provision of the one covers the other."""
    tried: set[str] = set()
    for one in (one for many in shipped(law()).values() for one in many):
        if not one.needs or not one.settled or not overlap(one.limbs, (LIMB, "s30(3)")):
            continue
        tried.add(f"{one.ref} {one.part.id}")
        case = Case("1", "R", (Item("it", facts={**ENGAGED, **one.part.facts}),))
        found = nearest_matters(case, law(), 100)["it"]
        (same,) = [n for n in found if (n.ref, n.part) == (one.ref, one.part.id)]
        way = "withhold" if one.side == MAINTAIN else "disclose"
        assert same.constrains == way, one.ref
        assert (same.stronger_here, same.weaker_here) == ((), ()), one.ref
    assert tried == {
        "FS50153447 report", "FS50153447 passage", "FS50909321 existence",
        "UKFTT-2024-1108 existence",
    }  # fmt: skip


@pytest.mark.parametrize("way", ["maintain", "disclose"])
def test_a_recommendation_against_a_matter_that_constrains_is_warned_of(way: str) -> None:
    officer = f"    balance: {{result: {way}, reason: It is so.}}\n"
    assessment = Rulebook.load().assess(Case.parse(CASE + officer))
    warned = "precedent-FS50153447" in {one.id for one in assessment.items[0].warnings}
    assert warned is (way == "disclose")


# The order of a dimension is a statement about the law; the rules must not say the opposite.


def result_of(values: dict[str, Value], balance: str) -> Truth:
    whole = Matter(Known(law(), values), Item("it"), {})
    derived = derive(law(), whole.known.values, whole.strike)
    return derived.conclusions[law().balances[balance].decides]


@pytest.mark.parametrize("balance", ["content", "confirm_or_deny"])
def test_moving_a_fact_one_way_never_turns_the_rules_the_other_way(balance: str) -> None:
    found = space(law(), balance).scales
    ordered = [name for name in found if name in law().facts and found[name].levels]
    random = Random(7)

    def value(name: str, slot: str) -> Value:
        return slot == "yes" if law().facts[name].type == "yes_no" else slot

    for _ in range(1500):
        slots = {n: random.choice(found[n].slots) for n in found if n in law().facts}
        quiet = {n: law().dimensions[n].neither or (slots[n],) for n in slots}
        slots = {n: slots[n] if random.random() < 0.45 else quiet[n][0] for n in slots}
        values = {n: value(n, slot) for n, slot in slots.items()}
        values |= {"latest_record_year": 2012, "would_confirming_reveal": True}
        before, moved = result_of(values, balance), random.choice(ordered)
        for slot in found[moved].slots:
            step = found[moved].level(slot) - found[moved].level(slots[moved])
            after = result_of({**values, moved: value(moved, slot)}, balance)
            assert step <= 0 or after or not before, (moved, slots[moved], slot, values)
            assert step >= 0 or before or not after, (moved, slots[moved], slot, values)
