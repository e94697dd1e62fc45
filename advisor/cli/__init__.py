"""The command `advisor`: only this package knows Typer, and only its functions print.

Each command is a thin function that imports what it needs when it runs, so that `advisor --help`
and the first question come at once.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

# Rules are read once and stay: looking through them for garbage is what a short command would
# spend a tenth of its time on.
gc.set_threshold(50_000, 20, 20)

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command. Ctrl-C while it is still being loaded is answered like any other."""
    try:
        from advisor.cli.app import main as run
    except KeyboardInterrupt:
        from advisor.cli.exits import interrupted

        sys.exit(interrupted())
    run()
