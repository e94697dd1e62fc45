"""Decided matters that contradict each other.

Two do where one, on what was read of the other, would oblige to decide it the other way; and
where they decided the same information differently, whatever their records say. Decisions do
conflict; a matter in such a pair is to be marked `unsettled`, and then obliges to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from advisor.reasoning.precedents import Decided, Library, holds_of, overlap


@dataclass(frozen=True)
class Contradiction:
    """`one` would decide `other` the other way, or did decide the same information differently."""

    kind: Literal["a_fortiori", "same_information"]
    one: Decided
    other: Decided

    @property
    def settled(self) -> bool:
        """Whether the library treats both as law all the same: a contradiction left standing."""
        return self.one.settled and self.other.settled


def contradictions(library: Library) -> Iterator[Contradiction]:
    """Every contradiction between matters of one balance, each direction by itself."""
    for matters in library.values():
        for one, other in permutations(matters, 2):
            if one.side == other.side:
                continue
            if overlap(one.limbs, other.limbs) and holds_of(one, other.point):
                yield Contradiction("a_fortiori", one, other)
            elif one.ref < other.ref and same_information(one, other):
                yield Contradiction("same_information", one, other)


def same_information(one: Decided, other: Decided) -> bool:
    """Whether two linked matters were decided on the same piece of information."""
    linked = other.ref in one.matter.linked or one.ref in other.matter.linked
    return linked and one.part.id == other.part.id
