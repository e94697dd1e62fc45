"""The section 10 clock against dates worked out by hand, and properties that hold for all dates.

How each due date was found, without any library: twenty weekdays after a weekday is the same
weekday four weeks later (after a Saturday or Sunday: four weeks after the Friday before). Every
holiday that falls on a weekday in the span pushes the date on by one weekday, and a date so reached
that is itself a holiday is passed over. The reason in each row gives the date before pushing and
the holidays, as day.month. The holidays are the literals below, written from the Banking and
Financial Dealings Act 1971, its proclamations, and the calendar, for each part of the UK.
"""

import doctest
import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advisor.notice import working_days
from advisor.notice.working_days import (
    AUTHORITY_KINDS,
    ClockStoppedError,
    Deadline,
    DeadlineError,
    FeeLapsedError,
    add_working_days,
    deadline,
    extension_guide,
    is_working_day,
    pay_by,
    working_day_number,
)


def on(text: str) -> date:
    return date.fromisoformat(text)


# Weekdays that are a holiday in some part of the UK. New Year (and 2 January, Scotland), St Patrick
# (N. Ireland), Easter, early May, spring, the Boyne (N. Ireland), August (first Monday Scotland,
# last Monday elsewhere), St Andrew (Scotland), Christmas; substitutes where one fell on a weekend.
HOLIDAYS_BY_HAND = {
    2022: "01-03 01-04 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-01 08-29 09-19 11-30 12-26"
    " 12-27",  # spring moved to 2 June, Platinum Jubilee 3 June, state funeral 19 September
    2023: "01-02 01-03 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-07 08-28 11-30 12-25 12-26",
    2024: "01-01 01-02 03-18 03-29 04-01 05-06 05-27 07-12 08-05 08-26 12-02 12-25 12-26",
    2025: "01-01 01-02 03-17 04-18 04-21 05-05 05-26 07-14 08-04 08-25 12-01 12-25 12-26",
    2026: "01-01 01-02 03-17 04-03 04-06 05-04 05-25 06-15 07-13 08-03 08-31 11-30 12-25 12-28",
    2027: "01-01 01-04 03-17 03-26 03-29 05-03 05-31 07-12 08-02 08-30 11-30 12-27 12-28",
    2028: "01-03 01-04 03-17 04-14 04-17 05-01 05-29 07-12 08-07 08-28 11-30 12-25 12-26",
}
BY_HAND = {on(f"{year}-{day}") for year, days in HOLIDAYS_BY_HAND.items() for day in days.split()}

# received, day one, due, reasoning
TABLE = [
    # 2022
    ("2022-01-01", "2022-01-05", "2022-02-01", "Saturday; 28.1, pushed by 3.1 4.1"),
    ("2022-01-04", "2022-01-05", "2022-02-01", "received on a Scottish holiday; 1.2, none after"),
    ("2022-02-14", "2022-02-15", "2022-03-14", "no holiday"),
    ("2022-02-17", "2022-02-18", "2022-03-18", "17.3 is itself St Patrick"),
    ("2022-03-16", "2022-03-18", "2022-04-14", "13.4, pushed by 17.3"),
    ("2022-03-18", "2022-03-21", "2022-04-19", "15.4 is Good Friday; over 18.4"),
    ("2022-04-04", "2022-04-05", "2022-05-05", "2.5, pushed by 15.4 18.4 2.5"),
    ("2022-05-06", "2022-05-09", "2022-06-07", "3.6, pushed by 2.6 3.6"),
    ("2022-06-14", "2022-06-15", "2022-07-13", "12.7 is the Boyne"),
    ("2022-07-30", "2022-08-02", "2022-08-30", "Saturday; 26.8, pushed by 1.8, over 29.8"),
    ("2022-08-22", "2022-08-23", "2022-09-21", "19.9 is the funeral, pushed by 29.8 19.9"),
    ("2022-11-02", "2022-11-03", "2022-12-01", "30.11 is St Andrew"),
    ("2022-11-29", "2022-12-01", "2022-12-30", "27.12, pushed by 30.11 26.12 27.12"),
    ("2022-12-05", "2022-12-06", "2023-01-06", "2.1, pushed by 26.12 27.12 2.1, over 3.1"),
    # 2023
    ("2023-03-10", "2023-03-13", "2023-04-12", "7.4, pushed by 17.3 7.4, over 10.4"),
    ("2023-03-17", "2023-03-20", "2023-04-18", "received on St Patrick; 14.4, by 7.4 10.4"),
    ("2023-04-06", "2023-04-11", "2023-05-10", "4.5, pushed by 7.4 10.4 1.5, over 8.5"),
    ("2023-04-29", "2023-05-02", "2023-05-31", "Saturday; 26.5, by 1.5 8.5, over 29.5"),
    ("2023-06-15", "2023-06-16", "2023-07-14", "13.7, pushed by 12.7"),
    ("2023-08-06", "2023-08-08", "2023-09-05", "Sunday; 1.9, pushed by 7.8 28.8"),
    ("2023-11-03", "2023-11-06", "2023-12-04", "1.12, pushed by 30.11"),
    ("2023-11-27", "2023-11-28", "2023-12-28", "25.12, pushed by 30.11 25.12, over 26.12"),
    ("2023-12-22", "2023-12-27", "2024-01-25", "19.1, pushed by 25.12 26.12 1.1 2.1"),
    # 2024
    ("2024-02-29", "2024-03-01", "2024-04-02", "28.3, pushed by 18.3, over 29.3 1.4"),
    ("2024-03-02", "2024-03-04", "2024-04-03", "Saturday; 29.3, by 18.3 29.3, over 1.4"),
    ("2024-03-17", "2024-03-19", "2024-04-17", "Sunday; 12.4, pushed by 18.3 29.3 1.4"),
    ("2024-04-30", "2024-05-01", "2024-05-30", "28.5, pushed by 6.5 27.5"),
    ("2024-06-14", "2024-06-17", "2024-07-15", "12.7 is the Boyne, a Friday"),
    ("2024-08-01", "2024-08-02", "2024-09-02", "29.8, pushed by 5.8 26.8"),
    ("2024-11-30", "2024-12-03", "2025-01-03", "Sat; 27.12, by 2.12 25.12 26.12, over 1.1 2.1"),
    ("2024-12-25", "2024-12-27", "2025-01-27", "22.1, pushed by 26.12 1.1 2.1"),
    # 2025
    ("2025-02-17", "2025-02-18", "2025-03-18", "17.3 is St Patrick"),
    ("2025-04-17", "2025-04-22", "2025-05-20", "15.5, pushed by 18.4 21.4 5.5"),
    ("2025-07-12", "2025-07-15", "2025-08-12", "Saturday; 8.8, pushed by 14.7 4.8"),
    ("2025-08-02", "2025-08-05", "2025-09-02", "Saturday; 29.8, pushed by 4.8 25.8"),
    ("2025-11-28", "2025-12-02", "2025-12-31", "26.12, pushed by 1.12 25.12 26.12"),
    ("2025-12-01", "2025-12-02", "2025-12-31", "29.12, pushed by 25.12 26.12"),
    ("2025-12-08", "2025-12-09", "2026-01-09", "5.1, pushed by 25.12 26.12 1.1 2.1"),
    ("2025-12-24", "2025-12-29", "2026-01-27", "21.1, pushed by 25.12 26.12 1.1 2.1"),
    # 2026
    ("2026-02-09", "2026-02-10", "2026-03-09", "no holiday"),
    ("2026-03-16", "2026-03-18", "2026-04-16", "13.4, pushed by 17.3 3.4 6.4"),
    ("2026-05-18", "2026-05-19", "2026-06-17", "15.6 is the World Cup, pushed by 25.5 15.6"),
    ("2026-06-13", "2026-06-16", "2026-07-14", "Saturday; 10.7, pushed by 15.6, over 13.7"),
    ("2026-07-12", "2026-07-14", "2026-08-11", "Sunday; 7.8, pushed by 13.7 3.8"),
    ("2026-08-03", "2026-08-04", "2026-09-01", "received on a Scottish holiday; 31.8 is one"),
    ("2026-11-02", "2026-11-03", "2026-12-01", "30.11 is St Andrew"),
    ("2026-12-25", "2026-12-29", "2027-01-27", "22.1, pushed by 28.12 1.1 4.1"),
    ("2026-12-26", "2026-12-29", "2027-01-27", "Saturday and Boxing Day; as 25.12"),
    # 2027
    ("2027-01-01", "2027-01-05", "2027-02-01", "29.1, pushed by 4.1"),
    ("2027-03-01", "2027-03-02", "2027-04-01", "29.3, pushed by 17.3 26.3 29.3"),
    ("2027-04-30", "2027-05-04", "2027-06-01", "28.5, pushed by 3.5, over 31.5"),
    ("2027-06-14", "2027-06-15", "2027-07-13", "12.7 is the Boyne"),
    ("2027-07-31", "2027-08-03", "2027-08-31", "Saturday; 27.8, pushed by 2.8, over 30.8"),
    ("2027-11-29", "2027-12-01", "2027-12-30", "27.12, pushed by 30.11 27.12, over 28.12"),
    ("2027-12-24", "2027-12-29", "2028-01-27", "21.1, pushed by 27.12 28.12 3.1 4.1"),
]


@pytest.mark.parametrize(("received", "day_one", "due", "why"), TABLE)
def test_the_date_worked_out_by_hand_is_the_date(
    received: str, day_one: str, due: str, why: str
) -> None:
    answer = deadline(on(received))
    assert (answer.day_one, answer.due) == (on(day_one), on(due)), why
    assert {left.date for left in answer.left_out} == {
        day for day in BY_HAND if on(received) < day <= on(due)
    }
    assert not answer.provisional


@pytest.mark.parametrize(("received", "due"), [(row[0], row[2]) for row in TABLE])
def test_the_hand_written_table_agrees_with_a_naive_count(received: str, due: str) -> None:
    day, counted = on(received), 0
    while counted < 20:
        day += timedelta(days=1)
        counted += day.weekday() < 5 and day not in BY_HAND
    assert day == on(due)


def test_every_weekday_of_seven_years_is_as_written_by_hand() -> None:
    day = date(2022, 1, 1)
    while day.year < 2029:
        assert is_working_day(day) == (day.weekday() < 5 and day not in BY_HAND), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "day", "why"),
    [
        ("2026-03-09", "2026-03-17", "St Patrick's Day (Northern Ireland)"),
        ("2024-03-09", "2024-03-18", "St Patrick's Day, substitute day (Northern Ireland)"),
        ("2026-06-13", "2026-06-15", "World Cup bank holiday (Scotland)"),
        ("2026-03-16", "2026-04-03", "Good Friday (United Kingdom)"),
        ("2026-03-16", "2026-04-06", "Easter Monday (England and Wales, Northern Ireland)"),
        ("2026-07-20", "2026-08-03", "Summer bank holiday (Scotland)"),
        ("2022-12-20", "2023-01-03", "2nd January, substitute day (Scotland)"),
        (
            "2022-12-20",
            "2023-01-02",
            "New Year's Day, substitute day (United Kingdom); 2nd January (Scotland)",
        ),
    ],
)
def test_a_day_left_out_has_its_name_and_the_part_of_the_country(
    received: str, day: str, why: str
) -> None:
    assert {left.date: left.why for left in deadline(on(received)).left_out}[on(day)] == why


def test_names_do_not_follow_the_language_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "th")
    working_days._holidays.cache_clear()
    assert working_days._holidays(2026)[date(2026, 12, 25)] == "Christmas Day (United Kingdom)"


# Fees: request of Monday 9 February 2026, due without a pause on Monday 9 March.
@pytest.mark.parametrize(
    ("notice", "paid", "day_one", "due"),
    [
        ("2026-02-16", "2026-02-20", "2026-02-10", "2026-03-16"),  # Monday to Friday: five days
        ("2026-02-16", "2026-02-23", "2026-02-10", "2026-03-18"),  # six days, and 17.3 passed over
        ("2026-02-20", "2026-02-20", "2026-02-10", "2026-03-10"),  # paid at once: that day
        ("2026-02-14", "2026-02-15", "2026-02-10", "2026-03-09"),  # a weekend: no working day
        ("2026-02-09", "2026-02-09", "2026-02-10", "2026-03-09"),  # day 0 never counted
        ("2026-02-09", "2026-02-10", "2026-02-11", "2026-03-10"),  # day one itself is left out
        ("2026-03-09", "2026-03-10", "2026-02-10", "2026-03-11"),  # given on the twentieth day
        ("2026-03-10", "2026-03-20", "2026-02-10", "2026-03-09"),  # given too late
        ("2026-02-16", "2026-05-15", "2026-02-10", "2026-06-09"),  # on the last day to pay
    ],
)
def test_a_fees_notice_pauses_the_clock_both_end_days_included(
    notice: str, paid: str, day_one: str, due: str
) -> None:
    # The last row: 10-13 February are four days; 18-22 May make nine, 26-29 May (the 25th is a
    # holiday) thirteen, 1-5 June eighteen, so Tuesday 9 June is the twentieth.
    answer = deadline(on("2026-02-09"), fees_notice=on(notice), fee_received=on(paid))
    assert (answer.day_one, answer.due) == (on(day_one), on(due))


def test_a_holiday_inside_a_fee_pause_is_left_out_once_and_as_a_holiday() -> None:
    answer = deadline(on("2026-03-09"), fees_notice=on("2026-03-16"), fee_received=on("2026-03-18"))
    named = [(left.date, left.why) for left in answer.left_out if left.date < on("2026-03-20")]
    assert [day for day, _ in named] == [on("2026-03-16"), on("2026-03-17"), on("2026-03-18")]
    assert named[1][1] == "St Patrick's Day (Northern Ireland)"
    assert named[0][1] == named[2][1] == "fees notice outstanding"


def test_a_fees_notice_too_late_needs_no_payment_and_is_noted() -> None:
    answer = deadline(on("2026-02-09"), fees_notice=on("2026-03-10"))
    assert answer.due == on("2026-03-09")
    assert answer.note


@pytest.mark.parametrize(
    ("notice", "last"),
    [
        ("2026-10-05", "2027-01-04"),  # the period begins with the day of the notice
        ("2025-12-01", "2026-02-28"),
        ("2025-11-30", "2026-02-28"),  # February has no 30th
        ("2025-11-29", "2026-02-28"),
        ("2025-11-28", "2026-02-27"),
        ("2027-11-29", "2028-02-28"),  # a leap year has a 29th
        ("2027-11-30", "2028-02-29"),
        ("2026-01-31", "2026-04-30"),
    ],
)
def test_the_fee_can_be_paid_for_three_months_beginning_with_the_notice(
    notice: str, last: str
) -> None:
    assert pay_by(on(notice)) == on(last)


def test_an_unpaid_fees_notice_leaves_no_date_and_says_until_when_it_can_be_paid() -> None:
    with pytest.raises(ClockStoppedError) as stopped:
        deadline(on("2026-02-09"), fees_notice=on("2026-02-16"))
    assert stopped.value.pay_by == on("2026-05-15")


def test_a_fee_after_three_months_ends_the_duty() -> None:
    with pytest.raises(FeeLapsedError):
        deadline(on("2026-02-09"), fees_notice=on("2026-02-16"), fee_received=on("2026-05-16"))


# Clarification
def test_a_clarification_restarts_the_clock_at_nought() -> None:
    answer = deadline(on("2026-02-09"), clarified=on("2026-03-16"))
    assert answer.received == on("2026-02-09")
    assert answer.counted_from == on("2026-03-16")
    assert (answer.day_one, answer.due) == (on("2026-03-18"), on("2026-04-16"))
    assert min(left.date for left in answer.left_out) == on("2026-03-17")
    assert answer.note


def test_a_fee_paid_before_the_clarification_leaves_nothing_more_out() -> None:
    answer = deadline(
        on("2026-01-05"),
        fees_notice=on("2026-01-06"),
        fee_received=on("2026-01-20"),
        clarified=on("2026-02-09"),
    )
    assert answer.due == on("2026-03-09")


# Schools and archives
def test_a_school_leaves_out_its_holidays() -> None:
    # From Thursday 2 July: 2 3 | 6-10 | 14-17 (13th the Boyne) | 20 21 are thirteen; term again on
    # Thursday 3 September: 3 4 | 7-11 make twenty.
    answer = deadline(
        on("2026-07-01"),
        authority_kind="school",
        closed=[(on("2026-07-22"), on("2026-09-02"))],
    )
    assert answer.due == on("2026-09-11")
    assert on("2026-07-22") in {left.date for left in answer.left_out}
    assert not answer.note


def test_a_school_never_has_more_than_sixty_working_days() -> None:
    # Twelve weeks after Wednesday 1 July is 23 September, pushed by 13.7 3.8 31.8: 24, 25, 28.
    answer = deadline(
        on("2026-07-01"),
        authority_kind="school",
        closed=[(on("2026-07-02"), on("2026-12-31"))],
    )
    assert answer.due == on("2026-09-28")
    assert [left.date for left in answer.left_out] == [
        on("2026-07-13"), on("2026-08-03"), on("2026-08-31"),
    ]  # fmt: skip


def test_a_fee_moves_the_cap_of_a_school_too() -> None:
    answer = deadline(
        on("2026-07-01"),
        authority_kind="school",
        closed=[(on("2026-07-02"), on("2026-12-31"))],
        fees_notice=on("2026-07-06"),
        fee_received=on("2026-07-07"),
    )
    assert answer.due == on("2026-09-30")


def test_a_school_without_term_dates_gets_the_ordinary_date_and_a_note() -> None:
    answer = deadline(on("2026-07-01"), authority_kind="school")
    assert answer.due == on("2026-07-30")  # 29.7, pushed by 13.7
    assert answer.note


def test_the_ten_days_of_an_archive_are_added_only_when_asked_for() -> None:
    plain = deadline(on("2026-02-09"), authority_kind="archive")
    more = deadline(on("2026-02-09"), authority_kind="archive", archive_extension=True)
    assert plain.due == on("2026-03-09")
    assert more.due == on("2026-03-24")  # six weeks: 23.3, pushed by 17.3
    assert plain.note
    assert more.note


@pytest.mark.parametrize("kind", [k for k in AUTHORITY_KINDS if k not in ("school", "archive")])
def test_every_other_kind_of_authority_has_the_same_clock(kind: str) -> None:
    assert deadline(on("2026-02-09"), authority_kind=kind) == deadline(on("2026-02-09"))


# What cannot be
@pytest.mark.parametrize(
    "given_dates",
    [
        {"clarified": on("2026-02-08")},
        {"fees_notice": on("2026-02-08"), "fee_received": on("2026-02-10")},
        {"fees_notice": on("2026-02-12"), "fee_received": on("2026-02-11")},
        {"fee_received": on("2026-02-11")},
        {"authority_kind": "parish"},
        {"working_days": 0},
        {"closed": [(on("2026-02-16"), on("2026-02-20"))]},
        {"authority_kind": "school", "closed": [(on("2026-02-20"), on("2026-02-16"))]},
        {"archive_extension": True},
        {"clarified": on("9999-12-31")},
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(given_dates: dict[str, object]) -> None:
    with pytest.raises(DeadlineError) as refused:
        deadline(on("2026-02-09"), **given_dates)  # type: ignore[arg-type]
    assert isinstance(refused.value, ValueError)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("received", ["0206-02-09", "2004-12-31", "2100-12-31", "9999-12-31"])
def test_a_date_outside_the_calendar_is_refused(received: str) -> None:
    with pytest.raises(DeadlineError):
        deadline(on(received))


@pytest.mark.parametrize(
    ("received", "provisional"),
    [
        ("2011-12-31", True),
        ("2012-01-01", False),
        ("2028-11-28", False),  # 26.12, pushed by 30.11 25.12 26.12 to 29.12, a Friday
        ("2028-11-29", True),  # 27.12, pushed to 1 January 2029 and over it
        ("2029-06-01", True),
    ],
)
def test_a_date_that_needs_an_unconfirmed_year_is_provisional(
    received: str, provisional: bool
) -> None:
    answer = deadline(on(received))
    assert answer.provisional is provisional
    assert bool(answer.note) is provisional


# The smaller functions
def test_the_number_of_a_working_day() -> None:
    received = on("2026-06-13")
    assert working_day_number(received, received) == 0
    assert working_day_number(received, on("2026-06-15")) == 0
    assert working_day_number(received, on("2026-06-16")) == 1
    assert working_day_number(received, on("2026-06-20")) == 4
    assert working_day_number(received, on("2026-07-14")) == 20
    with pytest.raises(DeadlineError):
        working_day_number(received, on("2026-06-12"))


def test_the_guide_for_an_extension_is_the_fortieth_working_day() -> None:
    # 9 March and four weeks is 6 April, Easter Monday; pushed by 17.3 3.4 6.4.
    assert extension_guide(on("2026-03-09")) == on("2026-04-09")
    assert add_working_days(on("2026-02-09"), 40) == on("2026-04-09")


def test_the_json_has_the_names_of_the_contract() -> None:
    answer = deadline(on("2026-03-16"))
    value = json.loads(json.dumps(answer.as_json()))
    assert value["received"] == "2026-03-16"
    assert value["day_one"] == "2026-03-18"
    assert value["due"] == "2026-04-16"
    assert value["left_out"][0] == {
        "date": "2026-03-17",
        "why": "St Patrick's Day (Northern Ireland)",
    }
    assert value["provisional"] is False


def test_importing_the_module_does_not_import_the_calendars() -> None:
    code = "import sys, advisor.notice.working_days; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_example_of_the_module_is_true() -> None:
    assert doctest.testmod(working_days).failed == 0


# Properties
days = st.dates(date(2012, 1, 1), date(2028, 6, 1))
spans = st.integers(0, 60).map(lambda n: timedelta(days=n))


def _counted(answer: Deadline) -> int:
    """How many days the answer's own account leaves to be counted."""
    left_out = {left.date for left in answer.left_out}
    span = range(1, (answer.due - answer.counted_from).days + 1)
    every = (answer.counted_from + timedelta(days=n) for n in span)
    return sum(day.weekday() < 5 and day not in left_out for day in every)


@given(days)
def test_due_is_the_twentieth_working_day(received: date) -> None:
    answer = deadline(received)
    assert is_working_day(answer.due)
    assert is_working_day(answer.day_one)
    assert working_day_number(received, answer.day_one) == 1
    assert working_day_number(received, answer.due) == 20
    assert working_day_number(received, answer.due - timedelta(days=1)) == 19
    assert _counted(answer) == 20


@given(days, spans)
def test_a_later_request_is_never_due_earlier(received: date, later: timedelta) -> None:
    assert deadline(received).due <= deadline(received + later).due


@given(days, spans, spans)
def test_a_fee_never_makes_it_earlier(
    received: date, until_notice: timedelta, until_paid: timedelta
) -> None:
    notice = received + until_notice
    answer = deadline(received, fees_notice=notice, fee_received=notice + until_paid)
    plain = deadline(received)
    assert answer.due >= plain.due
    assert is_working_day(answer.due)
    assert _counted(answer) == 20
    # Exactly the working days of the pause are added, where the notice was in time.
    first = max(notice, received + timedelta(days=1))
    pause = range((notice + until_paid - first).days + 1)
    paused = sum(is_working_day(first + timedelta(days=n)) for n in pause)
    if notice <= plain.due:
        assert working_day_number(received, answer.due) == 20 + paused
    else:
        assert answer.due == plain.due


@given(days, spans)
def test_a_clarification_is_the_same_as_receipt_on_that_day(
    received: date, later: timedelta
) -> None:
    clarified = received + later
    restarted, fresh = deadline(received, clarified=clarified), deadline(clarified)
    assert (restarted.counted_from, restarted.day_one, restarted.due, restarted.left_out) == (
        fresh.counted_from, fresh.day_one, fresh.due, fresh.left_out,
    )  # fmt: skip


@given(days, st.lists(st.tuples(days, spans), min_size=1, max_size=4))
def test_a_school_is_due_between_twenty_and_sixty_working_days(
    received: date, breaks: list[tuple[date, timedelta]]
) -> None:
    closed = [(first, first + length) for first, length in breaks]
    answer = deadline(received, authority_kind="school", closed=closed)
    assert 20 <= working_day_number(received, answer.due) <= 60


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_working_days_add_up(start: date, n: int, m: int) -> None:
    assume(start.year < 2028)
    assert add_working_days(add_working_days(start, n), m) == add_working_days(start, n + m)
