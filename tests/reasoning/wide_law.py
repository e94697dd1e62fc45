"""A law of many facts for the tests of durable-rules, and what is concluded of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.reasoning import durable
from advisor.reasoning.derivation import Range, Value
from advisor.rulebook.law import Law
from advisor.rulebook.model import Rule
from advisor.truth import Truth
from tests.reasoning.random_law import conclusion, fact, law_of, strike

needs_engine = pytest.mark.skipif(
    not durable.available(), reason="durable-rules cannot be imported on this Python"
)

MANY = [f"fact{i}" for i in range(260)]
STATUS = ("open", "dormant", "closed")


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
