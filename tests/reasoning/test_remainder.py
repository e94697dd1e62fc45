"""What is left of a decision when answers have been put in is what every completion leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any, Literal

import pytest

from advisor.case import Conclusion, Consideration, Item, Weighing
from advisor.reasoning.balance import compare
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance.remainder import Problem, State, made_from
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Gate, Limb
from tests.reasoning.matters import completions, ends, small_matter
from tests.reasoning.random_law import balance, blank, conclusion, fact, factor, law_of, rule
from tests.reasoning.small_law import small_law

Side = Literal["maintain", "disclose"]
MAINTAIN: Side = "maintain"
DISCLOSE: Side = "disclose"
LAST = ("always", "disclose")


def matter_of(law: Law, item: Item | None = None) -> Matter:
    return Matter(Known(law, {}), item or Item("item"), {})


def deciding(*steps: tuple[Any, str], names: Sequence[str] = "abcd", **sections: Any) -> Law:
    """A law of yes/no facts with these steps in its order of decision."""
    gates = (
        blank(Gate, id=f"step{i}", outcome=to, when=when) for i, (when, to) in enumerate(steps)
    )
    facts = {name: fact("yes_no") for name in names}
    return law_of({"facts": facts, "order_of_decision": tuple(gates), **sections})


def weighing(*factors: tuple[Side, int], first: tuple[tuple[Any, str], ...] = ()) -> Law:
    """A law that withholds when maintaining outweighs, a fact `f0`, `f1` ... to a factor."""
    return deciding(
        *first,
        ("outweighs", "withhold"),
        LAST,
        names=["a", *(f"f{i}" for i in range(len(factors)))],
        conclusions={"put": conclusion()},
        balances={"content": balance("put", "outweighs")},
        factors={
            f"factor{i}": factor(side, "content", rule(f"factor{i}.1", f"f{i}", weight))
            for i, (side, weight) in enumerate(factors)
        },
    )


def possible(problem: Problem, state: State) -> tuple[str, ...]:
    return problem.names(state.possible)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_left_goes_where_every_completion_goes(seed: int) -> None:
    """The answers put in one by one, in any order, and together."""
    rng = Random(seed)
    matter = small_matter(rng, small_law(rng), most=30)
    law, problem = matter.law, Problem(matter)
    start = problem.known(problem.decision, matter.known.values)
    findings = {
        key: problem.known(problem.finding(key), matter.known.values) for key in law.balances
    }
    for values in completions(matter):
        outcome, found = ends(matter, values)
        left = start
        for name in rng.sample(sorted(values), len(values)):
            assert outcome in possible(problem, left)
            left = problem.known(left, {name: values[name]})
        assert possible(problem, left) == (outcome,)
        assert not left.reads
        assert problem.known(start, values) == left
        for key, state in findings.items():
            assert state.possible <= {0, 1}
            assert problem.known(state, values).possible == {int(found[key])}


def struck(law: Law, item: Item, given: Sequence[bool | None]) -> Iterator[str]:
    """The outcome of a `weighing` law in each completion, by the balance's own comparison."""
    for answers in product(*([one] if one is not None else [True, False] for one in given)):
        sides: dict[str, list[int]] = {MAINTAIN: [], DISCLOSE: []}
        for one, answer in zip(law.factors.values(), answers, strict=True):
            weight = one.rules[0].weight if answer else 0
            if one.name in item.weights:
                weight = WEIGHTS.index(item.weights[one.name].weight)
            sides[one.side].append(weight or 0)
        for added in item.considerations:
            sides[added.side].append(WEIGHTS.index(added.weight))
        maintained = compare(sides[MAINTAIN], sides[DISCLOSE])[0] == MAINTAIN
        yield "withhold" if maintained else "disclose"


@pytest.mark.parametrize("seed", range(12))
def test_a_balance_is_settled_as_soon_as_its_open_factors_cannot_turn_it(seed: int) -> None:
    """Where every factor has a fact of its own there is nothing to search for."""
    rng = Random(seed)
    law = weighing(*((rng.choice((MAINTAIN, DISCLOSE)), rng.randint(0, 4)) for _ in range(4)))
    weights = {"factor0": Weighing(rng.choice(WEIGHTS), "-")} if seed % 2 else {}
    sides = [rng.choice((MAINTAIN, DISCLOSE)) for _ in range(seed % 3)]
    added = tuple(Consideration(side, "", rng.choice(WEIGHTS), "-") for side in sides)
    item = Item("item", weights=weights, considerations=added)
    problem = Problem(matter_of(law, item))
    for given in product((True, False, None), repeat=4):
        values = {f"f{i}": one for i, one in enumerate(given)}
        left = problem.known(problem.decision, values)
        assert set(possible(problem, left)) == set(struck(law, item, given))
        assert bool(left.reads) == (len(left.possible) > 1)


@pytest.mark.parametrize("weight", [1, 2, 3])
@pytest.mark.parametrize(("heavy", "light"), [(MAINTAIN, DISCLOSE), (DISCLOSE, MAINTAIN)])
def test_no_number_of_lighter_weights_outweighs(weight: int, heavy: Side, light: Side) -> None:
    law = weighing((heavy, weight + 1), *[(light, weight)] * 3)
    added = (Consideration(light, "", WEIGHTS[weight], "-"),) * 5
    problem = Problem(matter_of(law, Item("item", considerations=added)))
    left = problem.known(problem.decision, {"f0": True})
    assert possible(problem, left) == ("withhold" if heavy == MAINTAIN else "disclose",)


def test_what_the_officer_concluded_stands_whatever_is_answered() -> None:
    for result, outcome in ((MAINTAIN, "withhold"), (DISCLOSE, "disclose")):
        item = Item("item", balance=Conclusion(result, "-"))
        problem = Problem(matter_of(weighing((MAINTAIN, 4), (DISCLOSE, 4)), item))
        assert possible(problem, problem.decision) == (outcome,)


def test_a_law_without_facts_is_decided_by_what_the_officer_added() -> None:
    law = deciding(
        ("outweighs", "withhold"),
        LAST,
        names=(),
        conclusions={"put": conclusion()},
        balances={"content": balance("put", "outweighs")},
    )
    for side, outcome in ((MAINTAIN, "withhold"), (DISCLOSE, "disclose")):
        item = Item("item", considerations=(Consideration(side, "", WEIGHTS[1], "-"),))
        problem = Problem(matter_of(law, item))
        assert possible(problem, problem.decision) == (outcome,)


def test_a_step_that_holds_ends_what_is_read() -> None:
    law = deciding(("a", "refuse_cost"), ("b", "withhold"), ("c", "not_held"), LAST)
    problem = Problem(matter_of(law))
    left = problem.known(problem.decision, {"b": True})
    assert possible(problem, left) == ("refuse_cost", "withhold")
    assert problem.known(left, {"c": True}) is left
    assert possible(problem, problem.known(left, {"a": False})) == ("withhold",)


def test_a_step_that_never_holds_is_left_out() -> None:
    law = deciding(({"all": ["a", {"not": "a"}]}, "refuse_cost"), ("b", "withhold"), LAST)
    problem = Problem(matter_of(law))
    assert possible(problem, problem.decision) == ("withhold", "disclose")
    assert possible(problem, problem.known(problem.decision, {"b": False})) == ("disclose",)


def test_of_steps_side_by_side_with_one_outcome_it_does_not_matter_which_holds() -> None:
    law = deciding(("a", "withhold"), ("b", "withhold"), ("c", "refuse_cost"), LAST)
    problem = Problem(matter_of(law))
    left = problem.known(problem.decision, {"b": True})
    assert possible(problem, left) == ("withhold",)
    assert not left.reads


def test_what_comes_to_the_same_is_the_same_state() -> None:
    """Once `a` is yes nothing of the balance is left, whatever of it was known before."""
    law = weighing((MAINTAIN, 2), (DISCLOSE, 3), first=(({"all": ["a", "f0"]}, "not_held"),))
    problem = Problem(matter_of(law))
    start = problem.known(problem.decision, {"f0": True})
    over = {problem.known(problem.known(start, {"f1": f1}), {"a": True}) for f1 in (True, False)}
    assert len(over) == 1
    assert len({problem.known(start, {"f1": f1}) for f1 in (True, False)}) == 2


def test_a_step_may_turn_on_what_does_not_outweigh() -> None:
    law = weighing((MAINTAIN, 2), first=(({"all": ["a", {"not": "outweighs"}]}, "not_held"),))
    problem = Problem(matter_of(law))
    left = problem.known(problem.decision, {"a": True})
    assert possible(problem, problem.known(left, {"f0": False})) == ("not_held",)
    assert possible(problem, problem.known(left, {"f0": True})) == ("withhold",)


def test_two_balances_are_each_kept_as_long_as_a_step_turns_on_them() -> None:
    law = deciding(
        ({"all": ["a", "silent"]}, "neither_confirm_nor_deny"),
        ("outweighs", "withhold"),
        LAST,
        conclusions={"put": conclusion()},
        balances={
            "confirm_or_deny": balance("put", "silent"),
            "content": balance("put", "outweighs"),
        },
        factors={
            "factor0": factor(MAINTAIN, "confirm_or_deny", rule("factor0.1", "b", 3)),
            "factor1": factor(MAINTAIN, "content", rule("factor1.1", "c", 3)),
        },
    )
    problem = Problem(matter_of(law))
    ends = {
        (a, b, c): possible(problem, problem.known(problem.decision, {"a": a, "b": b, "c": c}))
        for a, b, c in product((True, False, None), repeat=3)
    }
    assert ends[True, True, None] == ("neither_confirm_nor_deny",)
    assert ends[False, None, True] == ends[True, False, True] == ("withhold",)
    assert ends[False, None, False] == ends[None, False, False] == ("disclose",)
    assert ends[None, None, True] == ("neither_confirm_nor_deny", "withhold")
    one, two = (
        problem.known(problem.known(problem.decision, {"b": b}), {"a": False})
        for b in (True, False)
    )
    assert one == two
    assert possible(problem, one) == ("withhold", "disclose")


def limbs() -> Law:
    """A law in which only a limb that is considered can be what withholds."""
    return law_of(
        {
            "facts": {name: fact("yes_no") for name in "abc"},
            "conclusions": {
                name: conclusion(rule(f"{name}.1", name[-1])) for name in ("is_a", "is_b")
            },
            "balances": {"content": balance("is_a", "outweighs")},
            "factors": {"factor0": factor(MAINTAIN, "content", rule("factor0.1", "c", 2))},
            "limbs": {
                "s1(a)": blank(Limb, exemption="s1", engaged="is_a"),
                "s1(b)": blank(Limb, exemption="s1", engaged="is_b"),
            },
            "order_of_decision": (
                blank(Gate, id="one", outcome="withhold", when="outweighs", limbs="yes"),
                blank(Gate, id="last", outcome="disclose", when="always"),
            ),
        }
    )


@pytest.mark.parametrize(
    ("item", "withheld"),
    [
        (Item("item"), {"a": True, "c": True}),
        (Item("item", consider=("s1(b)",)), {"b": True, "c": True}),
        (Item("item", weights={"factor0": Weighing(WEIGHTS[1], "-")}), {"a": True}),
        (Item("item", considerations=(Consideration(MAINTAIN, "", WEIGHTS[1], "-"),)), {"b": True}),
        (Item("item", balance=Conclusion(MAINTAIN, "-")), {"a": True}),
    ],
)
def test_a_problem_is_made_from_what_the_officer_decided_and_not_from_answers(
    item: Item, withheld: dict[str, bool]
) -> None:
    matter = matter_of(limbs(), item)
    problem = Problem(matter)
    assert possible(problem, problem.known(problem.decision, withheld)) == ("withhold",)
    assert made_from(matter) == made_from(matter.with_answer("a", True))
    plain = matter_of(matter.law)
    assert (made_from(matter) == made_from(plain)) == (item == plain.item)
    assert made_from(replace(matter, circumstances={"clarified": True})) != made_from(matter)
