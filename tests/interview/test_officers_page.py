"""The page for officers: its commands, its example and the names on it are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from advisor import Case
from advisor.cli.commands import COMMANDS
from advisor.cli.conversation import HELP
from advisor.register.store import Register
from tests.interview.answering import RULEBOOK

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "for-officers.md").read_text(encoding="utf-8")


def test_each_command_of_the_advisor_and_of_the_interview_exists() -> None:
    assert set(re.findall(r"(?:^    |`)advisor ([a-z]+)", PAGE, re.MULTILINE)) <= set(COMMANDS)
    known = {line.split()[0] for line in HELP if line.startswith(":")}
    assert set(re.findall(r"`(:[a-z]+)", PAGE)) <= known


def test_the_example_is_a_case_and_every_part_named_is_there() -> None:
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    assert RULEBOOK.assess(Case.parse(example)).items
    for path, item in re.findall(r"advisor explain (\S+) --item (\S+)", PAGE):
        assert RULEBOOK.read(ROOT / path).item(item) is not None


def test_a_copy_before_an_upgrade_has_the_name_that_the_page_gives(tmp_path: Path) -> None:
    (name,) = re.findall(r"`(register\.db\.\S+\.bak)`", PAGE)
    (tmp_path / name).touch()
    assert Register(tmp_path / "register.db").copies() == [tmp_path / name]
