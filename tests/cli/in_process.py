"""The command as its user meets it, without the time that another process takes."""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from advisor.cli.app import main


class Ended(NamedTuple):
    """What is left when the command has ended."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything it printed, however its lines were wrapped."""
        return " ".join(f"{self.out} {self.err}".split())


class Screen(io.StringIO):
    """One end of a terminal."""

    def isatty(self) -> bool:
        return True


def run(*words: str | Path, typed: Iterable[str] | None = None, **env: str) -> Ended:
    """`advisor WORDS`; with `typed`, on a terminal where these lines are typed."""
    out, err = io.StringIO(), io.StringIO() if typed is None else Screen()
    given = io.StringIO() if typed is None else Screen("".join(f"{one}\n" for one in typed))
    with (
        patch("sys.argv", ["advisor", *map(str, words)]),
        patch("sys.stdin", given),
        patch.dict(os.environ, {"COLUMNS": "80", "TERM": "dumb", **env}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            status = left.code
        finally:
            gc.unfreeze()
    assert isinstance(status, int)
    return Ended(status, out.getvalue(), err.getvalue())
