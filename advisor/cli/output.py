"""Printing and writing answers: JSON goes to standard output and nothing else does."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.sources import InputError, Problem
from advisor.whole import put_in_place

if TYPE_CHECKING:
    from advisor.document.blocks import Document


def as_json(data: Any) -> str:
    """JSON as it is printed: the same data gives the same bytes."""
    from advisor.document.json_text import json_text

    return json_text(data, indent=2) + "\n"


def spare(read: Iterable[Path | None], written: Iterable[Path | None]) -> None:
    """Raise InputError where a file that is read would be written over."""
    kept = {one.resolve() for one in read if one is not None}
    for path in written:
        if path is not None and path.resolve() in kept:
            text = f"'{path}' is what this is made from, and would be written over"
            raise InputError(Problem("--out", 0, 0, text, "name another file"))


def put(text: str, out: Path | None, *, private: bool = False) -> None:
    """Write an answer to a file, which nobody else may read if it is private, or print it."""
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        content = text.encode(errors="replace")  # half a character is a question mark
        write_whole(out, content, private=private)


def put_document(document: Document, form: str, out: Path | None, *, private: bool = False) -> None:
    """Write a document as text, markdown or html."""
    if form == "text" and out is None:
        from advisor.document.text import write

        write(document, sys.stdout)
        return
    put(_WRITERS[form](document), out, private=private)


def _text(document: Document) -> str:
    from advisor.document.text import as_text

    return as_text(document)


def _markdown(document: Document) -> str:
    from advisor.document.markdown import as_markdown

    return as_markdown(document)


def _html(document: Document) -> str:
    from advisor.document.html import as_html

    return as_html(document)


_WRITERS: dict[str, Callable[[Document], str]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
}


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file so that a reader sees the old whole or the new whole, whatever happens.

    A link stays a link, and a file that is there keeps its mode; a private one is its owner's only.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            path.write_bytes(content)  # a device or a pipe cannot be replaced
            return
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if private:
            put_in_place(target, content)
        else:
            wanted = 0o666 & ~_umask() if mode is None else stat.S_IMODE(mode)
            put_in_place(target, content, wanted)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem(str(path), 0, 0, f"cannot be written: {reason}")) from None


def write_new(files: Mapping[Path, str]) -> None:
    """Write new files, making their folders; none over another, whoever else is writing.

    Raises InputError for all that are there already, before any is written.
    """
    if there := [path for path in files if path.exists()]:
        raise InputError(_is_there(path) for path in there)
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            claimed = _claimed(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(Problem(str(path), 0, 0, f"cannot be written: {reason}")) from None
        if not claimed:
            raise InputError(_is_there(path))
        try:
            put(text, path)
        except BaseException:
            path.unlink()
            raise


def _claimed(path: Path) -> bool:
    """Whether the name is now this process's: nobody had it, and nobody else gets it."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _is_there(path: Path) -> Problem:
    right = "choose another name, or move it away"
    return Problem(str(path), 0, 0, "is there already", right)


def _mode(path: Path) -> int | None:
    """What is there, and whose; None where there is nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def say(text: str) -> None:
    """A message for the person, on standard error."""
    from advisor.document.cleaning import clean

    print(clean(text), file=sys.stderr)
