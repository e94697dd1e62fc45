"""The options that commands share, and what they mean."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.sources import InputError, Problem

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook


class Format(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"


class ReportFormat(StrEnum):
    """How an assessment is printed."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"


class CheckFormat(StrEnum):
    """How the result of checking cases is printed."""

    text = "text"
    json = "json"
    junit = "junit"


class EngineChoice(StrEnum):
    """Which evaluators derive the advice."""

    both = "both"
    direct = "direct"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the answer.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the answer to a file.")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Use another rulebook.")
]
AsAtOption = Annotated[
    str | None,
    typer.Option(
        "--as-at",
        metavar="DATE",
        help="Decide under the law of that day (default: the case's `decided`, else today).",
    ),
]
EngineOption = Annotated[
    EngineChoice,
    typer.Option(
        "--engine",
        help="Derive by both evaluators, or by the direct one alone (for large batches).",
    ),
]
NoInputOption = Annotated[
    bool,
    typer.Option(
        "--no-input", help="Never ask; say what is undetermined and what would settle it."
    ),
]


def rulebook(folder: Path | None) -> Rulebook:
    """The rulebook that a command uses."""
    from advisor.advice.rulebook import Rulebook

    return Rulebook.load(folder)


def a_date(text: str | None, option: str) -> date | None:
    """A date given on the command line. Raises InputError where there is no such day."""
    if text is None:
        return None
    from advisor.document.dates import day_of

    try:
        return day_of(text, date.today())
    except ValueError:
        right = "write a day that exists, such as 2026-02-09, 9 February 2026 or 9/2/2026"
        raise InputError(Problem(option, 0, 0, f"'{text}' is not a date", right)) from None
