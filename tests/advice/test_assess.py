"""The whole of the advice on cases: gates, balances, open facts, drafts, the whole case."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor import Case, InputError, Rulebook
from advisor.advice.assess import overall
from advisor.assessment import ItemAssessment
from advisor.case import Draft, Item

SEED = Path(__file__).parents[2] / "cases" / "mps-01-foi-23-028157.yaml"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def live() -> Case:
    """A case of one item, in which everything about a live investigation is answered."""
    seed = Case.read(SEED)
    item = seed.items[1]
    facts = {**item.facts, "existence_officially_confirmed": "no", "confirming_would_alert": "no"}
    item = replace(item, facts=facts, proposed=None, expect=None)
    return replace(seed, items=(item,), expect=None)


def changed(case: Case, *, item: dict[str, Any] | None = None, **facts: str | None) -> Case:
    """The case with answers changed (None: taken back), and fields of its item replaced."""
    request = dict(case.facts)
    own = dict(case.items[0].facts)
    for key, value in facts.items():
        where = request if key in REQUEST else own
        where.pop(key, None)
        if value is not None:
            where[key] = value
    first: Item = replace(case.items[0], facts=own, **(item or {}))
    return replace(case, facts=request, items=(first,))


REQUEST = {
    "valid_request", "clarification_needed", "over_cost_limit", "confirming_over_cost_limit",
    "vexatious", "repeated", "earlier_s14_notice_suffices", "review_procedure_exists",
    "public_interest_undecided",
}  # fmt: skip


def first(rulebook: Rulebook, case: Case) -> ItemAssessment:
    return rulebook.assess(case).items[0]


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


LIMBS = [
    ({}, ("s30(1)(a)(i)",)),
    ({"purpose_guilt_of_accused": "yes"}, ("s30(1)(a)(i)", "s30(1)(a)(ii)")),
    (
        {
            "duty_to_investigate": "no",
            "may_lead_to_own_prosecution": "yes",
            "power_to_prosecute": "yes",
        },
        ("s30(1)(b)",),
    ),
    (
        {
            "held_for_investigation": "no",
            "held_for_criminal_proceedings": "yes",
            "power_to_prosecute": "yes",
        },
        ("s30(1)(c)",),
    ),
    *(
        (
            {
                "criminal_offence": "no",
                "s30_2_function": function,
                "relates_to_confidential_sources": "yes",
            },
            (f"s30(2)(a)({number})", "s30(2)(b)"),
        )
        for function, number in (
            ("criminal_investigation", "i"),
            ("criminal_proceedings", "ii"),
            ("regulatory_investigation", "iii"),
            ("civil_proceedings", "iv"),
        )
    ),
]


@pytest.mark.parametrize(("facts", "provisions"), LIMBS)
def test_each_limb_is_relied_on_by_its_own_name(
    rulebook: Rulebook, live: Case, facts: dict[str, str], provisions: tuple[str, ...]
) -> None:
    found = first(rulebook, changed(live, **facts))
    assert (found.outcome, found.provisions) == ("withhold", provisions)
    assert found.conclusions["s31_available"] is False


@pytest.mark.parametrize(
    "fact",
    ["held_for_investigation", "particular_investigation", "own_investigation", "criminal_offence",
     "duty_to_investigate", "purpose_whether_to_charge"],
)  # fmt: skip
def test_without_one_element_of_the_limb_there_is_no_exemption(
    rulebook: Rulebook, live: Case, fact: str
) -> None:
    found = first(rulebook, changed(live, **{fact: "no"}))
    assert found.outcome == "disclose"
    assert found.conclusions["s30_1_a_engaged"] is False
    assert found.conclusions["s31_available"] is True
    assert found.public_interest is None


def test_age_ends_the_first_subsection_and_not_the_second(rulebook: Rulebook, live: Case) -> None:
    old = changed(live, latest_record_year="1990")
    assert first(rulebook, old).outcome == "disclose"
    source = changed(
        old, s30_2_function="criminal_investigation", relates_to_confidential_sources="yes"
    )
    assert first(rulebook, source).provisions == ("s30(2)(a)(i)", "s30(2)(b)")
    century = first(rulebook, changed(live, latest_record_year="1900"))
    assert century.conclusions["s31_available"] is False


def test_only_what_is_considered_is_relied_on(rulebook: Rulebook, live: Case) -> None:
    narrow = changed(live, item={"consider": ("s30(2)",)})
    found = first(rulebook, narrow)
    assert (found.outcome, found.provisions) == ("disclose", ())
    assert "s30(1)(a)(i)" in [one.provision for one in found.not_considered]


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


SOURCES = {"s30_2_function": "criminal_proceedings", "relates_to_confidential_sources": "yes"}
NOT_CRIMINAL = {**SOURCES, "s30_2_function": "criminal_investigation", "criminal_offence": "no"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({**SOURCES, "power_to_prosecute": "no"}, True),
        ({**SOURCES, "power_to_prosecute": "yes"}, False),
        (NOT_CRIMINAL, True),
        ({**NOT_CRIMINAL, "criminal_offence": "yes"}, False),
    ],
)
def test_a_function_that_other_answers_contradict_is_noted(
    rulebook: Rulebook, live: Case, answers: dict[str, str], said: bool
) -> None:
    found = first(rulebook, changed(live, **answers))
    assert found.conclusions["s30_2_engaged"] is True
    assert (("pitfall-37", "note") in [(one.id, one.level) for one in found.warnings]) is said


def test_section_30_2_alone_is_weighed_for_what_it_protects(rulebook: Rulebook, live: Case) -> None:
    both = first(rulebook, changed(live, **SOURCES)).public_interest
    alone = first(rulebook, changed(live, **SOURCES, held_for_investigation="no")).public_interest
    assert both is not None
    assert alone is not None
    said = rulebook.law(date(2023, 2, 1)).balances["content"].remarks["s30(2)"]
    assert said in alone.remark
    assert said not in both.remark


@pytest.mark.parametrize(("year", "level"), [("1900", "error"), ("1960", None)])
def test_section_31_ends_after_a_hundred_years(
    rulebook: Rulebook, live: Case, year: str, level: str | None
) -> None:
    draft = Draft(outcome="withhold", provisions=("s31(1)(a)",))
    found = first(rulebook, changed(live, item={"proposed": draft}, latest_record_year=year))
    assert {one.id: one.level for one in found.warnings}.get("pitfall-35") == level


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
    both, alone = (rulebook.assess(case, engine=e).as_json() for e in ("both", "direct"))  # type: ignore[arg-type]
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
