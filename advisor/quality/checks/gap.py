"""Answers that leave something undetermined though everything is answered."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import Spot, entries
from advisor.quality.satisfiable import Space, shown, space
from advisor.rulebook.book import Book
from advisor.rulebook.conditions import In
from advisor.rulebook.law import Law

NAME = "gap"
SEVERITY = "error"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """An order of decision that can come to its end, and refusals that have no route."""
    every = space(law)
    steps = list(entries(book, "order_of_decision"))
    none = every.example(every.all(*(every.step(gate, False) for gate in law.gates)))
    if none is not None and steps and law.gates:
        text = f"no step of the order of decision holds with {shown(none)}"
        yield steps[-1].spot(text, "end with a step that holds always")
    if law.routes:
        yield from _without_route(book, law, every)


def _without_route(book: Book, law: Law, every: Space) -> Iterator[Spot]:
    """Refusals of which no route says what to send."""
    no_route = every.all(*(every.formula(route.when, False) for route in law.routes))
    given = {gate.entry.outcome for gate in law.gates}
    for place in entries(book, "outcomes"):
        if place.entry.kind != "refused" or place.id not in given or not every.knows("outcome"):
            continue
        refused = every.formula(In("outcome", (place.id,)))
        example = every.example(every.all(refused, no_route))
        if example is not None:
            text = f"no route says what to send with {shown(example)}"
            yield place.spot(text, "write a route for it")
