"""What another answer would change, and the smallest changes that would turn the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from advisor.advice.assess import Decided
from advisor.advice.matters import deciding, matters
from advisor.advice.rulebook import Rulebook
from advisor.assessment import ItemAssessment
from advisor.case import Case
from advisor.reasoning.known import AnswerError, value_of
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import (
    Change,
    changes,
    leads_to,
    outstanding,
    possible_outcomes,
)
from advisor.rulebook.law import Law
from advisor.sources import InputError, Problem, nearest


def before_and_after(
    rulebook: Rulebook, case: Case, other: Case, as_at: date | None
) -> Iterator[tuple[ItemAssessment, ItemAssessment]]:
    """Each part as it is advised on now, and as it would be in the other case."""
    both = (rulebook.assess(one, as_at=as_at, engine="direct") for one in (case, other))
    yield from zip(*(one.items for one in both), strict=True)


def with_answers(case: Case, law: Law, given: Iterable[str], item: str | None) -> Case:
    """The case with other answers, each `FACT=VALUE`; a blank value takes an answer back.

    A fact of a part is set in the part `item`, or in every one. Raises InputError.
    """
    problems: list[Problem] = []
    for one in given:
        fact, sign, value = (part.strip() for part in one.partition("="))
        problem = _problem(law, fact, sign, value)
        if problem is not None:
            problems.append(Problem(f"--set {one}", 0, 0, *problem))
        elif law.facts[fact].scope == "request":
            case = replace(case, facts=_with(case.facts, fact, value))
        else:
            items = (
                replace(part, facts=_with(part.facts, fact, value))
                if item in (None, part.id)
                else part
                for part in case.items
            )
            case = replace(case, items=tuple(items))
    if problems:
        raise InputError(problems)
    return case


def _problem(law: Law, fact: str, sign: str, value: str) -> tuple[str, str] | None:
    """What is wrong with a `FACT=VALUE`, and what would be right."""
    if not sign:
        return "no answer is given", "write FACT=VALUE"
    if fact not in law.facts:
        return f"unknown fact '{fact}'", nearest(fact, law.facts)
    if value and value.casefold() != "unknown":
        try:
            value_of(law.facts[fact], value, law.as_at)
        except AnswerError as error:
            return error.text, error.right
    return None


def _with(facts: Mapping[str, str], fact: str, value: str) -> dict[str, str]:
    rest = {key: old for key, old in facts.items() if key != fact}
    return {**rest, fact: value} if value else rest


@dataclass(frozen=True)
class Turning:
    """What a part can still be, and what would turn it.

    Where it can be one thing, `changes` are the smallest changes of answers that would make it
    another. Otherwise `settles` are single answers that would leave one outcome, whatever else is
    answered, and `open` are the facts that can still make a difference. `without` is what it can be
    by the rules alone, where the officer has come to a conclusion of their own. A year or a number
    in a change stands for all of its class; `classes` has them all, by the fact.
    """

    possible: tuple[str, ...]
    changes: tuple[Change, ...]
    settles: tuple[Change, ...] = ()
    open: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    classes: Mapping[str, list[int]] = field(default_factory=dict)


def turning_points(case: Case, law: Law, item: str | None) -> dict[str, Turning]:
    """For each part (or one), what would change its outcome or settle it."""
    return {
        key: replace(_turning(deciding(matter)), without=_without_conclusion(matter))
        for key, matter in matters(case, law).items()
        if item in (None, key)
    }


def _without_conclusion(matter: Matter) -> tuple[str, ...]:
    """What a part can be by the rules alone; empty where the officer concluded nothing on it."""
    decided = Decided.of(matter, "direct")
    struck = (decided.existence, decided.content)
    if all(one is None or one.decided_by == "rules" for one in struck):
        return ()
    item = replace(matter.item, balance=None, balance_confirm_or_deny=None)
    return possible_outcomes(deciding(replace(matter, item=item)))


def _turning(matter: Matter) -> Turning:
    possible = possible_outcomes(matter)
    if len(possible) == 1:
        found = tuple(changes(matter))
        return Turning(possible, found, classes=_classes(matter, found))
    wanted = outstanding(matter)
    settles = tuple(
        Change({fact: value}, outcomes[0])
        for fact in wanted
        for value, outcomes in leads_to(matter, fact)
        if len(outcomes) == 1
    )
    return Turning(possible, (), settles, wanted, classes=_classes(matter, settles))


def _classes(matter: Matter, of: Iterable[Change]) -> dict[str, list[int]]:
    """Of each year and number that is changed, a value for each class that the law tells apart."""
    facts = dict.fromkeys(fact for one in of for fact in one.set)
    return {
        fact: sorted(int(value) for value, _ in leads_to(matter, fact))
        for fact in facts
        if matter.law.facts[fact].type in ("year", "number")
    }
