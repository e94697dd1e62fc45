"""Which facts settle a question: those by which a condition holds, or by which it fails.

Of an `any` that holds the first part that does is enough; of an `all` that fails, the first part
that fails. Balances settle nothing here: they are worked through by their factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.reasoning.evaluate import check
from advisor.rulebook.conditions import All, AnyOf, Condition, Not, names
from advisor.rulebook.law import Law, Rule


def settled(law: Law, condition: Condition, known: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that settle a condition, each once; none where it is still open."""
    truth = check(condition)(known)
    if truth is None:
        return ()
    return tuple(dict.fromkeys(_settling(law, condition, known, truth)))


def concluded(law: Law, conclusion: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that settle a conclusion."""
    truth = known.get(conclusion)
    if truth is None:
        return ()
    return tuple(dict.fromkeys(_name(law, conclusion, known, bool(truth))))


def _settling(
    law: Law, condition: Condition, known: Mapping[str, Any], truth: bool
) -> Iterator[str]:
    if isinstance(condition, Not):
        yield from _settling(law, condition.part, known, not truth)
    elif isinstance(condition, All | AnyOf):
        parts = [part for part in condition.parts if check(part)(known) is truth]
        every = isinstance(condition, All) is truth
        for part in parts if every else parts[:1]:
            yield from _settling(law, part, known, truth)
    else:
        yield from _name(law, condition.name, known, truth)


def _name(law: Law, name: str, known: Mapping[str, Any], truth: bool) -> Iterator[str]:
    if name in law.facts:
        yield name
    elif name in law.derived:
        yield law.derived[name].of
    elif name in law.conclusions:
        rules = law.conclusions[name].rules
        if truth:
            rules = tuple(rule for rule in rules if check(rule.when)(known))[:1]
        for rule in rules:
            yield from _settling(law, rule.when, known, truth)


def facts_of(law: Law, rules: Iterable[Rule]) -> frozenset[str]:
    """The facts that rules test themselves; where they test none, those behind what they read."""
    found: set[str] = set()
    behind: list[Rule] = []
    for rule in rules:
        for name in names(rule.when):
            if name in law.facts:
                found.add(name)
            elif name in law.derived:
                found.add(law.derived[name].of)
            elif name in law.conclusions:
                behind.extend(law.conclusions[name].rules)
    return frozenset(found) if found or not behind else facts_of(law, behind)
