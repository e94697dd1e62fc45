"""Conclusions that no answers make yes."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries
from advisor.quality.satisfiable import space
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "never-yes"
SEVERITY = "error"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each conclusion whose rules all fail, whatever is answered."""
    every = space(law)
    for place in entries(book, "conclusions"):
        rules = law.conclusions[place.id].rules
        if not place.entry.rules:
            yield place.spot(f"'{place.id}' has no rule, so it is never yes", "write its rules")
        elif rules and not every.possible(every.conclusion(place.id)):
            text = f"'{place.id}' is never yes, whatever is answered"
            yield place.spot(text, "look for tests that exclude each other")
