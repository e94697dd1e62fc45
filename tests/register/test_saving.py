"""Advice is reprinted as it was given, whatever the rulebook says today; a review stands beside
the decision that it reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice.report import report
from advisor.advice.rulebook import Rulebook
from advisor.assessment import Assessment
from advisor.case import Case
from advisor.document.blocks import Bullets, Document, Entry, Heading, Paragraph, Table
from advisor.register import trail
from advisor.register.events import Event
from advisor.register.plain import as_plain, as_yaml
from advisor.register.review import compare, decided_on, officers, start_review
from advisor.register.saving import as_document, last_advice, record, today_differs
from advisor.register.saving import as_plain as document_as_plain
from advisor.register.store import Register, Saved
from advisor.sources import InputError, Problem
from tests.register.happenings import HISTORIES, TEXT

SEED = Path(__file__).parents[2] / "cases" / "mps-01-foi-23-028157.yaml"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook.load()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(tmp_path / "register.db") as opened:
        yield opened


@pytest.fixture
def saved(register: Register, book: Rulebook) -> Saved:
    """The seed matter, with the advice on it."""
    case = book.read(SEED)
    events = [Event("imported", {"case": as_plain(case)}, by="A. Officer")]
    made = register.create("FOI/1", events)
    advise(made, book)
    return made


def advise(saved: Saved, book: Rulebook) -> Document:
    assessment = book.assess(saved.case(), engine="direct")
    return record(saved, assessment, book.law(assessment.as_at), "A. Officer")


def answer(item: str, fact: str, value: str, by: str = "") -> Event:
    return Event("answered", {"item": item, "fact": fact, "value": value}, by=by)


class Otherwise:
    """Tomorrow's rulebook, which decides as today's would if one answer were another."""

    def __init__(self, book: Rulebook, fact: str, value: str) -> None:
        self.book, self.fact, self.value = book, fact, value
        self.asked: list[tuple[Case, date | None]] = []

    def assess(self, case: Case, *, as_at: date | None = None, engine: Any = "both") -> Assessment:
        self.asked.append((case, as_at))
        item = case.items[1]
        facts = {**item.facts, self.fact: self.value}
        return self.book.assess(
            case.with_item(replace(item, facts=facts)), as_at=as_at, engine=engine
        )


class Refusing:
    """A rulebook that no longer has a fact of the old case."""

    def assess(self, case: Case, **_: Any) -> Assessment:
        raise InputError(Problem(case.reference, 0, 0, "unknown fact"))


def test_advice_is_read_back_exactly_as_it_was_given(
    register: Register, saved: Saved, book: Rulebook
) -> None:
    assessment = book.assess(saved.case(), engine="direct")
    advice = last_advice(register.open("FOI/1"))
    assert advice is not None
    assert advice.assessment == assessment.as_json()
    assert advice.report == report(assessment, saved.case(), book.law(assessment.as_at))
    assert (advice.digest, advice.by, advice.event) == (book.digest, "A. Officer", 2)


def test_advice_that_has_not_changed_is_recorded_once(saved: Saved, book: Rulebook) -> None:
    advise(saved, book)
    assert [event.kind for event in saved.events] == ["imported", "assessed"]
    saved.append(answer("live-offences", "duty_to_investigate", "no"))
    advise(saved, book)
    advice = last_advice(saved)
    assert advice is not None
    assert advice.event == 4


def test_the_rulebook_that_gave_the_advice_would_decide_the_same(
    saved: Saved, book: Rulebook
) -> None:
    saved.append(answer("live-offences", "duty_to_investigate", "no"))
    assert today_differs(saved, book) == []


def test_what_another_rulebook_would_decide_otherwise_is_named(
    saved: Saved, book: Rulebook
) -> None:
    other: Any = Otherwise(book, "duty_to_investigate", "no")
    found = {one.what: (one.item, one.before, one.after) for one in today_differs(saved, other)}
    assert found["outcome"][:2] == ("live-offences", "withhold")
    assert found["provisions"][:2] == ("live-offences", ["s30(1)(a)(i)"])
    assert found["public_interest"] == ("live-offences", "maintain (clear)", None)
    ((case, day),) = other.asked
    assert day == date(2023, 2, 10)
    assert case.items[1].facts["duty_to_investigate"] == "yes"


def test_a_rulebook_that_cannot_take_the_old_answers_is_a_difference(saved: Saved) -> None:
    refusing: Any = Refusing()
    (found,) = today_differs(saved, refusing)
    assert "unknown fact" in found.after


def test_an_assessment_without_advice_has_none_to_compare(
    register: Register, book: Rulebook
) -> None:
    bare = register.create("FOI/2")
    assert last_advice(bare) is None
    assert today_differs(bare, book) == []


@given(TEXT, st.sampled_from(["plain", "bad"]))
def test_every_kind_of_block_comes_back_as_it_was(text: str, tone: Any) -> None:
    document = Document.of(
        text,
        [
            Heading(3, text),
            Paragraph(text, text, tone),
            Bullets((Entry(text), Entry("a", text, text, tone, 3))),
            Table((text, "b"), ((text, ""), ("", text)), text),
        ],
    )
    assert as_document(document_as_plain(document)) == document


def test_a_review_begins_with_the_request_and_its_parts_and_no_answer(
    register: Register, saved: Saved
) -> None:
    review = start_review(register, "FOI/1", "B. Reviewer")
    first, second = saved.case(), review.case()
    assert review.review_of == "FOI/1"
    assert [one.id for one in second.items] == [one.id for one in first.items]
    assert [one.description for one in second.items] == [one.description for one in first.items]
    assert not second.facts
    assert not any(one.facts or one.weights or one.balance for one in second.items)
    for same in ("title", "request", "received", "authority", "decided"):
        assert getattr(second, same) == getattr(first, same)
    assert officers(review) == ["B. Reviewer"]
    assert register.open(review.reference).case() == second


def test_a_review_is_opened_once_and_only_of_a_decision(register: Register, saved: Saved) -> None:
    start_review(register, "FOI/1")
    with pytest.raises(InputError):
        start_review(register, "FOI/1")
    register.create("FOI/2", [Event("item_added", {"item": "file"})])
    with pytest.raises(InputError):
        start_review(register, "FOI/2")
    with pytest.raises(InputError):
        start_review(register, "FOI/3")
    assert len(register.references()) == 3


def test_a_review_is_judged_at_the_day_of_the_first_decision(
    register: Register, saved: Saved, book: Rulebook
) -> None:
    review = start_review(register, "FOI/1")
    for event in (
        Event("header", {"field": "decided", "value": "2026-01-01"}),
        Event("header", {"field": "decided", "value": None}),
        Event("imported", {"case": {**as_plain(saved.case()), "decided": "2026-01-01"}}),
    ):
        with pytest.raises(InputError):
            review.append(event)
    assert book.as_at(review.case()) == date(2023, 2, 10)


def test_without_a_day_of_decision_that_of_the_last_advice_counts(
    register: Register, book: Rulebook
) -> None:
    case = replace(book.read(SEED), decided=None)
    undated = register.create("FOI/2", [Event("imported", {"case": as_plain(case)})])
    assessment = book.assess(undated.case(), as_at=date(2024, 5, 6), engine="direct")
    record(undated, assessment, book.law(assessment.as_at))
    assert decided_on(undated) == date(2024, 5, 6)
    assert start_review(register, "FOI/2").case().decided == date(2024, 5, 6)


def test_what_differs_between_a_decision_and_its_review_is_named(
    register: Register, saved: Saved, book: Rulebook
) -> None:
    review = start_review(register, "FOI/1", "B. Reviewer")
    part = "live-offences"
    review.append(answer(part, "held", "yes"), answer(part, "duty_to_investigate", "no"))
    weight = {"item": part, "factor": "safe_space", "weight": "slight", "reason": "Old."}
    review.append(Event("weighed", {**weight, "balance": "content"}, by="B. Reviewer"))
    # What is answered after the advice is no part of the decision under review.
    saved.append(answer(part, "duty_to_investigate", "no"))
    found = {(one.about, one.what): (one.before, one.after) for one in compare(saved, review)}
    assert found == {
        ("answer", "duty_to_investigate"): ("yes", "no"),
        ("weight", "safe_space"): (None, "slight"),
    }
    advise(review, book)
    assert ("advice", "outcome") in {(one.about, one.what) for one in compare(saved, review)}


@given(HISTORIES)
def test_a_case_that_is_written_as_a_file_is_read_back_the_same(history: list[Event]) -> None:
    from advisor.register.events import replay

    case = replace(replay(history), reference="FOI/1")
    if not case.items:
        return
    back = Case.parse(as_yaml(case))
    assert (back.items, back.facts, back.title, back.request) == (
        case.items, case.facts, case.title, case.request,
    )  # fmt: skip


ODD = ["yes", "null", "~", "", "!x", "&a", "- a", "# c", " a ", "a\n\n b", "\x85", "\u2028", "1.0"]


@given(st.sampled_from(ODD) | TEXT, st.sampled_from(ODD) | TEXT)
def test_text_that_yaml_would_take_for_something_else_is_read_back_the_same(
    one: str, other: str
) -> None:
    case = Case.parse("{case: 1, reference: FOI/1, items: [{id: file}]}")
    case = replace(case, title=one, request=other, teaching={"level": one, "points": [other]})
    assert Case.parse(as_yaml(case)) == case


@given(TEXT, TEXT)
def test_an_exported_trail_is_still_a_case_file(reference: str, by: str) -> None:
    class InMemory(Saved):
        def __init__(self, links: Any) -> None:
            self.reference, self.links, self._events, self._case = reference, links, (), None

    from advisor.register.chain import Link

    events = [
        Event("item_added", {"item": "file"}, by=by),
        Event("noted", {"item": "file", "fact": "held", "text": f"{by}\n# {reference}"}, by=by),
    ]
    first = Link.after(None, reference, events[0])
    held = InMemory((first, Link.after(first, reference, events[1])))
    case = replace(held.case(), reference="FOI/1")
    held._case = case
    assert Case.parse(trail.as_case_file(held, audit=True)) == case
