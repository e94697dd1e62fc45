"""`advisor next` and `advisor whatif`: the shapes that the outside relies on, and the words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from advisor import InputError
from advisor.cli.app import app
from tests.interview.answering import LIVE_FILE, asked_until, begun, said_to

ROOT = Path(__file__).parents[2]
SEED = ROOT / "cases" / "mps-01-foi-23-028157.yaml"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def as_json(*words: str | Path) -> Any:
    done = run(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.yaml"
    path.write_text("{case: 1, reference: R/1, items: [{id: file}]}")
    return path


def test_next_of_nothing_is_the_first_gate(empty: Path) -> None:
    found = as_json("next", empty)
    assert (found["item"], found["fact"]) == (None, "valid_request")
    assert {"question", "help", "why", "authority", "answers"} <= found.keys()
    assert [one["value"] for one in found["answers"]] == ["yes", "no"]
    assert found["answers"][1]["leads_to"] == ["not_a_valid_request"]
    assert "FOIA 2000 s.8(1)" in found["authority"]


def test_a_part_is_meant_by_its_number_as_well() -> None:
    parts = [one["id"] for one in as_json("assess", SEED)["items"]]
    for number, part in enumerate(parts, 1):
        words = ("whatif", SEED, "--item")
        assert as_json(*words, str(number)) == as_json(*words, part)
    for none in ("0", str(len(parts) + 1), "²", "99999999999"):
        refused = run("whatif", SEED, "--item", none).exception
        assert isinstance(refused, InputError)
        assert [one.file for one in refused.problems] == [str(SEED)]


def test_a_year_that_would_turn_the_outcome_stands_for_all_of_its_kind() -> None:
    said = " ".join(run("whatif", SEED, "--item", "2").stdout.split())
    years = [
        one["set"]["latest_record_year"]
        for one in as_json("whatif", SEED, "--item", "2")["changes"]
        if list(one["set"]) == ["latest_record_year"]
    ]
    assert len(years) > 1
    assert f"Up to {max(map(int, years))}." in said


def test_next_of_a_whole_case_is_nothing() -> None:
    assert as_json("next", SEED) == {"item": None, "fact": None}
    assert run("next", SEED).stdout == "Nothing is left to ask.\n"


def test_next_is_what_the_interview_asks(tmp_path: Path) -> None:
    """Answered one after another from the command, the file comes to where the interview ends."""
    interview = begun(walked=False)
    asked_until(interview, "valid_request")
    request: dict[str, str] = {}
    item: dict[str, str] = {}
    path = tmp_path / "case.yaml"
    while interview.prompt.step.kind != "done":
        case = {"case": "1", "reference": "R/1", "received": "2026-02-09", "decided": "2026-03-02"}
        whole = {**case, "facts": request, "items": [{"id": "file", "facts": item}]}
        path.write_text(yaml.safe_dump(whole))
        found, step = as_json("next", path), interview.prompt.step
        assert (found["fact"], found["item"] is None) == (step.key, step.item is None)
        value = said_to(interview.prompt, LIVE_FILE)
        assert interview.answer(value).ok
        (request if step.item is None else item)[step.key] = value


def test_next_asks_for_the_notice_last_and_says_so(tmp_path: Path) -> None:
    interview = begun(walked=False)
    asked_until(interview, "duty_source")
    facts = interview.case.items[0].facts
    case = {
        "case": "1", "reference": "R", "decided": "2026-03-02", "facts": interview.case.facts,
        "items": [{"id": "file", "facts": facts}],
    }  # fmt: skip
    path = tmp_path / "case.yaml"
    path.write_text(yaml.safe_dump(case))
    found = as_json("next", path)
    assert (found["item"], found["fact"], found["changes"]) == ("file", "duty_source", "notice")
    assert found["answers"] == []


def test_next_in_words_fits_and_tells_what_answers_lead_to(empty: Path) -> None:
    shown = run("next", empty).stdout
    assert "Is it a valid request?" in shown
    assert "No: not a valid request." in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_what_if_gives_before_and_after_of_one_part() -> None:
    words = ("whatif", SEED, "--item", "live-offences", "--set", "duty_to_investigate=no")
    found = as_json(*words)
    assert found.keys() == {"before", "after"}
    assert (found["before"]["outcome"], found["after"]["outcome"]) == ("withhold", "disclose")
    assert "Before: Withhold" in run(*words).stdout


def test_what_if_gives_minimal_changes_smallest_first() -> None:
    found = as_json("whatif", SEED, "--item", "live-offences")
    assert {"set": {"duty_to_investigate": "no"}, "outcome": "disclose"} in found["changes"]
    sizes = [len(one["set"]) for one in found["changes"]]
    assert sizes == sorted(sizes)
    single = [set(one["set"].items()) for one in found["changes"] if len(one["set"]) == 1]
    assert not any(
        one <= set(other["set"].items())
        for one in single
        for other in found["changes"]
        if len(other["set"]) > 1
    )


def test_several_parts_are_answered_for_in_a_list() -> None:
    found = as_json("whatif", SEED, "--set", "held=no")
    assert [(one["id"], one["after"]["outcome"]) for one in found] == [
        ("closed-offence", "not_held"), ("live-offences", "not_held"), ("referrals", "not_held"),
    ]  # fmt: skip
    assert [one["id"] for one in as_json("whatif", SEED)] == [one["id"] for one in found]


def test_an_answer_can_be_taken_back_or_made_unknown(empty: Path) -> None:
    for given in ("duty_to_investigate=unknown", "duty_to_investigate="):
        found = as_json("whatif", SEED, "--item", "live-offences", "--set", given)
        assert found["after"]["outcome"] == "undetermined"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--set", "heldd=no"], "did you mean 'held'?"),
        (["--set", "held"], "write FACT=VALUE"),
        (["--set", "held=perhaps"], "use yes, no or unknown"),
        (["--item", "live-offence"], "did you mean 'live-offences'?"),
    ],
)
def test_what_cannot_be_is_told(words: list[str], told: str) -> None:
    done = run("whatif", SEED, *words)
    assert done.exit_code != 0
    assert told in str(done.exception)
