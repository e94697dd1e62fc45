"""The commands by name: where each is, and the line that `advisor --help` shows of it.

A command's file is imported when the command is wanted, so neither the help nor one command pays
for all the others. A file has `add_to(app)` for commands of its own, or `app` for a group.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from advisor.cli.exits import interrupted

COMMANDS = {
    "assess": ("assessing", "Advise on a case; on a terminal, ask for what is needed."),
    "resume": ("interviewing", "Go on with a saved assessment where it stopped."),
    "next": ("ahead", "Show the next question, why, and what answers lead to."),
    "explain": ("assessing", "Show how the advice was derived, step by step."),
    "whatif": ("ahead", "Show what other answers would change."),
    "letter": ("letter", "Draft the letter, with the refusal notice it needs."),
    "check-notice": ("notice", "Check a letter against section 17, line by line."),
    "deadline": ("deadline", "Say by when a request must be answered, and why."),
    "register": ("register", "Saved assessments, their audit trail and its check."),
    "cases": ("cases", "Scenario cases: list, show, check and write them."),
    "train": ("training", "Work a case and have the answer marked; reports."),
    "rules": ("rules", "The rulebook: check, list, show, test and picture it."),
    "precedents": ("precedents", "Decided matters, and those nearest to a case."),
    "batch": ("batch", "Assess past decisions by the thousand, and sum them up."),
}


class Lazily(TyperGroup):
    """A group whose commands are loaded one by one."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]

    def invoke(self, ctx: Any) -> Any:
        """Run a command; Typer by itself would leave without a word where it is interrupted."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(interrupted()) from None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def load(name: str) -> Any:
    """A command, or a group of them, by its name."""
    module = import_module(f"advisor.cli.{COMMANDS[name][0]}")
    whole = typer.Typer(rich_markup_mode=None)
    if hasattr(module, "add_to"):
        module.add_to(whole)
        wanted = [one for one in whole.registered_commands if one.name == name]
        whole.registered_commands = wanted
    else:
        whole.add_typer(module.app, name=name)
    return typer.main.get_group(whole).commands[name]
