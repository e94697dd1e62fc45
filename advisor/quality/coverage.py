"""What of a rulebook its cases exercise: rules each way, factors at each weight, answers.

A rule is covered when some case shows it true, some false and some unknown; a factor when some
case gives it each weight that its rules can; an answer when some case gives it. What is not
covered is named, with the fewest answers of a case that would cover it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.advice.assess import matters
from advisor.advice.rulebook import Rulebook
from advisor.case import Case
from advisor.quality.smallest import Smallest, as_text
from advisor.reasoning.evaluate import derive
from advisor.rulebook.conditions import All, Condition, Not
from advisor.rulebook.law import Factor, Law, Rule
from advisor.rulebook.model import WEIGHTS
from advisor.truth import Truth, word

UNKNOWN = "unknown"


@dataclass
class Coverage:
    """What cases showed, by id."""

    rules: dict[str, set[str]] = field(default_factory=dict)
    factors: dict[str, set[str]] = field(default_factory=dict)
    answers: dict[str, set[str]] = field(default_factory=dict)


def coverage(rulebook: Rulebook, cases: Iterable[Case]) -> Coverage:
    """What a set of cases shows of a rulebook, each judged at its own date."""
    found = Coverage()
    for case in cases:
        law = rulebook.law(rulebook.as_at(case))
        for matter in matters(case, law).values():
            derivation = derive(law, matter.known.values, matter.strike)
            for key, truth in derivation.rules.items():
                found.rules.setdefault(key, set()).add(word(truth))
            for key, (low, high) in derivation.weights.items():
                if low == high:
                    found.factors.setdefault(key, set()).add(WEIGHTS[low])
            for key, value in matter.known.answered.items():
                found.answers.setdefault(key, set()).add(_text(value))
            for key in matter.known.unknown:
                found.answers.setdefault(key, set()).add(UNKNOWN)
    return found


def _text(value: bool | int | str) -> str:
    return word(value) if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Gap:
    """Something that no case shows, and the fewest answers that would show it (where there are)."""

    kind: str  # rule, factor, answer
    id: str
    missing: str
    example: dict[str, str] | None

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "missing": self.missing,
            "example": self.example,
        }


def gaps(law: Law, found: Coverage) -> list[Gap]:
    """What is not covered of the law of one day, in the order of the rulebook.

    A rule that always holds can't be shown false, and one that reads a finding is not made up.
    """
    maker = Smallest(law)
    missing: list[Gap] = []
    for rule in law.rules:
        shown = found.rules.get(rule.id, set())
        for truth in (True, False, None):
            if word(truth) not in shown and _can(maker, rule, truth):
                missing.append(Gap("rule", rule.id, word(truth), _example(maker, rule, truth)))
    for factor in law.factors.values():
        for rule in factor.rules:
            weight = WEIGHTS[rule.weight or 0]
            if weight not in found.factors.get(factor.id, set()):
                answers = maker.answers(exactly(factor, rule), True)
                example = None if answers is None else as_text(answers)
                missing.append(Gap("factor", factor.id, weight, example))
    for key, fact in law.facts.items():
        options = {"yes_no": ("yes", "no"), "choice": tuple(fact.choices)}.get(fact.type, ())
        for option in options:
            if option not in found.answers.get(key, set()):
                missing.append(Gap("answer", key, option, {key: option}))
    return missing


def exactly(factor: Factor, rule: Rule) -> Condition:
    """That a rule gives its factor the weight: it holds, and no heavier one does."""
    heavier = (Not(o.when) for o in factor.rules if (o.weight or 0) > (rule.weight or 0))
    return All((rule.when, *heavier))


def _can(maker: Smallest, rule: Rule, truth: Truth) -> bool:
    if truth is None:
        return maker.status(rule.when, {}) is None
    return maker.answers(rule.when, truth) is not None


def _example(maker: Smallest, rule: Rule, truth: Truth) -> dict[str, str] | None:
    if truth is None:
        return {}
    answers = maker.answers(rule.when, truth)
    return None if answers is None else as_text(answers)


def as_json(law: Law, found: Coverage, as_at: date) -> dict[str, Any]:
    """The whole report."""
    return {
        "as_at": as_at.isoformat(),
        "rules": [
            {
                "id": rule.id,
                **{w: w in found.rules.get(rule.id, set()) for w in ("yes", "no", "unknown")},
            }
            for rule in law.rules
        ],
        "factors": {
            factor.id: sorted(found.factors.get(factor.id, set()), key=list(WEIGHTS).index)
            for factor in law.factors.values()
        },
        "answers": {key: sorted(found.answers.get(key, set())) for key in law.facts},
        "not_covered": [gap.as_json() for gap in gaps(law, found)],
    }
