"""`advisor train` and `advisor cases new`, at a terminal and in a pipe: asked, kept, marked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.in_process import Ended, run

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "1-foundations" / "no-such-report.yaml"
LETTER = ROOT / "cases" / "1-foundations" / "find-the-fault-protection-command.yaml"
BLANK = ("",) * 200  # every question left out, to the end


def trained(folder: Path, *typed: str, case: Path = CASE, words: tuple[str, ...] = ()) -> Ended:
    return run("train", case, "--results", folder / "results.jsonl", *words, typed=typed)


def results(folder: Path) -> list[dict[str, Any]]:
    path = folder / "results.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_session_that_was_left_goes_on_or_begins_anew(tmp_path: Path) -> None:
    left = trained(tmp_path, "Ada", "Not held")
    assert "Your answers are kept." in left.said
    assert results(tmp_path) == []
    on = trained(tmp_path, "Ada", "yes", ":case", ":back", "Not held")
    assert "Go on where you stopped?" in on.said
    assert on.said.count("How should it be answered?") == 1
    assert on.said.count("What you are told") == 2  # at first, and for :case
    anew = trained(tmp_path, "Ada", "no", *BLANK)
    assert "How should it be answered?" in anew.said
    (kept,) = results(tmp_path)
    assert (kept["trainee"], kept["elements"][0]["given"]) == ("Ada", "")


def test_answers_to_a_case_that_has_changed_are_not_gone_on_with(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE.read_text())
    trained(tmp_path, "Ada", "Not held", case=case)
    case.write_text(CASE.read_text().replace("request: |\n", "request: |\n  Please.\n", 1))
    done = trained(tmp_path, "Ada", case=case)
    assert "those answers cannot be gone on with" in done.said
    assert "Go on where you stopped?" not in done.said


def test_who_leaves_at_the_contests_has_the_case_marked(tmp_path: Path) -> None:
    to_the_end = trained(tmp_path, "Ada", *BLANK)
    assert "Do you contest a mark?" in to_the_end.said
    blanks = len(re.findall("(?m)^> ", to_the_end.err)) - 2  # but for the name and the contests
    done = trained(tmp_path, "Bo", *BLANK[:blanks])
    assert "The case is marked." in done.said
    assert [one["trainee"] for one in results(tmp_path)] == ["Ada", "Bo"]


def test_without_keeping_nothing_is_written(tmp_path: Path) -> None:
    done = trained(tmp_path, "Ada", "Not held", words=("--no-keep",))
    assert "Nothing is marked." in done.said
    trained(tmp_path, "Ada", ":back", "Not held", *BLANK, words=("--no-keep",))
    assert list(tmp_path.iterdir()) == []


def test_there_are_only_so_many_hints(tmp_path: Path) -> None:
    done = trained(tmp_path, "Ada", *["?"] * 30, words=("--no-keep",))
    assert "Hint: " in done.said
    assert "There are no more hints." in done.said


def test_in_a_pipe_the_exercise_is_shown_with_its_letter_line_by_line(tmp_path: Path) -> None:
    done = run("train", LETTER)
    letter = LETTER.parent / yaml.safe_load(LETTER.read_text())["teaching"]["letter"]["file"]
    assert "What does section 17 require of the letter that it lacks?" in done.said
    lines = [one.split() for one in letter.read_text().rstrip().split("\n")]
    for number, words in enumerate(lines, 1):
        assert " ".join([str(number), *words]) in done.said
    assert "What does section 17 require" not in run("train", CASE).said


def test_an_exercise_as_data_gives_no_answer_away() -> None:
    (shown,) = json.loads(run("train", CASE, "--format", "json").out)
    assert shown.keys() == {"ref", "title", "level", "request", "passages", "items"}
    assert shown["ref"] == yaml.safe_load(CASE.read_text())["reference"]


@pytest.mark.parametrize(
    "change",
    [{"status": "splendid"}, {"trainee": 5}, {"score": "90"}, {"hints": None}, {"at": "noon"}],
)
def test_a_result_that_is_none_is_said_and_passed_over(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    trained(tmp_path, "Ada", *BLANK)
    path, (good,) = tmp_path / "results.jsonl", results(tmp_path)
    bad = {**good, **change}
    if "status" in change:
        bad = {**good, "elements": [{**good["elements"][0], **change}]}
    path.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n")
    done = run("train", "report", "--results", path, "--format", "json")
    assert done.status == 0
    assert f"{path}:2:" in done.err
    assert [one["trainee"] for one in json.loads(done.out)["attempts"]] == ["Ada"]


ANSWERS = """\
answers: 1
trainee: Ada
cases:
- case: {reference}
  items:
"""


@pytest.mark.parametrize(
    ("items", "line", "told"),
    [
        ("  - {id: log}\n  - {id: log}\n", 7, "a second part 'log'"),
        ("  - {id: log, not_counted: [wether]}\n", 6, "no such fact 'wether'"),
        ("  - {id: log, elements: {held: {answer: perhaps}}}\n", 6, "yes, no or unknown"),
    ],
)
def test_what_cannot_be_marked_is_told_with_its_line(
    tmp_path: Path, items: str, line: int, told: str
) -> None:
    data = yaml.safe_load(CASE.read_text())
    part = data["items"][0]["id"]
    path = tmp_path / "ada.yaml"
    path.write_text(
        ANSWERS.format(reference=data["reference"]) + items.replace("id: log", f"id: {part}")
    )
    done = run("train", CASE, "--answers", path, "--no-keep")
    assert done.status == 2
    assert f"{path}:{line}:" in done.err
    assert told.replace("log", part) in done.err


def test_an_element_may_be_answered_unknown(tmp_path: Path) -> None:
    data = yaml.safe_load(CASE.read_text())
    path = tmp_path / "ada.yaml"
    part = data["items"][0]["id"]
    element = f"  - {{id: {part}, elements: {{held: {{answer: unknown}}}}}}\n"
    path.write_text(ANSWERS.format(reference=data["reference"]) + element)
    done = run("train", CASE, "--answers", path, "--no-keep", "--format", "json")
    assert done.status == 0
    (marked,) = json.loads(done.out)
    given = {one["id"]: (one["given"], one["status"]) for one in marked["marks"]}
    assert given[f"{part}/elements/held"] == ("unknown", "wrong")


HEAD = ("TRAIN-901", "A bicycle", "Anytown Police", "police", "2026-02-09", "2026-03-02")


def test_a_case_that_is_written_goes_on_where_it_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ADVISOR_RESULTS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    left = run("cases", "new", typed=(*HEAD, "The log."))
    assert "Your answers are kept." in left.said
    assert list(tmp_path.rglob("*.unfinished"))
    assert "Your answers are kept." in run("cases", "new", typed=()).said
    done = run("cases", "new", typed=("", "", "foundations", "The log", "", "no"))
    assert "This is needed." in done.said  # of the level, which cannot be left out
    assert "What is it to be called?" not in done.said
    made = yaml.safe_load((tmp_path / "train-901.yaml").read_text())
    assert made["title"] == "A bicycle"
    assert run("cases", "check", tmp_path / "train-901.yaml").status == 0
    assert not list(tmp_path.rglob("*.jsonl"))


def test_a_case_that_was_left_can_begin_anew(tmp_path: Path) -> None:
    own = {"ADVISOR_RESULTS": str(tmp_path / "kept.jsonl")}
    run("cases", "new", "-o", tmp_path / "a.yaml", typed=HEAD[:2], **own)
    anew = run("cases", "new", "-o", tmp_path / "a.yaml", typed=("no",), **own)
    assert "What is it to be called?" in anew.said
    nothing = run("cases", "new", "-o", tmp_path / "a.yaml", typed=(), **own)
    assert "Nothing was written." in nothing.said
    assert (tmp_path / "kept.unfinished").is_dir()
    assert not (tmp_path / "a.yaml").exists()


UNTAUGHT = """\
case: 1
reference: R/1
received: 2026-02-09
request: The log.
facts: {valid_request: yes}
items: [{id: log, facts: {held: no}}]
"""


def test_a_case_that_teaches_nothing_yet_is_shown_and_marked_all_the_same(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(f"{UNTAUGHT}teaching: {{notice: Be brief.}}\n")
    shown = run("cases", "show", case).said
    assert "What it teaches" in shown
    assert "Of the notice: Be brief." in shown
    for heading in ("Level:", "A good answer says", "The story, and what each passage shows"):
        assert heading not in shown
    done = trained(tmp_path, "Ada", *BLANK, case=case)
    assert "In all" in done.said
    assert "What this case teaches" not in done.said
    page = tmp_path / "report.html"
    words = ("train", "report", "--results", tmp_path / "results.jsonl")
    report = run(*words)
    assert "By element" in report.said
    for heading in ("By learning point", "Contested"):
        assert heading not in report.said
    run(*words, "--html", page)
    assert "Learning points, weakest first" not in page.read_text()


def test_a_part_that_has_the_name_of_a_task_cannot_be_worked(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(UNTAUGHT.replace("id: log", "id: notice"))
    done = run("train", case)
    assert (done.status, f"{case}:6:" in done.err) == (2, True)


def test_a_case_without_days_is_shown_without_them(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(UNTAUGHT.replace("received: 2026-02-09\n", ""))
    assert "What you are told" in run("train", case).said


@pytest.mark.parametrize("name", ["closed-but-not-open", "who-told-them", "the-joke"])
def test_only_what_is_not_there_is_wrongly_said_not_to_count(tmp_path: Path, name: str) -> None:
    path = ROOT / "cases" / "2-practice" / f"{name}.yaml"
    data = yaml.safe_load(path.read_text())
    claimed = {"media_or_public_curiosity", "requester_private_interest"}
    answers = tmp_path / "ada.yaml"
    parts = "".join(
        f"  - {{id: {one['id']}, not_counted: [{', '.join(claimed)}]}}\n" for one in data["items"]
    )
    answers.write_text(ANSWERS.format(reference=data["reference"]) + parts)
    done = run("train", path, "--answers", answers, "--no-keep", "--format", "json")
    (marked,) = json.loads(done.out)
    for part in data["items"]:
        facts = {**data.get("facts", {}), **part["facts"]}
        there = {key for key in claimed if facts.get(key) in (True, "yes")}
        wrong = {
            one["given"] for one in marked["marks"]
            if one["id"].startswith(f"{part['id']}/not_counted/") and one["status"] == "wrong"
        }  # fmt: skip
        assert wrong == claimed - there


def test_a_choice_can_be_answered_by_its_number(tmp_path: Path) -> None:
    own = {"ADVISOR_RESULTS": str(tmp_path / "kept.jsonl")}
    head = ("TRAIN-902", "A bicycle", "Anytown Police", "1", "2026-02-09", "2026-03-02")
    out = tmp_path / "a.yaml"
    typed = (*head, "The log.", "1", "The log", "", "no")
    assert run("cases", "new", "-o", out, typed=typed, **own).status == 0
    made = yaml.safe_load(out.read_text())
    assert (made["authority"]["kind"], made["teaching"]["level"]) == ("police", "foundations")


def test_what_identifies_is_taken_out_once_and_an_authority_without_a_name_has_none(
    tmp_path: Path,
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(UNTAUGHT.replace("The log.", "What Mr Bull said to Mr Bull."))
    own = {"ADVISOR_REGISTER": str(tmp_path / "register")}
    done = run("cases", "new", "--from", case, "--reference", "NEW-1", **own)
    made = yaml.safe_load(done.out)
    assert made["request"] == "What [name] said to [name]."
    assert done.err.count("Mr Bull -> [name]") == 1
    assert "authority.name" not in done.err
