"""The questions worth asking, and where their answers lead (see advisor.reasoning.relevance)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from advisor.reasoning.derivation import Value
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance.domains import domain
from advisor.reasoning.relevance.formulas import Given, bits
from advisor.reasoning.relevance.remainder import Problem, State, made_from
from advisor.reasoning.relevance.search import Search

_ENOUGH = 100_000  # functions that a store may hold before it begins anew


def possible_outcomes(matter: Matter) -> tuple[str, ...]:
    """The outcomes that completions of a matter have, in the order of decision."""
    problem = Problem(matter)
    state = problem.known(problem.decision, matter.known.values)
    return problem.names(Search(problem).outcomes(state))


def possible_findings(matter: Matter, balance: str) -> frozenset[bool]:
    """Whether maintaining outweighs in some completion, and whether it does not in some.

    What the officer weighed, added and concluded counts as it does when the balance is struck.
    """
    problem = Problem(matter)
    state = problem.known(problem.finding(balance), matter.known.values)
    return frozenset(map(bool, Search(problem).outcomes(state)))


def leads_to(matter: Matter, fact: str) -> list[tuple[Value, tuple[str, ...]]]:
    """Each answer that a fact can have, with the outcomes that are then possible.

    Of years and numbers there is one answer for each class that the law tells apart; a date or a
    text decides nothing and has none.
    """
    law, about = matter.law, matter.law.facts[fact]
    if about.type in ("date", "text"):
        return []
    problem = Problem(matter)
    search = Search(problem)
    open_again = matter.with_answer(fact, None)
    state = problem.known(problem.decision, open_again.known.values)
    variable = problem.compiled.number.get(fact)
    if variable is None:
        classes = domain(fact, (), law)
        ends = [problem.names(search.outcomes(state))] * len(classes.values)
    else:
        classes = problem.compiled.variables[variable]
        left = [problem.put(state, variable, one) for one in range(len(classes.values))]
        ends = [problem.names(search.outcomes(one)) for one in left]
    answers = about.choices if about.type == "choice" else classes.values
    return [(answer, ends[classes.of(answer)]) for answer in answers]


def outstanding(matter: Matter, kept: Witnesses | None = None) -> tuple[str, ...]:
    """The open facts that can still change the outcome, in the order of questions.

    Empty exactly when one outcome is possible.
    """
    return tuple((kept or Witnesses()).outstanding(matter))


def is_outstanding(matter: Matter, fact: str) -> bool:
    """Whether a fact that is open can still change the outcome."""
    return Witnesses().has(matter, fact)


def next_fact(
    matter: Matter, skip_unknown: bool = True, kept: Witnesses | None = None
) -> str | None:
    """The first fact in the order of questions that is not answered and is outstanding.

    A fact answered `unknown` is not asked again, unless `skip_unknown` is False. An interview
    passes the same `kept` each time: the answer is the same, and is there sooner.
    """
    skipped = matter.known.unknown if skip_unknown else frozenset()
    return next((kept or Witnesses()).outstanding(matter, skipped), None)


class Witnesses:
    """What an interview keeps from one question to the next. Not for several threads.

    A witness of a fact is a set of values of other facts with which it decides between outcomes.
    It is one as long as no answer contradicts it. A fact that has none gets none by more answers.
    """

    def __init__(self) -> None:
        self._read: Any = None
        self._problem: Problem
        self._search: Search
        self._state: State
        self._given: dict[int, int] = {}
        self._found: dict[int, dict[int, int]] = {}
        self._settled: set[int] = set()  # facts that do not matter

    def outstanding(self, matter: Matter, skipped: Collection[str] = ()) -> Iterator[str]:
        """The facts that can still change the outcome, looked for only as far as is asked."""
        self._turn_to(matter)
        made = self._problem.compiled
        for fact in bits(self._state.reads & made.facts):
            name = made.variables[fact].name
            if name not in skipped and self._matters(fact):
                yield name

    def has(self, matter: Matter, fact: str) -> bool:
        """Whether a fact is outstanding, without looking for the others."""
        self._turn_to(matter)
        variable = self._problem.compiled.number.get(fact)
        read = self._state.reads
        return variable is not None and bool(read >> variable & 1) and self._matters(variable)

    def at_most(self, matter: Matter, skipped: Collection[str] = ()) -> int:
        """No more facts than this can still change the outcome; to count them takes longer."""
        self._turn_to(matter)
        made = self._problem.compiled
        left = (one for one in bits(self._state.reads & made.facts) if one not in self._settled)
        return sum(made.variables[one].name not in skipped for one in left)

    def _turn_to(self, matter: Matter) -> None:
        read = made_from(matter)
        if read != self._read or len(self._problem.formulas) > _ENOUGH:
            self._read = read
            self._problem = Problem(matter)
            self._search = Search(self._problem)
            self._state, self._given = self._problem.decision, {}
            self._found, self._settled = {}, set()
        given = self._problem.classes(matter.known.values)
        if self._given.items() <= given.items():
            self._state = self._problem.put_all(self._state, Given(given))
        else:
            self._state = self._problem.put_all(self._problem.decision, Given(given))
            self._settled.clear()
        self._given = given

    def _matters(self, fact: int) -> bool:
        if fact in self._settled:
            return False
        found = self._found.get(fact)
        if found is not None and all(
            self._given.get(variable, value) == value for variable, value in found.items()
        ):
            return True
        values = self._search.turning(self._state, fact)
        if values is None:
            self._settled.add(fact)
            return False
        self._found[fact] = {**self._given, **values}
        return True
