"""The headings of a letter, told by how its lines stand and that they are no sentence.

A heading names what comes below it and states nothing. A file of text does not say which of its
lines are headings, so a line counts as one only where it stands by itself: it is short, begins and
ends as a heading does, and was broken off although the next word would have fitted in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_WORDS = 10

_MARK = re.compile(r"^\s*(?:#{1,6}\s+|(?:\d{1,2}|[A-Za-z])[.)]\s+)|\*\*|__")
_MARKED = re.compile(r"\s*(?:#{1,6}\s|(\*\*|__).+\1\s*$)")
_BULLET = re.compile(r"\s*[-*+|>•·▪●◦]\s*")
_NO_HEADING = re.compile(r"@|://|\bwww\.|\||:\s|[.;,!]['\")\]]*$")
_ENDS = re.compile(r"[.!?]['\")\]]*$")
_BEGINS = re.compile(r"[A-Z0-9\[({<#*_|>\"'•·▪●◦£§-]")
_ABOUT = re.compile(
    r"(?:if|what|how|why|when|where|who|which|whether)\b"
    r"|(?:(?:the|your|our|any)\s+)?\w+\s+(?:that\s+|which\s+)?(?:we|you|i)\b",
    re.IGNORECASE,
)
_BEGINS_TO_SAY = re.compile(
    r"(?:we|i|you|it|this|they|there|he|she|please|write|email|send|telephone)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|can|cannot|can't|may|might|must|will|won't"
    r"|would|shall|should|could|applies|apply|refuses?|declines?|withholds?|relies|rely|holds?"
    r"|confirms?|encloses?|deny|denies)\b",
    re.IGNORECASE,
)


def headings(lines: Sequence[str]) -> frozenset[int]:
    """The places in `lines` of those that are headings."""
    shown = [(i, line) for i, one in enumerate(lines) if (line := " ".join(one.split()))]
    longest = max((len(line) for _, line in shown if " " in line), default=0)
    found: set[int] = set()
    broken, listed, before = True, False, ""  # of the line before: that it ended by itself, ...
    for at, (i, line) in enumerate(shown):
        after = shown[at + 1][1] if at + 1 < len(shown) else ""
        ends_by_itself = len(line) + 1 + len(after.split(" ", 1)[0]) <= longest or not after
        stands_alone = ends_by_itself and (broken or _ENDS.search(before) is not None)
        begins_anew = not after or _BEGINS.match(after) is not None
        looks = stands_alone and begins_anew and _looks(line)
        # What follows "You may:" is a list without marks, or an address.
        listed = looks and (listed or before.endswith(":"))
        marked = _MARKED.match(line) is not None
        if (marked or (looks and not listed)) and not _is_a_sentence(_MARK.sub("", line)):
            found.add(i)
        broken, before = ends_by_itself, line
    return frozenset(found)


def is_label(line: str) -> bool:
    """Whether a line could be a heading, or the label before something, wherever it stands."""
    return _looks(line.strip()) and not _is_a_sentence(_MARK.sub("", line.strip()))


def _looks(line: str) -> bool:
    """Whether a line could be a heading by its length, its first letter and its end."""
    words = _MARK.sub("", line)
    return (
        not _BULLET.match(line)
        and words[:1].isupper()
        and len(words.split()) <= MOST_WORDS
        and _NO_HEADING.search(words) is None
    )


def _is_a_sentence(words: str) -> bool:
    """Whether a line says something: it has a verb, or what goes with one, and is no clause."""
    if _BEGINS_TO_SAY.match(words):
        return True
    return _ABOUT.match(words) is None and _VERB.search(words) is not None
