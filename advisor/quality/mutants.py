"""Every small change to the rules: what a case pack ought to notice.

A condition loses a part, is denied, has `all` and `any` swapped, a choice left out or a threshold
moved; a rule weighs one step more or less. The steps of the order of decision and the routes, which
say what kind of answer is sent, are changed as well. What a notice must say is not: a case file has
no place for which requirements it expects.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from advisor.rulebook.conditions import All, AnyOf, Compare, Condition, In, Not
from advisor.rulebook.law import Law, Rule, When
from advisor.rulebook.model import WEIGHTS


@dataclass(frozen=True)
class Mutant:
    """One rule, step or route changed in one way. `id` is stable: which, and what was done."""

    id: str
    rule: str
    change: str
    condition: Condition
    weight: int | None


def mutants(law: Law) -> Iterator[Mutant]:
    """Every change to every rule, step and route of a law, in the order of the rulebook."""
    for entry in changeable(law):
        weight = entry.weight if isinstance(entry, Rule) else None
        seen: set[Condition] = {entry.when}
        names: dict[str, int] = {}
        for change, condition in _changed(entry.when):
            if condition not in seen:
                seen.add(condition)
                # The same words may stand in two places of one condition.
                names[change] = names.get(change, 0) + 1
                if names[change] > 1:
                    change = f"{change}, place {names[change]}"
                yield Mutant(f"{entry.id}: {change}", entry.id, change, condition, weight)
        if weight is not None:
            for other in (weight - 1, weight + 1):
                if 0 <= other < len(WEIGHTS):
                    change = f"weigh {WEIGHTS[other]}"
                    yield Mutant(f"{entry.id}: {change}", entry.id, change, entry.when, other)


def changeable(law: Law) -> tuple[Rule | When, ...]:
    """What is changed: each entry of the law that an expectation of a case can turn on."""
    return *law.rules, *law.gates, *law.routes


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
            if inner != Not(condition.part):  # which is what dropping the `not` made
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
    """The law with one rule or step changed; everything else is shared with the original."""

    def change(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(
            replace(one, when=mutant.condition, weight=mutant.weight)
            if one.id == mutant.rule
            else one
            for one in rules
        )

    def step(gate: When) -> When:
        return replace(gate, when=mutant.condition) if gate.id == mutant.rule else gate

    other = _other(law)
    for name in ("nodes", "rules", "balance_factors", "notice_facts"):
        other.__dict__.pop(name, None)
    other.conclusions = {
        key: replace(one, rules=change(one.rules)) for key, one in law.conclusions.items()
    }
    other.factors = {key: replace(one, rules=change(one.rules)) for key, one in law.factors.items()}
    other.gates = tuple(map(step, law.gates))
    return other


def with_routes(law: Law, every: Iterable[Mutant]) -> Law:
    """The law with a route more for each changed one, by the id of the change.

    Routes do not read each other, so one advice on a case says of all of them whether they hold.
    """
    routes = {route.id: route for route in law.routes}
    other = _other(law)
    changed = [
        replace(routes[one.rule], id=one.id, when=one.condition)
        for one in every
        if one.rule in routes
    ]
    other.__dict__["routes"] = (*law.routes, *changed)
    return other


def _other(law: Law) -> Law:
    """A copy that says something else than any other law."""
    other = copy.copy(law)
    other.identity = (object(),)
    return other
