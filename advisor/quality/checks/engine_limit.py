"""Rules that the rule engine cannot carry, so that nothing could be derived twice."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, rules
from advisor.reasoning.durable import refusals
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "engine-limit"
SEVERITY = "error"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each rule past a measured limit of the engine, and which."""
    places = {place.id: place for place in rules(book)}
    for rule, reason in refusals(law):
        text = f"the rule engine cannot carry '{rule}': {reason}"
        yield places[rule].spot(text, "make a conclusion of a part of it", ("when",))
