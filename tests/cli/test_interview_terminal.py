"""The interview at a real terminal: a matter decided, a change of mind, every way of leaving."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal here", allow_module_level=True)

from advisor.interview import commands
from advisor.register.events import Event
from advisor.register.store import Register
from tests.cli.terminal import ESCAPE, PASTE_MARKS, ROOT, Officer, Terminal
from tests.interview.answering import LIVE_FILE, RULEBOOK

SEED = ROOT / "cases" / "mps-01-foi-23-028157.yaml"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def begin(terminal: Terminal, *answers: str) -> None:
    """Answer the first questions one by one, and wait for the next."""
    for text in answers:
        terminal.asks()
        terminal.answer(text)
    terminal.asks()


HEADER = ("FOI/1", "Borchester", "police", "9/2/2026", "2/3/2026", "The file.", "", "", "")


def test_the_seed_matter_is_decided_from_nothing(register: Path) -> None:
    """With an unknown, a change of mind, a step back, and Ctrl-C in the middle."""
    seed = RULEBOOK.read(SEED)
    header = {
        "reference": "SEED/1", "authority_name": seed.authority.name, "authority_kind": "police",
        "received": "16 January 2023", "decided": "10/2/2023", "request": "Crimes and referrals.",
        **seed.facts, "latest_record_year": "2023", "by": "A. Officer",
    }  # fmt: skip
    with Terminal("assess", register=register) as terminal:
        officer = Officer(terminal, header)
        officer.until("part")
        for item in seed.items:
            officer.say(item.description)
            terminal.asks()
        officer.say("")
        officer.answers = {**header, **seed.items[0].facts}
        officer.until("duty_to_investigate")
        # An unknown, and the change of mind when the source of the duty is found.
        terminal.answer(":unknown")
        officer.beside.unknown()
        terminal.asks("Not known.")
        terminal.answer(":change duty_to_investigate yes")
        commands.change(officer.beside, "duty_to_investigate yes")
        # A step back, to an answer that is kept.
        terminal.asks()
        terminal.answer(":back")
        terminal.asks("Enter keeps it")
        terminal.answer("")
        officer.until("sensitivity")
        terminal.child.sendintr()
        assert terminal.ends() == 130
        assert terminal.is_as_it_was()
        assert "advisor resume SEED/1" in terminal.shown
    with Terminal("resume", "SEED/1", register=register) as terminal:
        officer.terminal = terminal
        ids = [item.id for item in officer.beside.case.items]
        while officer.beside.prompt.step.kind != "done":
            part = officer.beside.prompt.step.item or ids[0]
            officer.answers = {**header, **seed.items[ids.index(part)].facts}
            officer.next()
        assert terminal.ends() == 0
        assert "Disclose part" in terminal.shown
        assert "WITHHOLD under section 30(1)(a)(i)" in terminal.shown
    with Register(register) as saved:
        case = saved.open("SEED/1").case()
    assert case == officer.beside.case


@pytest.mark.parametrize(
    ("how", "status"),
    [("ctrl-c", 130), ("ctrl-d", 3), (":quit", 3), ("hup", 129), ("term", 143)],
)
@pytest.mark.parametrize("answered", [1, 5, 12])
def test_leaving_at_a_prompt_keeps_the_answers(
    register: Path, how: str, status: int, answered: int
) -> None:
    """At the header, at a text of several lines, and at a question of fact."""
    said = (*HEADER, "yes", "no", "no")[:answered]
    with Terminal("assess", register=register) as terminal:
        begin(terminal, *said)
        if how == "ctrl-c":
            terminal.child.sendintr()
        elif how == "ctrl-d":
            terminal.child.sendeof()
        elif how == ":quit":
            terminal.answer(":quit")
        else:
            terminal.child.kill(signal.SIGHUP if how == "hup" else signal.SIGTERM)
        assert terminal.ends() == status
        assert "answers are saved" in terminal.shown
        assert "advisor resume FOI/1" in terminal.shown
        assert "Traceback" not in terminal.shown
        assert terminal.is_as_it_was() or how == "hup"
    with Register(register) as saved:
        kept = [one for one in saved.open("FOI/1").events if one.kind != "created"]
    assert len(kept) >= answered


def test_a_terminal_that_goes_away_leaves_the_answers(register: Path) -> None:
    with Terminal("assess", register=register) as terminal:
        begin(terminal, *HEADER)
        terminal.child.close(force=False)
    with Register(register) as saved:
        assert saved.open("FOI/1").case().request == "The file."


@pytest.mark.parametrize("columns", [80, 40])
def test_lines_fit_and_nothing_is_redrawn(register: Path, columns: int) -> None:
    with Terminal("assess", register=register, columns=columns) as terminal:
        begin(terminal, *HEADER, "?")
        for command in (":help", ":why", ":list", ":whatif", ":explain"):
            terminal.answer(command)
            terminal.asks()
        for text in ("yes", "no", "no", "no", "no", "no", "no", "no", "yes", "no", "no"):
            terminal.answer(text)
            terminal.asks()
        shown = set(ESCAPE.findall(terminal.shown))
        assert shown <= {*PASTE_MARKS, "\x1b[1m", "\x1b[0m", "\x1b[2m"}
        assert [line for line in terminal.lines() if len(line) > columns] == []


def test_no_colour_where_it_is_not_wanted_and_no_escape_where_none_is_understood(
    register: Path,
) -> None:
    with Terminal("assess", register=register, NO_COLOR="1") as terminal:
        begin(terminal, *HEADER, "?")
        assert set(ESCAPE.findall(terminal.shown)) <= set(PASTE_MARKS)
    with Terminal("resume", "FOI/1", register=register, TERM="dumb") as terminal:
        terminal.asks()
        terminal.answer(":list")
        terminal.asks()
        assert "\x1b" not in terminal.shown


@pytest.mark.parametrize("marked", [True, False])
def test_a_paste_is_one_answer_to_a_question_that_takes_text(register: Path, marked: bool) -> None:
    paragraphs = "What was said.\n\nyes\n1\nAnd by whom."
    with Terminal("assess", register=register, TERM="xterm" if marked else "dumb") as terminal:
        begin(terminal, *HEADER[:5])
        typed = paragraphs.replace("\n", "\r")
        terminal.child.send(f"\x1b[200~{typed}\x1b[201~\r" if marked else f"{typed}\r")
        terminal.asks("A title for the request")
        terminal.child.sendintr()
        assert terminal.ends() == 130
    with Register(register) as saved:
        case = saved.open("FOI/1").case()
    assert (case.request, case.title) == (paragraphs, "")


@pytest.mark.parametrize("marked", [True, False])
def test_a_paste_never_answers_later_questions(register: Path, marked: bool) -> None:
    with Terminal("assess", register=register, TERM="xterm" if marked else "dumb") as terminal:
        begin(terminal, *HEADER)
        terminal.child.send("\x1b[200~yes\ryes\rno\x1b[201~\r" if marked else "yes\ryes\rno\r")
        terminal.asks("one answer")
        terminal.child.sendintr()
        assert terminal.ends() == 130
    with Register(register) as saved:
        assert saved.open("FOI/1").case().facts == {}


def test_a_long_line_is_kept_whole(register: Path) -> None:
    long = "evidence " * 700
    with Terminal("assess", register=register) as terminal:
        begin(terminal, *HEADER[:5])
        for at in range(0, len(long), 450):
            terminal.child.send(long[at : at + 450])
            terminal.child.expect("evidence")
        terminal.answer("")
        terminal.says("A title for the request")
    with Register(register) as saved:
        assert saved.open("FOI/1").case().request == long.strip()


def test_a_colon_that_is_meant_a_typing_error_and_a_command_that_is_short(register: Path) -> None:
    with Terminal("assess", register=register) as terminal:
        begin(terminal, *HEADER[:6])
        terminal.answer(":titel")
        terminal.asks("There is no command :titel")
        terminal.answer(":lst")
        terminal.asks("did you mean :list?")
        terminal.answer("::list of names [bold]x[/bold]")
        terminal.asks()
        terminal.answer(":b")
        terminal.asks(":list of names [bold]x[/bold]")


def test_a_reference_that_is_taken_is_asked_for_again(register: Path) -> None:
    with Register(register) as saved:
        saved.create("FOI/1")
    with Terminal("assess", register=register) as terminal:
        begin(terminal, "FOI/1")
        terminal.answer("FOI/2")
        terminal.asks("Which public authority")


def test_where_nothing_can_be_saved_the_place_is_named_and_no_more_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Terminal("assess", register=tmp_path / "file" / "register.db") as terminal:
        terminal.asks("What is the reference")
        terminal.answer("FOI/1")
        assert terminal.ends() == 2
        said = terminal.shown.split("FOI/1")[-1]
        assert f"{tmp_path}/file/register.db: cannot be opened" in said
        assert "--register" in said


def test_a_case_is_asked_only_what_it_lacks_and_nothing_when_it_lacks_nothing(
    register: Path, tmp_path: Path
) -> None:
    with Terminal("assess", SEED, register=register) as terminal:
        assert terminal.ends() == 0
        assert "Disclose part" in terminal.shown
        assert ":help" not in terminal.shown, "nobody was asked anything"
    assert not register.exists()
    case = tmp_path / "case.yaml"
    text = SEED.read_text()
    case.write_text(text.replace("      already_public: none\n", ""))
    with Terminal("assess", case, register=register) as terminal:
        terminal.asks("Is it already public?")
        terminal.answer("No")
        assert terminal.ends() == 0
        assert "WITHHOLD" in terminal.shown
        assert "advisor resume 01.FOI.23.028157" in terminal.shown


def test_resuming_what_is_finished_waits_for_a_change(register: Path) -> None:
    with Terminal("assess", register=register) as terminal:
        Officer(terminal, LIVE_FILE).until("done")
        assert terminal.ends() == 0
    with Terminal("resume", LIVE_FILE["reference"], register=register) as terminal:
        terminal.asks("Nothing is left to ask.")
        terminal.answer(":change held no")
        terminal.asks("Nothing is left to ask.")
        terminal.answer("")
        assert terminal.ends() == 0
        assert "NOT HELD" in terminal.shown


def test_the_second_of_two_windows_is_told(register: Path) -> None:
    with Terminal("assess", register=register) as first:
        begin(first, *HEADER)
        with Terminal("resume", "FOI/1", register=register) as second:
            second.asks()
            first.answer("yes")
            first.asks()
            second.answer("no")
            assert second.ends() == 2
            assert "another window has gone on" in second.shown
            assert second.is_as_it_was()


def test_a_review_begins_afresh_and_shows_what_differs(register: Path) -> None:
    with Terminal("assess", register=register) as terminal:
        Officer(terminal, LIVE_FILE).until("done")
        assert terminal.ends() == 0
    words = ("resume", LIVE_FILE["reference"], "--review", "--by", "R. Viewer")
    with Terminal(*words, register=register) as terminal:
        terminal.asks("Is it a valid request?")
        terminal.answer("no")
        assert terminal.ends() == 0
        assert "NOT A VALID REQUEST" in terminal.shown
        assert "Withhold" in terminal.shown or "withhold" in terminal.shown


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminal")
def test_bytes_that_are_no_text_are_an_answer_like_any_other(register: Path) -> None:
    with Terminal("assess", register=register) as terminal:
        begin(terminal, *HEADER)
        os.write(terminal.child.child_fd, b"\xff\xfe\x80\n")
        terminal.asks("is not one of the answers")


def test_a_review_asks_at_once_who_makes_it(register: Path) -> None:
    with Register(register) as saved:
        saved.create("FOI/1", [Event("header", {"field": "decided", "value": "2026-03-02"})])
    words = ("resume", "FOI/1", "--review")
    with Terminal(*words, register=register, ADVISOR_OFFICER="") as terminal:
        terminal.asks("Your name")
        for text in ("", "1"):
            terminal.answer(text)
            terminal.says("A name has letters")
        terminal.answer("\x03")
        assert terminal.ends() == 130
    with Register(register) as saved:
        assert saved.references() == ["FOI/1"], "nothing is opened for nobody"
    with Terminal(*words, register=register, ADVISOR_OFFICER="") as terminal:
        terminal.asks("Your name")
        terminal.answer("R. Viewer")
        terminal.asks()
        terminal.answer(":quit")
        assert terminal.ends() == 3
    with Register(register) as saved:
        assert {one.by for one in saved.open("FOI/1 (review)").events} == {"R. Viewer"}
