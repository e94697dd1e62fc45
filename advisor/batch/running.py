"""Running a batch over worker processes: bounded memory, stop and resume, nothing lost or twice.

Answers are written in the order of the lines, so the number of whole lines in the output says
where to go on. A torn last line, which nobody was told of, is cut off before going on.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from advisor.advice.rulebook import Rulebook
from advisor.batch.partition import LONGEST, assess_lines, case_line
from advisor.case import Case
from advisor.reasoning.agreement import Engine
from advisor.scenarios.finding import case_files
from advisor.sources import InputError, Problem

CHUNK = 200  # lines given to a worker at a time
_FIRST = b'{"line": 1, "'  # what every output begins with
CHUNK_LENGTH = 1_000_000  # characters, or one line that is longer
_FAR = 1 << 40  # a byte that is locked for the whole, beyond any that is written
Progress = Callable[[int, int, float], None]

_rulebook: Rulebook | None = None  # a worker's own, loaded once


def run(
    source: Path,
    out: Path,
    *,
    rules: Path | None = None,
    engine: Engine = "direct",
    workers: int | None = None,
    progress: Progress = lambda done, of, seconds: None,
) -> int:
    """Assess every line of `source` (JSON lines, or a folder of case files) into `out`.

    Goes on where an earlier run of the same input stopped. Returns how many lines the output has.
    Raises InputError where the input can't be read or the output can't be written.
    """
    count = _lines_of(source)
    _check_output(source, out)
    try:
        with out.open("a", encoding="utf-8", newline="\n") as file:
            _alone(file.fileno(), out)
            done = _whole_lines(out)
            if done > count:
                text = f"has {done} answers already, and the input {count} lines"
                raise InputError(Problem(str(out), 0, 0, text, "is it another input's output?"))
            start, before = time.monotonic(), done
            for answers in _answers(source, done, rules, engine, workers):
                file.write(answers)
                file.flush()
                done += answers.count("\n")
                progress(done, count, (time.monotonic() - start) / max(done - before, 1))
            os.fsync(file.fileno())
    except BrokenProcessPool:
        text, right = "is not finished: a worker process was ended", "run it again to go on"
        raise InputError(Problem(str(out), 0, 0, text, right)) from None
    except OSError as error:
        text = f"cannot be written: {error.strerror}"
        raise InputError(Problem(str(out), 0, 0, text, "run it again to go on")) from None
    return done


def _answers(
    source: Path, skip: int, rules: Path | None, engine: Engine, workers: int | None
) -> Iterator[str]:
    """The answers of chunk after chunk, in order; only a few chunks are ever in memory."""
    lines = islice(_read(source), skip, None)
    many = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(many, initializer=_begin, initargs=(rules,)) as pool:
        waiting: deque[Future[str]] = deque()
        number = skip + 1
        while chunk := _chunk(lines):
            waiting.append(pool.submit(_work, chunk, number, engine))
            number += len(chunk)
            if len(waiting) >= 2 * many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _chunk(lines: Iterator[str]) -> list[str]:
    """The next lines: so many at most, and once they are long, fewer."""
    found: list[str] = []
    length = 0
    while len(found) < CHUNK and length < CHUNK_LENGTH and (line := next(lines, None)) is not None:
        found.append(line)
        length += len(line)
    return found


def _begin(rules: Path | None) -> None:
    import signal

    global _rulebook
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops in order
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _rulebook = Rulebook.load(rules)


def _end_with_the_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(lines: list[str], first: int, engine: Engine) -> str:
    assert _rulebook is not None
    return "".join(f"{one}\n" for one in assess_lines(lines, _rulebook, engine, first))


def _read(source: Path) -> Iterator[str]:
    if source.is_dir():
        for path in case_files([source]):
            try:
                yield case_line(Case.read(path))
            except InputError as error:
                yield f"{path.name}: {error.problems[0].text}"  # not JSON: reported as that line
        return
    # newline="\n": a carriage return ends no line, or there would be more than are counted.
    with source.open(encoding="utf-8", errors="replace", newline="\n") as file:
        while line := file.readline(LONGEST + 1):
            yield line
            while not line.endswith("\n") and (line := file.readline(LONGEST + 1)):
                pass  # the rest of a line that is too long, which is never in memory whole


def _lines_of(source: Path) -> int:
    try:
        if source.is_dir():
            return len(case_files([source]))
        with source.open("rb") as file:
            return sum(1 for _ in file)
    except OSError as error:
        raise InputError(Problem(str(source), 0, 0, f"cannot be read: {error.strerror}")) from None


def _alone(descriptor: int, out: Path) -> None:
    """Keep other runs from this output until it is closed. Raises InputError if one is at it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        text, right = "another run is writing it", "wait for that one, or name another file"
        raise InputError(Problem(str(out), 0, 0, text, right)) from None


def _check_output(source: Path, out: Path) -> None:
    """Refuse an output that is the input, or a file that no batch wrote, before it is touched."""
    if not out.exists():
        return
    text = ""
    try:
        if out.samefile(source):
            text = "is the input as well"
        elif out.is_file():
            with out.open("rb") as file:
                begun = file.read(len(_FIRST))
            text = "" if _FIRST.startswith(begun) else "is not a batch's output"
    except OSError as error:
        raise InputError(Problem(str(out), 0, 0, f"cannot be read: {error.strerror}")) from None
    if text:
        raise InputError(Problem(str(out), 0, 0, text, "name another file"))


def _whole_lines(out: Path) -> int:
    """How many whole lines an output has; what follows the last newline is cut off."""
    try:
        with out.open("r+b") as file:
            count = end = position = 0
            while block := file.read(1 << 20):
                count += block.count(b"\n")
                last = block.rfind(b"\n")
                if last >= 0:
                    end = position + last + 1
                position += len(block)
            if position > end:
                file.truncate(end)
            return count
    except OSError as error:
        raise InputError(Problem(str(out), 0, 0, f"cannot be read: {error.strerror}")) from None
