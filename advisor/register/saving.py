"""Advice put on record with an assessment, and read back as it was given.

What is kept is the whole advice, as data and as the document that the officer read: a rulebook
that says it in other words later, or that no longer has what it rested on, changes neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from advisor.document.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from advisor.plain import build, plain
from advisor.register.agreed import Agreed
from advisor.register.comparing import Difference, advice_differs
from advisor.register.events import Event
from advisor.register.saved import Saved
from advisor.sources import InputError

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook
    from advisor.assessment import Assessment
    from advisor.rulebook.law import Law

_BLOCKS: dict[str, type[Block]] = {
    "heading": Heading, "paragraph": Paragraph, "bullets": Bullets, "table": Table,
}  # fmt: skip
_NAMES = {kind: name for name, kind in _BLOCKS.items()}


@dataclass(frozen=True)
class Advice:
    """Advice as it was given: after which event, when and to whom, and by which rulebook."""

    event: int
    at: str
    by: str
    digest: str
    assessment: Mapping[str, Any]
    report: Document

    def as_json(self) -> dict[str, Any]:
        return {
            "event": self.event,
            "at": self.at,
            "by": self.by,
            "digest": self.digest,
            "assessment": self.assessment,
        }


def record(saved: Saved, assessment: Assessment, law: Law, by: str = "") -> Document:
    """Put the advice on a saved assessment's case on record; returns the document that was kept.

    The same advice to the same officer, with nothing answered in between, is recorded once.
    """
    from advisor.advice.report import report

    document = report(assessment, saved.case(), law, Agreed.by(saved.events).results)
    data = {
        "digest": assessment.rulebook_digest,
        "assessment": assessment.as_json(),
        "report": as_plain(document),
    }
    last = last_advice(saved)
    unchanged = last is not None and saved.case_after(last.event) == saved.case()
    if not (unchanged and last and (last.assessment, last.by) == (data["assessment"], by)):
        saved.append(Event("assessed", data, by=by))
    return document


def last_advice(saved: Saved) -> Advice | None:
    """The advice that was recorded last, exactly as it was given; None where there is none."""
    for number, event in reversed(list(enumerate(saved.events, 1))):
        if event.kind == "assessed":
            data = event.data
            return Advice(
                number, event.at, event.by, data["digest"], data["assessment"],
                as_document(data["report"]),
            )  # fmt: skip
    return None


def today_differs(saved: Saved, rulebook: Rulebook) -> list[Difference]:
    """What a rulebook decides otherwise than the last advice, on the answers of that time.

    The matter is judged at the same day as then. Where the rulebook cannot take the old answers
    at all, that is the difference.
    """
    advice = last_advice(saved)
    if advice is None:
        return []
    case = saved.case_after(advice.event)
    try:
        as_at = date.fromisoformat(advice.assessment["as_at"])
        today = rulebook.assess(case, as_at=as_at, engine="direct")
    except InputError as error:
        return [
            Difference("", "advice", "cannot be decided", None, str(one)) for one in error.problems
        ]
    return advice_differs(advice.assessment, today.as_json())


def as_plain(document: Document) -> dict[str, Any]:
    """A document as plain data."""
    blocks = [{"block": _NAMES[type(one)], **plain(one)} for one in document.blocks]
    return {"title": document.title, "blocks": blocks}


def as_document(data: Mapping[str, Any]) -> Document:
    """The document in plain data that `as_plain` made."""
    return Document.of(
        data["title"],
        (
            build(_BLOCKS[one["block"]], {key: one[key] for key in one if key != "block"})
            for one in data["blocks"]
        ),
    )
