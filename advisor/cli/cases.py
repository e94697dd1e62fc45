"""`advisor cases`: scenario cases, and whether their expectations hold."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.cli import new_case
from advisor.cli.exits import DOES_NOT_HOLD
from advisor.cli.options import (
    AsAtOption,
    CheckFormat,
    EngineChoice,
    EngineOption,
    Format,
    FormatOption,
    OutOption,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.case import Case
    from advisor.rulebook.law import Law
    from advisor.scenarios.expectations import Failure

app = typer.Typer(
    help="Scenario cases: list them, show one, check what they expect, write one.",
    no_args_is_help=True,
)

new_case.add_to(app)

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...", help="Case files or folders of them (default: the shipped ones)."
    ),
]


def _files(paths: list[Path] | None) -> list[Path]:
    from advisor.scenarios.finding import case_files, shipped

    return case_files(paths or [shipped()])


@app.command("list")
def list_cases(
    paths: Paths = None, form: FormatOption = Format.text, out: OutOption = None
) -> None:
    """List cases: reference, title, number of parts, file."""
    from advisor.case import Case

    cases = [(path, Case.read(path)) for path in _files(paths)]
    if form is Format.json:
        put(as_json([
            {"ref": c.reference, "title": c.title, "items": len(c.items), "file": str(path)}
            for path, c in cases
        ]), out)  # fmt: skip
        return
    from advisor.document.cleaning import clean

    lines = (f"{c.reference}  {c.title}  ({path})" for path, c in cases)
    put("".join(" ".join(clean(line).split("\n")) + "\n" for line in lines), out)


@app.command("show")
def show(
    given: Annotated[
        str,
        typer.Argument(metavar="CASE", help="A case file, or the reference of a shipped case."),
    ],
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
) -> None:
    """Show a case in words: the request, its parts, what is known of each, and what it teaches."""
    from advisor.cli.output import put_document
    from advisor.document.blocks import Document
    from advisor.scenarios.finding import a_case
    from advisor.scenarios.showing import as_document
    from advisor.training.showing import teaching_blocks

    book = rulebook(rules)
    case = book.read(a_case(given))
    if form is Format.json:
        put(as_json(case.document.data if case.document else {}), out)
        return
    law = book.law(book.as_at(case))
    shown = as_document(case, law)
    put_document(
        Document.of(shown.title, [*shown.blocks, *teaching_blocks(case, law)]), "text", out
    )


@app.command("check")
def check(
    paths: Paths = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="How to print the result.")
    ] = CheckFormat.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    engine: EngineOption = EngineChoice.both,
) -> None:
    """Check what cases expect; exit 1 where an expectation does not hold."""
    from advisor.scenarios.expectations import failures, idle
    from advisor.sources import InputError, Problem

    book = rulebook(rules)
    day = a_date(as_at, "--as-at")
    results: list[tuple[Path, Case, list[Failure]]] = []
    problems: list[Problem] = []
    for path in _watched(_files(paths)):
        try:
            case = book.read(path)
            assessment = book.assess(case, as_at=day, engine=engine.value)
            if case.teaching:
                from advisor.training.teaching import letter_text, read_teaching

                law = book.law(book.as_at(case))
                letter_text(read_teaching(case, law), case)
                for line in _left_open(law, case, assessment):
                    print(line, file=sys.stderr)
        except InputError as error:
            problems.extend(error.problems)
            continue
        for one in idle(case, book.law(day or book.as_at(case))):
            print(f"{one} (what is expected of it always holds)", file=sys.stderr)
        results.append((path, case, failures(case, assessment)))
    if results or not problems:
        put(_FORMATS[form](results), out)
    if problems:
        raise InputError(problems)
    if any(failed for _, _, failed in results):
        raise typer.Exit(DOES_NOT_HOLD)


def _left_open(law: Law, case: Case, assessment: Assessment) -> Iterator[str]:
    """What a case for training does not state, though factors hang on it."""
    from advisor.document.cleaning import clean
    from advisor.training.model import left_open

    for item in assessment.items:
        factors = left_open(law, case, item)
        facts = dict.fromkeys(fact for facts in factors.values() for fact in facts)
        if factors:
            yield clean(
                f"{case.reference}, part {item.id}: not stated: {', '.join(facts)}; so trainees "
                f"are not asked for {', '.join(factors)}"
            )


def _watched(files: list[Path]) -> Iterator[Path]:
    """The files, with a progress bar on a terminal once they have taken more than a second."""
    start, bar = time.monotonic(), None
    try:
        for number, path in enumerate(files):
            if bar is None and time.monotonic() - start > 1 and sys.stderr.isatty():
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                task = bar.add_task("Checking", total=len(files))
                bar.start()
            if bar is not None:
                bar.update(task, completed=number)
            yield path
    finally:
        if bar is not None:
            bar.stop()


def _as_json(results: list[tuple[Path, Case, list[Failure]]]) -> str:
    held = sum(not failed for _, _, failed in results)
    failed = [one.as_json() for _, _, many in results for one in many]
    return as_json({"checked": len(results), "held": held, "failed": failed})


def _as_text(results: list[tuple[Path, Case, list[Failure]]]) -> str:
    from advisor.document.cleaning import clean

    lines = [line for _, case, failed in results for line in _in_places(case, failed)]
    held = sum(not failed for _, _, failed in results)
    lines.append(f"{held} of {len(results)} cases hold.")
    return "".join(f"{clean(line)}\n" for line in lines)


def _in_places(case: Case, failed: list[Failure]) -> Iterator[str]:
    """What does not hold of a case, each expectation at its place in the file."""
    parts = [item.id for item in case.items]
    for one in failed:
        start = ("items", parts.index(one.item)) if one.item else ()
        who = f"{case.reference}, part {one.item}" if one.item else case.reference
        for key, wanted in one.expected.items():
            text = f"{who}, {key}: expected {_shown(wanted)}, got {_shown(one.actual[key])}"
            yield str(case.problem((*start, "expect", key), text))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return "nothing" if value is None else str(value)


def _as_junit(results: list[tuple[Path, Case, list[Failure]]]) -> str:
    from xml.etree import ElementTree as tree

    from advisor.document.cleaning import clean

    failed = sum(bool(many) for _, _, many in results)
    counts = {"name": "advisor cases", "tests": str(len(results)), "failures": str(failed)}
    suite = tree.Element("testsuite", counts)
    for path, case, many in results:
        name = clean(f"{case.reference}: {case.title}" if case.title else case.reference)
        test = tree.SubElement(suite, "testcase", classname=clean(path.as_posix()), name=name)
        if many:
            node = tree.SubElement(
                test, "failure", message=f"{len(many)} expectation(s) do not hold"
            )
            node.text = clean("\n".join(_in_places(case, many)))
    tree.indent(suite)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + tree.tostring(suite, encoding="unicode") + "\n"
    )


_FORMATS = {CheckFormat.json: _as_json, CheckFormat.text: _as_text, CheckFormat.junit: _as_junit}
