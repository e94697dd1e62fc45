"""A mark, a verdict, and a case marked; and when the passages that a trainee cites fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.training.answers import Contest
from advisor.training.hints import PRICE

Status = Literal["right", "partly", "wrong", "missing"]
POINTS: dict[Status, float] = {"right": 1.0, "partly": 0.5, "wrong": 0.0, "missing": 0.0}


@dataclass(frozen=True)
class Mark:
    """One element marked. `key` is its name: part/group/name, notice/name or letter/name."""

    key: str
    group: str
    label: str
    status: Status
    given: str
    model: str
    reason: str
    authority: tuple[str, ...] = ()
    points: tuple[str, ...] = ()  # learning points that it shows


@dataclass(frozen=True)
class Verdict:
    """Whether a part (or the notice, or the letter) passes, and if not why."""

    part: str
    why_not: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not self.why_not


@dataclass(frozen=True)
class Marked:
    """The answers to one case, marked."""

    case: str
    title: str
    level: str
    trainee: str
    marks: tuple[Mark, ...]
    verdicts: tuple[Verdict, ...]
    hints: int
    contests: tuple[Contest, ...]
    lessons: tuple[tuple[str, str], ...] = ()  # each learning point: its id and text

    @property
    def passed(self) -> bool:
        return all(verdict.passes for verdict in self.verdicts)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """What keeps the case from passing."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passes)

    @property
    def score(self) -> int:
        """Out of 100: the elements, less the price of the hints. Secondary to the verdicts."""
        whole = 100 * sum(POINTS[one.status] for one in self.marks) / len(self.marks)
        return max(0, round(whole) - PRICE * self.hints)


def fits(on: tuple[int, ...], passages: frozenset[int]) -> bool:
    """Whether the passages cited show it: one at least does, and not fewer than do not."""
    if not passages:  # no passage shows it, so none need be cited
        return True
    hits = len(passages & {*on})
    return hits > 0 and hits >= len({*on} - passages)


def misfit(on: tuple[int, ...], passages: frozenset[int]) -> str:
    """Why the passages cited do not fit, in words."""
    if not on:
        return "you cited no passage"
    if passages & {*on}:
        return "you cited too many passages that do not show it"
    return "the passages that you cited do not show it"


def shown_on(passages: frozenset[int]) -> str:
    """Where the story shows it, in words."""
    if not passages:
        return ""
    listed = ", ".join(map(str, sorted(passages)))
    return f", as passage {listed} shows" if len(passages) == 1 else f", as passages {listed} show"


def as_given(text: str, on: tuple[int, ...]) -> str:
    return f"{text} on {', '.join(map(str, on[:20]))}" if on else text
