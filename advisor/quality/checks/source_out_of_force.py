"""Rules that rest on a source past its time."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Place, Spot, entries, in_force, last_day, rules
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.model import Authority, Source

NAME = "source-out-of-force"
SEVERITY = "warning"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each rule in force after its source is not, or whose source was overtaken without a word."""
    for place in (*rules(book), *entries(book, "order_of_decision")):
        if not in_force(book, place, law.as_at):
            continue
        for i, authority in enumerate(place.entry.authority):
            source = law.sources.get(authority.source)
            said = _why(place, authority, source, law, last_day(book, place)) if source else ""
            if said:
                right = "cite what is in force, or end the rule on the day its source ended"
                yield place.spot(said, right, ("authority", i))


def _why(place: Place, authority: Authority, source: Source, law: Law, last: object) -> str:
    """What is out of force of a source that is cited, or nothing."""
    until = source.in_force_until
    if until is not None and str(last) > str(until) and law.as_at > until:
        return f"'{place.id}' rests on '{authority.source}', in force until {until}"
    if source.in_force_from is not None and law.as_at < source.in_force_from:
        return f"'{place.id}' rests on '{authority.source}' before {source.in_force_from}"
    if source.overtaken_by and not (authority.point or _mentions(place.entry.limits)):
        return f"'{place.id}' rests on '{authority.source}', overtaken by {source.overtaken_by}"
    return ""


def _mentions(limits: str) -> bool:
    """Whether limits say that something has been overtaken."""
    said = limits.casefold()
    return any(word in said for word in ("overtaken", "older", "former", "replaced", "superseded"))
