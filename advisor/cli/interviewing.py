"""The interview from the command line: what `assess` asks, and `advisor resume`."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.exits import HUNG_UP, INTERRUPTED
from advisor.cli.given import ByOption, RegisterOption, officer
from advisor.cli.options import (
    AsAtOption,
    EngineChoice,
    EngineOption,
    OutOption,
    ReportFormat,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, put_document, say
from advisor.sources import InputError, Problem

if TYPE_CHECKING:
    from datetime import date

    from advisor.advice.rulebook import Rulebook
    from advisor.cli.line import Left, Lines
    from advisor.document.blocks import Document
    from advisor.interview.record import Record
    from advisor.register.events import Event
    from advisor.register.store import Register, Saved

AnswersOption = Annotated[
    str | None,
    typer.Option(
        "--answers",
        metavar="FILE",
        help="Take the answers from a file, one a line (- is standard input).",
    ),
]
ReviewOption = Annotated[
    bool,
    typer.Option("--review", help="Decide afresh, as the internal review of that assessment."),
]
FormOption = Annotated[ReportFormat, typer.Option("--format", help="How to print the advice.")]


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command("resume")(resume)


def resume(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="The reference of a saved assessment.")
    ],
    review: ReviewOption = False,
    answers: AnswersOption = None,
    by: ByOption = None,
    form: FormOption = ReportFormat.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    engine: EngineOption = EngineChoice.both,
    register: RegisterOption = None,
) -> None:
    """Go on with a saved assessment exactly where it stopped."""
    from advisor.register.store import Register

    with Register(register) as store:
        saved = store.open(reference)
        if answers is None and not on_a_terminal():
            raise InputError(nobody_to_ask("advisor resume"))
        asking = Asking(rulebook(rules), a_date(as_at, "--as-at"), by, _lines(answers))
        if review:
            asking, saved = _review(store, saved, asking)
        asking.advise(saved, asking.ask(saved, ends=False), form, out, engine)
        if saved.review_of in store and form is not ReportFormat.json:
            from advisor.register.showing import reviewed

            put_document(reviewed(store.open(saved.review_of), saved), form.value, out)


def _review(store: Register, first: Saved, asking: Asking) -> tuple[Asking, Saved]:
    """The internal review of a saved assessment, opened now if it has not been yet, and its
    interview under the reviewer's name, which is asked for where it is not given."""
    from advisor.cli.naming import ask_name
    from advisor.register.review import day_to_review, officers, review_reference, start_review

    name = review_reference(first.reference)
    begun = store.open(name) if name in store else None
    if begun is None:
        day_to_review(first)  # before anybody is asked for anything
    if not (asking.by and asking.by.strip()):
        meant = next(iter(officers(begun)), "") if begun is not None else ""
        with _leaving(begun):
            by = ask_name(asking.lines, "Who reviews it? Your name, for the record:", meant)
        asking = replace(asking, by=by)
    who = officer(asking.by)
    if who in officers(first):
        say(f"{who} took part in the first decision; a review is better made by somebody else.")
    return asking, begun or start_review(store, first.reference, who)


def assess_by_asking(
    case: str | None,
    answers: str | None,
    by: str | None,
    form: ReportFormat,
    out: Path | None,
    rules: Path | None,
    as_at: str | None,
    engine: EngineChoice,
    register: Path | None,
) -> None:
    """Ask for what is still needed of a case, from nothing where there is none, and advise."""
    from advisor.register.store import Register

    asking = Asking(rulebook(rules), a_date(as_at, "--as-at"), by, _lines(answers))
    with Register(register) as store:
        record = _record(case, asking.rulebook, store, officer(by))
        asking.advise(record, asking.ask(record, walked=case is None), form, out, engine)


def _record(case: str | None, book: Rulebook, store: Register, by: str) -> Record:
    """Where answers are kept: a saved assessment, or one that the first answer begins."""
    from advisor.interview.record import Beginning
    from advisor.register.events import Event
    from advisor.register.plain import as_plain

    if case is None:
        return Beginning(lambda reference, events: store.create(reference, events, by=by))
    if not os.path.isfile(case) and case in store:
        return store.open(case)
    from advisor.cli.given import read_case

    read = read_case(case, book, None)

    def create(reference: str, events: tuple[Event, ...]) -> Record:
        """Beside an assessment of that reference that is saved already, never over it."""
        name, number = reference, 1
        while name in store:
            number += 1
            name = f"{reference} ({number})"
        return store.create(name, events, by=by)

    return Beginning(create, [Event("imported", {"case": as_plain(read)})], read.reference)


def on_a_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())


def nobody_to_ask(command: str) -> Problem:
    """What to say where a command would ask and nobody is there."""
    right = "give the answers with --answers FILE, or run it on a terminal"
    return Problem(command, 0, 0, "there is no terminal to ask on", right)


@dataclass(frozen=True)
class Asking:
    """How one interview is held: under which rulebook and day, with whom, on what."""

    rulebook: Rulebook
    as_at: date | None
    by: str | None
    lines: Lines

    def ask(self, record: Record, *, walked: bool = True, ends: bool = True) -> str:
        """Ask until nothing is left; who answered, for the record.

        Leaves with the exit code of whatever ends it sooner.
        """
        from advisor.cli.conversation import Conversation
        from advisor.interview.dialogue import Interview

        named = officer(self.by) if self.by and self.by.strip() else ""
        interview = Interview(
            self.rulebook, record, officer=named, login=officer(None), as_at=self.as_at,
            walked=walked,
        )  # fmt: skip
        with _leaving(record):
            Conversation(interview, self.lines, lambda: _where_saved(record), ends=ends).run()
        return interview.decider

    def advise(
        self, record: Record, by: str, form: ReportFormat, out: Path | None, engine: EngineChoice
    ) -> None:
        """Print the advice on what a record results in, and put it on record where it is saved."""
        from advisor.advice.report import report
        from advisor.register.agreed import Agreed
        from advisor.register.events import replay
        from advisor.register.saving import record as put_on_record

        saved = _saved(record)
        case = saved.case() if saved is not None else replay(record.events)
        assessment = self.rulebook.assess(case, as_at=self.as_at, engine=engine.value)
        law = self.rulebook.law(assessment.as_at)
        document: Document = report(assessment, case, law, Agreed.by(record.events).results)
        if saved is not None:
            document = put_on_record(saved, assessment, law, by=by)
        if form is ReportFormat.json:
            put(as_json(assessment.as_json()), out)
        else:
            put_document(document, form.value, out)
        if saved is not None:
            letter = _command("letter", saved)
            say(f"\n{_where_saved(record)}\nTo draft the letter:\n  {letter}")


def _lines(answers: str | None) -> Lines:
    """Where answers come from: a file, or the terminal."""
    from advisor.cli.line import Answers, Terminal

    return Answers(answers) if answers is not None else Terminal()


@contextmanager
def _leaving(record: Record | None) -> Iterator[None]:
    """Leave with the exit code of whatever ends the asking sooner, and say what is saved."""
    from advisor.cli.line import Left, heeding_signals

    with heeding_signals():
        try:
            yield
        except KeyboardInterrupt:
            raise _left(Left(INTERRUPTED, "Interrupted."), record) from None
        except Left as left:
            raise _left(left, record) from None


def _saved(record: Record | None) -> Saved | None:
    """The saved assessment behind a record, if anything is saved yet."""
    from advisor.interview.record import Beginning
    from advisor.register.store import Saved

    kept = record.kept if isinstance(record, Beginning) else record
    return kept if isinstance(kept, Saved) else None


def _where_saved(record: Record | None) -> str:
    saved = _saved(record)
    if saved is None:
        return "Nothing was answered, so nothing is saved."
    return f"Your answers are saved. To go on:\n  {_command('resume', saved)}"


def _command(name: str, saved: Saved) -> str:
    """A command on a saved assessment, with its register where that is not the usual one."""
    from advisor.register.database import default_path

    words = ["advisor", name, saved.reference]
    usual = os.environ.get("ADVISOR_REGISTER") or default_path()
    if saved.path != Path(usual):
        words += ["--register", str(saved.path)]
    return shlex.join(words)


def _left(left: Left, record: Record | None) -> typer.Exit:
    """What remains to do when somebody has left: say what is saved, and the exit code."""
    with suppress(OSError):  # nobody may be there to read it
        say("\n" + f"{left.how} {_where_saved(record)}".strip())
    if left.status == HUNG_UP:
        # Python would complain, at the very end, that it can't write to a terminal that is gone.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return typer.Exit(left.status)
