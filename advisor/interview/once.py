"""A question of the parts that is put once for all of them, and part by part where they differ.

The rulebook says which (`ask_once` of a fact): whether another regime decides is settled for the
request, as a rule, and still is a matter of each piece of information. What is answered becomes
each part's own answer; a part that has one already is left as it is, until every part has one: then
to change it is to answer for all of them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from advisor.case import Case, Item
from advisor.interview.parts import label_of
from advisor.interview.prompts import UNKNOWN, Choice, Prompt, Step
from advisor.interview.showing import fact_prompt
from advisor.register.events import Event
from advisor.rulebook.law import Law

DIFFERS = "differs"
_CHOICES = (
    Choice("yes", "Yes, all of it"),
    Choice("no", "No, none of it"),
    UNKNOWN,
    Choice(DIFFERS, "It differs from part to part"),
)


@dataclass
class Once:
    """The facts that differ from part to part, as the events tell."""

    differ: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Take note of an event."""
        if event.kind == "apart" and event.data["item"] is None:
            self.differ.add(event.data["shared"])

    def offered(self, case: Case, law: Law, question: Step) -> Step | None:
        """The question to put for all parts instead of for one, where two or more want it."""
        fact = question.key
        if law.facts[fact].ask_once == "no" or fact in self.differ:
            return None
        return Step("every", fact) if len(_about(case, fact)) > 1 else None

    def prompt(self, case: Case, law: Law, step: Step) -> Prompt:
        """The question. Raises KeyError where it is none that is put once, or there is no part."""
        about = _about(case, step.key)
        if law.facts[step.key].ask_once == "no" or not about:
            raise KeyError(step.key)
        prompt = fact_prompt(case, law, step, label_of(case, about))
        given = {one.facts.get(step.key, "") for one in about}
        now = given.pop() if len(given) == 1 else ""
        words = {one.value: one.text for one in _CHOICES}
        return replace(prompt, choices=_CHOICES, now=words.get(now, now))

    def answered(self, case: Case, step: Step, choice: str) -> Iterator[Event]:
        """What an answer records: it for each part, or that the parts differ."""
        if choice == DIFFERS:
            yield Event("apart", {"item": None, "shared": step.key})
        for one in _about(case, step.key):
            value = None if choice == DIFFERS else choice
            if value is not None or step.key in one.facts:
                data = {"item": one.id, "fact": step.key, "value": value, "every": True}
                yield Event("answered", data)

    def noted(self, case: Case, step: Step, text: str) -> Iterator[Event]:
        """What keeps evidence with the answer: it, for each part."""
        for one in _about(case, step.key):
            yield Event("noted", {"item": one.id, "fact": step.key, "text": text})


def _about(case: Case, fact: str) -> tuple[Item, ...]:
    """The parts that a fact is to be answered of: those without an answer, else every one."""
    without = tuple(one for one in case.items if fact not in one.facts)
    return without or case.items
