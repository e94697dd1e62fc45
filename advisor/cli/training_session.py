"""A training case worked at a terminal: asked, marked, contested; what broke off goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from advisor.cli.exits import INTERRUPTED
from advisor.cli.line import Left, Terminal, heeding_signals
from advisor.cli.output import put_document, say
from advisor.training.exercise import as_document
from advisor.training.feedback import as_document as feedback
from advisor.training.files import as_yaml, plain_case
from advisor.training.marking import mark
from advisor.training.results import NO_NAME
from advisor.training.unfinished import BACK, CASE, Kept, TakenBack, Unfinished
from advisor.training.working import Session

if TYPE_CHECKING:
    from advisor.training.answers import Contest
    from advisor.training.asking import Voice
    from advisor.training.exercise import Exercise
    from advisor.training.marks import Marked

T = TypeVar("T")
KEPT = "Your answers are kept. The same command goes on, if case and rulebook stay as they are."


def at_a_terminal(
    exercise: Exercise, name: str | None, folder: Path | None, keep: Callable[[Marked], None]
) -> None:
    """Work a case with the person at the terminal, and `keep` what is marked.

    What is typed is kept in `folder` until then, and a session that was broken off goes on.
    """
    terminal = Terminal()
    typed: Unfinished | None = None
    try:
        with heeding_signals():
            if name is None:
                terminal.say("What is your name, for your trainer? Enter leaves it out.")
                name = " ".join(terminal.read().split())
            text = as_yaml(plain_case(exercise.case))
            about = (name, exercise.case.reference)
            typed = Unfinished(folder, about, text, exercise.book.digest)
            _work(exercise, name or NO_NAME, terminal, typed, keep)
    except (Left, KeyboardInterrupt) as left:
        what = "Nothing is marked."
        if typed is not None and typed.kept:
            what = KEPT
        elif typed is not None and typed.over:
            what = "The case is marked."
        say(f"\n{left} {what}" if isinstance(left, Left) else f"\n{what}")
        raise typer.Exit(left.status if isinstance(left, Left) else INTERRUPTED) from None
    finally:
        if typed is not None:
            typed.close()


def _work(
    exercise: Exercise,
    trainee: str,
    terminal: Terminal,
    typed: Unfinished,
    keep: Callable[[Marked], None],
) -> None:
    def show() -> None:
        put_document(as_document(exercise), "text", None)

    show()
    if not go_on(terminal, typed):
        typed.begin_anew()
    terminal.say(
        f"{CASE} shows the case again, {BACK} takes your last answer back. Every answer is kept as "
        "you give it; Ctrl-C leaves, and you can go on later."
    )
    worked = answered(terminal, typed, lambda voice: Session(exercise, voice).work(), show)
    marked = mark(exercise, worked, trainee)
    put_document(feedback(marked, exercise), "text", None)
    contests: list[Contest] = []
    try:
        contests.extend(Session(exercise, terminal).contests(marked))
    finally:  # who leaves here has seen the marks, so the result counts
        keep(replace(marked, contests=tuple(contests)))
        typed.end()


def go_on(terminal: Terminal, typed: Unfinished) -> bool:
    """Whether to go on with what was typed before; why not, where that cannot be."""
    if not typed.kept:
        if typed.outdated:
            terminal.say(
                "You began this before, but the case or the rulebook has changed since, and other "
                "questions may be asked now: those answers cannot be gone on with."
            )
        return True
    terminal.say("You began this before, and your answers are kept.")
    terminal.say("Go on where you stopped? yes, no (Enter: yes)", strong=True)
    return terminal.read().strip().casefold() not in ("n", "no")


def answered(
    terminal: Terminal,
    typed: Unfinished,
    ask: Callable[[Voice], T],
    show: Callable[[], None] = lambda: None,
) -> T:
    """What comes of the questions, each answer kept; asked again from the last one taken back."""
    while True:
        try:
            return ask(Kept(terminal, typed, show))
        except TakenBack:
            continue
