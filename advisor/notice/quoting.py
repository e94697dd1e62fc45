"""Which of the officer's own words a letter quotes, so that somebody reads them before it goes.

Descriptions, reasons and notes are written for the file, and may name a witness or a suspect. What
counts is what the letter says, however it came there: words count as quoted where they stand in it,
unless its standing wording or the request has them anyway, as of a note that is one short word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.case import Case, Item
from advisor.document.blocks import Block, Bullets, Table, clean
from advisor.rulebook.law import Law

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Quoted:
    """Words of the officer's in a letter, and where they were written."""

    where: str
    text: str


def quoted(case: Case, law: Law, letter: Iterable[Block]) -> tuple[Quoted, ...]:
    """What a letter quotes of a case beside the request, in the order of the case, each once.

    What stands within a longer quotation is not named again.
    """
    said = _words(" ".join(text for block in letter for text in _texts(block)))
    standing = _words(" ".join((case.request, *_standing(law))))
    found: dict[str, Quoted] = {}
    for where, text in _written(case, law):
        words = _words(text)
        if words.strip() and words in said and words not in standing:
            found.setdefault(words, Quoted(where, " ".join(text.split())))
    return tuple(
        one
        for words, one in found.items()
        if not any(words in longer for longer in found if longer != words)
    )


def _standing(law: Law) -> Iterator[str]:
    """What letters say whatever the case."""
    for section in law.wording:
        yield section.heading
        for when in section.passages:
            yield f"{when.entry.heading} {when.entry.lead} {when.entry.text}"


def _written(case: Case, law: Law) -> Iterator[tuple[str, str]]:
    """All that an officer wrote in a case that a letter may say, with where it was written."""
    for key, text in case.notes.items():
        yield f"request, note on {key}", text
    for number, item in enumerate(case.items, 1):
        for where, text in _of_part(item, law):
            yield f"part {number}, {where}", text


def _of_part(item: Item, law: Law) -> Iterator[tuple[str, str]]:
    yield "description", item.description
    yield "disclose", item.disclose
    for key, text in item.facts.items():
        if law.facts[key].type == "text":
            yield key, text
    for key, text in item.notes.items():
        yield f"note on {key}", text
    for balance in ("content", "confirm_or_deny"):
        for factor, weighing in item.weighings(balance).items():
            yield f"reason for the weight of {factor}", weighing.reason
        for added in item.added(balance):
            yield "consideration added", added.interest
            yield "reason for the consideration added", added.reason
        if (concluded := item.concluded(balance)) is not None:
            yield "reason for the conclusion", concluded.reason


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Bullets):
        yield from (f"{one.lead} {one.text} {one.note}" for one in block.entries)
    elif isinstance(block, Table):
        yield from (cell for row in (block.header, *block.rows) for cell in row)
    else:
        yield f"{getattr(block, 'lead', '')} {block.text}"


def _words(text: str) -> str:
    """The words of a text alone, so that lists and tables compare with what was written."""
    return f" {' '.join(_WORD.findall(clean(text)))} "
