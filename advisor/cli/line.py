"""Line by line: text is printed and never touched again, and an answer is a line that is typed.

So a screen reader follows it, and so does a pipe. Words are wrapped and never cut; nothing is
redrawn and the cursor is never moved. Where the terminal marks what is pasted, a paste is one
answer; where it does not, whatever came at once is.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import NoReturn, Protocol, TextIO

from advisor.cli.exits import HUNG_UP, INPUT_ENDED, TERMINATED
from advisor.document.cleaning import clean
from advisor.sources import InputError, Problem

WIDEST = 80
SIGN = "> "
# Without readline a terminal hands over no more of a line than this; the rest is lost.
LONGEST = 4095
AT_ONCE = 0.05  # seconds within which further lines belong to the same paste


class Left(BaseException):
    """Whoever answered is gone, or wants to be. `status` is the exit code, `how` says it."""

    def __init__(self, status: int, how: str) -> None:
        super().__init__(how)
        self.status, self.how = status, how


class Lines(Protocol):
    """Where questions are shown and answers come from. With `strict` a wrong answer ends it."""

    strict: bool

    @property
    def out(self) -> TextIO: ...

    @property
    def width(self) -> int: ...

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        """Print text, wrapped, each line of it by itself."""

    def read(self, *, long: bool = False) -> str:
        """The next answer; if `long`, with all lines that come at once. Raises Left and
        KeyboardInterrupt."""

    def more(self) -> bool:
        """Whether there may be another answer."""

    def where(self) -> str:
        """What an error message calls the place of the last answer."""


class Shown:
    """The printing half: to a terminal, or to whatever takes text."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        plain = os.environ.get("TERM") == "dumb" or os.environ.get("NO_COLOR")
        self._bold = out.isatty() and not plain

    @property
    def width(self) -> int:
        """The columns to fill: one is left free, because a full line makes some terminals wrap."""
        return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST) - 1

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        for line in clean(text).split("\n"):
            wrapped = textwrap.wrap(
                line,
                max(self.width, 16),
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + hang),
                break_long_words=False,
                break_on_hyphens=False,
            )
            for one in wrapped or [""]:
                self.out.write(f"\x1b[1m{one}\x1b[0m\n" if strong and self._bold else f"{one}\n")
        self.out.flush()


class Terminal(Shown):
    """A person at a terminal."""

    strict = False
    seen = True

    def __init__(self) -> None:
        super().__init__(sys.stderr if sys.stderr.isatty() else sys.stdout)
        self._edited = sys.stdout.isatty() and _editing()
        if isinstance(sys.stdin, TextIOWrapper):
            # A byte that is not in the terminal's encoding is a typing error, not a crash.
            sys.stdin.reconfigure(errors="replace")

    def read(self, *, long: bool = False) -> str:
        lines = [self._line(SIGN)]
        while _waiting(AT_ONCE if long else 0):
            lines.append(self._line(""))
        if not self._edited and any(len(one) >= LONGEST for one in lines):
            self.say("The terminal may have cut this text off. :change asks for it again.")
        return "\n".join(lines)

    def more(self) -> bool:
        return True

    def refuse(self) -> None:
        """Nothing is kept here of what could not be read."""

    def where(self) -> str:
        return "your answer"

    def _line(self, sign: str) -> str:
        if self._edited:
            try:
                typed: str = input(sign)
            except EOFError:
                self._end()
            return typed
        self.out.write(sign)
        self.out.flush()
        line: str = sys.stdin.readline()
        if not line:
            self._end()
        return line.removesuffix("\n")

    def _end(self) -> NoReturn:
        raise Left(INPUT_ENDED, "The input has ended.") from None


def _editing() -> bool:
    """Whether lines can be edited, with what is pasted marked as such where that is possible."""
    try:
        import readline
    except ImportError:
        return False
    if os.environ.get("TERM", "dumb") != "dumb":
        readline.parse_and_bind("set enable-bracketed-paste on")
    return True


def _waiting(seconds: float) -> bool:
    """Whether more input is there already, or comes within some seconds."""
    try:
        return bool(select.select([sys.stdin], [], [], seconds)[0])
    except (OSError, ValueError):  # Windows can't tell
        return False


class Answers(Shown):
    """Answers from a file, one a line; blank lines and lines that begin with # are left out."""

    strict = True

    def __init__(self, name: str) -> None:
        super().__init__(sys.stderr)
        self._name = "standard input" if name == "-" else name
        try:
            text: str = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", "") or "it is not UTF-8 text"
            raise InputError(Problem(self._name, 0, 0, f"cannot be read: {reason}")) from None
        self._number = 0
        self._left = [
            (number, line)
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip() and not line.lstrip().startswith("#")
        ]
        self._left.reverse()

    def read(self, *, long: bool = False) -> str:
        if not self._left:
            raise Left(INPUT_ENDED, f"The answers in {self._name} have ended.")
        self._number, line = self._left.pop()
        self.say(f"{SIGN}{line}")
        return line

    def more(self) -> bool:
        return bool(self._left)

    def where(self) -> str:
        return f"{self._name}:{self._number}:1"


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Leave in good order when the terminal hangs up or the process is told to end."""

    def leave(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGTERM:
            raise Left(TERMINATED, "Told to end.")
        raise Left(HUNG_UP, "The terminal hung up.")

    wanted = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {one: signal.signal(one, leave) for one in wanted}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
