"""What commands are given that is not an option: a case, by its path or its reference."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from advisor.sources import InputError, Problem, nearest

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook
    from advisor.case import Case

CASE = "A case file, or the reference of a saved assessment."
CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help=CASE)]
PART = "its id, or its number in the request."
ItemOption = Annotated[
    str | None, typer.Option("--item", metavar="ID", help=f"Only this part: {PART}")
]
RegisterOption = Annotated[
    Path | None,
    typer.Option(
        "--register",
        metavar="PATH",
        envvar="ADVISOR_REGISTER",
        help="Use another register of saved assessments.",
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        envvar="ADVISOR_OFFICER",
        help="Who does this, for the record (default: your login name).",
    ),
]


def read_case(given: str, book: Rulebook, register: Path | None) -> Case:
    """The case in a file, if there is such a file, else the saved one of that reference.

    Raises InputError where there is neither, with the nearest reference.
    """
    if os.path.exists(given) and not os.path.isdir(given):
        return book.read(given)
    from advisor.register.store import Register

    with Register(register) as saved:
        if given in saved:
            return _with_parts(saved.open(given).case())
        if os.path.isdir(given):
            raise InputError(Problem(given, 0, 0, "is a folder", "name a file in it"))
        text = "there is no such file, and no saved assessment of that reference"
        right = nearest(given, saved.references()) or "see `advisor register list`"
        raise InputError(Problem(given, 0, 0, text, right))


def agreed_in(given: str, register: Path | None) -> dict[tuple[str, str], tuple[str, str | None]]:
    """What the officer agreed with in the saved assessment of that reference; none in a file."""
    if os.path.exists(given) and not os.path.isdir(given):
        return {}
    from advisor.register.agreed import Agreed
    from advisor.register.store import Register

    with Register(register) as saved:
        return Agreed.by(saved.open(given).events).results


def part_named(item: str | None, case: Case, given: str) -> str | None:
    """The part of the case that `--item` names, by its id or its number; None where none is.

    Raises InputError where there is no such part, with the nearest or all.
    """
    if item is None:
        return None
    from advisor.interview.parts import named

    part = named(case, item)
    if part is None:
        names = [one.id for one in case.items]
        right = nearest(item, names) or f"parts: {', '.join(names)}"
        raise InputError(Problem(given, 0, 0, f"no part '{item}'", right))
    return part


def _with_parts(case: Case) -> Case:
    if not case.items:
        text, right = "no part of the request is named yet", "go on with `advisor resume`"
        raise InputError(Problem(case.reference, 0, 0, text, right))
    return case


def officer(by: str | None) -> str:
    """Who does something, for the record: as given, else the login name, else nobody.

    Raises InputError where what is given is no name.
    """
    if by is not None and by.strip():
        from advisor.interview.prompts import is_name

        if not is_name(by):
            raise InputError(Problem("--by", 0, 0, "a name has letters", "write who does this"))
        return by.strip()
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without users, Windows without a name
        return ""
