"""The next question worth asking of a case, and the answers that a question can have.

First what can still change the outcome of some part, part by part in the lawyer's order; then
what can only change the notice. A fact of the request is asked once, where it first matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from advisor.advice.matters import deciding
from advisor.interview.prompts import A_DAY, UNKNOWN, YES_NO, Choice
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import Witnesses, is_outstanding, next_fact
from advisor.rulebook.model import Fact

if TYPE_CHECKING:
    from advisor.advice.assess import Decided


@dataclass(frozen=True)
class Question:
    """A fact to ask: of which part (None: of the request), and what its answer can change."""

    fact: str
    item: str | None
    changes: Literal["outcome", "notice"]


class Kept:
    """What is kept from one question to the next, so that the next comes sooner.

    As long as a part's matter is the same object, what was worked out of it is not again.
    """

    def __init__(self) -> None:
        self.witnesses: dict[str, Witnesses] = defaultdict(Witnesses)
        self._decided: dict[str, Decided] = {}
        self._notice: dict[str, tuple[Decided, tuple[str, ...]]] = {}

    def decided(self, matter: Matter) -> Decided:
        """A part with its decision and balances."""
        from advisor.advice.assess import Decided

        found = self._decided.get(matter.item.id)
        if found is None or found.matter is not matter:
            found = self._decided[matter.item.id] = Decided.of(matter, "direct")
        return found

    def notice_facts(self, matter: Matter) -> tuple[str, ...]:
        """The open facts that can only change the notice for a part."""
        from advisor.interview.notice_facts import notice_facts

        decided = self.decided(matter)
        of, facts = self._notice.get(matter.item.id, (None, ()))
        if of is not decided:
            facts = notice_facts(decided)
            self._notice[matter.item.id] = decided, facts
        return facts


def next_question(matters: Mapping[str, Matter], kept: Kept | None = None) -> Question | None:
    """The first unanswered fact that matters, or None when none is left."""
    kept = kept or Kept()
    for key, matter in matters.items():
        fact = next_fact(deciding(matter), kept=kept.witnesses[key])
        if fact is not None:
            return Question(fact, _item(matter, fact), "outcome")
    return _of_the_notice(matters, kept)


def _of_the_notice(matters: Mapping[str, Matter], kept: Kept) -> Question | None:
    """Of the facts that only the notice wants: part by part, then those of the request."""
    of_request: list[Question] = []
    for matter in matters.values():
        for fact in kept.notice_facts(matter):
            if fact not in matter.known.unknown:
                question = Question(fact, _item(matter, fact), "notice")
                if question.item is not None:
                    return question
                of_request.append(question)
    return of_request[0] if of_request else None


def _item(matter: Matter, fact: str) -> str | None:
    return None if matter.law.facts[fact].scope == "request" else matter.item.id


def choices(fact: Fact) -> tuple[Choice, ...]:
    """What can be chosen as the answer to a fact; `unknown` is always among it."""
    if fact.type == "yes_no":
        return YES_NO
    if fact.type == "choice":
        return (*(Choice(value, text) for value, text in fact.choices.items()), UNKNOWN)
    return ()


def form(fact: Fact) -> str:
    """How an answer that is not chosen is written; nothing for a text."""
    written = {"number": "a whole number", "year": "four digits", "date": A_DAY}
    return written.get(fact.type, "")


def question_of(matters: Mapping[str, Matter], fact: str, item: str | None) -> Question:
    """A fact that is asked again, and what another answer could change."""
    for key, matter in matters.items():
        open_again = deciding(matter).with_answer(fact, None)
        if item in (None, key) and is_outstanding(open_again, fact):
            return Question(fact, item, "outcome")
    return Question(fact, item, "notice")
