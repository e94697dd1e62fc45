"""The wording of a letter and the parts of a request become the blocks of a document.

Every section and passage of `rules/notices/wording.yaml` is looked at in its order; what its
condition holds for is said. While that is done a list is kept of what was missing, which slots
were used, and which requirements of the notice each part has met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.document.blocks import Block, Bullets, Entry, Heading, Paragraph, Table
from advisor.document.words import provision_words
from advisor.notice.parts import Part, joined
from advisor.notice.set_out import blocks as set_out
from advisor.reasoning.evaluate import check
from advisor.rulebook.conditions import Condition
from advisor.rulebook.law import Law, Section
from advisor.rulebook.model import Passage
from advisor.rulebook.wording import SLOTS, asks_for, fill, slots

INFORMATION = "the information itself, or how it is enclosed"
REQUEST = "what the applicant asked for"
# Texts that may be several paragraphs, lists or tables; others keep the lines that they have.
_OWN_WORDS = ("officer_reason", "review_wording")


def placeholder(asks: str) -> str:
    """How a draft shows what is still wanted."""
    return f"[placeholder: {asks}]"


@dataclass
class Writer:
    """Writes one document. `values` fill the slots that are the same for the whole letter."""

    law: Law
    parts: Sequence[Part]
    values: Mapping[str, str]
    request: str
    missing: dict[str, None] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    met: dict[str, set[str]] = field(default_factory=dict)

    def write(self, document: str) -> tuple[str, tuple[Block, ...]]:
        """The title of a document, which is the heading of its first section, and its blocks."""
        title, found = "", list[Block]()
        for section in self.law.wording:
            if section.document != document or not self._some(section.when):
                continue
            body = list(self._section(section, 3 if title else 2))
            heading = fill(section.heading, self._filled(section.heading, self.values))
            if body and heading and not title:
                title = heading
            elif body and heading:
                found.append(Heading(2, heading))
            found.extend(body)
        return title, tuple(found)

    def is_for_every_part(self, document: str) -> bool:
        """Whether the sections of a document hold for every part of the request."""
        sections = [one for one in self.law.wording if one.document == document]
        return bool(sections) and all(
            check(section.when)(part.known) for section in sections for part in self.parts
        )

    def _some(self, condition: Condition) -> bool:
        return any(check(condition)(part.known) for part in self.parts)

    def _section(self, section: Section, level: int) -> Iterator[Block]:
        """The blocks of a section; `level` is that of the headings in it."""
        if section.parts is None:
            for when in section.passages:
                if self._some(when.when):
                    yield from self._passage(when.entry, self.values, self.parts, level)
            return
        # Parts of which the same is to be said share one text.
        together: dict[tuple[Block, ...], list[Part]] = {}
        several = self._several
        for part in self.parts:
            if check(section.parts)(part.known):
                values = {**self.values, **part.values}
                body = tuple(
                    block
                    for when in section.passages
                    if check(when.when)(part.known)
                    for block in self._passage(when.entry, values, (part,), level + several)
                )
                together.setdefault(body, []).append(part)
        for body, parts in together.items():
            if several:
                yield Heading(level, _name(parts))
            yield from body

    @property
    def _several(self) -> bool:
        return any(part.known["several_parts"] for part in self.parts)

    def _passage(
        self, passage: Passage, values: Mapping[str, str], parts: Sequence[Part], level: int
    ) -> Iterator[Block]:
        if passage.of and not passage.each:
            values = {**values, **parts[0].about(passage.of)}
        if not all(values.get(slot, "").strip() for slot in passage.only_with):
            return
        body = list(self._body(passage, values, parts))
        if not body and not passage.heading:
            return
        for part in parts:
            self.met.setdefault(part.assessed.id, set()).update(passage.meets)
        if passage.heading:
            yield Heading(level, fill(passage.heading, self._filled(passage.heading, values)))
        yield from body

    def _body(
        self, passage: Passage, values: Mapping[str, str], parts: Sequence[Part]
    ) -> Iterator[Block]:
        if passage.insert == "request":
            yield from set_out(self.request) or [self._wanted(REQUEST)]
        elif passage.insert == "information":
            yield from set_out(parts[0].item.disclose) or [self._wanted(INFORMATION, parts[0])]
        elif passage.insert == "decisions":
            yield self._decisions()
        elif passage.each == "provision":
            for each in parts[0].each(passage.each, passage.of):
                yield self._paragraph(passage, {**values, **each})
        elif passage.each:
            entries = [
                Entry(*self._words(passage, {**values, **each})[::-1])
                for each in parts[0].each(passage.each, passage.of)
            ]
            if entries:
                yield Bullets(tuple(entries))
        elif (alone := _alone(passage)) and values.get(alone, "").strip():
            yield from self._in_own_words(passage, alone, values)
        elif passage.text:
            yield self._paragraph(passage, values)

    def _in_own_words(
        self, passage: Passage, slot: str, values: Mapping[str, str]
    ) -> Iterator[Block]:
        """A passage that is nothing but one value: it is set out as it was written."""
        lead, _ = self._words(passage, values)
        if slot in SLOTS and slot not in _OWN_WORDS:
            yield Paragraph(values[slot].strip(), lead)
            return
        first, *rest = set_out(values[slot])
        if isinstance(first, Paragraph):
            yield Paragraph(first.text, lead)
        else:
            yield from (Paragraph("", lead), first) if lead else (first,)
        yield from rest

    def _paragraph(self, passage: Passage, values: Mapping[str, str]) -> Paragraph:
        lead, text = self._words(passage, values)
        return Paragraph(text, lead)

    def _words(self, passage: Passage, values: Mapping[str, str]) -> tuple[str, str]:
        """Lead and text, filled."""
        lead, text = (
            " ".join(fill(words, self._filled(words, values)).split())
            for words in (passage.lead, passage.text)
        )
        return lead, text

    def _filled(self, words: str, values: Mapping[str, str]) -> dict[str, str]:
        """A value for every slot of some words; where there is none, a placeholder."""
        found: dict[str, str] = {}
        for slot in slots(Passage("", text=words)):
            value = values.get(slot, "").strip()
            if not value and slot in values and slot in ("interest", "reason"):
                found[slot] = ""  # a consideration may have the one without the other
                continue
            if not value:
                asks = asks_for(slot, self.law.facts)
                self.missing[asks] = None
                value = placeholder(asks)
            self.used[slot] = None
            found[slot] = value
        return found

    def _wanted(self, asks: str, part: Part | None = None) -> Paragraph:
        where = f" (part {part.number})" if part is not None and self._several else ""
        self.missing[asks + where] = None
        return Paragraph(placeholder(asks))

    def _decisions(self) -> Block:
        """The decision on each part: a table, or a sentence where there is one part only."""
        if not self._several:
            (part,) = self.parts
            cited = joined(map(provision_words, part.assessed.provisions))
            return Paragraph(f"{self._label(part)}{f' ({cited})' if cited else ''}.", tone="strong")
        labels = next((one for one in self.law.wording if one.document == "label"), None)
        header = tuple(one.strip() for one in labels.heading.split("|")) if labels else ("",) * 4
        rows = (
            (
                str(part.number),
                part.description,
                self._label(part),
                joined(map(provision_words, part.assessed.provisions)) or "None",
            )
            for part in self.parts
        )
        return Table(header, tuple(rows))

    def _label(self, part: Part) -> str:
        labels = (w for one in self.law.wording if one.document == "label" for w in one.passages)
        return next((w.entry.text for w in labels if check(w.when)(part.known)), "")


def _alone(passage: Passage) -> str:
    """The slot that is all of a passage's text, if one is."""
    found: tuple[Any, ...] = slots(Passage("", text=passage.text))
    return found[0] if len(found) == 1 and passage.text.strip() == f"{{{found[0]}}}" else ""


def _name(parts: Iterable[Part]) -> str:
    numbers = list(parts)
    if len(numbers) == 1:
        return f"Part {numbers[0].number}: {numbers[0].description}"
    return f"Parts {joined(str(part.number) for part in numbers)}"
