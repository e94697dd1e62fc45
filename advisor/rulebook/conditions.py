"""The language in which rules say `when`.

A condition is a mapping of `all`, `any` or `not`, or one short test:

    duty_to_investigate                      a yes/no fact or a conclusion holds
    investigation_status is ongoing          a choice (or `is not`)
    investigation_status in [ongoing, cold]  one of several (or `not in`)
    record_age_years >= 20                   a number (<, <=, >, >=)
    draft cites s31                          a set of provisions has one at or below this
    draft may_mean s30(1)                    ... or above it: the bare s30 leaves it open
    always                                   what holds in every case

Conditions are evaluated three-valued (advisor.truth): a test on an open fact is unknown.
This module knows nothing of facts or cases; names and values are checked when a rulebook is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Union


@dataclass(frozen=True)
class Holds:
    """A yes/no fact, conclusion or finding is yes."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class In:
    """A choice is one of `values`."""

    name: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        if len(self.values) == 1:
            return f"{self.name} is {self.values[0]}"
        return f"{self.name} in [{', '.join(self.values)}]"


@dataclass(frozen=True)
class Compare:
    """A whole number stands in this relation to `number`."""

    name: str
    operator: str
    number: int

    def __str__(self) -> str:
        return f"{self.name} {self.operator} {self.number}"


@dataclass(frozen=True)
class Cites:
    """A set of provisions has one that is `provision`, or is part of it (`s31(1)(a)` of `s31`)."""

    name: str
    provision: str

    def __str__(self) -> str:
        return f"{self.name} cites {self.provision}"


@dataclass(frozen=True)
class MayMean:
    """A set of provisions has one that is `provision`, part of it, or a section it is part of."""

    name: str
    provision: str

    def __str__(self) -> str:
        return f"{self.name} may mean {self.provision}"


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.parts)) + ")" if self.parts else "always"


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.parts)) + ")"


@dataclass(frozen=True)
class Not:
    part: Condition

    def __str__(self) -> str:
        return f"not {self.part}"


Test = Holds | In | Compare | Cites | MayMean
Condition = Union[Test, All, AnyOf, Not]  # noqa: UP007 - it refers to itself
ALWAYS = All(())


class ConditionError(ValueError):
    """A condition that cannot be read. `path` leads to it from where the parsing began."""

    def __init__(self, path: tuple[str | int, ...], text: str, right: str = "") -> None:
        super().__init__(text)
        self.path, self.text, self.right = path, text, right


_NAME = r"[a-z][a-z0-9_]*"
_IS = re.compile(rf"({_NAME}) is (not )?([a-z0-9_]+)")
_IN = re.compile(rf"({_NAME}) (not )?in \[([a-z0-9_, ]+)\]")
_COMPARE = re.compile(rf"({_NAME}) (<=|>=|<|>) (-?\d{{1,9}})")
_CITES = re.compile(rf"({_NAME}) (cites|may_mean) (\S+)")
_HOLDS = re.compile(_NAME)


def parse(raw: Any, path: tuple[str | int, ...] = ()) -> Condition:
    """A condition from what the YAML holds. Raises ConditionError at the part that is wrong."""
    if isinstance(raw, str):
        return _parse_test(" ".join(raw.split()), path)
    if isinstance(raw, dict) and len(raw) == 1:
        (word, inner), *_ = raw.items()
        here = (*path, word)
        if word == "not":
            return Not(parse(inner, here))
        if word in ("all", "any"):
            if not isinstance(inner, list) or not inner:
                raise ConditionError(here, f"'{word}' needs a list of conditions")
            parts = tuple(parse(one, (*here, i)) for i, one in enumerate(inner))
            return All(parts) if word == "all" else AnyOf(parts)
        raise ConditionError(here, f"'{word}' is not a condition", "use all, any or not")
    if isinstance(raw, dict):
        raise ConditionError(path, "one of all, any or not belongs here", "nest the others in it")
    raise ConditionError(path, "this is not a condition", "write a test, or all, any or not")


def _parse_test(text: str, path: tuple[str | int, ...]) -> Condition:
    if text == "always":
        return ALWAYS
    if _HOLDS.fullmatch(text):
        return Holds(text)
    if match := _IS.fullmatch(text):
        test: Condition = In(match[1], (match[3],))
        return Not(test) if match[2] else test
    if match := _IN.fullmatch(text):
        values = tuple(one.strip() for one in match[3].split(",") if one.strip())
        test = In(match[1], values)
        return Not(test) if match[2] else test
    if match := _COMPARE.fullmatch(text):
        return Compare(match[1], match[2], int(match[3]))
    if match := _CITES.fullmatch(text):
        return (Cites if match[2] == "cites" else MayMean)(match[1], match[3])
    raise ConditionError(
        path,
        f"'{text}' cannot be read as a test",
        "write `fact`, `fact is value`, `fact in [a, b]`, `fact >= 3` or `draft cites s31`",
    )


def tests(condition: Condition, path: Sequence[str | int] = ()) -> Iterator[tuple[Test, Any]]:
    """Every test in a condition, with the path that leads to it in the YAML (or just past it)."""
    here = tuple(path)
    if isinstance(condition, All | AnyOf):
        word = "all" if isinstance(condition, All) else "any"
        for i, part in enumerate(condition.parts):
            yield from tests(part, (*here, word, i))
    elif isinstance(condition, Not):
        yield from tests(condition.part, (*here, "not"))
    else:
        yield condition, here


def names(condition: Condition) -> frozenset[str]:
    """Every fact, conclusion or set that a condition reads."""
    return frozenset(test.name for test, _ in tests(condition))


def cites(provisions: Sequence[str] | frozenset[str], wanted: str) -> bool:
    """Whether some provision is `wanted` or a part of it: s31(1)(a) is of s31; s301 is not."""
    return any(is_part(one, wanted) for one in provisions)


def may_mean(provisions: Sequence[str] | frozenset[str], wanted: str) -> bool:
    """Whether some provision is `wanted`, a part of it, or a whole that it is part of."""
    return any(is_part(one, wanted) or is_part(wanted, one) for one in provisions)


def is_part(provision: str, whole: str) -> bool:
    """Whether `provision` is `whole` or below it."""
    return provision == whole or provision.startswith(whole + "(")
