"""The whole of the advice on cases: balances, open facts, the whole case, what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import Case, InputError, Rulebook
from advisor.advice.assess import overall
from tests.advice.answers import SEED, changed, first


def test_what_is_not_known_is_not_no(rulebook: Rulebook, live: Case) -> None:
    for answer in (None, "unknown"):
        found = first(rulebook, changed(live, duty_to_investigate=answer))
        assert found.conclusions["s30_1_a_engaged"] is None
        assert found.outcome == "undetermined"
        assert found.outstanding[0] == "duty_to_investigate"


def test_what_cannot_turn_the_outcome_is_not_outstanding(rulebook: Rulebook, live: Case) -> None:
    found = first(rulebook, changed(live, serious_public_concern=None, other_scrutiny="unknown"))
    assert found.outcome == "withhold"
    assert found.outstanding == ()


def test_the_officers_weight_is_used_and_shown_as_the_officers(
    rulebook: Rulebook, live: Case
) -> None:
    text = SEED.read_text().replace(
        "    proposed: {outcome: withhold,",
        "    weights: {stage_reached: {weight: slight, reason: Ending, by: A. N. Other}}\n"
        "    proposed: {outcome: withhold,",
    )
    balance = rulebook.assess(Case.parse(text)).items[1].public_interest
    assert balance is not None
    stage = next(one for one in balance.maintain if one.factor == "stage_reached")
    assert (stage.weight, stage.weighed_by, stage.by) == (1, "officer", "A. N. Other")


def test_the_officers_conclusion_stands_beside_what_the_rules_say(rulebook: Rulebook) -> None:
    text = SEED.read_text().replace(
        "    proposed: {outcome: withhold,",
        "    balance: {result: disclose, reason: The inquiry has asked for it.}\n"
        "    proposed: {outcome: withhold,",
    )
    found = rulebook.assess(Case.parse(text)).items[1]
    assert found.outcome == "disclose"
    balance = found.public_interest
    assert balance is not None
    assert (balance.decided_by, balance.result, balance.rules_result) == (
        "officer",
        "disclose",
        "maintain",
    )


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        (["disclosed", "disclosed"], "disclose_all"),
        (["disclosed", "refused"], "disclose_part"),
        (["disclosed", "not_held"], "disclose_part"),
        (["refused", "not_held"], "refuse_all"),
        (["not_held", "not_held"], "nothing_held"),
        (["disclosed", "undetermined"], "undetermined"),
        (["other", "not_held"], "other"),
    ],
)
def test_the_case_as_a_whole(kinds: list[str], outcome: str) -> None:
    assert overall(kinds) == outcome


def test_the_seed_matter(rulebook: Rulebook) -> None:
    found = rulebook.assess(Case.read(SEED))
    assert [item.outcome for item in found.items] == ["disclose", "withhold", "disclose"]
    assert found.items[1].provisions == ("s30(1)(a)(i)",)
    assert "pitfall-2" in [one.id for one in found.items[1].warnings]
    assert (found.outcome, found.refusal_notice) == ("disclose_part", True)
    assert {"RT-01", "RT-03"} <= set(found.notice.route)
    needed = {one.id for one in found.notice.requirements}
    assert {"S17-05b", "S17-06a", "S17-20", "S17-50", "S17-51"} <= needed


def test_a_balance_not_yet_struck_sends_a_holding_notice(rulebook: Rulebook, live: Case) -> None:
    held_over = replace(
        changed(live, public_interest_undecided="yes"), decision_expected=date(2023, 3, 6)
    )
    notice = rulebook.assess(held_over).notice
    assert "RT-04" in notice.route
    assert "RT-03" not in notice.route
    assert {"S17-11", "S17-12"} <= {one.id for one in notice.requirements}


def test_names_that_the_rulebook_lacks_are_all_reported_in_their_places(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: 1\nreference: R\nfacts: {held: yes}\nitems:\n  - id: a\n    facts:\n"
        "      hedl: yes\n      sensitivity: high\n      latest_record_year: 3000\n"
        "      duty_to_investigate: maybe\n    weights:\n      space: {weight: some, reason: r}\n"
        "    consider: [s300]\n    proposed: {outcome: withold}\n"
    )
    with pytest.raises(InputError) as raised:
        rulebook.read(path)
    lines = {problem.line for problem in raised.value.problems}
    assert lines == {3, 7, 8, 9, 10, 12, 13, 14}
    assert all(problem.column > 1 for problem in raised.value.problems)


def test_shape_and_facts_are_reported_together(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: 1\nitems:\n  - id: a\n    colour: red\n    facts: {hedl: yes}\n")
    with pytest.raises(InputError) as raised:
        rulebook.read(path)
    assert {problem.line for problem in raised.value.problems} == {1, 4, 5}


def test_evidence_is_kept_with_a_fact_or_a_field_and_nothing_else(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: 1\nreference: R\nnotes:\n  received: By email.\n  vexatious: See the log.\n"
        "  vexations: See the log.\nitems:\n  - id: a\n    notes:\n      held: Searched.\n"
        "      heldd: Searched.\n      received: By email.\n"
    )
    with pytest.raises(InputError) as raised:
        rulebook.read(path)
    places = [(one.line, one.column) for one in raised.value.problems]
    assert places == [(6, 3), (11, 7), (12, 7)]
    assert "'vexatious'" in raised.value.problems[0].right


def test_the_answer_is_json(rulebook: Rulebook) -> None:
    found = json.loads(json.dumps(rulebook.assess(Case.read(SEED)).as_json()))
    assert found["assessment"] == 1
    assert set(found) >= {
        "reference",
        "as_at",
        "rulebook",
        "derived_by",
        "items",
        "overall",
        "notice",
    }
    for item in found["items"]:
        assert set(item) >= {
            "id", "outcome", "provisions", "conclusions", "public_interest",
            "public_interest_confirm_or_deny", "reasons", "outstanding", "possible_outcomes",
            "not_considered", "warnings",
        }  # fmt: skip
        assert all(reason["authority"] for reason in item["reasons"])


def test_whoever_derives_says_the_same(rulebook: Rulebook) -> None:
    case = Case.read(SEED)
    both, alone = (rulebook.assess(case, engine=e).as_json() for e in ("both", "direct"))
    both.pop("derived_by")
    alone.pop("derived_by")
    assert both == alone


@pytest.mark.parametrize("received", ["0001-01-01", "2004-12-31", "2100-12-20", "9999-12-01"])
def test_a_year_whose_working_days_are_not_known_leaves_the_date_out(
    rulebook: Rulebook, received: str
) -> None:
    text = f"case: 1\nreference: R\nreceived: {received}\ndecision_expected: 9999-12-31\n"
    found = rulebook.assess(Case.parse(f"{text}items: [{{id: a}}]\n"), as_at=date(2026, 3, 2))
    assert found.notice.due is None
    assert found.notice.note
