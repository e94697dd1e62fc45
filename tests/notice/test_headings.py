"""A heading names what comes below it: by itself it meets nothing that has to be stated."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.notice.checking import check
from advisor.notice.headings import headings
from advisor.notice.reading import of_text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load

LAW = Law(load(), date(2026, 11, 22))
BEFORE = (
    "We have looked at everything that you asked for, and answer each of your questions in turn."
)
AFTER = "This paragraph goes on for longer than any heading would, and it ends as a sentence ends."
REGULATOR = "You have the right to apply to the Information Commissioner, Wycliffe House, Wilmslow."


def statuses(text: str) -> dict[str, str]:
    return {one.id: one.status for one in check(of_text(text).lines, LAW).findings}


def between(line: str) -> list[int]:
    return sorted(headings([BEFORE, "", line, "", AFTER]))


@pytest.mark.parametrize(
    "line",
    [
        "Internal review",
        "Internal review:",
        "Asking us to look again",
        "Your right to complain",
        "How you can complain",
        "If you are unhappy with our answer",
        "What we have decided",
        "Information that we are withholding",
        "4. Complaints procedure",
        "## Your rights",
        "**Right of review**",
        "Section 30(1)(a) - Investigations and proceedings",
    ],
)
def test_a_line_that_names_and_says_nothing_is_a_heading(line: str) -> None:
    assert between(line) == [2]


@pytest.mark.parametrize(
    "line",
    [
        "You may ask for an internal review",
        "We are withholding the report",
        "Section 30(1)(a)(i) applies",
        "The report is exempt",
        "Please write to the Clerk",
        "Complaints: write to the Chief Executive",
        "Write to the Head of Legal",
        "- internal review by the Clerk",
        "reviews@council.example",
        "Complaint | You may ask for a review",
        "Yours sincerely,",
        "## We neither confirm nor deny that we hold it",
    ],
)
def test_a_line_that_says_something_is_none(line: str) -> None:
    assert between(line) == []


def test_a_line_is_no_heading_where_a_longer_one_was_only_wrapped() -> None:
    wrapped = [
        "Our decision has been explained. You may ask the",
        "Information Commissioner",
        "Water Lane, Wilmslow, whether it is right in law.",
    ]
    assert headings(wrapped) == frozenset()


def test_what_follows_a_colon_is_a_list() -> None:
    listed = [
        BEFORE,
        "You can do either of these:",
        "Ask us for a review",
        "Complain to the ICO",
        AFTER,
    ]
    assert headings(listed) == frozenset()


@pytest.mark.parametrize("heading", ["Internal review", "Asking us to look again", "## Review"])
@pytest.mark.parametrize("regulator", [REGULATOR, "You may apply to the Information Commissioner."])
def test_a_heading_over_something_else_meets_nothing(heading: str, regulator: str) -> None:
    refused = "We hold the tender and withhold it under section 43(2) of the Act, for its prices."
    found = statuses(f"{refused}\n\n{heading}\n\n{regulator}\n")
    assert found["S17-50"] != "met"
    assert found["S17-51"] == "met"


def test_a_heading_does_not_stand_in_the_way_of_what_is_stated_below_it() -> None:
    found = statuses(
        f"Refusal notice\n\n{BEFORE} The tender is withheld under section 43(2) of the Act.\n\n"
        "Internal review\n\nYou may ask for one within 40 working days, by writing to us: ask for "
        f"a review of the decision.\n\nThe Information Commissioner\n\n{REGULATOR}\n"
    )
    assert [found[one] for one in ("S17-04", "S17-05", "S17-50", "S17-51")] == ["met"] * 4


def test_a_heading_may_give_the_number_of_the_exemption_and_an_address() -> None:
    found = statuses(
        "Section 31(1)(a) - Law enforcement\n\nWe are withholding the rota, as publishing would be "
        "likely to prejudice the prevention of crime.\n\nYou may complain to the regulator.\n\n"
        "Information Commissioner's Office\nWycliffe House\nWater Lane\nWilmslow\n"
    )
    assert [found[one] for one in ("S17-05", "S17-05a", "S17-05b", "S17-52")] == ["met"] * 4


def test_what_only_a_heading_says_is_left_to_the_officer() -> None:
    found = check(of_text(f"Refusal notice\n\n{BEFORE}\n\nSection 43(2)\n\n{AFTER}\n").lines, LAW)
    fact = next(one for one in found.findings if one.id == "S17-04")
    assert found.refuses
    assert (fact.status, fact.evidence[0].line) == ("unclear", 1)
