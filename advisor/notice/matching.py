"""Finds the phrases of the rulebook (advisor.rulebook.phrases) in a text.

A phrase is found from the places of its words outwards, through the index of the text, and each
step only ever keeps the nearest beginning. So the time grows with the length of the text, whatever
the phrase and whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

from advisor.notice.text import Span, Text
from advisor.rulebook.conditions import is_part
from advisor.rulebook.law import Law
from advisor.rulebook.phrases import Either, Gap, Kind, Maybe, Part, Phrase, Words

NEAR = 40  # how many words away an `unless` still counts, in the same sentence


_CLAUSE = re.compile(r"[,;:]\s|\sbut\b", re.IGNORECASE)


class Finder:
    """Finds phrases in one text under one law."""

    def __init__(self, text: Text, law: Law) -> None:
        self.text, self.law = text, law
        self._words: dict[Words, list[Span]] = {}
        self._kinds: dict[str, list[Span]] = {}

    def find(self, phrases: Iterable[Phrase], unless: Iterable[Phrase] = ()) -> list[Span]:
        """Where one of the phrases stands, but not near, in its sentence, one of `unless`."""
        found = sorted({span for one in phrases for span in self._phrase(one)})
        if not found:
            return []
        against = sorted({span for one in unless for span in self._phrase(one)})
        return [span for span in found if not self._near(span, against)]

    def _near(self, span: Span, others: list[Span]) -> bool:
        sentences = self.text.sentences
        for i in range(bisect_left(others, (span[0] - NEAR, 0)), len(others)):
            start = others[i][0]
            if start > span[1] + NEAR:
                return False
            if sentences[start] == sentences[span[0]]:
                return True
        return False

    def _phrase(self, phrase: Phrase) -> list[Span]:
        if not all(self._possible(part) for part in phrase.parts):
            return []
        found: list[Span] | None = None
        gap = 0
        for part in phrase.parts:
            if isinstance(part, Gap):
                gap = part.at_most
            elif isinstance(part, Maybe):
                assert found is not None
                longer = self._joined(found, 0, self._phrase(part.part))
                found = sorted({*found, *longer}, key=_by_end)
            else:
                spans = self._part(part)
                found = spans if found is None else self._joined(found, gap, spans)
                gap = 0
            if found is not None and not found:
                return []
        return found or []

    def _possible(self, part: Part) -> bool:
        return not isinstance(part, Words | Kind) or bool(self._part(part))

    def _part(self, part: Part) -> list[Span]:
        """Every place of a part, in the order of their ends."""
        if isinstance(part, Words):
            if part not in self._words:
                self._words[part] = self._of_words(part)
            return self._words[part]
        if isinstance(part, Kind):
            if part.name not in self._kinds:
                self._kinds[part.name] = [(i, i + 1) for i in sorted(self._of_kind(part.name))]
            return self._kinds[part.name]
        assert isinstance(part, Either)
        spans = {span for option in part.options for span in self._phrase(option)}
        return sorted(spans, key=_by_end)

    def _joined(self, left: list[Span], gap: int, right: list[Span]) -> list[Span]:
        """Each of `right` with the nearest of `left` before it, `gap` words away at most."""
        sentences, found, i = self.text.sentences, [], -1
        for start, end in sorted(right):
            while i + 1 < len(left) and left[i + 1][1] <= start:
                i += 1
            if i >= 0:
                first, last = left[i]
                if start - last <= gap and sentences[last - 1] == sentences[start]:
                    found.append((first, end))
        return sorted(found, key=_by_end)

    def _of_words(self, words: Words) -> list[Span]:
        text = self.text
        chosen = {one for one in words.exact if one in text.index}
        for stem in words.stems:
            at = bisect_left(text.vocabulary, stem)
            while at < len(text.vocabulary) and text.vocabulary[at].startswith(stem):
                chosen.add(text.vocabulary[at])
                at += 1
        return [(i, i + 1) for i in sorted(i for one in chosen for i in text.index[one])]

    def _of_kind(self, name: str) -> Iterable[int]:
        text = self.text
        if name == "date":
            return text.dates
        if name in ("number", "email"):
            return self._numbers if name == "number" else self._emails
        ours = {i: one for i, one in text.cited.items() if not one.foreign}
        if name == "other-law":
            return text.cited.keys() - ours.keys()
        if name == "provision":
            return ours
        if name == "exemption":
            return [i for i, one in ours.items() if one.section in self.law.exemptions]
        return [i for i, one in ours.items() if is_part(one.provision, name)]

    @cached_property
    def _numbers(self) -> list[int]:
        words = [one for one in self.text.index if one.lstrip("£").replace(",", "").isdigit()]
        return [i for one in words for i in self.text.index[one]]

    @cached_property
    def _emails(self) -> list[int]:
        return [i for one in self.text.index if "@" in one for i in self.text.index[one]]


def _by_end(span: Span) -> tuple[int, int]:
    return span[1], span[0]


def sentence(text: Text, span: Span) -> Span:
    """The whole sentence in which a span begins."""
    number = text.sentences[span[0]]
    return bisect_left(text.sentences, number), bisect_right(text.sentences, number)


def clause_end(text: Text, word: int) -> int:
    """The word after the last of the clause, or of the sentence, that goes on at some word."""
    last = sentence(text, (word - 1, word))[1]
    stop = _CLAUSE.search(text.flat, text.ends[word - 1], text.ends[last - 1])
    return bisect_left(text.starts, stop.start(), word, last) if stop else last
