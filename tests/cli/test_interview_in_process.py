"""The interview at a terminal, command by command: what each shows, changes and refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.cli.in_process import Ended, run
from tests.interview.answering import LIVE_FILE, begun, said_to

ROOT = Path(__file__).parents[2]
SEED = ROOT / "cases" / "mps-01-foi-23-028157.yaml"


def lines_until(stop: str, answers: Mapping[str, str] = LIVE_FILE) -> list[str]:
    """What to type until the question with that key, or of that kind, is asked."""
    interview, typed = begun(), []
    while stop not in (interview.prompt.step.key, interview.prompt.step.kind):
        typed.append(said_to(interview.prompt, answers))
        assert interview.answer(typed[-1]).ok
        assert len(typed) < 200
    return typed


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite3"


def asked(register: Path, *typed: str, words: tuple[str | Path, ...] = ("assess",)) -> Ended:
    return run(*words, typed=typed, ADVISOR_REGISTER=str(register))


def after(done: Ended, command: str, count: int) -> str:
    """What was shown for the last of so many lines typed, up to the next prompt."""
    shown = re.split(r"(?m)^> ", done.err)
    assert len(shown) > count + 1, (command, done.err[-500:])
    return " ".join(shown[count + 1].split())


@pytest.fixture(scope="module")
def to_the_duty() -> list[str]:
    return lines_until("duty_to_investigate")


SHOWS = (
    ("?", "Evidence to keep: "),
    (":why", "What each answer would lead to"),
    (":list 1", "held: "),
    (":list held", "Is the information held?"),
    (":list 9", "there is no part and no fact called '9'"),
    (":whatif duty_to_investigate=no", "After:"),
    (":whatif dutty_to_investigate=no", "did you mean 'duty_to_investigate'"),
    (":whatif valid_request=no", "After: Not a valid request"),
    (":whatif", "Still possible"),
    (":explain", "was derived"),
    (":note", "there is nothing to keep"),
    (":note The order book, p. 3", "Kept with the answer"),
    (":change conclusion", "is not in the balance as it stands"),
    (":zzz", ":help lists them"),
    (":wy", "did you mean :why?"),
    (":save", "Your answers are saved."),
    (":help", ":quit - leave"),
)


def test_each_command_shows_what_it_is_for_and_the_question_still_stands(
    register: Path, to_the_duty: list[str]
) -> None:
    done = asked(register, *to_the_duty, *(command for command, _ in SHOWS))
    for count, (command, told) in enumerate(SHOWS, len(to_the_duty)):
        shown = after(done, command, count)
        assert told.casefold() in shown.casefold(), (command, shown)
    resumed = asked(register, words=("resume", "FOI/2026/0417"))
    assert "duty" in resumed.said.split("Answered so far")[1]


def test_before_there_is_a_part_there_is_nothing_to_explain(register: Path) -> None:
    begin = lines_until("part")[:1]
    for command in (":whatif", ":explain", ":whatif held=no"):
        done = asked(register, *begin, command, words=("assess",))
        assert "No part of the request is named yet." in done.said
        register.unlink(missing_ok=True)


def test_a_question_that_no_rule_turns_on_is_explained_in_its_own_words(register: Path) -> None:
    why, what = (asked(register, command) for command in (":why", "?"))
    assert after(why, ":why", 0) == after(what, "?", 0)
    assert after(what, "?", 0)


def test_a_note_is_shown_with_the_answer_that_is_asked_again(
    register: Path, to_the_duty: list[str]
) -> None:
    done = asked(register, *to_the_duty, "yes", ":note The order book, p. 3", ":back")
    assert "Kept with it: The order book, p. 3" in done.said


def test_with_several_parts_a_command_asks_which(register: Path) -> None:
    typed = (*lines_until("part"), "The log", "The statements", "")
    env = {"ADVISOR_REGISTER": str(register)}

    def items() -> list[dict[str, object]]:
        done = run("register", "export", "FOI/2026/0417", **env)
        register.unlink()
        found: list[dict[str, object]] = yaml.safe_load(done.out)["items"]
        return found

    asked(register, *typed)
    before = items()
    done = asked(register, *typed, ":split", ":change held", "")
    for count, command in enumerate((":split", ":change held"), len(typed)):
        assert f"{command.split()[0]} 1" in after(done, command, count)
    assert items() == before
    asked(register, *typed, ":split 1", "Its index")
    assert [one["id"] for one in items()] == ["the-log", "the-statements", "its-index"]


def test_parts_that_are_called_alike_have_names_of_their_own(register: Path) -> None:
    several = lines_until("part")
    asked(register, *several, "The log of May", "The log of June", "The log of July", "")
    env = {"ADVISOR_REGISTER": str(register)}
    items = yaml.safe_load(run("register", "export", "FOI/2026/0417", **env).out)["items"]
    assert [one["id"] for one in items] == ["the-log-of", "the-log-of-2", "the-log-of-3"]


def test_a_draft_that_is_begun_twice_stands_beside_the_first(
    register: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "case: 1\nreference: R/1\nreceived: 2026-02-09\ndecided: 2026-03-02\n"
        "items: [{id: log, description: The log}]\n"
    )
    for _ in range(3):
        assert asked(register, "yes", words=("assess", case)).status == 3
    env = {"ADVISOR_REGISTER": str(register)}
    listed = json.loads(run("register", "list", "--format", "json", **env).out)
    assert {one["ref"] for one in listed} == {"R/1", "R/1 (2)", "R/1 (3)"}
    on = asked(register, words=("assess", "R/1"))
    assert "1 question" in on.said


def test_a_review_is_asked_for_by_name_and_goes_on_under_it(register: Path) -> None:
    reference = LIVE_FILE["reference"]
    first = asked(register, *lines_until("done"), "")
    assert first.status == 0, first.err[-500:]
    review = ("resume", reference, "--review")
    began = asked(register, "99", "A. Officer", "yes", words=review)
    assert "A name has letters." in began.said
    assert "took part in the first decision" in began.said
    on = asked(register, "", words=review)
    assert "Who reviews it?" in on.said
    assert "(Enter: A. Officer.)" in on.said


def test_a_file_of_answers_that_has_no_name_for_the_reviewer_is_refused(
    register: Path, tmp_path: Path
) -> None:
    asked(register, *lines_until("done"), "")
    answers = tmp_path / "answers.txt"
    answers.write_text("99\n")
    words = ("resume", LIVE_FILE["reference"], "--review", "--answers", str(answers))
    done = run(*words, ADVISOR_REGISTER=str(register))
    assert (done.status, f"{answers}:1:1: a name has letters" in done.err) == (2, True)
