"""How a day is written for a person."""

from __future__ import annotations

from datetime import date

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def long_date(day: date, *, weekday: bool = False) -> str:
    """ "9 February 2026", or "Monday 9 February 2026": the same under every locale.

    >>> long_date(date(2026, 2, 9), weekday=True)
    'Monday 9 February 2026'
    """
    shown = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]} {shown}" if weekday else shown
