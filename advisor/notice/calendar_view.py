"""The clock as a person reads it: the date and why, and a calendar of the days that were counted.

>>> from advisor.notice.working_days import deadline
>>> print(calendar(deadline(date(2026, 6, 12)))[2])
15 Jun  15  -   16  1   17  2   18  3   19  4   20      21
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date, timedelta

from advisor.document.dates import long_date
from advisor.notice.working_days import Deadline, extension_guide, working_day_number

WIDTH = 80
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ONE_DAY = timedelta(days=1)


def report(found: Deadline, expected: date | None = None) -> str:
    """The whole answer as text, for a terminal or a screen reader."""
    lines = (_wrapped(line) for line in _report(found, expected))
    return "".join(f"{line}\n" for line in lines)


def _wrapped(line: str) -> str:
    """Prose in lines that fit; the calendar fits already, and keeps its spaces."""
    if len(line) <= WIDTH:
        return line
    return textwrap.fill(line, WIDTH, subsequent_indent="  " if line.startswith("- ") else "")


def _report(found: Deadline, expected: date | None) -> Iterator[str]:
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
    yield from calendar(found)
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
    if expected is not None:
        days = working_day_number(found.due, expected) if expected > found.due else 0
        beyond = "more than" if expected > guide else "within"
        yield f"{long_date(expected)} is {days} working days after the due date, {beyond} that."


def calendar(found: Deadline) -> list[str]:
    """A line for each week, Monday to Sunday, from the day counted from to the day due."""
    numbers = counted(found)
    left_out = {one.date for one in found.left_out}

    def cell(day: date) -> str:
        if not found.counted_from <= day <= found.due:
            return " " * 8
        mark = "R" if day == found.counted_from else "-" if day in left_out else ""
        return f"{day.day:>3} {mark or numbers.get(day, ''):>2}  "

    lines = ["       " + "".join(f"{name:>5}   " for name in _DAYS)]
    monday = found.counted_from - timedelta(days=found.counted_from.weekday())
    while monday <= found.due:
        week = (monday + timedelta(days=n) for n in range(7))
        label = f"{monday.day:>2} {_MONTHS[monday.month - 1]}"
        lines.append(f"{label:<7}" + "".join(map(cell, week)))
        monday += timedelta(days=7)
    return [line.rstrip() for line in lines]


def counted(found: Deadline) -> dict[date, int]:
    """Each day that was counted, with its number."""
    left_out = {one.date for one in found.left_out}
    numbers: dict[date, int] = {}
    day = found.counted_from
    while day < found.due:
        day += _ONE_DAY
        if day.weekday() < 5 and day not in left_out:
            numbers[day] = len(numbers) + 1
    return numbers
