"""`advisor rules coverage|mutate|diff|graph|schema|book`: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.in_process import run
from tests.quality.rulebooks import LIVE_FILE, SMALL, write

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"
SEED = CASES / "mps-01-foi-23-028157.yaml"
CASE = f"""\
case: 1
reference: R/1
{LIVE_FILE}      latest_record_year: 2025
    expect: {{outcome: withhold}}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write(tmp_path / "rules", SMALL)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return path


def test_coverage_names_what_no_case_shows_and_what_would(rules: Path, case: Path) -> None:
    data = json.loads(run("rules", "coverage", SEED, "--format", "json").out)
    assert {one["id"] for one in data["rules"] if one["yes"]} >= {"s30.1.a.class"}
    small = ("rules", "coverage", case, "--rules", rules)
    missing = json.loads(run(*small, "--format", "json").out)["not_covered"]
    *lines, last = run(*small).out.splitlines()
    assert last == f"5 rules; {len(missing)} things that no case shows."
    named = [one for one in lines if not one.startswith(" ")]
    assert [one.split()[1] for one in named] == [f"{one['id']}:" for one in missing]
    examples = [one for one in lines if one.startswith(" ")]
    assert len(examples) == sum(one["example"] is not None for one in missing)
    assert "    own_investigation: no" in examples


def test_a_change_that_survives_is_named_with_the_answers_that_would_notice(
    rules: Path, case: Path, tmp_path: Path
) -> None:
    words = ("rules", "mutate", case, "--rules", rules, "--rule", "engaged")
    done, data = run(*words), json.loads(run(*words, "--format", "json").out)
    assert (done.status, bool(data["survivors"])) == (1, True)
    for one in data["survivors"]:
        answers = ", ".join(f"{key}: {value}" for key, value in one["example"].items())
        assert f"{one['id']}\n    {answers}\n" in done.out
    reasons = tmp_path / "reasons.yml"
    why = {one["id"]: "It may." for one in data["survivors"]}
    reasons.write_text(yaml.safe_dump({**why, "old: is of another rule": "It may."}))
    explained = run(*words, "--reasons", reasons)
    assert explained.status == 0
    assert f"{data['survivors'][0]['id']}\n    It may.\n" in explained.out
    reasons.write_text(yaml.safe_dump({**why, "engaged: is gone": "It may."}))
    stale = run(*words, "--reasons", reasons)
    assert stale.status == 1
    assert "engaged: is gone: a reason is given, and this change does not survive\n" in stale.out


def test_reasons_are_a_mapping_to_text(rules: Path, case: Path, tmp_path: Path) -> None:
    reasons = tmp_path / "reasons.yml"
    for text in ("- one", "a change: [no, text]"):
        reasons.write_text(text)
        done = run("rules", "mutate", case, "--rules", rules, "--reasons", reasons)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"{reasons}:1:")


def test_somebody_who_watches_sees_it_count_and_a_pipe_does_not(rules: Path, case: Path) -> None:
    words = ("rules", "mutate", case, "--rules", rules, "--rule", "old")
    watched, piped = run(*words, typed=()), run(*words)
    *_, last = watched.err.split("\r")
    assert last.split() == [last.split()[2], "of", last.split()[2]]
    assert last.endswith("\n")
    assert (piped.err, piped.out) == ("", watched.out)


def test_a_difference_of_two_rulebooks_is_told_with_the_cases_it_turns(
    rules: Path, case: Path, tmp_path: Path
) -> None:
    lighter = {"weighing.yaml": SMALL["weighing.yaml"].replace("very_strong", "slight")}
    other = write(tmp_path / "other", SMALL | lighter)
    words = ("rules", "diff", rules, other, case)
    data, text = json.loads(run(*words, "--format", "json").out), run(*words).out
    assert [one["id"] for one in data["changes"]] == ["stage.live"]
    assert "    weight: very_strong -> slight\n" in text
    (turned,) = data["cases"]
    assert turned["why"] == ["stage.live"]
    assert (
        "R/1, part file: balance ['maintain', 'clear'] -> ['maintain', 'narrow'] (through" in text
    )
    assert text.splitlines()[-1] == "1 entries changed; 1 parts of cases differ."
    assert run("rules", "diff", rules, rules, case).out.startswith("0 entries changed; 0 ")


def test_a_graph_is_of_one_conclusion_or_a_page_each(tmp_path: Path, rules: Path) -> None:
    drawn = run("rules", "graph", SEED, "--about", "s30_1_a_engaged", "--item", "live-offences")
    assert drawn.out.startswith("<svg")
    assert "duty_to_investigate: yes" in drawn.out
    done = run("rules", "graph", "--rules", rules, "-o", tmp_path / "pages")
    pages = list((tmp_path / "pages").rglob("*.html"))
    assert done.err == f"{len(pages)} pages in {tmp_path / 'pages'}\n"
    assert "s30_1_a_engaged.html" in {one.name for one in pages}


def test_other_pages_in_the_folder_are_named(tmp_path: Path, rules: Path) -> None:
    folder = tmp_path / "pages"
    first = run("rules", "graph", "--rules", rules, "-o", folder).err
    assert run("rules", "graph", "--rules", rules, "-o", folder).err == first
    for name in ("gone.html", "notes.txt", *(f"old{i}.html" for i in range(6))):
        (folder / name).write_text("")
    said = run("rules", "graph", "--rules", rules, "-o", folder).err
    assert said.startswith(first)
    assert "gone.html, old0.html" in said
    assert "and 2 more" in said
    assert "notes.txt" not in said
    (folder / "an\nOther\x1b[31m.html").write_text("")
    again = run("rules", "graph", "--rules", rules, "-o", folder).err
    assert again.count("\n") == said.count("\n")
    assert "anOther[31m.html" in again


@pytest.mark.parametrize(
    ("settings", "told"),
    [(None, False), ("{}", True), ('{"yaml.schemas": {}}', True), ("// a comment\n{}", True)],
)
def test_an_editor_is_told_of_only_what_its_settings_lack(
    tmp_path: Path, rules: Path, settings: str | None, told: bool
) -> None:
    words, own = (
        ("rules", "schema", "--rules", rules, "--editor", tmp_path),
        ".vscode/settings.json",
    )
    assert "is there already" not in run(*words).err
    if settings is not None:
        (tmp_path / own).write_text(settings)
    before = (tmp_path / own).read_bytes()
    said = run(*words).err
    assert (said.count("settings.json") > 0) is told
    assert (tmp_path / own).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--about", "s30_1_a_engagd"), "s30_1_a_engaged"),
        ((), "add -o DIR, or --about"),
        ((SEED, "--about", "s30_1_a_engaged", "--item", "live-offence"), "live-offences"),
    ],
)
def test_a_graph_of_nothing_is_one_message(words: tuple[str | Path, ...], told: str) -> None:
    done = run("rules", "graph", *words)
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_a_folder_that_cannot_be_made_is_one_message(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = run("rules", "book", "--to", "md", "-o", file / "book")
    assert (done.status, done.err.startswith(f"{file / 'book'}: cannot be made")) == (2, True)


def test_a_schema_is_printed_for_each_kind_of_file(rules: Path) -> None:
    kinds = ("case", "rules", "answers", "settings")
    made = {kind: json.loads(run("rules", "schema", kind, "--rules", rules).out) for kind in kinds}
    assert len({one["title"] for one in made.values()}) == 4
    assert "duty_to_investigate" in json.dumps(made["case"])


@pytest.mark.parametrize(("form", "start"), [("html", "<!DOCTYPE html>"), ("md", "# ")])
def test_the_book_is_written_in_each_form(
    tmp_path: Path, rules: Path, form: str, start: str
) -> None:
    folder = tmp_path / "book"
    done = run("rules", "book", "--rules", rules, "--to", form, "-o", folder)
    written = [one for one in folder.rglob("*") if one.is_file()]
    assert done.err == f"{len(written)} pages in {folder}\n"
    assert (folder / f"index.{form}").read_text().lower().startswith(start.lower())
    assert {one.suffix for one in written} == {f".{form}"}
