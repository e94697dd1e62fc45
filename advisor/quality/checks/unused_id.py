"""Entries that nothing reads: facts, conclusions, findings, sources, outcomes, signs of letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from advisor.quality.checks.places import Spot, authorities, entries
from advisor.rulebook.book import Book
from advisor.rulebook.checking_signs import conditions
from advisor.rulebook.conditions import names, parse
from advisor.rulebook.law import Law
from advisor.rulebook.signs import BY_NAME
from advisor.rulebook.wording import slots

NAME = "unused-id"
SEVERITY = "warning"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LIST = re.compile(r"\{([a-z][a-z0-9_]*)\}")

# Text that people read, and lists that name an entry without making anything of it.
_NOT_READING = {
    "about", "sources", "order_of_questions", "precedents", "title", "ask", "help", "keep",
    "means", "because", "limits", "why", "interest", "act", "question", "authority", "remarks",
    "choices", "text", "lead", "heading", "statement", "id", "outcome", "decides", "accepted",
}  # fmt: skip


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each entry that no condition, limb, balance, requirement or text makes anything of."""
    read = set(_read(book))
    for section, what in (("facts", "fact"), ("derived", "number"), ("conclusions", "conclusion")):
        for place in entries(book, section):
            if place.id not in read:
                yield place.spot(f"no rule reads the {what} '{place.id}'", "use it, or drop it")
    for place in entries(book, "balances"):
        if place.entry.decides not in read:
            text = f"no rule reads the finding '{place.entry.decides}'"
            yield place.spot(text, "let a step or a rule read it", ("decides",))
    cited = {one.source for _, _, one in authorities(book)}
    for place in entries(book, "sources"):
        if place.id not in cited:
            yield place.spot(f"nothing cites the source '{place.id}'", "cite it, or drop it")
    given = {place.entry.outcome for place in entries(book, "order_of_decision")}
    for place in entries(book, "outcomes"):
        if place.entry.kind != "undetermined" and place.id not in given:
            yield place.spot(f"no step decides '{place.id}'", "give it a step, or drop it")
    yield from _of_letters(book)


def _of_letters(book: Book) -> Iterator[Spot]:
    """Each sign, reading or word list that no rule for letters reads, nor the checker by name."""
    read, listed = set(BY_NAME), set[str]()
    for file in book.files.values():
        for _, condition in conditions(file):
            read |= names(parse(condition))
        for sought in file.requirements_in_text.values():
            read.update(sought.look_at)
        for many in file.mistakes_in_text.values():
            read.update(name for one in many for name in one.look_at)
        phrases = [
            one for sign in file.signs_in_text.values() for one in sign.phrases + sign.unless
        ]
        for phrase in (*phrases, *(one for group in file.word_lists.values() for one in group)):
            listed.update(_LIST.findall(phrase))
    for section, known in (
        ("signs_in_text", read), ("readings_of_text", read), ("word_lists", listed),
    ):  # fmt: skip
        for place in entries(book, section):
            if place.id not in known:
                yield place.spot(f"no rule for letters reads '{place.id}'", "use it, or drop it")


def _read(book: Book) -> Iterator[str]:
    """Every name that something makes use of."""
    for document in book.documents.values():
        yield from _names(document.data)
    for section in ("not_counted", "dimensions"):
        for place in entries(book, section):
            yield place.id
    for place in entries(book, "wording"):
        for passage in place.entry.passages:
            yield from (name.removeprefix("note.") for name in slots(passage))


def _names(data: Any) -> Iterator[str]:
    """Words that may be names, in all but plain text: a miss is better than a false alarm."""
    if isinstance(data, str):
        yield from _NAME.findall(data)
    elif isinstance(data, list):
        for one in data:
            yield from _names(one)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _NOT_READING:
                yield from _names(value)
