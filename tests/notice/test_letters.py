"""The check on letters of every kind: a published one, and others written for these tests.

Beside each letter stands what a person who knows section 17 would say of it. `missing` lists
every requirement of the Act (M or C) that is missing, no more and no fewer; `warnings` every
mistake, with the line that shows it; `met` and `unclear` those that matter here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.notice.checking import NoticeCheck, check
from advisor.notice.reading import read
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.sources import read as read_yaml

LAW = Law(load(), date(2026, 11, 22))
FOLDER = Path(__file__).with_name("letters")
FILES = {path.stem: path for path in sorted(FOLDER.iterdir()) if path.suffix != ".yaml"}
LETTERS = list(FILES)
NEAR = 1  # the line before or after is as good: a sentence may begin there


def checked(name: str) -> NoticeCheck:
    return check(read(FILES[name]).lines, LAW)


def expected(name: str) -> Any:
    return read_yaml(FOLDER / f"{name}.yaml").data


def near(found: list[int], line: str) -> bool:
    return any(abs(one - int(line)) <= NEAR for one in found)


@pytest.mark.parametrize("name", LETTERS)
def test_what_is_missing_and_what_is_there(name: str) -> None:
    found, wanted = checked(name), expected(name)
    status = {one.id: one for one in found.findings}
    fails = [one.id for one in found.findings if one.fails]
    assert fails == wanted.get("missing", []), "missing"
    for key, line in wanted.get("met", {}).items():
        assert status[key].status == "met", key
        assert near([one.line for one in status[key].evidence], line), (key, status[key].evidence)
    for kind in ("unclear", "not_applicable"):
        for key in wanted.get(kind, []):
            assert status[key].status == kind, key
    for key in wanted.get("good_practice_missing", []):
        assert status[key].status == "missing", key
    assert found.refuses == (wanted.get("refuses", "yes") == "yes")
    assert found.holds == (not wanted.get("missing"))


@pytest.mark.parametrize("name", LETTERS)
def test_what_is_cited(name: str) -> None:
    assert list(checked(name).cited) == expected(name)["cited"]


@pytest.mark.parametrize("name", LETTERS)
def test_mistakes_and_no_false_alarm(name: str) -> None:
    found = checked(name).warnings
    wanted = expected(name).get("warnings", {})
    assert {one.id for one in found} == set(wanted)
    for key, line in wanted.items():
        lines = [quote.line for one in found if one.id == key for quote in one.evidence]
        assert near(lines, line), (key, lines)


def test_the_letters_are_of_many_kinds() -> None:
    assert len(LETTERS) >= 21
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(LETTERS)
