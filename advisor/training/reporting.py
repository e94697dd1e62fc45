"""What results show of a trainee or a class: by element, by learning point, errors, over time."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from advisor.document.blocks import Block, Document, Heading, Paragraph, Table, clean
from advisor.document.words import first_upper
from advisor.sources import Problem
from advisor.training.marks import POINTS
from advisor.training.results import Element, Result

STATUSES = tuple(POINTS)
MOST_ERRORS = 15
NOTHING = "nothing"

# The kinds of elements in words, in the order of a report.
KINDS = {
    "outcome": "The outcome",
    "provisions": "The provision and its limb",
    "elements": "The elements and what they rest on",
    "factors": "The factors and their weight",
    "result": "The result of the balance",
    "not-counted": "What must not be counted",
    "needed": "Whether a notice is needed",
    "due": "By when",
    "notice": "What the notice must say",
    "letter": "Faults in a letter",
}


@dataclass(frozen=True)
class Tally:
    """How often one thing was right, partly right, wrong or missing."""

    name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> int:
        """Right and partly right, out of 100."""
        gained = sum(
            n * (1.0 if s == "right" else 0.5 if s == "partly" else 0.0)
            for s, n in self.counts.items()
        )
        return round(100 * gained / (self.total or 1))

    def as_json(self) -> dict[str, Any]:
        return {"id": self.name, **self.counts, "share": self.share}


@dataclass(frozen=True)
class Error:
    """The same mistake, and how many attempts show it."""

    case: str
    element: str
    label: str
    given: str
    model: str
    times: int
    trainees: int


@dataclass(frozen=True)
class Report:
    """All that is reported. `trainees` in the order of their names, `attempts` in that of time.

    Elements, learning points and errors are those of each trainee's latest attempt at each case.
    """

    title: str
    attempts: tuple[Result, ...]
    by_element: tuple[Tally, ...]
    by_point: tuple[Tally, ...]
    errors: tuple[Error, ...]
    unreadable: tuple[Problem, ...] = ()

    @property
    def lessons(self) -> dict[str, str]:
        """The words of each learning point, as the latest attempt has them."""
        return {key: text for one in self.attempts for key, text in one.lessons}

    @property
    def trainees(self) -> tuple[str, ...]:
        return tuple(sorted({one.trainee for one in self.attempts}, key=str.casefold))

    @classmethod
    def of(
        cls, title: str, results: Iterable[Result], unreadable: tuple[Problem, ...] = ()
    ) -> Report:
        """The report on results, whatever their order."""
        attempts = tuple(sorted(results, key=lambda one: (one.at, one.trainee, one.case)))
        elements = [(one, element) for one in latest(attempts) for element in one.elements]
        kinds = _tallies((element.group, element.status) for _, element in elements)
        points = _tallies((p, element.status) for _, element in elements for p in element.points)
        return cls(
            title,
            attempts,
            tuple(
                sorted(kinds, key=lambda one: [*KINDS].index(one.name) if one.name in KINDS else 99)
            ),
            tuple(sorted(points, key=lambda one: (one.share, one.name))),
            tuple(_errors(elements)),
            unreadable,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "trainees": [
                {"id": name, **_summary(one for one in self.attempts if one.trainee == name)}
                for name in self.trainees
            ],
            "by_element": [one.as_json() for one in self.by_element],
            "by_learning_point": [
                {**one.as_json(), "text": self.lessons.get(one.name, "")} for one in self.by_point
            ],
            "errors": [vars(one) for one in self.errors],
            "attempts": [
                {
                    "at": one.at,
                    "trainee": one.trainee,
                    "case": one.case,
                    "level": one.level,
                    "passed": one.passed,
                    "score": one.score,
                    "hints": one.hints,
                    "contests": [{"element": key, "because": why} for key, why in one.contests],
                }
                for one in self.attempts
            ],
            "unreadable": [str(one) for one in self.unreadable],
        }


def latest(attempts: Iterable[Result]) -> list[Result]:
    """Of attempts in the order of time, each trainee's latest at each case."""
    last = {(one.trainee, one.case): one for one in attempts}
    return list(last.values())


def _summary(results: Iterable[Result]) -> dict[str, Any]:
    own = list(results)
    counted = latest(own)
    return {
        "attempts": len(own),
        "cases": len(counted),
        "passed": sum(one.passed for one in counted),
        "score": round(sum(one.score for one in counted) / len(counted)),
        "hints": sum(one.hints for one in own),
    }


def _tallies(pairs: Iterable[tuple[str, str]]) -> list[Tally]:
    counted: dict[str, Counter[str]] = {}
    for name, status in pairs:
        counted.setdefault(name, Counter())[status] += 1
    return [Tally(key, {s: count[s] for s in STATUSES}) for key, count in counted.items()]


def _errors(elements: list[tuple[Result, Element]]) -> Iterator[Error]:
    """The commonest errors: the same element of the same case, answered in the same wrong way.

    What was said wrongly comes before what was left out, as many of each.
    """
    times: Counter[tuple[str, str, str, str, str]] = Counter()
    who: dict[tuple[str, str, str, str, str], set[str]] = {}
    for result, one in elements:
        if one.status in ("wrong", "missing"):
            given = one.given.split(" on ")[0] or NOTHING
            key = (result.case, one.key, one.label, given, one.model)
            times[key] += 1
            who.setdefault(key, set()).add(result.trainee)
    ranked = sorted(times, key=lambda key: (-len(who[key]), -times[key], key))
    for left_out in (False, True):
        own = [key for key in ranked if (key[3] == NOTHING) is left_out]
        for key in own[:MOST_ERRORS]:
            yield Error(*key, times[key], len(who[key]))


def as_document(report: Report) -> Document:
    """A report to read on a terminal, in Markdown, or as the text of its page."""
    return Document.of(report.title, [Heading(1, report.title), *_blocks(report)])


def _blocks(report: Report) -> Iterator[Block]:
    if report.unreadable:
        text = "\n".join(map(str, report.unreadable))
        yield Paragraph(text, lead="Not read:", tone="warn")
    if not report.attempts:
        yield Paragraph("No results yet.")
        return
    counted = len(latest(report.attempts))
    if counted < len(report.attempts):
        text = f"Of {len(report.attempts)} attempts {counted} are counted: each trainee's latest at"
        yield Paragraph(f"{text} each case. All of them stand under Over time.")
    if report.by_point:
        yield Heading(2, "By learning point, weakest first")
        texts = report.lessons
        rows = [(f"{texts.get(one.name, '')} [{one.name}]".strip(), one) for one in report.by_point]
        yield _tally_table("Learning point", rows)
    yield Heading(2, "By element")
    yield _tally_table(
        "Element", [(KINDS.get(one.name, one.name), one) for one in report.by_element]
    )
    yield from _error_table(
        "Common errors", [e for e in report.errors if e.given != NOTHING], said=True
    )
    yield from _error_table(
        "Often left out", [e for e in report.errors if e.given == NOTHING], said=False
    )
    yield from _contested(report)
    yield Heading(2, "Over time")
    yield Table(
        ("Day", "Trainee", "Case", "Passed", "Score"),
        tuple(
            (one.at[:10], one.trainee, one.case, "yes" if one.passed else "no", str(one.score))
            for one in report.attempts
        ),
    )
    yield Heading(2, "Trainees")
    numbers = ("attempts", "cases", "passed", "score", "hints")
    people = []
    for name in report.trainees:
        own = _summary(one for one in report.attempts if one.trainee == name)
        people.append((name, *(str(own[key]) for key in numbers)))
    yield Table(("Trainee", "Attempts", "Cases", "Passed", "Score", "Hints"), tuple(people))


def _error_table(title: str, errors: list[Error], *, said: bool) -> Iterator[Block]:
    if errors:
        yield Heading(2, title)
        rows = (
            (
                *(e.case, f"{first_upper(e.label)} [{e.element}]"),
                *((e.given,) if said else ()),
                *(e.model, str(e.times), str(e.trainees)),
            )
            for e in errors
        )
        header = ("Case", "Element", *(("Said",) if said else ()), "Model", "Times", "Trainees")
        yield Table(header, tuple(rows))


def _contested(report: Report) -> Iterator[Block]:
    rows = []
    for one in report.attempts:
        elements = {element.key: element for element in one.elements}
        for key, why in one.contests:
            element = elements.get(key)
            given, model = (element.given, element.model) if element else ("", "")
            rows.append((one.trainee, one.case, key, given or NOTHING, model, why))
    if rows:
        yield Heading(2, "Contested")
        yield Table(("Trainee", "Case", "Element", "Said", "Model", "Because"), tuple(rows))


def _tally_table(first: str, tallies: list[tuple[str, Tally]]) -> Table:
    rows = tuple(
        (name, *(str(one.counts[s]) for s in STATUSES), f"{one.share}%") for name, one in tallies
    )
    return Table((first, "Right", "Partly", "Wrong", "Missing", "Share"), rows)


def as_csv(report: Report) -> str:
    """Every marked element, a row each, for a spreadsheet: no cell can act as a formula there."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["at", "trainee", "case", "level", "passed", "score", "hints", "element", "kind", "status",
         "given", "model", "learning points", "contested because"]
    )  # fmt: skip
    for one in report.attempts:
        why = dict(one.contests)
        start = [one.at, one.trainee, one.case, one.level, "yes" if one.passed else "no"]
        for element in one.elements:
            row = [
                *start, str(one.score), str(one.hints), element.key, element.group, element.status,
                element.given, element.model, " ".join(element.points), why.get(element.key, ""),
            ]  # fmt: skip
            writer.writerow(map(harmless, row))
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would not run: one that begins like a formula gets a quote."""
    cell = clean(cell)
    return f"'{cell}" if cell.lstrip()[:1] in ("=", "+", "-", "@") else cell
