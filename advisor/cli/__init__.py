"""The command `advisor`: only this package knows Typer, and only its functions print.

Each command is a thin function that imports what it needs when it runs, so that `advisor --help`
and the first question come at once.
"""

from advisor.cli.app import main

__all__ = ["main"]
