"""What holds of the check of any letter: how it is wrapped, what is added to it, what it quotes."""

from __future__ import annotations

import re
import shutil
import textwrap
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.notice.checking import NoticeCheck, check
from advisor.notice.reading import of_text
from advisor.rulebook.conditions import names, parse
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.rulebook.signs import OF_THE_TEXT

LAW = Law(load(), date(2026, 11, 22))
FOLDER = Path(__file__).with_name("letters")
LETTERS = {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.txt"))}
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

IRRELEVANT = [
    "Please quote the reference number above in any future communication.",
    "The copyright in what we send you may belong to somebody else. You may read it, and need "
    "permission to publish it.",
    "We are always looking for ways to improve. A short survey about us is on our website.",
    "Riverside Police serves a population of two million people across three counties.",
    "Our privacy notice explains how we use the details that you gave us.",
    "The station front counter will be closed on Monday 25 May.",
    "Thank you for your patience while we looked into this.",
    "| Month | Number |\n| May | 4 |\n| June | 7 |",
]


def checked(text: str) -> NoticeCheck:
    return check(of_text(text).lines, LAW)


def statuses(text: str) -> dict[str, str]:
    return {one.id: one.status for one in checked(text).findings}


def mistakes(text: str) -> list[str]:
    return sorted(one.id for one in checked(text).warnings)


@SLOW
@given(
    st.sampled_from(sorted(LETTERS)),
    st.integers(30, 140),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n  \t"]),
    st.sampled_from([" ", "  ", "\u00a0", "\t", "\u2003"]),
)
def test_wrapping_and_white_space_change_nothing(
    name: str, width: int, end: str, space: str
) -> None:
    text = LETTERS[name]
    lines = textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)
    wrapped = end.join(line.replace(" ", space) for line in lines)
    assert statuses(wrapped) == statuses(text)
    assert checked(wrapped).cited == checked(text).cited
    assert mistakes(wrapped) == mistakes(text)


@SLOW
@given(st.sampled_from(sorted(LETTERS)), st.data())
def test_what_is_irrelevant_makes_nothing_missing(name: str, data: st.DataObject) -> None:
    paragraphs = re.split(r"\n\s*\n", LETTERS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(paragraphs)))
        paragraphs.insert(at, data.draw(st.sampled_from(IRRELEVANT)))
    before, after = statuses(LETTERS[name]), statuses("\n\n".join(paragraphs))
    assert not [key for key in before if before[key] == "met" and after[key] == "missing"]
    assert checked("\n\n".join(paragraphs)).cited == checked(LETTERS[name]).cited


@SLOW
@given(st.sampled_from(sorted(LETTERS)))
def test_typography_changes_nothing(name: str) -> None:
    text = LETTERS[name]
    typeset = (
        text.replace("'", "\u2019").replace("-", "\u2011").replace("section ", "section\u00a0")
    )
    assert statuses(typeset) == statuses(text)
    assert mistakes(typeset) == mistakes(text)


@pytest.mark.parametrize("name", LETTERS)
def test_every_quotation_is_in_the_line_that_it_names(name: str) -> None:
    lines = LETTERS[name].split("\n")
    found = checked(LETTERS[name])
    quotes = [q for one in (*found.findings, *found.warnings) for q in one.evidence]
    assert all(quote.text in lines[quote.line - 1] for quote in quotes)
    assert all(quote.text and len(quote.text) <= 500 for quote in quotes)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_checked(text: str) -> None:
    checked(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(set(" ".join(LETTERS.values()).split()))), max_size=80))
def test_any_words_of_letters_are_checked(words: list[str]) -> None:
    found = checked(" ".join(words))
    assert found.holds == (not [o for o in found.findings if o.fails])
    if not found.refuses:
        assert {one.status for one in found.findings} == {"not_applicable"}


def test_every_requirement_is_looked_for() -> None:
    assert list(LAW.requirements_in_text) == [one.id for one in LAW.requirements]


def test_what_is_one_fault_is_said_under_one_requirement() -> None:
    requirements = LAW.requirements_in_text
    entries = [*requirements.values(), *(o for m in LAW.mistakes_in_text.values() for o in m)]
    named = {one for entry in entries for one in entry.same_as}
    assert named
    assert not [one for one in named if requirements[one].same_as]


def test_a_fault_that_is_the_same_as_nothing_is_found_in_its_place(tmp_path: Path) -> None:
    from advisor.quality.checks import check_rulebook
    from advisor.rulebook.loading import shipped

    folder = tmp_path / "rules"
    shutil.copytree(shipped(), folder)
    file = folder / "notices" / "mistakes-in-a-letter.yaml"
    text = file.read_text().replace("same_as: [S17-12]", "same_as: [S17-99]")
    file.write_text(text)
    line = text.split("S17-99")[0].count("\n") + 1
    found = {(one.problem.line, one.problem.text) for one in check_rulebook(folder)}
    assert (line, "'S17-99' is not one of the requirements in text") in found


def test_every_sign_is_read_by_something() -> None:
    read = {name for _, raw in conditions() for name in names(parse(raw))}
    for entry in LAW.requirements_in_text.values():
        read |= set(entry.look_at)
    for many in LAW.mistakes_in_text.values():
        read |= {name for one in many for name in one.look_at}
    by_name = {
        "relied_on", "not_relied_on", "only_possible", "another_law", "in_the_request",
        "another_date", "sides_equal", "keeps_for_that_reason", "turns_from_equality",
        "described", "earlier_refusal", "takes_back",
    }  # fmt: skip
    assert set(LAW.signs_in_text) - read - by_name == set()
    assert set(LAW.readings_of_text) - read == set()
    assert set(OF_THE_TEXT) - read == set()


def conditions() -> list[tuple[object, object]]:
    from advisor.rulebook.checking_signs import conditions as of_a_file

    return [one for file in LAW.book.files.values() for one in of_a_file(file)]


def test_the_names_that_the_checker_looks_for_are_signs() -> None:
    from advisor.rulebook import signs

    wanted = {signs.RELIED, signs.NOT_RELIED, signs.POSSIBLE, signs.OTHER_LAW, signs.IN_REQUEST}
    wanted |= {*signs.REFUSING, *signs.NO_REASON, *signs.ABOUT_THE_EXEMPTION}
    wanted |= {signs.DESCRIBED, signs.EARLIER, signs.TAKEN_BACK}
    wanted |= {signs.BALANCE, signs.ANOTHER_DATE, signs.EVEN, signs.KEPT, signs.TURNED}
    assert wanted <= set(LAW.signs_in_text)
