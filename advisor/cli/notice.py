"""`advisor check-notice`: what section 17 still wants of a letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.given import RegisterOption, read_case
from advisor.cli.options import (
    AsAtOption,
    Format,
    FormatOption,
    OutOption,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, put_document, spare

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.case import Case


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command("check-notice")(check_notice)


def check_notice(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A letter, drafted or sent: .docx, .md or .txt.")
    ],
    case: Annotated[
        str | None,
        typer.Option(
            "--case",
            metavar="CASE",
            help="Also compare with the assessment of this case (a file or a saved reference).",
        ),
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> None:
    """Check a letter against section 17, line by line; exit 1 where a requirement is missing."""
    from datetime import date

    from advisor.notice.checking import check
    from advisor.notice.reading import read

    spare((file, Path(case) if case else None), (out,))
    book = rulebook(rules)
    day = a_date(as_at, "--as-at")
    assessment: Assessment | None = None
    given: Case | None = None
    if case is not None:
        given = read_case(case, book, register)
        assessment = book.assess(given, as_at=day)
        day = assessment.as_at
    letter = read(file)
    found = check(letter.lines, book.law(day or date.today()), assessment, letter.name, given)
    if form is Format.json:
        put(as_json({**found.as_json(), "file": letter.name, "counted_in": letter.unit}), out)
    else:
        from advisor.notice.check_report import report

        put_document(report(found, letter), "text", out)
    if not found.holds:
        raise typer.Exit(DOES_NOT_HOLD)
