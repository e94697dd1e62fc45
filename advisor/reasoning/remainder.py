"""What is left of the decision of an item when what is known has been put in.

The steps of the order of decision that may still decide, and the balances that may still turn one
of them. A balance is the sign of a sum: with more steps between two weights than there are
factors, comparing sums is comparing the two sides place by place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from advisor.case import Item
from advisor.reasoning.compiled import Chain, compiled
from advisor.reasoning.derivation import Value
from advisor.reasoning.formulas import FALSE, TRUE
from advisor.reasoning.outcome import considered
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS

YES, NO = 0, 1  # the classes of a yes/no variable
NOTHING = 0  # the factor that weighs nothing


class State(NamedTuple):
    """`steps` are (when, outcome), the last of which holds; `sums` and `factors` are by balance.

    `reads` has, as bits, the variables that may still matter; of balances that none of `steps`
    turns on nothing is kept, so that what is left alike is equal.
    """

    steps: tuple[tuple[int, int], ...]
    sums: tuple[int, ...]
    factors: tuple[tuple[int, ...], ...]
    reads: int


def bits(whole: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while whole:
        lowest = whole & -whole
        yield lowest.bit_length() - 1
        whole ^= lowest


class Problem:
    """The decision of one item under one law, and how it shrinks as values are put in."""

    def __init__(self, law: Law, item: Item, circumstances: Mapping[str, Any]) -> None:
        self.law, self.item = law, item
        self.compiled = compiled(law)
        self.formulas = self.compiled.formulas.copy()
        self.variables = self.compiled.variables
        self.findings = tuple(self.compiled.findings.values())
        self._all_findings = sum(1 << one for one in self.findings)
        most = max((len(item.added(key)) for key in law.balances), default=0) + len(law.factors)
        self._worth = (0, *((most + 1) ** step for step in range(len(WEIGHTS) - 1)))
        # The factors that occur, each kept once: (worth, when), the heaviest first.
        self._chains: list[Chain] = [()]
        self._numbers: dict[Chain, int] = {(): NOTHING}
        self._put: dict[tuple[int, int, int], tuple[int, int]] = {}
        self.low, self.high, self.reads = [0], [0], [0]
        self.start = self._start(circumstances)

    def _start(self, circumstances: Mapping[str, Any]) -> State:
        item, made = self.item, self.compiled
        covered = self.formulas.any(made.engaged[limb] for limb in considered(self.law, item))
        steps = tuple(
            (
                self.formulas.all((when, covered)) if gate.entry.limbs == "yes" else when,
                i,
            )
            for i, (gate, when) in enumerate(zip(self.law.gates, made.gates, strict=True))
        )
        sums: list[int] = []
        factors: list[tuple[int, ...]] = []
        for key in self.law.balances:
            total, open_ones = self._balance(key)
            sums.append(total)
            factors.append(open_ones)
        self._outcomes = tuple(dict.fromkeys(gate.entry.outcome for gate in self.law.gates))
        number = {outcome: i for i, outcome in enumerate(self._outcomes)}
        named = [(when, number[self.law.gates[i].entry.outcome]) for when, i in steps]
        self._sums, self._factors = tuple(sums), tuple(factors)
        given = {
            key: made.number[key]
            for key in circumstances
            if key in made.number and circumstances[key] is not None
        }
        return named
