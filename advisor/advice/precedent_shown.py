"""One decided matter as a document."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.precedents import BODIES, OUTCOMES, standing
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph
from advisor.document.words import provision_words
from advisor.rulebook.model import Part, Precedent, Stated


def as_document(ref: str, entry: Precedent) -> Document:
    """The matter whole: what was read of it, what was inferred, and what it is cited for."""
    blocks: list[Block] = [
        Heading(1, f"{ref}: {entry.title}"),
        Paragraph(f"{entry.citation}; decided by {BODIES[entry.body]}.{_asked(entry)}"),
        Bullets(tuple(Entry(text) for text in standing(entry))),
    ]
    for part in entry.parts:
        blocks.extend(_part(part))
    if entry.principles:
        blocks.append(Heading(2, "Cited for"))
        blocks.append(
            Bullets(tuple(Entry(one.point, note=", ".join(one.rules)) for one in entry.principles))
        )
    if entry.notice:
        blocks.append(Heading(2, "On the notice"))
        blocks.append(Bullets(tuple(map(Entry, entry.notice))))
    where = f"Published: {entry.published or 'not seen'}; read {entry.read.isoformat()}."
    blocks.append(Paragraph(where, tone="quiet"))
    return Document.of(ref, blocks)


def _asked(entry: Precedent) -> str:
    if not entry.parts:
        return "\nIts facts were not read: it is here for what it is cited for, and no more."
    return f"\nAsked: {entry.asked}"


def _part(part: Part) -> Iterator[Block]:
    yield Heading(2, f"{part.id}: {part.what}")
    result = OUTCOMES.get(part.result, "not decided under section 30")
    under = ", ".join(map(provision_words, part.limbs))
    yield Paragraph(f"{result}{f' ({under})' if under else ''}. {part.because}", lead="Result:")
    for lead, facts in (("Read:", part.facts), ("Inferred, not relied on:", part.inferred)):
        if facts:
            said = "; ".join(f"{key} {value}" for key, value in facts.items())
            yield Paragraph(f"{said}.", lead=lead)
    if part.factors:
        yield Bullets(tuple(map(_factor, part.factors)))


def _factor(stated: Stated) -> Entry:
    name = stated.factor or f"for {stated.side}"
    weight = stated.weight.replace("_", " ") if stated.weight else "weight not stated"
    who = "" if stated.by == "decision" else f", said by the {stated.by}"
    return Entry(f"{stated.said} ({weight}{who})", f"{name}:")
