"""What a case says to those who teach with it: its `teaching` block, checked like everything else.

The story tells the facts as a person would meet them, in passages that a trainee can point to;
`shows` says which facts each passage shows. Outcome, provisions, factors and requirements are not
written here at all: they come from the assessment, so that a model answer cannot drift from it.
Only `model` adds words to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from advisor.case import Case
from advisor.rulebook.law import Law
from advisor.rulebook.model import FORBID
from advisor.sources import Document, InputError, Problem, Where, nearest, validated

# What a case file calls each balance.
BALANCES = {"public_interest": "content", "public_interest_confirm_or_deny": "confirm_or_deny"}

Level = Literal["foundations", "practice", "hard"]

# What a learning point may be tested by, besides facts, factors, requirements and provisions.
ELEMENTS = (
    "outcome", "provisions", "result", "confirm-or-deny", "not-counted", "due", "needed", "letter",
)  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """A few sentences of the story; `parts` are the items it is about (none: all of them)."""

    __pydantic_config__ = FORBID
    text: str
    shows: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LearningPoint:
    """What a trainee should take away. `tests` names the elements of the answer that show it."""

    __pydantic_config__ = FORBID
    id: str
    text: str
    authority: tuple[str, ...]
    tests: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenToJudgment:
    """An element on which good lawyers differ: a factor's name, or `public_interest/result`.

    A result is then accepted either way, with what follows from it; a weight within `steps` of the
    model's; any answer to a fact. A requirement, `due` and `needed` are then not marked.
    """

    __pydantic_config__ = FORBID
    part: str
    element: str
    why: str
    steps: int = 2


@dataclass(frozen=True)
class LetterExercise:
    """A letter with defects: the requirements of section 17 that it fails, and why.

    What is `arguable` neither helps nor counts against whoever marks it. `lines` says where a
    fault shows, where the check of notices would not find it.
    """

    __pydantic_config__ = FORBID
    file: str
    faults: tuple[str, ...]
    notes: dict[str, str] = field(default_factory=dict)
    arguable: tuple[str, ...] = ()
    lines: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Teaching:
    """The whole block. A case without one can still be worked; its facts are then told plainly."""

    __pydantic_config__ = FORBID
    level: Level | None = None
    status: Literal["accepted", "proposed"] = "accepted"
    story: tuple[Passage, ...] = ()
    learning_points: tuple[LearningPoint, ...] = ()
    model: dict[str, str] = field(default_factory=dict)  # by part: the reasons in words
    notice: str = ""  # what to say of the notice, in words
    open_to_judgment: tuple[OpenToJudgment, ...] = ()
    hints: tuple[str, ...] = ()
    letter: LetterExercise | None = None


def read_teaching(case: Case, law: Law) -> Teaching:
    """The teaching block of a case. Raises InputError with every problem in its place."""
    block = _block(case)
    teaching = validated(block, Teaching)
    problems = list(_problems(teaching, case, law, block))
    if problems:
        raise InputError(problems)
    return teaching


def letter_text(teaching: Teaching, case: Case) -> str:
    """The letter of a find-the-fault exercise. Raises InputError where it cannot be read."""
    from advisor.sources import read_text

    if teaching.letter is None:
        return ""
    folder = Path(case.document.name).parent if case.document else Path()
    return read_text(folder / teaching.letter.file)


def _block(case: Case) -> Document:
    """The block as a document of its own, in which every value keeps its place in the file."""
    whole = case.document
    if whole is None:
        return Document(f"{case.reference}: teaching", case.teaching, {}, {})

    def inner(places: dict[Where, tuple[int, int]]) -> dict[Where, tuple[int, int]]:
        return {path[1:]: place for path, place in places.items() if path[:1] == ("teaching",)}

    return Document(whole.name, case.teaching, inner({**whole.marks}), inner({**whole.keys}))


def _problems(teaching: Teaching, case: Case, law: Law, block: Document) -> Iterator[Problem]:
    parts = [item.id for item in case.items]
    answered = {
        key: {**case.facts, **item.facts} for key, item in zip(parts, case.items, strict=True)
    }

    def unknown(path: Where, what: str, name: str, known: list[str]) -> Problem:
        return block.problem(path, f"no {what} '{name}'", nearest(name, known))

    for i, passage in enumerate(teaching.story):
        about = passage.parts or parts
        for j, part in enumerate(passage.parts):
            if part not in parts:
                yield unknown(("story", i, "parts", j), "part", part, parts)
        for j, fact in enumerate(passage.shows):
            if fact not in law.facts:
                yield unknown(("story", i, "shows", j), "fact", fact, list(law.facts))
            elif not any(fact in answered.get(part, {}) for part in about):
                text = f"'{fact}' is shown and the case does not answer it"
                yield block.problem(("story", i, "shows", j), text, "answer it, or take it out")
    for key in teaching.model:
        if key not in parts:
            yield unknown(("model", key), "part", key, parts)
    names = element_names(law)
    for i, point in enumerate(teaching.learning_points):
        for j, name in enumerate(point.tests):
            if name not in names:
                yield unknown(("learning_points", i, "tests", j), "element", name, names)
    for i, one in enumerate(teaching.open_to_judgment):
        if one.part not in parts:
            yield unknown(("open_to_judgment", i, "part"), "part", one.part, parts)
        if one.element not in open_names(law):
            where: Where = ("open_to_judgment", i, "element")
            yield unknown(where, "element that can be open", one.element, open_names(law))
    if teaching.letter is not None:
        ids = [one.id for one in law.requirements]
        for key in ("faults", "arguable"):
            for j, name in enumerate(getattr(teaching.letter, key)):
                if name not in ids:
                    yield unknown(("letter", key, j), "requirement", name, ids)
        for key in ("notes", "lines"):
            for name in getattr(teaching.letter, key):
                if name not in teaching.letter.faults:
                    yield unknown(("letter", key, name), "fault", name, [*teaching.letter.faults])


def open_names(law: Law) -> list[str]:
    """What can be left open to judgment."""
    factors = dict.fromkeys(factor.name for factor in law.factors.values())
    requirements = [one.id for one in law.requirements]
    return [
        *(f"{key}/result" for key in BALANCES),
        "due",
        "needed",
        *law.facts,
        *factors,
        *requirements,
    ]


def element_names(law: Law) -> list[str]:
    """Everything that an element of an answer can be called."""
    factors = [factor.name for factor in law.factors.values()]
    requirements = [one.id for one in law.requirements]
    return [*ELEMENTS, *law.facts, *dict.fromkeys(factors), *requirements, *law.limbs]
