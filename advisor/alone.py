"""One process at a time at a file: whoever holds it keeps the others out until it is closed."""

from __future__ import annotations

import os
import sys

_FAR = 1 << 40  # a byte that is locked for the whole, beyond any that is written


def hold(descriptor: int, *, wait: bool = False) -> None:
    """Hold an open file for as long as it is open.

    Raises BlockingIOError where another holds it: at once, unless it is to `wait` for that one; on
    Windows that ends after ten seconds.
    """
    if sys.platform == "win32":
        import msvcrt

        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from None
        finally:
            os.lseek(descriptor, place, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
