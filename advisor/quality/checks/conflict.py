"""Steps and routes that cannot both be meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from advisor.quality.checks.places import Place, Spot, conditioned, in_force
from advisor.quality.satisfiable import Answers, Space, shown, space
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law, When

NAME = "conflict"
SEVERITY = "error"


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Steps that earlier ones never let through, then routes that differ only in what they say."""
    every = space(law)
    steps = [p for p in conditioned(book, "order_of_decision") if in_force(book, p, law.as_at)]
    yield from _steps(every, steps, law.gates)
    routes = [p for p in conditioned(book, "routes") if in_force(book, p, law.as_at)]
    for one, other in combinations(routes, 2):
        if one.entry.notice != other.entry.notice and every.equivalent(one.when, other.when):
            example = shown(every.example(every.formula(one.when)))
            text = (
                f"it holds exactly when '{one.id}' holds, and they differ on whether a notice is "
                f"due (with {example})"
            )
            yield other.spot(text, "tell the two situations apart", ("when",))


def _steps(every: Space, places: list[Place], gates: tuple[When, ...]) -> Iterator[Spot]:
    """Each step that is never the first to hold; the answers show an earlier one deciding."""
    not_yet = [every.all()]  # before each step: that none of the earlier ones held
    for i, (place, gate) in enumerate(zip(places, gates, strict=True)):
        here = every.step(gate)
        # A step that can never hold at all is a contradiction, and said there.
        if every.possible(here) and not every.possible(every.all(here, not_yet[i])):
            first, example = _deciding(every, here, gates[:i], not_yet)
            text = (
                f"'{gate.id}' is never reached: earlier steps decide wherever it holds, such as "
                f"'{first.id}', '{first.entry.outcome}', with {shown(example)}"
            )
            yield place.spot(text, "put it earlier, or narrow what comes before it", ("when",))
        not_yet.append(every.all(not_yet[i], every.step(gate, False)))


def _deciding(
    every: Space, here: int, earlier: tuple[When, ...], not_yet: list[int]
) -> tuple[When, Answers | None]:
    """The step that decides instead, one that alone is enough if there is one; and when it does."""
    deciding = [
        (gate, when)
        for gate, before in zip(earlier, not_yet, strict=False)
        if every.possible(when := every.all(here, before, every.step(gate)))
    ]
    alone = [one for one in deciding if every.implies(here, every.step(one[0], False))]
    gate, when = (alone or deciding)[0]
    return gate, every.example(when)
