"""A condition by itself says what the law that it stands in says of it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.reasoning import evaluate
from advisor.reasoning.derivation import Truths
from advisor.reasoning.evaluate import check, checks, support
from advisor.rulebook.conditions import parse
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.truth import Truth
from tests.reasoning.random_law import DAY, random_law, random_values, strike


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rng=st.randoms(use_true_random=False))
def test_a_condition_alone_is_what_its_rule_was_in_the_law(rng: Random) -> None:
    law = random_law(rng)
    values = random_values(rng, law)
    derivation = evaluate.derive(law, values, strike(law))
    everything = {**values, **derivation.conclusions}
    found = {rule.id: check(rule.when)(everything) for rule in law.rules}
    assert found == dict(derivation.rules)
    by = {one.rule: one.facts for one in derivation.trace}
    held = [rule for rule in law.rules if found[rule.id]]
    assert {rule.id: support(rule.when, everything) for rule in held} == by


@pytest.mark.parametrize(
    ("condition", "cited", "truth"),
    [
        ("draft cites s31", ("s31(1)(a)",), True),
        ("draft cites s31(1)(a)", ("s31",), False),
        ("draft cites s31", ("s30", "s301"), False),
        ("draft cites s31", (), False),
        ("draft may_mean s31(1)(a)", ("s31",), True),
        ("draft may_mean s31", ("s31(1)(a)",), True),
        ("draft may_mean s31(1)(b)", ("s31(1)(a)",), False),
    ],
)
def test_what_a_draft_cites(condition: str, cited: tuple[str, ...], truth: Truth) -> None:
    assert check(parse(condition))({"draft": cited}) is truth
    assert check(parse({"not": condition}))({"draft": cited}) is not truth


def test_of_a_draft_that_is_not_given_nothing_is_cited() -> None:
    assert check(parse("draft cites s31"))({}) is False
    assert check(parse("draft may_mean s31"))({}) is False


def test_each_route_stands_beside_its_own_check() -> None:
    law = Law(load(), DAY)
    found = checks(law, "routes")
    assert [entry for entry, _ in found] == list(law.routes)
    for outcome in law.outcomes:
        known = {"outcome": outcome}
        assert [holds(known) for _, holds in found] == [
            check(entry.when)(known) for entry in law.routes
        ]


def test_the_truths_of_rules_are_a_mapping_like_any_other() -> None:
    truths = Truths({"a": 0, "b": 1, "c": 2}, (True, None, False))
    alike = {"a": True, "b": None, "c": False}
    assert dict(truths) == alike
    assert (truths == alike, alike == truths, len(truths)) == (True, True, 3)
    assert (truths == {**alike, "b": False}, truths == {"a": True}) == (False, False)
    assert truths.get("d") is None
    with pytest.raises(KeyError):
        truths["d"]
