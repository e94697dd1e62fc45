"""Boolean functions of variables that have a few values each, as numbers.

`all` and `any` over literals (a variable is in one of some classes), negations pushed down to the
literals. Each function is kept once, so that two that are written alike are the same number, and
putting a value in for a variable is worked out once.

    >>> formulas = Formulas([2, 3])
    >>> both = formulas.all([formulas.literal(0, 0b01), formulas.literal(1, 0b110)])
    >>> formulas.put(both, Given({1: 0})) == FALSE
    True
    >>> formulas.put(both, Given({1: 2})) == formulas.literal(0, 0b01)
    True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

FALSE, TRUE = 0, 1
_LITERAL, _ALL, _ANY = 0, 1, 2


class Given:
    """The classes of some variables, and what has been worked out with them in one store."""

    __slots__ = ("factors", "functions", "over", "values")

    def __init__(self, values: Mapping[int, int]) -> None:
        self.values = values
        self.over = sum(1 << variable for variable in values)  # the variables, as bits
        self.functions: dict[int, int] = {}
        self.factors: dict[int, tuple[int, int]] = {}


class Formulas:
    """A store of functions. `reads[function]` is the set of variables it depends on, as bits."""

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
        """A store that begins with the same functions and grows by itself."""
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
        rest: set[int] = set()
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
                rest.add(part)
        for variable, classes in literals.items():
            part = self.literal(variable, classes)
            if part == absorbing:
                return absorbing
            rest.add(part)
        if len(rest) < 2:
            return rest.pop() if rest else neutral
        reads = 0
        for part in rest:
            reads |= self.reads[part]
        return self._keep((kind, *sorted(rest)), reads)

    def _keep(self, shape: tuple[int, ...], reads: int) -> int:
        number = self._numbers.get(shape)
        if number is None:
            number = self._numbers[shape] = len(self._shapes)
            self._shapes.append(shape)
            self.reads.append(reads)
        return number

    def put(self, function: int, given: Given) -> int:
        """The function that is left when what is given has been put in."""
        if not self.reads[function] & given.over:
            return function
        found = given.functions.get(function)
        if found is None:
            shape = self._shapes[function]
            if shape[0] == _LITERAL:
                found = TRUE if shape[2] >> given.values[shape[1]] & 1 else FALSE
            else:
                found = self._join(shape[0], [self.put(part, given) for part in shape[1:]])
            given.functions[function] = found
        return found
