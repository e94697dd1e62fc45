"""The two evaluators give one answer, and advice stops where they do not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.reasoning import agreement, durable, evaluate
from advisor.reasoning.agreement import Difference, Disagreement
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from tests.reasoning.random_law import (
    DAY,
    balance,
    conclusion,
    fact,
    factor,
    law_of,
    random_law,
    random_values,
    rule,
    strike,
)

needs_engine = pytest.mark.skipif(
    not durable.available(), reason="durable-rules cannot be imported on this Python"
)
unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))


def small_law() -> Law:
    """One conclusion by two rules, one factor on each side, one balance."""
    return law_of(
        {
            "facts": {"held": fact("yes_no"), "closed": fact("yes_no")},
            "conclusions": {
                "engaged": conclusion(rule("r.held", "held"), rule("r.closed", "closed"))
            },
            "factors": {
                "safe_space": factor("maintain", "content", rule("f.open", {"not": "closed"}, 3)),
                "openness": factor("disclose", "content", rule("f.always", "always", 1)),
            },
            "balances": {"content": balance("engaged", "outweighs")},
        }
    )


@needs_engine
@settings(unhurried, max_examples=270)
@given(rng=st.randoms(use_true_random=False))
def test_both_evaluators_agree_on_random_cases_of_random_laws(rng: Random) -> None:
    law = random_law(rng)
    for _ in range(10):
        values = random_values(rng, law)
        agreement.derive(law, values, strike(law))


@pytest.fixture(scope="module")
def shipped() -> Law:
    return Law(load(), DAY)


@needs_engine
@settings(unhurried, max_examples=30)
@given(rng=st.randoms(use_true_random=True))
def test_both_evaluators_agree_on_random_cases_of_the_shipped_rulebook(
    shipped: Law, rng: Random
) -> None:
    for _ in range(10):
        agreement.derive(shipped, random_values(rng, shipped), strike(shipped))


@needs_engine
def test_the_answer_is_durables_and_says_that_both_derived_it() -> None:
    law = small_law()
    derivation, derived_by = agreement.derive(law, {"held": True}, strike(law))
    assert derived_by == ("durable-rules", "direct")
    assert derivation.by == "durable-rules"
    assert derivation.conclusions == {"engaged": True, "outweighs": None}
    assert derivation.weights == {"content.safe_space": (0, 3), "content.openness": (1, 1)}


def test_one_evaluator_can_be_asked_for_alone() -> None:
    law = small_law()
    assert agreement.derive(law, {}, strike(law), "direct")[1] == ("direct",)
    if durable.available():
        assert agreement.derive(law, {}, strike(law), "durable")[1] == ("durable-rules",)


def test_the_direct_evaluator_answers_alone_where_the_engine_cannot_be_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "available", lambda: False)
    law = small_law()
    derivation, derived_by = agreement.derive(law, {"held": True}, strike(law))
    assert (derivation.by, derived_by) == ("direct", ("direct",))


def test_a_disagreement_names_each_difference_and_holds_both_derivations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law = small_law()
    right = evaluate.derive(law, {"held": True}, strike(law))
    wrong = replace(
        right,
        by="durable-rules",
        rules={**right.rules, "r.closed": False},
        conclusions={**right.conclusions, "engaged": None},
        weights={**right.weights, "content.safe_space": (3, 3)},
        trace=(),
    )
    monkeypatch.setattr(durable, "available", lambda: True)
    monkeypatch.setattr(durable, "derive", lambda *_: wrong)
    with pytest.raises(Disagreement) as caught:
        agreement.derive(law, {"held": True}, strike(law))
    assert caught.value.durable is wrong
    assert caught.value.direct == right
    assert caught.value.differences == (
        Difference("conclusion", "engaged", None, True),
        Difference("rule", "r.closed", False, None),
        Difference("weight", "content.safe_space", (3, 3), (0, 3)),
    )
    assert str(caught.value).splitlines() == [
        "conclusion engaged: durable-rules says unknown, direct says yes",
        "rule r.closed: durable-rules says no, direct says unknown",
        "weight content.safe_space: durable-rules says 3 to 3, direct says 0 to 3",
    ]


def test_a_different_trace_alone_is_no_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    law = small_law()
    untraced = replace(evaluate.derive(law, {"held": True}, strike(law)), trace=())
    monkeypatch.setattr(durable, "available", lambda: True)
    monkeypatch.setattr(durable, "derive", lambda *_: untraced)
    assert agreement.derive(law, {"held": True}, strike(law))[0] is untraced
