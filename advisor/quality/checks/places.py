"""Where what a check looks at stands, and how it says what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from advisor.rulebook.book import Book
from advisor.rulebook.checking import findings
from advisor.rulebook.conditions import Condition, parse
from advisor.rulebook.model import Authority
from advisor.sources import Problem

Where = tuple[str | int, ...]

# Sections whose entries have conditions, and under what key of an entry they stand ("": its own).
_CONDITIONED = {
    "conclusions": "rules", "factors": "weights", "mistakes": "signs", "wording": "passages",
    "order_of_decision": "", "routes": "", "requirements": "", "not_tested": "",
}  # fmt: skip
_CITING = (
    "facts", "derived", "openings", "not_counted", "balances", "limbs", "exemptions", "outcomes",
    "order_of_decision", "routes", "requirements", "mistakes", "not_tested", "dimensions",
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """One thing that a check found. `id` is what it is about; `right` is what would be right."""

    id: str
    file: str
    path: Where
    text: str
    right: str = ""


@dataclass(frozen=True)
class Place:
    """An entry, or one of its rules or signs, and where it stands. `owner` is the entry's id."""

    section: str
    owner: str
    id: str
    file: str
    path: Where
    entry: Any

    @property
    def when(self) -> Condition:
        return parse(self.entry.when)

    def spot(self, text: str, right: str = "", at: Where = ()) -> Spot:
        return Spot(self.id, self.file, (*self.path, *at), text, right)


def structure(book: Book, check: str) -> Iterator[Problem]:
    """What a rulebook is refused for when it is read, of one kind."""
    return (one.problem for one in findings(book) if one.check == check)


def entries(book: Book, section: str) -> Iterator[Place]:
    """The entries of a section in every file."""
    for file, rules in book.files.items():
        found = getattr(rules, section)
        pairs = found.items() if isinstance(found, Mapping) else enumerate(found)
        for key, entry in pairs:
            name = str(getattr(entry, "id", key))
            yield Place(section, name, name, file, (section, key), entry)


def conditioned(book: Book, *sections: str) -> Iterator[Place]:
    """Everything that has a condition, in these sections or in all: rules, steps, signs ..."""
    for section in sections or _CONDITIONED:
        inner = _CONDITIONED[section]
        for place in entries(book, section):
            if not inner:
                yield place
                continue
            for i, one in enumerate(getattr(place.entry, inner)):
                name = getattr(one, "id", f"{place.owner}.{i + 1}")
                yield Place(section, owner(place), name, place.file, (*place.path, inner, i), one)


def owner(place: Place) -> str:
    """What a law calls an entry: a factor has its balance before its name."""
    return f"{place.entry.balance}.{place.id}" if place.section == "factors" else place.owner


def rules(book: Book) -> Iterator[Place]:
    """The rules of conclusions and factors."""
    return conditioned(book, "conclusions", "factors")


def authorities(book: Book) -> Iterator[tuple[Place, int, Authority]]:
    """Every authority, with what cites it and its number there."""
    for section in _CITING:
        for place in entries(book, section):
            for i, one in enumerate(place.entry.authority):
                yield place, i, one
    for place in rules(book):
        for i, one in enumerate(place.entry.authority):
            yield place, i, one


def _dates(book: Book, place: Place) -> tuple[date | None, date | None]:
    whole = book.files[place.file]
    since = getattr(place.entry, "in_force_from", None) or whole.in_force_from
    until = getattr(place.entry, "in_force_until", None) or whole.in_force_until
    return since, until


def in_force(book: Book, place: Place, day: date) -> bool:
    """Whether an entry is in force on a day: by its own dates, else by its file's."""
    since, until = _dates(book, place)
    return (since is None or since <= day) and (until is None or day <= until)


def last_day(book: Book, place: Place) -> date:
    """The last day on which an entry is in force."""
    return _dates(book, place)[1] or date.max


def days(book: Book) -> list[date]:
    """The day whose law a rulebook states, and each day on which something in it changes."""
    stated = next(file.about.law_as_at for file in book.files.values() if file.about)
    changes: set[date] = set()
    for place in conditioned(book):
        since, until = _dates(book, place)
        if since:
            changes.add(since)
        if until and until < date.max:
            changes.add(until + timedelta(days=1))
    return [stated, *sorted(changes - {stated})]
