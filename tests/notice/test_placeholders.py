"""What is still to be filled in is no statement, and is shown in the answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor.cli.app import app
from advisor.notice.checking import NoticeCheck, check
from advisor.notice.placeholders import placeholders
from advisor.notice.reading import of_text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load

LAW = Law(load(), date(2026, 11, 22))
GOOD = Path(__file__).with_name("letters") / "police-live-good.txt"
REFUSED = (
    "We hold the log and withhold it under section 30(1)(a)(i) of the Act, as it was gathered in "
    "our investigation of a murder, which police have a duty to investigate.\n\n"
)


def checked(text: str) -> NoticeCheck:
    return check(of_text(text).lines, LAW)


def statuses(text: str) -> dict[str, str]:
    return {one.id: one.status for one in checked(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "[placeholder: the name of whoever signs]",
        "[insert review paragraph]",
        "[Insert the paragraph on internal review,\nwith the forty working days]",
        "[Delete as appropriate: You may ask for an internal review / There is no review]",
        "[insert the review paragraph [template 4] here]",
        "[review paragraph]",
        "[Review wording to be added]",
        "[ICO details here]",
        "[explain why the exemption applies]",
        "[date]",
        "[name of the officer]",
        "[XX]",
        "[TBC]",
        "{insert reasons}",
        "{{ applicant_name }}",
        "<<Name>>",
        "«First_Name»",
        "<insert exemption>",
        "(insert date)",
        "(delete as appropriate)",
        "Click or tap here to enter text.",
        "Choose an item.",
        "Error! Reference source not found.",
        "INSERT REVIEW PARAGRAPH HERE",
        "To be completed by the legal team",
        "TBC",
        "????",
        "XX/XX/2026",
    ],
)
def test_what_asks_to_be_filled_in_is_a_placeholder(text: str) -> None:
    assert placeholders(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "[2025] UKSC 27",
        "[section 40(2)]",
        "section 30[(1)(a)(i)]",
        "[name redacted]",
        "[the] officer attended",
        "[the authority] held it",
        "[sic]",
        "[...]",
        "[1]",
        "[ ] I agree",
        "[our website](https://police.example/foi)",
        "[You may ask for an internal review.]",
        "<foi@council.example>",
        "<https://council.example/page>",
        "<section>",
        "(the Act)",
        "(including the date)",
        "(name and address supplied)",
        "Please insert the coin here and there.",
    ],
)
def test_what_else_stands_in_brackets_is_none(text: str) -> None:
    assert placeholders(text) == []


@pytest.mark.parametrize(
    "rights",
    [
        "Asking us to look again\n\n[insert review paragraph]",
        "If you are unhappy\n\nInternal review\n\n[insert review paragraph]",
        "## Internal review\n\n[Insert the standard paragraph\non internal review here]",
        "Right of review:\n\nClick or tap here to enter text.",
        "Internal review\n---------------\n\n[insert]",
        "Internal review procedure: [insert]",
        "Internal review\n\n*To be added by the team.*",
        "Internal review\n\nTBC",
        "[Delete as appropriate: You may ask for an internal review / We have no review procedure]",
        "{{ You may ask for an internal review }}",
    ],
)
def test_a_placeholder_is_no_statement_whatever_its_heading(rights: str) -> None:
    regulator = "\n\nYou may apply to the Information Commissioner for a decision.\n"
    found = statuses(REFUSED + rights + regulator)
    assert found["S17-50"] == "missing"
    assert found["S17-51"] == "met"


def test_a_placeholder_specifies_no_exemption_and_no_day() -> None:
    found = checked(
        "We hold the report. It is exempt under [section 30(1)(a)(i) or other exemption here], as "
        "[reason]. We have not decided the public interest, and expect to by [3 May 2027, TBC]."
    )
    status = {one.id: one.status for one in found.findings}
    assert (status["S17-05"], status["S17-12"]) == ("missing", "missing")
    assert found.cited == ()


def test_a_heading_over_a_placeholder_still_gives_the_number_of_the_exemption() -> None:
    heading = "Section 30(1)(a)(i) - Investigations\n\n[insert why it applies]\n\n"
    found = checked(f"We are withholding the report.\n\n{heading}You may complain to the ICO.")
    assert found.cited == ("s30(1)(a)(i)",)


def test_a_rule_under_a_heading_is_no_placeholder() -> None:
    said = (
        "Internal review\n===============\n\nYou may ask for one: an internal review by the Clerk."
    )
    assert statuses(REFUSED + said)["S17-50"] == "met"


def test_every_placeholder_is_named_with_its_line_and_its_words() -> None:
    found = checked("Dear [name]\n\nWe will write by\n[date of\ndecision]. See [2025] UKSC 27.")
    shown = [(one.line, one.text) for one in found.placeholders]
    assert shown == [(1, "[name]"), (4, "[date of decision]")]


def test_a_letter_with_placeholders_does_not_look_ready(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    whole = GOOD.read_text()
    for text, ready in ((whole, True), (f"{whole}\n[insert name of officer]\n", False)):
        letter.write_text(text)
        shown = CliRunner().invoke(app, ["check-notice", str(letter)]).stdout
        told = CliRunner().invoke(app, ["check-notice", str(letter), "--format", "json"]).stdout
        assert ("Not ready to send" in shown) == (not ready)
        assert ("[insert name of officer]" in shown) == (not ready)
        texts = [one["text"] for one in json.loads(told)["placeholders"]]
        assert texts == ([] if ready else ["[insert name of officer]"])


def test_many_placeholders_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(REFUSED + "[date]\n" * 40)
    shown = CliRunner().invoke(app, ["check-notice", str(letter)]).stdout
    assert "And 28 more." in shown


def test_brackets_without_end_cost_no_time() -> None:
    assert placeholders("[a" * 50_000 + "[" * 50_000 + "(" * 50_000 + "<" * 50_000) == []
