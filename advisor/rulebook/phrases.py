"""The small language in which the rulebook says what words to look for in a letter.

    internal review                  these words, one after the other
    complain*                        a word that begins so
    would|could                      one of several words
    (as soon as possible | shortly)  one of several phrases, or of words: (would|could)
    not [yet] decided                a word that may be there
    ask ... review                   up to five words between; `...12` is up to twelve
    {harm}                           one of a word list of the rulebook
    <exemption>                      something that is not a fixed word: see KINDS

Upper and lower case, punctuation, line ends and the kinds of dash and quotation mark make no
difference. A phrase is found within one sentence. There is nothing here that can be slow: a phrase
is matched in time that grows with the length of the text and no faster.

    >>> parse("not [yet] decided ... (the balance | public interest)")
    Phrase(parts=(Words(exact=('not',), stems=()), Maybe(part=Phrase(...)), ...))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

MAX_GAP, DEFAULT_GAP, MAX_DEPTH, MAX_PARTS = 30, 5, 4, 60
MAX_WHOLE = 5_000  # parts of a phrase, with those of the word lists that it names

KINDS: dict[str, str] = {
    "exemption": "a provision by which the Act excuses an answer",
    "provision": "any provision of the Act",
    "other-law": "a section of another Act",
    "date": "a day and its month, with or without the year",
    "number": "a number in figures",
    "email": "an e-mail address",
}
_PROVISION = re.compile(r"s\d{1,3}[A-Z]?(\([0-9a-zA-Z]{1,5}\))*")


@dataclass(frozen=True)
class Words:
    """One word: one of `exact`, or one that begins with one of `stems`."""

    exact: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One thing of a kind of KINDS, or a provision (`s31` is anything at or below section 31)."""

    name: str


@dataclass(frozen=True)
class Either:
    options: tuple[Phrase, ...]


@dataclass(frozen=True)
class Maybe:
    part: Phrase


@dataclass(frozen=True)
class Gap:
    """Any words, this many at most."""

    at_most: int


@dataclass(frozen=True)
class Phrase:
    parts: tuple[Part, ...]


Part = Words | Kind | Either | Maybe | Gap


class PhraseError(ValueError):
    """A phrase that cannot be read; `right` says what would be."""

    def __init__(self, text: str, right: str = "") -> None:
        super().__init__(text)
        self.text, self.right = text, right


_TOKEN = re.compile(
    r"\s*(?:(?P<open>[(\[])|(?P<close>[)\]])|(?P<bar>\|)|\.\.\.(?P<gap>\d*)(?=\s|$)"
    r"|<(?P<kind>[^<>\s]+)>|\{(?P<list>[a-z_]+)\}|(?P<words>[^\s()\[\]{}<>|]+(?:\|[^\s()\[\]{}<>|]+)*))"
)
# A word as it stands in a letter once it is in lower case; a phrase may not hold anything else.
WORD = re.compile(r"[£]?[^\W_]+(?:['.,@][^\W_]+)*")


def parse(text: str, lists: Mapping[str, tuple[str, ...]] | None = None) -> Phrase:
    """The phrase that a text of the rulebook means. Raises PhraseError."""
    return _Parser(text, lists or {}, (), [MAX_WHOLE]).whole()


class _Parser:
    def __init__(
        self,
        text: str,
        lists: Mapping[str, tuple[str, ...]],
        within: tuple[str, ...],
        left: list[int],
    ) -> None:
        """`left` is how many parts the whole phrase may still have, wherever they stand."""
        self.text, self.lists, self.within, self.left = text, lists, within, left
        self.tokens = list(_tokens(text))
        self.at = 0

    def whole(self) -> Phrase:
        found = self.phrase(0)
        if self.at < len(self.tokens):
            raise PhraseError(f"'{self.tokens[self.at][1]}' is out of place in '{self.text}'")
        return found

    def phrase(self, depth: int) -> Phrase:
        parts: list[Part] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] not in ("close", "bar"):
            parts.extend(self.part(depth))
        return self.checked(tuple(parts))

    def part(self, depth: int) -> Iterator[Part]:
        kind, value = self.tokens[self.at]
        self.at += 1
        self.left[0] -= 1
        if self.left[0] < 0:
            raise PhraseError("a phrase is too long with its word lists", "take lists out of lists")
        if kind == "gap":
            at_most = int(value) if value else DEFAULT_GAP
            if not 1 <= at_most <= MAX_GAP:
                raise PhraseError(f"'...{value}' in '{self.text}'", f"use 1 to {MAX_GAP} words")
            yield Gap(at_most)
        elif kind == "kind":
            if value not in KINDS and not _PROVISION.fullmatch(value):
                raise PhraseError(
                    f"unknown kind '<{value}>'", f"known: {', '.join(KINDS)}, or a provision"
                )
            yield Kind(value)
        elif kind == "list":
            yield self.word_list(value)
        elif kind == "open":
            if depth >= MAX_DEPTH:
                raise PhraseError(f"brackets nested too deep in '{self.text}'")
            yield self.bracket(value, depth + 1)
        else:
            yield from _words(value, self.text)

    def bracket(self, opened: str, depth: int) -> Part:
        options = [self.phrase(depth)]
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "bar":
            self.at += 1
            options.append(self.phrase(depth))
        closing = ")" if opened == "(" else "]"
        if self.at >= len(self.tokens) or self.tokens[self.at][1] != closing:
            raise PhraseError(f"a '{opened}' is not closed in '{self.text}'")
        self.at += 1
        either = _either(options)
        return either if opened == "(" else Maybe(Phrase((either,)))

    def word_list(self, name: str) -> Part:
        if name not in self.lists:
            raise PhraseError(f"unknown word list '{{{name}}}'", f"known: {', '.join(self.lists)}")
        if name in self.within:
            raise PhraseError(f"the word list '{name}' names itself")
        within = (*self.within, name)
        return _either(
            [_Parser(one, self.lists, within, self.left).whole() for one in self.lists[name]]
        )

    def checked(self, parts: tuple[Part, ...]) -> Phrase:
        """A phrase begins and ends with something that must be there, and is not too long."""
        if not parts:
            raise PhraseError(f"nothing to look for in '{self.text}'")
        if isinstance(parts[0], Gap | Maybe) or isinstance(parts[-1], Gap | Maybe):
            raise PhraseError(
                f"'{self.text}' begins or ends with what need not be there", "drop it"
            )
        for one, other in pairwise(parts):
            if isinstance(one, Gap) and isinstance(other, Gap | Maybe):
                raise PhraseError(
                    f"'...' before what need not be there in '{self.text}'", "drop one"
                )
        if len(parts) > MAX_PARTS:
            raise PhraseError(f"'{self.text}' is too long", f"use {MAX_PARTS} words at most")
        return Phrase(parts)


def _either(options: list[Phrase]) -> Part:
    """One of several phrases; where each is one word, that is one of several words."""
    words = [one.parts[0] for one in options if len(one.parts) == 1]
    plain = [one for one in words if isinstance(one, Words)]
    if len(plain) < len(options):
        return Either(tuple(options))
    exact = tuple(word for one in plain for word in one.exact)
    return Words(exact, tuple(stem for one in plain for stem in one.stems))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = depth = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise PhraseError(f"'{text[at:].strip()}' cannot be read in '{text}'")
        kind, value = str(match.lastgroup), str(match[str(match.lastgroup)])
        depth += {"open": 1, "close": -1}.get(kind, 0)
        at = match.end()
        if kind == "words" and depth > 0:  # in brackets a stroke always parts alternatives
            for i, word in enumerate(value.split("|")):
                if i:
                    yield "bar", "|"
                yield "words", word
        else:
            yield kind, value


def _words(value: str, text: str) -> Iterator[Words]:
    """The word or words of `would|could`, `complain*`, `class-based` (which is two words)."""
    options = value.split("|")
    if len(options) == 1 and "-" in value:
        for one in value.split("-"):
            yield from _words(one, text)
        return
    exact: list[str] = []
    stems: list[str] = []
    for one in options:
        word, stem = one.removesuffix("*"), one.endswith("*")
        if not WORD.fullmatch(word) or word != word.lower():
            raise PhraseError(f"'{one}' is not a word in '{text}'", "lower-case words only")
        (stems if stem else exact).append(word)
    yield Words(tuple(exact), tuple(stems))
