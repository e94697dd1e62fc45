"""Batches: a line out for each line in, nothing lost or twice, bad lines passed over."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor import Case, InputError, Rulebook
from advisor.batch import running
from advisor.batch.partition import PROGRAM, How, assess_lines
from advisor.batch.running import passed_over, run
from advisor.batch.summary import Summary, as_csv, as_document, summarise
from advisor.document.html import as_html
from advisor.scenarios.finding import case_files, shipped
from tests.batch.lines import case_line
from tests.cli.in_process import run as command

RULES = Path(__file__).parents[2] / "rules"
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
    cases = CASES[::8]
    answers = map(json.loads, assess_lines(map(case_line, cases), rulebook, How(outstanding=True)))
    for number, (case, answer) in enumerate(zip(cases, answers, strict=True), 1):
        expected = {"line": number, **rulebook.assess(case, engine="direct").as_json()}
        for item, drafted in zip(expected["items"], case.items, strict=True):
            if drafted.proposed is not None:
                item["proposed"] = answer["items"][case.items.index(drafted)]["proposed"]
        assert answer == expected


def test_what_is_still_to_be_asked_is_found_where_it_is_wanted(rulebook: Rulebook) -> None:
    line = '{"case": 1, "reference": "R", "items": [{"id": "a"}]}'
    (short,) = map(json.loads, assess_lines([line], rulebook))
    (whole,) = map(json.loads, assess_lines([line], rulebook, How(outstanding=True)))
    assert "held" in whole["items"][0].pop("outstanding")
    assert short == whole


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
    assert run(source, whole, workers=1).lines == 13
    lines = whole.read_bytes().splitlines(keepends=True)
    for kept, torn in ((0, b""), (5, b""), (5, lines[5][:40]), (13, b"")):
        again.write_bytes(b"".join(lines[:kept]) + torn)
        assert run(source, again, workers=1).lines == 13
        assert again.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("kept", [0, 1, 2, 3, 4])
def test_cases_without_a_day_are_all_judged_on_the_day_the_batch_was_begun(
    tmp_path: Path, kept: int
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    undated = '{"case": 1, "reference": "R", "items": [{"id": "a"}]}\n'
    dated = undated.replace('"items"', '"decided": "2025-01-06", "items"')
    source.write_text(f"not json\n{dated}{undated}{undated}")
    run(source, out, workers=1, how=How(today=date(2026, 4, 7)))
    lines = out.read_text().splitlines(keepends=True)
    out.write_text("".join(lines[:kept]))
    run(source, out, workers=1, how=How(today=date(2026, 4, 8)))
    days = [json.loads(line).get("as_at") for line in out.read_text().splitlines()]
    begun = "2026-04-07" if kept > 2 else "2026-04-08"
    assert days == [None, "2025-01-06", begun, begun]


def test_another_inputs_output_is_not_written_to(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("{}\n" * 20)
    with pytest.raises(InputError):
        run(source, out, workers=1)


def another_rulebook(folder: Path) -> Path:
    shutil.copytree(RULES, folder)
    with next(folder.rglob("*.yaml")).open("a", encoding="utf-8") as file:
        file.write("\n# a rulebook that says the same in other bytes is another one\n")
    return folder


@pytest.mark.parametrize("kept", [1, 4, 13])
def test_a_batch_goes_on_only_as_it_was_begun(source: Path, tmp_path: Path, kept: int) -> None:
    out = tmp_path / "out.jsonl"
    run(source, out, workers=1)
    begun = b"".join(out.read_bytes().splitlines(keepends=True)[:kept])
    out.write_bytes(begun)
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(reversed(source.read_text().splitlines())) + "\n")
    rules = another_rulebook(tmp_path / "rules")
    for where, options in (
        (other, {}),
        (source, {"rules": rules}),
        (source, {"how": How(as_at=date(2026, 4, 7))}),
        (source, {"how": How("durable")}),
    ):
        if kept == 4 and "how" in options:
            continue  # the last answer is of the bad line, which is so by every how
        with pytest.raises(InputError):
            run(where, out, workers=1, **options)
        assert out.read_bytes() == begun
    assert run(source, out, workers=1).lines == 13


def test_a_rulebook_that_changes_meanwhile_is_not_mixed_in(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = another_rulebook(tmp_path / "rules")
    monkeypatch.setattr(running, "_begin", lambda _: setattr(running, "_rulebook", changed))
    changed = Rulebook.load(rules)
    out = tmp_path / "out.jsonl"
    with pytest.raises(InputError) as told:
        run(source, out, workers=1)
    assert "rulebook" in str(told.value)
    assert out.read_bytes() == b""


def test_an_input_that_shrinks_meanwhile_is_said_to_have_changed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_lines_of", lambda _: 14)
    with pytest.raises(InputError) as told:
        run(source, tmp_path / "out.jsonl", workers=1)
    assert "changed" in str(told.value)


def test_all_are_judged_under_the_law_of_the_day_that_is_asked_for(
    source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run(source, out, workers=1, how=How(as_at=date(2026, 4, 7)))
    answers = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert {one["as_at"] for one in answers if "as_at" in one} == {"2026-04-07"}


def test_a_mark_at_the_head_of_a_file_is_none_of_its_text(source: Path, tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.jsonl", tmp_path / "marked.jsonl"
    run(source, plain, workers=1)
    source.write_bytes(b"\xef\xbb\xbf" + source.read_bytes())
    run(source, marked, workers=1)
    assert marked.read_bytes() == plain.read_bytes()


def test_an_error_of_the_program_stops_one_line_only(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, whole = case_line(CASES[0]), Rulebook.assess

    def assess(self: Rulebook, case: Case, **options: object) -> object:
        if case.reference == "BREAKS":
            raise KeyError("x")
        return whole(self, case, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Rulebook, "assess", assess)
    lines = [json.dumps({**json.loads(line), "reference": "BREAKS"}), line]
    first, second = map(json.loads, assess_lines(lines, rulebook))
    assert first["problems"][0].startswith(PROGRAM)
    assert second["items"]


def test_a_folder_of_cases_is_an_input_too(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    folder = shipped() / "routes"
    assert run(folder, out, workers=1).lines == len(case_files([folder]))
    assert summarise(out).unusable == 0


def test_a_case_file_that_cannot_be_used_is_named_as_assess_names_it(tmp_path: Path) -> None:
    folder, out = tmp_path / "cases", tmp_path / "out.jsonl"
    folder.mkdir()
    whole = (shipped() / "1-foundations" / "live-burglary-file.yaml").read_text()
    texts = {"a": "case: 1\nreference: [x\n", "b": whole.replace("held: ", "hedl: ", 1), "c": whole}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    assert run(folder, out, workers=1).unusable == 2
    first, second, third = map(json.loads, out.read_text().splitlines())
    for name, answer in (("a", first), ("b", second)):
        with pytest.raises(InputError) as told:
            Rulebook.load().read(folder / f"{name}.yaml")
        assert answer["problems"] == [str(one) for one in told.value.problems]
    assert third["items"]
    assert passed_over(folder, out, 1) == first["problems"]
    assert passed_over(folder, out, 9) == [*first["problems"], *second["problems"]]


def test_a_line_that_cannot_be_used_is_said_with_its_number(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(source, out, workers=1)
    (told,) = passed_over(source, out, 9)
    assert told.startswith(f"{source}:4: is not JSON")


def test_a_batch_of_files_goes_on_where_it_was(tmp_path: Path) -> None:
    out, undated = tmp_path / "out.jsonl", "case: 1\nreference: R\nitems: [{id: a}]\n"
    for name, text in (("a", "["), ("b", undated), ("c", undated)):
        (tmp_path / f"{name}.yaml").write_text(text)
    run(tmp_path, out, workers=1, how=How(today=date(2026, 4, 7)))
    whole = out.read_bytes()
    for kept in (1, 2):
        out.write_bytes(b"".join(whole.splitlines(keepends=True)[:kept]))
        day = date(2026, 4, 8 if kept > 1 else 7)  # which the first answer of an undated case keeps
        run(tmp_path, out, workers=1, how=How(today=day))
        assert out.read_bytes() == whole


def test_one_case_file_is_a_batch_of_one(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    found = run(shipped() / "1-foundations" / "live-burglary-file.yaml", out, workers=1)
    assert (found.lines, found.unusable) == (1, 0)
    with pytest.raises(InputError):
        run(tmp_path / "not-there.yaml", tmp_path / "other.jsonl", workers=1)


@pytest.mark.parametrize("name", ["one.yml", "ONE.YAML", "one.Yml"])
def test_a_case_file_is_known_by_its_ending_alone_and_in_a_folder(
    tmp_path: Path, name: str
) -> None:
    folder, out = tmp_path / "cases", tmp_path / "out.jsonl"
    folder.mkdir()
    whole = shipped() / "1-foundations" / "live-burglary-file.yaml"
    shutil.copy(whole, folder / name)
    assert run(folder / name, out, workers=1).items == len(Case.read(whole).items)
    shutil.copy(whole, folder / "another.yaml")
    (folder / "survivors.yml").write_text("a change: Why it may go unnoticed.\n")
    assert run(folder, tmp_path / "both.jsonl", workers=1).lines == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes in a folder are those of POSIX")
def test_a_pipe_is_no_input(tmp_path: Path) -> None:
    pipe, out = tmp_path / "pipe", tmp_path / "out.jsonl"
    os.mkfifo(pipe)
    with pytest.raises(InputError) as told:
        run(pipe, out, workers=1)
    assert [one.file for one in told.value.problems] == [str(pipe)]
    assert not out.exists()


def test_of_an_output_no_more_is_read_than_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("not json\n" * 2)
    asked: list[int] = []
    monkeypatch.setattr(running, "passed_over", lambda *given: asked.append(given[-1]) or ())
    ended = command("batch", source, "-o", out, "--workers", "1")
    assert (ended.status, asked) == (0, [2])


def test_the_summary_counts_what_the_answers_say(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(source, out, workers=1)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    found = summarise(out)
    assert (found.lines, found.unusable) == (13, 1)
    assert found == run(source, out, workers=1)
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
