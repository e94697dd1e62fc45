"""What the interview makes of open answers, of second thoughts, and of facts of other kinds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import Rulebook
from advisor.interview import commands
from advisor.interview.dialogue import Interview
from advisor.interview.documents import changes_document
from advisor.interview.record import Notebook
from advisor.interview.walk import balances
from advisor.interview.whatif import turning_points
from advisor.register.events import Event
from advisor.register.plain import as_plain
from tests.cli.in_process import run
from tests.interview.answering import LIVE_FILE, RULEBOOK, asked_until, begun, said_to
from tests.quality.rulebooks import SMALL, write

CASES = Path(__file__).parents[2] / "cases"
OPEN = ("sensitivity", "information_kind", "already_public", "reveals_lines_of_enquiry",
        "identifies_witness_or_informant")  # fmt: skip


def left_open(stop: str, record: Notebook | None = None) -> Interview:
    """An interview in which what the balance turns on is answered with unknown."""
    interview = begun(record)
    while stop not in (interview.prompt.step.key, interview.prompt.step.kind):
        prompt = interview.prompt
        answers = {**LIVE_FILE, **dict.fromkeys(OPEN, "unknown")}
        assert interview.answer(said_to(prompt, answers)).ok
    return interview


def test_a_balance_that_open_answers_could_turn_can_be_left_open_by_nobody() -> None:
    record = Notebook()
    interview = left_open("conclude", record)
    prompt = interview.prompt
    assert prompt.ask == "What is your conclusion?"
    assert prompt.lead[-1].endswith("open answers could turn it either way.")
    assert {one.value: one.text for one in prompt.choices}["agree"] == "Leave it open for now"
    assert interview.answer("agree").ok
    agreed = record.events[-1]
    assert (agreed.kind, agreed.data["balance"]) == ("agreed", "content")
    assert (agreed.data["result"], agreed.by) == ("undetermined", "")
    assert interview.case.items[0].balance is None


def test_a_weight_that_open_answers_could_raise_says_so() -> None:
    interview = left_open("factor")
    ((_, struck),) = balances(interview.decided(interview.case.items[0].id))
    weighed = (*struck.maintain, *struck.disclose)
    rising = {one.factor for one in weighed if one.may_rise_to is not None}
    rising -= interview.law.facts.keys()  # by such a name the fact is meant
    assert rising
    for factor in rising:
        assert commands.change(interview, factor).ok
        assert "(open answers could make it " in interview.prompt.lead[1]


def test_a_weight_that_was_accepted_can_be_accepted_again() -> None:
    record = Notebook()
    interview = begun(record)
    asked_until(interview, "conclude")
    before = interview.case
    factor = next(one.data["factor"] for one in record.events if one.kind == "weighed")
    assert commands.change(interview, factor).ok
    assert interview.prompt.step.key == factor
    assert interview.answer("yes").ok
    assert interview.prompt.step.kind == "conclude"
    assert interview.case == before


def test_a_conclusion_of_ones_own_wants_a_reason_in_words() -> None:
    interview = begun()
    asked_until(interview, "conclude")
    assert interview.answer("own").ok
    assert interview.answer(interview.prompt.choices[0].value).ok
    reply = interview.answer("n/a")
    assert (reply.ok, interview.prompt.step.key) == (False, "reason")


def test_with_every_answer_given_what_follows_has_its_margin() -> None:
    case = RULEBOOK.read(CASES / "1-foundations" / "live-burglary-file.yaml")
    record = Notebook([Event("imported", {"case": as_plain(case)})])
    interview = Interview(RULEBOOK, record, today=date(2026, 11, 22), officer="A. Officer")
    while interview.prompt.step.kind != "conclude":
        assert interview.answer(said_to(interview.prompt, LIVE_FILE)).ok
    assert "the margin is " in interview.prompt.lead[-1]


def test_a_day_that_an_answer_contradicts_is_refused() -> None:
    interview = begun()
    asked_until(interview, "investigation_status")
    commands.change(interview, "received")
    assert interview.answer("9/2/2024").ok
    commands.change(interview, "decided")
    reply = interview.answer("1/3/2024")
    assert (reply.ok, "2024" in reply.text) == (False, True)
    assert interview.case.decided == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("case", "fact", "reason"),
    [
        ("1-foundations/after-the-charge", "reasonably_accessible", "gate.accessible"),
        ("1-foundations/every-email", "confirming_over_cost_limit", "gate.cost-of-confirming"),
        ("1-foundations/after-the-charge", "public_interest_undecided", "RT-03"),
        ("1-foundations/the-fortieth-letter", "earlier_s14_notice_suffices", "RT-06"),
    ],
)
def test_a_question_for_the_notice_names_what_turns_on_it(
    tmp_path: Path, case: str, fact: str, reason: str
) -> None:
    read = RULEBOOK.read(CASES / f"{case}.yaml")
    without = {key: value for key, value in read.facts.items() if key != fact}
    items = tuple(
        replace(one, facts={k: v for k, v in one.facts.items() if k != fact}) for one in read.items
    )
    interview = Interview(
        RULEBOOK,
        Notebook(
            [Event("imported", {"case": as_plain(replace(read, facts=without, items=items))})]
        ),
        today=date(2026, 11, 22),
        walked=False,
    )
    assert interview.prompt.step.key == fact
    found = interview.why()
    assert found is not None
    assert (found.question.changes, reason in {one.rule for one in found.reasons}) == (
        "notice",
        True,
    )


def test_where_no_one_answer_settles_it_the_first_questions_are_named() -> None:
    interview = begun()
    asked_until(interview, "would_confirming_reveal")
    found = turning_points(interview.case, interview.law, None)
    (turning,) = found.values()
    assert turning.settles == ()
    said = str(changes_document(interview.case, interview.law, found))
    assert [key for key in turning.open if interview.law.facts[key].ask in said] == [
        *turning.open[:3]
    ]


# A rulebook of one's own, with a number and a day to ask for.

ASKED = """\
  pages:
    type: number
    ask: How many pages is it?
    help: Count them.
    authority: [{at: FOIA 2000 s.12}]
  promised_on:
    type: date
    ask: On which day was it promised?
    help: See the letter.
    authority: [{at: FOIA 2000 s.17}]
derived:"""
TOO_LONG = """\
order_of_decision:
  - id: step.long
    outcome: not_held
    when: pages >= 500
    because: It is too long.
    authority: [{at: FOIA 2000 s.12}]
    limits: Pages differ.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    files = dict(SMALL)
    files["about.yaml"] += "  - pages\n  - promised_on\n"
    files["facts.yaml"] = files["facts.yaml"].replace("derived:", ASKED)
    files["deciding.yaml"] = files["deciding.yaml"].replace("order_of_decision:\n", TOO_LONG)
    needs = "    when: outcome is withhold\n    authority: [{at: FOIA 2000 s.17(1)(b)}]"
    assert needs in files["sending.yaml"]
    files["sending.yaml"] = files["sending.yaml"].replace(
        needs, needs.replace("    authority", "    needs: [promised_on]\n    authority")
    )
    return write(tmp_path / "rules", files)


EXEMPT = {
    "reference": "R/1", "part": "The log", "held": "yes", "own_investigation": "yes",
    "duty_to_investigate": "yes", "investigation_status": "ongoing", "latest_record_year": "2020",
    "sensitivity": "central_evidence", "by": "A. Officer",
}  # fmt: skip


def test_a_number_and_a_day_are_asked_for_in_their_own_form(own: Path) -> None:
    interview = Interview(Rulebook.load(own), Notebook(), today=date(2026, 11, 22))
    while interview.prompt.step.key != "pages":
        assert interview.answer(said_to(interview.prompt, EXEMPT)).ok, interview.prompt
    found = interview.why()
    assert found is not None
    assert [one.text for one in found.answers] == ["0 to 499", "500 or more"]
    assert not interview.answer("many").ok
    assert interview.answer("12").ok
    while interview.prompt.step.key != "promised_on":
        assert interview.answer(said_to(interview.prompt, EXEMPT)).ok, interview.prompt
    assert not interview.answer("the day before last").ok
    assert interview.answer("1 Feb 2026").ok
    assert interview.case.items[0].facts["promised_on"] == "2026-02-01"


def test_where_nothing_turns_the_outcome_that_is_said(tmp_path: Path) -> None:
    outcomes, steps = SMALL["deciding.yaml"].split("order_of_decision:\n")
    last = steps[steps.index("  - id: step.last") :]
    deciding = {"deciding.yaml": f"{outcomes}order_of_decision:\n{last}"}
    rules = write(tmp_path / "rules", SMALL | deciding)
    case = tmp_path / "case.yaml"
    case.write_text("case: 1\nreference: R/1\nitems: [{id: log, facts: {held: yes}}]\n")
    done = run("whatif", case, "--rules", rules)
    assert "No change of a few answers would turn the outcome." in done.said
    data = json.loads(run("whatif", case, "--rules", rules, "--format", "json").out)
    assert data["changes"] == []
