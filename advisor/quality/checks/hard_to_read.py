"""Text that reads harder than an officer should have to take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.quality.checks.places import Place, Spot, conditioned, entries, rules
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "hard-to-read"
SEVERITY = "warning"

MAX_WORDS = 45  # in a sentence; plain English aims at 15 to 20 on average
MAX_GRADE = 20  # the mean words of a sentence plus the share of words over nine letters, below
_SENTENCE = re.compile(r"(?<=[.?!:;])\s+")
_WORD = re.compile(r"[A-Za-z’'-]+")


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Sentences over MAX_WORDS words, and texts whose grade is over MAX_GRADE."""
    for place, key in _texts(book):
        text = str(getattr(place.entry, key, ""))
        longest = max((len(_WORD.findall(one)) for one in _SENTENCE.split(text)), default=0)
        if longest > MAX_WORDS:
            said = f"a sentence of {longest} words in `{key}` (at most {MAX_WORDS})"
            yield place.spot(said, "make two of it", (key,))
        elif (grade := reading_grade(text)) > MAX_GRADE:
            said = f"`{key}` reads hard: grade {grade:.0f} (at most {MAX_GRADE})"
            yield place.spot(said, "use shorter sentences and words", (key,))


def reading_grade(text: str) -> float:
    """Words in a sentence plus the percentage of long words, over two and a half (Gunning's fog).

    Long words are those of ten letters or more, because syllables cannot be counted reliably.
    """
    words = _WORD.findall(text)
    if len(words) < 12:  # too little to measure
        return 0.0
    sentences = len([one for one in _SENTENCE.split(text) if _WORD.search(one)])
    long = sum(len(one) > 9 for one in words)
    return 0.4 * (len(words) / sentences + 100 * long / len(words))


def _texts(book: Book) -> Iterator[tuple[Place, str]]:
    for place in entries(book, "facts"):
        yield from ((place, key) for key in ("ask", "help"))
    for place in entries(book, "outcomes"):
        yield place, "unasked"
    for place in (*rules(book), *entries(book, "order_of_decision")):
        yield place, "because"
    for place in (*conditioned(book, "mistakes", "wording"), *entries(book, "requirements")):
        yield place, "text"
