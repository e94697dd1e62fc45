"""What durable-rules cannot carry is refused by name, and what it can is told apart rightly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from advisor.reasoning import durable
from advisor.reasoning.derivation import Value
from advisor.reasoning.durable import EngineLimit
from advisor.rulebook.conditions import Compare
from advisor.rulebook.model import Rule
from tests.reasoning.random_law import fact, rule
from tests.reasoning.wide_law import MANY, STATUS, concluded, law, needs_engine, no_strike


def with_fact0(count: int) -> list[Rule]:
    """Rules of two facts, of which one is the same in all."""
    return [rule(f"r{i}", {"all": ["fact0", MANY[i + 1]]}) for i in range(count)]


SIXTEEN_BY_SIXTEEN = {"all": [{"any": MANY[i : i + 16]} for i in range(0, 32, 16)]}
ONE_MORE = {"all": [{"any": [SIXTEEN_BY_SIXTEEN, MANY[32]]}]}


@pytest.mark.parametrize(
    ("rules", "refused", "because"),
    [
        ([rule("r", {"all": MANY[:201]})], ["r"], "201 facts together"),
        ([rule("r", {"any": MANY[:201]})], ["r"], "201 facts together"),
        ([rule("r", ONE_MORE)], ["r"], "more than 256 alternatives"),
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
    with pytest.raises(EngineLimit, match=f"^{refused[0]}: .*{because}"):
        durable.derive(which, {}, no_strike)


def test_a_number_too_large_to_be_told_from_another_is_refused() -> None:
    for number in (10**9, -(10**9)):
        with pytest.raises(ValueError, match="too large"):
            durable.terms(Compare("year", "<", number), True, {"year": None})


@pytest.fixture
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Whether this system has the engine, as the test would have it."""

    def imported(name: str) -> None:
        if not request.param:
            raise ImportError(name)

    monkeypatch.setattr(durable, "import_module", imported)
    durable.available.cache_clear()
    yield request.param
    durable.available.cache_clear()


@pytest.mark.parametrize("installed", [True, False], indirect=True)
def test_refusals_are_known_with_the_engine_and_without_it(installed: bool) -> None:
    assert durable.available() is installed
    assert durable.refusals(law(rule("r", "fact0"), rule("s", "offence")))[0][0] == "s"


@needs_engine
def test_a_rule_just_within_the_limits_is_carried() -> None:
    which = law(
        rule("all", {"all": MANY[1:201]}),
        rule("any", {"any": MANY[1:201]}),
        rule("most", SIXTEEN_BY_SIXTEEN),
    )
    assert durable.refusals(which) == []
    yes: dict[str, Value] = dict.fromkeys(MANY, True)
    assert set(concluded(which, yes).values()) == {True}
    no: dict[str, Value] = dict.fromkeys(MANY, False)
    assert set(concluded(which, no).values()) == {False}


@needs_engine
def test_more_rules_of_one_fact_than_the_engine_carries_together_are_carried() -> None:
    which = law(*with_fact0(259))  # one message may meet 64 tests at a time
    others: dict[str, Value] = {name: i % 2 == 0 for i, name in enumerate(MANY)}
    assert list(concluded(which, others | {"fact0": True}).values()) == list(others.values())[1:]
    assert set(concluded(which, others | {"fact0": False}).values()) == {False}


@needs_engine
def test_more_facts_than_one_message_carries_are_carried() -> None:
    asked = {f"choice{i}": fact("choice", STATUS) for i in range(260)}
    known = [f"{name} in [{', '.join(STATUS)}]" for name in asked]  # yes or unknown: one term each
    which = law(
        rule("first", {"all": known[:130]}), rule("second", {"all": known[130:]}), facts=asked
    )
    values: dict[str, Value] = dict.fromkeys(asked, "open")
    assert concluded(which, values) == {"c0": True, "c1": True}
    del values["choice0"]
    assert concluded(which, values) == {"c0": None, "c1": True}


@needs_engine
def test_more_tests_of_one_number_than_the_engine_carries_together_are_carried() -> None:
    which = law(*(rule(f"year{i}", f"year >= {1900 + i}") for i in range(100)))
    found = list(concluded(which, {"year": 1970}).values())
    assert found == [True] * 71 + [False] * 29


@needs_engine
def test_more_names_than_one_node_of_the_engine_holds_are_carried() -> None:
    names = [f"name{i}" for i in range(600)]
    asked = {name: fact("yes_no") for name in names}
    which = law(*(rule(name, name) for name in names), facts=asked)
    for values in ([True] * 600, [False] * 600, [i % 2 == 0 for i in range(600)]):
        told = dict(zip(names, values, strict=True))
        assert list(concluded(which, told).values()) == values


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

    # The engine gives its own state an id and properties as well.
    words = ["sid-0", "sid", "id", "$s", *map(str, range(durable.MAX_FACTS + 1))]
    assert len(set(map(fnv1a, words))) == len(words)


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
@pytest.mark.parametrize("number", [-999_999_999, 2000, 999_999_999])
@pytest.mark.parametrize("past", [-(10**20), -1, 0, 1, 10**20])
def test_numbers_are_compared_on_both_sides_of_each_test(number: int, past: int) -> None:
    which = law(*(rule(sign, f"year {sign} {number}") for sign in ("<", "<=", ">", ">=")))
    expected = [past < 0, past <= 0, past > 0, past >= 0]
    assert list(concluded(which, {"year": number + past}).values()) == expected


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
