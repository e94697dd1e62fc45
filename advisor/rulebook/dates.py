"""The days on which a rulebook begins to say something else."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.rulebook.loading import Book

_INNER = ("rules", "weights", "signs", "passages")


def change_days(book: Book) -> tuple[date, ...]:
    """Every day on which something of a book comes into force or ends, in order.

    A decided matter counts from the day of its decision.
    """
    return tuple(sorted(set(_days(book))))


def _days(book: Book) -> Iterator[date]:
    for file in book.files.values():
        yield from _in_force(file)
        for name in (one.name for one in fields(file)):
            found = getattr(file, name)
            entries = found.values() if isinstance(found, Mapping) else found
            for entry in entries if isinstance(found, Mapping | tuple) else ():
                yield from _in_force(entry)
                inner = (getattr(entry, key, ()) for key in _INNER)
                for many in (*inner, entry if isinstance(entry, tuple) else ()):
                    for one in many:
                        yield from _in_force(one)
    for _, _, matter in book.entries("precedents"):
        if not matter.decided:
            continue
        with suppress(ValueError):  # checking a rulebook says what is wrong with the date
            yield day_of(matter.decided)


def _in_force(entry: Any) -> Iterator[date]:
    """The first day of an entry, and the first day after it."""
    since, until = getattr(entry, "in_force_from", None), getattr(entry, "in_force_until", None)
    if since is not None:
        yield since
    if until is not None:
        yield until + timedelta(days=1)


def day_of(decided: str) -> date:
    """The day of a decision; where only the month or year is known, the last that it may be.

    >>> day_of("2009"), day_of("2012-02")
    (datetime.date(2009, 12, 31), datetime.date(2012, 2, 29))
    """
    year, month, day = (*map(int, decided.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
