"""Questions that no answer helps with: no help, one choice, or choices that come to the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from advisor.quality.checks.places import Spot, entries
from advisor.quality.satisfiable import space
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.model import Dimension

NAME = "dead-end-question"
SEVERITY = "warning"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each question that an officer cannot answer to any effect."""
    every = space(law)
    for place in entries(book, "facts"):
        fact = place.entry
        if not fact.help.strip():
            yield place.spot(f"'{place.id}' is asked without a word of help", "write its `help`")
        if fact.type == "choice" and len(fact.choices) == 1:
            yield place.spot(f"'{place.id}' has one choice", "give it others", ("choices",))
        elif every.settles_nothing(place.id) and place.id not in law.dimensions:
            text = f"'{place.id}' is read, but every answer to it comes to the same"
            yield place.spot(text, "test what makes a difference, or do not ask")
        elif fact.type == "choice":
            for one, other in _alike(every.alike(place.id), law.dimensions.get(place.id)):
                text = f"nothing tells '{other}' from '{one}' among the answers to '{place.id}'"
                yield place.spot(text, "make one choice of them", ("choices", other))


def _alike(
    classes: list[tuple[str, ...]], dimension: Dimension | None
) -> Iterator[tuple[str, str]]:
    """Pairs of choices that come to the same, by which decided matters are not set apart either."""
    steps: list[tuple[str, ...]] = []
    if dimension:
        steps = [*dimension.disclose, dimension.neither, *dimension.maintain]
    for values in classes:
        for one, other in pairwise(values):
            if dimension is None or any({one, other} <= set(step) for step in steps):
                yield one, other
