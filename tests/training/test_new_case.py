"""`advisor cases new` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.training.conftest import ROOT
from tests.training.test_answers import advisor


def test_an_assessment_becomes_a_case_and_what_was_taken_out_is_said(tmp_path: Path) -> None:
    words = ("cases", "new", "--from", "TRAIN-202", "--reference", "NEW-1")
    done = advisor(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("case: 1\nreference: NEW-1\n")
    assert "Borchester" not in done.stdout
    assert "Quarry Lane" not in done.stdout
    assert "authority.name: Borchester Constabulary -> The authority" in done.stderr
    assert advisor(*words, "-o", "new.yaml", cwd=tmp_path).returncode == 0
    assert advisor("cases", "check", "new.yaml", cwd=tmp_path).returncode == 0


def test_what_a_case_for_training_does_not_state_is_said(tmp_path: Path) -> None:
    case = (ROOT / "cases" / "1-foundations" / "live-burglary-file.yaml").read_text()
    (tmp_path / "whole.yaml").write_text(case)
    assert advisor("cases", "check", "whole.yaml", cwd=tmp_path).stderr == ""
    lines = [line for line in case.splitlines() if "wrongdoing_by_authority: " not in line]
    assert len(lines) < len(case.splitlines())
    (tmp_path / "open.yaml").write_text("\n".join(lines))
    said = advisor("cases", "check", "open.yaml", cwd=tmp_path).stderr
    assert "part log: not stated: wrongdoing_by_authority" in said


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text("mine")
    done = advisor("cases", "new", "--from", "TRAIN-202", "-o", "new.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert (tmp_path / "new.yaml").read_text() == "mine"


def test_variants_are_listed_before_they_are_written(tmp_path: Path) -> None:
    words = ("cases", "new", "--from", "TRAIN-202", "--vary", "--most", "3", "--format", "json")
    done = advisor(*words, cwd=tmp_path)
    listed = json.loads(done.stdout)
    assert [one["ref"] for one in listed] == ["TRAIN-202-V1", "TRAIN-202-V2", "TRAIN-202-V3"]
    assert all(one["outcomes"] and one["file"] is None for one in listed)
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_nobody_is_asked(tmp_path: Path) -> None:
    done = advisor("cases", "new", cwd=tmp_path)
    assert done.returncode == 2
    assert "nobody is there to ask" in done.stderr
    done = advisor("cases", "new", "--vary", cwd=tmp_path)
    assert done.returncode == 2
    assert "--from" in done.stderr
