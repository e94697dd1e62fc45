"""A case worked by a person who is asked, question by question. Any voice that reads and says will
do; the answers are the same as those of a file, so that the marking is too.

Nothing here says what is right. Which provision covers the information is asked apart from what a
refusal relies on: who discloses because of the balance has found a provision engaged all the same.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Literal, cast

from advisor.document.words import provision_words
from advisor.rulebook.conditions import is_part, names
from advisor.rulebook.model import WEIGHTS, Fact
from advisor.training.answers import (
    BalanceAnswer,
    Contest,
    ElementAnswer,
    FactorAnswer,
    NoticeAnswer,
    PartAnswer,
    Worked,
)
from advisor.training.asking import NONE, Asking, Voice, answer, day_or_none, number, weight
from advisor.training.exercise import Exercise
from advisor.training.hints import PRICE, hints
from advisor.training.marks import Marked
from advisor.training.naming import below, provisions

_LIMB = "Down to the limb, for example s30(1)(a)(i); Enter for none."


class Session:
    """One trainee at work on one exercise."""

    def __init__(self, exercise: Exercise, voice: Voice) -> None:
        self.exercise, self.voice, self.law = exercise, voice, exercise.law
        self.asking = Asking(voice, self._hint)
        self._hints, self._taken = hints(exercise), 0

    def work(self) -> Worked:
        """Every question of the exercise, and the answers."""
        self.voice.say(
            f"Enter alone leaves a question out. ? gives a hint, which costs {PRICE} of 100."
        )
        parts = tuple(self._part(item.id) for item in self.exercise.case.items)
        notice = self._notice()
        faults: tuple[str, ...] = ()
        if self.exercise.letter:
            self._heading("The letter")
            faults = self._requirements("What does section 17 ask for that the letter lacks?")
        return Worked(self.exercise.case.reference, parts, notice, faults, self._taken)

    def contests(self, marked: Marked) -> Iterator[Contest]:
        """Marks that the trainee disputes, by their names in brackets."""
        keys = [one.key for one in marked.marks]
        form = "Its name in brackets, a space, and why; Enter ends."
        while text := self.asking.line("Do you contest a mark?", (), form):
            name, _, why = text.partition(" ")
            name = name.strip("[]")
            if name not in keys:
                near = difflib.get_close_matches(name, keys, n=1)
                self.voice.say(f"Did you mean {near[0]}?" if near else "There is no such mark.")
            elif not why.strip():
                self.voice.say("Say why as well, on the same line.")
            else:
                yield Contest(name, why.strip())
                self.voice.say("Noted for your trainer.")

    def _hint(self) -> str:
        if self._taken == len(self._hints):
            return "There are no more hints."
        self._taken += 1
        return f"Hint: {self._hints[self._taken - 1]}"

    # One part

    def _part(self, key: str) -> PartAnswer:
        item = self.exercise.case.item(key)
        assert item is not None
        self._heading(f"Part {key}: {item.description}" if item.description else f"Part {key}")
        outcomes = list(self.law.outcomes)
        titles = [self.law.outcomes[one].title for one in outcomes]
        outcome = self.asking.one("How should it be answered?", outcomes, titles)
        relied, engaged = self._provisions(outcome)
        elements = self._elements(outcome, relied + engaged)
        content = self._balance("content")
        existence = self._balance("confirm_or_deny")
        ignored = list(self.law.not_counted)
        asks = [self.law.facts[one].ask for one in ignored]
        excluded = self.asking.several("What is there and must not be counted?", ignored, asks)
        return PartAnswer(key, outcome, relied, engaged, elements, content, existence, excluded)

    def _provisions(self, outcome: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The provisions that a refusal relies on, and those that cover what is not refused."""

        def ask(question: str) -> tuple[str, ...]:
            found = self.asking.read(question, partial(provisions, self.law), (), _LIMB) or ()
            for one in found:
                if limbs := below(self.law, one):
                    self.voice.say(f"Taken, but {one} names no limb; there are {', '.join(limbs)}.")
            return found

        kind = "refused" if outcome is None else self.law.outcomes[outcome].kind
        if kind == "refused":
            return ask("Under which provisions is it refused?"), ()
        if kind in ("disclosed", "undetermined"):
            return (), ask("Which provisions cover it, though you do not refuse by them?")
        return (), ()

    def _elements(self, outcome: str | None, named: tuple[str, ...]) -> dict[str, ElementAnswer]:
        found: dict[str, ElementAnswer] = {}
        facts = self._candidates(outcome, named)
        if facts:
            self.voice.say()
            self.voice.say("The elements. Answer each, then name the passages: yes 1 3")
        for key in facts:
            fact = self.law.facts[key]
            read = partial(self._element, fact)
            said = self.asking.read(fact.ask, read, [*fact.choices.values()])
            if said is not None:
                found[key] = said
        return found

    def _element(self, fact: Fact, text: str) -> ElementAnswer:
        first, *rest = text.split()
        return ElementAnswer(answer(fact, first, self.law.as_at), self._passages(rest))

    def _candidates(self, outcome: str | None, relied: tuple[str, ...]) -> list[str]:
        """The facts behind what the trainee relies on; where that is nothing, of all limbs."""
        law = self.law
        limbs = [k for k in law.limbs if any(is_part(k, p) or is_part(p, k) for p in relied)]
        steps = [step for step in law.gates if step.entry.outcome == outcome]
        named = [step for step in steps if {*step.entry.provisions} & {*relied}]
        if not named and all(step.entry.limbs == "no" for step in steps):
            named = steps
        wanted = {fact for step in named for fact in self._behind(names(step.when))}
        for limb in limbs if limbs or wanted else law.limbs:
            wanted.update(self._behind([law.limbs[limb].engaged]))
        return [key for key in law.questions if key in wanted]

    def _behind(self, read: Iterable[str]) -> Iterator[str]:
        """The facts behind names that a condition reads."""
        for name in read:
            if name in self.law.facts:
                yield name
            elif name in self.law.derived:
                yield self.law.derived[name].of
            elif name in self.law.conclusions:
                for rule in self.law.conclusions[name].rules:
                    yield from self._behind(names(rule.when))

    # A balance

    def _balance(self, balance: str) -> BalanceAnswer | None:
        if balance not in self.law.balances:
            return None
        question = f"Is a balance to be struck {self.law.balances[balance].title}?"
        struck = self.asking.one(question, ["yes", "no"], ["Yes", "No"])
        if struck != "yes":
            return None
        sides = {side: self._factors(balance, side) for side in ("maintain", "disclose")}
        result = self.asking.one(
            self.law.balances[balance].question,
            ["maintain", "disclose", "undetermined"],
            ["Yes, it outweighs", "No, it does not outweigh", "It cannot be said yet"],
        )
        chosen = cast(Literal["maintain", "disclose", "undetermined"] | None, result)
        return BalanceAnswer(sides["maintain"], sides["disclose"], chosen)

    def _factors(self, balance: str, side: str) -> dict[str, FactorAnswer]:
        factors = [one for one in self.law.balance_factors[balance] if one.side == side]
        titles = [one.title for one in factors]
        act = self.law.balances[balance].act
        against = "against" if side == "maintain" else "for"
        found: dict[str, FactorAnswer] = {}

        def read(text: str) -> tuple[str, FactorAnswer] | None:
            if text.casefold() == NONE:
                return None
            first, *rest = text.replace("very strong", "very_strong").split()
            name = factors[number(first, len(factors)) - 1].name
            return name, FactorAnswer(weight(rest[0] if rest else ""), self._passages(rest[1:]))

        form = (
            "One a line: number, weight, passages, for example 2 some 4. Enter or none ends. "
            f"Weights: {', '.join(WEIGHTS)}."
        )
        one = self.asking.read(f"What weighs {against} {act}?", read, titles, form)
        while one is not None:
            found[one[0]] = one[1]
            question = f"What else weighs {against} {act}? Enter or none ends."
            one = self.asking.read(question, read, titles, more=True)
        return found

    # The notice

    def _notice(self) -> NoticeAnswer:
        self._heading("The notice")
        needed = self.asking.one("Is a refusal notice needed?", ["yes", "no"], ["Yes", "No"])
        question = "By when must the request be answered?"
        form = "Write YYYY-MM-DD, or none if no day can be named yet."
        due = self.asking.read(question, day_or_none, (), form)
        must = self._requirements("What must the notice say?") if needed == "yes" else ()
        return NoticeAnswer(cast(Literal["yes", "no"] | None, needed), due, must)

    def _requirements(self, question: str) -> tuple[str, ...]:
        known = [one for one in self.law.requirements if one.entry.severity in "MC"]
        texts = [
            f"{one.entry.text} ({provision_words(one.entry.provision)}) [{one.id}]" for one in known
        ]
        return self.asking.several(question, [one.id for one in known], texts)

    def _heading(self, text: str) -> None:
        self.voice.say()
        self.voice.say(text, strong=True)

    def _passages(self, words: list[str]) -> tuple[int, ...]:
        last = len(self.exercise.passages)
        return tuple(number(one.strip(","), last) for one in words if one != ",")
