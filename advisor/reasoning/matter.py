"""One item to be decided: what is known of it, what the officer decided, how the case stands.

Everything that reasons about an item takes a `Matter`, so that a changed answer is a new matter
and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.case import Item
from advisor.reasoning.balance import finding
from advisor.reasoning.derivation import Derivation, Range, Value
from advisor.reasoning.known import Known
from advisor.reasoning.outcome import Decision, decide
from advisor.rulebook.law import Law
from advisor.truth import Truth


@dataclass(frozen=True)
class Matter:
    """`circumstances` are those of the case (advisor.rulebook.circumstances.OF_THE_CASE)."""

    known: Known
    item: Item
    circumstances: Mapping[str, Any]

    @property
    def law(self) -> Law:
        return self.known.law

    def with_answer(self, fact: str, value: Value | None) -> Matter:
        """The same matter with one fact answered (None: answered `unknown`)."""
        return replace(self, known=self.known.with_answer(fact, value))

    def strike(self, balance: str, weights: Mapping[str, Range]) -> Truth:
        """The finding of a balance from the ranges of its weights and the officer's own view."""
        return finding(self.law, balance, weights, self.item)

    def everything(self, derivation: Derivation) -> dict[str, Any]:
        """Facts, derived integers, circumstances and conclusions: what conditions read."""
        return {**self.known.values, **self.circumstances, **derivation.conclusions}

    def decide(self, derivation: Derivation) -> Decision:
        """The decision that a derivation gives (three-valued: it may leave several possible)."""
        return decide(self.law, self.everything(derivation), self.item)
