"""The balance: place by place, never added up, and an even one discloses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.reasoning.balance import compare, compare_ranges

weights = st.lists(st.integers(0, 4), max_size=6)
ranges = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda p: (min(p), max(p))), max_size=3
)
SIGN = {"maintain": 1, "disclose": -1}


def signed(maintain: list[int], disclose: list[int]) -> int:
    result, margin = compare(maintain, disclose)
    return 0 if margin == "even" else SIGN[result]


@pytest.mark.parametrize(
    ("maintain", "disclose", "struck"),
    [
        ([], [], ("disclose", "even")),
        ([3], [3], ("disclose", "even")),
        ([4], [3, 3, 3], ("maintain", "narrow")),
        ([4], [2, 2], ("maintain", "clear")),
        ([3, 1], [3, 2], ("disclose", "narrow")),
        ([3, 2], [3], ("maintain", "clear")),
        ([0, 0], [1], ("disclose", "narrow")),
        ([1, 4, 2], [4, 2, 2], ("disclose", "narrow")),
    ],
)
def test_the_first_place_that_differs_decides(
    maintain: list[int], disclose: list[int], struck: tuple[str, str]
) -> None:
    assert compare(maintain, disclose) == struck


@given(weights, weights, st.permutations(range(6)))
def test_the_order_in_which_weights_are_given_is_nothing(
    maintain: list[int], disclose: list[int], order: list[int]
) -> None:
    mixed = [maintain[i] for i in order if i < len(maintain)]
    assert compare(mixed, disclose) == compare(maintain, disclose)


@given(weights, weights, st.integers(0, 5), st.integers(1, 4))
def test_more_weight_on_one_side_never_helps_the_other(
    maintain: list[int], disclose: list[int], place: int, more: int
) -> None:
    heavier = [*maintain, more]
    if place < len(maintain):
        heavier = [min(4, w + more) if i == place else w for i, w in enumerate(maintain)]
    assert signed(heavier, disclose) >= signed(maintain, disclose)
    assert signed(disclose, heavier) <= signed(disclose, maintain)


@given(weights, weights)
def test_sides_that_are_exchanged_exchange_the_result(
    maintain: list[int], disclose: list[int]
) -> None:
    assert signed(maintain, disclose) == -signed(disclose, maintain)


def completions(sides: list[tuple[int, int]]) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for low, high in sides:
        found = [[*one, weight] for one in found for weight in range(low, high + 1)]
    return found


@settings(deadline=None)
@given(ranges, ranges)
def test_a_range_is_decided_exactly_when_every_choice_agrees(
    maintain: list[tuple[int, int]], disclose: list[tuple[int, int]]
) -> None:
    every = {compare(m, d)[0] for m in completions(maintain) for d in completions(disclose)}
    struck = compare_ranges(maintain, disclose)
    assert (struck is not None) == (len(every) == 1)
    assert struck is None or {struck[0]} == every


def test_comparing_is_a_total_order() -> None:
    sides = [[], [1], [1, 1], [2], [2, 1], [3], [4, 1], [4, 2]]
    less: Callable[[list[int], list[int]], bool] = lambda a, b: signed(a, b) < 0  # noqa: E731
    assert all(less(a, b) for i, a in enumerate(sides) for b in sides[i + 1 :])
