"""The page for those who write rules names what a rule file can hold, and only that."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from advisor.advice.rulebook import Rulebook
from advisor.quality.catalogue import everything
from advisor.rulebook.model import RuleFile

PAGE = Path(__file__).parents[2] / "docs" / "for-rule-authors.md"
OF_THE_FILE = {"title", "in_force_from", "in_force_until"}


def test_every_section_of_a_rule_file_is_on_the_page() -> None:
    table = re.search(r"\| section \|.*?\n\n", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert table
    rows = [row.split("|")[1] for row in table[0].splitlines()[2:] if row]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == {one.name for one in dataclasses.fields(RuleFile)} - OF_THE_FILE


def test_the_ids_that_the_page_looks_for_are_there() -> None:
    ids = {one.id for one in everything(Rulebook.load().book)}
    shown = re.findall(r"`advisor rules show ([^`]+)`", PAGE.read_text(encoding="utf-8"))
    assert shown
    assert ids >= set(shown)
