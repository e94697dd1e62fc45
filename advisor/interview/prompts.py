"""What an interview says and is told, as data: any face can show it, and none is known here.

>>> prompt = Prompt(Step("fact", "held"), "Is it held?", choices=YES_NO)
>>> prompt.chosen("1"), prompt.chosen("y"), prompt.chosen("don't know"), prompt.chosen("4")
('yes', 'yes', 'unknown', None)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

A_DAY = "a day, such as 9 February 2026, 9/2/2026 or 2026-02-09"

Kind = Literal[
    "header", "part", "described", "split", "every", "shared", "fact", "factor", "conclude", "form",
    "done",
]  # fmt: skip


class Step(NamedTuple):
    """A place in an interview. `key` is a header field, a fact, what is shared, a factor
    or a field of a form."""

    kind: Kind
    key: str = ""
    item: str | None = None
    balance: str = ""


class Choice(NamedTuple):
    """One answer to choose: the `value` that is kept, and its words."""

    value: str
    text: str


UNKNOWN = Choice("unknown", "I don't know")
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"), UNKNOWN)


@dataclass(frozen=True)
class Prompt:
    """One question. `lead` is read before it; `blank` says what no answer means, where it may be.

    `now` is the present answer of what is asked again, in words: no answer then keeps it.
    """

    step: Step
    ask: str
    about: str = ""  # the part of the request that it is about, in words
    lead: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    blank: str = ""
    long: bool = False
    form: str = ""  # how an answer that is no choice is written
    help: str = ""
    keep: str = ""
    authority: tuple[str, ...] = ()
    now: str = ""
    note: str = ""

    def chosen(self, text: str) -> str | None:
        """The value of the one choice that `text` means: by number, value, words or how they begin.

        The beginning of a value is no answer, because values are not shown.
        """
        wanted = " ".join(text.split()).casefold().rstrip(".")
        # Not str.isdigit() alone, which takes superscripts and the digits of every script.
        if wanted.isascii() and wanted.isdigit():
            at = int(wanted) - 1 if len(wanted) < 4 else -1
            return self.choices[at].value if 0 <= at < len(self.choices) else None
        named = {
            name: one.value
            for one in self.choices
            for name in (one.text.casefold(), one.value.casefold(), _spaced(one.value))
        }
        if wanted in named:
            return named[wanted]
        if UNKNOWN in self.choices and wanted in ("don't know", "dont know", "not known"):
            return UNKNOWN.value
        meant = self._begun_by(wanted)
        return self.choices[meant[0]].value if len(meant) == 1 else None

    def _begun_by(self, words: str) -> list[int]:
        """Which choices begin with these words."""
        texts = [one.text.casefold() for one in self.choices]
        return [i for i, text in enumerate(texts) if words and text.startswith(words)]

    def refused(self, text: str) -> tuple[str, str]:
        """Why a text chooses nothing, and what could be meant by it, or all that can be chosen."""
        import difflib

        meant = self._begun_by(" ".join(text.split()).casefold().rstrip("."))
        if meant:
            several = ", ".join(f"{i + 1}. {self.choices[i].text}" for i in meant)
            return f"more than one answer begins so: {several}", ""
        what = f"'{shortened(text)}' is not one of the answers"
        names = [one.value for one in self.choices]
        close = difflib.get_close_matches(text.casefold(), names, n=1, cutoff=0.6)
        if close:
            return what, f"did you mean {_spaced(close[0])}?"
        return what, f"type a number from 1 to {len(names)}, or the beginning of an answer"


def _spaced(value: str) -> str:
    return value.replace("_", " ").casefold()


class Reply(NamedTuple):
    """What came of an answer or a command: what to say and, where not ok, what would be right."""

    ok: bool
    text: str = ""
    right: str = ""


def shortened(text: str) -> str:
    """The beginning of what was typed, to say back."""
    first = text.split("\n")[0]
    return first if len(first) <= 40 else f"{first[:40]} ..."


def is_name(text: str) -> bool:
    """Whether a text can be somebody's name: it has letters."""
    return any(one.isalpha() for one in text)


def tidied(text: str, *, long: bool = False) -> str:
    """Typed text as it is kept: nothing in it acts on a terminal; one line unless `long`."""
    from advisor.document.cleaning import clean

    # A byte that is no UTF-8 reaches Python as half a character, which cannot be written again.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    whole = clean(whole.replace("\r\n", "\n").replace("\r", "\n"))
    if long:
        return "\n".join(line.rstrip() for line in whole.strip().split("\n"))
    return " ".join(whole.split())
