"""Why a question is asked: the rules that read its fact, and what each answer would lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from advisor.advice.matters import deciding
from advisor.interview.questions import Question
from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import check, derive
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import leads_to
from advisor.rulebook.conditions import names
from advisor.rulebook.law import Law, When
from advisor.rulebook.model import Authority, Gate, Route

ENOUGH = 3  # of the rules that read a fact, how many are named


class Reason(NamedTuple):
    """One thing that turns on an answer, the rule that says so, and its authority."""

    rule: str
    text: str
    authority: tuple[str, ...]


class Answer(NamedTuple):
    """An answer that could be given, in words, and the outcomes that are then possible."""

    value: str
    text: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """Why a question matters. `answers` is empty where words are wanted and not a choice."""

    question: Question
    reasons: tuple[Reason, ...]
    answers: tuple[Answer, ...]

    @property
    def text(self) -> str:
        """The reasons as running text."""
        lead = "It can change the outcome. "
        if self.question.changes == "notice":
            lead = "It changes no outcome, only what the notice must say. "
        return lead + " ".join(one.text for one in self.reasons)

    @property
    def authority(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cited for one in self.reasons for cited in one.authority))


def why(matters: Mapping[str, Matter], question: Question) -> Why:
    """Why a question is asked of these matters, of which there is at least one.

    An answer that there is already is left out of account, so that it can be asked again.
    """
    about = {
        key: matter.with_answer(question.fact, None)
        for key, matter in matters.items()
        if question.item in (None, key)
    }
    if question.changes == "notice":
        found = [one for matter in about.values() for one in _of_the_notice(matter, question.fact)]
    else:
        deciding_ones = map(deciding, about.values())
        found = [one for matter in deciding_ones for one in _readers(matter, question.fact)]
    reasons = tuple(dict.fromkeys(found))[:ENOUGH]
    return Why(question, reasons, tuple(_answers(about, question.fact)))


def _answers(matters: Mapping[str, Matter], fact: str) -> Iterator[Answer]:
    """Each answer with the outcomes that it leaves possible, of all the matters together."""
    ends: dict[Value, dict[str, None]] = {}
    for matter in matters.values():
        for value, outcomes in leads_to(deciding(matter), fact):
            ends.setdefault(value, {}).update(dict.fromkeys(outcomes))
    about = next(iter(matters.values())).law.facts[fact]
    for value, possible in ends.items():
        word = said(value)
        text = about.choices.get(word, word.capitalize())
        if about.type in ("year", "number"):
            text = spans([int(value)], sorted(map(int, ends)), about.type)
        yield Answer(word, text, tuple(possible))


def spans(values: Iterable[int], of: list[int], kind: str) -> str:
    """What numbers stand for: years for all since the one before, numbers for all to the next.

    >>> spans([1996, 2005, 2026], [1996, 2005, 2010, 2026], "year")
    'Up to 2005 / 2011 to 2026'
    """
    runs: list[tuple[int, int]] = []  # places in `of` that follow on each other
    for at in sorted(map(of.index, values)):
        if runs and at == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], at
        else:
            runs.append((at, at))
    return " / ".join(_span(first, last, of, kind) for first, last in runs)


def _span(first: int, last: int, of: list[int], kind: str) -> str:
    if kind == "year":
        return f"{of[first - 1] + 1} to {of[last]}" if first else f"Up to {of[last]}"
    return f"{of[first]} to {of[last + 1] - 1}" if last + 1 < len(of) else f"{of[first]} or more"


def said(value: Value) -> str:
    """A value as it is written in a case."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _readers(matter: Matter, fact: str) -> Iterator[Reason]:
    """What still turns on a fact: steps and rules that read it and are not settled without it."""
    law = matter.law
    read = {fact, *(key for key, entry in law.derived.items() if entry.of == fact)}
    steps = [step for step in law.gates if names(step.when) & read]
    ruled = [one.rules for one in law.conclusions.values()]
    ruled += [one.rules for one in law.factors.values()]
    rules = any(names(rule.when) & read for rule in chain(*ruled))
    if not rules and all(names(step.when) <= {fact, *matter.circumstances} for step in steps):
        # A first gate: it reads nothing that would have to be derived.
        yield from (_step(law, step) for step in steps)
        return
    derivation = derive(law, matter.known.values, matter.strike)
    known = matter.everything(derivation)
    yield from (_step(law, step) for step in steps if check(step.when)(known) is None)
    for node in law.nodes:
        if node.kind == "factor" and _is_not_put(law, node.id, known):
            continue
        for rule in law.rules_of(node):
            if names(rule.when) & read and derivation.rules[rule.id] is None:
                if node.kind == "factor":
                    factor = law.factors[node.id]
                    side = "against" if factor.side == "maintain" else "for"
                    act = law.balances[factor.balance].act
                    text = f"It can move the balance, {side} {act}: {factor.title}."
                else:
                    text = f"It can settle whether this is so: {law.conclusions[node.id].means}"
                yield _reason(law, node.id, text, rule.authority)
                break


def _step(law: Law, step: When) -> Reason:
    title = law.outcomes[step.entry.outcome].title
    text = f"If this step decides, the outcome is “{title}”: {step.entry.because}"
    return _reason(law, step.id, text, step.entry.authority)


def _is_not_put(law: Law, factor: str, known: Mapping[str, Any]) -> bool:
    """Whether the balance of a factor is not to be struck, whatever the answer."""
    return known.get(law.balances[law.factors[factor].balance].put) is False


def _of_the_notice(matter: Matter, fact: str) -> Iterator[Reason]:
    """What of the notice turns on a fact."""
    from advisor.advice.assess import Decided
    from advisor.interview.notice_facts import turning

    law = matter.law
    for key, entry in turning(Decided.of(matter, "direct")):
        if key != fact:
            continue
        if isinstance(entry, When):
            text = getattr(entry.entry, "text", "")
            if isinstance(entry.entry, Gate):
                text = f"What the refusal rests on: {entry.entry.because}"
            elif isinstance(entry.entry, Route):
                text = f"What to send: {entry.entry.title}."
            yield _reason(law, entry.id, text, entry.entry.authority)
        else:
            limb = law.limbs[entry]
            text = f"Whether it must cite {entry} as well: {limb.title}."
            yield _reason(law, limb.engaged, text, limb.authority)


def _reason(law: Law, rule: str, text: str, authority: tuple[Authority, ...]) -> Reason:
    return Reason(rule, text, tuple(law.cites(authority)))
