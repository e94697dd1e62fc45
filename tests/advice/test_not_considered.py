"""Which provisions that nobody has tested stand beside an outcome."""

from __future__ import annotations

import pytest

from advisor import Case, Rulebook
from tests.advice.answers import changed, first


def beside(rulebook: Rulebook, case: Case) -> set[str]:
    return {one.provision for one in first(rulebook, case).not_considered}


def test_silence_about_law_enforcement_stands_beside_silence_about_the_investigation(
    rulebook: Rulebook, live: Case
) -> None:
    """Section 31(3) does not say, as section 31(1) does, that section 30 must not cover it."""
    case = changed(live, would_confirming_reveal="yes", confirming_would_alert="yes")
    assert first(rulebook, case).outcome == "neither_confirm_nor_deny"
    assert "s31(3)" in beside(rulebook, case)


@pytest.mark.parametrize("names_somebody", ["yes", "no"])
def test_a_denial_can_tell_as_much_as_a_yes(
    rulebook: Rulebook, live: Case, names_somebody: str
) -> None:
    case = changed(
        live, held="no", held_for_investigation="no", would_confirming_reveal="yes",
        relates_to_confidential_sources="no", held_for_criminal_proceedings="no",
        unproven_allegations_identify=names_somebody, identifies_witness_or_informant="no",
    )  # fmt: skip
    assert first(rulebook, case).outcome == "not_held"
    found = beside(rulebook, case)
    assert "s31(3)" in found
    assert ("s40(5B)" in found) == (names_somebody == "yes")


def test_a_refusal_that_says_nothing_of_what_is_held_needs_no_other_silence(
    rulebook: Rulebook, live: Case
) -> None:
    case = changed(live, confirming_over_cost_limit="yes", would_confirming_reveal="yes")
    assert first(rulebook, case).outcome == "refuse_cost"
    assert "s31(3)" not in beside(rulebook, case)


def test_an_inquiry_without_the_duty_or_power_of_section_30_may_be_protected_by_section_31(
    rulebook: Rulebook, live: Case
) -> None:
    case = changed(
        live, own_investigation="yes", duty_to_investigate="no", may_lead_to_own_prosecution="no",
        held_for_criminal_proceedings="no", relates_to_confidential_sources="no",
    )  # fmt: skip
    assert first(rulebook, case).outcome == "disclose"
    assert "s31(1)(b)" in beside(rulebook, case)
