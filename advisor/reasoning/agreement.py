"""Deriving twice: by durable-rules and by the direct evaluator, and refusing where they differ.

The two share the rulebook and the case, and hardly a step between them, so a fault in either stops
the advice instead of turning it. What each says made a rule hold (the trace) may differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.reasoning import durable, evaluate
from advisor.reasoning.derivation import Derivation, Range, Strike, Values
from advisor.rulebook.law import Law
from advisor.truth import Truth, word

Engine = Literal["both", "direct", "durable"]


@dataclass(frozen=True)
class Difference:
    """One rule, conclusion or weight of which the two say different things."""

    kind: Literal["rule", "conclusion", "weight"]
    id: str
    durable: Truth | Range
    direct: Truth | Range

    def __str__(self) -> str:
        said = f"durable-rules says {_said(self.durable)}, direct says {_said(self.direct)}"
        return f"{self.kind} {self.id}: {said}"


class Disagreement(Exception):
    """The two evaluators differ, so neither can be relied on. Holds both derivations."""

    def __init__(
        self, durable: Derivation, direct: Derivation, differences: tuple[Difference, ...]
    ) -> None:
        super().__init__("\n".join(map(str, differences)))
        self.durable, self.direct, self.differences = durable, direct, differences


def derive(
    law: Law, values: Values, strike: Strike, engine: Engine = "both"
) -> tuple[Derivation, tuple[str, ...]]:
    """The derivation to use, and the evaluators that it was derived by.

    `both` is `direct` alone where durable-rules cannot be imported. `strike` is asked by each
    evaluator for itself. Raises Disagreement, and what durable.derive raises.
    """
    if engine == "direct" or (engine == "both" and not durable.available()):
        derivation = evaluate.derive(law, values, strike)
        return derivation, (derivation.by,)
    derivation = durable.derive(law, values, strike)
    if engine == "durable":
        return derivation, (derivation.by,)
    direct = evaluate.derive(law, values, strike)
    if found := differences(derivation, direct):
        raise Disagreement(derivation, direct, found)
    return derivation, (derivation.by, direct.by)


def differences(durable: Derivation, direct: Derivation) -> tuple[Difference, ...]:
    """Where two derivations of the same law and values differ, in the order of the law."""
    return (
        *_differ("conclusion", durable.conclusions, direct.conclusions),
        *_differ("rule", durable.rules, direct.rules),
        *_differ("weight", durable.weights, direct.weights),
    )


def _differ(
    kind: Literal["rule", "conclusion", "weight"],
    durable: Mapping[str, Truth] | Mapping[str, Range],
    direct: Mapping[str, Truth] | Mapping[str, Range],
) -> list[Difference]:
    if durable == direct:
        return []
    return [
        Difference(kind, key, durable.get(key), direct.get(key))
        for key in dict.fromkeys((*durable, *direct))
        if durable.get(key) != direct.get(key)
    ]


def _said(value: Truth | Range) -> str:
    return "{} to {}".format(*value) if isinstance(value, tuple) else word(value)
