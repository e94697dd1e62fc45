"""A case in words: the request, its parts, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.case import Case
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph
from advisor.document.dates import long_date
from advisor.rulebook.law import Law

_DATES = {
    "received": "Received",
    "clarified": "Clarified",
    "fees_notice": "Fees notice given",
    "fee_received": "Fee received",
    "decided": "Decided",
    "decision_expected": "Decision expected",
}


def as_document(case: Case, law: Law) -> Document:
    """The case as a person would read it."""
    return Document.of(case.reference, _blocks(case, law))


def _blocks(case: Case, law: Law) -> Iterator[Block]:
    yield Heading(1, f"{case.reference}: {case.title}" if case.title else case.reference)
    yield Paragraph(case.authority.name or "Authority not named")
    if case.request:
        yield Paragraph(case.request, lead="Request:")
    dates = [
        f"{label} {long_date(day, weekday=True)}"
        for key, label in _DATES.items()
        if (day := getattr(case, key)) is not None
    ]
    if dates:
        yield Paragraph("; ".join(dates) + ".")
    yield from _answers(case.facts, case.notes, law)
    for item in case.items:
        yield Heading(2, f"{item.id}: {item.description}" if item.description else item.id)
        yield from _answers(item.facts, item.notes, law)


def _answers(facts: Mapping[str, str], notes: Mapping[str, str], law: Law) -> Iterator[Block]:
    if facts:
        yield Bullets(
            tuple(
                Entry(
                    law.facts[key].ask + " " + answer_words(law, key, text), note=notes.get(key, "")
                )
                for key, text in facts.items()
            )
        )


def answer_words(law: Law, fact: str, answer: str) -> str:
    """An answer as a person says it: a choice by its words."""
    return law.facts[fact].choices.get(answer, answer)
