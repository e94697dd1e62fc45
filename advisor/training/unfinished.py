"""What was typed in a session that has not ended: kept line by line, so that it can go on.

A session asks the same questions whenever it is given the same lines, so the lines are all that is
kept: each is on the disk before the next question. Taken up again they are read once more, unseen.
`:back` takes the last answer away, and so does an answer that cannot be read; a hint that was
bought stays bought. Nothing in the file is ever changed: a line taken back is followed by `null`,
and a line torn by a kill is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from advisor.alone import hold
from advisor.sources import InputError, Problem
from advisor.training.asking import HINT, Voice

BACK, CASE = ":back", ":case"


class TakenBack(Exception):
    """The last answer was taken away; the session begins again with those before it."""


class Unfinished:
    """The lines of one session, and where they are kept: nowhere, if `folder` is None."""

    def __init__(self, folder: Path | None, about: tuple[str, ...], *grounds: str) -> None:
        """What was typed in the session about all this, on the same grounds: the case and the
        rulebook, of which the questions are made. Raises InputError where that cannot be read, or
        another session about the same is still open."""
        self.lines: list[str] = []
        self.over = False
        self.outdated = False  # typed before, and the grounds are others now
        self._path: Path | None = None
        if folder is None:
            return
        start = _digest(about)
        self._path = folder / f"{start}-{_digest(grounds)}.jsonl"
        self._others = [one for one in folder.glob(f"{start}-*.jsonl") if one != self._path]
        self.outdated = any(one.stat().st_size for one in self._others)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            hold(self._file)
            for line in self._path.read_bytes().split(b"\n"):
                self._read(line)
        except BlockingIOError:
            os.close(self._file)
            text = "this case is being worked under this name in another window"
            raise InputError(Problem(str(self._path), 0, 0, text, "end that first")) from None
        except OSError as error:
            raise self._problem(error) from None

    @property
    def kept(self) -> bool:
        """Whether there is something to go on with."""
        return self._path is not None and bool(self.lines) and not self.over

    def add(self, line: str) -> None:
        """Keep a line: it is on the disk when this returns."""
        self.lines.append(line)
        self._write(line)

    def take_back(self) -> None:
        """Take the last answer away, if there is one."""
        self._drop()
        self._write(None)

    def begin_anew(self) -> None:
        """Forget what was typed so far."""
        self.lines.clear()
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Let another session go on with it."""
        if self._path is not None:
            os.close(self._file)
            self._path = None

    def end(self) -> None:
        """The session is over and its result kept: there is nothing to go on with, nor with what
        was typed about the same on other grounds."""
        self.over = True
        if sys.platform == "win32":  # which removes no file that is open
            self.close()
        if self._path is not None:
            for one in (self._path, *self._others):
                one.unlink(missing_ok=True)
        self.close()

    def _read(self, line: bytes) -> None:
        try:
            found = json.loads(line)
        except ValueError:  # torn by a kill; or the blank between two lines
            return
        if found is None:
            self._drop()
        else:
            self.lines.append(str(found))

    def _drop(self) -> None:
        answers = [i for i, line in enumerate(self.lines) if line.strip() != HINT]
        if answers:
            del self.lines[answers[-1]]

    def _write(self, line: str | None) -> None:
        if self._path is None:
            return
        try:
            os.write(self._file, f"\n{json.dumps(line)}".encode())
            os.fsync(self._file)
        except OSError as error:
            raise self._problem(error) from None

    def _problem(self, error: OSError) -> InputError:
        text = f"an unfinished session cannot be kept here: {error.strerror or error}"
        return InputError(Problem(str(self._path), 0, 0, text, "use --no-keep, or --results PATH"))


def _digest(texts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:24]


class Kept:
    """A voice that reads the lines of a session again, unseen, and then goes on with a person."""

    def __init__(self, voice: Voice, session: Unfinished, show: Callable[[], None]) -> None:
        """`show` prints the case once more."""
        self._voice, self._session, self._show = voice, session, show
        self._again = list(session.lines)
        self._typed = False

    @property
    def seen(self) -> bool:
        """Whether no later question was reached before."""
        return all(line.strip() == HINT for line in self._again)

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        """Show some text, unless a later question was reached before."""
        if self.seen:
            self._voice.say(text, indent=indent, hang=hang, strong=strong)

    def read(self) -> str:
        """The next line. Raises TakenBack where the last is to be answered anew."""
        if self._again:
            return self._again.pop(0)
        line = self._voice.read()
        while line.strip() == CASE:
            self._show()
            line = self._voice.read()
        if line.strip() == BACK:
            self._session.take_back()
            raise TakenBack
        self._session.add(line)
        self._typed = True
        return line

    def refuse(self) -> None:
        """What cannot be read is no answer: it is neither gone back to nor read again."""
        if self._typed:
            self._session.take_back()
