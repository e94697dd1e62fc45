"""What `advisor check-notice` says of drafted letters, and the words that they are made of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from advisor.document.markdown import as_markdown
from advisor.notice.letter import Kind, now_decided
from advisor.sources import InputError
from tests.notice.drafting import (
    CASES,
    NOT_FOR_WORDS,
    drafted,
    every_case,
    rulebook,
)

# What `advisor check-notice` says of what `advisor letter` wrote


@pytest.mark.parametrize("path", every_case(), ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["auto", "second"])
def test_a_letter_passes_the_check_of_notices(path: Path, kind: Kind) -> None:
    from advisor.notice.checking import check
    from advisor.notice.reading import of_text

    case = rulebook().read(path)
    try:
        found = drafted(case, kind=kind)
    except InputError:
        pytest.skip("no letter is drafted of this case")
    if found.fields["title"].startswith("Record for the file"):
        pytest.skip("a record for the file is not a notice")
    asked = case if kind == "auto" else now_decided(case)
    assessment = rulebook().assess(asked, engine="direct")
    checked = check(
        of_text(as_markdown(found.document())).lines,
        rulebook().law(assessment.as_at),
        assessment if kind == "auto" and assessment.outcome != "undetermined" else None,
    )
    # A letter that is sent late is late, whoever wrote it.
    late = assessment.notice.due and (asked.decided or assessment.as_at) > assessment.notice.due
    assert {one.id for one in checked.findings if one.fails} <= ({"S17-02"} if late else set())
    assert [one.id for one in checked.warnings if one.level == "error"] == []
    assert not [one for one in checked.disagreements or () if one.about != "date"]


# The words are data, and checked


WRONG = """
wording:
  opening:
    passages:
      - {id: a, text: "Dear {nobody}"}
      - {id: b, when: not_a_fact, text: x}
      - {id: c, text: x, meets: [S17-99]}
      - {id: d, each: silence, text: "{reason}"}
      - {id: e}
      - {id: a, text: twice}
"""


def test_a_mistake_in_the_words_is_found_in_its_place(tmp_path: Path) -> None:
    import shutil

    from advisor.quality.checks import check_rulebook
    from advisor.rulebook.loading import shipped

    folder = tmp_path / "rules"
    shutil.copytree(shipped(), folder)
    (folder / "notices" / "wording.yaml").write_text(WRONG)
    found = {(one.problem.line, one.problem.text) for one in check_rulebook(folder)}
    texts = " / ".join(text for _, text in sorted(found))
    for wanted in (
        "unknown slot '{nobody}'",
        "unknown name 'not_a_fact'",
        "unknown requirement 'S17-99'",
        "unknown slot '{reason}'",  # silence has no reasons: they would tell
        "the passage says nothing",
        "'a' is the id of another entry",
    ):
        assert wanted in texts
    assert (5, "unknown slot '{nobody}'") in found


def test_the_words_for_silence_read_nothing_that_could_tell() -> None:
    from advisor.rulebook.wording import NOTE, slots

    allowed = {"provisions", "decision_expected", "consideration", "interest"}
    (silence,) = (one for one in rulebook().law(date(2026, 3, 2)).wording if one.id == "silence")
    for passage in silence.passages:
        assert set(slots(passage.entry)) <= allowed, passage.entry.id
        assert not any(one.startswith(NOTE) for one in passage.entry.only_with)
        assert passage.entry.insert == ""


def test_the_notes_that_a_letter_may_quote_are_those_that_the_page_names() -> None:
    from advisor.rulebook.wording import NOTE, slots

    law = rulebook().law(date(2026, 3, 2))
    used = {slot for one in law.wording for each in one.passages for slot in slots(each.entry)}
    page = (CASES.parent / "docs" / "letters.md").read_text()
    told = page.partition("The notes that a letter may quote")[2].partition("**Before it goes.**")[
        0
    ]
    assert {one.removeprefix(NOTE) for one in used if one.startswith(NOTE)} == set(
        re.findall(r"`(\w+)`", told)
    )


def test_every_requirement_of_the_act_has_words_that_meet_it() -> None:
    law = rulebook().law(date(2026, 3, 2))
    met = {key for one in law.wording for passage in one.passages for key in passage.entry.meets}
    # Of sections that this rulebook does not test: their reasons are the officer's to add.
    untested = {"S17-06b", "S17-06c", "S17-06d"}
    wanted = {one.id for one in law.requirements if one.entry.severity in "MC"}
    assert wanted - met == (NOT_FOR_WORDS - {"S17-31"}) | untested
