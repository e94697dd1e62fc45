"""What a part has in common with another: offered, and taken over as answers of its own.

The rulebook says which facts parts can share (`in_common`), such as those of one investigation.
The offer comes before the first of them is asked of a part, where another part has answers; and
once more where the part that was taken for the same has got further answers since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from advisor.case import Case, Item
from advisor.interview.prompts import Choice, Prompt, Step
from advisor.interview.questions import choices
from advisor.register.events import Event
from advisor.rulebook.law import Law

ASK_ME = "no"
_AS = "as:"  # before the id of a part, which could itself be `no`

Answers = dict[str, str]


@dataclass
class Sharing:
    """What the officer said of what parts share, as the events tell.

    `same` has the part that another was taken for the same as; `apart` parts with something that
    they share with none.
    """

    same: dict[str, str] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Take note of an event."""
        data = event.data
        if event.kind == "apart" and data["item"] is not None:
            self.apart.add((data["item"], data["shared"]))
        elif event.kind == "item_split":
            self.same[data["into"]] = data["item"]
        elif event.kind == "answered" and "as_in" in data:
            self.same[data["item"]] = data["as_in"]

    def offered(self, case: Case, law: Law, question: Step) -> Step | None:
        """The offer to make before a question of fact is asked, if there is one."""
        for key, shared in law.in_common.items():
            if question.item is None or question.key not in shared.facts:
                continue
            step = Step("shared", key, question.item)
            if (question.item, key) in self.apart:
                continue
            ways = self._ways(case, law, step)
            if any(
                question.key in answers or not self._begun(case, law, step) for *_, answers in ways
            ):
                return step
        return None

    def prompt(self, case: Case, law: Law, step: Step, about: str) -> Prompt:
        """The offer, with all that would be taken over. Raises KeyError where there is none."""
        lead, ways = [], []
        for number, other, answers in self._ways(case, law, step):
            ways.append(Choice(f"{_AS}{other.id}", f"Yes, as part {number}"))
            lead.append(f"Answered for part {number} ({other.description or other.id}):")
            lead += [
                f"- {law.facts[one].ask} {_in_words(law, one, answers[one])}" for one in answers
            ]
        if not ways:
            raise KeyError(step.key)
        shared = law.in_common[step.key]
        return Prompt(
            step,
            shared.again if self._begun(case, law, step) else shared.ask,
            about=about,
            lead=tuple(lead),
            choices=(*ways, Choice(ASK_ME, "No, ask me")),
            help=shared.help,
        )

    def taken_over(self, case: Case, law: Law, step: Step, choice: str) -> list[Event]:
        """What an answer to the offer records: each answer, or that nothing is shared."""
        if choice == ASK_ME:
            return [Event("apart", {"item": step.item, "shared": step.key})]
        source = choice.removeprefix(_AS)
        ways = {other.id: answers for _, other, answers in self._ways(case, law, step)}
        return [
            Event("answered", {"item": step.item, "fact": fact, "value": value, "as_in": source})
            for fact, value in ways[source].items()
        ]

    def _begun(self, case: Case, law: Law, step: Step) -> bool:
        """Whether the part has answers and is not to be asked afresh what it was taken for."""
        item = case.item(step.item or "")
        if item is None:
            return True
        facts = law.in_common[step.key].facts
        return (item.id, step.key) not in self.apart and any(one in item.facts for one in facts)

    def _ways(self, case: Case, law: Law, step: Step) -> Iterator[tuple[int, Item, Answers]]:
        """The parts that answers can be taken from, with their numbers; of equal ones the first."""
        item, met = case.item(step.item or ""), []
        if item is None:
            return
        begun = self._begun(case, law, step)
        for number, other in enumerate(case.items, 1):
            if other.id == item.id or (begun and other.id != self.same.get(item.id)):
                continue
            facts = law.in_common[step.key].facts
            new = {
                one: other.facts[one]
                for one in facts
                if one in other.facts and one not in item.facts
            }
            if new and new not in met:
                met.append(new)
                yield number, other, new


def _in_words(law: Law, fact: str, answer: str) -> str:
    return {one.value: one.text for one in choices(law.facts[fact])}.get(answer, answer)
