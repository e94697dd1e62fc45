"""Answers of several steps: a weight with its reason, a consideration, a conclusion, a name.

Such an answer is recorded whole or not at all, because what an officer decides always carries its
reason. Until its last step it is a form that is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from advisor.interview.prompts import Choice, Prompt, Step
from advisor.interview.walk import result_choices, result_help, weight_choices
from advisor.register.events import Event
from advisor.rulebook.law import Law


@dataclass(frozen=True)
class Form:
    """An event in the making: what it has, and the fields that it still wants, in order."""

    kind: str
    about: Step
    wanted: tuple[str, ...]
    data: dict[str, str] = field(default_factory=dict)

    def filled(self, key: str, value: str) -> Form:
        """The form with one more field filled in."""
        left = tuple(one for one in self.wanted if one != key)
        return replace(self, wanted=left, data={**self.data, key: value})

    def event(self, by: str) -> Event:
        """The event, once nothing more is wanted; `by` is the officer."""
        about = self.about
        data = {"item": about.item, "balance": about.balance, **self.data}
        if about.kind == "factor":
            data["factor"] = about.key
        data.pop("by", None)
        return Event(self.kind, data, by=self.data.get("by", by))

    def prompt(self, law: Law, officer: str) -> Prompt:
        """The next field to fill in; `officer` is a name that may be meant again."""
        key = self.wanted[0]
        step = Step("form", key, self.about.item, self.about.balance)
        prompt = replace(_FIELDS[key], step=step, choices=self._choices(law, key))
        if key == "result":
            prompt = replace(prompt, help=result_help(law.balances[self.about.balance]))
        return replace(prompt, blank=officer) if key == "by" and officer else prompt

    def _choices(self, law: Law, key: str) -> tuple[Choice, ...]:
        act = law.balances[self.about.balance].act
        if key == "result":
            return result_choices(law.balances[self.about.balance])
        if key == "side":
            return Choice("maintain", f"Against {act}"), Choice("disclose", f"For {act}")
        return weight_choices() if key == "weight" else ()


_FIELDS = {
    "result": Prompt(Step("form"), "Which result do you come to?"),
    "side": Prompt(Step("form"), "For which side does it count?"),
    "weight": Prompt(
        Step("form"),
        "How heavy is it?",
        help="Weights are compared place by place, heaviest first, and never added up.",
    ),
    "interest": Prompt(
        Step("form"),
        "What is the interest, in a few words?",
        help="Against: only an interest that the exemption protects. For: any public interest.",
    ),
    "reason": Prompt(
        Step("form"),
        "Why?",
        long=True,
        help="The reason stands on the record with your name, and belongs in the notice.",
    ),
    "by": Prompt(
        Step("form"),
        "Your name, for the record?",
        help="The advisor proposes and a named person decides.",
    ),
}
