"""The language of phrases: what can be read, what it finds, and what is refused."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.notice.matching import Finder
from advisor.notice.reading import of_text
from advisor.notice.text import Text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.rulebook.phrases import PhraseError, parse

LAW = Law(load(), date(2026, 11, 22))
LISTS = {"harm": ("prejudic*|harm*", "tip* off"), "inner": ("{harm}",), "round": ("{round}",)}


def found(phrase: str, text: str, unless: str = "") -> list[str]:
    words = Text(of_text(text).lines)
    against = [parse(unless, LISTS)] if unless else []
    spans = Finder(words, LAW).find([parse(phrase, LISTS)], against)
    return [" ".join(words.words[start:end]) for start, end in spans]


FINDS = [
    ("internal review", "An INTERNAL\n  Review.", ["internal review"]),
    ("internal review", "An internal or other review.", []),
    ("complain*", "complain, complaints, Complained", ["complain", "complaints", "complained"]),
    ("would|could harm", "It could harm.", ["could harm"]),
    (
        "(as soon as possible | shortly)",
        "Shortly, or as soon as possible.",
        ["shortly", "as soon as possible"],
    ),
    ("(would|could) harm", "It could harm.", ["could harm"]),
    ("not [yet] decided", "Not decided; not yet decided.", ["not decided", "not yet decided"]),
    ("ask ... review", "Ask us for a quick review.", ["ask us for a quick review"]),
    ("ask ... review", "Ask one two three four five six review.", []),
    ("ask ...6 ok", "Ask one two three four five six ok.", ["ask one two three four five six ok"]),
    ("ask ... review", "Ask. Review.", []),
    ("{harm}", "It would tip somebody. It tips off.", ["tips off"]),
    ("{inner} it", "Harming it.", ["harming it"]),
    ("class-based", "A class based exemption, class–based.", ["class based", "class based"]),
    ("<s31>", "sections 30(1) and 31(1)(a) of the Act", ["<s31(1)(a)>"]),
    ("<exemption>", "section 17, section 40(2), section 5 of the Theft Act", ["<s40(2)>"]),
    ("<provision>", "section 17 or section 5 of the Theft Act", ["<s17>"]),
    ("<other-law>", "section 17 or section 5 of the Theft Act", ["<s5>"]),
    ("by <date>", "by 9 March 2026, by March 9, by 1/2/2026, by 2026-03-09", ["by <date>"] * 4),
    ("by <date>", "It may be done by 2 may or by April.", []),
    ("<number> days", "20 days, 1,000 days, twenty days", ["20 days", "1,000 days"]),
    ("<email>", "Write to foi@example.police.uk.", ["foi@example.police.uk"]),
]


@pytest.mark.parametrize(("phrase", "text", "wanted"), FINDS)
def test_what_a_phrase_finds(phrase: str, text: str, wanted: list[str]) -> None:
    assert found(phrase, text) == wanted


def test_unless_counts_in_the_same_sentence_and_near() -> None:
    assert found("exempt", "It is not exempt.", unless="not") == []
    assert found("exempt", "It is exempt. It is not here.", unless="not") == ["exempt"]
    assert found("exempt", "exempt " + "word " * 60 + "not", unless="not") == ["exempt"]


WRONG = {
    "": "nothing to look for",
    "... a": "begins or ends",
    "a ...": "begins or ends",
    "[a] b": "begins or ends",
    "a ... [b] c": "before what need not be there",
    "a ... ...3 b": "before what need not be there",
    "a ...99 b": "'...99'",
    "a ...0 b": "'...0'",
    "(a | b": "not closed",
    "(a]": "not closed",
    "a)": "out of place",
    "a | b": "out of place",
    "(a | )": "nothing to look for",
    "Review": "is not a word",
    "a.": "is not a word",
    "a~b": "is not a word",
    "<planet>": "unknown kind",
    "{nothing}": "unknown word list",
    "{round}": "names itself",
    "((((( a )))))": "too deep",
    " ".join("a" * 99): "too long",
    "{": "cannot be read",
}


@pytest.mark.parametrize("phrase", WRONG)
def test_what_cannot_be_read_says_why(phrase: str) -> None:
    with pytest.raises(PhraseError) as caught:
        parse(phrase, LISTS)
    assert WRONG[phrase] in caught.value.text


WORDS = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(WORDS, min_size=1, max_size=30), st.integers(1, 4))
def test_a_gap_is_the_number_of_words_at_most(words: list[str], most: int) -> None:
    """Found exactly where a plain search finds it: each end with the nearest beginning."""
    wanted = []
    for end, word in enumerate(words):
        before = [i for i in range(max(0, end - most - 1), end) if words[i] == "a"]
        if word == "b" and before:
            wanted.append(" ".join(words[before[-1] : end + 1]))
    assert found(f"a ...{most} b", " ".join(words)) == wanted


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(PhraseError):
        assert parse(text, LISTS).parts
