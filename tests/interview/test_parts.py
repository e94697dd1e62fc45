"""Several parts of a request: what is asked of each, split off, and taken over."""

from __future__ import annotations

import pytest

from advisor.case import Case, Item
from advisor.cli.given import part_named
from advisor.interview import commands, parts
from advisor.interview.dialogue import Interview
from advisor.interview.prompts import Reply, Step
from advisor.interview.record import Notebook
from tests.interview.answering import (
    LIVE_FILE,
    RULEBOOK,
    TODAY,
    asked_until,
    begun,
    outcomes,
)


def test_a_fact_of_the_request_is_asked_once_whatever_the_number_of_parts() -> None:
    interview = begun()
    asked_until(interview, "part")
    for text in ("One", "Two", "Three", ""):
        interview.answer(text)
    asked = [(one.step.item, one.step.key) for one in asked_until(interview, "done")]
    assert len(asked) == len(set(asked))
    assert [key for item, key in asked if key == "vexatious"] == ["vexatious"]
    assert len({item for item, key in asked if key == "held"}) == 3


def test_a_part_is_meant_by_its_id_before_its_number() -> None:
    case = Case("1", "R/1", (Item("2"), Item("log"), Item("1")))
    assert [parts.named(case, word) for word in ("2", "1", "3", "log")] == ["2", "1", "1", "log"]
    for word in ("2", "1", "3", "log"):
        assert part_named(word, case, "case.yaml") == parts.named(case, word)
    for word in ("0", "4", "-1", "²", "99999999999", ""):
        assert parts.named(case, word) is None


REGIME = ["environmental_information", "applicant_is_data_subject"]


def three_parts(until: str) -> Interview:
    """Three parts named, and the gates answered until one that is `until`."""
    interview = begun()
    asked_until(interview, "part")
    for text in ("One", "Two", "Three", ""):
        interview.answer(text)
    asked_until(interview, until)
    return interview


def test_the_regime_is_asked_once_and_answered_of_every_part() -> None:
    interview = three_parts("every")
    asked = asked_until(interview, "held")
    assert [one.step.key for one in asked if one.step.kind == "every"] == REGIME
    assert not {one.step.key for one in asked if one.step.kind == "fact"} & set(REGIME)
    for item in interview.case.items:
        assert {fact: item.facts[fact] for fact in REGIME} == dict.fromkeys(REGIME, "no")
    commands.change(interview, "2 environmental_information yes")
    assert outcomes(interview)["two"] == "handle_as_environmental"
    assert outcomes(interview)["one"] != "handle_as_environmental"


def test_what_differs_from_part_to_part_is_asked_of_each() -> None:
    interview = three_parts("every")
    assert interview.answer("it differs").ok
    assert interview.prompt.step == Step("fact", REGIME[0], "one")
    assert begun(Notebook(interview.record.events)).prompt == interview.prompt
    assert interview.answer("yes").ok
    assert REGIME[0] not in interview.case.items[1].facts
    asked = asked_until(interview, "done")
    again = [one.step for one in asked if one.step.key == REGIME[0]]
    assert again == [Step("fact", REGIME[0], "two"), Step("fact", REGIME[0], "three")]
    found = outcomes(interview)
    assert found.pop("one") == "handle_as_environmental"
    assert set(found.values()) == {"withhold"}


def test_what_was_answered_of_every_part_can_be_gone_back_to_and_taken_apart() -> None:
    interview = three_parts("every")
    interview.note("Asked the ranger")
    assert {item.notes[REGIME[0]] for item in interview.case.items} == {"Asked the ranger"}
    assert interview.answer("no").ok
    assert interview.back().ok
    assert interview.prompt.step == Step("every", REGIME[0])
    assert interview.prompt.now
    why = interview.why()
    assert why is not None
    assert why.answers
    assert interview.answer("it differs").ok
    assert not any(REGIME[0] in item.facts for item in interview.case.items)
    assert interview.back().ok
    assert interview.answer("yes").ok
    assert set(outcomes(interview).values()) == {"handle_as_environmental"}
    commands.change(interview, "environmental_information no")
    assert {item.facts[REGIME[0]] for item in interview.case.items} == {"no"}
    assert interview.prompt.step == Step("every", REGIME[1])


def test_a_part_that_has_an_answer_keeps_it_when_the_others_are_asked_at_once() -> None:
    interview = three_parts("every")
    commands.change(interview, "2 environmental_information yes")
    assert interview.prompt.about == "Parts 1 and 3"
    assert interview.answer("no").ok
    answers = [item.facts[REGIME[0]] for item in interview.case.items]
    assert answers == ["no", "yes", "no"]


def test_a_part_that_is_split_off_begins_with_the_answers() -> None:
    interview = begun()
    asked_until(interview, "sensitivity")
    assert commands.split(interview, "The names of the witnesses").ok
    first, second = interview.case.items
    assert second.id == "the-names-of"
    assert second.facts == first.facts
    commands.change(interview, "2 applicant_is_data_subject yes")
    assert interview.case.items[0].facts["applicant_is_data_subject"] == "no"
    asked_until(interview, "done")
    assert list(outcomes(interview).values()) == ["withhold", "handle_as_subject_access"]
    assert commands.remove(interview, "2").ok
    assert not commands.remove(interview, "1").ok


def test_text_of_one_part_is_offered_for_the_next() -> None:
    interview = begun()
    asked_until(interview, "part")
    for text in ("One", "Two", ""):
        interview.answer(text)
    answers = dict(LIVE_FILE)
    asked_until(interview, "duty_source", answers)
    interview.answer("Common law")
    del answers["duty_source"]
    asked_until(interview, "done", answers)
    assert {one.facts["duty_source"] for one in interview.case.items} == {"Common law"}


def two_parts(*, until: str) -> Interview:
    """The first part answered as the live file, the second until it asks for `until`."""
    interview = begun()
    asked_until(interview, "part")
    for text in ("One", "Two", ""):
        interview.answer(text)
    asked_until(interview, until)
    return interview


def test_what_two_parts_share_is_taken_over_as_answers_of_the_second() -> None:
    interview = two_parts(until="shared")
    first, second = interview.case.items
    shared = RULEBOOK.law(TODAY).in_common["investigation"].facts
    assert not set(second.facts) & set(shared)
    lead, before = interview.prompt.lead, len(interview.record.events)
    assert interview.answer("1").ok
    taken = {fact: value for fact, value in first.facts.items() if fact in shared}
    second = interview.case.items[1]
    assert {fact: second.facts[fact] for fact in taken} == taken
    assert len(lead) == len(taken) + 1, "each is read before it is taken over"
    events = interview.record.events[before:]
    assert [one.kind for one in events] == ["answered"] * len(taken)
    assert {one.data["as_in"] for one in events} == {"one"}
    asked = asked_until(interview, "shared")
    assert interview.answer("1").ok
    asked += asked_until(interview, "done")
    assert not {one.step.key for one in asked if one.step.item == "two"} & set(shared)
    commands.change(interview, "2 investigation_status cold")
    assert interview.case.items[0].facts["investigation_status"] == "ongoing"


def test_what_is_not_shared_is_asked_and_not_offered_again() -> None:
    interview = two_parts(until="shared")
    assert interview.answer("no").ok
    assert interview.prompt.step == Step("fact", "particular_investigation", "two")
    assert begun(Notebook(interview.record.events)).prompt == interview.prompt
    asked = asked_until(interview, "done")
    assert "shared" not in {one.step.kind for one in asked}


@pytest.mark.parametrize("answered", [0, 2])
def test_who_said_too_soon_that_nothing_is_shared_can_go_back_to_it(answered: int) -> None:
    interview = two_parts(until="shared")
    offer = interview.prompt
    assert interview.answer("no").ok
    for _ in range(answered):
        assert interview.answer("no").ok
    for _ in range(answered + 1):
        assert interview.back().ok
    assert interview.prompt.step == offer.step
    assert interview.prompt.ask == offer.ask
    assert interview.answer("1").ok
    first, second = interview.case.items
    assert second.facts["investigation_status"] == first.facts["investigation_status"]
    assert second.facts["particular_investigation"] == ("no" if answered else "yes")


def test_a_part_that_is_the_same_is_offered_what_was_answered_since_and_another_is_not() -> None:
    interview = begun()
    asked_until(interview, "sensitivity")
    commands.split(interview, "The names of the witnesses")
    asked = asked_until(interview, "shared")
    assert "purpose_guilt_of_accused" in {one.step.key for one in asked}
    assert interview.prompt.step.item == "the-names-of"
    assert interview.answer("1").ok
    first, second = interview.case.items
    assert second.facts["purpose_guilt_of_accused"] == first.facts["purpose_guilt_of_accused"]
    assert "shared" not in {one.step.kind for one in asked_until(interview, "done")}


@pytest.mark.parametrize("again", ["", "held"])
def test_back_from_a_split_leads_to_the_question_that_it_was_asked_at(again: str) -> None:
    interview = begun()
    asked_until(interview, "sensitivity")
    if again:
        commands.change(interview, again)
    prompt = interview.prompt
    commands.split(interview, "")
    commands.split(interview, "")
    assert interview.prompt.step.kind == "split"
    assert interview.back().ok
    assert interview.prompt == prompt
    assert len(interview.case.items) == 1


def test_a_list_is_of_a_part_or_of_a_fact_or_says_what_it_can_be_of() -> None:
    interview = two_parts(until="shared")

    def listed(words: str) -> set[tuple[str | None, str]]:
        found = commands.listed(interview, words)
        assert not isinstance(found, Reply), found
        return {(one.item, one.fact) for one in found}

    assert {item for item, _ in listed("1")} == {"one"}
    assert listed("held") == {("one", "held"), ("two", "held")}
    assert listed("2 held") == {("two", "held")}
    for words in ("3", "heldd", "2 offence", "held yes"):
        refused = commands.listed(interview, words)
        assert isinstance(refused, Reply)
        assert not refused.ok


def test_what_is_not_known_says_what_it_leaves_open_and_for_which_parts() -> None:
    interview = three_parts("every")
    commands.change(interview, "2 environmental_information yes")
    said = interview.unknown().text
    assert "part 2" in said
    assert "parts 1 and 3" in said
    assert ": still possible" not in said
    assert [one.facts[REGIME[0]] for one in interview.case.items] == ["unknown", "yes", "unknown"]
    one_part = begun()
    asked_until(one_part, "held")
    assert "part" not in one_part.unknown().text.split("possible")[0]
