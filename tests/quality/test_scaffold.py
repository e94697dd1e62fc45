"""`advisor rules new`: what it begins is sound, and says what is still to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice.rulebook import Rulebook
from advisor.case import Case
from advisor.cli.output import write_new
from advisor.quality.checks import check_rulebook
from advisor.quality.scaffold import scaffold
from advisor.scenarios.expectations import failures
from advisor.sources import InputError


def begun(what: str, folder: Path) -> list[str]:
    """What is written for a new rule, below the folder."""
    files = scaffold(what, folder)
    write_new(files)
    return [path.relative_to(folder).as_posix() for path in files]


@pytest.mark.parametrize(
    ("what", "file"),
    [("s31(1)(a)", "s31-1-a"), ("s42", "s42"), ("local_oversight", "local-oversight")],
)
def test_a_rule_its_cases_and_its_page_are_begun_and_sound(
    tmp_path: Path, what: str, file: str
) -> None:
    assert begun(what, tmp_path) == [
        "rules/rulebook.yaml", f"rules/{file}.yaml", f"cases/{file}.yaml", f"docs/{file}.md",
    ]  # fmt: skip
    left = [one for one in check_rulebook(tmp_path / "rules") if not one.accepted]
    assert {(one.check, one.severity) for one in left} == {("todo", "warning")}
    rulebook = Rulebook.load(tmp_path / "rules")
    case = Case.read(tmp_path / "cases" / f"{file}.yaml")
    assert len(case.items) == 3
    assert failures(case, rulebook.assess(case)) == []
    assert "{" not in (tmp_path / "docs" / f"{file}.md").read_text()


def test_a_second_one_is_put_beside_the_first(tmp_path: Path) -> None:
    begun("s31(1)(a)", tmp_path)
    assert "rules/rulebook.yaml" not in begun("local_oversight", tmp_path)
    left = [one.check for one in check_rulebook(tmp_path / "rules") if not one.accepted]
    assert set(left) == {"todo"}


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("s30(1)(b)", "in the rulebook already"),
        ("safe_space", "in the rulebook already"),
        ("held", "in the rulebook already"),
        ("s99(1)", "not on the map of the Act"),
        ("Local Oversight", "neither a provision nor a name"),
        ("../../etc", "neither a provision nor a name"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(
    tmp_path: Path, what: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        scaffold(what, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "s31-1-a.md"
    page.parent.mkdir()
    page.write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        begun("s31(1)(a)", tmp_path)
    assert page.read_text() == "mine"
    assert not (tmp_path / "rules").exists()
