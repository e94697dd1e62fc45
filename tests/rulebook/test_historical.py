"""Sections 62 and 63: in which year a record becomes historical, for every year of creation."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.reasoning.known import complete, scheduled
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load

# Worked out by hand from law/s30.md H-02 to H-04a, not from the schedule in the rules.
BECOMES_HISTORICAL = {
    1950: 1981, 1981: 2012, 1982: 2013,
    1983: 2014, 1984: 2014, 1985: 2015, 1986: 2015, 1990: 2017, 1991: 2018,
    1999: 2022, 2000: 2022, 2001: 2023,
    2002: 2023, 2003: 2024, 2005: 2026, 2006: 2027, 2010: 2031,
}  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load(), date(2026, 3, 2))


@pytest.mark.parametrize(("made", "historical"), BECOMES_HISTORICAL.items())
def test_the_year_in_which_a_record_becomes_historical(
    law: Law, made: int, historical: int
) -> None:
    assert scheduled(law.derived["historical_for_years"], made) == historical


def test_a_later_record_never_becomes_historical_earlier(law: Law) -> None:
    years = [scheduled(law.derived["historical_for_years"], year) for year in range(1900, 2040)]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("day", "historical"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)]
)
def test_calendar_years_count_and_not_days(day: date, historical: bool) -> None:
    values = complete(Law(load(), day), {"latest_record_year": 2005})
    assert (int(values["historical_for_years"]) >= 0) is historical


def test_thirty_years_before_the_change_and_twenty_after() -> None:
    for day, latest in (
        (date(2012, 12, 31), 1981),
        (date(2013, 1, 1), 1982),
        (date(2023, 1, 1), 2002),
    ):
        law = Law(load(), day)
        for year, expected in ((latest, True), (latest + 1, False)):
            values = complete(law, {"latest_record_year": year})
            assert (int(values["historical_for_years"]) >= 0) is expected, (day, year)
