"""What a notice must say, or a mistake, that the checker of letters would never look for."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "unseen-in-a-letter"
SEVERITY = "warning"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each requirement, and each mistake without a sign, that no rule for letters looks for."""
    if not any(book.entries("requirements_in_text")):
        return  # this rulebook does not check letters
    for section in ("requirements", "mistakes"):
        sought = {place.id for place in entries(book, f"{section}_in_text")}
        for place in entries(book, section):
            if place.id not in sought and not getattr(place.entry, "signs", ()):
                right = f"say in `{section}_in_text` how a letter shows it"
                yield place.spot(f"no rule for letters looks for '{place.id}'", right)
