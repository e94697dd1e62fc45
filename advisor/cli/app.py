"""The Typer application and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn, TextIO

import typer

from advisor.cli.commands import Lazily
from advisor.cli.exits import DIFFERS, INTERNAL, WRONG_INPUT, interrupted

# What a full disk, a limit or a terminal that is gone says where the answer is printed.
_CANNOT_PRINT = (errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EDQUOT, errno.EBADF)
# What the system says of a file or folder that it will not give or make.
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ELOOP,
            errno.ENAMETOOLONG, errno.EMFILE, errno.ENFILE, *_CANNOT_PRINT)  # fmt: skip

# rich_markup_mode=None: help is plain text, and Rich is not imported to print it.
app = typer.Typer(
    name="advisor",
    cls=Lazily,
    help="Advise on a freedom of information request under section 30, and record the advice.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from advisor import __version__

        typer.echo(f"advisor {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and leave."
    ),
) -> None:
    """Advise on a freedom of information request under section 30, and record the advice."""


def main() -> NoReturn:
    """Run the command; no traceback reaches a user (ADVISOR_DEBUG=1 shows it to a developer)."""
    # A stream that was closed before we began is written to nowhere.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows, or LANG=C, must not turn a dash in a letter into a crash.
        if isinstance(stream, _reconfigurable()):
            stream.reconfigure(encoding="utf-8", errors="replace")
    status = _flushed(_run())
    gc.freeze()  # so that Python does not look through all the rules again on its way out
    sys.exit(status)


def _flushed(status: int) -> int:
    """The exit code once what was printed is out; Python must not complain of it on the way out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            status = status or (0 if isinstance(error, BrokenPipeError) else _unprinted(error))
            _to_nowhere(stream)
    return status


def _to_nowhere(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _unprinted(error: OSError) -> int:
    """Say that the answer could not be printed, if that can be."""
    with suppress(OSError):
        reason = error.strerror or str(error)
        print(f"standard output: cannot be written: {reason}", file=sys.stderr, flush=True)
    return WRONG_INPUT


def _reconfigurable() -> type[Any]:
    from io import TextIOWrapper

    return TextIOWrapper


def _run() -> int:
    from advisor.sources import InputError

    try:
        app(prog_name="advisor")
    except SystemExit as leaving:
        return _status(leaving.code)
    except InputError as error:
        from advisor.document.blocks import clean

        print(clean(str(error)), file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        return interrupted()
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python must not complain on the way out.
        _to_nowhere(sys.stdout)
        return 0
    except Exception as error:
        from advisor.reasoning.agreement import Disagreement

        if isinstance(error, OSError) and error.filename is None and error.errno in _CANNOT_PRINT:
            status = _unprinted(error)
            _to_nowhere(sys.stdout)
            return status
        if isinstance(error, OSError) and error.filename and error.errno in _REFUSED:
            from advisor.document.blocks import clean

            print(clean(f"{error.filename}: {error.strerror}"), file=sys.stderr)
            return WRONG_INPUT
        if isinstance(error, Disagreement):
            print(f"The two derivations differ, so no advice is given.\n{error}", file=sys.stderr)
            return DIFFERS
        if os.environ.get("ADVISOR_DEBUG"):
            raise
        name = type(error).__name__
        print(f"advisor: an error in the program itself ({name}: {error}).", file=sys.stderr)
        print("Please report it; ADVISOR_DEBUG=1 shows where.", file=sys.stderr)
        return INTERNAL
    return 0


def _status(code: object) -> int:
    return code if isinstance(code, int) else 0 if code is None else WRONG_INPUT
