"""`advisor next` and `advisor whatif`: what to ask, and what other answers would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from advisor.cli.given import CaseArgument, ItemOption, RegisterOption, part_named, read_case
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from advisor.case import Case
    from advisor.interview.whatif import Turning
    from advisor.interview.why import Why
    from advisor.rulebook.law import Law

SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        help="Another answer, in the part --item or in every part; may be repeated.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command("next")(next_question)
    app.command("whatif")(what_if)


def next_question(
    case: CaseArgument,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    register: RegisterOption = None,
) -> None:
    """Print the next question worth asking, why, and what each answer would lead to."""
    from advisor.advice.matters import matters
    from advisor.interview.questions import next_question as next_of
    from advisor.interview.why import why

    book = rulebook(rules)
    read = read_case(case, book, register)
    law = book.law(book.as_at(read, a_date(as_at, "--as-at")))
    found = matters(read, law)
    question = next_of(found)
    reasons = why(found, question) if question is not None else None
    if form is Format.json:
        put(as_json(_as_json(reasons, law)), out)
    elif reasons is None:
        put("Nothing is left to ask.\n", out)
    else:
        put(_in_words(read, reasons, law), out)


def _as_json(found: Why | None, law: Law) -> dict[str, Any]:
    if found is None:
        return {"item": None, "fact": None}
    question = found.question
    fact = law.facts[question.fact]
    return {
        "item": question.item,
        "fact": question.fact,
        "question": fact.ask,
        "type": fact.type,
        "help": fact.help,
        "keep": fact.keep,
        "changes": question.changes,
        "why": found.text,
        "authority": list(dict.fromkeys((*found.authority, *law.cites(fact.authority)))),
        "answers": [
            {"value": one.value, "text": one.text, "leads_to": list(one.leads_to)}
            for one in found.answers
        ],
    }


def _in_words(case: Case, found: Why, law: Law) -> str:
    from io import StringIO

    from advisor.cli.line import Shown
    from advisor.cli.reasons import show_why
    from advisor.interview.parts import label

    question, written = found.question, StringIO()
    fact, shown = law.facts[question.fact], Shown(written)
    shown.say(label(case, question.item))
    shown.say()
    shown.say(fact.ask)
    shown.say(f"({question.fact})", indent=2)
    shown.say(fact.help, indent=2)
    if fact.keep:
        shown.say(f"Evidence to keep: {fact.keep}", indent=2)
    shown.say("; ".join(law.cites(fact.authority)), indent=2, hang=2)
    show_why(shown, found, law)
    return written.getvalue()


def what_if(
    case: CaseArgument,
    item: ItemOption = None,
    changed: SetOption = None,
    form: FormatOption = Format.text,
    out: OutOption = None,
    rules: RulesOption = None,
    as_at: AsAtOption = None,
    register: RegisterOption = None,
) -> None:
    """Print what other answers would change or, without --set, what would turn the outcome.

    With several parts and no --item all of them are answered for; the JSON is then a list.
    """
    from advisor.interview import documents, whatif

    book = rulebook(rules)
    read = read_case(case, book, register)
    day = a_date(as_at, "--as-at")
    law = book.law(book.as_at(read, day))
    item = part_named(item, read, case)
    if not changed:
        found = whatif.turning_points(read, law, item)
        if form is Format.json:
            put(as_json(_one_or_all(_changes_as_json(found))), out)
        else:
            put_document(documents.changes_document(read, law, found), "text", out)
        return
    other = whatif.with_answers(read, law, changed, item)
    both = [
        (before, after)
        for before, after in whatif.before_and_after(book, read, other, day)
        if item in (None, before.id)
    ]
    if form is Format.json:
        shown = {one.id: {"before": one.as_json(), "after": new.as_json()} for one, new in both}
        put(as_json(_one_or_all(shown)), out)
    else:
        put_document(documents.difference_document(read, law, both), "text", out)


def _changes_as_json(found: Mapping[str, Turning]) -> dict[str, dict[str, Any]]:
    from advisor.interview.why import said

    return {
        key: {
            name: [
                {"set": {fact: said(to) for fact, to in one.set.items()}, "outcome": one.outcome}
                for one in some
            ]
            for name, some in (("changes", turning.changes), ("settles", turning.settles))
        }
        for key, turning in found.items()
    }


def _one_or_all(of_parts: dict[str, dict[str, Any]]) -> Any:
    """What is said of the only part, or a list of what is said of each."""
    if len(of_parts) == 1:
        return next(iter(of_parts.values()))
    return [{"id": key, **one} for key, one in of_parts.items()]
