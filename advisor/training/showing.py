"""What a case teaches, in words, for the trainer: below the case itself in `advisor cases show`."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.case import Case
from advisor.document.blocks import Block, Bullets, Entry, Heading, Paragraph
from advisor.rulebook.law import Law
from advisor.training.teaching import Teaching, read_teaching


def teaching_blocks(case: Case, law: Law) -> Iterator[Block]:
    """The teaching of a case, nothing where it has none. Raises InputError where it is wrong."""
    if not case.teaching:
        return
    teaching = read_teaching(case, law)
    yield Heading(2, "What it teaches")
    about = [f"Level: {teaching.level}." if teaching.level else ""]
    about.append("Proposed, and not yet accepted." if teaching.status == "proposed" else "")
    if any(about):
        yield Paragraph(" ".join(filter(None, about)))
    if teaching.learning_points:
        points = teaching.learning_points
        yield Bullets(tuple(Entry(one.text, note="; ".join(one.authority)) for one in points))
    yield from _told(teaching)
    if teaching.model:
        yield Heading(2, "A good answer says")
        yield Bullets(tuple(Entry(text, f"{key}:") for key, text in teaching.model.items()))
    if teaching.notice:
        yield Paragraph(teaching.notice, lead="Of the notice:")
    if teaching.open_to_judgment:
        yield Heading(2, "Open to judgment")
        judged = teaching.open_to_judgment
        yield Bullets(tuple(Entry(one.why, f"{one.part}, {one.element}:") for one in judged))
    if teaching.letter is not None:
        yield Heading(2, "The faults of the letter")
        texts = {one.id: one.entry.text for one in law.requirements} | teaching.letter.notes
        yield Bullets(tuple(Entry(texts[key], f"{key}:") for key in teaching.letter.faults))
    if case.source:
        yield Heading(2, "Where it comes from")
        yield Bullets(tuple(_origin(key, text) for key, text in case.source.items()))


def _origin(key: str, text: object) -> Entry:
    words = " ".join(map(str, text)) if isinstance(text, list) else str(text)
    return Entry(words, f"{key.replace('_', ' ').capitalize()}:")


def _told(teaching: Teaching) -> Iterator[Block]:
    if teaching.story:
        yield Heading(2, "The story, and what each passage shows")
    for number, passage in enumerate(teaching.story, 1):
        yield Paragraph(passage.text.strip(), lead=f"[{number}]")
        if passage.shows:
            yield Paragraph(f"Shows {', '.join(passage.shows)}.", tone="quiet")
