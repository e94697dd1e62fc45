"""The days on which a rulebook begins to say something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from advisor.rulebook.dates import day_of
from advisor.rulebook.model import RuleFile

_INNER = ("rules", "weights", "signs", "passages")


def change_days(files: Iterable[RuleFile]) -> tuple[date, ...]:
    """Every day on which something of the files comes into force or ends, in order.

    A decided matter counts from the day of its decision.
    """
    return tuple(sorted({day for file in files for day in _days(file)}))


def _days(file: RuleFile) -> Iterator[date]:
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
    for matter in file.precedents.values():
        if matter.decided:
            with suppress(ValueError):  # checking a rulebook says what is wrong with the date
                yield day_of(matter.decided)


def _in_force(entry: Any) -> Iterator[date]:
    """The first day of an entry, and the first day after it."""
    since, until = getattr(entry, "in_force_from", None), getattr(entry, "in_force_until", None)
    if since is not None:
        yield since
    if until is not None:
        yield until + timedelta(days=1)
