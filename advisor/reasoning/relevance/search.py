"""Exact answers about every completion of what is open, by looking for one that shows it.

A search puts in one value after another, and turns back as soon as what is left cannot show what
is looked for, or was met before. It ends because each value leaves fewer variables; what makes it
quick is that the bounds of a balance decide most of it early. Which variable and which value come
first changes how soon something is found, not whether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import chain, combinations

from advisor.reasoning.relevance.formulas import bits, lowest, union
from advisor.reasoning.relevance.remainder import Problem, State

Classes = Mapping[int, int]  # the class of some variables
Shows = Callable[[State], bool | None]  # yes, no, or None: go on


class Search:
    """The searches of one problem. Not for several threads."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        made = problem.compiled
        self._sizes = [len(one.values) for one in made.variables]
        self._findings = {finding: at for at, finding in enumerate(made.findings.values())}
        self._facts = ~union(1 << finding for finding in self._findings)
        reads = (
            bits(union(made.formulas.reads[when] for _, when in weights))
            for weights in made.factors.values()
        )
        shared = Counter(sorted(chain.from_iterable(reads)))
        self._most_shared = [variable for variable, _ in shared.most_common()]

    def turning(self, state: State, fact: int, first: Classes) -> Classes | None:
        """Values of other variables with which the value of `fact` decides between outcomes.

        None if there are none: whatever else is true, `fact` does not matter. `first` are values
        to try first.
        """
        others = self._facts & ~(1 << fact)

        def turns(state: State) -> bool | None:
            if not state.reads >> fact & 1:
                return False
            open_others = state.reads & others
            if open_others and (len(state.steps) < 3 or not self._is_alone(state, fact, others)):
                return None
            ends = {self._problem.put(state, fact, one) for one in range(self._sizes[fact])}
            if any(one.possible.isdisjoint(two.possible) for one, two in combinations(ends, 2)):
                return True
            return None if open_others and len(ends) > 1 else False

        return self._search(state, turns, 1 << fact, first)

    def _is_alone(self, state: State, fact: int, others: int) -> bool:
        """Whether no other variable has a say in what `fact` does to the first step and factors.

        Then it is worth looking where its values lead, before the others are put in: to different
        outcomes, whatever these are, or all to the same.
        """
        reads = self._problem.factors.reads
        return not self._problem.formulas.reads[state.steps[0][0]] & others and not any(
            reads[factor] >> fact & 1 and reads[factor] & others
            for factors in state.factors
            for factor in factors
        )

    def outcomes(self, state: State) -> frozenset[int]:
        """The outcomes that some completion has."""
        return frozenset(one for one in state.possible if self._reaches(state, one))

    def _reaches(self, state: State, outcome: int) -> bool:
        def ends(state: State) -> bool | None:
            possible = state.possible
            return None if outcome in possible and len(possible) > 1 else outcome in possible

        return self._search(state, ends, 0, {}) is not None

    def _search(self, state: State, shows: Shows, about: int, first: Classes) -> Classes | None:
        """Values after which `shows` says yes, of variables that are not in `about`, or None."""
        tried: dict[int, int] = {}
        met: set[State] = set()

        def found(state: State) -> bool:
            if state in met:
                return False
            met.add(state)
            answer = shows(state)
            if answer is not None:
                return answer
            variable = self._next(state, about)
            begin = first.get(variable, 0)
            for value in (begin, *range(begin), *range(begin + 1, self._sizes[variable])):
                tried[variable] = value
                if found(self._problem.put(state, variable, value)):
                    return True
            del tried[variable]
            return False

        return tried if found(state) else None

    def _next(self, state: State, about: int) -> int:
        """The variable to put in next: of the first step that reads one, else of a balance."""
        free = self._facts & ~about
        steps = [self._problem.formulas.reads[when] for when, _ in state.steps]
        for read in steps:
            if read & free:
                return lowest(read & free)
        open_balances = [
            state.factors[balance]
            for read in steps
            for finding, balance in self._findings.items()
            if read >> finding & 1
        ]
        telling = (self._telling(factors, about, free) for factors in open_balances)
        wanted = next(filter(None, telling), state.reads & free)
        return next(variable for variable in self._most_shared if wanted >> variable & 1)

    def _telling(self, factors: tuple[int, ...], about: int, free: int) -> int:
        """What to know first of a balance: what goes with `about`, then its heaviest factor."""
        store, heaviest, near, far = self._problem.factors, 0, 0, 0
        for factor in factors:
            read = store.reads[factor]
            if read & about:
                near |= read
            elif read & free:
                swing = store.high[factor] - store.low[factor]
                if swing > heaviest:
                    heaviest, far = swing, read
        return near & free or far & free
