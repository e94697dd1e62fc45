"""What is left of the decision of an item when what is known has been put in.

The steps of the order of decision that may still decide, and the balances that may still turn one
of them. A balance is the sign of a sum: with more room between two weights than there are factors,
comparing the sums of the sides is comparing the sides place by place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from advisor.reasoning.matter import Matter
from advisor.reasoning.outcome import considered
from advisor.reasoning.relevance.compiled import compiled
from advisor.reasoning.relevance.formulas import (
    FALSE,
    NOTHING,
    TRUE,
    Factors,
    Given,
    lowest,
    union,
)
from advisor.rulebook.model import WEIGHTS

YES, NO = 0, 1  # the classes of a yes/no variable

Step = tuple[int, int]  # (when, outcome)
Balance = tuple[int, tuple[int, ...]]  # what is sure of the sum, and the factors that are open
_SPENT: Balance = (0, ())  # a balance that no step turns on


class State(NamedTuple):
    """`steps` end with one that holds; `reads` has, as bits, the variables that may still matter.

    Of a balance that no step turns on nothing is kept, so that states which come to the same are
    often equal.
    """

    steps: tuple[Step, ...]
    balances: tuple[Balance, ...]
    reads: int

    @property
    def possible(self) -> frozenset[int]:
        """The outcomes that are not excluded yet. One is certain; of several, some may be wrong."""
        return frozenset(outcome for _, outcome in self.steps)


def made_from(matter: Matter) -> tuple[Any, ...]:
    """Everything of a matter that its problem depends on; answers are not of it."""
    law, item = matter.law, matter.item
    weighed = [(item.weighings(k), item.added(k), item.concluded(k)) for k in law.balances]
    return law, considered(law, item), weighed, matter.circumstances


class Problem:
    """The decision of one item, and how it shrinks as values are put in.

    `decision` is what there is to decide when nothing is answered; outcomes are numbers. A problem
    grows by what is put in, and is not for several threads.
    """

    def __init__(self, matter: Matter) -> None:
        law, item = self._law, self._item = matter.law, matter.item
        self._circumstances = matter.circumstances
        self.compiled = compiled(law)
        self.formulas = self.compiled.formulas.copy()
        self.factors = Factors(self.formulas)
        findings = self.compiled.findings.values()
        self._balance_of = {finding: balance for balance, finding in enumerate(findings)}
        self._findings = union(1 << finding for finding in findings)
        self._given: dict[tuple[int, int], Given] = {}
        # As many as can be weighed at all, so that what is lighter never outweighs by its number.
        most = len(law.factors) + sum(len(item.added(key)) for key in law.balances)
        self._worth = [0, *(int(most**weight) for weight in range(1, len(WEIGHTS)))]
        self._balances = [self._balance(key) for key in law.balances]
        self.outcomes = tuple(dict.fromkeys(gate.entry.outcome for gate in law.gates))
        self.decision = self._from(self._steps())

    def finding(self, balance: str) -> State:
        """What there is to decide when only a finding is asked for: outcome 1 when it is yes."""
        found_not = self.formulas.literal(self.compiled.findings[balance], 1 << NO)
        return self._from([(found_not, 0), (TRUE, 1)])

    def names(self, outcomes: Collection[int]) -> tuple[str, ...]:
        """The outcomes of these numbers, in the order of decision."""
        return tuple(name for i, name in enumerate(self.outcomes) if i in outcomes)

    def _steps(self) -> Iterator[Step]:
        limbs = considered(self._law, self._item)
        covered = self.formulas.any(self.compiled.engaged[limb] for limb in limbs)
        for gate, when in zip(self._law.gates, self.compiled.gates, strict=True):
            if gate.entry.limbs == "yes":
                when = self.formulas.all((when, covered))
            yield when, self.outcomes.index(gate.entry.outcome)
        yield TRUE, len(self.outcomes)  # no outcome: only in a law whose last step can fail

    def _balance(self, key: str) -> Balance:
        """A balance with what the officer weighed.

        What the officer concluded stands, so that nothing is open then.
        """
        concluded = self._item.concluded(key)
        if concluded is not None:
            return int(concluded.result == "maintain"), ()
        own, added = self._item.weighings(key), self._item.added(key)
        total = sum(self._adds(one.side, WEIGHTS.index(one.weight)) for one in added)
        factors: list[int] = []
        for one in self._law.balance_factors[key]:
            if one.name in own:
                total += self._adds(one.side, WEIGHTS.index(own[one.name].weight))
                continue
            chain = self.compiled.factors[one.id]
            factor, anyway = self.factors.keep((self._adds(one.side, w), when) for w, when in chain)
            total += anyway
            if factor != NOTHING:
                factors.append(factor)
        return total, tuple(factors)

    def _adds(self, side: str, weight: int) -> int:
        return self._worth[weight] if side == "maintain" else -self._worth[weight]

    def _from(self, steps: Iterable[Step]) -> State:
        return self.known(self._settled(steps, self._balances), self._circumstances)

    def classes(self, values: Mapping[str, Any]) -> dict[int, int]:
        """The variables that values are of, and the classes that they belong to."""
        number, variables = self.compiled.number, self.compiled.variables
        return {
            variable: variables[variable].of(value)
            for name, value in values.items()
            if value is not None and (variable := number.get(name)) is not None
        }

    def known(self, state: State, values: Mapping[str, Any]) -> State:
        """What is left of a state when values are put in; names that decide nothing are ignored."""
        return self.put_all(state, Given(self.classes(values)))

    def put(self, state: State, variable: int, value: int) -> State:
        """What is left of a state when `variable` is in class `value`."""
        given = self._given.get((variable, value))
        if given is None:
            given = self._given[variable, value] = Given({variable: value})
        return self.put_all(state, given)

    def put_all(self, state: State, given: Given) -> State:
        """What is left of a state when all that is given has been put in."""
        if not state.reads & given.over:
            return state
        put = self.formulas.put
        steps = [(put(when, given), outcome) for when, outcome in state.steps]
        balances = [self._put_balance(*balance, given) for balance in state.balances]
        return self._settled(steps, balances)

    def _put_balance(self, total: int, factors: tuple[int, ...], given: Given) -> Balance:
        reads = self.factors.reads
        left: list[int] = []
        for factor in factors:
            if reads[factor] & given.over:
                factor, added = self.factors.put(factor, given)
                total += added
                if factor == NOTHING:
                    continue
            left.append(factor)
        return total, tuple(left)

    def _settled(self, steps: Iterable[Step], balances: Sequence[Balance]) -> State:
        """The state in which every finding has been put in that its bounds leave no doubt of."""
        steps = self._shortened(steps)
        low_of, high_of, reads_of = self.factors.low, self.factors.high, self.factors.reads
        reads = union(self.formulas.reads[when] for when, _ in steps)
        looked_at = 0
        while waiting := reads & self._findings & ~looked_at:
            finding = lowest(waiting)
            looked_at |= 1 << finding
            low, factors = balances[self._balance_of[finding]]
            high = low
            for factor in factors:
                low += low_of[factor]
                high += high_of[factor]
                reads |= reads_of[factor]
            if low > 0 or high <= 0:
                state = State(steps, tuple(balances), reads)
                return self.put(state, finding, YES if low > 0 else NO)
        kept = [
            balances[balance] if looked_at >> finding & 1 else _SPENT
            for finding, balance in self._balance_of.items()
        ]
        return State(steps, tuple(kept), reads)

    def _shortened(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """The steps that may decide, up to one that holds; neighbours with one outcome as one."""
        found: list[Step] = []
        for when, outcome in steps:
            if when == FALSE:
                continue
            if found and found[-1][1] == outcome:
                when = self.formulas.any((found.pop()[0], when))
            found.append((when, outcome))
            if when == TRUE:
                break
        return tuple(found)
