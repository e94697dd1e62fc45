"""Conditions that can never hold, and two entries that say different things of one situation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from advisor.quality.checks.places import Place, Spot, conditioned, in_force
from advisor.quality.satisfiable import Space, shown, space
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "contradiction"
SEVERITY = "error"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Conditions that contradict themselves, then rules or signs that contradict each other."""
    every = space(law)
    able: list[Place] = []
    for place in conditioned(book):
        if not in_force(book, place, law.as_at):
            continue
        if every.possible(every.formula(place.when)):
            able.append(place)
        else:
            yield place.spot("this can never hold, whatever is answered", at=("when",))
    for one, other in combinations(able, 2):
        if (one.section, one.owner) == (other.section, other.owner) and _says(one) != _says(other):
            yield from _opposed(every, one, other)


def _says(place: Place) -> object:
    """What is said when the condition holds, where two entries can say different things."""
    return getattr(place.entry, "weight", None) or getattr(place.entry, "level", None)


def _opposed(every: Space, one: Place, other: Place) -> Iterator[Spot]:
    if every.equivalent(one.when, other.when):
        example = shown(every.example(every.formula(one.when)))
        text = (
            f"it holds exactly when '{one.id}' holds, and says '{_says(other)}' where that says "
            f"'{_says(one)}' (with {example})"
        )
        yield other.spot(text, "keep one, or tell the two situations apart", ("when",))
