"""The order of decision: which gate decides, and whether time runs meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor import Case, Rulebook
from tests.advice.answers import changed, first

GATES = [  # in the order of decision: what is answered, the outcome, what is relied on
    ({"valid_request": "no"}, "not_a_valid_request", ()),
    ({"environmental_information": "yes"}, "handle_as_environmental", ()),
    ({"applicant_is_data_subject": "yes"}, "handle_as_subject_access", ()),
    ({"clarification_needed": "yes"}, "ask_for_clarification", ()),
    ({"vexatious": "yes"}, "refuse_vexatious", ("s14(1)",)),
    ({"repeated": "yes"}, "refuse_repeated", ("s14(2)",)),
    ({"confirming_over_cost_limit": "yes"}, "refuse_cost", ("s12(2)",)),
    (
        {"would_confirming_reveal": "yes", "confirming_would_alert": "yes"},
        "neither_confirm_nor_deny",
        ("s30(3)",),
    ),
    ({"held": "no"}, "not_held", ()),
    ({"over_cost_limit": "yes"}, "refuse_cost", ("s12(1)",)),
    ({"reasonably_accessible": "yes"}, "withhold", ("s21(1)",)),
]


@pytest.mark.parametrize("step", range(len(GATES)))
def test_the_first_gate_that_decides_decides(rulebook: Rulebook, live: Case, step: int) -> None:
    answers, outcome, provisions = GATES[step]
    later = {key: value for more, _, _ in GATES[step:] for key, value in more.items()}
    for facts in (answers, later):
        found = first(rulebook, changed(live, **facts))
        assert (found.outcome, found.provisions) == (outcome, provisions)
        assert found.outstanding == ()


@pytest.mark.parametrize("step", range(len(GATES)))
def test_a_gate_that_is_open_leaves_both_ways_open(
    rulebook: Rulebook, live: Case, step: int
) -> None:
    answers, outcome, _ = GATES[step]
    key = next(iter(answers))
    for open_answer in (None, "unknown"):
        found = first(rulebook, changed(live, **{key: open_answer}))
        if outcome in ("withhold", "neither_confirm_nor_deny"):
            continue  # either way it is withheld, or the balance of the other question decides
        assert found.outcome == "undetermined"
        assert outcome in found.possible_outcomes
        assert key in found.outstanding


def test_clarification_that_has_arrived_no_longer_stops_the_case(
    rulebook: Rulebook, live: Case
) -> None:
    asked = replace(changed(live, clarification_needed="yes"), clarified=date(2023, 1, 20))
    assert first(rulebook, asked).outcome == "withhold"


@pytest.mark.parametrize(
    "facts", [{"valid_request": "no"}, {"clarification_needed": "yes"}], ids=["invalid", "unclear"]
)
def test_no_day_is_given_while_no_time_for_answering_runs(
    rulebook: Rulebook, live: Case, facts: dict[str, str]
) -> None:
    late = {"decided": date(2023, 6, 1), "received": date(2023, 3, 18)}  # on a Saturday
    counted = {one.id for one in rulebook.assess(replace(live, **late)).warnings}
    waits = replace(changed(live, **facts), **late)
    found = rulebook.assess(waits)
    assert found.notice.due is None
    assert found.notice.note
    left = {one.id for one in found.warnings}
    assert counted - left == {"pitfall-18"}, "no holiday is left out of a count"
    clarified = replace(waits, clarified=date(2023, 3, 20))
    due = rulebook.assess(clarified).notice.due
    assert due == (None if "valid_request" in facts else date(2023, 4, 19))
    asked = rulebook.assess(changed(live, **dict.fromkeys(facts, "unknown")))
    assert asked.notice.due is not None, "open, the day stands"


def test_an_existence_that_is_official_is_confirmed(rulebook: Rulebook, live: Case) -> None:
    asked = changed(live, would_confirming_reveal="yes", confirming_would_alert="yes")
    official = first(rulebook, changed(asked, existence_officially_confirmed="yes"))
    assert official.outcome == "withhold"
    assert official.public_interest_confirm_or_deny is not None
    assert official.public_interest_confirm_or_deny.result == "disclose"
    assert official.conclusions["s30_3_duty_excluded"] is False


def test_silence_does_not_depend_on_what_is_held(rulebook: Rulebook, live: Case) -> None:
    asked = changed(live, would_confirming_reveal="yes", confirming_would_alert="yes")
    outcomes = {
        first(rulebook, changed(asked, held=held)).outcome for held in ("yes", "no", "unknown")
    }
    assert outcomes == {"neither_confirm_nor_deny"}
