"""The first step of the order that holds decides; what may hold before it leaves more open."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.case import Item
from advisor.reasoning.outcome import considered, decide, engaged
from advisor.rulebook.law import Law
from advisor.rulebook.model import Gate, Limb
from advisor.truth import Truth
from tests.reasoning.random_law import blank, conclusion, fact, law_of, rule

LIMBS = {"s1(a)": "first", "s1(b)": "second", "s2": "third"}


def law(*steps: Gate) -> Law:
    """Three limbs, each engaged by a conclusion of its own, and steps that read facts."""
    return law_of(
        {
            "facts": {name: fact("yes_no") for name in ("held", "costly", "harmful")},
            "conclusions": {name: conclusion(rule(f"r.{name}", "held")) for name in LIMBS.values()},
            "limbs": {
                key: blank(Limb, exemption=key.split("(")[0], engaged=name)
                for key, name in LIMBS.items()
            },
            "order_of_decision": steps,
        }
    )


NOT_HELD = blank(Gate, id="none", outcome="not_held", when={"not": "held"}, limbs="no")
COSTLY = blank(
    Gate, id="cost", outcome="refuse", when="costly", limbs="no", provisions=("s14", "s12")
)
HARMFUL = blank(Gate, id="harm", outcome="withhold", when="harmful", limbs="yes")
ALWAYS = blank(Gate, id="last", outcome="disclose", when="always", limbs="no")
AGAIN = blank(Gate, id="cost_again", outcome="disclose", when="costly", limbs="no")
ITEM = Item("it")


@pytest.mark.parametrize(
    ("known", "possible", "step", "provisions"),
    [
        ({"held": False}, ("not_held",), "none", ()),
        ({"held": False, "costly": True}, ("not_held",), "none", ()),
        ({"held": True, "costly": True}, ("refuse",), "cost", ("s12", "s14")),
        ({"costly": True}, ("not_held", "refuse"), None, ()),
        ({"held": True, "costly": False, "harmful": False}, ("disclose",), "last", ()),
        ({"held": True, "costly": False, "harmful": True}, ("disclose",), "last", ()),
        (
            {"held": True, "costly": False, "harmful": True, "third": True, "first": True},
            ("withhold",),
            "harm",
            ("s1(a)", "s2"),
        ),
        (
            {"held": True, "costly": False, "harmful": True, "second": None, "third": False},
            ("withhold", "disclose"),
            None,
            (),
        ),
        (
            {"held": True, "costly": None, "harmful": True, "second": True},
            ("refuse", "withhold"),
            None,
            (),
        ),
        ({}, ("not_held", "refuse", "disclose"), None, ()),
    ],
)
def test_the_first_step_that_holds_decides(
    known: dict[str, Truth],
    possible: tuple[str, ...],
    step: str | None,
    provisions: tuple[str, ...],
) -> None:
    engaging: dict[str, Any] = dict.fromkeys(LIMBS.values(), False)
    found = decide(law(NOT_HELD, COSTLY, HARMFUL, ALWAYS), {**engaging, **known}, ITEM)
    assert found.possible == possible
    assert found.outcome == (possible[0] if len(possible) == 1 else None)
    assert (found.step.entry.id if found.step else None) == step
    assert found.provisions == provisions


def test_steps_that_give_one_outcome_leave_one_possible_and_the_sure_one_decides() -> None:
    found = decide(law(AGAIN, ALWAYS), {}, ITEM)
    assert (found.possible, found.outcome) == (("disclose",), "disclose")
    assert found.step is not None
    assert found.step.entry.id == "last"


def test_where_no_step_is_sure_none_decides() -> None:
    found = decide(law(COSTLY), {}, ITEM)
    assert (found.possible, found.step, found.provisions) == (("refuse",), None, ())
    assert decide(law(COSTLY), {"costly": False}, ITEM).outcome is None


@pytest.mark.parametrize(
    ("consider", "limbs"),
    [
        (None, ("s1(a)", "s1(b)", "s2")),
        (("s1",), ("s1(a)", "s1(b)")),
        (("s2", "s1(b)"), ("s1(b)", "s2")),
        (("s1(a)(ii)",), ("s1(a)",)),
        (("s3",), ()),
    ],
)
def test_the_limbs_at_above_and_below_what_is_considered_are_tested(
    consider: tuple[str, ...] | None, limbs: tuple[str, ...]
) -> None:
    assert considered(law(ALWAYS), Item("it", consider=consider)) == limbs


def test_a_limb_that_is_not_considered_is_not_relied_on() -> None:
    item = Item("it", consider=("s1(b)", "s2"))
    known: dict[str, Any] = {"harmful": True, "first": True, "second": False, "third": True}
    assert decide(law(HARMFUL, ALWAYS), known, item).provisions == ("s2",)
    assert decide(law(HARMFUL, ALWAYS), {**known, "third": False}, item).outcome == "disclose"


@pytest.mark.parametrize(
    ("first", "third", "covers"),
    [(True, None, True), (None, False, None), (False, None, None), (False, False, False)],
)
def test_the_information_is_covered_when_some_limb_is_engaged(
    first: Truth, third: Truth, covers: Truth
) -> None:
    known = {"first": first, "second": True, "third": third}
    assert engaged(law(ALWAYS), known, ("s1(a)", "s2")) is covers
