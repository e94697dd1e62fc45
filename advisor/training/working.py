"""A case worked by a person who is asked, question by question. Any voice that reads and says will
do; the answers are the same as those of a file, so that the marking is too.

A line may be left blank, and `?` buys the next hint. Nothing here says what is right.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, Protocol, TypeVar, cast

from advisor.document.words import provision_words
from advisor.reasoning.known import UNKNOWN, AnswerError, value_of
from advisor.rulebook.conditions import is_part
from advisor.rulebook.model import WEIGHTS
from advisor.training.answers import (
    BalanceAnswer,
    Contest,
    ElementAnswer,
    FactorAnswer,
    NoticeAnswer,
    PartAnswer,
    Worked,
)
from advisor.training.exercise import Exercise
from advisor.training.hints import PRICE, hints
from advisor.training.marks import Marked
from advisor.training.settling import facts_of

T = TypeVar("T")
_STOP = ("", "done")


class Voice(Protocol):
    """Where questions are put and answers come from (advisor.cli.line)."""

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        """Show some text."""

    def read(self) -> str:
        """The next answer."""


class Session:
    """One trainee at work on one exercise."""

    def __init__(self, exercise: Exercise, voice: Voice) -> None:
        self.exercise, self.voice, self.law = exercise, voice, exercise.law
        self.taken = 0
        self._hints = hints(exercise)

    def work(self) -> Worked:
        """Every question of the exercise, and the answers."""
        self.voice.say(f"Enter alone leaves a question out; ? gives a hint, which costs {PRICE}.")
        parts = tuple(self._part(item.id) for item in self.exercise.case.items)
        notice = self._notice()
        faults: tuple[str, ...] = ()
        if self.exercise.letter:
            faults = self._requirements("Which of these does the letter lack? Numbers, please.")
        return Worked(self.exercise.case.reference, parts, notice, faults, self.taken)

    def contests(self, marked: Marked) -> tuple[Contest, ...]:
        """Marks that the trainee disputes, by their names in brackets."""
        found: list[Contest] = []
        keys = [one.key for one in marked.marks]
        while True:
            text = self._ask("Contest a mark? Its name in brackets, a space, and why; Enter ends.")
            name, _, why = text.strip().partition(" ")
            if not name:
                return tuple(found)
            if name not in keys or not why:
                near = difflib.get_close_matches(name, keys, n=1)
                self.voice.say(f"Did you mean {near[0]}?" if near else "There is no such mark.")
                continue
            found.append(Contest(name, why))

    # One part

    def _part(self, key: str) -> PartAnswer:
        self.voice.say()
        self.voice.say(f"Part {key}", strong=True)
        outcomes = list(self.law.outcomes)
        titles = [self.law.outcomes[one].title for one in outcomes]
        outcome = self._one("How should it be answered?", outcomes, titles)
        text = self._ask("Under which provisions, down to the limb? For example s30(1)(a)(i).")
        provisions = tuple(text.replace(",", " ").split())
        elements = self._elements(outcome, provisions)
        content = self._balance("content")
        existence = self._balance("confirm_or_deny")
        ignored = list(self.law.not_counted)
        asks = [self.law.facts[one].ask for one in ignored]
        excluded = self._several("What is there and must not be counted?", ignored, asks)
        return PartAnswer(key, outcome, provisions, elements, content, existence, excluded)

    def _elements(
        self, outcome: str | None, provisions: tuple[str, ...]
    ) -> dict[str, ElementAnswer]:
        found: dict[str, ElementAnswer] = {}
        facts = self._candidates(outcome, provisions)
        if facts:
            self.voice.say("The elements: yes or no (or the choice), then the passages: yes 1 3")
        for fact in facts:
            about = self.law.facts[fact]
            choices = f" ({', '.join(about.choices)})" if about.choices else ""

            def read(text: str, about: object = about) -> ElementAnswer:
                first, *rest = text.split()
                if first.casefold() != UNKNOWN:
                    value_of(self.law.facts[fact], first, self.law.as_at)  # noqa: B023 - at once
                return ElementAnswer(first, self._passages(rest))

            answer = self._read(f"{about.ask}{choices}", read)
            if answer is not None:
                found[fact] = answer
        return found

    def _candidates(self, outcome: str | None, provisions: tuple[str, ...]) -> list[str]:
        """The facts behind what the trainee relies on; where that is nothing, of all limbs."""
        law = self.law
        limbs = [k for k in law.limbs if any(is_part(k, p) or is_part(p, k) for p in provisions)]
        steps = [step for step in law.gates if step.entry.outcome == outcome]
        if not limbs and steps and all(step.entry.limbs == "no" for step in steps):
            from advisor.rulebook.conditions import names

            read = {name for step in steps for name in names(step.when)}
            if read & set(law.facts):
                return [key for key in law.questions if key in read]
        wanted: set[str] = set()
        for limb in limbs or list(law.limbs):
            wanted |= self._behind(law.limbs[limb].engaged)
        return [key for key in law.questions if key in wanted]

    def _behind(self, conclusion: str) -> set[str]:
        from advisor.rulebook.conditions import names

        rules = self.law.conclusions[conclusion].rules
        found = set(facts_of(self.law, rules))
        for rule in rules:
            for name in names(rule.when):
                if name in self.law.conclusions:
                    found |= self._behind(name)
        return found

    def _balance(self, balance: str) -> BalanceAnswer | None:
        title = self.law.balances[balance].title
        struck = self._one(f"Is a balance to be struck {title}?", ["yes", "no"], ["Yes", "No"])
        if struck != "yes":
            return None
        sides = {side: self._factors(balance, side) for side in ("maintain", "disclose")}
        result = self._one("Which side prevails?", ["maintain", "disclose", "undetermined"],
                           ["Maintaining outweighs", "Maintaining does not outweigh",
                            "It cannot be said yet"])  # fmt: skip
        chosen = cast(Literal["maintain", "disclose", "undetermined"] | None, result)
        return BalanceAnswer(sides["maintain"], sides["disclose"], chosen)

    def _factors(self, balance: str, side: str) -> dict[str, FactorAnswer]:
        factors = [one for one in self.law.balance_factors[balance] if one.side == side]
        act = self.law.balances[balance].act
        self.voice.say(f"{'Against' if side == 'maintain' else 'For'} {act}:")
        self._listed([one.title for one in factors])
        self.voice.say(f"Weights: {', '.join(WEIGHTS)}.")
        found: dict[str, FactorAnswer] = {}

        def read(text: str) -> tuple[str, FactorAnswer]:
            number, weight, *rest = [*text.split(), ""]
            name = factors[_number(number, len(factors)) - 1].name
            if weight not in WEIGHTS:
                raise AnswerError(f"'{weight}' is no weight", f"use {', '.join(WEIGHTS)}")
            return name, FactorAnswer(weight, self._passages([r for r in rest if r]))

        while (
            one := self._read("A factor: number, weight, passages; Enter ends.", read)
        ) is not None:
            found[one[0]] = one[1]
        return found

    # The notice

    def _notice(self) -> NoticeAnswer:
        self.voice.say()
        self.voice.say("The notice", strong=True)
        needed = self._one("Is a refusal notice needed?", ["yes", "no"], ["Yes", "No"])
        due = self._read("By when must the request be answered? YYYY-MM-DD", _day)
        must = (
            self._requirements("What must the notice say? Numbers, please.")
            if needed == "yes"
            else ()
        )
        return NoticeAnswer(cast(Literal["yes", "no"] | None, needed), due, must)

    def _requirements(self, question: str) -> tuple[str, ...]:
        known = [one for one in self.law.requirements if one.entry.severity in "MC"]
        texts = [f"{one.entry.text} ({provision_words(one.entry.provision)})" for one in known]
        return self._several(question, [one.id for one in known], texts)

    # Asking

    def _ask(self, question: str) -> str:
        """A line of answer; a hint for every `?`."""
        while True:
            self.voice.say(question)
            text = self.voice.read().strip()
            if text != "?":
                return text
            if self.taken < len(self._hints):
                self.voice.say(f"Hint: {self._hints[self.taken]}")
                self.taken += 1
            else:
                self.voice.say("There are no more hints.")

    def _read(self, question: str, read: Callable[[str], T]) -> T | None:
        """An answer that can be read, asked for until it can; None where it is left blank."""
        while True:
            text = self._ask(question)
            if text.casefold() in _STOP:
                return None
            try:
                return read(text)
            except AnswerError as error:
                self.voice.say(f"{error.text}; {error.right}.")

    def _one(self, question: str, values: Sequence[str], texts: Sequence[str]) -> str | None:
        self._listed(texts)

        def read(text: str) -> str:
            close = [
                v
                for v, t in zip(values, texts, strict=True)
                if t.casefold().startswith(text.casefold())
            ]
            return close[0] if len(close) == 1 else values[_number(text, len(values)) - 1]

        return self._read(question, read)

    def _several(self, question: str, values: list[str], texts: list[str]) -> tuple[str, ...]:
        self._listed(texts)

        def read(text: str) -> tuple[str, ...]:
            words = text.replace(",", " ").split()
            return tuple(dict.fromkeys(values[_number(one, len(values)) - 1] for one in words))

        return self._read(question, read) or ()

    def _listed(self, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts, 1):
            self.voice.say(f"{number}. {text}", indent=2, hang=4)

    def _passages(self, words: list[str]) -> tuple[int, ...]:
        last = len(self.exercise.passages)
        return tuple(_number(one.strip(","), last) for one in words)


def _number(text: str, last: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= last:
        return int(text)
    raise AnswerError(f"'{text[:40]}' is no number here", f"use 1 to {last}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnswerError(f"'{text[:40]}' is not a date", "write a day as YYYY-MM-DD") from None
