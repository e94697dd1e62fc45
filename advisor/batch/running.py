"""Running a batch over worker processes: bounded memory, stop and resume, nothing lost or twice.

Answers are written in the order of the lines, so the number of whole lines in the output says
where to go on. A torn last line, which nobody was told of, is cut off before going on; the last
whole one is worked out anew and has to be the same, or this is another batch than the one begun.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from advisor.advice.rulebook import Rulebook
from advisor.alone import hold
from advisor.batch.partition import LONGEST, How, answers, as_line, assess_lines
from advisor.batch.summary import Summary, summarise
from advisor.scenarios.finding import case_files, is_named_as_case
from advisor.sources import InputError, Problem, read

CHUNK = 200  # lines given to a worker at a time
_FIRST = b'{"line": 1, "'  # what every output begins with
_UNUSABLE = re.compile(r'\{"line": \d+, "problems": ')
CHUNK_LENGTH = 1_000_000  # characters, or one line that is longer
_GO_ON = "run it again to go on"
Progress = Callable[[int, int, float], None]

_rulebook: Rulebook | None = None  # a worker's own, loaded once


def run(
    source: Path,
    out: Path,
    *,
    rules: Path | None = None,
    how: How = How(),
    workers: int | None = None,
    progress: Progress = lambda done, of, seconds: None,
) -> Summary:
    """Assess every line of `source` (JSON lines, or case files: one, or a folder) into `out`.

    Goes on where an earlier run of the same batch stopped. Returns what all lines come to. Raises
    InputError where the input can't be read or the output can't be written or is another batch's.
    """
    count = _lines_of(source)
    _check_output(source, out)
    rulebook = Rulebook.load(rules)
    how = replace(how, today=how.today or date.today())
    try:
        with out.open("ab") as file:
            _alone(file.fileno(), out)
            found, how = _earlier(source, out, count, rulebook, how)
            start, before = time.monotonic(), found.lines
            for answered, counted in _answers(source, before, rules, how, workers):
                if counted.rulebooks.keys() - {rulebook.digest}:
                    raise _problem(out, "is not finished: the rulebook was changed meanwhile")
                file.write(answered)
                file.flush()
                found.include(counted)
                each = (time.monotonic() - start) / (found.lines - before)
                progress(found.lines, count, each)
            os.fsync(file.fileno())
    except BrokenProcessPool:
        raise _problem(out, "is not finished: a worker process was ended", _GO_ON) from None
    except OSError as error:
        raise _problem(out, f"cannot be written: {error.strerror}", _GO_ON) from None
    if found.lines != count:
        raise _problem(source, "was changed while it was read", "begin with another output")
    return found


def passed_over(source: Path, out: Path, most: int) -> list[str]:
    """Why the first lines that could not be used could not, each with its place in the input."""
    of_files = source.is_dir() or is_named_as_case(source)
    found: list[str] = []
    with out.open(encoding="utf-8", newline="\n") as file:
        for line in islice((one for one in file if _UNUSABLE.match(one)), most):
            answer = json.loads(line)
            place = "" if of_files else f"{source}:{answer['line']}: "
            found += [f"{place}{text}" for text in answer["problems"]]
    return found


def _problem(path: Path, text: str, right: str = "name another file") -> InputError:
    return InputError(Problem(str(path), 0, 0, text, right))


def _earlier(
    source: Path, out: Path, count: int, rulebook: Rulebook, how: How
) -> tuple[Summary, How]:
    """What an earlier run came to, and how the rest is to be assessed.

    Raises InputError where it was not of this batch.
    """
    last = _whole_lines(out)
    found = summarise(out)
    if found.lines > count:
        text = f"has {found.lines} answers already, and the input {count} lines"
        raise _problem(out, text, "is it another input's output?")
    if found.rulebooks.keys() - {rulebook.digest}:
        raise _problem(out, "was begun with another rulebook", "use that one, or another file")
    if found.lines:
        how = replace(how, today=_day_begun(source, out) or how.today)
        lines = islice(_read(source), found.lines - 1, found.lines)
        (again,) = assess_lines(lines, rulebook, how, found.lines)
        if f"{again}\n".encode() != last:
            text = f"answers line {found.lines} otherwise than this run would"
            right = "was it another input, day, engine or version? name another file"
            raise _problem(out, text, right)
    return found, how


def _day_begun(source: Path, out: Path) -> date | None:
    """The day on which an earlier run judged the cases that have no day of their own.

    A batch that goes on keeps to it, so that all are judged alike. None where there is none yet.
    """
    with out.open("rb") as answers:
        for line, answer in zip(_read(source), answers, strict=False):
            judged = json.loads(answer).get("as_at") if _has_no_day(line) else None
            if judged:
                return date.fromisoformat(judged)
    return None


def _has_no_day(line: str | Path) -> bool:
    """Whether a line is of a case without a day of decision, as far as it can be read."""
    try:
        case = read(line).data if isinstance(line, Path) else json.loads(line)
    except (ValueError, RecursionError, InputError):
        return False
    return isinstance(case, dict) and not case.get("decided")


def _answers(
    source: Path, skip: int, rules: Path | None, how: How, workers: int | None
) -> Iterator[tuple[bytes, Summary]]:
    """The answers of chunk after chunk, in order; only a few chunks are ever in memory."""
    lines = islice(_read(source), skip, None)
    many = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(many, initializer=_begin, initargs=(rules,)) as pool:
        waiting: deque[Future[tuple[bytes, Summary]]] = deque()
        number = skip + 1
        while chunk := _chunk(lines):
            waiting.append(pool.submit(_work, chunk, number, how))
            number += len(chunk)
            if len(waiting) >= 2 * many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _chunk(lines: Iterator[str | Path]) -> list[str | Path]:
    """The next lines: so many at most, and once they are long, fewer."""
    found: list[str | Path] = []
    length = 0
    while len(found) < CHUNK and length < CHUNK_LENGTH and (line := next(lines, None)) is not None:
        found.append(line)
        length += len(str(line))
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


def _work(lines: list[str | Path], first: int, how: How) -> tuple[bytes, Summary]:
    assert _rulebook is not None
    counted, written = Summary(), []
    for answer in answers(lines, _rulebook, how, first):
        counted.add(answer)
        written.append(f"{as_line(answer)}\n")
    return "".join(written).encode(), counted


def _read(source: Path) -> Iterator[str | Path]:
    if source.is_dir() or is_named_as_case(source):
        yield from case_files([source])
        return
    # newline="\n": a carriage return ends no line, or there would be more than are counted.
    with source.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        while line := file.readline(LONGEST + 1):
            yield line
            while not line.endswith("\n") and (line := file.readline(LONGEST + 1)):
                pass  # the rest of a line that is too long, which is never in memory whole


def _lines_of(source: Path) -> int:
    try:
        if source.is_dir():
            return len(case_files([source]))
        if source.exists() and not source.is_file():  # it is read more than once
            text = "is a pipe or a device, and what comes out of one comes once"
            raise _problem(source, text, "save it to a file first")
        with source.open("rb") as file:
            return 1 if is_named_as_case(source) else sum(1 for _ in file)
    except OSError as error:
        raise InputError(Problem(str(source), 0, 0, f"cannot be read: {error.strerror}")) from None


def _alone(descriptor: int, out: Path) -> None:
    """Keep other runs from this output until it is closed. Raises InputError if one is at it."""
    try:
        hold(descriptor)
    except BlockingIOError:
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


def _whole_lines(out: Path) -> bytes:
    """Cut off what follows the last newline of an output; its last whole line."""
    last, end = b"", 0
    with out.open("r+b") as file:
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(end)
                break
            last = line
            end += len(line)
    return last
