"""The clock as it is shown: the calendar on the terminal and the event for a diary."""

from __future__ import annotations

import doctest
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.document import dates
from advisor.document.dates import day_of, long_date
from advisor.notice import calendar_view, parts, set_out
from advisor.notice.calendar_view import calendar, counted, report
from advisor.notice.ics import LINE_OCTETS, as_ics
from advisor.notice.working_days import deadline
from advisor.rulebook import wording

DAYS = st.dates(date(2012, 1, 1), date(2027, 6, 1))


@settings(deadline=None)  # the calendar of holidays is imported once
@given(DAYS)
def test_the_calendar_counts_to_twenty_and_ends_on_the_day_due(received: date) -> None:
    found = deadline(received)
    numbers = counted(found)
    assert list(numbers.values()) == list(range(1, 21))
    assert max(numbers) == found.due
    assert min(numbers) == found.day_one
    shown = calendar(found)
    assert max(map(len, shown)) <= 80
    assert shown[-1].split()[-1] == "20"
    assert sum(line.count(" R") for line in shown) == 1


@settings(deadline=None)  # the calendar of holidays is imported once
@given(DAYS)
def test_on_forty_columns_the_same_days_are_counted_and_no_word_is_broken(received: date) -> None:
    found = deadline(received)
    narrow, broad = report(found, width=40), report(found)
    assert max(map(len, narrow.splitlines())) <= 40
    assert set(re.findall(r"[A-Za-z]{2,}", narrow)) <= set(re.findall(r"[A-Za-z]{2,}", broad))
    marks = [line.split()[2] for line in narrow.splitlines() if re.match(r"[A-Z]..  ?\d+ ", line)]
    assert marks[0] == "R"
    assert [int(one) for one in marks if one.isdigit()] == list(range(1, 21))


def test_every_month_of_the_calendar_has_its_name_and_its_own_days() -> None:
    shown = calendar(deadline(date(2025, 12, 24)))
    december, january = shown.index("December 2025"), shown.index("January 2026")
    days = [int(one) for line in shown[december + 1 : january] for one in line.split()[::2]]
    assert "31" in shown[january - 1].split()
    assert shown[january + 1].split()[:2] == ["1", "-"]
    assert days[0] == 24


def test_an_expected_day_that_takes_no_more_time_is_said_to_be_none() -> None:
    found = deadline(date(2026, 2, 9))
    assert "no more time would be taken" in report(found, found.due)


@settings(deadline=None)  # the calendar of holidays is imported once
@given(DAYS)
def test_every_day_left_out_is_named_with_its_part(received: date) -> None:
    found = deadline(received)
    text = " ".join(report(found).split())
    for one in found.left_out:
        assert one.why in text
    assert max(map(len, report(found).splitlines())) <= 80


def test_the_text_has_the_guide_for_the_public_interest() -> None:
    found = deadline(date(2026, 2, 9))
    text = " ".join(report(found, date(2026, 6, 1)).split())
    assert "by Monday 9 March 2026, day 20" in text
    assert "done by Thursday 9 April 2026" in text
    assert "more than that" in text
    near = " ".join(report(found, date(2026, 3, 30)).split())
    assert "within that" in near


def test_a_holiday_in_one_part_is_left_out_by_name() -> None:
    assert "World Cup bank holiday (Scotland)" in report(deadline(date(2026, 6, 13)))


def unfolded(content: bytes) -> dict[str, str]:
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


@settings(deadline=None)  # the calendar of holidays is imported once
@given(DAYS, st.text(max_size=60))
def test_an_event_is_well_formed_whatever_the_reference(received: date, reference: str) -> None:
    found = deadline(received)
    content = as_ics(found, reference)
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= LINE_OCTETS for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert content.count(b"BEGIN:VEVENT") == 1
    for line in lines:
        line.decode()  # no character is cut in two
    fields = unfolded(content)
    assert fields["DTSTART;VALUE=DATE"] == f"{found.due:%Y%m%d}"
    assert fields["DTEND;VALUE=DATE"] == f"{found.due + timedelta(days=1):%Y%m%d}"


def test_text_in_an_event_is_escaped() -> None:
    fields = unfolded(as_ics(deadline(date(2026, 2, 9)), "A,B;C\\D\nEND:VEVENT"))
    assert fields["SUMMARY"] == "Answer FOI request A\\,B\\;C\\\\D\\nEND:VEVENT by today"


def test_the_same_deadline_gives_the_same_bytes() -> None:
    assert as_ics(deadline(date(2026, 2, 9)), "R") == as_ics(deadline(date(2026, 2, 9)), "R")
    assert as_ics(deadline(date(2026, 2, 9)), "R") != as_ics(deadline(date(2026, 2, 9)), "S")


def test_the_examples_of_the_modules_hold() -> None:
    for module in (calendar_view, dates, parts, set_out, wording):
        assert doctest.testmod(module).failed == 0


@given(DAYS)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    written = (day.isoformat(), long_date(day), long_date(day, weekday=True), f"{day:%d/%m/%Y}")
    assert {day_of(one, date.max) for one in written} == {day}


@pytest.mark.parametrize(
    "text",
    ["13/13/2026", "30 Feb 2026", "13 Juno 2026", "2026", "", "13 June", "06-13-2026", "1/2/26"],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        day_of(text, date.max)
