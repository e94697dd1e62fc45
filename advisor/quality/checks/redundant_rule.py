"""Rules without which nothing would change: others hold whenever they do and weigh as much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from advisor.quality.checks.places import Place, Spot, in_force, rules
from advisor.quality.satisfiable import Space, space
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS

NAME = "redundant-rule"
SEVERITY = "warning"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each rule that the others of its conclusion or factor make idle; of two alike, the later."""
    every = space(law)
    together: dict[str, list[Place]] = defaultdict(list)
    for place in rules(book):
        if in_force(book, place, law.as_at) and every.possible(every.formula(place.when)):
            together[place.owner].append(place)
    for some in together.values():
        kept = list(some)
        for place in reversed(some):
            others = [
                one
                for one in kept
                if one is not place
                and _weight(one) >= _weight(place)
                and not _opposed(every, one, place)
            ]
            if covering := _covering(every, place, others):
                kept.remove(place)
                names = ", ".join(f"'{one.id}'" for one in covering)
                text = f"'{place.id}' changes nothing: where it holds, {names} holds as well"
                yield place.spot(text, "drop it, or say what it adds", ("when",))


def _weight(place: Place) -> int:
    return WEIGHTS.index(place.entry.weight or "none")


def _opposed(every: Space, one: Place, other: Place) -> bool:
    """Two rules that differ in nothing but their weight are a contradiction, not a spare."""
    return _weight(one) != _weight(other) and every.equivalent(one.when, other.when)


def _covering(every: Space, place: Place, others: list[Place]) -> list[Place]:
    """The others of which one holds whenever this one does: a single one, or all; else none."""
    here = every.formula(place.when)
    denials = [every.formula(one.when, False) for one in others]
    for one, denial in zip(others, denials, strict=True):
        if every.implies(here, denial):
            return [one]
    return others if others and every.implies(here, every.all(*denials)) else []
