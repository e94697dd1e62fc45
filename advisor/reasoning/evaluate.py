"""The direct evaluator: a law and known facts to a Derivation, three-valued, by plain functions.

It is one of two evaluators of the same rulebook (the other is advisor.reasoning.durable), and the
only one that serves what asks thousands of times: relevance, changes, coverage, mutation, batches.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from advisor.reasoning.derivation import Derivation, Strike, Truths, Values
from advisor.reasoning.written import written
from advisor.rulebook.conditions import (
    All,
    AnyOf,
    Cites,
    Compare,
    Condition,
    Holds,
    In,
    MayMean,
    Not,
    cites,
    may_mean,
    names,
)
from advisor.rulebook.law import Law, When
from advisor.truth import Truth, neg

Known = Mapping[str, Any]
Check = Callable[[Known], Truth]

_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@lru_cache(maxsize=20_000)
def check(condition: Condition) -> Check:
    """The function that says of known facts whether `condition` holds."""
    match condition:
        case Holds(name):
            return lambda known: known.get(name)
        case In(name, values):
            return lambda known: None if (v := known.get(name)) is None else v in values
        case Compare(name, sign, number):
            compare = _COMPARE[sign]
            return lambda known: None if (v := known.get(name)) is None else compare(v, number)
        case Cites(name, provision):
            return lambda known: cites(known.get(name, ()), provision)
        case MayMean(name, provision):
            return lambda known: may_mean(known.get(name, ()), provision)
        case Not(part):
            inner = check(part)
            return lambda known: neg(inner(known))
        case All(parts) | AnyOf(parts):
            return _of_parts(tuple(map(check, parts)), isinstance(condition, AnyOf))


def _of_parts(parts: tuple[Check, ...], decides: bool) -> Check:
    """`any` is decided by a part that holds and `all` by one that fails; see advisor.truth."""

    def holds(known: Known) -> Truth:
        result: Truth = not decides
        for part in parts:
            truth = part(known)
            if truth is decides:
                return decides
            if truth is None:
                result = None
        return result

    return holds


@lru_cache(maxsize=64)
def checks(law: Law, section: str) -> tuple[tuple[When, Check], ...]:
    """The entries of `routes`, `requirements` or `not_tested`, each with its check."""
    return tuple((entry, check(entry.when)) for entry in getattr(law, section))


def derive(law: Law, values: Values, strike: Strike) -> Derivation:
    """Every conclusion, weight and finding that follows from `values`, with the rules that hold."""
    program = written(law)
    rules, conclusions, weights, trace = program.run(values.get, strike)
    return Derivation(
        "direct",
        Truths(program.places, rules),
        dict(zip(program.conclusions, conclusions, strict=True)),
        weights,
        tuple(trace),
    )


def support(condition: Condition, known: Known) -> tuple[str, ...]:
    """The facts and conclusions by which a condition that holds does hold, in its order."""
    match condition:
        case All(parts):
            return tuple(dict.fromkeys(name for part in parts for name in support(part, known)))
        case AnyOf(parts):
            return next(support(part, known) for part in parts if check(part)(known))
        case _:
            return tuple(sorted(names(condition)))
