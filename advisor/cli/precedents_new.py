"""`advisor precedents new`: a decided matter as a file for the library, asked for bit by bit."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

import typer

from advisor.cli.options import RulesOption, rulebook
from advisor.cli.output import put, say

if TYPE_CHECKING:
    from advisor.rulebook.book import Book
    from advisor.sources import Problem

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
_SEVERAL = {
    "limb": "Provision it was decided under, such as s30(1)(a)(i)",
    "fact": "Fact that you read, as FACT=VALUE",
    "factor": "Factor that the decision names, as FACTOR=ITS WORDS, or FACTOR:WEIGHT=ITS WORDS "
    "where it states a weight",
}
_OF_THE_PART = ("what", "result", "because")
# What stands for an answer that is still to come, while those given are checked.
_MEANWHILE = {"body": "commissioner", "decided": "9999", "result": "not_decided"}


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
    factor: Annotated[
        list[str] | None,
        typer.Option(
            "--factor",
            metavar="FACTOR[:WEIGHT]=WORDS",
            help="A factor that the decision names; a weight only where it states one.",
        ),
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
    several = {"limb": limb or [], "fact": fact or [], "factor": factor or []}
    entry = _Entry(ref, rulebook(rules).book, _pairs("--set", given, set(_NEEDED)), several)
    entry.read, entry.reviewed_by, entry.reviewed_on = read or "", reviewed_by, reviewed_on or ""
    if sys.stdin.isatty():
        entry.check()
        try:
            _ask(entry)
        except KeyboardInterrupt:
            say(f"\nTo go on with what you have given:\n  {entry.command()}")
            raise
    entry.complete()
    entry.check()
    put(entry.text(), out)
    if not entry.reviewed_by:
        say("Nobody has reviewed it yet: it is shown with that said, and cited in no letter.")


@dataclass
class _Entry:
    """A matter as far as it is given; it can be checked at every step."""

    ref: str
    book: Book
    answers: dict[str, str]
    several: dict[str, list[str]]
    read: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""
    today: str = field(default_factory=lambda: date.today().isoformat())

    def text(self) -> str:
        import yaml

        answers = {key: self.answers.get(key) or _MEANWHILE.get(key, "-") for key in _NEEDED}
        part: dict[str, Any] = {"id": "information", **{key: answers[key] for key in _OF_THE_PART}}
        part |= {
            "limbs": self.several["limb"],
            "facts": _pairs("--fact", self.several["fact"], None),
            "factors": [*map(_stated, self.several["factor"])],
        }
        entry = {key: text for key, text in answers.items() if key not in _OF_THE_PART}
        entry |= {"read": self.read or self.today}
        if self.reviewed_by or self.reviewed_on:
            entry |= {"reviewed_by": self.reviewed_by, "reviewed_on": self.reviewed_on}
        whole = {"precedents": {self.ref: {**entry, "parts": [part]}}}
        return yaml.dump(whole, Dumper=_plain(), sort_keys=False, allow_unicode=True, width=110)

    def check(self) -> None:
        """Raise InputError with everything that is wrong with what is given so far."""
        from advisor.rulebook.loading import with_documents
        from advisor.sources import parse

        with_documents(self.book, [parse(self.text(), f"precedents new {self.ref}")])

    def complete(self) -> None:
        """Raise InputError with everything that is still missing."""
        from advisor.sources import InputError

        if missing := [key for key in _NEEDED if not self.answers.get(key)]:
            raise InputError(
                [_problem(f"'{key}' is needed", f"add --set {key}=...") for key in missing]
            )

    def command(self) -> str:
        """The command that goes on from here."""
        words = ["advisor", "precedents", "new", self.ref]
        for key, text in self.answers.items():
            words += ["--set", f"{key}={text}"] if text else []
        for key, texts in self.several.items():
            words += [word for text in texts for word in (f"--{key}", text)]
        return shlex.join(words)


def _ask(entry: _Entry) -> None:
    """Ask for everything that is not given, and again where an answer cannot be right."""
    for key, question in _NEEDED.items():
        if not entry.answers.get(key):
            _until_right(entry, question + _choices(key), partial(entry.answers.__setitem__, key))
    for key, question in _SEVERAL.items():
        while _one_more(entry, key, f"{question} (blank: no more)"):
            pass
    if not entry.read:
        asked = f"Read on (blank: {entry.today})"
        _until_right(entry, asked, partial(setattr, entry, "read"), blank=True)
    if not entry.reviewed_by:
        asked = "Lawyer who has read the decision against this entry (blank: nobody yet)"
        entry.reviewed_by = _prompt(asked, "")
    if entry.reviewed_by and not entry.reviewed_on:
        _until_right(entry, "Reviewed on (YYYY-MM-DD)", partial(setattr, entry, "reviewed_on"))


def _one_more(entry: _Entry, key: str, question: str) -> bool:
    """Ask for one more of several; whether there was one."""
    given = entry.several[key]

    def take(text: str) -> None:
        entry.several[key] = [*given, text] if text else given

    return bool(_until_right(entry, question, take, blank=True))


def _until_right(
    entry: _Entry, question: str, take: Callable[[str], None], *, blank: bool = False
) -> str:
    """Ask until the entry can be right with the answer, and return that."""
    from advisor.sources import InputError

    while True:
        answer = _prompt(question, "" if blank else None)
        take(answer)
        try:
            entry.check()
        except InputError as error:
            first = error.problems[0]
            say(f"  {first.text}{f'; {first.right}' if first.right else ''}")
            take("")
        else:
            return answer


def _choices(key: str) -> str:
    from advisor.rulebook.model import Part, Precedent

    hints = get_type_hints(Precedent) | get_type_hints(Part)
    choices = get_args(hints[key])
    return f" ({', '.join(choices)})" if choices else ""


def _prompt(question: str, default: str | None) -> str:
    # The last blank of a question goes to standard output, which may be the file that is written.
    shown = sys.stdout if sys.stdout.isatty() else sys.stderr
    try:
        with redirect_stdout(shown):
            answer = typer.prompt(question, default=default, show_default=False, err=True)
            return str(answer).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None  # which has its own exit code


def _stated(text: str) -> dict[str, str]:
    """A factor as the decision names it, with its weight where one is stated."""
    (name, said) = next(iter(_pairs("--factor", [text], None).items()))
    factor, _, weight = name.partition(":")
    return {"factor": factor, "said": said, **({"weight": weight} if weight else {})}


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


def _problem(text: str, right: str) -> Problem:
    from advisor.sources import Problem

    return Problem("advisor precedents new", 0, 0, text, right)
