"""Rules that rest on something nobody has checked, and do not say so in their limits."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries, rules
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "unverified-without-limits"
SEVERITY = "warning"
_SAID = ("not verified", "unverified", "not been verified", "nobody has checked", "not checked")


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each rule or step that cites an unverified source without a word of it in `limits`."""
    for place in (*rules(book), *entries(book, "order_of_decision")):
        for i, authority in enumerate(place.entry.authority):
            source = law.sources.get(authority.source)
            limits = place.entry.limits.casefold()
            if source and source.kind == "unverified" and not any(w in limits for w in _SAID):
                what = f": {authority.point}" if authority.point else ""
                text = f"'{place.id}' rests on something not verified and does not say so{what}"
                yield place.spot(text, "say in `limits` what is not verified", ("authority", i))
