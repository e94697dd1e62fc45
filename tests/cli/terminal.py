"""A terminal with the advisor in it, for tests: what is typed, and every byte that comes back."""

from __future__ import annotations

import os
import re
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pexpect

from advisor.interview.dialogue import Interview
from advisor.interview.record import Notebook
from tests.interview.answering import RULEBOOK, said_to

ROOT = Path(__file__).parents[2]
ASKS = r"\n(?:\x1b\[\?2004h)?> "
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|.)")
PASTE_MARKS = ("\x1b[?2004h", "\x1b[?2004l")


# readline, where the runner of the tests has loaded it, names the size of another terminal.
NOT_PASSED_ON = {"NO_COLOR", "COLUMNS", "LINES"}


class Terminal:
    """`advisor` at a terminal; leaving the block ends it, whatever it is doing."""

    def __init__(self, *words: str | Path, register: Path, columns: int = 80, **env: str) -> None:
        self.child: Any = pexpect.spawn(
            sys.executable,
            ["-m", "advisor", *map(str, words)],
            cwd=str(ROOT),
            dimensions=(60, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=60,
            env={
                **{key: value for key, value in os.environ.items() if key not in NOT_PASSED_ON},
                "ADVISOR_REGISTER": str(register),
                "TERM": "xterm-256color",
                **env,
            },
        )
        self.child.delaybeforesend = None
        self.shown = ""
        self.modes = termios.tcgetattr(self.child.child_fd)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    def asks(self, text: str = "") -> str:
        """Wait until it asks; returns what it showed since it last asked, in which `text` is."""
        self.child.expect(ASKS)
        return self._took(text)

    def says(self, text: str) -> str:
        """Wait for a text."""
        self.child.expect_exact(text)
        return self._took("")

    def answer(self, text: str) -> None:
        self.child.sendline(text)

    def ends(self) -> int:
        """Wait until it has ended; its exit code."""
        self.child.expect(pexpect.EOF)
        self._took("")
        self.after = termios.tcgetattr(self.child.child_fd)
        self.child.close()
        assert self.child.exitstatus is not None, f"killed by {self.child.signalstatus}"
        return int(self.child.exitstatus)

    def is_as_it_was(self) -> bool:
        """Whether, at the end, its modes are those it had before, and it marks no paste."""
        last = re.findall(r"\x1b\[\?2004[hl]", self.shown)[-1:]
        return self.after[:4] == self.modes[:4] and last in ([], [PASTE_MARKS[1]])

    def lines(self) -> list[str]:
        """What was shown, line by line, as a reader sees it."""
        return ESCAPE.sub("", self.shown).replace("\r", "").split("\n")

    def _took(self, text: str) -> str:
        after = self.child.after if isinstance(self.child.after, str) else ""
        new = self.child.before + after
        self.shown += new
        assert text in ESCAPE.sub("", new), new
        return str(new)


class Officer:
    """Answers at a terminal from a table, by holding the same interview beside it."""

    def __init__(self, terminal: Terminal, answers: Mapping[str, str]) -> None:
        self.terminal, self.answers = terminal, answers
        self.beside = Interview(RULEBOOK, Notebook())
        self.asked: list[str] = []

    def until(self, stop: str) -> None:
        """Answer until what is asked has the key or the kind `stop`, which is left standing."""
        while stop not in (self.beside.prompt.step.key, self.beside.prompt.step.kind):
            self.next()
        if stop != "done":
            self.terminal.asks()

    def next(self) -> None:
        """Answer one question."""
        prompt = self.beside.prompt
        self.asked.append(prompt.step.key)
        self.terminal.asks()
        self.say(said_to(prompt, self.answers))

    def say(self, text: str) -> None:
        """Type an answer, here and beside."""
        self.terminal.answer(text)
        assert self.beside.answer(text).ok, (self.beside.prompt, text)
