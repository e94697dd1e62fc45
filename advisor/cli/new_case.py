"""`advisor cases new`: a case written question by question, from an assessment, or as variants."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.exits import INTERRUPTED
from advisor.cli.given import RegisterOption, read_case
from advisor.cli.options import Format, FormatOption, OutOption, RulesOption, rulebook
from advisor.cli.output import as_json, put, say, write_new

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook
    from advisor.case import Case


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command("new")(new)


def new(
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="CASE",
            help="A case file, or the reference of a saved assessment or a shipped case.",
        ),
    ] = None,
    vary: Annotated[
        bool, typer.Option("--vary", help="One fact changed at a time, where it turns an outcome.")
    ] = False,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="REF", help="What the new case is called.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="The most variants to propose.")] = 10,
    form: FormatOption = Format.text,
    out: OutOption = None,
    register: RegisterOption = None,
    rules: RulesOption = None,
) -> None:
    """Write a case: question by question, from an assessment without its names, or as variants."""
    from advisor.sources import InputError, Problem

    book = rulebook(rules)
    if source is None:
        if vary:
            raise InputError(Problem("--vary", 0, 0, "which case?", "name it with --from CASE"))
        _authored(book, reference, out)
        return
    case = _given(source, book, register)
    if vary:
        _varied(case, book, most, form, out)
        return
    from advisor.training.writing import cleaned

    text, removed = cleaned(case, book, reference or "NEW-CASE")
    _put_new({out: text} if out else {}, text)
    say("Taken out; read the case for what was missed before you share it:")
    for one in removed:
        say(f"  {one.where}: {one.old} -> {one.new}")


def _given(source: str, book: Rulebook, register: Path | None) -> Case:
    """A case file, a saved assessment, or a shipped case by its reference."""
    from advisor.scenarios.finding import shipped_cases
    from advisor.sources import InputError

    try:
        return read_case(source, book, register)
    except InputError:
        if Path(source).exists() or (path := shipped_cases().get(source)) is None:
            raise
        return book.read(path)


def _authored(book: Rulebook, reference: str | None, out: Path | None) -> None:
    from advisor.sources import InputError, Problem

    if not sys.stdin.isatty():
        right = "use --from CASE, or a terminal"
        raise InputError(Problem("advisor cases new", 0, 0, "nobody is there to ask", right))
    from advisor.cli.line import Left, Terminal, heeding_signals
    from advisor.cli.training_session import KEPT, answered, go_on
    from advisor.training.authoring import author
    from advisor.training.results import default_path
    from advisor.training.unfinished import BACK, Unfinished

    terminal = Terminal()
    typed = Unfinished(
        default_path().with_suffix(".unfinished"),
        ("cases new", reference or "", str(out.absolute()) if out else ""),
        book.digest,
    )
    with closing(typed):
        try:
            with heeding_signals():
                if not go_on(terminal, typed):
                    typed.begin_anew()
                terminal.say(
                    f"{BACK} takes your last answer back. Every answer is kept as you give it."
                )
                made, text = answered(
                    terminal, typed, lambda voice: author(voice, book, reference or "")
                )
        except (Left, KeyboardInterrupt) as left:
            how = f"{left} " if isinstance(left, Left) else ""
            say(f"\n{how}{KEPT if typed.kept else 'Nothing was written.'}")
            raise typer.Exit(left.status if isinstance(left, Left) else INTERRUPTED) from None
        path = out or Path(f"{_file_name(made)}.yaml")
        _put_new({path: text}, text)
        typed.end()


def _varied(case: Case, book: Rulebook, most: int, form: Format, out: Path | None) -> None:
    from advisor.document.cleaning import clean
    from advisor.training.varying import variants

    found = variants(case, book, most)
    names = {
        one.reference: f"{_file_name(one.reference)}-{one.fact.replace('_', '-')}.yaml"
        for one in found
    }
    if out is not None:
        _put_new({out / names[one.reference]: one.text for one in found}, "")
    if form is Format.json:
        put(as_json([
            {
                "ref": one.reference, "item": one.part, "set": {one.fact: one.after},
                "before": one.before, "outcomes": {k: list(v) for k, v in one.outcomes.items()},
                "file": str(out / names[one.reference]) if out else None,
            }
            for one in found
        ]), None)  # fmt: skip
        return
    for one in found:
        turned = "; ".join(f"{part}: {was} -> {now}" for part, (was, now) in one.outcomes.items())
        about = f"{one.part}, " if one.part else ""
        put(
            clean(f"{one.reference}  {about}{one.fact}: {one.before} -> {one.after}  ({turned})\n"),
            None,
        )
    if not found:
        put("No change of one fact turns an outcome.\n", None)
    elif out is None:
        say("To write them as case files, name a folder with -o.")


def _file_name(reference: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in reference).strip("-").lower() or "case"


def _put_new(files: dict[Path, str], text: str) -> None:
    """Write new files, none of them over another; without any, print the text."""
    write_new(files)
    for path in files:
        say(f"Written: {path}")
    if not files:
        put(text, None)
