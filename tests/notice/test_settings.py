"""The authority's settings: one file, checked like a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.notice import settings as module
from advisor.notice.settings import SHIPPED, Settings
from advisor.sources import InputError
from tests.notice.drafting import ROOT, SETTINGS


def written(folder: Path, text: str) -> Path:
    target = folder / "settings.yaml"
    target.write_text(text)
    return target


def test_everything_is_read(tmp_path: Path) -> None:
    found = Settings.read(written(tmp_path, SETTINGS))
    assert found.authority.name == "Borchester Constabulary"
    assert found.review is not None
    assert found.review.within_working_days == 40
    assert found.regulator.name == "Information Commissioner"
    assert found.regulator.complaints_page.startswith("https://ico.org.uk/")
    assert not found.checked


def test_the_shipped_settings_name_the_regulator_and_nobody_else() -> None:
    found = Settings.read(SHIPPED)
    assert found.authority.name == ""
    assert found.review is None
    assert not found.checked
    assert "CHECK BEFORE USE" in SHIPPED.read_text()


def test_the_regulator_is_overridden_piece_by_piece(tmp_path: Path) -> None:
    text = "settings: 1\nregulator: {name: Information Commission, address: A new place}\n"
    found = Settings.read(written(tmp_path, text))
    assert found.regulator.name == "Information Commission"
    assert found.regulator.address == "A new place"
    assert found.regulator.complaints_page.startswith("https://ico.org.uk/")
    assert found.checked


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("settings: 2", ":1:11: '2' is not allowed here"),
        ("authority: {name: A}", "'settings' is missing here"),
        ("settings: 1\nauthorty: {}", ":2:1: unknown key 'authorty'; did you mean 'authority'?"),
        ("settings: 1\nreview: {write_to: A}", "'exists' is missing here"),
        ("settings: 1\nreview: {exists: maybe}", ":2:18: 'maybe' is not allowed here"),
        ("settings: 1\nreview: {exists: no, write_to: A}", ":2:32: there is no review procedure"),
        ("settings: 1\nreview: {exists: yes, within_working_days: soon}", ":2:44: 'soon'"),
        ("settings: 1\nreview: {exists: yes, within_working_days: 0}", ":2:44: 0 working days"),
        ("settings: 1\nregulator: {complaints_page: ico.org.uk}", ":2:30: 'ico.org.uk' is not"),
        ("settings: [", "not valid YAML"),
        ("", "is empty"),
    ],
)
def test_what_is_wrong_is_said_in_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings.read(written(tmp_path, text))
    assert message in str(caught.value)
    assert "settings.yaml" in str(caught.value)


def test_where_settings_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADVISOR_SETTINGS", raising=False)
    monkeypatch.setattr(module, "own_file", lambda: tmp_path / "own" / "settings.yaml")
    assert Settings.find().file == SHIPPED
    (tmp_path / "own").mkdir()
    own = written(tmp_path / "own", "settings: 1\nauthority: {name: Own}\n")
    assert Settings.find().file == own
    (tmp_path / "env").mkdir()
    env = written(tmp_path / "env", "settings: 1\nauthority: {name: Env}\n")
    monkeypatch.setenv("ADVISOR_SETTINGS", str(env))
    assert Settings.find().authority.name == "Env"
    (tmp_path / "named").mkdir()
    named = written(tmp_path / "named", "settings: 1\nauthority: {name: Named}\n")
    assert Settings.find(named).authority.name == "Named"


def test_a_template_stands_beside_the_settings(tmp_path: Path) -> None:
    found = Settings.read(written(tmp_path, "settings: 1\ntemplate: own.docx\n"))
    assert found.template_file == tmp_path / "own.docx"


def test_another_authoritys_settings_are_not_its_own(tmp_path: Path) -> None:
    found = Settings.read(written(tmp_path, SETTINGS))
    assert found.of("borchester  CONSTABULARY") is found
    assert found.of("") is found
    other = found.of("Felpersham City Council")
    assert other.authority.address == ""
    assert other.signatory.name == ""
    assert other.review is None
    assert other.regulator == found.regulator


def test_the_documented_settings_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "letters.md").read_text()
    example = page.split("```yaml\n")[1].split("```")[0]
    found = Settings.read(written(tmp_path, example))
    assert found.review is not None
    assert found.signatory.name == "A. Woolley"
    assert found.checked
