"""What an evaluator answers: every rule, conclusion and weight, and which facts made rules hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.truth import Truth

# What is known: yes/no as bool, a choice as its word, a number or year as int. Open facts are not
# in it at all.
Value = bool | int | str
Values = Mapping[str, Value]

# A factor's lightest and heaviest attainable weight, 0 (none) to 4 (very strong).
Range = tuple[int, int]

# Asked by an evaluator when the weights of a balance are derived: does maintaining outweigh?
Strike = Callable[[str, Mapping[str, Range]], Truth]


class Truths(Mapping[str, Truth]):
    """The truths of many names by their places: most are never asked for, and a dict of all costs
    a third of deriving them.
    """

    __slots__ = ("_places", "_truths")
    __hash__ = None  # type: ignore[assignment]  # as of every mapping

    def __init__(self, places: Mapping[str, int], truths: Sequence[Truth]) -> None:
        self._places, self._truths = places, truths

    def __getitem__(self, name: str) -> Truth:
        return self._truths[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return dict(zip(self._places, self._truths, strict=True)) == other


@dataclass(frozen=True)
class Firing:
    """A rule that holds, and the facts and conclusions that made it hold."""

    rule: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Derivation:
    """One evaluator's answer. `conclusions` has the findings of the balances as well."""

    by: str
    rules: Mapping[str, Truth]
    conclusions: Mapping[str, Truth]
    weights: Mapping[str, Range]
    trace: tuple[Firing, ...]
