"""durable-rules as it is driven here: what is traced, in which order, and what stays clean."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.reasoning import durable
from advisor.reasoning.derivation import Firing, Value
from advisor.rulebook.conditions import names
from advisor.rulebook.law import Law
from advisor.truth import Truth
from tests.reasoning.random_law import (
    balance,
    can_be_tested,
    fact,
    random_law,
    random_value,
    random_values,
    rule,
    strike,
)
from tests.reasoning.wide_law import MANY, concluded, law, needs_engine, no_strike

YES_NO, TIMES = fact("yes_no"), fact("number")

unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=50)
RSS = Path("/proc/self/statm")


@unhurried
@given(rng=st.randoms(use_true_random=False))
def test_each_node_is_in_one_level_and_reads_only_those_below(rng: Random) -> None:
    which = random_law(rng)
    below = {*which.facts, *which.derived}
    found = durable.levels(which)
    for level in found:
        for node in level:
            if node.kind == "balance":
                assert {one.id for one in which.balance_factors[node.id]} <= below
            for one in which.rules_of(node):
                assert names(one.when) <= below
        below |= {durable.concludes(which, node) for node in level}
    assert Counter(node for level in found for node in level) == Counter(which.nodes)


def test_there_are_no_more_levels_than_nodes_that_read_each_other() -> None:
    which = law(rule("a", "fact0"), rule("b", "always"), rule("c", {"any": ["c0", "c1"]}))
    assert [[node.id for node in level] for level in durable.levels(which)] == [
        ["c0", "c1"],
        ["c2"],
    ]


@needs_engine
def test_the_trace_names_the_facts_and_conclusions_of_each_rule_that_holds() -> None:
    which = law(
        rule("first", {"all": ["fact0", {"any": ["fact1", "fact2"]}, "status is not open"]}),
        rule("second", {"all": ["c0", {"not": "fact3"}]}),
        rule("third", "always"),
        rule("fourth", "fact3"),
    )
    values: dict[str, Value] = {"fact0": True, "fact2": True, "fact3": False, "status": "closed"}
    assert durable.derive(which, values, no_strike).trace == (
        Firing("first", ("fact0", "fact2", "status")),
        Firing("second", ("c0", "fact3")),
        Firing("third", ()),
    )


@needs_engine
def test_of_several_alternatives_the_trace_has_the_one_that_is_written_first() -> None:
    which = law(rule("early", "fact1"), rule("late", {"any": ["c0", "fact0"]}))
    trace = durable.derive(which, {"fact0": True, "fact1": True}, no_strike).trace
    # fact0 is known a step before c0 is concluded, and is written after it.
    assert trace == (Firing("early", ("fact1",)), Firing("late", ("c0",)))


@needs_engine
@pytest.mark.parametrize("known", [True, False, None])
def test_a_contradiction_is_never_yes_and_a_tautology_never_no(known: Truth) -> None:
    which = law(
        rule("both", {"all": ["fact0", {"not": "fact0"}]}),
        rule("either", {"any": ["fact0", {"not": "fact0"}]}),
    )
    values: dict[str, Value] = {} if known is None else {"fact0": known}
    never, ever = (None, None) if known is None else (False, True)
    assert concluded(which, values) == {"c0": never, "c1": ever}


@needs_engine
def test_a_conclusion_without_rules_in_force_is_no_and_what_reads_it_knows() -> None:
    repealed = replace(rule("old", "always"), in_force_until=date(2020, 1, 1))
    which = law(repealed, rule("r", {"not": "c0"}))
    assert concluded(which, {}) == {"c0": False, "c1": True}


@needs_engine
def test_what_follows_from_a_finding_is_derived_after_the_balance_is_struck() -> None:
    balances = {"content": balance("c0", "outweighs")}
    which = law(rule("put", "fact0"), rule("after", {"not": "outweighs"}), balances=balances)
    for struck in (True, False, None):
        derivation = durable.derive(which, {"fact0": True}, lambda *_, answer=struck: answer)
        after = None if struck is None else not struck
        assert derivation.conclusions == {"c0": True, "outweighs": struck, "c1": after}


@needs_engine
@unhurried
@given(rng=st.randoms(use_true_random=False))
def test_the_order_of_the_answers_changes_nothing(rng: Random) -> None:
    which = random_law(rng)
    values = random_values(rng, which)
    shuffled = list(values.items())
    rng.shuffle(shuffled)
    strikes = strike(which)
    assert durable.derive(which, values, strikes) == durable.derive(which, dict(shuffled), strikes)


@needs_engine
@unhurried
@given(rng=st.randoms(use_true_random=False))
def test_more_answers_never_turn_what_is_known(rng: Random) -> None:
    which = random_law(rng)
    values = random_values(rng, which)
    before = durable.derive(which, values, strike(which))
    for name in (*which.facts, *which.derived):
        if name not in values and can_be_tested(which, name):
            values[name] = random_value(rng, which, name)
    after = durable.derive(which, values, strike(which))
    for old, new in ((before.conclusions, after.conclusions), (before.rules, after.rules)):
        known = {key: truth for key, truth in old.items() if truth is not None}
        assert known.items() <= new.items()
    for factor, (light, heavy) in before.weights.items():
        assert light <= after.weights[factor][0] <= after.weights[factor][1] <= heavy


@needs_engine
def test_nothing_is_retracted_from_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    # Retracting two facts that fired a rule together reads, and may write, past its memory.
    def retract(*_: object) -> None:
        raise AssertionError("retracted")

    monkeypatch.setattr("durable_rules_engine.retract_facts", retract)
    which = law(rule("both", {"all": ["fact0", "fact1"]}))
    assert concluded(which, {"fact0": True, "fact1": True}) == {"c0": True}
    assert concluded(which, {"fact0": True}) == {"c0": None}


@needs_engine
@unhurried
@given(rng=st.randoms(use_true_random=False))
def test_a_session_is_told_once_and_deleted_after_its_firings(rng: Random) -> None:
    # Deleting what has not fired ends the process; telling more once rules have fired is not known
    # to be safe.
    which = random_law(rng)
    values = random_values(rng, which)
    durable.derive(which, values, strike(which))  # compiles
    calls: list[tuple[int, str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("assert_fact", "complete_and_start_action", "delete_state"):
            record(patch, name, calls)
        durable.derive(which, values, strike(which))
    at = iter(calls)
    for handle, name, message in at:
        assert name == "assert_fact"
        assert set(json.loads(message)) > {"id"}
        steps = [next(at)]
        while steps[-1][1] != "delete_state":
            steps.append(next(at))
        assert {one[0] for one in steps} == {handle}
        assert {one[1] for one in steps[:-1]} == {"complete_and_start_action"}


def record(patch: pytest.MonkeyPatch, name: str, calls: list[tuple[int, str, Any]]) -> None:
    """Note each call of a function of the engine: the ruleset, the function, what it is given."""
    engine = import_module("durable_rules_engine")
    real = getattr(engine, name)

    def noted(handle: int, given: Any) -> Any:
        calls.append((handle, name, given))
        return real(handle, given)

    patch.setattr(engine, name, noted)


@needs_engine
def test_few_rules_of_one_level_are_told_together() -> None:
    which = law(*(rule(name, name) for name in MANY[:20]))
    concluded(which, {})  # compiles
    calls: list[tuple[int, str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        record(patch, "assert_fact", calls)
        concluded(which, dict.fromkeys(MANY, True))
    assert len(calls) == 1


@needs_engine
@pytest.mark.parametrize("before", ["start_action_for_state", "complete_and_start_action"])
def test_a_case_that_is_interrupted_leaves_nothing_for_the_next(before: str) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    which = law(rule("yes", "fact0"), rule("no", {"not": "fact0"}))
    concluded(which, {})  # compiles
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"durable_rules_engine.{before}", interrupt)
        with pytest.raises(KeyboardInterrupt):
            concluded(which, {"fact0": True})
    assert concluded(which, {}) == {"c0": None, "c1": None}
    assert concluded(which, {"fact0": False}) == {"c0": False, "c1": True}


@needs_engine
def test_a_strike_that_fails_leaves_nothing_for_the_next_case() -> None:
    balances = {"content": balance("c0", "outweighs")}
    which = law(rule("put", "fact0"), balances=balances)
    with pytest.raises(RuntimeError, match="nobody strikes content"):
        durable.derive(which, {"fact0": True}, no_strike)
    for known in (False, None, True):
        values: dict[str, Value] = {} if known is None else {"fact0": known}
        assert concluded(which, values) == {"c0": known, "outweighs": False}


@needs_engine
def test_many_threads_get_the_answers_that_one_gets() -> None:
    rng = Random(1)
    laws = [random_law(rng) for _ in range(durable.KEPT + 2)]  # so that programs are also dropped
    cases = [(which, random_values(rng, which)) for _ in range(40) for which in laws]
    alone = [durable.derive(which, values, strike(which)) for which, values in cases]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: durable.derive(one[0], one[1], strike(one[0])), cases))
    assert together == alone


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Law]:
    """The laws that are compiled in a test."""
    found: list[Law] = []

    class Counted(durable.Program):
        def __init__(self, which: Law) -> None:
            found.append(which)
            super().__init__(which)

    monkeypatch.setattr(durable, "Program", Counted)
    return found


@needs_engine
def test_a_rulebook_is_compiled_again_only_when_other_rules_are_in_force(
    compiled: list[Law],
) -> None:
    old = replace(rule("compiled.old", "fact0"), in_force_until=date(2019, 12, 31))
    book = law(old, rule("compiled.new", "fact1")).book
    days = [date(2026, 1, 1), date(2025, 1, 1), date(2019, 1, 1), date(2018, 1, 1)]
    for day in days + days:
        concluded(Law(book, day), {"fact1": True})
    assert [which.as_at for which in compiled] == [date(2026, 1, 1), date(2019, 1, 1)]


@needs_engine
def test_laws_in_use_stay_compiled(compiled: list[Law]) -> None:
    laws = [law(rule(f"used{i}", "fact0")) for i in range(durable.KEPT)]
    for which in laws + laws:
        concluded(which, {})
    assert compiled == laws
    for i in range(durable.KEPT):
        concluded(laws[0], {})
        concluded(law(rule(f"passing{i}", "fact0")), {})
    assert compiled.count(laws[0]) == 1


@needs_engine
@pytest.mark.skipif(not RSS.exists(), reason="this system does not say how much memory is in use")
def test_memory_stays_flat_over_cases_and_over_rulebooks() -> None:
    def kilobytes() -> int:
        return int(RSS.read_text().split()[1]) * 4

    rng = Random(2)
    one = random_law(rng)
    cases = [random_values(rng, one) for _ in range(1000)]
    others = [random_law(rng) for _ in range(150)]

    def run_cases() -> None:
        for values in cases:
            durable.derive(one, values, strike(one))

    def run_rulebooks(laws: list[Law]) -> None:
        for which in laws:
            durable.derive(which, {}, strike(which))

    run_cases()
    run_rulebooks(others[:50])
    before = kilobytes()
    run_cases()
    run_rulebooks(others[50:])
    # A hundred rulebooks of this size hold some 40 MB between them while they are in the engine.
    assert kilobytes() - before < 4_000


@needs_engine
def test_a_number_is_never_taken_for_a_yes_or_no() -> None:
    which = law(
        rule("both", {"all": ["held", "times >= 1"]}), facts={"held": YES_NO, "times": TIMES}
    )
    for held, times in ((True, 1), (False, 0), (True, 0), (False, 1)):
        found = concluded(which, {"held": held, "times": times})
        assert found == {"c0": held and times == 1}
