"""Section 17(7): silence on a review procedure, a denial of any right, and what is neither."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor.case import Case
from advisor.cli.app import app
from advisor.notice.checking import NoticeCheck, check
from advisor.notice.reading import of_text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from tests.notice.drafting import CASES, route, rulebook

LAW = Law(load(), date(2026, 11, 22))
REFUSED = "We refuse your request under section 14(1) of the Act, as it is vexatious. "
REGULATOR = "You may apply to the Information Commissioner for a decision. "
DENIALS = [
    "You may not complain about this decision.",
    "You have no right to complain of it to anybody, the Information Commissioner included.",
    "You are not entitled to appeal against it.",
]


def with_procedure(answer: str) -> Case:
    case = route("rt-06-vexatious")
    return replace(case, facts={**case.facts, "review_procedure_exists": answer})


def checked(text: str, case: Case | None = None) -> NoticeCheck:
    assessment = rulebook().assess(case, engine="direct") if case else None
    return check(of_text(text).lines, LAW, assessment, "letter", case)


def status(found: NoticeCheck) -> list[str]:
    return [one.status for one in found.findings if one.id in ("S17-50", "S17-51")]


def levels(found: NoticeCheck) -> dict[str, str]:
    return {one.id: one.level for one in found.warnings}


@pytest.mark.parametrize("more", ["", REGULATOR, *DENIALS])
def test_silence_is_the_mistake_where_there_is_no_procedure(more: str) -> None:
    found = checked(REFUSED + more, with_procedure("no"))
    assert levels(found)["pitfall-11"] == "error"
    assert status(found)[0] == "missing"


@pytest.mark.parametrize("answer", ["yes", "no"])
@pytest.mark.parametrize(
    "said",
    [
        "We have no procedure for complaints of this kind. ",
        "You may ask for an internal review by writing to the Clerk. ",
        "For your right of complaint see the attached leaflet. ",
    ],
)
def test_what_is_not_silent_is_not_that_mistake(said: str, answer: str) -> None:
    assert "pitfall-11" not in levels(checked(REFUSED + said + REGULATOR, with_procedure(answer)))


def test_a_letter_by_itself_can_only_hint_at_it() -> None:
    assert "pitfall-11" not in levels(checked(REFUSED))
    assert levels(checked(REFUSED + REGULATOR))["pitfall-11"] == "note"


@pytest.mark.parametrize("denial", DENIALS)
def test_a_denial_is_not_silence_and_leaves_section_50_unmet(denial: str) -> None:
    found = checked(f"{REFUSED}\n{denial}")
    assert status(found) == ["missing", "missing"]
    assert "pitfall-11" not in levels(found)
    right = next(one for one in found.findings if one.id == "S17-51")
    assert [one.line for one in right.evidence] == [2]


def test_a_denial_is_not_made_good_by_the_right_that_it_denies() -> None:
    found = checked(f"{REFUSED}{REGULATOR} You may not appeal against this decision.")
    assert status(found)[1] == "missing"


def test_the_command_reads_the_procedure_from_the_case(tmp_path: Path) -> None:
    letter, case = tmp_path / "letter.txt", tmp_path / "case.yaml"
    letter.write_text(REFUSED)
    written = (CASES / "routes" / "rt-06-vexatious.yaml").read_text()
    case.write_text(written.replace("review_procedure_exists: yes", "review_procedure_exists: no"))
    command = ["check-notice", str(letter), "--format", "json", "--case"]
    for file, raised in ((case, True), (CASES / "routes" / "rt-06-vexatious.yaml", False)):
        found = json.loads(CliRunner().invoke(app, [*command, str(file)]).stdout)
        assert ("pitfall-11" in {one["id"] for one in found["warnings"]}) == raised
