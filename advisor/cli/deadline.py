"""`advisor deadline`: by when a request must be answered."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from advisor.cli.options import Format, FormatOption, OutOption, a_date
from advisor.cli.output import as_json, put, write_whole
from advisor.sources import InputError, Problem


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command("deadline")(deadline)


def _day(name: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar="DATE", help=text)
    return option


def deadline(
    day: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DATE]", help="The same as --received.", show_default=False),
    ] = None,
    received: Annotated[
        str | None, _day("--received", "The day on which the request was received.")
    ] = None,
    clarified: Annotated[
        str | None, _day("--clarified", "The day on which needed clarification arrived.")
    ] = None,
    fees_notice: Annotated[
        str | None, _day("--fees-notice", "The day on which a fees notice was given.")
    ] = None,
    fee_received: Annotated[
        str | None, _day("--fee-received", "The day on which the fee was received.")
    ] = None,
    authority_kind: Annotated[
        str,
        typer.Option("--authority-kind", metavar="KIND", help="What kind of authority it is."),
    ] = "other",
    closed: Annotated[
        list[str] | None,
        typer.Option(
            "--closed",
            metavar="FROM/TO",
            help="A break of a maintained school, first to last day; may be given more than once.",
        ),
    ] = None,
    archive_extension: Annotated[
        bool,
        typer.Option(
            "--archive-extension", help="Ten further days, for an archive's records not open."
        ),
    ] = False,
    decision_expected: Annotated[
        str | None,
        _day("--decision-expected", "The day by which you expect to decide the public interest."),
    ] = None,
    reference: Annotated[
        str, typer.Option("--reference", metavar="REF", help="Your reference, for the diary.")
    ] = "",
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write the day for a diary.")
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
) -> None:
    """Say by when a request must be answered, and which days were left out, by name."""
    from advisor.notice.working_days import AUTHORITY_KINDS, DeadlineError, extension_guide
    from advisor.notice.working_days import deadline as computed
    from advisor.sources import nearest

    if authority_kind not in AUTHORITY_KINDS:
        known = f"use one of {', '.join(AUTHORITY_KINDS)}"
        right = nearest(authority_kind, AUTHORITY_KINDS) or known
        text = f"'{authority_kind}' is not a kind of authority"
        raise InputError(Problem("--authority-kind", 0, 0, text, right))
    arrived = _received(" ".join(day or ()), received)
    expected = a_date(decision_expected, "--decision-expected")
    try:
        found = computed(
            arrived,
            clarified=a_date(clarified, "--clarified"),
            fees_notice=a_date(fees_notice, "--fees-notice"),
            fee_received=a_date(fee_received, "--fee-received"),
            authority_kind=authority_kind,
            closed=tuple(map(_break, closed or ())),
            archive_extension=archive_extension,
        )
        guide = extension_guide(found.due)
    except DeadlineError as error:
        raise InputError(Problem("advisor deadline", 0, 0, str(error))) from None
    if form is Format.json:
        shown = as_json({**found.as_json(), "extension_guide": guide.isoformat()})
    else:
        from advisor.document.text import WIDTH, width_of
        from advisor.notice.calendar_view import report

        shown = report(found, expected, width_of(sys.stdout) if out is None else WIDTH)
    if ics is not None:
        from advisor.notice.ics import as_ics

        write_whole(ics, as_ics(found, reference))
    put(shown, out)


def _received(day: str, option: str | None) -> date:
    """The day of receipt, as it was given: alone, or as the option."""
    if bool(day) == bool(option):
        text = "the day of receipt is given twice" if day else "no day of receipt is given"
        raise InputError(Problem("advisor deadline", 0, 0, text, "give it once, with --received"))
    found = a_date(option or day, "--received")
    assert found is not None
    return found


def _break(text: str) -> tuple[date, date]:
    """A school's break from FROM/TO, or "FROM to TO" where a day is written with slashes."""
    first, _, last = text.partition(" to " if " to " in text else "/")
    began, ended = a_date(first, "--closed"), a_date(last or first, "--closed")
    assert began is not None
    assert ended is not None
    return began, ended
