"""What a register holds and what it no longer holds, a line each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from advisor.register.chain import Link
from advisor.register.events import Event, replay
from advisor.register.file import RegisterFile


@dataclass(frozen=True)
class Summary:
    """A saved assessment. `outcome` is the overall one of the last advice that was recorded."""

    reference: str
    title: str = ""
    outcome: str = ""
    review_of: str = ""
    opened: str = ""
    changed: str = ""
    by: str = ""
    events: int = 0
    head: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "ref": self.reference,
            "title": self.title,
            "outcome": self.outcome or None,
            "review_of": self.review_of or None,
            "opened": self.opened,
            "changed": self.changed,
            "by": self.by,
            "events": self.events,
            "head": self.head,
        }


@dataclass(frozen=True)
class Deletion:
    """What remains of an assessment that was deleted."""

    reference: str
    at: str
    by: str
    events: int
    head: str

    @classmethod
    def of(cls, link: Link) -> Deletion:
        """The deletion that a link of the journal records."""
        try:
            events, head = link.event.data["events"], link.event.data["head"]
        except (ValueError, KeyError, TypeError):
            events, head = 0, "cannot be read: see `advisor register verify`"
        return cls(link.assessment, link.at, link.by, events, head)

    def as_json(self) -> dict[str, Any]:
        return {
            "ref": self.reference,
            "deleted": self.at,
            "by": self.by,
            "events": self.events,
            "head": self.head,
        }


def summaries(file: RegisterFile) -> list[Summary]:
    """All saved assessments, the one changed last first; an export is no change."""
    if not file.rows("SELECT 1 FROM assessments LIMIT 1"):
        return []
    with file.reading():
        ends = {row[0]: row[1:] for row in file.rows(_ENDS)}
        changes = {row[0]: row[2:] for row in file.rows(_CHANGES)}
        naming = {key: list(rows) for key, rows in groupby(file.rows(_NAMING), lambda row: row[0])}
        advised = {row[0]: row[2] for row in file.rows(_ADVISED)}
        created = file.rows(_CREATED)
    made = []
    for reference, opened, creator in created:
        events, head = ends.get(reference, (0, ""))
        changed, by = changes.get(reference, (opened, creator))
        title, review_of, outcome = _said(naming.get(reference, []), advised.get(reference))
        made.append(
            Summary(reference, title, outcome, review_of, opened, changed, by, events, head)
        )
    return sorted(made, key=lambda one: (one.changed, one.reference), reverse=True)


def _said(naming: list[tuple[str, str, str]], advised: str | None) -> tuple[str, str, str]:
    """Title, what it is the review of, and the outcome last advised."""
    try:
        events = [Event(kind, json.loads(data)) for _, kind, data in naming]
        reviews = [one.data["reference"] for one in events if one.kind == "review_of"]
        outcome = json.loads(advised)["assessment"]["overall"]["outcome"] if advised else ""
        return replay(events).title, reviews[-1] if reviews else "", outcome
    except (ValueError, KeyError, TypeError, AttributeError):
        return "(cannot be read: see `advisor register verify`)", "", ""


_CREATED = """
    SELECT reference, coalesce(at, ''), coalesce(by, '') FROM assessments
    LEFT JOIN (SELECT assessment, max(seq), at, by FROM journal WHERE kind = 'created'
    GROUP BY assessment) ON assessment = reference
"""
# Beside max(seq) SQLite gives the other columns of that same row.
_ENDS = "SELECT assessment, max(seq), hash FROM events GROUP BY assessment"
_CHANGES = """
    SELECT assessment, max(seq), at, by FROM events WHERE kind NOT IN ('assessed', 'exported')
    GROUP BY assessment
"""
_ADVISED = """
    SELECT assessment, max(seq), data FROM events WHERE kind = 'assessed' GROUP BY assessment
"""
# The events that can name the request.
_NAMING = """
    SELECT assessment, kind, data FROM events
    WHERE kind IN ('opened', 'header', 'imported', 'review_of') ORDER BY assessment, seq
"""
