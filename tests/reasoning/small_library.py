"""A small law with something to compare, and decided matters and items to be set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.case import Item
from advisor.reasoning.derivation import Value
from advisor.reasoning.dimensions import Space, factor_scale, space
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.precedents import Decided, Here, Near, beside, decided, here
from advisor.rulebook.law import Law
from advisor.rulebook.model import Derived, Dimension, Exemption, Limb, Part, Precedent, Step
from tests.reasoning.random_law import DAY, balance, blank, conclusion, fact, factor, law_of, rule

KINDS, STAGES = ("note", "report", "plan"), ("closed", "cold", "charged", "live")
LIVE, OPENNESS, OLD = map(factor_scale, ("live", "openness", "old"))
CONTENT: dict[str, Value] = {"held": True, "secret": False}
SILENCE: dict[str, Value] = {"held": False, "secret": True}


def law(precedents: Mapping[str, Precedent] | None = None) -> Law:
    """Stage, openness and age turn what is held; a secret turns whether anything is confirmed."""
    return law_of(
        {
            "facts": {
                "stage": fact("choice", STAGES),
                "public": fact("yes_no"),
                "year": fact("year"),
                "kind": fact("choice", KINDS),
                "held": fact("yes_no"),
                "secret": fact("yes_no"),
                "received": fact("date"),
                "pages": fact("number"),
                "title": fact("text"),
            },
            "derived": {"age": blank(Derived, of="year", schedule=(Step(add=0),))},
            "conclusions": {
                "engaged": conclusion(rule("r.1", "held")),
                "silent": conclusion(rule("r.2", "secret")),
            },
            "factors": {
                "live": factor("maintain", "content", rule("f.1", "stage is live", 3)),
                "openness": factor("disclose", "content", rule("f.2", "public", 2)),
                "old": factor("disclose", "content", rule("f.3", "age > 30", 1)),
                "tipping_off": factor("maintain", "confirm_or_deny", rule("f.4", "secret", 2)),
            },
            "balances": {
                "content": balance("engaged", "outweighs"),
                "confirm_or_deny": balance("silent", "silence_outweighs"),
            },
            "exemptions": {"s30": blank(Exemption, kind="qualified", engaged_by="class")},
            "limbs": {
                "s30(1)(a)": blank(Limb, exemption="s30", engaged="engaged"),
                "s30(2)": blank(Limb, exemption="s30", engaged="silent"),
                "s30(3)": blank(Limb, exemption="s30", engaged="engaged"),
            },
            "dimensions": {
                "stage": blank(
                    Dimension, disclose=(("closed",),), neither=("cold",),
                    maintain=(("charged",), ("live",)),
                ),
                "public": blank(Dimension, disclose=(("yes",),), neither=("no",)),
                "age": blank(Dimension, disclose=(("20",), ("30",))),
                "kind": blank(Dimension, alike=KINDS),
                "secret": blank(Dimension, neither=("no",), maintain=(("yes",),)),
            },
            "precedents": precedents or {},
        }
    )  # fmt: skip


LAW = law()


def content() -> Space:
    return space(LAW, "content")


def entry(*parts: Part, **given: Any) -> Precedent:
    given = {"decided": "2020-01-01", "body": "commissioner", "read": DAY} | given
    return blank(Precedent, parts=parts, **given)


def part(result: str, facts: Mapping[str, str], **given: Any) -> Part:
    given = {"id": "it", "limbs": ("s30(1)(a)",)} | given
    return blank(Part, result=result, facts=dict(facts), **given)


def matter(result: str, facts: Mapping[str, str], ref: str = "A", **given: Any) -> Decided:
    known = {key: given.pop(key) for key in ("factors", "reason", "limbs") if key in given}
    whole = entry(part(result, facts, **known), **given)
    found = decided(LAW, ref, whole, whole.parts[0])
    assert found is not None
    return found


def placed(facts: Mapping[str, Value], balance: str = "content", **given: Any) -> Here | None:
    """Where an item stands of which this is known and this was weighed."""
    of_it = Matter(Known(LAW, facts), Item("it", **given), {})
    return here(of_it, derive(LAW, of_it.known.values, of_it.strike), balance)


def item(facts: Mapping[str, Value], **given: Any) -> Here:
    found = placed({**CONTENT, **facts}, **given)
    assert found is not None
    return found


def said(one: Decided, own: Here) -> Near:
    return beside(content(), own, one)
