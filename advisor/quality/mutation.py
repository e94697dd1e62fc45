"""Would a case notice? Each rule is changed a little, one change at a time, and the cases are run.

A change that no case notices survives. It is reported with the fewest answers of a case that
would notice it. Where a survivor is meant to survive, the reason is written beside the cases, in
`survivors.yaml`; a reason for a change that no longer survives is itself an error.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from advisor.advice.assess import assess
from advisor.advice.rulebook import Rulebook
from advisor.case import Case
from advisor.quality.smallest import Smallest, as_text
from advisor.rulebook.conditions import All, AnyOf, Compare, Condition, In, Not
from advisor.rulebook.law import Factor, Law, Rule
from advisor.rulebook.model import WEIGHTS
from advisor.scenarios.expectations import failures


@dataclass(frozen=True)
class Mutant:
    """One rule changed in one way. `id` is stable: the rule and what was done to it."""

    id: str
    rule: str
    change: str
    condition: Condition
    weight: int | None


def mutants(law: Law) -> Iterator[Mutant]:
    """Every change to every rule of a law, in the order of the rulebook."""
    for rule in law.rules:
        seen: set[Condition] = {rule.when}
        names: dict[str, int] = {}
        for change, condition in _changed(rule.when):
            if condition not in seen:
                seen.add(condition)
                # The same words may stand in two places of one condition.
                names[change] = names.get(change, 0) + 1
                if names[change] > 1:
                    change = f"{change}, place {names[change]}"
                yield Mutant(f"{rule.id}: {change}", rule.id, change, condition, rule.weight)
        if rule.weight is not None:
            for weight in (rule.weight - 1, rule.weight + 1):
                if 0 <= weight < len(WEIGHTS):
                    change = f"weigh {WEIGHTS[weight]}"
                    yield Mutant(f"{rule.id}: {change}", rule.id, change, rule.when, weight)


def _changed(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """Each condition that differs from this one in one place, and what was done."""
    if isinstance(condition, All | AnyOf):
        kind, other = (All, AnyOf) if isinstance(condition, All) else (AnyOf, All)
        if len(condition.parts) > 1:
            word = "all to any" if kind is All else "any to all"
            yield f"{word} of {len(condition.parts)}", other(condition.parts)
        for i, part in enumerate(condition.parts):
            rest = condition.parts[:i] + condition.parts[i + 1 :]
            if rest:
                yield f"drop {part}", kind(rest)
            for change, inner in _changed(part):
                yield change, kind((*condition.parts[:i], inner, *condition.parts[i + 1 :]))
    elif isinstance(condition, Not):
        yield f"drop not of {condition.part}", condition.part
        for change, inner in _changed(condition.part):
            yield change, Not(inner)
    else:
        yield f"flip {condition}", Not(condition)
        if isinstance(condition, In) and len(condition.values) > 1:
            for value in condition.values:
                kept = tuple(one for one in condition.values if one != value)
                yield f"{condition.name} without {value}", In(condition.name, kept)
        if isinstance(condition, Compare):
            for step in (-1, 1):
                moved = replace(condition, number=condition.number + step)
                yield f"{condition} to {moved.number}", moved


def mutated(law: Law, mutant: Mutant) -> Law:
    """The law with one rule changed; everything else is shared with the original."""

    def change(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(
            replace(one, when=mutant.condition, weight=mutant.weight)
            if one.id == mutant.rule
            else one
            for one in rules
        )

    other = copy.copy(law)
    other.identity = (object(),)  # it says something else than any other law
    for name in ("nodes", "rules", "balance_factors", "notice_facts"):
        other.__dict__.pop(name, None)
    other.conclusions = {
        key: replace(one, rules=change(one.rules)) for key, one in law.conclusions.items()
    }
    other.factors = {key: replace(one, rules=change(one.rules)) for key, one in law.factors.items()}
    return other


@dataclass(frozen=True)
class Survivor:
    """A change that no case notices, and answers on which the changed rule differs."""

    mutant: Mutant
    example: dict[str, str] | None
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.mutant.id,
            "rule": self.mutant.rule,
            "change": self.mutant.change,
            "example": self.example,
            "reason": self.reason,
        }


def survivors(
    rulebook: Rulebook,
    cases: Iterable[Case],
    reasons: dict[str, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    only: str | None = None,
) -> tuple[int, list[Survivor]]:
    """How many changes were tried (of one rule, where `only` names it), and which survive."""
    pack = [(case, rulebook.law(rulebook.as_at(case))) for case in cases]
    newest = max((law for _, law in pack), key=lambda law: law.as_at)
    maker = Smallest(newest)
    every = [one for one in mutants(newest) if only in (None, one.rule)]
    found: list[Survivor] = []
    for number, mutant in enumerate(every, 1):
        if not _noticed(mutant, pack):
            known = (reasons or {}).get(mutant.id, "")
            found.append(Survivor(mutant, _example(newest, maker, mutant), known))
        progress(number, len(every))
    return len(every), found


def _noticed(mutant: Mutant, pack: list[tuple[Case, Law]]) -> bool:
    laws: dict[int, Law] = {}
    for case, law in pack:
        changed = laws.setdefault(id(law), mutated(law, mutant))
        if failures(case, assess(case, changed, "direct")):
            return True
    return False


def _example(law: Law, maker: Smallest, mutant: Mutant) -> dict[str, str] | None:
    rule = next(one for one in law.rules if one.id == mutant.rule)
    if rule.weight == mutant.weight:
        answers = maker.difference(rule.when, mutant.condition)
    else:
        from advisor.quality.coverage import exactly

        answers = maker.answers(exactly(_factor(law, rule), rule), True)
    return None if answers is None else as_text(answers)


def _factor(law: Law, rule: Rule) -> Factor:
    return law.factors[rule.concludes]
