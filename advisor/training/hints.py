"""Hints, each at a price, from the gentlest to the plainest; none gives an outcome away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from advisor.document.words import provision_words

if TYPE_CHECKING:
    from advisor.training.exercise import Exercise
    from advisor.training.model import PartModel

PRICE = 5  # out of 100, for each hint


def hints(exercise: Exercise) -> tuple[str, ...]:
    """The trainer's own hints first, then where to look for each part of the request."""
    found = list(exercise.teaching.hints)
    for part in exercise.model.parts:
        found.extend(_of(exercise, part))
    if exercise.letter:
        found.append("Most of what the letter lacks it leaves out altogether. Read its end again.")
    return tuple(dict.fromkeys(found))


def _of(exercise: Exercise, part: PartModel) -> Iterator[str]:
    asks = [exercise.law.facts[element.fact].ask for element in part.elements]
    if asks:
        yield f"{part.id}: begin with this. {asks[0]}"
    if len(asks) > 1:
        yield f"{part.id}: it also turns on this. {asks[-1]}"
    limbs = part.provisions + part.engaged
    sections = sorted({provision_words(one).split("(")[0] for one in limbs})
    if sections:
        yield f"{part.id}: look in {' and '.join(sections)}, and then for the limb."
    for balance in part.balances:
        numbers = sorted({n for one in balance.deciding[:1] for n in one.passages})
        if numbers:
            listed = ", ".join(map(str, numbers))
            what = f"passages {listed} show" if len(numbers) > 1 else f"passage {listed} shows"
            yield f"{part.id}: in the balance, weigh what {what}."
