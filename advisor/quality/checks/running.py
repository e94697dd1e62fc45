"""Runs every check over a rulebook and says what was found, where, and how grave it is.

An *error* means that advice could be wrong or that a rule cannot work; a *warning*, that a reviewer
should look. Checks of how a rulebook hangs together come first; what the law says is looked at only
when that holds, on the day whose law is stated and on every day on which something changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from advisor.quality.checks.places import Spot, Where, days, entries
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.loading import parse
from advisor.sources import InputError, Problem


class Named(Protocol):
    """A module of this package: its name, and how grave what it finds is."""

    @property
    def NAME(self) -> str: ...
    @property
    def SEVERITY(self) -> str: ...


class Structural(Named, Protocol):
    """A check of how a rulebook hangs together; without it there is no law to look at."""

    def find(self, book: Book) -> Iterator[Problem]: ...


class OfTheLaw(Named, Protocol):
    """A check of what a rulebook says, under the law of one day."""

    def find(self, book: Book, law: Law) -> Iterator[Spot]: ...


@dataclass(frozen=True)
class Found:
    """One problem of a rulebook, and the check that found it.

    `accepted` is the reason for which the rulebook lets a warning stand.
    """

    check: str
    severity: str
    problem: Problem
    accepted: str = ""

    def as_json(self) -> dict[str, Any]:
        right = f"; {self.problem.right}" if self.problem.right else ""
        found = {
            "file": self.problem.file,
            "line": self.problem.line,
            "column": self.problem.column,
            "check": self.check,
            "severity": self.severity,
            "text": self.problem.text + right,
        }
        return found | ({"accepted": self.accepted} if self.accepted else {})


def explanation(name: str) -> str:
    """The page of a check: what it finds, an example, why it matters, what to do."""
    page = files("advisor.quality.checks") / "pages" / f"{name}.md"
    return page.read_text(encoding="utf-8")


def run(
    folder: Path | None, structural: tuple[Structural, ...], of_the_law: tuple[OfTheLaw, ...]
) -> list[Found]:
    """Every problem of the rulebook in a folder (default: the shipped one).

    Raises InputError where there is no rulebook to look at.
    """
    try:
        book = parse(folder)
    except InputError as error:
        if not any(problem.line for problem in error.problems):
            raise
        return [Found("schema", "error", problem) for problem in error.problems]
    found = [Found(o.NAME, o.SEVERITY, problem) for o in structural for problem in o.find(book)]
    if all(_is_last_step(book, one.problem) for one in found):
        found.extend(_of_the_law(book, of_the_law))
    return sorted(found, key=lambda one: (bool(one.accepted), one.problem, one.check))


def _of_the_law(book: Book, checks: tuple[OfTheLaw, ...]) -> Iterator[Found]:
    """What the checks find on each day; what an earlier day showed is not said again."""
    stated, *changes = days(book)
    said: set[tuple[str, str, Where]] = set()
    used: set[tuple[str, str]] = set()
    for day in (stated, *changes):
        law = Law(book, day)
        spots = [(check, spot) for check in checks for spot in check.find(book, law)]
        for check, spot in spots:
            if (check.NAME, spot.file, spot.path) in said:
                continue
            key, reason = _accepted(book, check, spot)
            used.add((spot.file, key))
            text = spot.text if day == stated else f"{spot.text} (under the law of {day})"
            document = book.documents[spot.file]
            problem = document.problem(spot.path, text, spot.right, key=True)
            yield Found(check.NAME, check.SEVERITY, problem, reason)
        said.update((check.NAME, spot.file, spot.path) for check, spot in spots)
    yield from _stale(book, used)


def _accepted(book: Book, check: Named, spot: Spot) -> tuple[str, str]:
    """Under what key a file lets a warning stand, and why; both empty where it does not."""
    reasons = book.files[spot.file].accepted if check.SEVERITY == "warning" else {}
    for key in (f"{check.NAME}:{spot.id}", check.NAME):
        if reasons.get(key, "").strip():
            return key, reasons[key]
    return "", ""


def _stale(book: Book, used: set[tuple[str, str]]) -> Iterator[Found]:
    """Warnings that are accepted and no longer given."""
    for file, rules in book.files.items():
        for key in rules.accepted:
            if (file, key) not in used:
                text = f"'{key}' is accepted here, and there is no such warning"
                path = ("accepted", key)
                problem = book.documents[file].problem(path, text, "take it out", key=True)
                yield Found("unused-id", "warning", problem)


def _is_last_step(book: Book, problem: Problem) -> bool:
    """Whether it is only that the last step may fail, of which the check of gaps can say when."""
    for place in list(entries(book, "order_of_decision"))[-1:]:
        document = book.documents[place.file]
        return (problem.file, problem.line, problem.column) == (
            document.name,
            *document.at(place.path),
        )
    return False
