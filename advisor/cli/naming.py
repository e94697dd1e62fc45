"""Asking who does something, where the login must not stand for a name."""

from __future__ import annotations

from advisor.cli.line import Lines
from advisor.interview.prompts import is_name, tidied
from advisor.sources import InputError, Problem


def ask_name(lines: Lines, ask: str, meant: str) -> str:
    """The name that somebody gives; a blank answer stands for `meant`, where there is that.

    Raises Left, and InputError for what is no name in a file of answers.
    """
    lines.say(ask, strong=True)
    if meant:
        lines.say(f"(Enter: {meant}.)", indent=2)
    while True:
        name = tidied(lines.read()) or meant
        if is_name(name):
            return name
        if lines.strict:
            raise InputError(Problem(lines.where(), 0, 0, "a name has letters", "write it first"))
        lines.say("A name has letters.", indent=2)
