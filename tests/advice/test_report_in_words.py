"""The report says in words what the assessment has as data, whatever the matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.in_process import Ended, run

CASES = Path(__file__).parents[2] / "cases"


def both(name: str, *words: str | Path) -> tuple[dict[str, Any], Ended]:
    """A case's assessment as data and as text."""
    (case,) = CASES.rglob(f"{name}.yaml")
    options = ("--engine", "direct", *words)
    data = json.loads(run("assess", case, "--format", "json", *options).out)
    return data, run("assess", case, *options)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["routine-closed-case", "the-same-again", "which-incident"])
def test_what_is_to_watch_for_the_whole_request_is_said(name: str) -> None:
    data, report = both(name)
    assert data["warnings"]
    watch = report.said.split("Watch, for the request as a whole")[1]
    for one in data["warnings"]:
        assert flat(one["text"]) in watch
    errors = [one["id"] for one in data["warnings"] if one["level"] == "error"]
    assert ("The request, mistake:" in report.said) == bool(errors)


@pytest.mark.parametrize("name", ["closed-but-not-open", "who-told-them"])
def test_what_is_not_counted_is_said_with_its_reason(name: str) -> None:
    data, report = both(name)
    balances = [
        item[key]
        for item in data["items"]
        for key in ("public_interest", "public_interest_confirm_or_deny")
        if item[key]
    ]
    reasons = [one["reason"] for balance in balances for one in balance["excluded"]]
    assert reasons
    for reason in reasons:
        assert f"Not counted: {flat(reason)}" in report.said


@pytest.mark.parametrize("name", ["why-the-case-was-reviewed", "rt-04-balance-open"])
def test_a_balance_that_waits_asks_for_a_holding_notice(name: str) -> None:
    _, report = both(name)
    assert "a holding notice is needed" in report.said
    assert "the public interest, which you have put off" in report.said


def test_a_matter_that_constrains_says_so_and_that_the_advice_goes_against_it() -> None:
    data, report = both("rt-03-officer-concluded")
    against = [m for item in data["items"] for m in item["precedents"] if m["against"]]
    assert against
    for one in against:
        assert flat(one["citation"]) in report.said
        assert f"It constrains you to {one['constrains']}" in report.said
    assert "The recommendation goes against it." in report.said
    assert "a decided matter goes the other way" in report.said
    (case,) = CASES.rglob("rt-03-officer-concluded.yaml")
    assert "It constrains (" in run("precedents", "near", case).said


def test_a_matter_of_a_binding_court_is_said_to_bind() -> None:
    data, report = both("rt-04-disclosing-undecided")
    constraining = [m for item in data["items"] for m in item["precedents"] if m["constrains"]]
    assert constraining
    assert ("Decisions of this level bind on the law." in report.said) == any(
        one["binds"] for one in constraining
    )


@pytest.mark.parametrize("name", ["a-name-on-a-card", "a-fee-first"])
def test_where_no_day_can_be_named_the_reason_is(name: str) -> None:
    data, report = both(name)
    assert data["notice"]["due"] is None
    assert flat(data["notice"]["note"]) in report.said
    assert "at the latest" not in report.said


def test_a_date_that_a_proclamation_could_move_is_provisional() -> None:
    data, report = both("honours-inquiry")
    assert data["notice"]["provisional"] is True
    assert "That date is provisional" in report.said


@pytest.mark.parametrize("name", ["what-we-do-not-know", "confidence-in-enforcement"])
def test_a_weight_that_open_answers_could_raise_says_how_far(name: str) -> None:
    data, report = both(name)
    rising = [
        (factor["weight"], factor["may_rise_to"])
        for item in data["items"]
        for factor in (
            *item["public_interest"]["maintain"], *item["public_interest"]["disclose"]
        )
        if factor["weight"] not in (0, "none") and factor.get("may_rise_to") is not None
    ]  # fmt: skip
    assert rising
    assert report.said.count("as an open answer falls") == len(rising)


@pytest.mark.parametrize("name", ["the-same-again", "cost-of-the-operation", "three-in-one-letter"])
def test_what_a_notice_must_say_names_the_parts_that_it_is_only_for(name: str) -> None:
    data, report = both(name)
    required = data["notice"]["requirements"]
    parts = [item["id"] for item in data["items"]]
    named = [flat(f"Only for {', '.join(one['items'])}.") for one in required
             if one["severity"] in "MC" and len(one["items"]) < len(parts)]  # fmt: skip
    shown = [text for text in named if text in report.said]
    assert len({*named} - {*shown}) <= 1  # those for the same parts as the refusal say so once
    assert ("Good practice as well:" in report.said) == any(
        one["severity"] not in "MC" for one in required
    )


# The letter and its annex


def test_the_annex_keeps_answers_and_notes_and_what_was_to_be_looked_at(tmp_path: Path) -> None:
    (case,) = CASES.rglob("the-book-itself.yaml")
    letter, annex = tmp_path / "letter.md", tmp_path / "annex.md"
    assert run("letter", case, "-o", letter, "--annex", annex).status == 0
    kept = flat(annex.read_text().replace("\\", ""))
    data = yaml.safe_load(case.read_text())
    notes = [*data.get("notes", {}).values()]
    notes += [text for item in data["items"] for text in item.get("notes", {}).values()]
    assert notes
    for text in notes:
        assert flat(str(text)) in kept


def test_an_annex_to_a_case_of_which_little_is_known(tmp_path: Path) -> None:
    case, annex = tmp_path / "case.yaml", tmp_path / "annex.md"
    case.write_text(
        "case: 1\nreference: R/1\nreceived: 2026-02-09\nnotes: {received: It came by post.}\n"
        "facts: {valid_request: no}\nitems: [{id: log}, {id: file}]\n"
    )
    assert run("letter", case, "-o", tmp_path / "letter.md", "--annex", annex).status == 0
    kept = flat(annex.read_text().replace("\\", ""))
    assert "It came by post." in kept
    assert "Is it a valid request?" in kept
    assert "Part 1 (log)" not in kept


def test_a_word_document_is_not_put_in_json_and_the_template_can_be_had_beside_a_letter(
    tmp_path: Path,
) -> None:
    (case,) = CASES.rglob("live-burglary-file.yaml")
    out, template = tmp_path / "letter.docx", tmp_path / "template.docx"
    refused = run("letter", case, "-o", out, "--format", "json")
    assert (refused.status, out.exists()) == (2, False)
    assert "use --to md or --to html" in refused.err
    done = run("letter", case, "-o", out, "--save-template", template)
    assert done.status == 0
    assert [one.read_bytes()[:2] for one in (out, template)] == [b"PK", b"PK"]


@pytest.mark.parametrize("name", ["holiday-park", "silence-and-policy", "the-managers"])
def test_a_letter_that_neither_confirms_nor_denies_says_nothing_of_the_matter(name: str) -> None:
    (case,) = CASES.rglob(f"{name}.yaml")
    done = run("letter", case, "--engine", "direct")
    assert done.status in (0, 1)
    assert "confirm nor den" in done.said


# The calendar of a deadline


def test_a_deadline_counted_from_a_clarification_and_over_an_unproclaimed_day(
    tmp_path: Path,
) -> None:
    ics = tmp_path / "due.ics"
    words = ("deadline", "2026-03-02", "--clarified", "2026-03-16")
    done = run(*words)
    assert "Clarified Monday 16 March 2026, and counted from then." in done.said
    far = run("deadline", "2029-12-10", "--ics", ics)
    assert "That date is provisional." in far.said
    assert "The date is provisional." in ics.read_text().replace("\r\n ", "")
