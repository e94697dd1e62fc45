"""A trainee's answers: the file that they are written in, and what is checked before marking.

One file holds the answers of one trainee to one case or several. It is checked like a case: the
shape, then every name against the exercise, each problem in its place.

    answers: 1
    trainee: A. Trainee
    cases:
      - case: TRAIN-101
        items:
          - id: log
            outcome: withhold
            provisions: ["s30(1)(a)(i)"]
            elements: {duty_to_investigate: {answer: yes, on: [2]}}
            public_interest:
              maintain: {safe_space: {weight: very_strong, on: [4, 5]}}
              result: maintain
        notice: {needed: yes, due: 2026-03-09, must_say: [S17-04]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from advisor.reasoning.known import UNKNOWN, AnswerError, value_of
from advisor.rulebook.law import Law
from advisor.rulebook.model import FORBID, Weight
from advisor.sources import Document, InputError, Problem, Where, nearest, read, validated

MOST_HINTS = 20
UNNAMED = "YOUR NAME"  # on a blank sheet


@dataclass(frozen=True)
class ElementAnswer:
    """What the trainee says of a fact, on which passages, and why in their own words."""

    __pydantic_config__ = FORBID
    answer: str
    on: tuple[int, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class FactorAnswer:
    __pydantic_config__ = FORBID
    weight: Weight
    on: tuple[int, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class BalanceAnswer:
    __pydantic_config__ = FORBID
    maintain: dict[str, FactorAnswer] = field(default_factory=dict)
    disclose: dict[str, FactorAnswer] = field(default_factory=dict)
    result: Literal["maintain", "disclose", "undetermined"] | None = None
    because: str = ""


@dataclass(frozen=True)
class PartAnswer:
    """What the trainee says of one part. `provisions` are relied on to refuse; `engaged` cover the
    information as well, and are not relied on because the balance discloses it."""

    __pydantic_config__ = FORBID
    id: str
    outcome: str | None = None
    provisions: tuple[str, ...] = ()
    engaged: tuple[str, ...] = ()
    elements: dict[str, ElementAnswer] = field(default_factory=dict)
    public_interest: BalanceAnswer | None = None
    public_interest_confirm_or_deny: BalanceAnswer | None = None
    not_counted: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoticeAnswer:
    __pydantic_config__ = FORBID
    needed: Literal["yes", "no"] | None = None
    due: date | Literal["none"] | None = None  # none: the clock has not begun
    must_say: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contest:
    """A mark that the trainee disputes, by its name in the marking, and why."""

    __pydantic_config__ = FORBID
    element: str
    because: str


@dataclass(frozen=True)
class Worked:
    """The answers to one case. `hints` is how many hints were taken."""

    __pydantic_config__ = FORBID
    case: str
    items: tuple[PartAnswer, ...] = ()
    notice: NoticeAnswer | None = None
    faults: tuple[str, ...] = ()
    hints: int = 0
    contests: tuple[Contest, ...] = ()

    def part(self, key: str) -> PartAnswer:
        """The answers about a part; blank where there are none."""
        return next((one for one in self.items if one.id == key), PartAnswer(key))


@dataclass(frozen=True)
class Answers:
    """A whole file. `document` is where it was read from, for places in messages."""

    __pydantic_config__ = FORBID
    answers: Literal["1"]
    trainee: str
    cases: tuple[Worked, ...]
    document: Document | None = field(default=None, init=False, compare=False, repr=False)

    @classmethod
    def read(cls, path: Path | str) -> Answers:
        """The answers in a file. Raises InputError with every problem of its shape."""
        return cls.of(read(path))

    @classmethod
    def of(cls, document: Document) -> Answers:
        found = validated(replace(document, data=_filled_in(document.data)), cls)
        problems = []
        if found.trainee.strip() in ("", UNNAMED):
            problems.append(document.problem(("trainee",), "the trainee's name is not filled in"))
        seen: set[str] = set()
        for i, one in enumerate(found.cases):
            if one.case in seen:
                text = f"a second set of answers to '{one.case}'"
                problems.append(document.problem(("cases", i, "case"), text, "keep one"))
            seen.add(one.case)
            if not 0 <= one.hints <= MOST_HINTS:
                right = f"0 to {MOST_HINTS}"
                problems.append(document.problem(("cases", i, "hints"), "so many hints?", right))
        if problems:
            raise InputError(problems)
        object.__setattr__(found, "document", document)
        return found

    def to(self, reference: str) -> int:
        """The place of the answers to a case. Raises InputError where the file has none."""
        for i, one in enumerate(self.cases):
            if one.case == reference:
                return i
        have = ", ".join(one.case for one in self.cases) or "no case at all"
        text, right = f"holds no answers to {reference}", f"it answers {have}"
        if self.document is None:
            raise InputError(Problem(self.trainee, 0, 0, text, right))
        raise InputError(self.document.problem(("cases",), text, right))


def _filled_in(data: Any) -> Any:
    """A sheet without the lines that were left blank."""
    if isinstance(data, dict):
        return {key: _filled_in(one) for key, one in data.items() if one is not None}
    return [_filled_in(one) for one in data] if isinstance(data, list) else data


def check_answers(
    answers: Answers, place: int, law: Law, parts: list[str], passages: int
) -> Worked:
    """The answers to one case, every name in them checked. Raises InputError."""
    worked = answers.cases[place]
    document = answers.document or Document(answers.trainee, {}, {}, {})
    problems = list(_problems(worked, ("cases", place), document, law, parts, passages))
    if problems:
        raise InputError(problems)
    return worked


def check_contests(answers: Answers, place: int, keys: Iterable[str]) -> None:
    """Whether each contest names a mark that was given, and says why. Raises InputError."""
    document = answers.document or Document(answers.trainee, {}, {}, {})
    known = list(keys)
    problems = []
    for i, one in enumerate(answers.cases[place].contests):
        path: Where = ("cases", place, "contests", i)
        if one.element not in known:
            right = nearest(one.element, known) or "use a name in brackets in the marking"
            text = f"no mark '{one.element[:80]}' was given"
            problems.append(document.problem((*path, "element"), text, right))
        if not one.because.strip():
            problems.append(document.problem((*path, "because"), "why is not said", "say why"))
    if problems:
        raise InputError(problems)


def _problems(
    worked: Worked, here: Where, document: Document, law: Law, parts: list[str], passages: int
) -> Iterator[Problem]:
    def unknown(path: Where, what: str, name: str, known: list[str]) -> Problem:
        right = nearest(name, known) or (f"known: {', '.join(known)}" if len(known) < 9 else "")
        return document.problem((*here, *path), f"no {what} '{name[:80]}'", right)

    def numbered(path: Where, on: tuple[int, ...]) -> Iterator[Problem]:
        for i, number in enumerate(on):
            if not 1 <= number <= passages:
                text = f"no passage {number}"
                right = f"the case has passages 1 to {passages}"
                yield document.problem((*here, *path, "on", i), text, right)

    seen: set[str] = set()
    for i, part in enumerate(worked.items):
        at: Where = ("items", i)
        if part.id not in parts:
            yield unknown((*at, "id"), "part", part.id, parts)
        if part.id in seen:
            yield document.problem((*here, *at, "id"), f"a second part '{part.id}'", "keep one")
        seen.add(part.id)
        if part.outcome is not None and part.outcome not in law.outcomes:
            yield unknown((*at, "outcome"), "outcome", part.outcome, list(law.outcomes))
        for key, element in part.elements.items():
            path: Where = (*at, "elements", key)
            fact = law.facts.get(key)
            if fact is None:
                yield unknown(path, "fact", key, list(law.facts))
            elif element.answer.strip().casefold() != UNKNOWN:
                try:
                    value_of(fact, element.answer, law.as_at)
                except AnswerError as error:
                    yield document.problem((*here, *path, "answer"), error.text, error.right)
            yield from numbered(path, element.on)
        for name in ("public_interest", "public_interest_confirm_or_deny"):
            balance = getattr(part, name)
            known = [factor.name for factor in law.factors.values()]
            for side in ("maintain", "disclose"):
                for key, factor in (getattr(balance, side) if balance else {}).items():
                    path = (*at, name, side, key)
                    if key not in known:
                        yield unknown(path, "factor", key, known)
                    yield from numbered(path, factor.on)
        for j, key in enumerate(part.not_counted):
            if key not in law.not_counted:
                yield unknown((*at, "not_counted", j), "such fact", key, list(law.not_counted))
    ids = [one.id for one in law.requirements]
    for path, listed in [
        (("faults",), worked.faults),
        (("notice", "must_say"), worked.notice.must_say if worked.notice else ()),
    ]:
        for j, key in enumerate(listed):
            if key not in ids:
                yield unknown((*path, j), "requirement", key, ids)
