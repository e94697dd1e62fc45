"""The clock as it is shown: the calendar on the terminal and the event for a diary."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

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
    for module in (calendar_view, parts, set_out, wording):
        assert doctest.testmod(module).failed == 0
