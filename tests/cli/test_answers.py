"""Answers from a file or a pipe, or none at all: a message or a result, and never a wait."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.register.store import Register
from tests.interview.answering import LIVE_FILE, begun, said_to

ROOT = Path(__file__).parents[2]


def advisor(
    *words: str | Path, register: Path, piped: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "advisor", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=120,
        check=False,
        env={**os.environ, "ADVISOR_REGISTER": str(register)},
        **({"stdin": subprocess.DEVNULL} if piped is None else {"input": piped}),
    )


def whole_interview() -> list[str]:
    """What is typed from the reference to the end, Enter as `:skip`."""
    interview, typed = begun(), []
    while interview.prompt.step.kind != "done":
        typed.append(said_to(interview.prompt, LIVE_FILE) or ":skip")
        text = "" if typed[-1] == ":skip" else typed[-1]
        assert interview.answer(text).ok
    return typed


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture(scope="module")
def typed() -> list[str]:
    return whole_interview()


@pytest.mark.parametrize("words", [["assess"], ["assess", "--no-input"], ["resume", "begun"]])
@pytest.mark.parametrize("piped", [None, "", "yes\nyes\n"])
def test_without_a_terminal_nothing_is_asked_or_read(
    register: Path, words: list[str], piped: str | None
) -> None:
    with Register(register) as saved:
        saved.create("begun")
    done = advisor(*words, register=register, piped=piped)
    assert done.returncode == 2
    assert "no terminal" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("review", [(), ("--review",)])
def test_an_unknown_reference_is_told_before_the_terminal_is_missed(
    register: Path, review: tuple[str, ...]
) -> None:
    with Register(register) as saved:
        saved.create("FOI/1")
    done = advisor("resume", "FOI/2", *review, register=register)
    assert (done.returncode, done.stdout) == (2, "")
    assert "FOI/2" in done.stderr
    assert "terminal" not in done.stderr


def test_a_file_of_answers_is_the_same_path(
    register: Path, tmp_path: Path, typed: list[str]
) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("# The live file\n\n" + "\n\n".join(typed) + "\n")
    done = advisor("assess", "--answers", answers, "--format", "json", register=register)
    assert done.returncode == 0, done.stderr
    assert [one["outcome"] for one in json.loads(done.stdout)["items"]] == ["withhold"]
    assert "advisor resume FOI/2026/0417" in done.stderr
    with Register(register) as saved:
        last = saved.open("FOI/2026/0417").events[-1]
    assert (last.kind, last.by) == ("assessed", LIVE_FILE["by"])


def test_answers_that_run_out_are_kept_and_gone_on_with(register: Path, typed: list[str]) -> None:
    first, rest = typed[:20], typed[20:]
    done = advisor("assess", "--answers", "-", register=register, piped="\n".join(first))
    assert done.returncode == 3
    assert done.stdout == ""
    assert "answers are saved" in done.stderr
    reference = LIVE_FILE["reference"]
    words = ("resume", reference, "--answers", "-")
    done = advisor(*words, register=register, piped="\n".join(rest))
    assert done.returncode == 0
    begins = done.stderr[: done.stderr.index("\n> ")]
    assert reference in begins
    assert "Part 1: The whole of the request" in begins, "it says where it stands"
    assert "WITHHOLD" in done.stdout


def test_the_command_to_go_on_with_finds_a_register_that_was_named(
    register: Path, tmp_path: Path, typed: list[str]
) -> None:
    named = ("--register", tmp_path / "of my own.db")
    done = advisor(
        "assess", "--answers", "-", *named, register=register, piped="\n".join(typed[:9])
    )
    (line,) = (one for one in done.stderr.splitlines() if one.strip().startswith("advisor resume"))
    again = [*shlex.split(line)[1:], "--answers", "-"]
    done = advisor(*again, register=register, piped="\n".join(typed[9:]))
    assert done.returncode == 0, done.stderr
    assert not register.exists()


def test_a_wrong_answer_in_a_file_is_named_with_its_line(register: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("FOI/1\n:skip\n\npolcie\n")
    done = advisor("assess", "--answers", answers, register=register)
    assert done.returncode == 2
    assert f"{answers}:4:1: 'polcie' is not one of the answers; did you mean police?" in done.stderr
    with Register(register) as saved:
        assert saved.open("FOI/1").events


def test_commands_work_in_a_file_and_an_answer_too_many_is_told(
    register: Path, tmp_path: Path, typed: list[str]
) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("\n".join([*typed, ":change held no", ""]))
    done = advisor("assess", "--answers", answers, register=register)
    assert (done.returncode, "NOT HELD" in done.stdout) == (0, True)
    answers.write_text("\n".join(["FOI/2", *typed[1:], "yes"]))
    done = advisor("assess", "--answers", answers, register=register)
    assert done.returncode == 2
    assert f":{len(typed) + 1}:1: nothing is left to ask" in done.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named(
    register: Path, tmp_path: Path, content: bytes | None
) -> None:
    answers = tmp_path / "answers.txt"
    if content is not None:
        answers.write_bytes(content)
    done = advisor("assess", "--answers", answers, register=register)
    assert done.returncode == 2
    assert "answers.txt: cannot be read" in done.stderr
    assert not register.exists()


def test_what_answers_contain_is_never_obeyed(register: Path) -> None:
    said = [
        "FOI/[bold]3",
        "\x1b]0;owned\x07Name",
        "police",
        ":skip",
        "\x1b[2J[red]x[/red]",
        ":quit",
    ]
    done = advisor("assess", "--answers", "-", register=register, piped="\n".join(said))
    assert done.returncode == 3
    assert "\x1b" not in done.stdout + done.stderr
    assert "[red]x[/red]" in done.stderr
