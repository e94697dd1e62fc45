"""What the advisor depends on: locked, licensed, and not needed where it cannot be had."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from advisor import Case, Rulebook
from advisor.advice.report import report
from advisor.document.text import as_text
from advisor.reasoning import durable
from tests.licences import PROJECT, needed

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE))


@pytest.mark.parametrize(
    "wanted", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
)
def test_every_dependency_is_locked_at_a_version_that_is_allowed(wanted: str) -> None:
    asked = Requirement(wanted)
    assert asked.specifier.contains(LOCKED[canonicalize_name(asked.name)])


def test_every_package_of_the_lock_has_its_hashes() -> None:
    for entry in re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


def test_whatever_is_needed_to_run_is_in_the_lock() -> None:
    assert needed().keys() <= LOCKED.keys()


def test_the_page_of_licences_says_what_the_packages_say() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", page, re.MULTILINE))
    installed = needed()
    assert {name: listed.get(name) for name in installed} == installed


def test_the_way_without_the_engine_installs_all_the_rest() -> None:
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    named = re.findall(r"'([^' ]+)'", page.split("<!-- without the engine -->")[1].split("```")[1])
    assert {str(Requirement(one)) for one in named} == {
        str(Requirement(one)) for one in PROJECT["dependencies"] if "durable-rules" not in one
    }


def test_where_the_engine_cannot_be_imported_the_advice_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "available", lambda: False)
    case, rulebook = Case.read(ROOT / "cases" / "mps-01-foi-23-028157.yaml"), Rulebook.load()
    assessment = rulebook.assess(case)
    assert assessment.derived_by == ("direct",)
    said = " ".join(as_text(report(assessment, case, rulebook.law(date(2026, 3, 2)))).split())
    assert "durable-rules cannot be imported" in said
