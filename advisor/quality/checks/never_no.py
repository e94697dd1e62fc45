"""Conclusions that no answers make no."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries
from advisor.quality.satisfiable import space
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "never-no"
SEVERITY = "warning"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each conclusion of which some rule holds, whatever is answered."""
    every = space(law)
    for place in entries(book, "conclusions"):
        if not every.possible(every.conclusion(place.id, holds=False)):
            text = f"'{place.id}' is never no, whatever is answered"
            yield place.spot(text, "look for a condition that is always met")
