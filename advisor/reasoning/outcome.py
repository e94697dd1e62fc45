"""The order of decision: from what is derived of an item to its outcome and what it relies on.

The steps are data (`order_of_decision`). The first that holds decides; a step that may hold makes
its outcome possible and the next step is looked at as well, so an item has one outcome exactly
when every reading of what is open gives the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.case import Item
from advisor.reasoning.evaluate import check
from advisor.rulebook.conditions import is_part
from advisor.rulebook.law import Law, When
from advisor.truth import Truth, conj, disj


@dataclass(frozen=True)
class Decision:
    """What the order of decision gives: `possible` in its order; `step` is the one that decides."""

    possible: tuple[str, ...]
    step: When | None
    provisions: tuple[str, ...]

    @property
    def outcome(self) -> str | None:
        """The one outcome, or None while there are several."""
        return self.possible[0] if len(self.possible) == 1 else None


def considered(law: Law, item: Item) -> tuple[str, ...]:
    """The limbs that are tested for an item: those it names, else every one of the rulebook."""
    if item.consider is None:
        return tuple(law.limbs)
    return tuple(
        limb
        for limb in law.limbs
        if any(is_part(limb, one) or is_part(one, limb) for one in item.consider)
    )


def engaged(law: Law, known: Mapping[str, Any], limbs: tuple[str, ...]) -> Truth:
    """Whether some limb of `limbs` covers the information."""
    return disj(known.get(law.limbs[limb].engaged) for limb in limbs)


def holds(step: When, law: Law, known: Mapping[str, Any], limbs: tuple[str, ...]) -> Truth:
    """Whether a step of the order decides; `known` has facts, circumstances and conclusions."""
    truth = check(step.when)(known)
    if step.entry.limbs == "no":
        return truth
    return conj((truth, engaged(law, known, limbs)))


def decide(law: Law, known: Mapping[str, Any], item: Item) -> Decision:
    """The outcome of an item from everything that is known of it (see `holds`)."""
    limbs = considered(law, item)
    possible: list[str] = []
    deciding: When | None = None
    for step in law.gates:
        truth = holds(step, law, known, limbs)
        if truth is False:
            continue
        if step.entry.outcome not in possible:
            possible.append(step.entry.outcome)
        if truth:
            deciding = step
            break
    if len(possible) > 1 or deciding is None:
        return Decision(tuple(possible), None, ())
    return Decision(tuple(possible), deciding, relied_on(law, deciding, known, limbs))


def relied_on(
    law: Law, step: When, known: Mapping[str, Any], limbs: tuple[str, ...]
) -> tuple[str, ...]:
    """The provisions that a step relies on, sorted: its own, or every limb shown engaged."""
    if step.entry.limbs == "no":
        return tuple(sorted(step.entry.provisions))
    return tuple(sorted(limb for limb in limbs if known.get(law.limbs[limb].engaged)))
