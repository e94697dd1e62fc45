"""What a case says, in the law's terms: each item's facts as typed values, and what is open.

An answer is checked here against the rulebook: the fact exists, is put in the right place, and
the answer is one that it can have. A fact unanswered, answered `unknown` and answered `no` are
three different things; both of the first two are open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.case import Case, Item
from advisor.reasoning.derivation import Value
from advisor.rulebook.asking import OPENINGS
from advisor.rulebook.law import Law
from advisor.rulebook.model import Derived, Fact
from advisor.sources import InputError, Problem, nearest

YES, NO = ("yes", "true"), ("no", "false")
UNKNOWN = "unknown"


class AnswerError(ValueError):
    """An answer that a fact cannot have; `right` says what it can."""

    def __init__(self, text: str, right: str) -> None:
        super().__init__(text)
        self.text, self.right = text, right


def value_of(fact: Fact, text: str, as_at: date) -> Value:
    """The typed value of an answer. Raises AnswerError. `unknown` is not a value."""
    answer = text.strip()
    if fact.type == "yes_no":
        if answer.casefold() in (*YES, *NO):
            return answer.casefold() in YES
        raise AnswerError(f"'{text}' is not allowed here", "use yes, no or unknown")
    if fact.type == "choice":
        if answer in fact.choices:
            return answer
        right = nearest(answer, fact.choices) or f"use one of {', '.join(fact.choices)}, unknown"
        raise AnswerError(f"'{text}' is not one of the choices", right)
    if fact.type in ("number", "year"):
        return _number(fact, answer, as_at)
    if fact.type == "date":
        try:
            if date.fromisoformat(answer).isoformat() == answer:  # not 20260302, which it reads
                return answer
            raise ValueError(answer)
        except ValueError:
            right = "write a day that exists, as YYYY-MM-DD"
            raise AnswerError(f"'{text}' is not a date", right) from None
    if not answer:
        raise AnswerError("the answer is blank", "write it out, or leave the fact out")
    return answer


def _number(fact: Fact, answer: str, as_at: date) -> int:
    # Not str.isdigit(), which takes superscripts and the digits of every script.
    digits = answer.isascii() and answer.isdigit() and len(answer) <= 9
    if fact.type == "number":
        if digits:
            return int(answer)
        raise AnswerError(f"'{answer}' is not a whole number", "write it in digits")
    if digits and len(answer) == 4 and 1000 <= int(answer) <= as_at.year:
        return int(answer)
    raise AnswerError(
        f"'{answer}' is not a year up to {as_at.year}", "write four digits, or unknown"
    )


@dataclass(frozen=True)
class Known:
    """What is known of one item under one law.

    `answered` are typed answers, `unknown` the facts answered "I don't know". `values` adds the
    defaults of added facts and the integers that the law derives; it is what evaluators read.
    """

    law: Law
    answered: Mapping[str, Value]
    unknown: frozenset[str] = frozenset()

    @cached_property
    def values(self) -> Mapping[str, Value]:
        return complete(self.law, self.answered, self.unknown)

    def is_open(self, fact: str) -> bool:
        """Whether a fact is unanswered, without a default, or answered `unknown`."""
        return fact not in self.values

    def with_answer(self, fact: str, value: Value | None) -> Known:
        """The same with one answer set; None says that it is not known."""
        rest = {key: v for key, v in self.answered.items() if key != fact}
        if value is None:
            return Known(self.law, rest, self.unknown | {fact})
        return Known(self.law, {**rest, fact: value}, self.unknown - {fact})


def complete(
    law: Law, answered: Mapping[str, Value], unknown: frozenset[str] = frozenset()
) -> dict[str, Value]:
    """Answers with defaults and derived integers: everything that rules may read."""
    values = dict(law.defaults)
    for key in unknown:
        values.pop(key, None)
    values.update(answered)
    for key, derived in law.derived.items():
        year = values.get(derived.of)
        if year is not None:
            values[key] = law.as_at.year - scheduled(derived, int(year))
    return values


def scheduled(derived: Derived, year: int) -> int:
    """The year that a schedule gives for `year`: see advisor.rulebook.model.Derived."""
    step = next(s for s in derived.schedule if s.through is None or year <= s.through)
    if step.add is not None:
        return year + step.add
    assert step.starting is not None
    assert step.since is not None
    assert step.each is not None
    return step.starting + (year - step.since) // step.each


def read_facts(case: Case, law: Law) -> dict[str, Known]:
    """What is known of each item, by its id. Raises InputError with every problem of the case."""
    problems = list(problems_of(case, law))
    if problems:
        raise InputError(problems)
    request = dict(_answers(case.facts, law))
    found: dict[str, Known] = {}
    for item in case.items:
        answers = {**request, **dict(_answers(item.facts, law))}
        known = {key: value for key, value in answers.items() if value is not None}
        found[item.id] = Known(law, known, frozenset(answers) - frozenset(known))
    return found


def _answers(facts: Mapping[str, str], law: Law) -> Iterator[tuple[str, Value | None]]:
    for key, text in facts.items():
        unknown = text.strip().casefold() == UNKNOWN
        yield key, None if unknown else value_of(law.facts[key], text, law.as_at)


def problems_of(case: Case, law: Law) -> Iterator[Problem]:
    """Everything in a case that the rulebook does not know: a fact, an answer, a factor ..."""
    yield from _fact_problems(case, law, case.facts, ("facts",), "request")
    yield from _note_problems(case, case.notes, ("notes",), (*law.facts, *OPENINGS))
    for i, item in enumerate(case.items):
        path = ("items", i)
        yield from _fact_problems(case, law, item.facts, (*path, "facts"), "item")
        yield from _note_problems(case, item.notes, (*path, "notes"), law.facts)
        yield from _factor_problems(case, law, item, path)
        yield from _name_problems(case, law, item, path)


def _fact_problems(
    case: Case, law: Law, facts: Mapping[str, str], path: tuple[str | int, ...], scope: str
) -> Iterator[Problem]:
    for key, text in facts.items():
        fact = law.facts.get(key)
        if fact is None:
            yield _key_problem(case, (*path, key), f"unknown fact '{key}'", nearest(key, law.facts))
        elif fact.scope != scope:
            place = "the request's facts" if fact.scope == "request" else "the facts of an item"
            text = f"'{key}' is a fact of the {fact.scope}"
            yield _key_problem(case, (*path, key), text, f"put it under {place}")
        elif text.strip().casefold() != UNKNOWN:
            try:
                value_of(fact, text, law.as_at)
            except AnswerError as error:
                yield case.problem((*path, key), error.text, error.right)


def _note_problems(
    case: Case, notes: Iterable[str], path: tuple[str | int, ...], names: Collection[str]
) -> Iterator[Problem]:
    """Evidence is kept with an answer: a fact's, or for the request a field's of the header."""
    for key in notes:
        if key not in names:
            right = nearest(key, names) or "name the fact that the note is about"
            yield _key_problem(case, (*path, key), f"a note on '{key}', which is no fact", right)


def _key_problem(case: Case, path: tuple[str | int, ...], text: str, right: str) -> Problem:
    if case.document is not None:
        return case.document.problem(path, text, right, key=True)
    return case.problem(path, text, right)


def _factor_problems(
    case: Case, law: Law, item: Item, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    for balance, key in (("content", "weights"), ("confirm_or_deny", "weights_confirm_or_deny")):
        names = [factor.name for factor in law.factors.values() if factor.balance == balance]
        for name in item.weighings(balance):
            if name not in names:
                text = f"unknown factor '{name}'"
                yield _key_problem(case, (*path, key, name), text, nearest(name, names))


def _name_problems(
    case: Case, law: Law, item: Item, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    for i, provision in enumerate(item.consider or ()):
        section = provision.split("(")[0]
        if section not in law.exemptions:
            text = f"'{provision}' is not an exemption"
            yield case.problem((*path, "consider", i), text, nearest(section, law.exemptions))
    if item.consider is not None and not any(law.tests(one) for one in item.consider):
        tested = [key for key, limb in law.limbs.items() if limb]
        text = "nothing that this rulebook tests is considered"
        yield case.problem((*path, "consider"), text, f"it tests {', '.join(tested)}")
    if item.proposed and item.proposed.outcome not in law.outcomes:
        outcome = item.proposed.outcome
        decide = [key for key, one in law.outcomes.items() if one.kind != "undetermined"]
        right = nearest(outcome, decide) or f"use one of {', '.join(decide)}"
        text = f"'{outcome}' is not an outcome"
        yield case.problem((*path, "proposed", "outcome"), text, right)
