"""The day of a decision, of which sometimes only the month or the year is known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def day_of(decided: str) -> date:
    """The day of a decision; where only the month or year is known, the last that it may be.

    >>> day_of("2009"), day_of("2012-02")
    (datetime.date(2009, 12, 31), datetime.date(2012, 2, 29))
    """
    year, month, day = (*map(int, decided.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
