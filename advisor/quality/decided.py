"""What the rules would have recommended on decided matters, and where they agree.

The limb is taken as it was found, and the balance is struck by the rules as at the matter's date:
once on what was read and nothing else, and once with every fact that was not read at the value
that leans to neither side (a dimension's `neither`, and a record of the same year). How far the
matter had got and how sensitive the content was have no such value, so they stay open, and what
they leave open is reported as undetermined with the results that are possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Literal

from advisor.advice.rulebook import Rulebook
from advisor.case import Item
from advisor.reasoning.consistency import Contradiction, contradictions
from advisor.reasoning.derivation import Value
from advisor.reasoning.dimensions import MAINTAIN, space
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import Known, value_of
from advisor.reasoning.matter import Matter
from advisor.reasoning.precedents import RESULTS, Library, below_a_section, library
from advisor.reasoning.relevance import possible_findings
from advisor.rulebook.dates import day_of
from advisor.rulebook.law import Law
from advisor.rulebook.model import Part, Precedent

Verdict = Literal["agrees", "disagrees", "undetermined"]
Basis = Literal["read", "neutral"]
BASES: tuple[Basis, ...] = ("read", "neutral")
_WAYS = {True: "withhold", False: "disclose"}


@dataclass(frozen=True)
class Fitting:
    """Of all values of the facts that stay open on the neutral basis, how many fit the result.

    `values` are those of each fact that some fitting choice has.
    """

    fit: int
    of: int
    values: dict[str, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        values = {key: list(many) for key, many in self.values.items()}
        return {"fit": self.fit, "of": self.of, "values": values}


@dataclass(frozen=True)
class Retried:
    """A part of a decided matter under the rules. `lacks` says why it is too thin to be scored."""

    ref: str
    matter: Precedent
    part: Part
    possible: dict[Basis, tuple[str, ...]]
    lacks: tuple[str, ...]
    fitting: Fitting | None = None

    @property
    def decided(self) -> str:
        """Which way it went; empty where nothing was decided on section 30."""
        found = RESULTS.get(self.part.result)
        return _WAYS[found[1] == MAINTAIN] if found else ""

    @property
    def scored(self) -> bool:
        return not self.lacks and not self.matter.unsettled

    def verdict(self, basis: Basis) -> Verdict:
        possible = self.possible[basis]
        if len(possible) > 1:
            return "undetermined"
        return "agrees" if possible == (self.decided,) else "disagrees"

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "ref": self.ref,
            "part": self.part.id,
            "as_at": day_of(self.matter.decided).isoformat(),
            "result": self.part.result,
        }
        if self.decided:
            for basis in BASES:
                out[basis] = {
                    "possible": list(self.possible[basis]),
                    "verdict": self.verdict(basis),
                }
        if self.fitting is not None:
            out["fitting"] = self.fitting.as_json()
        if self.lacks:
            out["lacks"] = list(self.lacks)
        if self.matter.unsettled:
            out["unsettled"] = self.matter.unsettled
        return out


@dataclass(frozen=True)
class Report:
    """Every decided matter under the rules, and the contradictions among them."""

    retried: tuple[Retried, ...]
    contradictions: tuple[Contradiction, ...]

    @cached_property
    def scored(self) -> tuple[Retried, ...]:
        return tuple(one for one in self.retried if one.scored)

    @cached_property
    def too_thin(self) -> tuple[Retried, ...]:
        return tuple(one for one in self.retried if one.lacks and not one.matter.unsettled)

    @cached_property
    def unsettled(self) -> tuple[Retried, ...]:
        return tuple(one for one in self.retried if one.matter.unsettled)

    def counts(self, basis: Basis, way: str) -> dict[str, int]:
        """How many of the matters decided one way agree, disagree, or are undetermined."""
        of_it = [one.verdict(basis) for one in self.scored if one.decided == way]
        words: tuple[Verdict, ...] = ("agrees", "disagrees", "undetermined")
        return {"parts": len(of_it), **{word: of_it.count(word) for word in words}}

    @property
    def disagreements(self) -> tuple[Retried, ...]:
        """Those with which the rules disagree on either basis."""
        return tuple(
            one
            for one in self.scored
            if "disagrees" in (one.verdict("read"), one.verdict("neutral"))
        )

    @property
    def holds(self) -> bool:
        """Whether no two matters that the library treats as law contradict each other."""
        return not any(one.settled for one in self.contradictions)

    def as_json(self) -> dict[str, Any]:
        return {
            "agreement": {
                basis: {
                    "withheld": self.counts(basis, "withhold"),
                    "disclosed": self.counts(basis, "disclose"),
                }
                for basis in BASES
            },
            "scored": [one.as_json() for one in self.scored],
            "too_thin": [one.as_json() for one in self.too_thin],
            "unsettled": [one.as_json() for one in self.unsettled],
            "contradictions": [
                {
                    "kind": one.kind,
                    "matters": [one.one.ref, one.other.ref],
                    "parts": [one.one.part.id, one.other.part.id],
                    "settled": one.settled,
                    "reason": one.one.matter.unsettled or one.other.matter.unsettled,
                }
                for one in self.contradictions
            ],
        }


def check_precedents(rulebook: Rulebook) -> Report:
    """Every decided matter of a rulebook under its rules, in the order they are written."""
    retried: list[Retried] = []
    latest: Law | None = None
    for _, ref, entry in rulebook.book.entries("precedents"):
        if not entry.parts:
            continue
        law = rulebook.law(day_of(entry.decided))
        latest = law if latest is None or law.as_at > latest.as_at else latest
        retried += [retry(law, ref, entry, part) for part in entry.parts]
    found: Library = library(latest, latest.precedents) if latest else {}
    return Report(tuple(retried), tuple(contradictions(found)))


def retry(law: Law, ref: str, entry: Precedent, part: Part) -> Retried:
    """One part of a decided matter under the rules of its day."""
    if part.result not in RESULTS:
        return Retried(ref, entry, part, {}, ("the result on section 30",))
    balance, side = RESULTS[part.result]
    read = {key: value_of(law.facts[key], answer, law.as_at) for key, answer in part.facts.items()}
    facts: dict[Basis, dict[str, Value]] = {"read": read, "neutral": {**neutral(law), **read}}
    possible: dict[Basis, tuple[str, ...]] = {}
    for basis in BASES:
        found = findings(law, balance, facts[basis])
        possible[basis] = tuple(way for truth, way in _WAYS.items() if truth in found)
    fits = fitting(law, balance, facts["neutral"], side == MAINTAIN)
    return Retried(ref, entry, part, possible, thin(law, part), fits)


def fitting(law: Law, balance: str, facts: dict[str, Value], way: bool) -> Fitting:
    """How the facts that a balance may still turn on must stand for it to come to a result."""
    scales = space(law, balance).scales
    free = [name for name in scales if name in law.dimensions and name in law.facts]
    free = [name for name in free if name not in facts]
    choices = list(product(*(scales[name].slots for name in free)))
    fit: list[tuple[str, ...]] = []
    for choice in choices:
        known = Known(law, {**facts, **dict(zip(free, choice, strict=True))})
        matter = Matter(known, Item("decided"), {})
        derivation = derive(law, known.values, matter.strike)
        if derivation.conclusions[law.balances[balance].decides] is way:
            fit.append(choice)
    values = {
        name: tuple(slot for slot in scales[name].slots if any(one[i] == slot for one in fit))
        for i, name in enumerate(free)
    }
    return Fitting(len(fit), len(choices), values)


def findings(law: Law, balance: str, facts: dict[str, Value]) -> frozenset[bool]:
    """What the balance may come to when these facts are known and nothing else."""
    matter = Matter(Known(law, facts), Item("decided"), {})
    return frozenset(possible_findings(matter, balance))


def neutral(law: Law) -> dict[str, Value]:
    """The value of each dimension that leans to neither side, where it has one."""
    found: dict[str, Value] = {}
    for name, dimension in law.dimensions.items():
        if name in law.facts and dimension.neither:
            found[name] = value_of(law.facts[name], dimension.neither[0], law.as_at)
        elif name in law.derived:
            found[law.derived[name].of] = law.as_at.year
    return found


def thin(law: Law, part: Part) -> tuple[str, ...]:
    """What a record lacks to be scored: the limb; the stage or the kind of information."""
    lacks: list[str] = []
    if not below_a_section(law, part.limbs):
        lacks.append("the limb")
    if not {"investigation_status", "information_kind"} & set(part.facts):
        lacks.append("the stage or the kind of information")
    return tuple(lacks)
