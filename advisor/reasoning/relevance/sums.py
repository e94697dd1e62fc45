"""What factors can add up to: the exact answer where the bounds of a balance leave it open.

Factors that read nothing in common are independent, so what they can add up to together is every
sum of what each group can. A group whose factors share a variable is split by its values.
"""

from __future__ import annotations

from collections.abc import Sequence

from advisor.reasoning.relevance.remainder import Problem

_TOO_MANY = 600  # sums of one group


class Sums:
    def __init__(self, problem: Problem, sizes: Sequence[int], order: Sequence[int]) -> None:
        self._problem, self._sizes, self._order = problem, sizes, order
        self._known: dict[tuple[int, ...], frozenset[int]] = {}

    def choose(self, factors: tuple[int, ...], low: int, high: int) -> dict[int, int] | None:
        """Values of variables with which factors add up to `low` or more and `high` or less."""
        bounds = self._problem.factors
        groups = sorted(self._groups(factors), key=lambda group: -self._span(group))
        rest = [(0, 0)]
        for group in reversed(groups):
            a, b = rest[-1]
            rest.append((a + sum(bounds.low[one] for one in group), b + sum(bounds.high[one] for one in group)))
        rest.reverse()
        trail: list[dict[int, int]] = []
        reached = {0: 0}
        for group, (least, most) in zip(groups, rest[1:], strict=True):
            reached = {
                total + more: more
                for total in reached
                for more in self.of(group)
                if total + more + least <= high and total + more + most >= low
            }
            if not reached: return None
            trail.append(reached)
        total = min(reached)
        values: dict[int, int] = {}
        for group, reached in zip(reversed(groups), reversed(trail), strict=True):
            more = reached[total]
            values.update(self._values(group, more))
            total -= more
        return values

    def of(self, factors: tuple[int, ...]) -> frozenset[int]:
        """Everything that factors can add up to."""
        found = self._known.get(factors)
        if found is None:
            groups = self._groups(factors)
            if len(groups) == 1:
                variable = self._first(factors)
                found = frozenset(
                    more + added
                    for left, added in self._splits(factors, variable)
                    for more in self.of(left)
                )
            else:
                found = frozenset([0])
                for group in groups:
                    found = frozenset(one + other for one in found for other in self.of(group))
            self._known[factors] = found
        return found

    def _values(self, factors: tuple[int, ...], wanted: int) -> dict[int, int]:
        """Values of variables with which factors add up to exactly what is wanted."""
        values: dict[int, int] = {}
        while factors:
            variable = self._first(factors)
            for value, (left, added) in enumerate(self._splits(factors, variable)):
                if wanted - added in self.of(left):
                    values[variable] = value
                    factors, wanted = left, wanted - added
                    break
        return values

    def _splits(self, factors, variable):
        for value in range(self._sizes[variable]):
            yield self._problem.put_factors(factors, self._problem.given(variable, value))

    def _first(self, factors):
        reads = self._problem.factors.reads
        best=0; count={}
        read = 0
        for f in factors: read |= reads[f]
        return next(one for one in self._order if read >> one & 1)

    def _span(self, group):
        b = self._problem.factors
        return sum(b.high[one] - b.low[one] for one in group)

    def _groups(self, factors: tuple[int, ...]) -> list[tuple[int, ...]]:
        reads = self._problem.factors.reads
        groups: list[tuple[int, tuple[int, ...]]] = []
        for factor in factors:
            read, group = reads[factor], (factor,)
            apart = []
            for r, g in groups:
                if r & read: read |= r; group = g + group
                else: apart.append((r, g))
            groups = [*apart, (read, group)]
        return [tuple(sorted(g)) for _, g in groups]
