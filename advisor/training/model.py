"""The model answer to a case: what the assessment says, element by element.

Nothing in it is written by hand. Outcome, provisions, factors and requirements are those of the
assessment; the elements are the facts by which the law settles the outcome; what each rests on are
the passages of the story that show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.advice.assess import matters
from advisor.assessment import Assessment, ItemAssessment, PublicInterest, WeighedFactor
from advisor.case import Case
from advisor.document.dates import long_date
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import NO, UNKNOWN, YES
from advisor.reasoning.outcome import considered
from advisor.rulebook.law import Law
from advisor.training.settling import concluded, facts_of, settled
from advisor.training.teaching import BALANCES, Passage, Teaching


@dataclass(frozen=True)
class Element:
    """A fact that settles the outcome, the answer to it, and the passages that show it."""

    fact: str
    ask: str
    answer: str
    passages: frozenset[int]
    authority: tuple[str, ...]
    open: str = ""  # why any answer to it is accepted


@dataclass(frozen=True)
class FactorModel:
    """A factor with its weight (a range while facts are open) and how far off is accepted."""

    name: str
    side: str
    title: str
    lightest: int
    heaviest: int
    steps: int
    reason: str
    authority: tuple[str, ...]
    passages: frozenset[int]
    open: str = ""  # why more than one step off is accepted
    unsaid: tuple[str, ...] = ()  # the questions that the case leaves open and it hangs on

    @property
    def unsettled(self) -> bool:
        """Whether facts that the case leaves open could still make it heavier."""
        return self.lightest != self.heaviest


@dataclass(frozen=True)
class BalanceModel:
    """One balance. `open` is why its result is open to judgment, "" where it is not; `by_rules` is
    the result that the rules come to, whatever the trainee judged."""

    key: str
    question: str
    result: str
    factors: tuple[FactorModel, ...]
    authority: tuple[str, ...]
    open: str
    by_rules: str

    @property
    def deciding(self) -> tuple[FactorModel, ...]:
        """The heaviest settled factors for the result, if heavier than slight: one must be seen."""
        own = [one for one in self.factors if one.side == self.result and not one.unsettled]
        top = max((one.heaviest for one in own), default=0)
        return tuple(one for one in own if one.heaviest == top and top > 1)


@dataclass(frozen=True)
class PartModel:
    """The model answer for one part of the request."""

    id: str
    description: str
    outcome: str
    why: str
    authority: tuple[str, ...]
    provisions: tuple[str, ...]
    engaged: tuple[str, ...]  # the limbs that cover it and are not relied on: the balance discloses
    elements: tuple[Element, ...]
    balances: tuple[BalanceModel, ...]
    not_counted: tuple[tuple[str, str, tuple[str, ...]], ...]  # fact, reason, authority
    stated: Mapping[str, str]  # every fact that the case answers
    shown: Mapping[str, frozenset[int]]  # by fact, the passages that show it
    judged: frozenset[str]  # what is open to judgment
    shut: Mapping[str, tuple[str, tuple[str, ...]]]  # by section: why it is not open, authority
    words: str = ""


@dataclass(frozen=True)
class RequirementModel:
    id: str
    text: str
    severity: str
    authority: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """The model answer for a whole case; `due_reason` says which days were not counted, or why the
    clock `waits`. What is in `not_marked` (`due`, `needed`, a requirement) is open to judgment and
    marked neither way."""

    parts: tuple[PartModel, ...]
    notice_needed: bool | None
    notice_reason: str
    notice_authority: tuple[str, ...]
    due: date | None
    due_reason: str
    due_authority: tuple[str, ...]
    must_say: tuple[RequirementModel, ...]
    faults: tuple[RequirementModel, ...]
    not_marked: frozenset[str] = frozenset()
    waits: bool = False


def model_of(
    case: Case, law: Law, assessment: Assessment, teaching: Teaching, passages: tuple[Passage, ...]
) -> Model:
    """The model answer to a case."""
    found = matters(case, law)
    parts = []
    for item in assessment.items:
        matter = found[item.id]
        known = matter.everything(derive(law, matter.known.values, matter.strike))
        answers = {**case.facts, **matter.item.facts}
        facts = _settling_facts(law, item, known, considered(law, matter.item))
        parts.append(_part(law, item, teaching, passages, facts, answers))
    routes = [route for route in law.routes if route.id in assessment.notice.route]
    titles = "; ".join(route.entry.title for route in routes)
    judged = frozenset(one.element for one in teaching.open_to_judgment)
    waits = all(law.outcomes[one.outcome].clock == "waits" for one in assessment.items)
    return Model(
        tuple(parts),
        assessment.refusal_notice if assessment.outcome != "undetermined" else None,
        teaching.notice or (f"{titles}." if titles else parts[0].why),
        tuple(dict.fromkeys(c for route in routes for c in law.cites(route.entry.authority)))
        or parts[0].authority,
        assessment.notice.due,
        f"{parts[0].why} There is no day to answer by yet." if waits else _why_due(case),
        parts[0].authority if waits else _of_the_clock(case, law),
        tuple(
            RequirementModel(one.id, one.text, one.severity, one.authority)
            for one in assessment.notice.requirements
            if assessment.refusal_notice and one.severity in "MC" and one.id not in judged
        ),
        _faults(law, teaching),
        judged,
        waits,
    )


def _settling_facts(
    law: Law, item: ItemAssessment, known: Mapping[str, Any], limbs: tuple[str, ...]
) -> list[str]:
    """The facts by which the item comes out as it does, in the order in which a lawyer asks."""
    step = next((one for one in law.gates if item.reasons and one.id == item.reasons[0].rule), None)
    facts: set[str] = set(settled(law, step.when, known)) if step is not None else set()
    if not facts:  # decided by the limbs, one way or the other, or not decided
        covering = [one for one in limbs if known.get(law.limbs[one].engaged)]
        for limb in covering or limbs:
            facts.update(concluded(law, law.limbs[limb].engaged, known))
    order = {key: i for i, key in enumerate(law.questions)}
    return sorted(facts, key=lambda key: order.get(key, len(order)))


def _part(
    law: Law,
    item: ItemAssessment,
    teaching: Teaching,
    passages: tuple[Passage, ...],
    facts: list[str],
    answers: Mapping[str, str],
) -> PartModel:
    shown = shown_by(passages, item.id)
    asked = [key for key in facts if key in shown] or facts
    first = item.reasons[0] if item.reasons else None
    balances = tuple(
        _balance(law, key, getattr(item, key), item.id, teaching, shown, answers)
        for key in BALANCES
        if getattr(item, key) is not None
    )
    struck = item.public_interest or item.public_interest_confirm_or_deny
    covering = [key for key, limb in law.limbs.items() if item.conclusions.get(limb.engaged)]
    judged = {one.element: one.why for one in teaching.open_to_judgment if one.part == item.id}
    return PartModel(
        item.id,
        item.description,
        item.outcome,
        first.text if first else law.outcomes[item.outcome].means,
        first.authority if first else (),
        item.provisions,
        tuple(sorted({*covering} - {*item.provisions})) if item.public_interest else (),
        tuple(
            Element(
                key,
                law.facts[key].ask,
                plain_answer(answers.get(key, UNKNOWN)),
                shown.get(key, frozenset()),
                tuple(law.cites(law.facts[key].authority)),
                judged.get(key, ""),
            )
            for key in asked
        ),
        balances,
        tuple((one.fact, one.reason, one.authority) for one in struck.excluded) if struck else (),
        answers,
        shown,
        frozenset(judged),
        dict(_shut(law, item)),
        teaching.model.get(item.id, ""),
    )


def _shut(law: Law, item: ItemAssessment) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """The sections that something else shuts here, why, and the authority."""
    for section in law.exemptions:
        name = f"{section}_available"
        if item.conclusions.get(name) is False:
            rules = law.conclusions[name].rules
            authorities = [one for rule in rules for one in rule.authority]
            points = "; ".join(one.point for one in authorities if one.point)
            yield section, (points, tuple(law.cites(authorities)))


def _balance(
    law: Law,
    key: str,
    struck: PublicInterest,
    part: str,
    teaching: Teaching,
    shown: Mapping[str, frozenset[int]],
    answers: Mapping[str, str],
) -> BalanceModel:
    judged = {one.element: one for one in teaching.open_to_judgment if one.part == part}
    factors: list[FactorModel] = []
    for side in ("maintain", "disclose"):
        for one in getattr(struck, side):
            on = frozenset(n for fact in _facts(law, key, one) for n in shown.get(fact, ()))
            open_ = judged.get(one.factor)
            heaviest = one.weight if one.may_rise_to is None else one.may_rise_to
            factors.append(
                FactorModel(
                    one.factor,
                    side,
                    one.title,
                    one.weight,
                    heaviest,
                    open_.steps if open_ else 1,
                    one.reason,
                    one.authority,
                    on,
                    open_.why if open_ else "",
                    tuple(law.facts[fact].ask for fact in _unsaid(law, key, one, answers)),
                )
            )
    result = judged.get(f"{key}/result")
    return BalanceModel(
        key,
        struck.question,
        struck.result,
        tuple(factors),
        tuple(law.cites(law.balances[BALANCES[key]].authority)),
        result.why if result else "",
        struck.rules_result or struck.result,
    )


def _facts(law: Law, key: str, weighed: WeighedFactor) -> frozenset[str]:
    """The facts that a factor's weight rests on: of its rule, else of all its rules."""
    factor = law.factors.get(f"{BALANCES[key]}.{weighed.factor}")
    if factor is None:  # a consideration that the officer added
        return frozenset()
    rules = [rule for rule in factor.rules if rule.id == weighed.rule] or list(factor.rules)
    return facts_of(law, rules)


def left_open(law: Law, case: Case, item: ItemAssessment) -> dict[str, tuple[str, ...]]:
    """The factors of a part that hang on facts the case does not state, with those facts."""
    part = case.item(item.id)
    answers = {**case.facts, **(part.facts if part else {})}
    found = {}
    for key in BALANCES:
        struck = getattr(item, key)
        for one in (*struck.maintain, *struck.disclose) if struck else ():
            if one.may_rise_to is not None:
                found[one.factor] = tuple(_unsaid(law, key, one, answers))
    return found


def _unsaid(
    law: Law, key: str, weighed: WeighedFactor, answers: Mapping[str, str]
) -> Iterator[str]:
    """The facts that the case leaves open, of those that a factor's rules read."""
    factor = law.factors.get(f"{BALANCES[key]}.{weighed.factor}")
    read = facts_of(law, factor.rules) if factor else frozenset()
    for fact in law.questions:
        if fact in read and plain_answer(answers.get(fact, UNKNOWN)) == UNKNOWN:
            yield fact


def shown_by(passages: tuple[Passage, ...], part: str) -> dict[str, frozenset[int]]:
    """By fact, the numbers (from 1) of the passages that show it of a part."""
    found: dict[str, set[int]] = {}
    for number, passage in enumerate(passages, 1):
        if not passage.parts or part in passage.parts:
            for fact in passage.shows:
                found.setdefault(fact, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def plain_answer(text: str) -> str:
    """An answer in one spelling: `True` is yes."""
    answer = text.strip()
    lower = answer.casefold()
    return "yes" if lower in YES else "no" if lower in NO else lower if lower == UNKNOWN else answer


def same_answer(one: str, other: str) -> bool:
    return plain_answer(one) == plain_answer(other)


def _why_due(case: Case) -> str:
    """Which day is day one, and which weekdays were left out of the count, by name."""
    from advisor.advice.circumstances import Clock

    clock = Clock(case)
    if clock.deadline is None:
        return clock.why_not
    first = long_date(clock.deadline.day_one, weekday=True)
    text = f"Day one is {first}; the answer is due by the twentieth working day."
    out = "; ".join(f"{long_date(one.date)}, {one.why}" for one in clock.deadline.left_out)
    return f"{text} Left out of the count: {out}." if out else text


_DATES = ("received", "clarified", "fees_notice", "fee_received")


def _of_the_clock(case: Case, law: Law) -> tuple[str, ...]:
    """What the rulebook cites for the dates that the case gives and the clock counts by."""
    dates = [law.openings[key] for key in _DATES if getattr(case, key) and key in law.openings]
    return tuple(dict.fromkeys(cite for one in dates for cite in law.cites(one.authority)))


def _faults(law: Law, teaching: Teaching) -> tuple[RequirementModel, ...]:
    if teaching.letter is None:
        return ()
    return tuple(_fault(law, key, teaching.letter.notes) for key in teaching.letter.faults)


def _fault(law: Law, key: str, notes: Mapping[str, str]) -> RequirementModel:
    entry = next(one.entry for one in law.requirements if one.id == key)
    text = notes.get(key, entry.text)
    return RequirementModel(key, text, entry.severity, tuple(law.cites(entry.authority)))
