"""Rules that do not say where they should not be relied on."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries, rules
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "missing-limits"
SEVERITY = "error"
_NOTHING = {"", "none", "no", "nil", "n/a", "na", "not applicable", "no limits", "-", "–", "?"}


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each rule, step, derived number or decided matter whose `limits` say nothing."""
    limited = [p for s in ("order_of_decision", "derived", "precedents") for p in entries(book, s)]
    for place in (*rules(book), *limited):
        if place.entry.limits.strip().rstrip(".").casefold() in _NOTHING:
            text = f"'{place.id}' does not say where it should not be relied on"
            yield place.spot(text, "say in `limits` where it stops working", ("limits",))
