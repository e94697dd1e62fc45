"""`advisor assess` and `advisor explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from advisor.cli.given import (
    CASE,
    ByOption,
    CaseArgument,
    ItemOption,
    RegisterOption,
    agreed_in,
    part_named,
    read_case,
)
from advisor.cli.interviewing import (
    AnswersOption,
    assess_by_asking,
    nobody_to_ask,
    on_a_terminal,
)
from advisor.cli.options import (
    AsAtOption,
    EngineChoice,
    EngineOption,
    Format,
    FormatOption,
    NoInputOption,
    OutOption,
    ReportFormat,
    RulesOption,
    a_date,
    rulebook,
)
from advisor.cli.output import as_json, put, put_document, spare
from advisor.sources import InputError, Problem


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command("assess")(assess)
    app.command("explain")(explain)


def assess(
    case: Annotated[str | None, typer.Argument(metavar="[CASE]", help=CASE)] = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How to print the advice.")
    ] = ReportFormat.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    engine: EngineOption = EngineChoice.both,
    no_input: NoInputOption = False,
    answers: AnswersOption = None,
    by: ByOption = None,
    register: RegisterOption = None,
) -> None:
    """Print the reasoned recommendation for a case; on a terminal, ask for what is still needed.

    Without CASE the interview begins from nothing.
    """
    spare((Path(one) for one in (case, answers) if one), (out,))
    if answers is not None or (not no_input and on_a_terminal()):
        assess_by_asking(case, answers, by, form, out, rules, as_at, engine, register)
        return
    if case is None:
        raise InputError(nobody_to_ask("advisor assess"))
    book = rulebook(rules)
    day = a_date(as_at, "--as-at")
    read = read_case(case, book, register)
    assessment = book.assess(read, as_at=day, engine=engine.value)
    if form is ReportFormat.json:
        put(as_json(assessment.as_json()), out)
        return
    from advisor.advice.report import report

    law, agreed = book.law(assessment.as_at), agreed_in(case, register)
    put_document(report(assessment, read, law, agreed), form.value, out)


def explain(
    case: CaseArgument,
    item: ItemOption = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="CONCLUSION", help="Explain one conclusion.")
    ] = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    engine: EngineOption = EngineChoice.both,
    register: RegisterOption = None,
) -> None:
    """Print the derivation as a tree: conclusion, rule, facts, authority."""
    from advisor.advice.assess import matters, nearest_matters
    from advisor.advice.explanation import explain as derive_tree
    from advisor.advice.explanation_shown import derivation
    from advisor.advice.precedents import blocks
    from advisor.sources import nearest

    spare((Path(case),), (out,))
    book = rulebook(rules)
    read = read_case(case, book, register)
    law = book.law(book.as_at(read, a_date(as_at, "--as-at")))
    found = matters(read, law)
    item = part_named(item, read, case)
    names = [*law.conclusions, *law.findings]
    if about is not None and about not in names:
        raise InputError(
            Problem("--about", 0, 0, f"no conclusion '{about}'", nearest(about, names))
        )
    trees = {
        key: derive_tree(matter, about, engine.value)
        for key, matter in found.items()
        if item in (None, key)
    }
    near = nearest_matters(read, law, 3) if about is None else {}
    if form is Format.json:
        parts = [
            {
                "id": key,
                "tree": [node.as_json() for node in tree],
                "precedents": [one.as_json() for one in near.get(key, ())],
            }
            for key, tree in trees.items()
        ]
        put(as_json(parts), out)
        return
    beside = {key: tuple(blocks(many, law)) for key, many in near.items()}
    put_document(derivation(read.reference, trees, beside), "text", out)
