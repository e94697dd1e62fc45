"""Conditions and weights as functions of variables that have a few values each.

A condition is `all` and `any` over literals (a variable is in one of some classes), negations
pushed down to the literals. A weight is a chain of conditions, the heaviest first. Functions are
numbers: each is kept once, so that two that are written alike are the same number, and putting
values in is worked out once.

    >>> formulas = Formulas([2, 3])
    >>> both = formulas.all([formulas.literal(0, 0b01), formulas.literal(1, 0b110)])
    >>> formulas.put(both, Given({1: 0})) == FALSE
    True
    >>> formulas.put(both, Given({1: 2})) == formulas.literal(0, 0b01)
    True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

FALSE, TRUE = 0, 1  # the conditions that hold never and always
NOTHING = 0  # the factor that adds nothing
_LITERAL, _ALL, _ANY = range(3)

Chain = tuple[tuple[int, int], ...]  # (weight, condition), the heaviest first


def bits(whole: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while whole:
        yield lowest(whole)
        whole &= whole - 1


def lowest(whole: int) -> int:
    """The number of the lowest bit that is set."""
    return (whole & -whole).bit_length() - 1


def union(sets: Iterable[int]) -> int:
    """The bits that are set in any of some sets."""
    return reduce(or_, sets, 0)


class Given:
    """The classes of some variables, and what has been worked out with them in one store."""

    __slots__ = ("conditions", "factors", "over", "values")

    def __init__(self, values: Mapping[int, int]) -> None:
        self.values = values
        self.over = union(1 << variable for variable in values)  # the variables, as bits
        self.conditions: dict[int, int] = {}
        self.factors: dict[int, tuple[int, int]] = {}


class Formulas:
    """A store of conditions. `reads[condition]` is the set of variables it depends on, as bits."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """`sizes` has the number of classes of each variable."""
        self._full = [(1 << size) - 1 for size in sizes]
        # (_LITERAL, variable, set of classes as bits), or (_ALL or _ANY, part, part ...)
        self._shapes: list[tuple[int, ...]] = [(_ANY,), (_ALL,)]
        self._numbers: dict[tuple[int, ...], int] = {(_ANY,): FALSE, (_ALL,): TRUE}
        self.reads: list[int] = [0, 0]

    def __len__(self) -> int:
        return len(self.reads)

    def copy(self) -> Formulas:
        """A store that begins with the same conditions and grows by itself."""
        other = Formulas(())
        other._full = self._full
        other._shapes = self._shapes.copy()
        other._numbers = self._numbers.copy()
        other.reads = self.reads.copy()
        return other

    def literal(self, variable: int, classes: int) -> int:
        """That a variable is in one of `classes` (bits)."""
        if not classes:
            return FALSE
        if classes == self._full[variable]:
            return TRUE
        return self._keep((_LITERAL, variable, classes), 1 << variable)

    def all(self, parts: Iterable[int]) -> int:
        """That every one of `parts` holds."""
        return self._join(_ALL, parts)

    def any(self, parts: Iterable[int]) -> int:
        """That some one of `parts` holds."""
        return self._join(_ANY, parts)

    def _join(self, kind: int, parts: Iterable[int]) -> int:
        neutral, absorbing = (TRUE, FALSE) if kind == _ALL else (FALSE, TRUE)
        literals: dict[int, int] = {}
        joined: set[int] = set()
        waiting = list(parts)
        for part in waiting:
            if part == absorbing:
                return absorbing
            shape = self._shapes[part]
            if shape[0] == kind:
                waiting.extend(shape[1:])
            elif shape[0] == _LITERAL:
                _, variable, classes = shape
                before = literals.get(variable, classes)
                literals[variable] = before & classes if kind == _ALL else before | classes
            else:
                joined.add(part)
        for variable, classes in literals.items():
            part = self.literal(variable, classes)
            if part == absorbing:
                return absorbing
            joined.add(part)
        if len(joined) < 2:
            return joined.pop() if joined else neutral
        reads = union(self.reads[part] for part in joined)
        return self._keep((kind, *sorted(joined)), reads)

    def _keep(self, shape: tuple[int, ...], reads: int) -> int:
        number = self._numbers.get(shape)
        if number is None:
            number = self._numbers[shape] = len(self._shapes)
            self._shapes.append(shape)
            self.reads.append(reads)
        return number

    def put(self, condition: int, given: Given) -> int:
        """The condition that is left when what is given has been put in."""
        if not self.reads[condition] & given.over:
            return condition
        found = given.conditions.get(condition)
        if found is None:
            shape = self._shapes[condition]
            if shape[0] == _LITERAL:
                found = TRUE if shape[2] >> given.values[shape[1]] & 1 else FALSE
            else:
                found = self._join(shape[0], [self.put(part, given) for part in shape[1:]])
            given.conditions[condition] = found
        return found


class Factors:
    """A store of factors: what a chain of conditions adds to a sum.

    `low` and `high` are the bounds of what a factor may add, `reads` the variables it depends on.
    """

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas
        self._chains: list[Chain] = [()]
        self._numbers: dict[Chain, int] = {(): NOTHING}
        self.low, self.high, self.reads = [0], [0], [0]

    def keep(self, chain: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """The factor that adds the first worth in `chain` whose condition holds.

        What it adds in any case is not kept in the factor but given beside it.
        """
        parts: list[tuple[int, int]] = []
        anyway = 0
        for worth, when in chain:
            if when == TRUE:
                anyway = worth
                break
            if when != FALSE and (not parts or parts[-1][1] != when):
                parts.append((worth, when))
        key = tuple((worth - anyway, when) for worth, when in parts)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._chains)
            self._chains.append(key)
            self.low.append(min(key[0][0], 0))
            self.high.append(max(key[0][0], 0))
            self.reads.append(union(self._formulas.reads[when] for _, when in key))
        return number, anyway

    def put(self, factor: int, given: Given) -> tuple[int, int]:
        """The factor that is left when what is given has been put in, and what it adds anyway."""
        found = given.factors.get(factor)
        if found is None:
            put = self._formulas.put
            chain = [(worth, put(when, given)) for worth, when in self._chains[factor]]
            found = given.factors[factor] = self.keep(chain)
        return found
