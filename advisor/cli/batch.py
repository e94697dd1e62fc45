"""`advisor batch`: past decisions by the thousand."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from advisor.cli.options import (
    AsAtOption,
    EngineChoice,
    Format,
    FormatOption,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, put_document, say, spare, write_whole

TOLD = 10  # how many of the cases that could not be used are said on the terminal


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command("batch")(batch)


def batch(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="JSON lines, one case file, or a folder of them.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Answers, a line each.")],
    form: FormatOption = Format.text,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="The summary as CSV.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="The summary as a page.")
    ] = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    engine: Annotated[
        EngineChoice, typer.Option("--engine", help="Derive once (direct), or by both evaluators.")
    ] = EngineChoice.direct,
    outstanding: Annotated[
        bool, typer.Option("--outstanding", help="What each open part still wants to know (slow).")
    ] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes (default: the cores).")
    ] = None,
) -> None:
    """Assess past decisions: one case a line in, one answer a line out, then a summary.

    Stopped, it goes on where it was when it is run again with the same input and output.
    """
    from advisor.batch.partition import How
    from advisor.batch.running import passed_over, run
    from advisor.batch.summary import as_csv, as_document
    from advisor.document.html import as_html

    spare((source, out), (csv, html))
    spare((csv,), (html,))
    how = How(engine.value, a_date(as_at, "--as-at"), outstanding)
    law = rulebook(rules).law(how.as_at or date.today())
    found = run(source, out, rules=rules, how=how, workers=workers, progress=_progress)
    if found.unusable:
        for text in passed_over(source, out, min(TOLD, found.unusable)):
            say(text)
        if found.unusable > TOLD:
            say(f"... and {found.unusable - TOLD} more; {out} says why of each.")
    if csv is not None:
        write_whole(csv, as_csv(found, law).encode("utf-8-sig"))
    if html is not None:
        write_whole(html, as_html(as_document(found, law)).encode())
    if form is Format.json:
        put(as_json(found.as_json()), None)
    else:
        put_document(as_document(found, law), "text", None)


def _progress(done: int, of: int, seconds_each: float) -> None:
    """A line that counts on standard error, where a person is watching."""
    if sys.stderr.isatty():
        left = round((of - done) * seconds_each)
        end = "" if done < of else "\n"
        text = f"\r{done} of {of}, {left // 60}:{left % 60:02} left "
        print(text, end=end, file=sys.stderr, flush=True)
