"""What is left of the decision of an item when what is known has been put in.

The steps of the order of decision that may still decide, and the balances that may still turn one
of them. A balance is the sign of a sum: with more room between two weights than there are factors,
comparing the sums of the sides is comparing the sides place by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from advisor.case import Item
from advisor.reasoning.compiled import Chain, Compiled, compiled
from advisor.reasoning.derivation import Value
from advisor.reasoning.formulas import FALSE, TRUE, Formulas
from advisor.reasoning.outcome import considered
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS

YES, NO = 0, 1  # the classes of a yes/no variable
NOTHING = 0  # the factor that adds nothing


class State(NamedTuple):
    """`steps` are (when, outcome), the last of which holds; `sums` and `factors` are by balance.

    `reads` has, as bits, the variables that may still matter. Of a balance that no step turns on
    nothing is kept, so that states which come to the same are often equal.
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


class Factors:
    """What factors add to a sum, as numbers; like Formulas, each is kept once.

    `low` and `high` are the bounds of what a factor may add, `reads` the variables it depends on.
    """

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas
        self._chains: list[Chain] = [()]
        self._numbers: dict[Chain, int] = {(): NOTHING}
        self._put: dict[tuple[int, int], dict[int, tuple[int, int]]] = {}
        self.low, self.high, self.reads = [0], [0], [0]

    def keep(self, chain: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """A factor that adds the worth of the first part that holds: (factor, what it adds anyway).

        `chain` has (worth, when), the heaviest first.
        """
        parts: list[tuple[int, int]] = []
        floor = 0
        for worth, when in chain:
            if when == TRUE:
                floor = worth
                break
            if when != FALSE:
                parts.append((worth, when))
        if not parts:
            return NOTHING, floor
        key = tuple((worth - floor, when) for worth, when in parts)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._chains)
            self._chains.append(key)
            self.low.append(min(key[0][0], 0))
            self.high.append(max(key[0][0], 0))
            reads = 0
            for _, when in key:
                reads |= self._formulas.reads[when]
            self.reads.append(reads)
        return number, floor

    def put(self, factor: int, variable: int, value: int) -> tuple[int, int]:
        """The factor that is left when `variable` is in class `value`, and what it then adds."""
        if not self.reads[factor] >> variable & 1:
            return factor, 0
        known = self._put.setdefault((variable, value), {})
        found = known.get(factor)
        if found is None:
            put = self._formulas.put
            chain = [(worth, put(when, variable, value)) for worth, when in self._chains[factor]]
            found = known[factor] = self.keep(chain)
        return found


class Problem:
    """The decision of one item, and how it shrinks as values are put in.

    `decision` is what there is to decide when nothing is answered. Not for several threads.
    """

    def __init__(self, law: Law, item: Item, circumstances: Mapping[str, Any]) -> None:
        self.law, self.item = law, item
        self.compiled: Compiled = compiled(law)
        self.formulas = self.compiled.formulas.copy()
        self.factors = Factors(self.formulas)
        self.findings = tuple(self.compiled.findings.values())
        self._finding_bits = sum(1 << one for one in self.findings)
        most = max((len(item.added(key)) for key in law.balances), default=0) + len(law.factors)
        self._worth = (0, *((most + 1) ** step for step in range(len(WEIGHTS) - 1)))
        struck = [self._balance(key) for key in law.balances]
        self._sums = tuple(total for total, _ in struck)
        self._factors = tuple(factors for _, factors in struck)
        self.outcomes = tuple(dict.fromkeys(gate.entry.outcome for gate in law.gates))
        self._circumstances = circumstances
        self.decision = self._from(self._steps())

    def finding(self, balance: str) -> State:
        """What there is to decide when only the finding of a balance is wanted: 1 if it is yes."""
        found = self.formulas.literal(self.compiled.findings[balance], 1 << YES)
        return self._from([(found, 1), (TRUE, 0)])

    def _steps(self) -> Iterator[tuple[int, int]]:
        limbs = considered(self.law, self.item)
        covered = self.formulas.any(self.compiled.engaged[limb] for limb in limbs)
        for gate, when in zip(self.law.gates, self.compiled.gates, strict=True):
            if gate.entry.limbs == "yes":
                when = self.formulas.all((when, covered))
            yield when, self.outcomes.index(gate.entry.outcome)

    def _balance(self, key: str) -> tuple[int, tuple[int, ...]]:
        """(what is sure of the sum, the factors that are open), with what the officer weighed."""
        total, factors = 0, []
        for added in self.item.added(key):
            total += self._added(added.side, WEIGHTS.index(added.weight))
        own = self.item.weighings(key)
        for one in self.law.balance_factors[key]:
            if one.name in own:
                total += self._added(one.side, WEIGHTS.index(own[one.name].weight))
                continue
            chain = [(self._added(one.side, w), when) for w, when in self.compiled.factors[one.id]]
            factor, anyway = self.factors.keep(chain)
            total += anyway
            factors.append(factor)
        return total, tuple(factors)

    def _added(self, side: str, weight: int) -> int:
        return self._worth[weight] if side == "maintain" else -self._worth[weight]

    def _from(self, steps: Iterable[tuple[int, int]]) -> State:
        state = self._settled(steps, self._sums, self._factors)
        for key, finding in self.compiled.findings.items():
            own = self.item.concluded(key)
            if own is not None:
                state = self.put(state, finding, YES if own.result == "maintain" else NO)
        return self.known(state, self._circumstances)

    def known(self, state: State, values: Mapping[str, Value]) -> State:
        """What is left of a state when values are put in; names that decide nothing are ignored."""
        for name, value in values.items():
            variable = self.compiled.number.get(name)
            if variable is not None and state.reads >> variable & 1:
                state = self.put(state, variable, self.compiled.variables[variable].of(value))
        return state

    def put(self, state: State, variable: int, value: int) -> State:
        """What is left of a state when `variable` is in class `value`."""
        if not state.reads >> variable & 1:
            return state
        put = self.formulas.put
        steps = [(put(when, variable, value), outcome) for when, outcome in state.steps]
        sums, factors = list(state.sums), list(state.factors)
        for i, open_ones in enumerate(factors):
            if open_ones:
                factors[i], more = self._put_factors(open_ones, variable, value)
                sums[i] += more
        return self._settled(steps, sums, factors)

    def _put_factors(
        self, factors: tuple[int, ...], variable: int, value: int
    ) -> tuple[tuple[int, ...], int]:
        reads, left, total = self.factors.reads, [], 0
        for factor in factors:
            if reads[factor] >> variable & 1:
                factor, added = self.factors.put(factor, variable, value)
                total += added
            if factor != NOTHING:
                left.append(factor)
        return tuple(left), total

    def _settled(
        self,
        steps: Iterable[tuple[int, int]],
        sums: Iterable[int],
        factors: Iterable[tuple[int, ...]],
    ) -> State:
        """A state with every finding put in that its factors leave no doubt of."""
        steps = self._shortened(steps)
        sums, factors = list(sums), list(factors)
        reads = 0
        for when, _ in steps:
            reads |= self.formulas.reads[when]
        turning: set[int] = set()
        while True:
            for i, finding in enumerate(self.findings):
                if reads >> finding & 1 and i not in turning:
                    turning.add(i)
                    sure = self._sign(sums[i], factors[i])
                    if sure is not None:
                        state = State(steps, tuple(sums), tuple(factors), reads)
                        return self.put(state, finding, sure)
                    for factor in factors[i]:
                        reads |= self.factors.reads[factor]
                    break
            else:
                break
        for i in range(len(sums)):
            if i not in turning:
                sums[i], factors[i] = 0, ()
        return State(steps, tuple(sums), tuple(factors), reads)

    def _sign(self, total: int, factors: tuple[int, ...]) -> int | None:
        """The finding that a balance is bound to have, as far as its bounds show."""
        low = high = total
        for factor in factors:
            low += self.factors.low[factor]
            high += self.factors.high[factor]
        return YES if low > 0 else NO if high <= 0 else None

    def _shortened(self, steps: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """The steps that may decide, neighbours with one outcome as one."""
        found: list[tuple[int, int]] = []
        for when, outcome in steps:
            if when == FALSE:
                continue
            if found and found[-1][1] == outcome:
                when = self.formulas.any((found.pop()[0], when))
            found.append((when, outcome))
            if when == TRUE:
                break
        return tuple(found)

    def possible(self, state: State) -> frozenset[int]:
        """The outcomes that no single step or bound excludes; one is certain, several may not be."""
        return frozenset(outcome for _, outcome in state.steps)
