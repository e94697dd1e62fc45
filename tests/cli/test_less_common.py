"""What a user meets less often: long pastes, odd dates, damage, letters of other programs."""

from __future__ import annotations

import copy
import importlib
import importlib.metadata
import json
import os
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml import OxmlElement

from advisor import InputError, Rulebook
from advisor.batch import partition
from advisor.document.dates import day_of
from advisor.notice.citations import citations
from advisor.notice.reading import read
from advisor.rulebook.loading import load
from advisor.training.naming import provisions
from tests.cli.in_process import run
from tests.cli.test_interview_in_process import after, asked, lines_until
from tests.interview.answering import LIVE_FILE
from tests.quality.rulebooks import SMALL, write

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"
REFERENCE = LIVE_FILE["reference"]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite3"


# The interview


def test_a_line_that_the_terminal_may_have_cut_is_said_to_be(register: Path) -> None:
    begin = lines_until("request")
    done = asked(register, *begin, "x" * 4095)
    assert "The terminal may have cut this text off." in done.said
    register.unlink()
    assert "cut this text off" not in asked(register, *begin, "x" * 4000).said


def test_why_at_a_question_for_the_notice_says_that_no_outcome_turns_on_it(register: Path) -> None:
    typed = lines_until("duty_source")
    shown = after(asked(register, *typed, ":why"), ":why", len(typed))
    assert "It changes no outcome, only what the notice must say:" in shown
    assert "What each answer would lead to" not in shown


def test_help_on_a_question_of_a_form_says_how_to_write_it(register: Path) -> None:
    typed = lines_until("received")
    assert "Write " in after(asked(register, *typed, "?"), "?", len(typed))


def test_answers_about_the_request_can_be_listed_alone(register: Path) -> None:
    typed = lines_until("held")
    done = asked(register, *typed, ":list valid_request")
    shown = after(done, ":list", len(typed))
    assert "valid_request:" in shown
    assert "Part 1" not in shown.split("valid_request:")[0]


def test_an_answer_that_changed_after_the_advice_is_said_to_have(register: Path) -> None:
    assert asked(register, *lines_until("done"), "").status == 0
    env = {"ADVISOR_REGISTER": str(register)}
    assert "The answers have changed since" not in run("register", "show", REFERENCE, **env).said
    changed = (":change duty_to_investigate no",)
    assert asked(register, *changed, words=("resume", REFERENCE)).status == 3
    assert "The answers have changed since" in run("register", "show", REFERENCE, **env).said


def test_a_register_whose_contents_are_of_another_kind_is_damaged(register: Path) -> None:
    asked(register, *lines_until("held"))
    connection = sqlite3.connect(register)
    connection.executescript(
        "CREATE TABLE other AS SELECT * FROM events; DROP TABLE events;"
        "ALTER TABLE other RENAME TO events; UPDATE events SET at = x'00ff' WHERE seq = 1"
    )
    connection.close()
    done = run("register", "show", REFERENCE, ADVISOR_REGISTER=str(register))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{register}: ")


# Days and provisions, as people write them


def test_a_weekday_is_checked_and_today_is_a_day() -> None:
    today = date(2026, 11, 23)
    assert day_of("today", today) == today
    assert day_of("Monday 23 November 2026", today) == today
    with pytest.raises(ValueError, match="Monday 23 November 2026 is one"):
        day_of("Sunday 23 November 2026", today)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("section 30(1) to (3) of FOIA", ["s30(1)", "s30(2)", "s30(3)"]),
        ("section 40.2 of FOIA", ["s40(2)"]),
        ("section 30(1)(a) to (c) of FOIA", ["s30(1)(a)", "s30(1)(b)", "s30(1)(c)"]),
        ("section 30 and (b) of FOIA", ["s30"]),
        ("section 30(1) and enough of FOIA", ["s30(1)"]),
    ],
)
def test_ranges_and_points_are_cited_as_they_are_meant(text: str, cited: list[str]) -> None:
    assert [one.provision for one in citations(text)] == cited


def test_a_trainee_may_name_a_provision_above_its_limbs() -> None:
    law = Rulebook.load().law(date(2026, 11, 23))
    assert provisions(law, "30(1)(a), S30") == ("s30(1)(a)", "s30")


# Letters of other programs


def test_hyphens_and_boxes_of_word_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    run_ = document.add_paragraph("A non").add_run("")
    run_._r.append(OxmlElement("w:noBreakHyphen"))
    run_._r.getparent().append(document.add_paragraph("").add_run("disclosure letter")._r)
    box = document.add_paragraph("Beside it").add_run("")
    for kind in ("w:pict", "w:Fallback"):
        outer, inner = OxmlElement(kind), OxmlElement("w:txbxContent")
        paragraph = docx.Document().add_paragraph("in the box")._p
        inner.append(paragraph)
        outer.append(inner)
        box._r.append(outer)
    path = tmp_path / "letter.docx"
    document.save(path)
    texts = [one.text for one in read(path).lines]
    assert texts[0] == "A non-disclosure letter"
    assert texts.count("in the box") == 1


def test_a_letter_that_was_drafted_agrees_with_its_case(tmp_path: Path) -> None:
    (case,) = CASES.rglob("live-burglary-file.yaml")
    letter = tmp_path / "letter.docx"
    assert run("letter", case, "-o", letter).status == 0
    done = run("check-notice", letter, "--case", case)
    assert "They agree, as far as the words of the letter show." in done.said
    assert "Paragraphs are counted from the top" in done.said


# Files


def test_a_file_that_may_not_be_written_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "kept.txt"
    out.write_text("kept")
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    (case,) = CASES.rglob("no-such-report.yaml")
    done = run("assess", case, "-o", out)
    assert done.status == 2
    assert f"{out}: cannot be written: Permission denied" in done.err
    assert out.read_text() == "kept"


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ("[{id: ' '}]", "the id is blank"),
        ("[{id: a, proposed: {outcome: undetermined}}]", "a draft decides"),
        ("[{id: a, facts: [held]}]", "is not a mapping"),
        ("[a]", "is not a mapping"),
    ],
)
def test_what_a_case_cannot_have_is_told_in_its_line(tmp_path: Path, items: str, told: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"case: 1\nreference: R/1\nitems: {items}\n")
    done = run("assess", path)
    assert (done.status, f"{path}:3:" in done.err, told in done.err) == (2, True, True), done.err


def test_a_provision_without_rules_that_was_to_be_considered_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: 1\nreference: R/1\nitems: [{id: a, consider: [s30(1)(a)(i), s43(2)]}]\n")
    (item,) = json.loads(run("assess", path, "--no-input", "--format", "json").out)["items"]
    (found,) = (one for one in item["not_considered"] if one["provision"] == "s43(2)")
    assert "no rules" in found["why"]


def test_a_line_that_is_too_long_is_reported_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "LONGEST", 200)
    case = {"case": 1, "reference": "R/1", "items": [{"id": "a"}]}
    lines = [json.dumps({**case, "request": "x" * 300}), json.dumps(case)]
    rulebook = Rulebook.load()
    first, second = partition.answers(lines, rulebook, partition.How("direct"), 1)
    assert "longer than" in json.dumps(first, default=str)
    assert "longer than" not in json.dumps(second, default=str)


# Rulebooks


def test_a_question_that_wants_no_evidence_asks_for_none(tmp_path: Path) -> None:
    rules, case = write(tmp_path / "rules", SMALL), tmp_path / "case.yaml"
    case.write_text("case: 1\nreference: R/1\nitems: [{id: a, facts: {held: yes}}]\n")
    done = run("next", case, "--rules", rules)
    assert "Is the investigation your own?" in done.out
    assert "Evidence to keep" not in done.out


def test_an_installed_rulebook_that_is_no_folder_is_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = importlib.metadata.EntryPoint("borchester", "this", "advisor.rulebooks")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [entry])
    monkeypatch.delitem(sys.modules, "this", raising=False)
    for name in ("borchester", "anything-else"):
        done = run("rules", "list", "--rules", name)
        assert (done.status, "is not a folder of rules" in done.err) == (2, True)
    assert "installed rulebooks: borchester" in done.err


def test_a_rule_file_from_the_copy_can_itself_be_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write(tmp_path / "rules", SMALL)
    load(folder)
    kept = load(folder).files["facts.yaml"]
    twin = copy.deepcopy(kept)
    assert twin == kept
    assert kept != "facts.yaml"
    assert not hasattr(kept, "no_such_section")


def test_a_check_that_takes_long_is_announced_to_who_watches(tmp_path: Path) -> None:
    rules = write(tmp_path / "rules", SMALL)
    assert run("rules", "check", rules, typed=()).err.startswith("Checking the rulebook")
    assert run("rules", "check", rules).err == ""


def test_a_worker_that_imports_the_command_does_not_run_it() -> None:
    """Where processes are spawned and not forked, each imports the module that was run."""
    assert callable(importlib.import_module("advisor.__main__").main)


def test_a_matter_without_stage_or_kind_is_too_thin_to_score(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    matter: dict[str, Any] = {
        "title": "A v B", "citation": "one", "body": "commissioner", "decided": "2020-01-01",
        "asked": "It.", "published": "here", "seen": "all", "read": "2026-01-01", "limits": "Few.",
        "parts": [{"id": "it", "what": "it", "result": "withhold", "because": "So.",
                   "limbs": ["s30(1)(a)(i)"], "facts": {"reveals_techniques": "yes"}}],
    }  # fmt: skip
    path.write_text(yaml.safe_dump({"precedents": {"A-1": matter}}))
    report = json.loads(run("precedents", "check", path, "--format", "json").out)
    (thin,) = (one for one in report["too_thin"] if one["ref"] == "A-1")
    assert "the stage or the kind of information" in json.dumps(thin)


def test_a_wrong_rulebook_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a mapping"):
        load(write(tmp_path / "rules", SMALL | {"facts.yaml": "facts: [held]\n"}))
