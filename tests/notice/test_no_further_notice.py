"""Where section 17(6) excuses a notice none is late; anywhere else it excuses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.assessment import Assessment
from advisor.case import Case
from advisor.notice.checking import NoticeCheck, check
from advisor.notice.reading import of_text
from tests.notice.drafting import route, rulebook

LATE = date(2026, 6, 1)


def late(name: str) -> Case:
    return replace(route(name), decided=LATE)


def assessed(case: Case) -> Assessment:
    return rulebook().assess(case, engine="direct")


def levels(case: Case) -> dict[str, str]:
    found = assessed(case)
    return {one.id: one.level for item in found.items for one in item.warnings}


@pytest.mark.parametrize("name", ["rt-07-no-further-notice", "rt-07-repeated-again"])
def test_no_notice_is_late_that_section_17_6_excuses(name: str) -> None:
    assert "pitfall-13" not in levels(late(name))


@pytest.mark.parametrize("name", ["rt-06-vexatious", "rt-06-repeated", "rt-05-cost"])
def test_a_notice_that_is_due_is_late(name: str) -> None:
    assert levels(late(name))["pitfall-13"] == "error"
    assert "pitfall-13" not in levels(route(name))


def test_an_earlier_notice_under_section_14_does_not_excuse_one_on_cost() -> None:
    case = late("rt-05-cost")
    excused = replace(case, facts={**case.facts, "earlier_s14_notice_suffices": "yes"})
    assert levels(excused)["pitfall-13"] == "error"


def checked(name: str, letter: str) -> NoticeCheck:
    assessment = assessed(route(name))
    law = rulebook().law(assessment.as_at)
    return check(of_text(f"1 June 2026\n\nDear applicant\n\n{letter}").lines, law, assessment)


@pytest.mark.parametrize(
    ("name", "letter", "status"),
    [
        (
            "rt-07-no-further-notice",
            "is vexatious (section 14(1)). By section 17(6) we send no notice.",
            "unclear",
        ),
        ("rt-07-no-further-notice", "is refused as vexatious under section 14(1).", "missing"),
        ("rt-05-cost", "exceeds the cost limit. By section 17(6) we send no notice.", "missing"),
    ],
)
def test_a_letter_that_is_no_notice_is_not_a_late_one(name: str, letter: str, status: str) -> None:
    found = checked(name, f"Your request {letter}")
    assert next(one.status for one in found.findings if one.id == "S17-02") == status
    late_by_date = [one for one in found.disagreements or () if one.about == "date"]
    assert bool(late_by_date) == (status == "missing")
