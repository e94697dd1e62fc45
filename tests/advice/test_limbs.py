"""Section 30 by its limbs: what is relied on, and what stands in its way."""

from __future__ import annotations

from datetime import date

import pytest

from advisor import Case, Rulebook
from advisor.case import Draft
from tests.advice.answers import changed, first

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
