"""Putting a file where another may stand, so that a reader sees the old whole or the new whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

ITS_OWNERS = 0o600  # a file that only its owner may read


def put_in_place(target: Path, content: bytes, mode: int = ITS_OWNERS) -> None:
    """Write a file beside `target`, then put it in its place; whatever happens, none stays beside.

    Raises OSError where it cannot be written.
    """
    import tempfile

    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode != ITS_OWNERS:  # which it has as it is made
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):  # it may be in its place already when Ctrl-C comes
            os.unlink(temporary)
        raise
