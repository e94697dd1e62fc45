"""Whether a case turns out as it expects: outcomes, provisions, conclusions, balances, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from advisor.assessment import Assessment, ItemAssessment, PublicInterest
from advisor.case import Case, ExpectedBalance, ExpectedCase, ExpectedItem
from advisor.rulebook.law import Factor, Law
from advisor.rulebook.model import WEIGHTS
from advisor.sources import Problem, nearest
from advisor.truth import word


@dataclass(frozen=True)
class Failure:
    """What a case expected of an item (or of itself, where `item` is None) and what it got."""

    case: str
    item: str | None
    expected: dict[str, Any]
    actual: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "item": self.item,
            "expected": self.expected,
            "actual": self.actual,
        }


def failures(case: Case, assessment: Assessment) -> list[Failure]:
    """Every expectation of a case that does not hold, one entry for each item."""
    found: list[Failure] = []
    for item in case.items:
        given = assessment.item(item.id)
        if item.expect is None or given is None:
            continue
        # A warning of the whole case counts for each of its items as well.
        ids = [one.id for one in (*given.warnings, *assessment.warnings)]
        found.extend(_failure(case, item.id, _of_item(item.expect, given, ids)))
    if case.expect is not None:
        found.extend(_failure(case, None, _of_case(case.expect, assessment)))
    return found


def idle(case: Case, law: Law) -> Iterator[Problem]:
    """Expectations that hold whatever the advice: they name what the rulebook does not have.

    A warning that must not be given, or a factor that must not be raised, is never there when its
    name is misspelt.
    """
    warnings = [*law.mistakes, *(f"precedent-{ref}" for ref in law.precedents)]
    if case.expect is not None:
        yield from _unknown(case, ("expect", "no_warnings"), case.expect.no_warnings, warnings)
    for i, item in enumerate(case.items):
        if item.expect is None:
            continue
        at = ("items", i, "expect")
        yield from _unknown(case, (*at, "no_warnings"), item.expect.no_warnings, warnings)
        for key, balance in _BALANCES.items():
            expected: ExpectedBalance | None = getattr(item.expect, key)
            names = [factor.name for factor in law.balance_factors.get(balance, ())]
            factors = expected.factors if expected else ()
            yield from _unknown(case, (*at, key, "factors"), factors, names)


_BALANCES = {"public_interest": "content", "public_interest_confirm_or_deny": "confirm_or_deny"}


def expected_weight(expect: ExpectedItem, factor: Factor) -> str | None:
    """The weight that is expected of a factor, where one is."""
    for key, balance in _BALANCES.items():
        expected: ExpectedBalance | None = getattr(expect, key)
        if balance == factor.balance and expected is not None:
            return expected.factors.get(factor.name)
    return None


def _unknown(
    case: Case, at: tuple[str | int, ...], given: Iterable[str], known: list[str]
) -> Iterator[Problem]:
    for i, name in enumerate(given):
        if name not in known:
            place = (*at, i if at[-1] == "no_warnings" else name)
            yield case.problem(place, f"the rulebook has no '{name}'", nearest(name, known))


Difference = tuple[str, Any, Any]


def _failure(case: Case, item: str | None, differences: Iterator[Difference]) -> Iterator[Failure]:
    found = list(differences)
    if found:
        expected = {key: wanted for key, wanted, _ in found}
        yield Failure(case.reference, item, expected, {key: got for key, _, got in found})


def _of_item(expect: ExpectedItem, given: ItemAssessment, ids: list[str]) -> Iterator[Difference]:
    if expect.outcome is not None and expect.outcome != given.outcome:
        yield "outcome", expect.outcome, given.outcome
    if expect.provisions is not None and sorted(set(expect.provisions)) != list(given.provisions):
        yield "provisions", sorted(set(expect.provisions)), list(given.provisions)
    got = {
        key: word(given.conclusions[key]) for key in expect.conclusions if key in given.conclusions
    }
    if got != expect.conclusions:
        wrong = [key for key, wanted in expect.conclusions.items() if got.get(key) != wanted]
        yield (
            "conclusions",
            {key: expect.conclusions[key] for key in wrong},
            {key: got.get(key, "no such conclusion") for key in wrong},
        )
    for key in _BALANCES:
        yield from _of_balance(key, getattr(expect, key), getattr(given, key))
    yield from _of_warnings(expect.warnings, expect.no_warnings, ids)
    provisions = [one.provision for one in given.not_considered]
    missing = [one for one in expect.not_considered if one not in provisions]
    if missing:
        yield "not_considered", list(expect.not_considered), provisions
    if expect.outstanding_empty is not None:
        empty = not given.outstanding
        if empty != expect.outstanding_empty:
            yield "outstanding_empty", expect.outstanding_empty, list(given.outstanding)


def _of_balance(
    key: str, expect: ExpectedBalance | None, given: PublicInterest | None
) -> Iterator[Difference]:
    if expect is None:
        return
    wanted: dict[str, Any] = {
        name: value
        for name, value in (("result", expect.result), ("margin", expect.margin))
        if value is not None
    }
    got: dict[str, Any] = {name: getattr(given, name) if given else None for name in wanted}
    weights = {name: _weight(given, name) if given else None for name in expect.factors}
    if weights != expect.factors:
        wrong = [name for name, weight in weights.items() if weight != expect.factors[name]]
        wanted["factors"] = {name: expect.factors[name] for name in wrong}
        got["factors"] = {name: weights[name] for name in wrong}
    if got != wanted:
        yield key, wanted, got if given else None


def _weight(given: PublicInterest, name: str) -> str:
    """The weight of a factor in words: `none` where nothing raises it, a range while it is open."""
    for one in (*given.maintain, *given.disclose):
        if one.factor == name:
            most = "" if one.may_rise_to is None else f" to {WEIGHTS[one.may_rise_to]}"
            return f"{WEIGHTS[one.weight]}{most}"
    return "none"


def _of_warnings(
    wanted: tuple[str, ...], unwanted: tuple[str, ...], ids: list[str]
) -> Iterator[Difference]:
    if any(one not in ids for one in wanted):
        yield "warnings", list(wanted), ids
    if any(one in ids for one in unwanted):
        yield "no_warnings", list(unwanted), [one for one in ids if one in unwanted]


def _of_case(expect: ExpectedCase, assessment: Assessment) -> Iterator[Difference]:
    if expect.overall is not None and expect.overall != assessment.outcome:
        yield "overall", expect.overall, assessment.outcome
    due = assessment.notice.due
    if expect.due is not None and expect.due != due:
        yield "due", expect.due.isoformat(), due.isoformat() if due else None
    if expect.route is not None and sorted(expect.route) != sorted(assessment.notice.route):
        yield "route", list(expect.route), list(assessment.notice.route)
    ids = [one.id for one in assessment.warnings]
    ids += [one.id for item in assessment.items for one in item.warnings]
    yield from _of_warnings(expect.warnings, expect.no_warnings, ids)
