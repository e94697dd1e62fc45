"""A case: a request, its parts, what the officer knows of each, and what they decided.

One format serves an officer's saved facts, a trainer's scenario and an acceptance case. A case
knows nothing of the law: whether a fact exists, and what may be answered to it, is the rulebook's
to say (advisor.reasoning.known).

    >>> case = Case.parse('''
    ... case: 1
    ... reference: FOI/1
    ... received: 2026-02-09
    ... request: The file.
    ... items: [{id: file, description: The file, facts: {held: yes}}]
    ... ''')
    >>> case.items[0].facts
    {'held': 'yes'}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from advisor.rulebook.model import FORBID, Weight
from advisor.sources import Document, InputError, Problem, parse, read, validated

MOST_ITEMS = 1_000

AuthorityKind = Literal[
    "police", "council", "department", "regulator", "prosecutor", "health", "school", "archive",
    "other",
]  # fmt: skip


@dataclass(frozen=True)
class Authority:
    """The public authority that has the request."""

    __pydantic_config__ = FORBID
    name: str = ""
    kind: AuthorityKind = "other"


@dataclass(frozen=True)
class Weighing:
    """The officer's own weight for a factor, and the reason, which is never left out."""

    __pydantic_config__ = FORBID
    weight: Weight
    reason: str
    by: str = ""


@dataclass(frozen=True)
class Consideration:
    """A consideration that the rules lack and the officer adds to a balance."""

    __pydantic_config__ = FORBID
    side: Literal["maintain", "disclose"]
    interest: str
    weight: Weight
    reason: str
    by: str = ""


@dataclass(frozen=True)
class Conclusion:
    """The officer's own conclusion of a balance, which then stands."""

    __pydantic_config__ = FORBID
    result: Literal["maintain", "disclose"]
    reason: str
    by: str = ""


@dataclass(frozen=True)
class Draft:
    """A draft decision to be tested."""

    __pydantic_config__ = FORBID
    outcome: str
    provisions: tuple[str, ...] = ()
    notice: Literal["given", "none"] | None = None


@dataclass(frozen=True)
class ExpectedBalance:
    """What is expected of a balance; `factors` by name, `none` for one that nothing raises."""

    __pydantic_config__ = FORBID
    result: Literal["maintain", "disclose", "undetermined"] | None = None
    margin: Literal["clear", "narrow", "even"] | None = None
    factors: dict[str, Weight] = field(default_factory=dict)


@dataclass(frozen=True)
class ExpectedItem:
    """What a scenario expects of an item; what it does not name is not checked."""

    __pydantic_config__ = FORBID
    outcome: str | None = None
    provisions: tuple[str, ...] | None = None
    conclusions: dict[str, Literal["yes", "no", "unknown"]] = field(default_factory=dict)
    public_interest: ExpectedBalance | None = None
    public_interest_confirm_or_deny: ExpectedBalance | None = None
    warnings: tuple[str, ...] = ()
    no_warnings: tuple[str, ...] = ()
    not_considered: tuple[str, ...] = ()
    outstanding_empty: bool | None = None


@dataclass(frozen=True)
class ExpectedCase:
    """What a scenario expects of the whole case."""

    __pydantic_config__ = FORBID
    overall: str | None = None
    due: date | None = None
    route: tuple[str, ...] | None = None
    warnings: tuple[str, ...] = ()
    no_warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """A part of the request, or a separable piece of information."""

    __pydantic_config__ = FORBID
    id: str
    description: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)  # evidence kept with an answer
    consider: tuple[str, ...] | None = None
    weights: dict[str, Weighing] = field(default_factory=dict)
    weights_confirm_or_deny: dict[str, Weighing] = field(default_factory=dict)
    considerations: tuple[Consideration, ...] = ()
    considerations_confirm_or_deny: tuple[Consideration, ...] = ()
    balance: Conclusion | None = None
    balance_confirm_or_deny: Conclusion | None = None
    disclose: str = ""
    proposed: Draft | None = None
    expect: ExpectedItem | None = None

    def weighings(self, balance: str) -> dict[str, Weighing]:
        """The officer's weights of one balance."""
        return self.weights_confirm_or_deny if balance == "confirm_or_deny" else self.weights

    def added(self, balance: str) -> tuple[Consideration, ...]:
        """The considerations that the officer added to one balance."""
        if balance == "confirm_or_deny":
            return self.considerations_confirm_or_deny
        return self.considerations

    def concluded(self, balance: str) -> Conclusion | None:
        """The officer's own conclusion of one balance, if there is one."""
        return self.balance_confirm_or_deny if balance == "confirm_or_deny" else self.balance


@dataclass(frozen=True)
class Case:
    """A whole request. `document` is the file that it was read from, for places in messages."""

    __pydantic_config__ = FORBID
    case: Literal["1"]
    reference: str
    items: tuple[Item, ...]
    title: str = ""
    authority: Authority = field(default_factory=Authority)
    received: date | None = None
    clarified: date | None = None
    fees_notice: date | None = None
    fee_received: date | None = None
    decided: date | None = None
    decision_expected: date | None = None
    request: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    expect: ExpectedCase | None = None
    teaching: dict[str, Any] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)
    document: Document | None = field(default=None, init=False, compare=False, repr=False)

    @classmethod
    def read(cls, path: Path | str) -> Case:
        """The case in a file. Raises InputError with every problem of the file."""
        return cls.of(read(path))

    @classmethod
    def parse(cls, text: str, name: str = "case") -> Case:
        """A case from YAML text; `name` is what messages call it."""
        return cls.of(parse(text, name))

    @classmethod
    def of(cls, document: Document) -> Case:
        """The case that a document holds, its shape checked and what it says of itself."""
        case = validated(document, cls)
        problems = list(_problems(case, document))
        if problems:
            raise InputError(problems)
        object.__setattr__(case, "document", document)
        return case

    def item(self, key: str) -> Item | None:
        """The item with this id."""
        return next((one for one in self.items if one.id == key), None)

    def with_item(self, item: Item) -> Case:
        """The same case with the item of this id replaced."""
        items = tuple(item if one.id == item.id else one for one in self.items)
        return replace(self, items=items)

    def problem(self, path: tuple[str | int, ...], text: str, right: str = "") -> Problem:
        """A problem at a place of the case: in its file, where it was read from one."""
        if self.document is not None:
            return self.document.problem(path, text, right)
        return Problem(f"{self.reference}: {'.'.join(map(str, path))}", 0, 0, text, right)


def _problems(case: Case, document: Document) -> list[Problem]:
    """What is wrong in a case whatever the law says."""
    found: list[Problem] = []

    def wrong(path: tuple[str | int, ...], text: str, right: str = "") -> None:
        found.append(document.problem(path, text, right))

    if not case.reference.strip():
        wrong(("reference",), "the reference is blank", "give the request's reference")
    if not case.items:
        wrong(("items",), "a case has at least one item", "list the parts of the request")
    if len(case.items) > MOST_ITEMS:
        text = f"a case has at most {MOST_ITEMS:,} items, and this has {len(case.items):,}"
        return [*found, document.problem(("items", MOST_ITEMS), text, "make several cases of it")]
    seen: set[str] = set()
    for i, item in enumerate(case.items):
        if not item.id.strip():
            wrong(("items", i, "id"), "the id is blank", "give each item an id")
        if item.id in seen:
            wrong(("items", i, "id"), f"a second item '{item.id}'", "give each item its own id")
        seen.add(item.id)
        found.extend(_without_reason(item, ("items", i), document))
        if item.proposed and item.proposed.outcome == "undetermined":
            text, right = "a draft decides", "name what it decides, or leave `proposed` out"
            wrong(("items", i, "proposed", "outcome"), text, right)
    for key, text, right in impossible_dates(case):
        wrong((key,), text, right)
    return found


def _without_reason(item: Item, path: tuple[str | int, ...], document: Document) -> list[Problem]:
    reasons: list[tuple[tuple[str | int, ...], str]] = []
    for key in ("weights", "weights_confirm_or_deny"):
        for name, weighing in getattr(item, key).items():
            reasons.append(((*path, key, name, "reason"), weighing.reason))
    for key in ("considerations", "considerations_confirm_or_deny"):
        for i, added in enumerate(getattr(item, key)):
            reasons.append(((*path, key, i, "reason"), added.reason))
    for key in ("balance", "balance_confirm_or_deny"):
        if (concluded := getattr(item, key)) is not None:
            reasons.append(((*path, key, "reason"), concluded.reason))
    text, right = "the reason is blank", "say why; what an officer decides carries a reason"
    return [document.problem(at, text, right) for at, reason in reasons if not reason.strip()]


def impossible_dates(case: Case) -> Iterator[tuple[str, str, str]]:
    """Each date before the one that it follows: (field, what is wrong, what would be right)."""
    follows = (
        ("clarified", "received"),
        ("fees_notice", "received"),
        ("fee_received", "fees_notice"),
        ("decided", "received"),
        ("decision_expected", "received"),
    )
    for later, earlier in follows:
        after, before = getattr(case, later), getattr(case, earlier)
        if after is not None and before is not None and after < before:
            text = f"'{later}' ({after}) is before '{earlier}' ({before})"
            yield later, text, "correct one of the two"
        if after is not None and before is None and earlier == "fees_notice":
            text = "a fee was received and no fees notice is dated"
            yield later, text, "give 'fees_notice' as well"
