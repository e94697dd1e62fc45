"""Value classes: the answers to a fact that no test of the law tells apart count as one.

Every choice with the same truth in every test is in one class, and so is every year, whether it is
tested itself or through an integer that the law derives from it. A class has a representative, and
what holds of that holds of every answer in the class.

    >>> domain = Domain("year", (2005, 2026), starts=(1000, 2006), index={1000: 0, 2006: 1})
    >>> domain.of(1999), domain.of(2010)
    (0, 1)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import check
from advisor.reasoning.known import scheduled
from advisor.rulebook.circumstances import OF_THE_CASE
from advisor.rulebook.conditions import Test
from advisor.rulebook.law import Law
from advisor.rulebook.model import Derived

EARLIEST = 1000  # a year has four digits
LARGEST = 999_999_999  # a number has at most nine


@dataclass(frozen=True)
class Domain:
    """The classes of one variable: `values` has a representative of each, in their order.

    `index` gives the class of a value; of a number, that of the last of `starts` up to it.
    """

    name: str
    values: tuple[Value, ...]
    index: Mapping[Value, int]
    starts: tuple[int, ...] = ()

    def of(self, value: Value) -> int:
        """The class that a value belongs to."""
        if self.starts and isinstance(value, int):
            value = self.starts[max(bisect_right(self.starts, value) - 1, 0)]
        return self.index[value]

    @property
    def every(self) -> int:
        """Every class, as a set of bits."""
        return (1 << len(self.values)) - 1

    def where(self, test: Test, law: Law) -> int:
        """The classes in which `test` holds, as a set of bits."""
        return sum(1 << i for i, value in enumerate(self.values) if holds(test, value, law))


def yes_no(name: str) -> Domain:
    """The domain of a yes/no fact or of a finding: yes first."""
    return Domain(name, (True, False), {True: 0, False: 1})


def domain(name: str, tests: Sequence[Test], law: Law) -> Domain:
    """The classes of a fact or of a circumstance of the case, under the tests that read it."""
    about = law.facts.get(name) or OF_THE_CASE[name]
    if about.type == "choice":
        return _choices(name, tests, law, about.choices)
    if about.type in ("year", "number"):
        return _numbers(name, tests, law, EARLIEST if about.type == "year" else 0)
    return yes_no(name)


def holds(test: Test, value: Value, law: Law) -> bool:
    """Whether a test holds of a fact's value, which it may read through a derived integer."""
    derived = law.derived.get(test.name)
    if derived is not None:
        value = law.as_at.year - scheduled(derived, int(value))
    return bool(check(test)({test.name: value}))


def _choices(name: str, tests: Sequence[Test], law: Law, choices: Iterable[str]) -> Domain:
    classes: dict[tuple[bool, ...], int] = {}
    values: list[str] = []
    index: dict[Value, int] = {}
    for choice in choices:
        index[choice] = classes.setdefault(_signature(tests, choice, law), len(classes))
        if index[choice] == len(values):
            values.append(choice)
    return Domain(name, tuple(values), index)


def _signature(tests: Sequence[Test], value: Value, law: Law) -> tuple[bool, ...]:
    return tuple(holds(test, value, law) for test in tests)


def _numbers(name: str, tests: Sequence[Test], law: Law, first: int) -> Domain:
    """Years are represented by the last of their class, numbers by the first."""
    last = law.as_at.year if first == EARLIEST else LARGEST
    starts = _starts(tests, law, first, last)
    classes: dict[tuple[bool, ...], int] = {}
    represent: dict[int, int] = {}
    index: dict[Value, int] = {}
    for start, following in pairwise((*starts, last + 1)):
        one = classes.setdefault(_signature(tests, start, law), len(classes))
        index[start] = one
        if first == EARLIEST:
            represent[one] = following - 1
        else:
            represent.setdefault(one, start)
    return Domain(name, tuple(represent.values()), index, starts)


def _starts(tests: Sequence[Test], law: Law, first: int, last: int) -> tuple[int, ...]:
    """Where the truth of some test may change, from `first` on."""
    found = {first}
    for test in tests:
        ends = _ends(law.derived[test.name], last) if test.name in law.derived else [last]
        start = first
        for end in ends:
            if start <= end:
                found.add(start)
                found.update(_turn(test, law, start, end))
                start = end + 1
    return tuple(sorted(found))


def _ends(derived: Derived, last: int) -> list[int]:
    """The last year of each step of a schedule: within a step the integer only falls or rises."""
    return [last if step.through is None else min(step.through, last) for step in derived.schedule]


def _turn(test: Test, law: Law, start: int, end: int) -> list[int]:
    """The number from which on a test is no longer what it is at `start`, if there is one."""
    before = holds(test, start, law)
    if holds(test, end, law) == before:
        return []
    while end - start > 1:
        middle = (start + end) // 2
        if holds(test, middle, law) == before:
            start = middle
        else:
            end = middle
    return [end]
