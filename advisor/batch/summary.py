"""What a batch of decisions comes to: outcomes, provisions, warnings, and where drafts differ."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from advisor.document.blocks import Block, Document, Heading, Paragraph, Table, clean
from advisor.rulebook.law import Law
from advisor.sources import InputError, Problem


@dataclass
class Summary:
    """Counts over the answers of a batch. `differ` counts (what was decided, what is advised).

    `rulebooks` has the digest of each rulebook that an answer was derived by.
    """

    lines: int = 0
    unusable: int = 0
    items: int = 0
    overall: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    provisions: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    drafts: int = 0
    differ: Counter[tuple[str, str]] = field(default_factory=Counter)
    rulebooks: Counter[str] = field(default_factory=Counter)

    def add(self, answer: dict[str, Any]) -> None:
        """Count one answer, a line of a batch's output."""
        self.lines += 1
        if "problems" in answer:
            self.unusable += 1
            return
        self.rulebooks[answer["rulebook"]["digest"]] += 1
        self.overall[answer["overall"]["outcome"]] += 1
        self.warnings.update(one["id"] for one in answer["warnings"])
        for item in answer["items"]:
            self.items += 1
            self.outcomes[item["outcome"]] += 1
            self.provisions.update(item["provisions"])
            self.warnings.update(one["id"] for one in item["warnings"])
            if "proposed" in item:
                self.drafts += 1
                if item["proposed"]["outcome"] != item["outcome"]:
                    self.differ[item["proposed"]["outcome"], item["outcome"]] += 1

    def include(self, other: Summary) -> None:
        """Count all that another summary counted."""
        for one in fields(Summary):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, one.name, mine + theirs)

    def as_json(self) -> dict[str, Any]:
        return {
            "lines": self.lines,
            "unusable": self.unusable,
            "items": self.items,
            "overall": dict(self.overall.most_common()),
            "outcomes": dict(self.outcomes.most_common()),
            "provisions": dict(self.provisions.most_common()),
            "warnings": dict(self.warnings.most_common()),
            "drafts": self.drafts,
            "differ": [
                {"decided": was, "advised": now, "count": n}
                for (was, now), n in self.differ.most_common()
            ],
        }


def answers_in(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lines of a batch's output, each as it stands and as data. Raises InputError."""
    number = 0
    try:
        with out.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                answer = json.loads(line)
                if answer["line"] != number:
                    raise ValueError(answer["line"])
                yield line, answer
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _of_something_else(out, number) from None
    except OSError as error:
        raise InputError(Problem(str(out), 0, 0, f"cannot be read: {error.strerror}")) from None


def _of_something_else(out: Path, number: int) -> InputError:
    text, right = "is not an answer of this command", "name another output"
    return InputError(Problem(str(out), number, 1, text, right))


def summarise(out: Path) -> Summary:
    """The summary of a batch's output file, read line by line. Raises InputError."""
    found = Summary()
    for _, answer in answers_in(out):
        try:
            found.add(answer)
        except (KeyError, TypeError, AttributeError):
            raise _of_something_else(out, found.lines) from None
    return found


def _sections(found: Summary, law: Law) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    def title(outcome: str) -> str:
        return law.outcomes[outcome].title if outcome in law.outcomes else outcome

    def mistake(key: str) -> str:
        return law.mistakes[key].title if key in law.mistakes else ""

    def share(n: int) -> str:
        return f"{100 * n / found.items:.1f}%" if found.items else ""

    return [
        (
            "Outcomes of the parts",
            ("Outcome", "Parts", "Share"),
            [(title(k), str(n), share(n)) for k, n in found.outcomes.most_common()],
        ),
        (
            "Provisions relied on",
            ("Provision", "Parts", "Share"),
            [(k, str(n), share(n)) for k, n in found.provisions.most_common()],
        ),
        (
            "Warnings",
            ("Id", "Mistake", "Times"),
            [(k, mistake(k), str(n)) for k, n in found.warnings.most_common()],
        ),
        (
            "Where the decision was another",
            ("Decided", "Advised", "Parts"),
            [(title(was), title(now), str(n)) for (was, now), n in found.differ.most_common()],
        ),
    ]


def as_document(found: Summary, law: Law) -> Document:
    """The summary to take to a meeting."""
    text = (
        f"Of {found.lines} requests {found.lines - found.unusable}, with {found.items} parts, were "
        f"assessed; {found.unusable} could not be used. {found.drafts} parts had a decision, and "
        f"{found.differ.total()} of them had another outcome than is advised."
    )
    blocks: list[Block] = [Heading(1, "Decisions assessed"), Paragraph(text)]
    for heading, header, rows in _sections(found, law):
        if rows:
            blocks += [Heading(2, heading), Table(header, tuple(rows))]
    return Document.of("Decisions assessed", blocks)


def as_csv(found: Summary, law: Law) -> str:
    """The summary as CSV: section, then the columns of each table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for heading, _, rows in _sections(found, law):
        writer.writerows([_cell(heading), *map(_cell, row)] for row in rows)
    return out.getvalue()


def _cell(text: str) -> str:
    """A cell that a spreadsheet shows and never runs as a formula."""
    text = clean(text)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") else text
