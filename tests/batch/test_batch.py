"""Batches: a line out for each line in, nothing lost or twice, bad lines passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor import Case, InputError, Rulebook
from advisor.batch.partition import assess_lines, case_line
from advisor.batch.running import run
from advisor.batch.summary import Summary, as_csv, as_document, summarise
from advisor.document.html import as_html
from advisor.scenarios.finding import case_files, shipped

CASES = [Case.read(path) for path in case_files([shipped()])]
BAD = [
    "",
    "{",
    "[]",
    "null",
    '{"case": 1}',
    '{"case": 1, "case": 1}',
    "[" * 100_000,
    '{"case": 1, "reference": "R", "items": [{"id": "a", "facts": {"hedl": "yes"}}]}',
    '{"case": 1, "reference": "R", "items": [{"id": "a", "facts": {"held": NaN}}]}',
]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def test_a_line_answers_as_its_case_does(rulebook: Rulebook) -> None:
    answers = [json.loads(one) for one in assess_lines(map(case_line, CASES), rulebook)]
    for number, (case, answer) in enumerate(zip(CASES, answers, strict=True), 1):
        expected = rulebook.assess(case, engine="direct")
        assert answer["line"] == number
        assert [i["outcome"] for i in answer["items"]] == [i.outcome for i in expected.items]


def test_yes_and_numbers_may_be_written_as_json_has_them(rulebook: Rulebook) -> None:
    line = json.dumps(
        {
            "case": 1,
            "reference": "R",
            "decided": "2026-01-05",
            "facts": {"valid_request": False},
            "items": [{"id": "a", "facts": {"latest_record_year": 2020, "held": True}}],
        }
    )
    (answer,) = map(json.loads, assess_lines([line], rulebook))
    assert answer["items"][0]["outcome"] == "not_a_valid_request"


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_reported_and_stops_nothing(rulebook: Rulebook, line: str) -> None:
    good = case_line(CASES[0])
    first, second = map(json.loads, assess_lines([line, good], rulebook))
    assert first["problems"]
    assert set(first) == {"line", "problems"}
    assert second["items"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [case_line(case) for case in CASES[:12]]
    lines[3:3] = ["not json"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_batch_that_was_stopped_goes_on_without_loss_or_repetition(
    source: Path, tmp_path: Path
) -> None:
    whole, again = tmp_path / "whole.jsonl", tmp_path / "again.jsonl"
    assert run(source, whole, workers=1) == 13
    lines = whole.read_bytes().splitlines(keepends=True)
    for kept, torn in ((0, b""), (5, b""), (5, lines[5][:40]), (13, b"")):
        again.write_bytes(b"".join(lines[:kept]) + torn)
        assert run(source, again, workers=1) == 13
        assert again.read_bytes() == whole.read_bytes()


def test_another_inputs_output_is_not_written_to(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("{}\n" * 20)
    with pytest.raises(InputError):
        run(source, out, workers=1)


def test_a_folder_of_cases_is_an_input_too(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    folder = shipped() / "routes"
    assert run(folder, out, workers=1) == len(case_files([folder]))
    assert summarise(out).unusable == 0


def test_the_summary_counts_what_the_answers_say(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(source, out, workers=1)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    found = summarise(out)
    assert (found.lines, found.unusable) == (13, 1)
    items = [item for answer in answers for item in answer.get("items", [])]
    assert found.items == len(items) == found.outcomes.total()
    different = [i for i in items if "proposed" in i and i["proposed"]["outcome"] != i["outcome"]]
    assert found.differ.total() == len(different)


def test_a_summary_runs_nothing_in_a_spreadsheet_or_a_browser(rulebook: Rulebook) -> None:
    law = rulebook.law(rulebook.as_at(CASES[0]))
    found = Summary(lines=1, items=1)
    for text in ("=1+1", "@cmd", "<script>x</script>"):
        found.provisions[text] += 1
    assert "\n=1" not in as_csv(found, law)
    assert ",=1+1" not in as_csv(found, law)
    assert "<script" not in as_html(as_document(found, law))


def test_an_output_that_no_batch_wrote_is_left_as_it_is(source: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("kept\nalso kept")
    for out in (notes, source):
        before = out.read_bytes()
        with pytest.raises(InputError):
            run(source, out, workers=1)
        assert out.read_bytes() == before
