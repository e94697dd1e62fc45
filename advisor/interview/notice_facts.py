"""The open facts that change no outcome and still change what the notice must say.

They are the facts on which it turns which step gives the outcome, where several could (section 21
and section 30 both withhold); then whether another limb is engaged and must be cited, whether a
route or a requirement applies, and what a requirement that applies needs written in. Found by
trying every completion of the open facts that such a condition reads, of which there are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advisor.advice.assess import Decided
from advisor.advice.requirements import as_for_no
from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import check
from advisor.reasoning.known import complete
from advisor.reasoning.outcome import considered
from advisor.reasoning.relevance.domains import domain
from advisor.rulebook.conditions import All, AnyOf, Condition, Holds, Not, Test, tests
from advisor.rulebook.law import Law, When


def notice_facts(item: Decided) -> tuple[str, ...]:
    """The open facts that can change the notice for an item, in the order of questions.

    A fact answered `unknown` is open too: whoever asks leaves it out.
    """
    law = item.matter.law
    wanted = {fact for fact, _ in turning(item)}
    return tuple(fact for fact in dict.fromkeys((*law.questions, *law.facts)) if fact in wanted)


def turning(item: Decided) -> Iterator[tuple[str, When | str]]:
    """Each open fact with what it can change: a step, route or requirement, or a limb by its name.

    While a step that could decide is not settled, nothing else is worth asking. A fact that only
    the notice wants is worth asking where a route turns on it (whether the balance waits, though
    its weights would disclose) or a requirement that applies needs it; what a requirement says
    more than that is drawn up as for `no` while it is open.
    """
    law = item.matter.law
    as_if = as_for_no(law, item.meanwhile)
    steps = [
        (fact, step) for step in _could_decide(item) for fact in _turns(item, step.when, as_if)
    ]
    yield from steps
    if any(fact not in item.matter.known.unknown for fact, _ in steps):
        return
    step = item.decision.step
    if step is not None and step.entry.limbs == "yes":
        for limb in considered(law, item.matter.item):
            for fact in _turns(item, Holds(law.limbs[limb].engaged), as_if):
                yield fact, limb
    for route in law.routes:
        for fact in _turns(item, route.when, item.meanwhile):
            yield fact, route
    for entry in law.requirements:
        for fact in _turns(item, entry.when, as_if):
            yield fact, entry
        for fact in entry.entry.needs:
            if item.matter.known.is_open(fact) and check(entry.when)(as_if):
                yield fact, entry


def _could_decide(item: Decided) -> Iterator[When]:
    """The steps before the one that decides that have the same outcome and are not excluded."""
    law = item.matter.law
    for step in law.gates:
        if len(item.possible) > 1 or step == item.decision.step:
            return
        if step.entry.outcome == item.outcome and check(step.when)(item.everything) is None:
            yield step


def _turns(item: Decided, when: Condition, known: Mapping[str, Any]) -> Iterator[str]:
    """The open facts on which it can turn whether a condition holds."""
    law = item.matter.law
    reading = _reading(law, when)
    if check(reading.when)(known) is not None:
        return
    open_facts = [fact for fact in reading.values if known.get(fact) is None]
    for fact in open_facts:
        others = [one for one in open_facts if one != fact]
        if _differs(law, reading, known, fact, others):
            yield fact


def _differs(
    law: Law, reading: _Reading, known: Mapping[str, Any], fact: str, others: list[str]
) -> bool:
    """Whether some answers to `others` make the truth of the condition turn on `fact`."""
    holds = check(reading.when)
    if holds(known) is not None:
        return False
    truths = {holds(_with(law, known, fact, one)) for one in reading.values[fact]}
    if {True, False} <= truths:
        return True
    if not others:
        return False
    first, *rest = others
    return any(
        _differs(law, reading, _with(law, known, first, one), fact, rest)
        for one in reading.values[first]
    )


def _with(law: Law, known: Mapping[str, Any], fact: str, value: Value) -> dict[str, Any]:
    """What is known with one more answer, and the integers that the law derives from it."""
    derived = complete(law, {fact: value})
    return {
        **known,
        fact: value,
        **{key: derived[key] for key, entry in law.derived.items() if entry.of == fact},
    }


@dataclass(frozen=True)
class _Reading:
    """A condition with its conclusions written out, and the answers it tells apart, by fact."""

    when: Condition
    values: Mapping[str, tuple[Value, ...]]


@lru_cache(maxsize=2000)
def _reading(law: Law, when: Condition) -> _Reading:
    whole = _written_out(law, when)
    read: dict[str, list[Test]] = {}
    for test, _ in tests(whole):
        derived = law.derived.get(test.name)
        fact = derived.of if derived else test.name
        if fact in law.facts:
            read.setdefault(fact, []).append(test)
    return _Reading(whole, {fact: domain(fact, of, law).values for fact, of in read.items()})


def _written_out(law: Law, when: Condition) -> Condition:
    match when:
        case All(parts):
            return All(tuple(_written_out(law, part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_written_out(law, part) for part in parts))
        case Not(part):
            return Not(_written_out(law, part))
        case Holds(name) if name in law.conclusions:
            rules = law.conclusions[name].rules
            return AnyOf(tuple(_written_out(law, rule.when) for rule in rules))
        case _:
            return when
