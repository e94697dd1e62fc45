"""Putting one question to a trainee and reading the answer: the question first, then its choices.

A line may be left blank, and `?` asks for help. What cannot be read is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, Protocol, TypeVar

from advisor.reasoning.known import UNKNOWN, AnswerError, value_of
from advisor.rulebook.model import WEIGHTS, Fact, Weight

T = TypeVar("T")
HINT = "?"
NONE = "none"
_END = ("", "done")
_SHORT = {"y": "yes", "n": "no"}


class Voice(Protocol):
    """Where questions are put and answers come from (advisor.cli.line).

    `seen` is whether what is said now is shown: what is read again after a break is not.
    """

    @property
    def seen(self) -> bool: ...

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        """Show some text."""

    def read(self) -> str:
        """The next answer."""

    def refuse(self) -> None:
        """The last answer could not be read: it is no step to go back to."""


class Asking:
    """Questions to one person; `help` says what `?` shows."""

    def __init__(self, voice: Voice, help: Callable[[], str]) -> None:
        self.voice, self._help = voice, help
        self._shown: Sequence[str] = ()  # the choices that were last seen

    def line(
        self, question: str, choices: Sequence[str] = (), form: str = "", *, more: bool = False
    ) -> str:
        """A line of answer; help for every `?`. The choices of a question that asks for `more` are
        those of the one before, and shown again only if nobody saw them."""
        self.voice.say()
        self.voice.say(question, strong=True)
        if not more or choices != self._shown:
            for number, text in enumerate(choices, 1):
                self.voice.say(f"{number}. {text}", indent=2, hang=4)
            self._shown = choices if self.voice.seen else ()
        if form:
            self.voice.say(form)
        return self._next()

    def read(
        self,
        question: str,
        read: Callable[[str], T],
        choices: Sequence[str] = (),
        form: str = "",
        *,
        more: bool = False,
    ) -> T | None:
        """An answer that can be read, asked for until it can; None where it is left blank."""
        text = self.line(question, choices, form, more=more)
        while text.casefold() not in _END:
            try:
                return read(text)
            except AnswerError as error:
                self.voice.refuse()
                self.voice.say(f"{error.text}; {error.right.removesuffix('?')}.")
                text = self._next()
        return None

    def one(self, question: str, values: Sequence[str], texts: Sequence[str]) -> str | None:
        """One of some values, by its number or the beginning of its words."""
        return self.read(question, lambda text: values[chosen(text, texts)], texts)

    def several(
        self, question: str, values: Sequence[str], texts: Sequence[str]
    ) -> tuple[str, ...]:
        """Any of some values, by their numbers or their names."""
        named = {one.casefold(): one for one in values}

        def read(text: str) -> tuple[str, ...]:
            words = [] if text.casefold() == NONE else text.casefold().replace(",", " ").split()
            return tuple(
                dict.fromkeys(
                    named[one] if one in named else values[number(one, len(values)) - 1]
                    for one in words
                )
            )

        return self.read(question, read, texts, "Their numbers; Enter or none for none.") or ()

    def _next(self) -> str:
        while (text := self.voice.read().strip()) == HINT:
            self.voice.say(self._help())
        return text


def chosen(text: str, texts: Sequence[str]) -> int:
    """The place of a choice named by its number or the beginning of its words."""
    close = [i for i, one in enumerate(texts) if one.casefold().startswith(text.casefold())]
    return close[0] if len(close) == 1 else number(text, len(texts)) - 1


def number(text: str, last: int) -> int:
    """A number from 1 to `last`. Raises AnswerError."""
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= last:
        return int(text)
    raise AnswerError(f"'{text[:40]}' is no number here", f"use 1 to {last}")


def weight(text: str) -> Weight:
    """A weight, by its word or the beginning of it. Raises AnswerError."""
    found = [one for one in WEIGHTS if text and one.startswith(text.casefold())]
    if len(found) == 1:
        return found[0]
    what = f"'{text[:40]}' is no weight" if text else "a weight has to follow the number"
    raise AnswerError(what, f"use {', '.join(WEIGHTS)}, for example 2 some 4")


def answer(fact: Fact, text: str, as_at: date) -> str:
    """An answer to a fact: yes or no in short, a choice by its number too. Raises AnswerError."""
    said = _SHORT.get(text.casefold(), text)
    if said.casefold() == UNKNOWN:
        return UNKNOWN
    if fact.choices and said not in fact.choices:
        said = list(fact.choices)[number(said, len(fact.choices)) - 1]
    value_of(fact, said, as_at)
    return said


def day_or_none(text: str) -> date | Literal["none"]:
    """A date, or that there is none. Raises AnswerError."""
    return "none" if text.casefold() == NONE else day(text)


def day(text: str) -> date:
    """A date. Raises AnswerError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnswerError(f"'{text[:40]}' is not a date", "write a day as YYYY-MM-DD") from None
