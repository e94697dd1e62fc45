"""Conditions in English, for whoever reviews the law and does not program."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.document.blocks import Entry
from advisor.document.words import provision_words
from advisor.rulebook.circumstances import OF_THE_CASE, OF_THE_DECISION
from advisor.rulebook.conditions import (
    All,
    AnyOf,
    Cites,
    Compare,
    Condition,
    Holds,
    In,
    MayMean,
    Not,
    Test,
)
from advisor.rulebook.law import Law

_NUMBERS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}


def entries(law: Law, condition: Condition, depth: int = 0) -> Iterator[Entry]:
    """A condition as nested list entries, each one sentence or heading of a group."""
    if condition == All(()):
        yield Entry("In every case.", depth=depth)
    elif isinstance(condition, All | AnyOf):
        lead = "all of these:" if isinstance(condition, All) else "at least one of these:"
        yield Entry("", lead, depth=depth)
        for part in condition.parts:
            yield from entries(law, part, depth + 1)
    elif isinstance(condition, Not) and not isinstance(condition.part, All | AnyOf | Not):
        yield Entry(sentence(law, condition.part, negated=True), depth=depth)
    elif isinstance(condition, Not):
        yield Entry("", "not this:", depth=depth)
        yield from entries(law, condition.part, depth + 1)
    else:
        yield Entry(sentence(law, condition), depth=depth)


def sentence(law: Law, test: Test, *, negated: bool = False) -> str:
    """One test in words: the question with its answer, or what a conclusion means."""
    name = test.name
    if isinstance(test, Holds):
        answer = "no" if negated else "yes"
        if name in law.facts:
            return f"{law.facts[name].ask} {answer}"
        if name in law.conclusions:
            means = law.conclusions[name].means
            return f"It does not hold that: {means}" if negated else means
        if name in law.findings:
            return f"{law.balances[law.findings[name]].question} {answer}"
        return f"{_circumstance(name)} {answer}"
    if isinstance(test, In):
        choices = law.facts[name].choices if name in law.facts else {}
        words = " or ".join(f"“{choices.get(value, value)}”" for value in test.values)
        asked = law.facts[name].ask if name in law.facts else _circumstance(name)
        return f"{asked} {'anything but ' if negated else ''}{words}"
    if isinstance(test, Compare):
        asked = law.derived[name].means if name in law.derived else law.facts[name].ask
        words = f"{_NUMBERS[test.operator]} {test.number}"
        return f"{asked.rstrip('.?')}: {'not ' if negated else ''}{words}"
    assert isinstance(test, Cites | MayMean)
    which = provision_words(test.provision)
    if isinstance(test, MayMean):
        return f"The {name} {'cannot' if negated else 'may'} mean {which}"
    return f"The {name} {'does not cite' if negated else 'cites'} {which}"


def _circumstance(name: str) -> str:
    about = OF_THE_CASE.get(name) or OF_THE_DECISION.get(name)
    return about.means if about else name
