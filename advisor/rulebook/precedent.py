"""Decided matters as data, and the dimensions by which they are set beside a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from advisor.rulebook.authority import FORBID, Authority, Weight
from advisor.rulebook.dates import day_of


@dataclass(frozen=True)
class Dimension:
    """A fact, or a derived integer, by which decided matters and a case are set side by side.

    Values that lean to one side stand under it, the lightest first; values of one step are of the
    same strength and cannot be compared with each other. Of a number each step is the least value
    that it has. `alike` values lean to neither side: a matter is like a case where they are equal.
    """

    __pydantic_config__ = FORBID
    because: str
    authority: tuple[Authority, ...]
    disclose: tuple[tuple[str, ...], ...] = ()
    neither: tuple[str, ...] = ()
    maintain: tuple[tuple[str, ...], ...] = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A consideration as a decided matter states it; `weight` only where the decision gives one.

    `factor` is empty where the rulebook has none for it, and then `side` says which way it went.
    `by` is who relied on it: what a party said is not what was found.
    """

    __pydantic_config__ = FORBID
    said: str
    factor: str = ""
    side: Literal["maintain", "disclose"] | None = None
    weight: Weight | None = None
    by: Literal["decision", "authority", "requester"] = "decision"


@dataclass(frozen=True)
class Part:
    """What was decided on one separable piece of the information, and why in one sentence.

    `facts` are what was read; `inferred` was deduced by whoever summarised it, and proves nothing.
    `reason` names the facts and factors that the result is said to rest on; where it is empty,
    all that lean that way count.
    """

    __pydantic_config__ = FORBID
    id: str
    what: str
    result: Literal[
        "withhold", "disclose", "neither_confirm_nor_deny", "confirm_or_deny", "not_decided"
    ]
    because: str
    limbs: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    inferred: dict[str, str] = field(default_factory=dict)
    factors: tuple[Stated, ...] = ()
    reason: tuple[str, ...] = ()


@dataclass(frozen=True)
class Principle:
    """What a decided matter is cited for beside its facts, and the rules that it supports."""

    __pydantic_config__ = FORBID
    point: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Precedent:
    """A decided matter. `decided` is a day, or the month or year where no more is known.

    A matter whose facts were not read has no parts and stays for its principles; then its date
    and what was asked may be unknown too. `linked` matters concern the same information.
    `unsettled` says why decided matters conflict; such a matter is shown and constrains nothing.
    `reviewed_by` is a person who read the decision itself against this entry: until there is one
    the matter is cited in no letter.
    """

    __pydantic_config__ = FORBID
    title: str
    citation: str
    body: Literal[
        "court", "upper_tribunal", "first_tier_tribunal", "information_tribunal", "commissioner"
    ]
    seen: str
    read: date
    limits: str
    decided: str = ""
    asked: str = ""
    published: str = ""
    parts: tuple[Part, ...] = ()
    overtaken_by: str = ""
    linked: tuple[str, ...] = ()
    unsettled: str = ""
    principles: tuple[Principle, ...] = ()
    notice: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_on: date | None = None

    def decided_by(self, day: date) -> bool:
        """Whether it was decided by a day; of one whose date is not known nobody can say no."""
        return not self.decided or day_of(self.decided) <= day
