"""What is left of the decision of an item when what is known has been put in.

The steps of the order of decision that may still decide, and the balances that may still turn one
of them. A balance is the sign of a sum: with more room between two weights than there are factors,
comparing the sums of the sides is comparing the sides place by place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from advisor.reasoning.compiled import Chain, compiled
from advisor.reasoning.formulas import FALSE, TRUE, Formulas, Given
from advisor.reasoning.matter import Matter
from advisor.reasoning.outcome import considered
from advisor.rulebook.model import WEIGHTS

YES, NO = 0, 1  # the classes of a yes/no variable
NOTHING = 0  # the factor that adds nothing

Step = tuple[int, int]  # (when, outcome)


class State(NamedTuple):
    """`steps` end with one that holds; `sums` and `factors` are by balance.

    `reads` has, as bits, the variables that may still matter. Of a balance that no step turns on
    nothing is kept, so that states which come to the same are often equal.
    """

    steps: tuple[Step, ...]
    sums: tuple[int, ...]
    factors: tuple[tuple[int, ...], ...]
    reads: int

    @property
    def possible(self) -> frozenset[int]:
        """The outcomes that are not excluded yet. One is certain; of several, some may be wrong."""
        return frozenset(outcome for _, outcome in self.steps)


class Factors:
    """What factors add to a sum, as numbers; like Formulas, each is kept once.

    `low` and `high` are the bounds of what a factor may add, `reads` the variables it depends on.
    """

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas
        self._chains: list[Chain] = [()]
        self._numbers: dict[Chain, int] = {(): NOTHING}
        self.low, self.high, self.reads = [0], [0], [0]

    def keep(self, chain: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """The factor that adds the first worth of a chain whose condition holds.

        `chain` has (worth, when), the heaviest first. What it adds in any case is not kept in the
        factor but given beside it: (factor, what it adds in any case).
        """
        parts: list[tuple[int, int]] = []
        anyway = 0
        for worth, when in chain:
            if when == TRUE:
                anyway = worth
                break
            if when != FALSE:
                parts.append((worth, when))
        if not parts:
            return NOTHING, anyway
        key = tuple((worth - anyway, when) for worth, when in parts)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._chains)
            self._chains.append(key)
            self.low.append(min(key[0][0], 0))
            self.high.append(max(key[0][0], 0))
            self.reads.append(union(self._formulas.reads[when] for _, when in key))
        return number, anyway

    def put(self, factor: int, given: Given) -> tuple[int, int]:
        """The factor that is left when what is given has been put in, and what it adds anyway."""
        found = given.factors.get(factor)
        if found is None:
            put = self._formulas.put
            chain = [(worth, put(when, given)) for worth, when in self._chains[factor]]
            found = given.factors[factor] = self.keep(chain)
        return found


def made_from(matter: Matter) -> tuple[Any, ...]:
    """Everything of a matter that its problem depends on; answers are not of it."""
    law, item, read = matter.law, matter.item, compiled(matter.law).number
    weighed = [(item.weighings(k), item.added(k), item.concluded(k)) for k in law.balances]
    circumstances = {k: value for k, value in matter.circumstances.items() if k in read}
    return law, considered(law, item), weighed, circumstances


class Problem:
    """The decision of one item, and how it shrinks as values are put in.

    `decision` is what there is to decide when nothing is answered. Not for several threads.
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
        # One more than there can be weights on a side, so that no number of lighter ones adds up.
        most = max((len(item.added(key)) for key in law.balances), default=0) + len(law.factors)
        self._worth = (0, *((most + 1) ** step for step in range(len(WEIGHTS) - 1)))
        balances = [self._balance(key) for key in law.balances]
        self._sums = tuple(total for total, _ in balances)
        self._factors = tuple(factors for _, factors in balances)
        self.outcomes = tuple(dict.fromkeys(gate.entry.outcome for gate in law.gates))
        self.decision = self._from(self._steps())

    def names(self, outcomes: Collection[int]) -> tuple[str, ...]:
        """The outcomes of these numbers, in the order of decision."""
        return tuple(name for i, name in enumerate(self.outcomes) if i in outcomes)

    def finding(self, balance: str) -> State:
        """What there is to decide when only a finding is asked for: outcome 1 when it is yes."""
        found = self.formulas.literal(self.compiled.findings[balance], 1 << YES)
        return self._from([(found, 1), (TRUE, 0)])

    def _steps(self) -> Iterator[Step]:
        limbs = considered(self._law, self._item)
        covered = self.formulas.any(self.compiled.engaged[limb] for limb in limbs)
        for gate, when in zip(self._law.gates, self.compiled.gates, strict=True):
            if gate.entry.limbs == "yes":
                when = self.formulas.all((when, covered))
            yield when, self.outcomes.index(gate.entry.outcome)
        yield TRUE, len(self.outcomes)  # no outcome: a rulebook's last step holds always

    def _balance(self, key: str) -> tuple[int, tuple[int, ...]]:
        """(what is sure of the sum, the factors that are open), with what the officer weighed."""
        total = sum(self._adds(one.side, WEIGHTS.index(one.weight)) for one in self._item.added(key))
        own = self._item.weighings(key)
        factors: list[int] = []
        for one in self._law.balance_factors[key]:
            if one.name in own:
                total += self._adds(one.side, WEIGHTS.index(own[one.name].weight))
                continue
            chain = self.compiled.factors[one.id]
            factor, anyway = self.factors.keep((self._adds(one.side, w), when) for w, when in chain)
            total += anyway
            factors.append(factor)
        return total, tuple(factors)

    def _adds(self, side: str, weight: int) -> int:
        return self._worth[weight] if side == "maintain" else -self._worth[weight]

    def _from(self, steps: Iterable[Step]) -> State:
        found = {
            variable: YES if own.result == "maintain" else NO
            for key, variable in self.compiled.findings.items()
            if (own := self._item.concluded(key)) is not None
        }
        state = self._settled(steps, self._sums, self._factors)
        return self.known(self.put_all(state, found), self._circumstances)

    def known(self, state: State, values: Mapping[str, Any]) -> State:
        """What is left of a state when values are put in; names that decide nothing are ignored."""
        return self.put_all(state, self.classes(values))

    def classes(self, values: Mapping[str, Any]) -> dict[int, int]:
        """The variables that values are of, and the classes that they belong to."""
        number, variables = self.compiled.number, self.compiled.variables
        return {
            variable: variables[variable].of(value)
            for name, value in values.items()
            if value is not None and (variable := number.get(name)) is not None
        }

    def put_all(self, state: State, classes: Mapping[int, int]) -> State:
        """What is left of a state when several variables are in these classes."""
        return self.put_given(state, Given(classes))

    def put(self, state: State, variable: int, value: int) -> State:
        """What is left of a state when `variable` is in class `value`."""
        given = self._given.get((variable, value))
        if given is None:
            given = self._given[variable, value] = Given({variable: value})
        return self.put_given(state, given)

    def put_given(self, state: State, given: Given) -> State:
        """What is left of a state when what is given has been put in."""
        if not state.reads & given.over:
            return state
        put = self.formulas.put
        steps = [(put(when, given), outcome) for when, outcome in state.steps]
        sums, factors = list(state.sums), list(state.factors)
        for i, before in enumerate(factors):
            if before:
                factors[i], more = self._put_factors(before, given)
                sums[i] += more
        return self._settled(steps, sums, factors)

    def _put_factors(self, factors: tuple[int, ...], given: Given) -> tuple[tuple[int, ...], int]:
        reads, left, total = self.factors.reads, [], 0
        for factor in factors:
            if reads[factor] & given.over:
                factor, added = self.factors.put(factor, given)
                total += added
                if factor == NOTHING:
                    continue
            left.append(factor)
        return tuple(left), total

    def _settled(
        self, steps: Iterable[Step], sums: Sequence[int], factors: Sequence[tuple[int, ...]]
    ) -> State:
        """A state in which every finding is put in that its factors leave no doubt of."""
        steps = self._shortened(steps)
        reads = union(self.formulas.reads[when] for when, _ in steps)
        looked = 0
        while waiting := reads & self._findings & ~looked:
            finding = lowest(waiting)
            looked |= 1 << finding
            balance = self._balance_of[finding]
            low = high = sums[balance]
            for factor in factors[balance]:
                low += self.factors.low[factor]
                high += self.factors.high[factor]
                reads |= self.factors.reads[factor]
            if low > 0 or high <= 0:
                state = State(steps, tuple(sums), tuple(factors), reads)
                return self.put(state, finding, YES if low > 0 else NO)
        kept = [looked >> finding & 1 for finding in self._balance_of]
        return State(
            steps,
            tuple(total if keep else 0 for keep, total in zip(kept, sums, strict=True)),
            tuple(ones if keep else () for keep, ones in zip(kept, factors, strict=True)),
            reads,
        )

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


def bits(whole: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while whole:
        yield lowest(whole)
        whole &= whole - 1


def lowest(whole: int) -> int:
    """The number of the lowest bit that is set."""
    return (whole & -whole).bit_length() - 1


def union(sets: Iterable[int]) -> int:
    """The bits that are set in any of some sets."""
    return reduce(or_, sets, 0)
