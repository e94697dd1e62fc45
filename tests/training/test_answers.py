"""Answer files: what is wrong is said in its place, and harms no other trainee."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.sources import InputError
from advisor.training.answers import Answers, check_answers
from advisor.training.sheet import sheet
from tests.training.conftest import PACK, ROOT, the_exercise

CLASS = ROOT / "tests" / "training" / "answers"


def advisor(*words: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "advisor", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ADVISOR_RESULTS": str(cwd / "r.jsonl"), **env},
        check=False,
    )


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("answers: 1\ntrainee: A\ncases:\n  - case: X\n    itms: []\n", ":5:5:", "unknown key"),
        ("answers: 2\ntrainee: A\ncases: []\n", ":1:10:", "not allowed"),
        ("answers: 1\ntrainee: ' '\ncases: []\n", ":2:10:", "not filled in"),
        ("answers: 1\ntrainee: YOUR NAME\ncases: []\n", ":2:10:", "not filled in"),
        ("answers: 1\ntrainee: A\ncases: [{case: X}, {case: X}]\n", ":3:27:", "second set"),
        ("answers: [\n", ":2:1:", "not valid YAML"),
        ("", ":1:1:", "is empty"),
        ("answers: 1\ntrainee: A\ncases: [{case: X, hints: -1}]\n", ":3:26:", "hints"),
    ],
)
def test_a_broken_file_is_refused_in_its_place(
    tmp_path: Path, text: str, place: str, what: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        Answers.read(path)
    assert any(place in str(one) and what in str(one) for one in caught.value.problems), (
        caught.value
    )


def test_every_unknown_name_is_reported_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "answers: 1\ntrainee: A\ncases:\n  - case: TRAIN-101\n    items:\n"
        "      - id: lgo\n        outcome: withold\n"
        "        elements: {duty: {answer: yes}, held: {answer: perhaps, on: [99]}}\n"
        "        public_interest: {maintain: {safe_spce: {weight: some}}}\n"
        "    notice: {must_say: [S17-99]}\n"
    )
    exercise = next(
        one for found in PACK if (one := the_exercise(found)).case.reference == "TRAIN-101"
    )
    answers = Answers.read(path)
    with pytest.raises(InputError) as caught:
        check_answers(answers, 0, exercise.law, exercise.parts, len(exercise.passages))
    said = str(caught.value)
    for text in (
        "no part 'lgo'",
        "did you mean 'withhold'",
        "no fact 'duty'",
        "use yes, no",
        "no passage 99",
        "did you mean 'safe_space'",
        "no requirement 'S17-99'",
    ):
        assert text in said
    assert all(one.line for one in caught.value.problems)


def test_bad_files_harm_no_other_result(tmp_path: Path) -> None:
    for name in ("ada", "ben", "cem"):
        (tmp_path / f"{name}.yaml").write_text((CLASS / f"{name}.yaml").read_text())
    (tmp_path / "broken.yaml").write_text("answers: 1\ntrainee: [\n")
    (tmp_path / "foreign.yaml").write_text("answers: 1\ntrainee: F\ncases: [{case: OTHER-1}]\n")
    (tmp_path / "huge.yaml").write_text("answers: 1\ntrainee: H\n" + "# x\n" * 400_000)
    done = advisor(
        "train", "TRAIN-107", "--answers", ".", "--answers", "not-there.yaml", "--format", "json",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for text in ("broken.yaml:", "holds no answers to TRAIN-107; it answers OTHER-1",
                 "is larger than", "not-there.yaml: there is no such file"):  # fmt: skip
        assert text in done.stderr
    marked = json.loads(done.stdout)
    assert [(one["trainee"], one["passed"]) for one in marked] == [
        ("Ada", True),
        ("Ben", False),
        ("Cem", False),
    ]
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 3


def test_a_contest_names_a_mark_and_says_why(tmp_path: Path) -> None:
    case = "  - {case: TRAIN-107, contests: [{element: result/outcom, because: ' '}]}\n"
    (tmp_path / "a.yaml").write_text(f"answers: 1\ntrainee: A\ncases:\n{case}")
    done = advisor("train", "TRAIN-107", "--answers", "a.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "a.yaml:4:44: no mark 'result/outcom' was given; did you mean" in done.stderr
    assert "why is not said" in done.stderr
    assert not (tmp_path / "r.jsonl").exists()


def test_one_file_answers_several_cases(tmp_path: Path) -> None:
    text = (CLASS / "ada.yaml").read_text() + "  - {case: TRAIN-101}\n"
    (tmp_path / "a.yaml").write_text(text)
    folder = ROOT / "cases" / "1-foundations"
    done = advisor("train", folder, "--answers", "a.yaml", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [one["ref"] for one in json.loads(done.stdout)] == ["TRAIN-107", "TRAIN-101"]


def test_a_case_that_does_not_hold_is_marked_with_a_warning(tmp_path: Path) -> None:
    text = (ROOT / "cases" / "1-foundations" / "routine-closed-case.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(text.replace("outcome: disclose", "outcome: withhold"))
    (tmp_path / "ada.yaml").write_text((CLASS / "ada.yaml").read_text())
    done = advisor("train", "mine.yaml", "--answers", "ada.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "TRAIN-107: what the case expects does not hold" in done.stderr
    sound = advisor("train", "TRAIN-107", "--answers", "ada.yaml", cwd=tmp_path)
    assert "does not hold" not in sound.stderr


@pytest.mark.parametrize("path", PACK[::5], ids=lambda path: path.stem)
def test_a_blank_sheet_is_an_answer_file(path: Path, tmp_path: Path) -> None:
    exercise = the_exercise(path)
    made = tmp_path / "sheet.yaml"
    made.write_text(sheet([exercise], "A"))
    answers = Answers.read(made)
    place = answers.to(exercise.case.reference)
    check_answers(answers, place, exercise.law, exercise.parts, len(exercise.passages))
    form = made.read_text().split("\n\n")[0]
    assert len(form.splitlines()) < 15 + 20 * len(exercise.parts)  # the words come after it


def test_a_sheet_for_several_cases_has_them_all(tmp_path: Path) -> None:
    exercises = [the_exercise(path) for path in PACK[:3]]
    made = tmp_path / "sheet.yaml"
    made.write_text(sheet(exercises, "A"))
    wanted = [one.case.reference for one in exercises]
    assert [one.case for one in Answers.read(made).cases] == wanted


def test_what_cannot_be_marked_is_one_message(tmp_path: Path) -> None:
    for words, text in [
        (("train", "TRAIN-10"), "no shipped case of that reference"),
        (("train",), "Usage"),
        (("train", "report", "--trainee", "Nobody"), "no results of 'Nobody'"),
        (("train", "report", "--trainee", "A", "--class"), "choose one"),
        (("train", "report", "--case", "NOPE"), "no results of 'NOPE'"),
        (("train", "train-107"), "did you mean 'TRAIN-107'"),
        (("train", "TRAIN-107", "--sheet", "--answers", "a.yaml"), "choose one"),
        (("train", "TRAIN-107", "--answers", "."), "holds no answers"),
    ]:
        done = advisor(*words, cwd=tmp_path)
        assert done.returncode == 2
        assert text in done.stderr + done.stdout
        assert "Traceback" not in done.stderr
