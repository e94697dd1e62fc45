"""What the advisor says back of a case. `as_json` gives the shapes that the outside relies on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from advisor.rulebook.model import WEIGHTS
from advisor.truth import Truth, word


@dataclass(frozen=True)
class Reason:
    """One step of the reasoning in a sentence, with its rule and authority."""

    rule: str
    text: str
    authority: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "text": self.text, "authority": list(self.authority)}


@dataclass(frozen=True)
class WeighedFactor:
    """A factor in a balance. `may_rise_to` is set while open facts could make it heavier."""

    factor: str
    title: str
    interest: str
    weight: int
    may_rise_to: int | None
    reason: str
    authority: tuple[str, ...]
    weighed_by: str
    by: str = ""
    rule: str = ""

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "factor": self.factor,
            "title": self.title,
            "weight": WEIGHTS[self.weight],
            "reason": self.reason,
            "authority": list(self.authority),
            "weighed_by": self.weighed_by,
        }
        if self.may_rise_to is not None:
            out["may_rise_to"] = WEIGHTS[self.may_rise_to]
        if self.by:
            out["by"] = self.by
        return out


@dataclass(frozen=True)
class Excluded:
    """Something that the facts show and the balance must not count."""

    fact: str
    reason: str
    authority: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"fact": self.fact, "reason": self.reason, "authority": list(self.authority)}


@dataclass(frozen=True)
class PublicInterest:
    """A balance as struck. `rules_result` is what the rules say where the officer decided."""

    title: str
    act: str
    question: str
    result: str
    margin: str | None
    decided_by: str
    maintain: tuple[WeighedFactor, ...]
    disclose: tuple[WeighedFactor, ...]
    excluded: tuple[Excluded, ...] = ()
    remark: str = ""
    officer_reason: str = ""
    officer: str = ""
    rules_result: str = ""
    rules_margin: str | None = None

    @property
    def open(self) -> bool:
        """Whether open answers could still make some factor heavier."""
        return any(one.may_rise_to is not None for one in (*self.maintain, *self.disclose))

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "result": self.result,
            "margin": self.margin,
            "decided_by": self.decided_by,
            "maintain": [one.as_json() for one in self.maintain],
            "disclose": [one.as_json() for one in self.disclose],
            "excluded": [one.as_json() for one in self.excluded],
        }
        if self.remark:
            out["remark"] = self.remark
        if self.decided_by == "officer":
            out["officer"] = {"reason": self.officer_reason, "by": self.officer}
            out["rules_would_say"] = {"result": self.rules_result, "margin": self.rules_margin}
        return out


@dataclass(frozen=True)
class NotConsidered:
    """A provision that the facts suggest and nobody has tested."""

    provision: str
    why: str
    authority: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"provision": self.provision, "why": self.why, "authority": list(self.authority)}


@dataclass(frozen=True)
class Warning:
    """A mistake that the facts, or a draft, show."""

    id: str
    level: str
    text: str
    authority: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "level": self.level,
            "text": self.text,
            "authority": list(self.authority),
        }


@dataclass(frozen=True)
class DecidedMatter:
    """A decided matter beside an item: what they share, what tells them apart, whether it obliges.

    `constrains` is the way it obliges to go (`withhold`, `disclose`), `against` that the
    recommendation goes the other way. `values` has each difference as (here, there); `standing`
    is what to know before relying on it, `marks` the gravest of it in a word. Only what a person
    has reviewed may be cited in a letter.
    """

    item: str
    ref: str
    part: str
    title: str
    citation: str
    body: str
    binds: bool
    decided: str
    outcome: str
    because: str
    shared: tuple[str, ...]
    stronger_here: tuple[str, ...]
    weaker_here: tuple[str, ...]
    not_known_there: tuple[str, ...]
    not_known_here: tuple[str, ...]
    constrains: str | None
    against: bool
    reviewed: bool
    standing: tuple[str, ...]
    values: dict[str, tuple[str, str]]
    marks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "ref": self.ref,
            "part": self.part,
            "title": self.title,
            "citation": self.citation,
            "body": self.body,
            "binds": self.binds,
            "decided": self.decided,
            "outcome": self.outcome,
            "because": self.because,
            "shared": list(self.shared),
            "stronger_here": list(self.stronger_here),
            "weaker_here": list(self.weaker_here),
            "not_known_there": list(self.not_known_there),
            "not_known_here": list(self.not_known_here),
            "constrains": self.constrains,
            "against": self.against,
            "reviewed": self.reviewed,
            "standing": list(self.standing),
            "values": {key: {"here": h, "there": t} for key, (h, t) in self.values.items()},
        }


@dataclass(frozen=True)
class Waiting:
    """What a part is until the public interest is decided, and on what that rests (s.17(2))."""

    outcome: str
    provisions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"outcome": self.outcome, "provisions": list(self.provisions)}


@dataclass(frozen=True)
class ItemAssessment:
    """One item: the recommendation, why, and what is still open; `waiting` for a balance or not."""

    id: str
    description: str
    outcome: str
    provisions: tuple[str, ...]
    conclusions: dict[str, Truth]
    public_interest: PublicInterest | None
    public_interest_confirm_or_deny: PublicInterest | None
    reasons: tuple[Reason, ...]
    outstanding: tuple[str, ...]
    possible_outcomes: tuple[str, ...]
    not_considered: tuple[NotConsidered, ...]
    warnings: tuple[Warning, ...]
    precedents: tuple[DecidedMatter, ...] = ()
    waiting: Waiting | None = None
    never_asked: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # provisions, and facts

    @property
    def meanwhile(self) -> ItemAssessment:
        """The item as a letter has it that goes now: while its balance waits, what it then is."""
        now = self.waiting
        if now is None:
            return self
        possible = (now.outcome,)
        return replace(
            self, outcome=now.outcome, provisions=now.provisions, possible_outcomes=possible
        )

    def as_json(self) -> dict[str, Any]:
        both = self.public_interest, self.public_interest_confirm_or_deny
        content, existence = (one.as_json() if one else None for one in both)
        return {
            "id": self.id,
            "description": self.description,
            "outcome": self.outcome,
            "provisions": list(self.provisions),
            "conclusions": {key: word(truth) for key, truth in self.conclusions.items()},
            "public_interest": content,
            "public_interest_confirm_or_deny": existence,
            "reasons": [one.as_json() for one in self.reasons],
            "outstanding": list(self.outstanding),
            "possible_outcomes": list(self.possible_outcomes),
            "not_considered": [one.as_json() for one in self.not_considered],
            "warnings": [one.as_json() for one in self.warnings],
            "precedents": [one.as_json() for one in self.precedents],
            **({"waiting": self.waiting.as_json()} if self.waiting else {}),
        }


@dataclass(frozen=True)
class Requirement:
    """Something the notice must (M, C) or should (G) have, and for which items."""

    id: str
    provision: str
    severity: str
    text: str
    items: tuple[str, ...]
    authority: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "provision": self.provision,
            "severity": self.severity,
            "text": self.text,
            "items": list(self.items),
            "authority": list(self.authority),
        }


@dataclass(frozen=True)
class Notice:
    """The kind of response, by when it is due, and what it must say."""

    route: tuple[str, ...]
    due: date | None
    requirements: tuple[Requirement, ...]
    provisional: bool = False
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "route": list(self.route),
            "due": self.due.isoformat() if self.due else None,
            "provisional": self.provisional,
            "note": self.note,
            "requirements": [one.as_json() for one in self.requirements],
        }


@dataclass(frozen=True)
class Assessment:
    """The advice on a whole case, with the rulebook and the evaluators that it was derived by."""

    reference: str
    as_at: date
    rulebook_version: str
    rulebook_digest: str
    law_as_at: date
    derived_by: tuple[str, ...]
    items: tuple[ItemAssessment, ...]
    outcome: str
    refusal_notice: bool
    notice: Notice
    warnings: tuple[Warning, ...] = field(default_factory=tuple)

    def item(self, key: str) -> ItemAssessment | None:
        """The item with this id."""
        return next((one for one in self.items if one.id == key), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "assessment": 1,
            "reference": self.reference,
            "as_at": self.as_at.isoformat(),
            "rulebook": {
                "version": self.rulebook_version,
                "digest": self.rulebook_digest,
                "law_as_at": self.law_as_at.isoformat(),
            },
            "derived_by": list(self.derived_by),
            "items": [one.as_json() for one in self.items],
            "overall": {"outcome": self.outcome, "refusal_notice": self.refusal_notice},
            "notice": self.notice.as_json(),
            "warnings": [one.as_json() for one in self.warnings],
        }
