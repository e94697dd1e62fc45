"""Decided matters contradict each other where one obliges against another, or both were one."""

from __future__ import annotations

import pytest

from advisor.reasoning.consistency import Contradiction, contradictions
from advisor.reasoning.dimensions import DISCLOSE, MAINTAIN, Point
from advisor.reasoning.precedents import Decided
from advisor.rulebook.precedent import Part, Precedent
from tests.reasoning.random_law import blank

WEAK, STRONG = Point(at=1, known=3, up=(1, 0)), Point(at=2, known=3, up=(3, 0))


def matter(
    ref: str,
    side: int,
    point: Point = Point(),
    *,
    needs: int = 0,
    limbs: tuple[str, ...] = ("s30(1)(a)",),
    linked: tuple[str, ...] = (),
    piece: str = "it",
    unsettled: str = "",
) -> Decided:
    entry = blank(Precedent, linked=linked, unsettled=unsettled)
    return Decided(ref, entry, blank(Part, id=piece, limbs=limbs), side, point, needs, limbs)


def found(*matters: Decided) -> list[tuple[str, str, str]]:
    every = contradictions({"content": matters})
    return [(one.kind, one.one.ref, one.other.ref) for one in every]


def test_what_holds_all_the_more_and_went_the_other_way_contradicts() -> None:
    one = matter("A", MAINTAIN, WEAK, needs=1)
    assert found(one, matter("B", DISCLOSE, STRONG)) == [("a_fortiori", "A", "B")]
    assert found(one, matter("B", MAINTAIN, STRONG)) == []
    both = matter("B", MAINTAIN, STRONG), matter("C", DISCLOSE, STRONG)
    assert found(one, *both) == [("a_fortiori", "A", "C")]
    assert found(one, matter("B", DISCLOSE, STRONG, limbs=("s30(2)",))) == []
    assert found(matter("A", MAINTAIN, STRONG, needs=2), matter("B", DISCLOSE, WEAK)) == []


@pytest.mark.parametrize(
    ("by_one", "by_other", "piece", "said"),
    [
        (("B",), (), "it", True),
        ((), ("A",), "it", True),
        (("B",), ("A",), "it", True),
        ((), (), "it", False),
        (("B",), ("A",), "another", False),
        (("C",), ("C",), "it", False),
    ],
)
def test_the_same_information_decided_differently_is_said_once(
    by_one: tuple[str, ...], by_other: tuple[str, ...], piece: str, said: bool
) -> None:
    one = matter("A", MAINTAIN, linked=by_one)
    other = matter("B", DISCLOSE, linked=by_other, piece=piece)
    expected = [("same_information", "A", "B")] if said else []
    assert found(one, other) == expected
    assert found(other, one) == expected


@pytest.mark.parametrize(("one", "other"), [("", ""), ("why", ""), ("", "why"), ("why", "why")])
def test_a_contradiction_stands_while_neither_matter_is_marked(one: str, other: str) -> None:
    pair = matter("A", MAINTAIN, unsettled=one), matter("B", DISCLOSE, unsettled=other)
    assert Contradiction("a_fortiori", *pair).settled == (not one and not other)
