"""Exact answers about every completion of what is open, by looking for one that shows it.

A search puts in one value after another, and turns back as soon as what is left cannot show what
is looked for or was met before. Values that lately showed something are tried first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

from advisor.reasoning.relevance.formulas import bits, lowest, union
from advisor.reasoning.relevance.remainder import Problem, State

Classes = Mapping[int, int]  # the class of some variables


class Search:
    """The searches of one problem. Not for several threads."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        made = problem.compiled
        self._sizes = [len(one.values) for one in made.variables]
        self._findings = union(1 << finding for finding in made.findings.values())
        self._fnd = tuple(made.findings.values())
        self._facts = (1 << len(made.variables)) - 1 & ~self._findings
        shared = [0] * len(made.variables)
        for chain in made.factors.values():
            for variable in bits(union(made.formulas.reads[when] for _, when in chain)):
                shared[variable] += 1
        self._most_shared = sorted(range(len(shared)), key=lambda one: (-shared[one], one))

    def turning(self, state: State, fact: int, first: Classes) -> Classes | None:
        """Values for other variables with which the value of `fact` decides between outcomes.

        None if there are none: whatever else is true, `fact` doesn't matter. `first` are values to
        try first; they change how soon something is found, not whether.
        """
        problem, others = self._problem, self._facts & ~(1 << fact)

        def turns(state: State) -> bool | None:
            if not state.reads >> fact & 1:
                return False
            if state.reads & others:
                return None
            ends = {problem.put(state, fact, value).steps for value in range(self._sizes[fact])}
            return len(ends) > 1

        return self._search(state, turns, 1 << fact, first)

    def _is_alone(self, state: State, fact: int, others: int) -> bool:
        """Whether no other variable has a say in what `fact` does to the first step and factors."""
        factors = self._problem.factors.reads
        return not self._problem.formulas.reads[state.steps[0][0]] & others and not any(
            factors[factor] >> fact & 1 and factors[factor] & others
            for of_balance in state.factors
            for factor in of_balance
        )

    def reaches(self, state: State, outcome: int) -> bool:
        """Whether some completion has this outcome."""

        def ends(state: State) -> bool | None:
            possible = state.possible
            return None if outcome in possible and len(possible) > 1 else outcome in possible

        return self._search(state, ends, 0, {}) is not None

    def outcomes(self, state: State) -> frozenset[int]:
        """The outcomes that some completion has."""
        possible = state.possible
        if len(possible) == 1:
            return possible
        return frozenset(one for one in possible if self.reaches(state, one))

    def _search(
        self, state: State, shows: Callable[[State], bool | None], about: int, first: Classes
    ) -> Classes | None:
        """Values after which `shows` is yes; None if there are none. It says None to go on."""
        tried: dict[int, int] = {}
        met: set[State] = set()

        def found(state: State) -> bool:
            answer = shows(state)
            if answer is not None or state in met:
                return answer is True
            met.add(state)
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
        """The variable to put in next: of the first step that reads one, then of the balances.

        In a balance, first what the factors read that read what the search is `about`, then what
        the heaviest factor reads; of several the one that most factors share.
        """
        problem, free = self._problem, self._facts & ~about
        for when, _ in state.steps:
            read = problem.formulas.reads[when] & free
            if read:
                return lowest(read)
        factors, heaviest, near, far = problem.factors, 0, 0, 0
        first = problem.formulas.reads[state.steps[0][0]]
        for b, of_balance in enumerate(state.factors):
          if first >> self._fnd[b] & 1:
            for factor in of_balance:
                read = factors.reads[factor]
                if read & about:
                    near |= read
                elif read & free:
                    swing = factors.high[factor] - factors.low[factor]
                    if swing > heaviest:
                        heaviest, far = swing, read
        read = near & free or far & free or state.reads & free
        return next(one for one in self._most_shared if read >> one & 1)
