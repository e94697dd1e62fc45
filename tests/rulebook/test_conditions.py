"""The condition language: how it reads, what it refuses, and three-valued evaluation."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.reasoning.evaluate import check, support
from advisor.rulebook.conditions import (
    All,
    AnyOf,
    Cites,
    Compare,
    Condition,
    ConditionError,
    Holds,
    In,
    MayMean,
    Not,
    names,
    parse,
)
from advisor.truth import conj, disj, neg


@pytest.mark.parametrize(
    ("raw", "condition"),
    [
        ("held", Holds("held")),
        ("status is ongoing", In("status", ("ongoing",))),
        ("status is not ongoing", Not(In("status", ("ongoing",)))),
        ("status in [ongoing, cold]", In("status", ("ongoing", "cold"))),
        ("status not in [cold]", Not(In("status", ("cold",)))),
        ("years >= -3", Compare("years", ">=", -3)),
        ("draft cites s31(1)(a)", Cites("draft", "s31(1)(a)")),
        ("draft may_mean s30(1)", MayMean("draft", "s30(1)")),
        ("always", All(())),
        ({"not": "held"}, Not(Holds("held"))),
        ({"all": ["a", {"any": ["b", "c"]}]}, All((Holds("a"), AnyOf((Holds("b"), Holds("c")))))),
    ],
)
def test_what_a_lawyer_writes_is_read(raw: Any, condition: Condition) -> None:
    assert parse(raw) == condition


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("Held", ()),
        ("a b", ()),
        ("x in []", ()),
        ("x == 3", ()),
        ({"all": []}, ("all",)),
        ({"all": "a"}, ("all",)),
        ({"all": ["a", "B"]}, ("all", 1)),
        ({"none": ["a"]}, ("none",)),
        ({"all": ["a"], "any": ["b"]}, ()),
        ({"not": {"any": ["a", 3]}}, ("not", "any", 1)),
        (None, ()),
        (["a"], ()),
    ],
)
def test_what_cannot_be_read_says_which_part(raw: Any, path: tuple[Any, ...]) -> None:
    with pytest.raises(ConditionError) as raised:
        parse(raw)
    assert raised.value.path == path


def test_unknown_is_neither_yes_nor_no() -> None:
    for a, b in product((True, False, None), repeat=2):
        known = {k: v for k, v in (("a", a), ("b", b)) if v is not None}
        assert check(parse({"all": ["a", "b"]}))(known) is conj([a, b])
        assert check(parse({"any": ["a", "b"]}))(known) is disj([a, b])
        assert check(parse({"not": "a"}))(known) is neg(a)


@pytest.mark.parametrize(
    ("cited", "condition", "holds"),
    [
        ({"s31(1)(a)"}, "draft cites s31", True),
        ({"s31"}, "draft cites s31(1)", False),
        ({"s310"}, "draft cites s31", False),
        ({"s30"}, "draft may_mean s30(1)", True),
        ({"s30(1)(a)(i)"}, "draft may_mean s30(1)", True),
        ({"s30(2)(b)"}, "draft may_mean s30(1)", False),
        (set(), "draft may_mean s30", False),
    ],
)
def test_provisions_are_parts_of_provisions(cited: set[str], condition: str, holds: bool) -> None:
    assert check(parse(condition))({"draft": frozenset(cited)}) is holds


conditions = st.recursive(
    st.sampled_from("abcd").map(Holds),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(AnyOf),
        inner.map(Not),
    ),
    max_leaves=8,
)
facts = st.dictionaries(st.sampled_from("abcd"), st.booleans())


@given(conditions, facts)
def test_more_answers_never_turn_yes_into_no(condition: Condition, known: dict[str, bool]) -> None:
    for name in known:
        fewer = {k: v for k, v in known.items() if k != name}
        before, after = check(condition)(fewer), check(condition)(known)
        assert before is None or before is after


@given(conditions, facts)
def test_the_support_of_what_holds_makes_it_hold(
    condition: Condition, known: dict[str, bool]
) -> None:
    if check(condition)(known):
        wanted = support(condition, known)
        assert set(wanted) <= names(condition)
        assert check(condition)({k: v for k, v in known.items() if k in wanted}) is True
