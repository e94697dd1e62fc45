"""The law on both sides of each day on which it changed, through `--as-at` and `decided`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from advisor.advice.rulebook import Rulebook
from advisor.assessment import Assessment
from advisor.case import Case
from advisor.quality.checks.places import days
from advisor.rulebook.loading import parse
from tests.quality.rulebooks import SMALL, write

ROOT = Path(__file__).parents[2]
TOGETHER = ROOT / "cases" / "3-hard" / "two-exemptions-one-file.yaml"
BEFORE, AFTER = date(2025, 7, 22), date(2025, 7, 23)  # the Supreme Court on adding up exemptions
OF_2024 = ("latest_record_year: 2026", "latest_record_year: 2024")
BOTH_LIMBS = (
    ("s30_2_function: none", "s30_2_function: criminal_investigation"),
    ("relates_to_confidential_sources: no", "relates_to_confidential_sources: yes"),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def case(folder: Path, *changed: tuple[str, str]) -> Case:
    """The case of two exemptions on one piece of information, with some of its text changed."""
    text = TOGETHER.read_text()
    for old, new in changed:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "case.yaml"
    path.write_text(text)
    return Case.read(path)


def warned(assessment: Assessment) -> set[str]:
    return {one.id for item in assessment.items for one in item.warnings}


def test_the_days_on_which_the_shipped_law_changes_are_the_ones_tested_here() -> None:
    stated, *changes = days(parse())
    assert (stated, changes) == (date(2026, 4, 7), [date(2005, 1, 1), AFTER])


@pytest.mark.parametrize(("day", "together"), [(BEFORE, False), (AFTER, True)])
def test_exemptions_may_be_weighed_together_from_23_july_2025(
    rulebook: Rulebook, tmp_path: Path, day: date, together: bool
) -> None:
    assessed = rulebook.assess(case(tmp_path, OF_2024), as_at=day)  # fmt: skip
    assert assessed.items[0].outcome == "withhold"
    assert ("pitfall-42" in warned(assessed)) is together
    said = {one.entry.id for section in rulebook.law(day).wording for one in section.passages}
    assert ("withholding.together" in said) is together


@pytest.mark.parametrize(("day", "together"), [(BEFORE, False), (AFTER, True)])
def test_the_notice_says_so_from_the_same_day(
    rulebook: Rulebook, tmp_path: Path, day: date, together: bool
) -> None:
    both = case(
        tmp_path,
        OF_2024,
        *BOTH_LIMBS,
    )
    assessed = rulebook.assess(both, as_at=day)
    assert assessed.items[0].provisions == ("s30(1)(a)(i)", "s30(2)(a)(i)", "s30(2)(b)")
    assert assessed.notice is not None
    assert ("S17-25" in {one.id for one in assessed.notice.requirements}) is together


def test_the_day_of_decision_chooses_where_no_other_is_asked_for(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    for day, together in ((BEFORE, False), (AFTER, True)):
        decided = case(
            tmp_path,
            OF_2024,
            ("received: 2026-01-12", "received: 2025-06-30"),
            ("decided: 2026-02-04", f"decided: {day}"),
        )
        assert ("pitfall-42" in warned(rulebook.assess(decided))) is together


LATER = """\
in_force_from: 2027-01-01
factors:
  later:
    side: disclose
    title: what counts from 2027
    interest: It is to count from 2027.
    weights:
      - id: later.some
        weight: some
        when: held
        because: It counts from 2027.
        authority: [{source: guidance, at: paragraph 9}]
        limits: Not before.
"""


def test_a_factor_is_weighed_from_its_day(tmp_path: Path) -> None:
    book = Rulebook.load(write(tmp_path, SMALL | {"later.yaml": LATER}))
    assert "content.later" not in book.law(date(2026, 12, 31)).factors
    assert "content.later" in book.law(date(2027, 1, 1)).factors


# A record of 1982 or before took thirty years; the ten years of transition took one year off each
# year, and a record of 2002 or later takes twenty. Counted from the year after the record was made.
HISTORICAL_FROM = {
    1981: 2012, 1982: 2013, 1983: 2014, 1985: 2015, 1990: 2017,
    2000: 2022, 2001: 2023, 2002: 2023, 2003: 2024, 2005: 2026,
}  # fmt: skip


@pytest.mark.parametrize(("made", "first"), HISTORICAL_FROM.items())
def test_section_30_1_ends_on_the_first_of_january_when_a_record_becomes_historical(
    rulebook: Rulebook, tmp_path: Path, made: int, first: int
) -> None:
    old = case(tmp_path, ("latest_record_year: 2026", f"latest_record_year: {made}"))
    last_day, first_day = date(first - 1, 12, 31), date(first, 1, 1)
    before, after = (rulebook.assess(old, as_at=day).items[0] for day in (last_day, first_day))
    assert before.conclusions["s30_1_unavailable_historical"] is False
    assert before.provisions == ("s30(1)(a)(i)",)
    assert after.conclusions["s30_1_unavailable_historical"] is True
    assert after.outcome == "disclose"


def test_section_30_2_does_not_end_with_section_30_1(rulebook: Rulebook, tmp_path: Path) -> None:
    old = case(
        tmp_path,
        ("latest_record_year: 2026", "latest_record_year: 1982"),
        *BOTH_LIMBS,
    )
    for day, engaged in ((date(2012, 12, 31), True), (date(2013, 1, 1), False)):
        item = rulebook.assess(old, as_at=day).items[0]
        assert item.conclusions["s30_1_a_engaged"] is engaged
        assert item.conclusions["s30_2_engaged"] is True


def test_the_command_decides_under_the_law_of_the_day_it_is_given(tmp_path: Path) -> None:
    case(tmp_path, OF_2024)
    words = ["assess", str(tmp_path / "case.yaml"), "--no-input", "--format", "json"]
    for day, together in ((BEFORE, False), (AFTER, True)):
        done = subprocess.run(
            [sys.executable, "-m", "advisor", *words, "--as-at", str(day)],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        answer = json.loads(done.stdout)
        assert answer["as_at"] == str(day)
        ids = {one["id"] for one in answer["items"][0]["warnings"]}
        assert ("pitfall-42" in ids) is together
