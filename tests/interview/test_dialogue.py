"""The interview as an officer meets it: what is asked, when, and what becomes of answers."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.interview import commands
from advisor.interview.dialogue import Interview
from advisor.interview.prompts import Prompt, Step
from advisor.interview.record import Beginning, Notebook
from advisor.interview.whatif import turning_points
from advisor.interview.why import said
from advisor.register.events import Event, replay
from advisor.register.plain import as_plain
from tests.interview.answering import (
    LIVE_FILE,
    RULEBOOK,
    asked_until,
    begun,
    outcomes,
    said_to,
)


def facts(prompts: list[Prompt]) -> list[str]:
    return [one.step.key for one in prompts if one.step.kind == "fact"]


def test_the_request_comes_first_then_its_parts_then_the_gates() -> None:
    interview = begun()
    header = asked_until(interview, "part")
    assert [one.step.key for one in header] == [
        "reference", "authority_name", "authority_kind", "received", "decided", "request", "title",
    ]  # fmt: skip
    interview.answer("The statements")
    interview.answer("The date of the arrest")
    interview.answer("")
    assert [one.id for one in interview.case.items] == ["the-statements", "the-date-of"]
    assert interview.prompt.step == Step("fact", "valid_request")


def test_a_case_that_has_all_facts_asks_nothing() -> None:
    case = RULEBOOK.read("cases/mps-01-foi-23-028157.yaml")
    record = Notebook([Event("imported", {"case": as_plain(case)})])
    assert begun(record, walked=False).prompt.step.kind == "done"


def test_an_unknown_is_an_answer_and_leaves_open_what_turns_on_it() -> None:
    interview = begun()
    asked_until(interview, "duty_to_investigate")
    reply = interview.unknown()
    assert reply.ok
    assert "withhold or disclose" in reply.text
    asked = asked_until(interview, "done", {**LIVE_FILE, "by": "A. Officer"})
    assert "duty_to_investigate" not in facts(asked)
    assert list(outcomes(interview).values()) == ["undetermined"]


def test_changing_an_early_answer_keeps_the_later_ones_and_shows_what_is_irrelevant() -> None:
    interview = begun()
    asked_until(interview, "done")
    before = interview.case.items[0].facts
    assert commands.change(interview, "held_for_investigation no").ok
    after = interview.case.items[0].facts
    assert after == {**before, "held_for_investigation": "no"}
    standing = {row.fact: row.standing for row in interview.list()}
    assert standing["duty_to_investigate"] == "irrelevant"
    assert standing["held"] == "counts"
    commands.change(interview, "held_for_investigation yes")
    assert {row.standing for row in interview.list() if row.fact == "duty_to_investigate"} == {
        "counts"
    }


def test_back_asks_again_and_a_blank_answer_keeps_what_was_said() -> None:
    interview = begun()
    asked_until(interview, "own_investigation")
    recorded = len(interview.record.events)
    assert interview.back().ok
    assert interview.prompt.step.key == "particular_investigation"
    assert interview.prompt.now == "Yes"
    interview.back()
    assert interview.prompt.step.key == "held_for_investigation"
    interview.answer("")
    assert interview.prompt.step.key == "own_investigation"
    assert len(interview.record.events) == recorded


def test_back_reaches_the_first_question_and_says_so() -> None:
    interview = begun()
    asked_until(interview, "received")
    while interview.back().ok:
        pass
    assert interview.prompt.step.key == "authority_name"


@pytest.mark.parametrize("junk", ["maybe", "²", "4", "0", "-1", "yes\nno", "99999999999", "oui"])
def test_junk_is_no_answer_and_changes_nothing(junk: str) -> None:
    interview = begun()
    asked_until(interview, "held")
    events, prompt = list(interview.record.events), interview.prompt
    assert not interview.answer(junk).ok
    assert list(interview.record.events) == events
    assert interview.prompt == prompt


def test_words_with_which_several_answers_begin_are_asked_to_be_told_apart() -> None:
    interview = begun()
    asked_until(interview, "investigation_status")
    refused = interview.answer("con")
    meant = [one.text for one in interview.prompt.choices if one.text.startswith("Concluded")]
    assert len(meant) == 2
    assert all(one in refused.text for one in meant)
    assert "Closed" not in refused.text
    assert interview.answer(meant[0]).ok


@pytest.mark.parametrize(
    ("said", "kept"),
    [("1", "yes"), ("2", "no"), ("3", "unknown"), ("Y", "yes"), ("n", "no"), ("NO.", "no"),
     ("don't know", "unknown"), (" yes ", "yes")],
)  # fmt: skip
def test_an_answer_is_a_number_or_the_beginning_of_its_words(said: str, kept: str) -> None:
    interview = begun()
    asked_until(interview, "held")
    interview.answer(said)
    assert interview.case.items[0].facts["held"] == kept


def test_paragraphs_are_one_answer_and_what_is_typed_is_only_text() -> None:
    interview = begun()
    asked_until(interview, "request")
    text = "One [bold]\x1b[31m\u202e\x00 and\r\n\r\n# two\n" + "x" * 9000
    interview.answer(text)
    assert interview.case.request == "One [bold][31m and\n\n# two\n" + "x" * 9000
    assert interview.prompt.step.key == "title"


def test_a_note_is_kept_with_the_answer() -> None:
    interview = begun()
    asked_until(interview, "held")
    interview.note("Searched the crime system")
    assert interview.prompt.note == "Searched the crime system"
    interview.answer("yes")
    assert interview.case.items[0].notes == {"held": "Searched the crime system"}


def test_a_clarification_that_is_needed_asks_whether_it_came() -> None:
    interview = begun()
    answers = {**LIVE_FILE, "clarification_needed": "yes", "clarified": ""}
    asked = [one.step.key for one in asked_until(interview, "done", answers)]
    assert asked[asked.index("clarification_needed") + 1] == "clarified"
    commands.change(interview, "clarified 20/2/2026")
    assert interview.prompt.step.kind == "fact"


def test_dates_and_answers_that_contradict_are_refused() -> None:
    interview = begun()
    asked_until(interview, "decided")
    assert not interview.answer("1 January 2026").ok, "before it arrived"
    assert not interview.answer("31/2/2026").ok
    asked_until(interview, "sensitivity")
    assert not commands.change(interview, "decided 3 March 2024").ok, "a record is of 2025"


def test_a_review_asks_no_header_again() -> None:
    opened = {"reference": "R (review)", "decided": "2026-03-02"}
    events = [
        Event("opened", opened),
        Event("review_of", {"reference": "R"}),
        Event("item_added", {"item": "a", "description": "A"}),
    ]
    assert begun(Notebook(events)).prompt.step == Step("fact", "valid_request")


def test_why_names_the_rule_its_authority_and_what_answers_lead_to() -> None:
    interview = begun()
    asked_until(interview, "duty_to_investigate")
    why = interview.why()
    assert why is not None
    assert why.question.changes == "outcome"
    assert "s30_1_a_class" in {one.rule for one in why.reasons}
    assert any("s.30(1)(a)" in one for one in why.authority)
    assert [one.value for one in why.answers] == ["yes", "no"]
    asked_until(interview, "duty_source")
    why = interview.why()
    assert why is not None
    assert (why.question.changes, why.answers) == ("notice", ())


def test_change_knows_names_parts_and_typing_errors() -> None:
    interview = begun()
    asked_until(interview, "part")
    for text in ("One", "Two", ""):
        interview.answer(text)
    assert "did you mean 'held'" in commands.change(interview, "heldd").right
    assert not commands.change(interview, "held yes").ok, "of which part?"
    assert commands.change(interview, "2 held yes").ok
    assert interview.case.items[1].facts == {"held": "yes"}
    assert commands.change(interview, "valid_request no").ok
    assert not commands.change(interview, "reference X").ok
    assert not commands.change(interview, "").ok
    assert not commands.change(interview, "2 safe_space").ok, "not in the balance yet"
    assert commands.change(interview, "2 description The second").ok
    assert interview.case.items[1].description == "The second"


def test_a_record_is_made_with_the_first_answer_and_not_before() -> None:
    made: list[tuple[str, Notebook]] = []

    def create(reference: str, events: tuple[Event, ...]) -> Notebook:
        made.append((reference, Notebook(events)))
        return made[-1][1]

    interview = Interview(RULEBOOK, Beginning(create))
    assert not made
    interview.answer("FOI/9")
    interview.answer("Borchester")
    assert [reference for reference, _ in made] == ["FOI/9"]
    assert replay(made[0][1].events) == interview.case


def test_an_interview_goes_on_exactly_where_it_stopped() -> None:
    interview = begun()
    while interview.prompt.step.kind != "done":
        if interview.form is None:
            assert begun(Notebook(interview.record.events)).prompt == interview.prompt
        assert interview.answer(said_to(interview.prompt, LIVE_FILE)).ok


def test_no_more_is_asked_than_was_said() -> None:
    interview = begun()
    asked_until(interview, "part")
    interview.answer("")
    bounds = []
    while (step := interview.prompt.step).kind == "fact" and interview.left != 0:
        if step.item is not None:
            bounds.append(interview.left)
        interview.answer(said_to(interview.prompt, LIVE_FILE))
    assert len(bounds) > 10
    for at, bound in enumerate(bounds):
        assert bound is not None
        assert len(bounds) - at <= bound


@pytest.mark.parametrize("said", ["no", "N/A", "none", "-", "...", "Yes."])
def test_what_says_nothing_is_no_text_for_the_notice(said: str) -> None:
    interview = begun()
    asked_until(interview, "duty_source")
    refused = interview.answer(said)
    assert not refused.ok
    assert not refused.text.endswith("."), "what would be right is said after it"
    kept = interview.answer("None but the duty at common law")
    assert kept.ok
    assert "None but the duty at common law" in kept.text


def test_a_day_that_is_to_come_is_kept_only_if_it_is_said_again() -> None:
    interview = begun()
    asked_until(interview, "received")
    assert not interview.answer("1/1/2027").ok
    assert not interview.answer("2/1/2027").ok
    assert interview.case.received is None
    assert interview.answer("2 January 2027").ok
    assert interview.case.received == date(2027, 1, 2)


@pytest.mark.parametrize(("judged", "doubted"), [("", True), ("10 February 2026", False)])
def test_a_day_to_decide_by_that_has_passed_is_kept_only_if_it_is_said_again(
    judged: str, doubted: bool
) -> None:
    interview = begun()
    answers = {**LIVE_FILE, "decided": judged, "public_interest_undecided": "yes"}
    asked_until(interview, "decision_expected", answers)
    assert interview.answer("12 February 2026").ok is not doubted
    assert (interview.case.decision_expected is None) is doubted
    if doubted:
        assert interview.answer("12 February 2026").ok
    assert interview.case.decision_expected == date(2026, 2, 12)


def test_a_note_is_kept_with_an_opening_question_and_says_with_which() -> None:
    interview = begun()
    assert not interview.note("Nothing is saved yet").ok
    interview.answer("FOI/1")
    reply = interview.note("From the register of correspondence")
    assert reply.text.endswith(interview.prompt.ask)
    assert interview.case.notes == {"authority_name": "From the register of correspondence"}
    asked_until(interview, "part")
    assert "title for the request" in interview.note("None was given").text


def test_while_much_is_open_what_if_says_what_would_settle_it() -> None:
    interview = begun()
    asked_until(interview, "duty_to_investigate")
    (found,) = turning_points(interview.case, interview.law, None).values()
    assert len(found.possible) > 1
    assert set(found.open) >= {"duty_to_investigate"}
    for one in found.settles:
        ((fact, value),) = one.set.items()
        trial = begun(Notebook(interview.record.events))
        assert commands.change(trial, f"{fact} {said(value)}").ok
        assert set(outcomes(trial).values()) == {one.outcome}
