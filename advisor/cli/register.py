"""`advisor register`: saved assessments, their audit trail, and its tamper check."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.given import ByOption, RegisterOption, officer
from advisor.cli.options import Format, FormatOption, OutOption, RulesOption, rulebook
from advisor.cli.output import as_json, put, put_document, say
from advisor.sources import InputError, Problem

if TYPE_CHECKING:
    from advisor.register.comparing import Difference
    from advisor.register.saving import Advice
    from advisor.register.store import Register, Saved

app = typer.Typer(
    help="Saved assessments: list, show, export, verify and delete them.", no_args_is_help=True
)

Reference = Annotated[
    str, typer.Argument(metavar="REF", help="The reference of a saved assessment.")
]
AuditOption = Annotated[
    bool, typer.Option("--audit", help="With everything that happened, by whom and when.")
]


@app.command("list")
def list_saved(
    deleted: Annotated[
        bool, typer.Option("--deleted", help="List what was deleted instead.")
    ] = False,
    form: FormatOption = Format.text,
    out: OutOption = None,
    register: RegisterOption = None,
) -> None:
    """List saved assessments, the one changed last first."""
    with _register(register) as saved:
        if form is Format.json:
            found = saved.deletions() if deleted else saved.list()
            put(as_json([one.as_json() for one in found]), out)
            return
        from advisor.register.showing import list_of, list_of_deleted

        if not saved.path.exists():
            say(f"There is no register at {saved.path} yet.")
        document = list_of_deleted(saved.deletions()) if deleted else list_of(saved.list())
        put_document(document, "text", out)


@app.command("show")
def show(
    reference: Reference,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    register: RegisterOption = None,
) -> None:
    """Reprint the last advice, and what would differ today.

    The advice is printed exactly as it was given, with the rulebook that it was made with.
    """
    from advisor.register.saving import last_advice, today_differs

    with _register(register) as store:
        saved = store.open(reference)
        first = store.open(saved.review_of) if saved.review_of in store else None
    book = rulebook(rules)
    advice, differs = last_advice(saved), today_differs(saved, book)
    if form is Format.json:
        put(as_json(_shown(saved, first, advice, differs, book.digest)), out)
        return
    from advisor.register.showing import as_it_was, not_advised, reviewed

    if advice is not None:
        document = as_it_was(saved, advice, differs, book.digest)
    else:
        document = not_advised(saved, book.law(book.as_at(saved.case())))
    if first is not None:
        document = replace(document, blocks=document.blocks + reviewed(first, saved).blocks)
    put_document(document, "text", out)


@app.command("export")
def export(
    reference: Reference,
    audit: AuditOption = False,
    form: FormatOption = Format.text,
    out: OutOption = None,
    register: RegisterOption = None,
    by: ByOption = None,
) -> None:
    """Write an assessment as a case file, with its head hash.

    The hash stands for everything that happened until now: `verify --head` finds it again.
    That something was exported goes on record.
    """
    from advisor.register import trail
    from advisor.register.events import Event

    with _register(register) as store:
        saved = store.open(reference)
        if form is Format.json:
            text = as_json(trail.as_json(saved, audit=audit))
        else:
            text = trail.as_case_file(saved, audit=audit)
        # On record first: nothing leaves the register without a trace.
        to = str(out) if out is not None else "standard output"
        saved.append(Event("exported", {"to": to, "head": saved.head}, by=officer(by)))
        put(text, out)


@app.command("verify")
def verify(
    reference: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="Only this assessment (default: all).")
    ] = None,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HASH", help="A head printed earlier, to be found in REF."),
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    register: RegisterOption = None,
) -> None:
    """Check that nothing was changed; exit 1 if something was."""
    from advisor.register.showing import verified
    from advisor.register.store import Broken

    if head is not None and reference is None:
        raise InputError(Problem("--head", 0, 0, "of which assessment?", "give REF as well"))
    if head is not None and not re.fullmatch("sha256:[0-9a-f]{64}", head):
        right = "give all of it as it was printed: sha256: and then 64 of 0 to 9 and a to f"
        raise InputError(Problem("--head", 0, 0, "not a whole hash", right))
    with _register(register) as store:
        found = store.verify(reference)
        if reference is not None:
            checked = [reference]
            if head is not None and store.open(reference).position(head) is None:
                text = "no event has that hash: events were dropped, or all were made anew"
                found.append(Broken(reference, 0, text))
        else:
            checked = [] if found else store.references()
    if form is Format.json:
        problems = [one.as_json() for one in found]
        put(as_json({"holds": not found, "checked": checked, "problems": problems}), out)
    else:
        put_document(verified(checked, found), "text", out)
    if found:
        raise typer.Exit(DOES_NOT_HOLD)


@app.command("delete")
def delete(
    reference: Reference,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    form: FormatOption = Format.text,
    out: OutOption = None,
    register: RegisterOption = None,
    by: ByOption = None,
) -> None:
    """Delete an assessment; the deletion stays on record."""
    from advisor.document.blocks import Document, Paragraph
    from advisor.register.trail import counted, seal

    with _register(register) as store:
        saved = store.open(reference)
        about = f"{reference}: {counted(len(saved.links))}. What is deleted stays deleted."
        if not yes and not _agreed(about, "Delete it? [y/N] "):
            say("Nothing was deleted.")
            return
        deletion = store.delete(reference, by=officer(by))
        copies = store.copies()
    if form is Format.json:
        put(as_json({**deletion.as_json(), "copies": [str(one) for one in copies]}), out)
        return
    lines = [f"Deleted {reference}: {seal(saved)}."]
    lines += [f"A copy from before an upgrade may still hold it: {one}" for one in copies]
    put_document(Document.of("Deleted", map(Paragraph, lines)), "text", out)


def _register(path: Path | None) -> Register:
    from advisor.register.store import Register

    return Register(path)


def _shown(
    saved: Saved, first: Saved | None, advice: Advice | None, differs: list[Difference], digest: str
) -> dict[str, Any]:
    from advisor.register.review import compare

    today = {"digest": digest, "differs": [one.as_json() for one in differs]}
    reviewed = [one.as_json() for one in compare(first, saved)] if first is not None else None
    return {
        "ref": saved.reference,
        "events": len(saved.links),
        "head": saved.head,
        "holds": not saved.broken(),
        "advice": advice.as_json() if advice is not None else None,
        "today": today if advice is not None else None,
        "review_of": saved.review_of or None,
        "review_differs": reviewed,
    }


def _agreed(about: str, question: str) -> bool:
    """Ask on the terminal. Raises InputError where there is none to ask on."""
    from advisor.document.blocks import Document, Paragraph
    from advisor.document.text import write

    if not sys.stdin.isatty():
        text, right = "nobody is there to confirm it", "add --yes"
        raise InputError(Problem("advisor register delete", 0, 0, text, right))
    write(Document.of("", [Paragraph(about)]), sys.stderr)
    sys.stderr.write(f"  {question}")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):  # Ctrl-D leaves the cursor behind the question
        say("")
    return answer.strip().casefold() in ("y", "yes")
