"""Would a case notice? Each rule is changed a little, one change at a time, and the cases are run.

A change that no case notices survives. It is reported with answers of a case that would notice it.
A change is idle where no answers tell the changed law from the law as it is; that is decided over
all answers, and needs no case. Where a survivor is meant to survive, the reason is written in a
file beside the cases; a reason for a change that no longer survives is itself an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from advisor.advice.assess import assess, matters
from advisor.advice.rulebook import Rulebook
from advisor.case import Case
from advisor.quality.mutants import Mutant, changeable, mutants, mutated, with_routes
from advisor.quality.satisfiable import Answers, Space
from advisor.reasoning.evaluate import check, derive
from advisor.rulebook.conditions import AnyOf
from advisor.rulebook.law import Law, Rule, When
from advisor.rulebook.model import WEIGHTS
from advisor.scenarios.expectations import expected_weight, failures
from advisor.truth import Truth, disj, word


@dataclass(frozen=True)
class Survivor:
    """A change that no case notices, and answers on which the changed law says something else."""

    mutant: Mutant
    example: Answers
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.mutant.id,
            "rule": self.mutant.rule,
            "change": self.mutant.change,
            "example": self.example,
            "reason": self.reason,
        }


@dataclass
class Tried:
    """What became of the changes: those that nothing could tell, those that no case did."""

    count: int = 0
    idle: list[Mutant] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)


def survivors(
    rulebook: Rulebook,
    cases: Iterable[Case],
    reasons: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    only: Callable[[Mutant], bool] = lambda mutant: True,
) -> Tried:
    """Every change (that `only` lets through) tried on the cases, each judged at its own date."""
    pack = [_Whole.of(case, rulebook.law(rulebook.as_at(case))) for case in cases]
    newest = max((one.law for one in pack), key=lambda law: law.as_at)
    every = list(filter(only, mutants(newest)))
    space = Space(newest, (one.condition for one in every))
    routes = {one.id for one in newest.routes}
    misrouted = _misrouted([one for one in every if one.rule in routes], pack)
    tried = Tried(len(every))
    for number, mutant in enumerate(every, 1):
        example = difference(space, mutant)
        if example is None:
            tried.idle.append(mutant)
        elif mutant.id not in misrouted and (mutant.rule in routes or not _noticed(mutant, pack)):
            known = (reasons or {}).get(mutant.id, "")
            tried.survivors.append(Survivor(mutant, example, known))
        progress(number, len(every))
    return tried


def difference(space: Space, mutant: Mutant) -> Answers | None:
    """Answers on which the changed law concludes, weighs or decides otherwise; None if none do."""
    for was, now in _said(space, mutant):
        for holds, fails in ((was[0], now[1]), (now[0], was[1])):
            found = space.example(space.all(holds, fails))
            if found is not None:
                return found
    return None


Both = tuple[int, int]  # that something is said, and that it is not


def _said(space: Space, mutant: Mutant) -> Iterator[tuple[Both, Both]]:
    """What the changed entry says, before the change and after it: of a factor, for each weight."""
    law = space.law
    for i, gate in enumerate(law.gates):
        if gate.id == mutant.rule:
            before = [space.step(one, False) for one in law.gates[:i]]
            was, now = (
                (space.all(space.step(one), *before), space.step(one, False))
                for one in (gate, replace(gate, when=mutant.condition))
            )
            yield was, now
            return
    rule = next(one for one in changeable(law) if one.id == mutant.rule)
    if not isinstance(rule, Rule):
        was, now = (
            (space.formula(when), space.formula(when, False))
            for when in (rule.when, mutant.condition)
        )
        yield was, now
        return
    owner = law.factors.get(rule.concludes) or law.conclusions[rule.concludes]
    changed = replace(rule, when=mutant.condition, weight=mutant.weight)
    rules = tuple(changed if one is rule else one for one in owner.rules)
    for least in range(1, len(WEIGHTS)) if rule.weight is not None else (0,):
        yield _at_least(space, owner.rules, least), _at_least(space, rules, least)


def _at_least(space: Space, rules: tuple[Rule, ...], weight: int) -> Both:
    """That some rule holds that weighs so much, and that none does."""
    some = [one.when for one in rules if (one.weight or 0) >= weight]
    return space.formula(AnyOf(tuple(some))), space.formula(AnyOf(tuple(some)), False)


@dataclass
class _Part:
    """A part of a case by itself, and what is known of it under the law as it is."""

    case: Case
    law: Law
    known: Mapping[str, Any]

    @cached_property
    def stands(self) -> bool:
        """Whether what is expected of it holds without the other parts."""
        return not failures(self.case, assess(self.case, self.law, "direct"))

    def touched(self, mutant: Mutant) -> Truth:
        """Whether a change makes a difference to the rule here; None where that is open."""
        entry = _entry(self.law, mutant.rule)
        if entry is None:
            return False
        was, now = check(entry.when)(self.known), check(mutant.condition)(self.known)
        if was is None or now is None:
            return None
        return was != now or (was and mutant.weight != getattr(entry, "weight", None))

    def fails_at_once(self, mutant: Mutant) -> bool:
        """Whether an expectation names what the changed rule says, and it says that no longer.

        The same comes of the whole advice on the part; this is a thousand times quicker.
        """
        (item,) = self.case.items
        rule = _entry(self.law, mutant.rule)
        if item.expect is None or not isinstance(rule, Rule):
            return False
        changed = replace(rule, when=mutant.condition, weight=mutant.weight)
        factor = self.law.factors.get(rule.concludes)
        owner = factor or self.law.conclusions[rule.concludes]
        rules = tuple(changed if one is rule else one for one in owner.rules)
        if factor is None:
            wanted: object = item.expect.conclusions.get(owner.id)
            was, now = (word(disj(self._truths(some))) for some in (owner.rules, rules))
        else:
            wanted = expected_weight(item.expect, factor)
            if factor.name in item.weighings(factor.balance):
                return False
            was, now = (self._weight(some) for some in (owner.rules, rules))
        return was == wanted != now

    def _truths(self, rules: Iterable[Rule]) -> list[Truth]:
        return [check(one.when)(self.known) for one in rules]

    def _weight(self, rules: tuple[Rule, ...]) -> str:
        """The weight that rules give; empty while it is open."""
        weighed = [
            (one.weight or 0, truth) for one, truth in zip(rules, self._truths(rules), strict=True)
        ]
        low = max((weight for weight, truth in weighed if truth), default=0)
        high = max((weight for weight, truth in weighed if truth is not False), default=0)
        return WEIGHTS[low] if low == high else ""


@dataclass
class _Whole:
    """A case, its law, and its parts."""

    case: Case
    law: Law
    parts: tuple[_Part, ...]

    @classmethod
    def of(cls, case: Case, law: Law) -> _Whole:
        return cls(case, law, tuple(_parts(case, law)))


def _parts(case: Case, law: Law) -> Iterator[_Part]:
    for matter in matters(case, law).values():
        known = matter.everything(derive(law, matter.known.values, matter.strike))
        yield _Part(replace(case, items=(matter.item,), expect=None), law, known)


def _entry(law: Law, key: str) -> Rule | When | None:
    return next((one for one in changeable(law) if one.id == key), None)


def _misrouted(every: list[Mutant], pack: list[_Whole]) -> set[str]:
    """The changes of routes that some case notices, by their ids."""
    found: set[str] = set()
    laws: dict[int, Law] = {}
    for whole in pack if every else ():
        if whole.case.expect is None or whole.case.expect.route is None:
            continue
        law = laws.setdefault(id(whole.law), with_routes(whole.law, every))
        took = set(assess(whole.case, law, "direct", outstanding=False).notice.route)
        if took - {one.id for one in every} == set(whole.case.expect.route):
            found |= {one.id for one in every if (one.id in took) != (one.rule in took)}
    return found


def _noticed(mutant: Mutant, pack: list[_Whole]) -> bool:
    """Whether some case does. What is quicker to find out comes first: a part by itself."""
    laws: dict[int, Law] = {}

    def fails(case: Case, law: Law) -> bool:
        if id(law) not in laws:
            laws[id(law)] = mutated(law, mutant)
        return bool(failures(case, assess(case, laws[id(law)], "direct")))

    parts = [part for whole in pack for part in whole.parts]
    if any(part.fails_at_once(mutant) for part in parts):
        return True
    touched = [(part.touched(mutant), part) for part in parts]
    for wanted in (True, None):
        for truth, part in touched:
            if truth is wanted and fails(part.case, part.law) and part.stands:
                return True
    changed = {id(part) for truth, part in touched if truth is not False}
    return any(
        fails(whole.case, whole.law)
        for whole in pack
        if any(id(part) in changed for part in whole.parts)
    )
