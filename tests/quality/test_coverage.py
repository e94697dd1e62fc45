"""Coverage says what no case shows, and what it offers as an example does show it."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Case, Rulebook
from advisor.quality.coverage import coverage, gaps
from advisor.quality.smallest import Smallest
from advisor.rulebook.conditions import parse
from advisor.rulebook.law import Law

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def law(rulebook: Rulebook) -> Law:
    return rulebook.law(TODAY)


def case(**facts: str) -> Case:
    answers = ", ".join(f"{key}: {value}" for key, value in facts.items())
    return Case.parse(
        f"case: 1\nreference: R\ndecided: 2026-11-22\nitems: [{{id: a, facts: {{{answers}}}}}]"
    )


def test_no_case_covers_nothing_and_everything_is_missing(rulebook: Rulebook, law: Law) -> None:
    missing = gaps(law, coverage(rulebook, []))
    assert {g.id for g in missing if g.kind == "rule"} == {rule.id for rule in law.rules}


def test_what_a_case_shows_is_no_longer_missing(rulebook: Rulebook, law: Law) -> None:
    found = coverage(rulebook, [case(serious_public_concern="yes", other_scrutiny="none")])
    assert found.rules["s30.g06.concern"] == {"yes"}
    assert found.factors["content.informed_debate"] == {"considerable"}
    assert found.answers["other_scrutiny"] == {"none"}
    missing = {(g.id, g.missing) for g in gaps(law, found)}
    assert ("s30.g06.concern", "yes") not in missing
    assert ("s30.g06.concern", "no") in missing


def test_every_example_covers_what_it_is_offered_for(rulebook: Rulebook, law: Law) -> None:
    for gap in gaps(law, coverage(rulebook, [])):
        if gap.example is None or any(law.facts[f].scope == "request" for f in gap.example):
            continue
        shown = coverage(rulebook, [case(**gap.example)])
        where = {"rule": shown.rules, "factor": shown.factors, "answer": shown.answers}[gap.kind]
        assert gap.missing in where[gap.id], gap


def test_what_cannot_be_is_not_asked_for(law: Law) -> None:
    maker = Smallest(law)
    impossible = parse({"all": ["sensitivity is anodyne", "sensitivity is moderate"]})
    assert maker.answers(impossible, True) is None
    assert maker.answers(parse("always"), False) is None
