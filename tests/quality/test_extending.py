"""Another authority's rulebook: it adds to the shipped one, says what it overrides, and no more."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor.cli.app import app
from advisor.quality.checks import check_rulebook
from advisor.rulebook.extending import located, overridden
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load, parse
from advisor.rulebook.loading import shipped as shipped_folder
from advisor.sources import InputError

DAY = date(2026, 4, 7)

ABOUT = """\
about:
  id: borchester
  title: Borchester's rules
  version: 1.0.0
  law_as_at: 2026-04-07
  extends: foia-2000
  overrides: [held, content.general_transparency]
"""

OWN = """\
facts:
  held:
    type: yes_no
    ask: Does Borchester hold it?
    help: Search the records store as well.
    authority: [{at: FOIA 2000 s.1(1)(a)}]
  local_panel_asked:
    type: yes_no
    ask: Has the local scrutiny panel asked about it?
    help: In writing.
    default: no
    authority: [{at: FOIA 2000 s.2(2)(b)}]
factors:
  local_scrutiny:
    side: disclose
    title: local scrutiny
    interest: The scrutiny panel should be able to do its work.
    weights:
      - id: borchester.panel
        weight: some
        when: local_panel_asked
        because: The local scrutiny panel has asked about it.
        authority: [{at: FOIA 2000 s.2(2)(b)}]
        limits: The panel's interest counts, not its members'. The weight is not verified.
  general_transparency:
    side: disclose
    title: openness
    interest: Borchester is open about what it does.
    weights:
      - id: borchester.open
        weight: some
        when: always
        because: Borchester has promised to be open.
        authority: [{at: FOIA 2000 s.2(2)(b)}]
        limits: A promise of this authority's own; the weight is not verified.
signs_in_text:
  names_the_panel:
    means: The letter names the scrutiny panel.
    phrases: [scrutiny panel]
    examples: [Write to the scrutiny panel.]
    not_examples: [Write to us.]
requirements_in_text:
  BOR-01:
    title: The scrutiny panel
    applies: refuses
    met: names_the_panel
    write: Name the panel.
requirements:
  BOR-01:
    provision: s17(1)
    severity: G
    text: Give the name of the scrutiny panel.
    when: outcome is withhold
    authority: [{at: FOIA 2000 s.17(1)}]
"""

REPLACED = """\
  S17-05:
    provision: s17(1)(b)
    severity: M
    text: Name it.
    when: outcome is withhold
    authority: [{at: FOIA 2000 s.17(1)(b)}]
"""

LOST_AT = OWN[: OWN.index("requirements:")].count("\n") + 1
LOST = "outcomes:\n  lost: {title: Lost, kind: other, means: It is lost.}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "borchester_rules"
    place.mkdir()
    (place / "about.yaml").write_text(ABOUT)
    (place / "own.yaml").write_text(OWN)
    return place


def wrong(folder: Path, old: str, new: str) -> list[str]:
    """What is said of the rulebook with one thing changed, as FILE:LINE and the text."""
    for path in folder.iterdir():
        path.write_text(path.read_text().replace(old, new, 1))
    try:
        found = [one.problem for one in check_rulebook(folder) if one.severity == "error"]
    except InputError as error:
        found = list(error.problems)
    return [f"{Path(one.file).name}:{one.line} {one.text}" for one in found]


def test_it_has_everything_of_the_shipped_rulebook_and_its_own(folder: Path) -> None:
    law, shipped = Law(load(folder), DAY), Law(load(), DAY)
    assert law.facts["held"].ask == "Does Borchester hold it?"
    assert set(law.facts) == {*shipped.facts, "local_panel_asked"}
    assert set(law.factors) == {*shipped.factors, "content.local_scrutiny"}
    assert [rule.id for rule in law.factors["content.general_transparency"].rules] == [
        "borchester.open"
    ]
    assert "confirm_or_deny.general_transparency" in law.factors
    assert {one.id for one in law.requirements} == {one.id for one in shipped.requirements} | {
        "BOR-01"
    }
    assert law.questions == shipped.questions
    assert law.about.id == "borchester"
    assert [gate.id for gate in law.gates] == [gate.id for gate in shipped.gates]


def test_the_checks_find_nothing_in_it_and_what_it_overrides_is_listed(folder: Path) -> None:
    assert [str(one.problem) for one in check_rulebook(folder) if not one.accepted] == []
    assert overridden(load(folder)) == [
        ("held", "facts", "borchester/own.yaml"),
        ("content.general_transparency", "factors", "borchester/own.yaml"),
    ]


def test_the_copy_that_is_kept_is_the_same_and_changes_with_the_shipped_rulebook(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first, second = load(folder), load(folder)
    assert first.files == second.files
    assert first.digest == second.digest == parse(folder).digest
    other = tmp_path / "shipped"
    shutil.copytree(shipped_folder(), other)
    (other / "rulebook.yaml").write_text((other / "rulebook.yaml").read_text() + "# changed\n")
    monkeypatch.setattr("advisor.rulebook.loading.shipped", lambda: other)
    assert load(folder).digest != first.digest


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("overrides: [held, ", "overrides: [", "own.yaml:3 'held' is the id of another entry"),
        ("[held, ", "[hled, held, ", "about.yaml:7 'hled' overrides nothing"),
        ("[held, ", "[vexatious, held, ", "about.yaml:7 'vexatious' is overridden and not written"),
        ("extends: foia-2000", "extends: foia-2001", "about.yaml:6 'foia-2001' is not the shipped"),
        ("    default: no\n", "", "own.yaml:7 'local_panel_asked' is added to foia-2000"),
        ("requirements:", f"{LOST}requirements:", f"own.yaml:{LOST_AT} a rulebook that"),
    ],
)  # fmt: skip
def test_what_it_may_not_do_is_said_where_it_stands(
    folder: Path, old: str, new: str, said: str
) -> None:
    assert any(said in one for one in wrong(folder, old, new))


def test_the_order_of_questions_is_added_to(folder: Path) -> None:
    (folder / "more.yaml").write_text("order_of_questions: [local_panel_asked]\n")
    assert Law(load(folder), DAY).questions[-1] == "local_panel_asked"


def test_an_installed_package_is_found_by_its_name_and_not_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder.parent
    (folder / "__init__.py").write_text("raise SystemExit('nothing of it is run')\n")
    info = site / "borchester-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: borchester\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[advisor.rulebooks]\nborchester = borchester_rules\n")
    monkeypatch.syspath_prepend(str(site))
    assert located("borchester") == folder
    assert Law(load("borchester"), DAY).about.id == "borchester"
    with pytest.raises(InputError, match="did you mean 'borchester'"):
        located("borchestr")


def test_a_name_that_nothing_has_is_one_message() -> None:
    with pytest.raises(InputError, match="is not a folder of rules"):
        load("no-such-rulebook")


def test_an_override_takes_only_what_is_written_in_its_place(folder: Path) -> None:
    """An id that two sections share is overridden in the one that writes it."""
    base = parse()
    (folder / "about.yaml").write_text(ABOUT.replace("[held, ", "[S17-05, held, "))
    (folder / "own.yaml").write_text(OWN + REPLACED)
    law = Law(load(folder), DAY)
    assert next(one.entry.text for one in law.requirements if one.id == "S17-05") == "Name it."
    there = [key for _, key, _ in base.entries("requirements_in_text")]
    assert "S17-05" in there
    assert [*there, "BOR-01"] == [key for _, key, _ in law.book.entries("requirements_in_text")]


def test_the_command_shows_what_is_overridden(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "rules", "check", str(folder), "--format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["problems"]) == (0, [])
    assert [one["id"] for one in answer["overrides"]] == ["held", "content.general_transparency"]


def test_the_list_can_be_of_what_is_overridden_alone(folder: Path) -> None:
    done = CliRunner().invoke(
        app, ["rules", "list", "--overrides", "--rules", str(folder), "--format", "json"]
    )
    found = [(one["id"], one["kind"]) for one in json.loads(done.stdout)]
    assert found == [("held", "fact"), ("general_transparency", "factor")]
    assert CliRunner().invoke(app, ["rules", "list", "--overrides"]).stdout == ""
