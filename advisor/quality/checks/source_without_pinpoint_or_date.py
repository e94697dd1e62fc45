"""Sources without the day on which they were read, and rules that cite one for nothing special."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries, rules
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "source-without-pinpoint-or-date"
SEVERITY = "warning"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each source without `read`, and each rule's citation with neither `at` nor `point`."""
    for place in entries(book, "sources"):
        if place.entry.kind != "unverified" and place.entry.read is None:
            text = f"when '{place.id}' was read is not said"
            yield place.spot(text, "give `read`, the day as YYYY-MM-DD")
    for place in (*rules(book), *entries(book, "order_of_decision")):
        for i, authority in enumerate(place.entry.authority):
            if authority.source and not (authority.at or authority.point):
                text = f"'{place.id}' cites '{authority.source}' without saying where or for what"
                right = "give `at` (the paragraph) or `point` (what it is cited for)"
                yield place.spot(text, right, ("authority", i))
