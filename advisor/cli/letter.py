"""`advisor letter`: the letter to the applicant, drafted."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.given import RegisterOption, agreed_in, read_case
from advisor.cli.options import (
    AsAtOption,
    EngineChoice,
    EngineOption,
    Format,
    FormatOption,
    OutOption,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, put_document, spare, write_whole
from advisor.sources import InputError, Problem

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.notice.letter import Letter


class Kind(StrEnum):
    """What a letter is drafted as."""

    md = "md"
    html = "html"
    docx = "docx"
    pdf = "pdf"


_WRITTEN = {Kind.md: "markdown", Kind.html: "html"}
_STILL_UNDECIDED = (
    "The case still says that the public interest is to be decided, and this letter says that it "
    "has been: as the weights come out, or as you concluded. Put the decision on record before it "
    "goes."
)
_SHOWN = 160  # characters of a quotation: enough to find it by
_SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command("letter")(letter)


def letter(
    case: Annotated[
        str | None,
        typer.Argument(metavar="CASE", help="A case file, or the reference of a saved assessment."),
    ] = None,
    to: Annotated[
        Kind | None,
        typer.Option("--to", help="What to draft it as (default: what FILE ends in, else md)."),
    ] = None,
    out: OutOption = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help="Use another Word template (for docx)."),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option(
            "--settings",
            metavar="FILE",
            envvar="ADVISOR_SETTINGS",
            help="The authority's settings (default: settings.yaml in your configuration folder).",
        ),
    ] = None,
    second: Annotated[
        bool,
        typer.Option("--second", help="The further notice, with the reasons that were put off."),
    ] = False,
    annex: Annotated[
        Path | None,
        typer.Option(
            "--annex",
            metavar="FILE",
            help="Rely on section 17(4): what it excuses goes to this file, not into the letter.",
        ),
    ] = None,
    save_template: Annotated[
        Path | None,
        typer.Option("--save-template", metavar="FILE", help="Save the shipped Word template."),
    ] = None,
    form: FormatOption = Format.text,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    engine: EngineOption = EngineChoice.both,
    register: RegisterOption = None,
) -> None:
    """Draft the letter: what is disclosed, and the notice for what is not."""
    from advisor.notice.letter import letter as drafted
    from advisor.notice.letter import now_decided
    from advisor.notice.settings import Settings

    if save_template is not None:
        from advisor.notice.template import SHIPPED

        write_whole(save_template, SHIPPED.read_bytes())
        if case is None:
            return
    if case is None:
        raise InputError(Problem("advisor letter", 0, 0, "no case is given", "name a case file"))
    kind = to or _kind_of(out, form)
    _check(kind, out, template, annex, form)
    own = Settings.find(settings)
    spare((Path(case), own.file, template or own.template_file), (out, annex))
    book = rulebook(rules)
    read = read_case(case, book, register)
    given = read
    read = now_decided(read) if second else read
    assessment = book.assess(read, as_at=a_date(as_at, "--as-at"), engine=engine.value)
    law = book.law(assessment.as_at)
    found = drafted(
        assessment, read, law, own, kind="second" if second else "auto", annex=annex is not None
    )
    if read.facts != given.facts:
        found = replace(found, remarks=(_STILL_UNDECIDED, *found.remarks))
    _put(found, kind, form, out, template or own.template_file)
    if annex is not None:
        from advisor.notice.annex import annex as full_reasons

        kept = full_reasons(assessment, read, law, found, agreed=agreed_in(case, register))
        put_document(kept, _SUFFIXES[annex.suffix.lower()], annex, private=True)
    _report(found, assessment)


def _kind_of(out: Path | None, form: Format) -> Kind:
    """What a file's name says that it is. Raises InputError where it says something else."""
    suffix = out.suffix.lower().removeprefix(".") if out is not None else ""
    if suffix in list(Kind):
        return Kind(suffix)
    if form is Format.text and suffix not in ("", "txt"):
        text, right = f"'{out}' does not end in a kind of letter", "use .md, .html, .docx or .pdf"
        raise InputError(Problem("--out", 0, 0, text, f"{right}, or say which with --to"))
    return Kind.md


def _check(
    kind: Kind, out: Path | None, template: Path | None, annex: Path | None, form: Format
) -> None:
    """What cannot be asked for together."""
    if kind not in _WRITTEN and out is None:
        text, right = f"a {kind.value} needs a file", f"name it: -o letter.{kind.value}"
        raise InputError(Problem(f"--to {kind.value}", 0, 0, text, right))
    if template is not None and kind is not Kind.docx:
        text, right = "a template is for a Word document", "add `--to docx -o letter.docx`"
        raise InputError(Problem("--template", 0, 0, text, right))
    if kind not in _WRITTEN and form is Format.json:
        text, right = f"a {kind.value} cannot be put in JSON", "use --to md or --to html"
        raise InputError(Problem("--format json", 0, 0, text, right))
    if annex is not None and annex.suffix.lower() not in _SUFFIXES:
        text = f"'{annex}' is not a file that the annex can be written as"
        raise InputError(Problem("--annex", 0, 0, text, "end its name in .html, .md or .txt"))
    if annex is not None and out is not None and annex.resolve() == out.resolve():
        text = "the annex is confidential and cannot be the letter's own file"
        raise InputError(Problem("--annex", 0, 0, text, "name another file"))


def _put(
    found: Letter,
    kind: Kind,
    form: Format,
    out: Path | None,
    template: Path | None,
) -> None:
    if form is Format.json:
        put(as_json(_as_json(found, kind)), out)
    elif kind in _WRITTEN:
        put_document(found.document(), _WRITTEN[kind], out)
    elif kind is Kind.docx:
        from advisor.notice.template import as_docx

        assert out is not None
        write_whole(out, as_docx(found, template))
    else:
        from advisor.document.typst import as_pdf

        assert out is not None
        write_whole(out, as_pdf(found.document()))


def _as_json(found: Letter, kind: Kind) -> dict[str, object]:
    from advisor.document.html import as_html
    from advisor.document.markdown import as_markdown

    written = as_html if kind is Kind.html else as_markdown
    return {
        "fields": dict(found.fields),
        "to": kind.value,
        "letter": written(found.document()),
        "missing": list(found.missing),
        "quoted": [{"where": one.where, "text": one.text} for one in found.quoted],
        "remarks": list(found.remarks),
        "met": {part: sorted(ids) for part, ids in found.met.items()},
    }


def _report(found: Letter, assessment: Assessment) -> None:
    """What the officer should know of the draft, on standard error."""
    from textwrap import shorten

    from advisor.document.blocks import Block, Bullets, Document, Entry, Paragraph
    from advisor.document.dates import long_date
    from advisor.document.text import write

    blocks: list[Block] = [Paragraph("This is a draft: a named person reads it, and decides.")]
    if assessment.notice.due is not None:
        due = long_date(assessment.notice.due, weekday=True)
        is_due = "was" if assessment.as_at > assessment.notice.due else "is"
        blocks.append(Paragraph(f"It {is_due} due by {due}."))
    quoted = (
        f"{one.where}: {shorten(one.text, _SHOWN, placeholder=' ...')}" for one in found.quoted
    )
    for heading, many in (
        ("Still wanted, and shown as [placeholder: ...]:", found.missing),
        ("The letter quotes these words of yours; read them for names:", tuple(quoted)),
        ("Before it goes:", found.remarks),
    ):
        if many:
            blocks += [Paragraph("", heading), Bullets(tuple(Entry(one) for one in many))]
    write(Document.of("", blocks), sys.stderr)
