"""Exact answers about every completion of what is open, by looking for one that shows it.

A search puts in one value after another, and turns back as soon as what is left cannot show what
is looked for, or was met before. It ends because each value leaves fewer variables; what makes it
quick is that the bounds of a balance decide most of it early. Which variable and which value come
first changes how soon something is found, not whether.
"""

from __future__ import annotations

from collections.abc import Callable

from advisor.reasoning.relevance.formulas import lowest, union
from advisor.reasoning.relevance.remainder import Problem, State

Classes = dict[int, int]  # the class of some variables
Shows = Callable[[State], bool | None]  # yes, no, or None: go on


class Search:
    """The searches of one problem. Not for several threads."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        made = problem.compiled
        self._sizes = [len(one.values) for one in made.variables]
        self._facts = ~union(1 << finding for finding in made.findings.values())

    def turning(self, state: State, fact: int) -> Classes | None:
        """Values of other variables with which the value of `fact` decides between outcomes.

        None if there are none: whatever else is true, `fact` does not matter.
        """
        about, values = 1 << fact, range(self._sizes[fact])
        others = self._facts & ~about

        def turns(state: State) -> bool | None:
            if not state.reads & about:
                return False
            if state.reads & others:
                return None
            return len({self._problem.put(state, fact, one).possible for one in values}) > 1

        return self._search(state, turns, others)

    def outcomes(self, state: State) -> frozenset[int]:
        """The outcomes that some completion has."""
        return frozenset(one for one in state.possible if self._reaches(state, one))

    def _reaches(self, state: State, outcome: int) -> bool:
        def ends(state: State) -> bool | None:
            possible = state.possible
            return None if outcome in possible and len(possible) > 1 else outcome in possible

        return self._search(state, ends, self._facts) is not None

    def _search(self, state: State, shows: Shows, free: int) -> Classes | None:
        """Values of some variables of `free` after which `shows` says yes, or None."""
        met: set[State] = set()

        def found(state: State) -> Classes | None:
            if state in met:
                return None
            met.add(state)
            answer = shows(state)
            if answer is not None:
                return {} if answer else None
            variable = self._next(state, free)
            for value in range(self._sizes[variable]):
                rest = found(self._problem.put(state, variable, value))
                if rest is not None:
                    return {variable: value, **rest}
            return None

        return found(state)

    def _next(self, state: State, free: int) -> int:
        """The variable to put in next: of the first step that reads one, else of a balance.

        Of a balance, one of the factor that weighs most for each variable that it reads.
        """
        for when, _ in state.steps:
            if read := self._problem.formulas.reads[when] & free:
                return lowest(read)
        store = self._problem.factors
        telling = {
            factor: (store.high[factor] - store.low[factor]) / read.bit_count()
            for _, factors in state.balances
            for factor in factors
            if (read := store.reads[factor] & free)
        }
        return lowest(store.reads[max(telling, key=telling.__getitem__)] & free)
