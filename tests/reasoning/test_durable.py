"""durable-rules as it is driven here: what is refused, what is traced, and what stays clean."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.reasoning import durable
from advisor.reasoning.derivation import Firing, Range, Value
from advisor.reasoning.durable import EngineLimit
from advisor.rulebook.conditions import Compare
from advisor.rulebook.law import Law
from advisor.rulebook.model import Rule
from advisor.truth import Truth
from tests.reasoning.random_law import (
    balance,
    can_be_tested,
    conclusion,
    fact,
    law_of,
    random_law,
    random_value,
    random_values,
    rule,
    strike,
)

needs_engine = pytest.mark.skipif(
    not durable.available(), reason="durable-rules cannot be imported on this Python"
)
unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=50)

MANY = [f"fact{i}" for i in range(260)]
STATUS = ("open", "dormant", "closed")
RSS = Path("/proc/self/statm")


def law(*rules: Rule, facts: Mapping[str, Any] | None = None, **sections: Any) -> Law:
    """A law of one conclusion for each rule, over 260 yes/no facts, a status and a year."""
    asked = {name: fact("yes_no") for name in MANY}
    asked |= {"status": fact("choice", STATUS), "year": fact("year"), "offence": fact("text")}
    conclusions = {f"c{i}": conclusion(one) for i, one in enumerate(rules)}
    return law_of({"facts": asked | dict(facts or {}), "conclusions": conclusions, **sections})


def concluded(which: Law, values: Mapping[str, Value]) -> dict[str, Truth]:
    return dict(durable.derive(which, values, strike(which)).conclusions)


def no_strike(balance: str, weights: Mapping[str, Range]) -> Truth:
    raise RuntimeError(f"nobody strikes {balance}")


def with_fact0(count: int) -> list[Rule]:
    """Rules of two facts, of which one is the same in all."""
    return [rule(f"r{i}", {"all": ["fact0", MANY[i + 1]]}) for i in range(count)]


FOUR_OF_FIVE = {"all": [{"any": MANY[i : i + 5]} for i in range(0, 20, 5)]}


@pytest.mark.parametrize(
    ("rules", "refused", "because"),
    [
        ([rule("r", {"all": MANY[:17]})], ["r"], "17 facts together"),
        ([rule("r", {"any": MANY[:17]})], ["r"], "17 facts together"),
        ([rule("r", FOUR_OF_FIVE)], ["r"], "more than 256 alternatives"),
        (with_fact0(256), ["r255"], "more than 255 times"),
        ([rule("r", f"year > {1900 + i}") for i in range(33)], ["r"], "more than 64 ways"),
        ([rule("r", "draft cites s31")], ["r"], "not a test"),
        ([rule("r", "nobody_asks")], ["r"], "not a test"),
        ([rule("r", "offence")], ["r"], "not a test"),
        ([rule("r", "status")], ["r"], "not a test"),
        ([rule("r", "year is open")], ["r"], "not a test"),
        ([rule("r", "fact0 is yes")], ["r"], "not a test"),
        ([rule("r", "status > 3")], ["r"], "not a test"),
    ],
)
def test_what_the_engine_cannot_carry_is_refused_by_the_rules_id(
    rules: list[Rule], refused: list[str], because: str
) -> None:
    which = law(*rules)
    found = durable.refusals(which)
    assert [name for name, _ in found] == refused
    assert because in found[0][1]
    with pytest.raises(EngineLimit, match=because) as caught:
        durable.derive(which, {}, no_strike)
    assert caught.value.rule == refused[0]


def as_many_alternatives_as_possible() -> list[Rule]:
    """Rules of 4,096 alternatives with the one that the engine is always given."""
    # Two facts together are one alternative for yes; for no each is one, whoever shares it.
    pairs = list(combinations(MANY[:100], 2))[: durable.MAX_RULES - 101]
    return [rule(f"pair{i}", {"all": list(pair)}) for i, pair in enumerate(pairs)]


def test_more_alternatives_than_the_engine_has_rules_for_are_refused() -> None:
    which = law(*as_many_alternatives_as_possible(), rule("more", MANY[200]))
    assert [name for name, _ in durable.refusals(which)] == ["more"]


def test_a_number_too_large_to_be_told_from_another_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        durable.terms(Compare("year", "<", durable.BEYOND), True, {"year": None})


def test_refusals_are_known_without_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_import(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(durable, "import_module", no_import)
    durable.available.cache_clear()
    try:
        assert not durable.available()
        assert durable.refusals(law(rule("r", "fact0"), rule("s", "offence")))[0][0] == "s"
    finally:
        durable.available.cache_clear()


@needs_engine
def test_what_is_just_within_the_limits_is_carried() -> None:
    which = law(
        *with_fact0(255),
        *(rule(f"year{i}", f"year >= {2000 + i}") for i in range(32)),
        rule("all", {"all": MANY[1:17]}),
        rule("any", {"any": MANY[1:17]}),
        rule("four", {"all": [{"any": MANY[i : i + 4]} for i in range(20, 36, 4)]}),
    )
    assert durable.refusals(which) == []
    yes: dict[str, Value] = dict.fromkeys(MANY, True)
    assert set(concluded(which, yes | {"year": 2100}).values()) == {True}
    no: dict[str, Value] = dict.fromkeys(MANY, False)
    assert set(concluded(which, no | {"year": 1900}).values()) == {False}


@needs_engine
def test_as_many_alternatives_as_the_engine_has_rules_for_are_carried() -> None:
    which = law(*as_many_alternatives_as_possible())
    yes: dict[str, Value] = dict.fromkeys(MANY, True)
    assert set(concluded(which, yes).values()) == {True}


@needs_engine
def test_more_names_than_one_node_of_the_engine_holds_are_carried() -> None:
    names = [f"name{i}" for i in range(600)]
    asked = {name: fact("yes_no") for name in names}
    which = law(*(rule(name, name) for name in names), facts=asked)
    assert list(concluded(which, {name: i % 2 == 0 for i, name in enumerate(names)}).values()) == [
        i % 2 == 0 for i in range(600)
    ]


@needs_engine
@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The 32-bit hashes of these two are the same.
        ("record_police_charge_safe", "held_letter_statement_police"),
        # The engine keeps these for itself.
        ("sid", "id"),
        ("group", "number"),
        ("value", "all"),
    ],
)
def test_names_that_the_engine_confuses_or_keeps_are_carried_all_the_same(
    one: str, other: str
) -> None:
    asked = {one: fact("yes_no"), other: fact("yes_no")}
    which = law(rule("r.one", one), rule("r.other", {"not": other}), facts=asked)
    for first in (True, False):
        for second in (True, False):
            assert concluded(which, {one: first, other: second}) == {"c0": first, "c1": not second}


def test_no_two_numbers_that_can_be_given_to_names_have_the_same_hash() -> None:
    def fnv1a(text: str) -> int:
        total = 0x811C9DC5
        for byte in text.encode():
            total = (total ^ byte) * 0x01000193 & 0xFFFFFFFF
        return total

    most = durable.MAX_RULES * durable.MAX_FACTS
    # The engine gives its own state an id as well.
    assert len({fnv1a(one) for one in ("sid-0", *map(str, range(most)))}) == most + 1


@needs_engine
@pytest.mark.parametrize("status", STATUS)
def test_a_choice_is_told_apart_by_any_set_of_its_values(status: str) -> None:
    which = law(
        rule("is", "status is open"),
        rule("is-not", "status is not open"),
        rule("in", "status in [open, closed]"),
        rule("not-in", "status not in [open, closed]"),
        rule("every", f"status in [{', '.join(STATUS)}]"),
        rule("none", f"status not in [{', '.join(STATUS)}]"),
    )
    assert list(concluded(which, {"status": status}).values()) == [
        status == "open",
        status != "open",
        status != "dormant",
        status == "dormant",
        True,
        False,
    ]
    assert set(concluded(which, {}).values()) == {None}


@needs_engine
@pytest.mark.parametrize("year", [-(10**20), 1999, 2000, 2001, 10**20])
def test_numbers_are_compared_on_both_sides_of_each_test(year: int) -> None:
    which = law(*(rule(sign, f"year {sign} 2000") for sign in ("<", "<=", ">", ">=")))
    expected = [year < 2000, year <= 2000, year > 2000, year >= 2000]
    assert list(concluded(which, {"year": year}).values()) == expected


@needs_engine
@pytest.mark.parametrize(
    ("name", "value"),
    [("fact0", 1), ("fact0", "yes"), ("status", "ajar"), ("status", True), ("year", True),
     ("year", "1999")],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_refused_and_leaves_nothing_behind(
    name: str, value: Value
) -> None:
    which = law(rule("a", "fact0"), rule("b", "status is open"), rule("c", "year > 2000"))
    with pytest.raises(ValueError, match=f"{name} cannot be"):
        concluded(which, {"fact0": True, name: value})
    assert set(concluded(which, {}).values()) == {None}


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
