"""The smallest changes of answers that would change a determined outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import inf

from advisor.reasoning.derivation import Value
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance.formulas import Given
from advisor.reasoning.relevance.remainder import Problem, State
from advisor.reasoning.relevance.search import Search

LARGEST = 3  # answers in one change


@dataclass(frozen=True)
class Change:
    """Other answers to some facts, and the outcome that they would give."""

    set: dict[str, Value]
    outcome: str


def changes(matter: Matter, limit: int = 20_000) -> list[Change]:
    """The minimal changes of answers that lead to another determined outcome, smallest first.

    Minimal: no part of a change leads to another determined outcome. A value stands for its class.
    Changes of one answer are all there; of two and then of three answers, those that are found in
    `limit` steps of the search. An outcome that is not determined has none.
    """
    looking = _Looking(matter)
    return [looking.change(*found) for found in looking.found(limit)] if looking.determined else []


class _Looking:
    """The search for changes of one matter: answers are put in one by one, some of them changed."""

    def __init__(self, matter: Matter) -> None:
        self._problem = problem = Problem(matter)
        self._search = Search(problem)
        values, answered = matter.known.values, matter.known.answered
        self._answers = sorted(problem.classes({key: values[key] for key in answered}).items())
        self._rest = [Given(dict(self._answers[at:])) for at in range(len(self._answers) + 1)]
        kept = {key: value for key, value in values.items() if key not in answered}
        self._start = problem.known(problem.decision, kept)
        self._before = self._search.outcomes(problem.put_all(self._start, self._rest[0]))
        self.determined = len(self._before) == 1
        self._minimal: set[frozenset[tuple[int, int]]] = set()
        self._left: float = inf  # steps that the search may still take

    def change(self, changed: Mapping[int, int], outcome: int) -> Change:
        """A change in the law's words."""
        variables = self._problem.compiled.variables
        values = {variables[one].name: variables[one].values[to] for one, to in changed.items()}
        return Change(values, self._problem.outcomes[outcome])

    def found(self, limit: int) -> Iterator[tuple[dict[int, int], int]]:
        """Each minimal change, with the outcome that it leads to."""
        for size in range(1, LARGEST + 1):
            if size == 2:
                self._left = limit
            for changed, state in self._changed(self._start, 0, size, {}):
                outcomes = self._search.outcomes(state)
                if len(outcomes) == 1 and outcomes != self._before:
                    self._minimal.add(frozenset(changed.items()))
                    yield changed, next(iter(outcomes))

    def _changed(
        self, state: State, at: int, size: int, changed: dict[int, int]
    ) -> Iterator[tuple[dict[int, int], State]]:
        """What is left after changing `size` answers from `at` on, and keeping the others."""
        if not size:
            yield changed, self._problem.put_all(state, self._rest[at])
            return
        for after, (variable, value) in enumerate(self._answers[at:], at + 1):
            if not state.reads or self._left <= 0:
                return  # decided, whatever else is changed; or enough
            if not state.reads >> variable & 1:
                continue
            for other in range(len(self._problem.compiled.variables[variable].values)):
                more = {**changed, variable: other}
                if other != value and not self._has_smaller(more):
                    left = self._put(state, variable, other)
                    yield from self._changed(left, after, size - 1, more)
            state = self._put(state, variable, value)

    def _put(self, state: State, variable: int, value: int) -> State:
        self._left -= 1
        return self._problem.put(state, variable, value)

    def _has_smaller(self, changed: Mapping[int, int]) -> bool:
        items = changed.items()
        return any(
            frozenset(some) in self._minimal
            for size in range(1, len(items) + 1)
            for some in combinations(items, size)
        )
