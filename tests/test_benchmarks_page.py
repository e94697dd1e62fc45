"""The page about the benchmarks has every script with its command, and no command that is gone."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


def test_the_page_and_the_scripts_are_the_same() -> None:
    named = set(re.findall(r"python -m tests\.benchmarks\.(\w+)", PAGE.read_text(encoding="utf-8")))
    scripts = {path.stem for path in (ROOT / "tests" / "benchmarks").glob("*.py")}
    assert named == scripts - {"__init__"}


def test_every_command_of_the_advisor_on_the_page_exists() -> None:
    from advisor.cli.commands import COMMANDS

    for name in re.findall(r"^ +advisor (\w+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        assert name in COMMANDS
