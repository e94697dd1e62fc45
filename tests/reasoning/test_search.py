"""A search finds what some completion shows and nothing else, and finds it in few steps."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from advisor.case import Item
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance.remainder import Problem, State
from advisor.reasoning.relevance.search import Search
from advisor.rulebook.law import Law
from advisor.rulebook.model import Gate
from tests.reasoning.matters import completions, ends, open_facts, small_matter
from tests.reasoning.random_law import balance, blank, conclusion, fact, factor, law_of, rule
from tests.reasoning.small_law import small_law

MANY = 14  # facts, of which there are too many completions to try each


@pytest.mark.parametrize("seed", range(80))
def test_what_is_found_is_what_some_completion_shows(seed: int) -> None:
    rng = Random(seed)
    matter = small_matter(rng, small_law(rng), most=60)
    problem = Problem(matter)
    search, state = Search(problem), problem.known(problem.decision, matter.known.values)
    shown = [(values, ends(matter, values)[0]) for values in completions(matter)]
    assert set(problem.names(search.outcomes(state))) == {outcome for _, outcome in shown}
    for name in open_facts(matter):
        by_rest: dict[object, set[str]] = {}
        for values, outcome in shown:
            rest = frozenset(values.items()) - {(name, values[name])}
            by_rest.setdefault(rest, set()).add(outcome)
        turns = any(len(some) > 1 for some in by_rest.values())
        assert shows(search, problem, state, name) == turns


def shows(search: Search, problem: Problem, state: State, name: str) -> bool:
    """Whether values are found with which a fact decides; they are tried."""
    fact = problem.compiled.number.get(name)
    if fact is None:
        return False
    values = search.turning(state, fact)
    if values is None:
        return False
    assert fact not in values
    for variable, value in values.items():
        state = problem.put(state, variable, value)
    after = range(len(problem.compiled.variables[fact].values))
    where = [search.outcomes(problem.put(state, fact, one)) for one in after]
    assert all(len(one) == 1 for one in where)
    assert len(set(where)) > 1
    return True


class Counted(Problem):
    """A problem that counts how often something is put in."""

    steps = 0

    def put(self, state: State, variable: int, value: int) -> State:
        self.steps += 1
        return super().put(state, variable, value)


def counted(law: Law) -> Counted:
    problem = Counted(Matter(Known(law, {}), Item("item"), {}))
    problem.steps = 0
    return problem


def steps(*steps: tuple[Any, str]) -> tuple[Gate, ...]:
    """An order of decision that discloses when nothing in it holds."""
    every = (*steps, ("always", "disclose"))
    return tuple(
        blank(Gate, id=f"step{i}", outcome=to, when=when) for i, (when, to) in enumerate(every)
    )


def odd(name: str, facts: list[str]) -> Iterator[tuple[str, Any]]:
    """Conclusions: the last, `name` and the number of facts, is that an odd number of them hold."""
    yield f"{name}1", conclusion(rule(f"{name}1.1", facts[0]))
    for i, one in enumerate(facts[1:], 2):
        before = f"{name}{i - 1}"
        when = {"any": [{"all": [before, {"not": one}]}, {"all": [{"not": before}, one]}]}
        yield f"{name}{i}", conclusion(rule(f"{name}{i}.1", when))


def counting(*order: tuple[Any, str]) -> Law:
    """A law that counts the same facts forwards (`odd`) and backwards (`also`)."""
    facts = [f"fact{i}" for i in range(MANY)]
    return law_of(
        {
            "facts": {name: fact("yes_no") for name in ("a", "b", *facts)},
            "conclusions": dict([*odd("odd", facts), *odd("also", facts[::-1])]),
            "order_of_decision": steps(*order),
        }
    )


NEVER = {"all": [f"odd{MANY}", {"not": f"also{MANY}"}]}  # what no formula shows to be never


def test_what_was_met_before_is_not_looked_at_again() -> None:
    """Though there are 16,384 completions, only the facts left and their count so far differ."""
    problem = counted(counting((NEVER, "withhold")))
    search = Search(problem)
    assert problem.names(search.outcomes(problem.decision)) == ("disclose",)
    assert problem.steps < 10 * MANY
    for variable in range(MANY):
        assert search.turning(problem.decision, variable) is None
    assert problem.steps < 20 * MANY**2


def test_nothing_more_is_put_in_when_the_fact_is_no_longer_read() -> None:
    """Whatever `b` is, `a` decides; without `a` only what is never true is left."""
    law = counting(({"all": ["a", "b"]}, "withhold"), ("a", "withhold"), (NEVER, "refuse_cost"))
    problem = counted(law)
    assert Search(problem).turning(problem.decision, problem.compiled.number["b"]) is None
    assert problem.steps == 2


def test_of_a_balance_the_heaviest_is_put_in_first() -> None:
    """The last fact alone decides between the outcomes as soon as it is known."""
    names = [f"fact{i}" for i in range(MANY)]
    law = law_of(
        {
            "facts": {name: fact("yes_no") for name in names},
            "conclusions": {"put": conclusion()},
            "balances": {"content": balance("put", "outweighs")},
            "factors": {
                name: factor("maintain", "content", rule(f"{name}.1", name, 1))
                for name in names[:-1]
            }
            | {"heavy": factor("disclose", "content", rule("heavy.1", names[-1], 4))},
            "order_of_decision": steps(("outweighs", "withhold")),
        }
    )
    problem = counted(law)
    assert problem.names(Search(problem).outcomes(problem.decision)) == ("withhold", "disclose")
    assert problem.steps < MANY
