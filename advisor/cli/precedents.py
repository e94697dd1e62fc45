"""`advisor precedents`: decided matters, the nearest to a case, and how the rules fare on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.given import ItemOption, RegisterOption, part_named, read_case
from advisor.cli.options import (
    AsAtOption,
    Format,
    FormatOption,
    OutOption,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, put_document
from advisor.cli.precedents_new import new

if TYPE_CHECKING:
    from advisor.rulebook.model import Precedent

app = typer.Typer(
    help="Decided matters: list them, show one, find those near a case, check the rules on them.",
    no_args_is_help=True,
)
app.command("new")(new)

CASE = "A case file, or the reference of a saved assessment."
NONE = "None is like it on what was read. `advisor precedents list` names every decided matter."
Results = Annotated[
    str | None, typer.Option("--result", help="Only matters with this result on some part.")
]


@app.command("list")
def list_matters(
    result: Results = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """List decided matters: reference, citation, body, and the result on each part."""
    from advisor.document.blocks import Bullets, Document, Entry
    from advisor.reasoning.precedents import RESULTS
    from advisor.sources import InputError, Problem, nearest

    known = (*RESULTS, "not_decided")
    if result is not None and result not in known:
        right = nearest(result, known) or f"results: {', '.join(known)}"
        raise InputError(Problem("--result", 0, 0, f"no result '{result}'", right))
    found = [
        (ref, entry)
        for _, ref, entry in rulebook(rules).book.entries("precedents")
        if result is None or any(part.result == result for part in entry.parts)
    ]
    if form is Format.json:
        put(as_json([_listed(ref, entry) for ref, entry in found]), out)
        return
    entries: list[Entry] = []
    for ref, entry in found:
        parts = ", ".join(f"{part.id} {part.result}" for part in entry.parts) or "principles only"
        text = f"{entry.title}. {parts}{' (unsettled)' if entry.unsettled else ''}"
        entries.append(Entry(text, f"{ref}:", entry.citation))
    put_document(Document.of("Decided matters", (Bullets(tuple(entries)),)), "text", out)


def _listed(ref: str, entry: Precedent) -> dict[str, Any]:
    return {
        "ref": ref,
        "title": entry.title,
        "citation": entry.citation,
        "body": entry.body,
        "decided": entry.decided,
        "results": {part.id: part.result for part in entry.parts},
        "unsettled": bool(entry.unsettled),
        "reviewed": bool(entry.reviewed_by),
    }


@app.command("show")
def show(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The reference of a decided matter.")],
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Show a decided matter: what was asked, found and decided, and how much of it was read."""
    from advisor.advice.precedent_shown import as_document
    from advisor.plain import plain
    from advisor.sources import InputError, Problem, nearest

    book = rulebook(rules).book
    matters = {key: entry for _, key, entry in book.entries("precedents")}
    if ref not in matters:
        text = f"no decided matter '{ref}'"
        raise InputError(Problem("advisor precedents show", 0, 0, text, nearest(ref, matters)))
    if form is Format.json:
        put(as_json({"ref": ref, **plain(matters[ref])}), out)
        return
    put_document(as_document(ref, matters[ref]), "text", out)


@app.command("near")
def near(
    case: Annotated[str, typer.Argument(metavar="CASE", help=CASE)],
    item: ItemOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=100, help="How many for each part.")
    ] = 5,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    register: RegisterOption = None,
) -> None:
    """The decided matters nearest to a case, and what distinguishes each, either way."""
    from advisor.advice.assess import nearest_matters
    from advisor.advice.precedents import blocks
    from advisor.document.blocks import Block, Document, Heading, Paragraph

    book = rulebook(rules)
    read = read_case(case, book, register)
    law = book.law(book.as_at(read, a_date(as_at, "--as-at")))
    item = part_named(item, read, case)
    found = {
        key: many for key, many in nearest_matters(read, law, limit).items() if item in (None, key)
    }
    if form is Format.json:
        put(as_json([one.as_json() for many in found.values() for one in many]), out)
        return
    shown: list[Block] = [Heading(1, f"Decided matters near {read.reference}")]
    for key, many in found.items():
        shown.append(Heading(2, f"Part {key}"))
        shown.extend(blocks(many, law) if many else [Paragraph(NONE)])
    put_document(Document.of(read.reference, shown), "text", out)


@app.command("check")
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files with more decided matters to run as well."),
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Run the rules on every decided matter; exit 1 where two settled ones contradict."""
    from advisor.advice.rulebook import Rulebook
    from advisor.quality.decided import check_precedents
    from advisor.quality.decided_shown import as_document
    from advisor.rulebook.loading import with_matters

    book = rulebook(rules)
    report = check_precedents(Rulebook(with_matters(book.book, paths)) if paths else book)
    if form is Format.json:
        put(as_json(report.as_json()), out)
    else:
        put_document(as_document(report), "text", out)
    if not report.holds:
        raise typer.Exit(DOES_NOT_HOLD)
