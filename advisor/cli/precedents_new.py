"""`advisor precedents new`: a decided matter as a file for the library, asked for bit by bit."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from advisor.cli.options import RulesOption, rulebook
from advisor.cli.output import put, say

# What a matter cannot do without, and how it is asked for.
_NEEDED = {
    "title": "Title (who against whom, about what)",
    "citation": "Citation",
    "body": "Body",
    "decided": "Decided on (YYYY, YYYY-MM or YYYY-MM-DD)",
    "asked": "What was asked for, in your own words",
    "what": "The piece of information that was decided on",
    "result": "Result on it",
    "because": "The reason for the result, in one sentence of your own",
    "published": "Where it was published",
    "seen": "How much of it you have read",
    "limits": "Where it should not be relied on",
}


def new(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The reference it shall have.")],
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=TEXT", help=f"One of {', '.join(_NEEDED)}."),
    ] = None,
    fact: Annotated[
        list[str] | None, typer.Option("--fact", metavar="FACT=VALUE", help="A fact that was read.")
    ] = None,
    limb: Annotated[
        list[str] | None, typer.Option("--limb", metavar="PROVISION", help="Decided under it.")
    ] = None,
    read: Annotated[
        str | None, typer.Option("--read", metavar="DATE", help="When you read it (today).")
    ] = None,
    reviewed_by: Annotated[
        str, typer.Option("--reviewed-by", help="The lawyer who reviewed this entry.")
    ] = "",
    reviewed_on: Annotated[
        str | None, typer.Option("--reviewed-on", metavar="DATE", help="The day of that review.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write it to this file.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Write a file for a decided matter; on a terminal, ask for what is not given."""
    from datetime import date

    import yaml

    from advisor.rulebook.decided import with_documents
    from advisor.sources import InputError, parse

    answers = _pairs("--set", given, set(_NEEDED))
    answers = {key: answers.get(key) or _asked(key, text) for key, text in _NEEDED.items()}
    if missing := [key for key, value in answers.items() if not value]:
        raise InputError(
            [_problem(f"'{key}' is needed", f"add --set {key}=...") for key in missing]
        )
    limbs = limb or _several("Provision it was decided under, such as s30(1)(a)(i)")
    facts = fact or _several("Fact that you read, as FACT=VALUE")
    entry: dict[str, Any] = {
        key: answers[key] for key in _NEEDED if key not in ("what", "result", "because")
    }
    part = {"id": "information", **{key: answers[key] for key in ("what", "result", "because")}}
    entry |= {
        "read": read or date.today().isoformat(),
        "parts": [part | {"limbs": limbs, "facts": _pairs("--fact", facts, None)}],
    }
    if reviewed_by or reviewed_on:
        entry |= {"reviewed_by": reviewed_by, "reviewed_on": reviewed_on or ""}
    whole = {"precedents": {ref: entry}}
    text = yaml.dump(whole, Dumper=_plain(), sort_keys=False, allow_unicode=True, width=110)
    with_documents(rulebook(rules).book, [parse(text, f"precedents new {ref}")])
    put(text, out)
    if not reviewed_by:
        say("Nobody has reviewed it yet: it is shown with that said, and cited in no letter.")


def _plain() -> Any:
    """A YAML writer that quotes nothing which the one reader takes as text anyway."""
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    Plain.yaml_implicit_resolvers = {}
    return Plain


def _pairs(option: str, given: list[str] | None, known: set[str] | None) -> dict[str, str]:
    from advisor.sources import InputError, nearest

    found: dict[str, str] = {}
    for one in given or ():
        key, sign, value = one.partition("=")
        if not sign or (known is not None and key not in known):
            right = nearest(key, known) if known and sign else "write KEY=VALUE"
            raise InputError(_problem(f"'{one}' cannot be used with {option}", right))
        found[key] = value
    return found


def _problem(text: str, right: str) -> Any:
    from advisor.sources import Problem

    return Problem("advisor precedents new", 0, 0, text, right)


def _asked(key: str, question: str) -> str:
    """The answer to a question, or nothing where nobody can be asked."""
    if not sys.stdin.isatty():
        return ""
    from advisor.rulebook.model import Part, Precedent

    for kind in (Precedent, Part):
        if key in {one.name for one in fields(kind)}:
            choices = get_args(get_type_hints(kind)[key])
            question += f" ({', '.join(choices)})" if choices else ""
    return _prompt(question)


def _several(question: str) -> list[str]:
    """Answers until a blank one; none where nobody can be asked."""
    found: list[str] = []
    while sys.stdin.isatty():
        answer = _prompt(f"{question} (blank: no more)", default="")
        if not answer:
            break
        found.append(answer)
    return found


def _prompt(question: str, default: str | None = None) -> str:
    try:
        return str(typer.prompt(question, default=default, show_default=False, err=True)).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None  # which has its own exit code
