"""The clock as a person reads it: the date and why, and a calendar of the days that were counted.

>>> from advisor.notice.working_days import deadline
>>> print(calendar(deadline(date(2026, 6, 12)))[3])
 15  -   16  1   17  2   18  3   19  4   20      21
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from advisor.document.dates import long_date, month_name
from advisor.document.text import WIDTH
from advisor.notice.working_days import Deadline, extension_guide, working_day_number

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BROAD = 56  # columns that the calendar takes by weeks; where there are fewer it goes by days


def report(found: Deadline, expected: date | None = None, width: int = WIDTH) -> str:
    """The whole answer as text, for a terminal or a screen reader."""
    shown = calendar(found) if width >= _BROAD else by_days(found)
    lines = (
        line if line in shown else _wrapped(line, width) for line in _report(found, expected, shown)
    )
    return "".join(f"{line}\n" for line in lines)


def _wrapped(line: str, width: int) -> str:
    """Prose in lines that fit, no word of it broken."""
    return textwrap.fill(
        line,
        width,
        subsequent_indent="  " if line.startswith("- ") else "",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _report(found: Deadline, expected: date | None, shown: list[str]) -> Iterator[str]:
    last = counted(found)[found.due]
    yield f"Received {long_date(found.received, weekday=True)}."
    if found.counted_from != found.received:
        yield f"Clarified {long_date(found.counted_from, weekday=True)}, and counted from then."
    yield f"Day one is {long_date(found.day_one, weekday=True)}."
    due = long_date(found.due, weekday=True)
    yield f"Answer promptly, and by {due}, day {last}, at the latest."
    if found.provisional:
        yield "That date is provisional."
    if found.note:
        yield found.note
    yield ""
    yield from shown
    yield ""
    yield "A number after the day counts it; R is the day of receipt, - a day left out."
    yield ""
    if found.left_out:
        yield "Left out of the count, besides weekends:"
        yield from (f"- {long_date(one.date, weekday=True)}: {one.why}" for one in found.left_out)
    else:
        yield "Nothing was left out of the count but weekends."
    yield ""
    guide = extension_guide(found.due)
    yield (
        "More time may be taken only to weigh the public interest (s.10(3)), and the notice of "
        f"s.17(1) is due on {long_date(found.due)} all the same. That weighing should as a rule be "
        f"done by {long_date(guide, weekday=True)}, twenty working days later. That is good "
        "practice; the Act says only what is reasonable."
    )
    if expected is not None and expected <= found.due:
        yield f"{long_date(expected)} is not after the due date: no more time would be taken."
    elif expected is not None:
        days = working_day_number(found.due, expected)
        beyond = "more than" if expected > guide else "within"
        yield f"{long_date(expected)} is {days} working days after the due date, {beyond} that."


def calendar(found: Deadline) -> list[str]:
    """Month by month, a line for each week, from the day counted from to the day due."""
    numbers = counted(found)
    left_out = {one.date for one in found.left_out}

    def cell(day: date) -> str:
        mark = "R" if day == found.counted_from else "-" if day in left_out else ""
        return f"{day.day:>3} {mark or numbers.get(day, ''):>2}  "

    lines = ["".join(f"{name:>5}   " for name in _DAYS)]
    week = month = ""
    for day in _days(found):
        if month_name(day) != month:
            month = month_name(day)
            lines += [week, month]
            week = " " * 8 * day.weekday()
        week += cell(day)
        if day.weekday() == 6:
            lines.append(week)
            week = ""
    return [line.rstrip() for line in (*lines, week) if line.strip()]


def _days(found: Deadline) -> Iterator[date]:
    """Every day from the one counted from to the day due."""
    length = (found.due - found.counted_from).days
    return (found.counted_from + timedelta(days=n) for n in range(length + 1))


def by_days(found: Deadline) -> list[str]:
    """The same for a narrow terminal: a line for each day that is no weekend, its month first."""
    numbers, left_out = counted(found), {one.date for one in found.left_out}
    lines, month = list[str](), ""
    for day in _days(found):
        mark = "R" if day == found.counted_from else "-" if day in left_out else numbers.get(day)
        if mark is None:
            continue
        if month_name(day) != month:
            month = month_name(day)
            lines.append(month)
        lines.append(f"{_DAYS[day.weekday()]} {day.day:>2} {mark:>3}")
    return lines


def counted(found: Deadline) -> dict[date, int]:
    """Each day that was counted, with its number."""
    left_out = {one.date for one in found.left_out}
    numbers: dict[date, int] = {}
    for day in islice(_days(found), 1, None):
        if day.weekday() < 5 and day not in left_out:
            numbers[day] = len(numbers) + 1
    return numbers
