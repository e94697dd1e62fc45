"""Marking what is claimed and not asked for: facts that the case contradicts are claimed too much.

What the case does not say is marked neither way, and a claim that is true earns nothing, so that
claiming everything does not pay.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.reasoning.known import UNKNOWN
from advisor.rulebook.law import Law
from advisor.training.answers import PartAnswer
from advisor.training.marks import Mark, as_given, shown_on
from advisor.training.model import PartModel, plain_answer, same_answer


def claim_marks(law: Law, model: PartModel, answer: PartAnswer) -> Iterator[Mark]:
    """A mark for each claim about a part that the facts of the case contradict."""
    settled = {element.fact for element in model.elements} | model.judged
    for fact in sorted({*answer.elements} - settled):
        said, stated = answer.elements[fact], plain_answer(model.stated.get(fact, UNKNOWN))
        open_ = UNKNOWN in (stated, plain_answer(said.answer))
        if not open_ and not same_answer(said.answer, stated):
            where = shown_on(model.shown.get(fact, frozenset()))
            yield Mark(
                f"{model.id}/elements/{fact}",
                "elements",
                law.facts[fact].ask,
                "wrong",
                as_given(said.answer, said.on),
                stated,
                f"Claimed too much: the answer is {stated}{where}.",
                tuple(law.cites(law.facts[fact].authority)),
            )
    excluded = {fact for fact, _, _ in model.not_counted}
    for fact in sorted({*answer.not_counted} - excluded):
        if plain_answer(model.stated.get(fact, "no")) != "yes":
            yield Mark(
                f"{model.id}/not_counted/{fact}",
                "not-counted",
                f"Not to be counted: {fact}",
                "wrong",
                fact,
                "none",
                "Claimed too much: nothing in the facts raises it.",
                tuple(law.cites(law.not_counted[fact].authority)),
            )
