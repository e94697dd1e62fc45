"""What the officer decides: weights, considerations, and conclusions of their own."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from advisor.document.blocks import Bullets
from advisor.document.dates import long_date
from advisor.interview import commands, walk
from advisor.interview.documents import changes_document, difference_document
from advisor.interview.whatif import before_and_after, turning_points, with_answers
from advisor.register.agreed import Agreed
from advisor.register.events import Event
from tests.interview.answering import (
    LIVE_FILE,
    RULEBOOK,
    TODAY,
    asked_until,
    begun,
    outcomes,
)


def test_the_live_file_is_withheld_and_the_record_says_who_agreed() -> None:
    interview = begun()
    asked_until(interview, "done")
    assert outcomes(interview) == {"the-whole-of": "withhold"}
    agreed = [one for one in interview.record.events if one.kind == "agreed" and one.data["item"]]
    assert [one.by for one in agreed] == ["A. Officer"]


def test_the_officer_weighs_a_factor_with_a_reason_and_a_name() -> None:
    interview = begun()
    asked_until(interview, "factor")
    step = interview.prompt.step
    interview.answer("no")
    interview.answer("slight")
    assert not interview.answer(" ").ok
    interview.answer("The suspect has left the country.")
    assert not interview.case.items[0].weights, "nothing is on record before the last step"
    interview.answer("J. Doe")
    weighing = interview.case.items[0].weights[step.key]
    assert (weighing.weight, weighing.by) == ("slight", "J. Doe")
    assert interview.officer == "J. Doe"


def test_a_form_that_is_left_leaves_nothing_behind() -> None:
    interview = begun()
    asked_until(interview, "conclude")
    events, prompt = list(interview.record.events), interview.prompt
    interview.answer("own")
    interview.answer("disclose")
    assert interview.back().ok
    assert list(interview.record.events) == events
    assert interview.prompt == prompt


def test_the_officers_own_conclusion_stands_and_the_day_is_that_of_the_balance() -> None:
    interview = begun()
    asked_until(interview, "conclude", {**LIVE_FILE, "decided": ""})
    for text in ("own", "disclose", "Everything in it is known.", "J. Doe"):
        reply = interview.answer(text)
        assert reply.ok
    assert "J. Doe" in reply.text
    assert long_date(TODAY) in reply.text, "that the day of decision is set is said"
    assert interview.case.items[0].balance is not None
    assert interview.case.decided == date(2026, 11, 22)
    asked_until(interview, "done")
    assert list(outcomes(interview).values()) == ["disclose"]


def test_a_consideration_that_the_rules_lack_is_added_and_can_reopen_questions() -> None:
    interview = begun(officer="J. Doe")
    asked_until(interview, "conclude")
    for text in ("add", "disclose", "The victim asks for it", "very strong", "She says so."):
        assert interview.answer(text).ok
    added = interview.case.items[0].considerations
    assert [(one.interest, one.by) for one in added] == [("The victim asks for it", "J. Doe")]
    assert interview.prompt.step.kind == "fact"


def test_weights_that_facts_change_are_shown_again_and_others_are_not() -> None:
    interview = begun()
    asked_until(interview, "done")
    commands.change(interview, "investigation_status cold")
    asked = asked_until(interview, "done")
    walked = [one.step.key for one in asked if one.step.kind == "factor"]
    assert "safe_space" in walked, "its weight is another now"
    assert "general_transparency" not in walked


def test_a_balance_that_is_not_yet_struck_is_not_walked_and_wants_a_date() -> None:
    interview = begun()
    asked = asked_until(interview, "done", {**LIVE_FILE, "public_interest_undecided": "yes"})
    assert not [one for one in asked if one.step.kind in ("factor", "conclude")]
    assert "decision_expected" in [one.step.key for one in asked]


CLOSED = {
    **LIVE_FILE, "investigation_status": "closed_no_charge", "sensitivity": "anodyne",
    "identifies_witness_or_informant": "no", "reveals_lines_of_enquiry": "no", "decided": "",
}  # fmt: skip


@pytest.mark.parametrize("waits", ["yes", "no"])
def test_who_needs_time_for_a_balance_can_say_so_though_its_weights_disclose(waits: str) -> None:
    interview = begun()
    asked_until(interview, "public_interest_undecided", CLOSED)
    assert outcomes(interview) == {"the-whole-of": "disclose"}
    why = interview.why()
    assert why is not None
    assert (why.question.changes, why.reasons[0].rule) == ("notice", "RT-04")
    answers = {**CLOSED, "public_interest_undecided": waits, "decision_expected": "1 April 2027"}
    asked = {one.step.key for one in asked_until(interview, "done", answers)}
    assert ("decision_expected" in asked) == (waits == "yes")
    notice = RULEBOOK.assess(interview.case, engine="direct").notice
    assert ("RT-04" in notice.route) == (waits == "yes")


def test_no_time_for_a_balance_is_offered_where_none_is_struck() -> None:
    interview = begun()
    nothing = {**LIVE_FILE, "held_for_investigation": "no", "decided": ""}
    asked = asked_until(interview, "done", nothing)
    assert outcomes(interview) == {"the-whole-of": "disclose"}
    assert "public_interest_undecided" not in {one.step.key for one in asked}


@pytest.mark.parametrize("typed", ["b", "al", "weight", "4"])
def test_a_weight_is_accepted_only_by_words_that_are_shown(typed: str) -> None:
    interview = begun()
    asked_until(interview, "factor")
    prompt = interview.prompt
    assert not interview.answer(typed).ok
    assert interview.prompt == prompt
    assert prompt.chosen("y") == "yes"
    shown = {one.text[0].casefold(): one.value for one in prompt.choices}
    assert all(prompt.chosen(letter) == value for letter, value in shown.items())


def test_weights_accepted_together_are_named_and_can_be_gone_back_to() -> None:
    interview = begun()
    asked_until(interview, "factor")
    before = len(interview.record.events)
    reply = interview.answer("a")
    weighed = [one.data["factor"] for one in interview.record.events[before:]]
    titles = {one.name: one.title for one in interview.law.factors.values()}
    assert len(weighed) > 1
    assert all(titles[factor] in reply.text for factor in weighed)
    assert interview.prompt.step.kind == "conclude"
    assert interview.back().ok
    assert interview.prompt.step.key == weighed[-1]


def test_a_name_has_letters_and_a_result_says_what_it_means() -> None:
    interview = begun()
    asked_until(interview, "conclude")
    interview.answer("own")
    assert interview.law.balances["content"].act in interview.prompt.help
    for text in ("disclose", "Everything in it is known."):
        assert interview.answer(text).ok
    for text in ("1", "-", " "):
        assert not interview.answer(text).ok
    assert interview.answer("J. Doe").ok


def test_what_if_knows_a_conclusion_that_stands_while_other_balances_wait() -> None:
    case = RULEBOOK.read("cases/routes/rt-03-officer-concluded.yaml")
    (found,) = turning_points(case, RULEBOOK.law(RULEBOOK.as_at(case)), None).values()
    assert found.possible == ("withhold",)
    assert found.without not in ((), found.possible)


def test_what_if_says_what_the_rules_alone_would_come_to() -> None:
    interview = begun(officer="J. Doe")
    asked_until(interview, "conclude")
    (found,) = turning_points(interview.case, interview.law, None).values()
    assert found.without == ()
    for text in ("own", "disclose", "Everything in it is known."):
        assert interview.answer(text).ok
    (found,) = turning_points(interview.case, interview.law, None).values()
    assert (found.possible, found.without) == (("disclose",), ("withhold",))
    document = changes_document(interview.case, interview.law, {"the-whole-of": found})
    assert any("own conclusion" in getattr(one, "text", "") for one in document.blocks)


@pytest.mark.parametrize(
    ("answer", "kept"), [("investigation_status=closed_no_charge", True), ("held=no", False)]
)
def test_before_and_after_says_what_becomes_of_the_officers_own_conclusion(
    answer: str, kept: bool
) -> None:
    interview = begun(officer="J. Doe")
    asked_until(interview, "conclude")
    case, law = interview.case, interview.law

    def own() -> list[str]:
        other = with_answers(case, law, [answer], None)
        document = difference_document(case, law, before_and_after(RULEBOOK, case, other, None))
        lists = [one.entries for one in document.blocks if isinstance(one, Bullets)]
        return [one.text for one in chain(*lists) if one.lead == "Your own conclusion:"]

    assert own() == []
    for text in ("own", "disclose", "Everything in it is known."):
        assert interview.answer(text).ok
    case = interview.case
    (said,) = own()
    assert ("is kept" in said, "no part" in said) == (kept, not kept)


def test_a_result_is_agreed_to_as_it_came_out() -> None:
    """Where the weights move to another margin, the officer is asked again."""
    interview = begun(officer="J. Doe")
    asked_until(interview, "done")
    decided = interview.decided(interview.case.items[0].id)
    agreed = Agreed.by(interview.record.events)
    assert list(walk.steps(decided, agreed)) == []
    ((at, (result, margin)),) = agreed.results.items()
    assert margin == "narrow"
    for other in ("clear", None):
        agreed.results[at] = result, other
        assert [one.kind for one in walk.steps(decided, agreed)] == ["conclude"]


def test_with_the_part_what_was_agreed_to_in_it_is_gone() -> None:
    agreed = Event("agreed", {"item": "file", "balance": "content", "result": "maintain"})
    assert Agreed.by([agreed]).results
    assert not Agreed.by([agreed, Event("item_removed", {"item": "file"})]).results
