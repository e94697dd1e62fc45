"""How a day is written for a person, and by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_NAMED: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "yesterday": lambda today: today - timedelta(days=1),
}
_FORMS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII), (3, 2, 1)),
    (re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4})", re.ASCII), (3, 2, 1)),
)


def long_date(day: date, *, weekday: bool = False) -> str:
    """ "9 February 2026", or "Monday 9 February 2026": the same under every locale.

    >>> long_date(date(2026, 2, 9), weekday=True)
    'Monday 9 February 2026'
    """
    shown = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]} {shown}" if weekday else shown


def month_name(day: date) -> str:
    """ "February 2026", of a day in it."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def day_of(text: str, today: date) -> date:
    """A day as people write it, the day before the month. Raises ValueError.

    >>> {str(day_of(text, date.max)) for text in ("9 feb 2026", "9/2/2026", "Mon 9 February 2026")}
    {'2026-02-09'}
    """
    words = text.casefold().replace(",", " ").split()
    if len(words) == 4 and len(words[0]) >= 3:
        (weekday, *words) = words
        found = day_of(" ".join(words), today)
        if _DAYS[found.weekday()].casefold().startswith(weekday):
            return found
        raise ValueError(f"'{text}' is not a day: {long_date(found, weekday=True)} is one")
    wanted = " ".join(words)
    if wanted in _NAMED:
        return _NAMED[wanted](today)
    for form, order in _FORMS:
        if match := form.fullmatch(wanted):
            year, month, day = (match[i] for i in order)
            number = int(month) if month.isdigit() else _month(month)
            try:
                return date(int(year), number, int(day))
            except ValueError:
                break
    raise ValueError(f"'{text}' is not a day")


def _month(name: str) -> int:
    """The number of a month, by its name or the first three letters or more of it; else 0."""
    found = (n for n, month in enumerate(_MONTHS, 1) if month.casefold().startswith(name))
    return next(found, 0) if len(name) >= 3 else 0
