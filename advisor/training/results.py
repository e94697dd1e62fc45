"""What trainees achieved: one line of JSON for each marked case, only ever added to.

Each line is one write, flushed to the disk before anything is reported, so a kill at any moment
leaves every earlier line as it was. A line torn by one is reported and passed over; it is never
cut off, and the next result begins on a line of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from advisor.alone import hold
from advisor.sources import InputError, Problem
from advisor.training.marks import POINTS, Marked

NO_NAME = "No name"  # whoever does not give one
SETTING = "ADVISOR_RESULTS"
LARGEST_LINE = 4_000_000


def default_path() -> Path:
    """Where results are kept unless the trainer says otherwise."""
    if os.environ.get(SETTING):
        return Path(os.environ[SETTING])
    from platformdirs import user_data_path

    return user_data_path("advisor") / "training-results.jsonl"


@dataclass(frozen=True)
class Element:
    """One marked element as it is kept."""

    key: str
    group: str
    label: str
    status: str
    given: str
    model: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One trainee's attempt at one case."""

    at: str
    trainee: str
    case: str
    title: str
    level: str
    passed: bool
    score: int
    hints: int
    elements: tuple[Element, ...]
    contests: tuple[tuple[str, str], ...] = ()
    rulebook: str = ""
    lessons: tuple[tuple[str, str], ...] = ()  # each learning point: its id and text

    @classmethod
    def of(cls, marked: Marked, rulebook: str, now: datetime | None = None) -> Result:
        """A marked case as a result, dated now."""
        at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
        elements = tuple(
            Element(m.key, m.group, m.label, m.status, m.given, m.model, m.points)
            for m in marked.marks
        )
        contests = tuple((one.element, one.because) for one in marked.contests)
        return cls(
            at,
            marked.trainee,
            marked.case,
            marked.title,
            marked.level,
            marked.passed,
            marked.score,
            marked.hints,
            elements,
            contests,
            rulebook,
            marked.lessons,
        )

    def as_json(self) -> dict[str, Any]:
        from dataclasses import asdict

        return {"result": 1, **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Result:
        """A result from one line. Raises KeyError, TypeError or ValueError where it is not one."""
        if data["result"] != 1:
            raise ValueError("another format")
        rest = {key: value for key, value in data.items() if key != "result"}
        rest["elements"] = tuple(
            Element(**{**one, "points": tuple(one["points"])}) for one in data["elements"]
        )
        if any(one.status not in POINTS for one in rest["elements"]):
            raise ValueError("an unknown status")
        if any(type(data[name]) is not str for name in ("trainee", "case", "title", "level")):
            raise TypeError("no text")
        if type(data["score"]) is not int or type(data["hints"]) is not int:
            raise TypeError("no number")
        for name in ("contests", "lessons"):
            rest[name] = tuple((str(key), str(text)) for key, text in data[name])
        datetime.fromisoformat(data["at"])
        return cls(**rest)


@dataclass(frozen=True)
class Kept:
    """What a store holds, and the lines of it that cannot be read."""

    results: tuple[Result, ...]
    unreadable: tuple[Problem, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Store:
    """A file of results."""

    path: Path

    def add(self, result: Result) -> None:
        """Keep a result: it is on the disk when this returns. Raises InputError if it cannot be."""
        line = json.dumps(result.as_json(), ensure_ascii=False) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "a+b", buffering=0) as file:
                hold(file.fileno(), wait=True)
                if _torn(file.fileno()):
                    line = "\n" + line
                _write(file.fileno(), line.encode())
                os.fsync(file.fileno())
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(
                Problem(str(self.path), 0, 0, f"cannot be written: {reason}")
            ) from None

    def read(self) -> Kept:
        """Everything kept. A missing file holds nothing; a line that is no result is reported."""
        results: list[Result] = []
        unreadable: list[Problem] = []
        try:
            with open(self.path, "rb") as file:
                for number, raw in enumerate(_lines(file), 1):
                    if not raw.strip():
                        continue
                    try:
                        results.append(Result.from_json(json.loads(raw)))
                    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                        text = "is not a result and is passed over"
                        unreadable.append(Problem(str(self.path), number, 1, text))
        except FileNotFoundError:
            pass
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(Problem(str(self.path), 0, 0, f"cannot be read: {reason}")) from None
        return Kept(tuple(results), tuple(unreadable))


def _lines(file: Any) -> Iterator[bytes]:
    while line := file.readline(LARGEST_LINE):
        yield line


def _torn(descriptor: int) -> bool:
    """Whether the file ends in the middle of a line."""
    size = os.fstat(descriptor).st_size
    if not size:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"


def _write(descriptor: int, data: bytes) -> None:
    """The whole of it, in one write wherever the system allows."""
    while data:
        data = data[os.write(descriptor, data) :]
