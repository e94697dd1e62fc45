"""The command `advisor`: only this package knows Typer, and only its functions print.

Each command is a thin function that imports what it needs when it runs, so that `advisor --help`
and the first question come at once.
"""

import gc

# Rules are read once and stay: looking through them for garbage is what a short command would
# spend a tenth of its time on.
gc.set_threshold(50_000, 20, 20)

from advisor.cli.app import main  # noqa: E402

__all__ = ["main"]
