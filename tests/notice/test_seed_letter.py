"""docs/the-seed-letter.md: what it quotes stands where it says, in their letter and in ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.notice.drafting import ROOT, SEED, drafted, words

PAGE = (ROOT / "docs" / "the-seed-letter.md").read_text()
THEIRS = ROOT.parent / "shared" / "seed" / "mps-01-foi-23-028157.txt"


def quoted(whose: str) -> list[str]:
    return re.findall(rf"^> \*\*{whose}\*\*: (.+)$", PAGE, re.MULTILINE)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_ours_says_what_is_quoted_of_it() -> None:
    ours = plain(words(drafted(SEED)))
    assert len(quoted("ours")) >= 5
    for line in quoted("ours"):
        assert plain(line) in ours


@pytest.mark.skipif(not THEIRS.is_file(), reason="their letter is not here")
def test_theirs_says_what_is_quoted_of_it() -> None:
    theirs = plain(THEIRS.read_text())
    assert len(quoted("theirs")) >= 4
    for line in quoted("theirs"):
        assert plain(line) in theirs


@pytest.mark.skipif(not THEIRS.is_file(), reason="their letter is not here")
def test_what_theirs_is_said_to_lack_is_not_in_it() -> None:
    theirs = THEIRS.read_text()
    assert "30(1)(a)(i" not in theirs
    for word in ("internal review", "complain", "Commissioner", "section 50", "common law"):
        assert word.lower() not in theirs.lower()


def test_every_requirement_that_is_compared_is_met_by_ours() -> None:
    met = drafted(SEED).met["live-offences"]
    for key in re.findall(r"S17-\d\d[a-c]?", PAGE):
        assert key in met, key


def test_the_command_that_it_names_is_the_case() -> None:
    assert str(SEED.relative_to(ROOT)) in PAGE
    assert Path(SEED).is_file()
