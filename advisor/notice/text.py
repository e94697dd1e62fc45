"""A letter as a stream of words in sentences: what phrases are looked for in.

Line ends, blank lines and runs of spaces are all the same here, so how a letter is wrapped makes no
difference to what is found in it. Each provision cited and each day is one word of its own. The
place of every word is kept, so that what is found can be quoted with its line. Placeholders have no
words, and of headings it is known that they are.

    >>> text = Text(of_text("We refuse. Section 30(1)(a)\\napplies.").lines)
    >>> text.words
    ['we', 'refuse', '<s30(1)(a)>', 'applies']
    >>> text.quotes((2, 4))
    [Quote(line=1, text='We refuse. Section 30(1)(a)'), Quote(line=2, text='applies.')]
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.notice.citations import HEAD, Citation, cited_at
from advisor.notice.layout import layout
from advisor.notice.placeholders import placeholders
from advisor.notice.reading import Line
from advisor.sources import InputError, Problem

MAX_WORDS = 300_000  # about six hundred pages
MAX_QUOTE = 220

Span = tuple[int, int]  # the first word, and the one after the last

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{one[:3].title()}(?:{one[3:]})?|{one.upper()}" for one in _MONTHS) + "|Sept"
_DATE = re.compile(
    rf"(?<!\w)(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b(?:\.?,?\s+(\d{{4}})(?!\w))?"
    rf"|({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])(?:,?\s+(\d{{4}})(?!\w))?"
    # Not in a reference, as in FOI/2026-11-22-0143.
    r"|(?<![/-])(\d{4})-(\d{2})-(\d{2})(?!\w|-\w)|(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\w))"
)
_SUBSECTION = re.compile(r"(?<!\w)sub-?\s?sections?\s*\(?\w{1,3}\)?", re.IGNORECASE)
_WORD = re.compile(r"£?[^\W_]+(?:['@][^\W_]+|,\d+|\.(?=[a-z\d])[^\W_]+)*")
# "of the Freedom of Information Act 2000 (the Act)": part of the citation, not words beside it.
_OUR_ACT = re.compile(
    r"\s*,?\s*(?:of|in|under)\s+(?:the\s+)?(?:said\s+|above\s+|2000\s+)?"
    r"(?:freedom\s+of\s+information\s+act|FOIA|FOI\s+act|act)\b(?:\s+2000)?"
    r"(?:\s*\(\s*[\"']?(?:the\s+|hereafter\s+)*(?:act|foia|foi)[\"']?\s*\))?",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?]['\")\]]*\s")
_NEXT = re.compile(
    rf"{_SUBSECTION.pattern}|{HEAD.pattern}|{_DATE.pattern}|{_WORD.pattern}|[|•·▪●◦]", re.IGNORECASE
)
# Words with a full stop after which a sentence goes on.
_SHORTENED = frozenset({
    "mr", "mrs", "ms", "dr", "no", "nos", "e.g", "i.e", "etc", "para", "paras", "s", "ss", "sec",
    "v", "cf", "ref", "reg", "art", "st", "p", "pp", "approx", "dept",
})  # fmt: skip
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = {ord(one): "'" for one in "‘’‚‛′`´"} | {ord(one): '"' for one in "“”„«»"}


@dataclass(frozen=True)
class Quote:
    """A line of the letter, or the part of a long one in which something was found."""

    line: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "text": self.text}


class Text:
    """The words of a letter, where each stands, and an index of them."""

    def __init__(self, lines: Sequence[Line], name: str = "letter") -> None:
        self.lines = lines
        written = "\n".join(line.text for line in lines)
        unfilled = placeholders(written)
        self._layout = layout(_plain(written), unfilled)
        self.flat = self._layout.flat
        self._line_starts = [0]
        for line in lines:
            self._line_starts.append(self._line_starts[-1] + len(line.text) + 1)
        self.words: list[str] = []
        self.starts, self.ends, self.sentences = array("L"), array("L"), array("L")
        self.cited: dict[int, Citation] = {}
        self.groups: dict[int, Span] = {}  # the words of the list that a citation stands in
        self.dates: dict[int, date | None] = {}
        self._read(name)
        self.index: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.words):
            self.index[word].append(i)
        self.vocabulary = sorted(self.index)
        self.placeholders = tuple(self._quote(written, *one) for one in unfilled)

    def _read(self, name: str) -> None:
        flat, at, sentence, interned = self.flat, 0, 0, dict[str, str]()
        while (match := _NEXT.search(flat, at)) is not None:
            if len(self.words) >= MAX_WORDS:
                text = f"is longer than {MAX_WORDS:,} words"
                raise InputError(Problem(name, 0, 0, text, "check the letter without its annexes"))
            start = match.start()
            if self.words and self._ended(at, start):
                sentence += 1
            here = flat[start]
            if here in "|•·▪●◦":
                sentence, at = sentence + 1, match.end()
            elif here in "pPsS§" and (cited := cited_at(flat, start)):
                at = self._cite(cited, sentence)
            elif here.isalnum() and (day := _DATE.match(flat, start)) is not None:
                self.dates[len(self.words)] = _day(day)
                at = self._word("<date>", start, day.end(), sentence)
            else:
                word = _WORD.match(flat, start)
                end = word.end() if word else match.end()
                shown = flat[start:end].lower()
                at = self._word(interned.setdefault(shown, shown), start, end, sentence)

    def _word(self, word: str, start: int, end: int, sentence: int) -> int:
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        self.sentences.append(sentence)
        return end

    def _cite(self, cited: tuple[Citation, ...], sentence: int) -> int:
        first = len(self.words)
        for i, one in enumerate(cited):
            if i:  # the "and" or "or" between two, where it is said
                joined = re.search(r"\b(and|or|nor)\b", self.flat[cited[i - 1].end : one.end], re.I)
                if joined:
                    self._word(joined[1].lower(), cited[i - 1].end, one.start, sentence)
            self.cited[len(self.words)] = one
            self._word(f"<{one.provision}>", one.start, one.end, sentence)
        for position in range(first, len(self.words)):
            self.groups[position] = (first, len(self.words))
        named = _OUR_ACT.match(self.flat, cited[-1].end) if not cited[-1].foreign else None
        return named.end() if named else cited[-1].end

    def _ended(self, end: int, start: int) -> bool:
        """Whether a sentence ends between two words."""
        if not _STOP.search(self.flat, end, start):
            return False
        following = self.flat[start]
        if not (following.isupper() or following.isdigit() or following == "£"):
            return False
        before = self.words[-1]
        return not (
            before in _SHORTENED or (len(before) == 1 and before.isalpha() and before != "i")
        )

    def line_of(self, offset: int) -> int:
        """The index of the line in which a place of the flat text stands."""
        return min(bisect_right(self._line_starts, offset), len(self.lines)) - 1

    def in_a_heading(self, span: Span) -> bool:
        """Whether all the words of a span stand in headings."""
        return self._all_in(self._layout.headings, span)

    def over_nothing(self, span: Span) -> bool:
        """Whether all of them stand in headings over what is still to be filled in."""
        return self._all_in(self._layout.empty, span)

    def _all_in(self, lines: frozenset[int], span: Span) -> bool:
        return bool(lines) and all(self.line_of(self.starts[i]) in lines for i in range(*span))

    def _quote(self, written: str, start: int, end: int) -> Quote:
        shown = " ".join(written[start:end].split())
        return Quote(self.lines[self.line_of(start)].number, shown[:MAX_QUOTE])

    def quotes(self, span: Span, most: int = 3) -> list[Quote]:
        """The lines that a span touches, each the letter's own words; of a long line the part."""
        start, end = self.starts[span[0]], self.ends[span[1] - 1]
        first, last = self.line_of(start), self.line_of(max(start, end - 1))
        found: list[Quote] = []
        for i in range(first, min(last, first + most - 1) + 1):
            base, line = self._line_starts[i], self.lines[i]
            text = _excerpt(line.text, max(0, start - base), min(len(line.text), end - base))
            if text:
                found.append(Quote(line.number, text))
        return found


def _plain(text: str) -> str:
    """The same text, character for character, with one kind of dash, quotation mark and space."""
    if text.isascii():
        return text
    return text.translate(_Folded())


class _Folded(dict[int, str]):
    """What each character is read as: one for one, so that every place in the text stays."""

    def __missing__(self, code: int) -> str:
        one = chr(code)
        found = _DASHES.get(code) or _QUOTES.get(code)
        if found is None:
            folded = unicodedata.normalize("NFKC", one)
            found = folded if len(folded) == 1 else one
            if found.isspace() and found != "\n":
                found = " "
        self[code] = found
        return found


def _excerpt(line: str, start: int, end: int) -> str:
    """The line, or where it is long the words around what was found."""
    if len(line) <= MAX_QUOTE:
        return line.strip()
    room = max(0, MAX_QUOTE - (end - start)) // 2
    left, right = max(0, start - room), min(len(line), max(end, start) + room)
    right = min(right, left + 2 * MAX_QUOTE)
    if left:
        left = line.find(" ", left, start) + 1 or left
    if right < len(line):
        cut = line.rfind(" ", min(end, right), right)
        right = cut if cut > 0 else right
    return line[left:right].strip()


def _day(match: re.Match[str]) -> date | None:
    """The day that a date names, None where it has no year or does not exist."""
    d1, m1, y1, m2, d2, y2, y3, n3, d3, d4, n4, y4 = match.groups()
    if y3:
        year, month, day = int(y3), int(n3), int(d3)
    elif y4:
        year, month, day = int(y4) + (2000 if len(y4) == 2 else 0), int(n4), int(d4)
    else:
        if not (y1 or y2):
            return None
        name = (m1 or m2).lower()[:3]
        month = next(i for i, one in enumerate(_MONTHS, 1) if one.startswith(name))
        year, day = int(y1 or y2), int(d1 or d2)
    try:
        return date(year, month, day)
    except ValueError:
        return None
