"""Facts and weights as places on scales, so that two matters can be set side by side.

A scale has slots, and each slot a level: above nought it leans to maintaining, below nought to
disclosing. Slots of one level are not compared with each other, and the slots of a scale without
levels (the kind of information) only with themselves. Every slot is a bit, so that what a
comparison asks of all scales at once is a few operations on whole numbers.

    >>> status = Scale("status", ("closed", "cold", "live"), (-1, 1, 2), first=0)
    >>> bin(status.at_least("live", MAINTAIN)), bin(status.at_least("cold", DISCLOSE))
    ('0b111', '0b110')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from advisor.reasoning.derivation import Value
from advisor.rulebook.conditions import names
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Dimension

MAINTAIN, DISCLOSE = 0, 1
SIDES = ("maintain", "disclose")
_SIGN = (1, -1)


@dataclass(frozen=True)
class Scale:
    """`levels` is empty where slots are only equal or different; `steps` are of a number."""

    name: str
    slots: tuple[str, ...]
    levels: tuple[int, ...]
    first: int
    steps: tuple[int, ...] = ()

    @cached_property
    def fill(self) -> int:
        """The bits of every slot."""
        return ((1 << len(self.slots)) - 1) << self.first

    def bit(self, slot: str) -> int:
        return 1 << (self.first + self.slots.index(slot))

    def level(self, slot: str) -> int:
        return self.levels[self.slots.index(slot)] if self.levels else 0

    def at_least(self, slot: str, side: int) -> int:
        """The slots that `slot` is at least as strong as, for one side."""
        found = self.bit(slot)
        for other in self.slots if self.levels else ():
            if _SIGN[side] * self.level(slot) > _SIGN[side] * self.level(other):
                found |= self.bit(other)
        return found

    def slot(self, value: Value) -> str:
        """Where a value stands. A number stands at the highest step that it reaches."""
        if self.steps and not isinstance(value, bool):
            reached = [step for step in self.steps if step <= int(value)]
            return str(reached[-1]) if reached else "below"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)


@dataclass(frozen=True)
class Point:
    """A matter on the scales of a balance. Pairs are for maintaining and for disclosing.

    `at` has the bit of each slot that is known, `known` every bit of those scales; `up` the slots
    that it is at least as strong as; `leans` the scales on which it leans to a side.
    """

    at: int = 0
    known: int = 0
    up: tuple[int, int] = (0, 0)
    leans: tuple[int, int] = (0, 0)
    slots: Mapping[str, str] = field(default_factory=dict)

    def less(self, leaning: int) -> Point:
        """The same, with these scales not counted as leaning."""
        leans = self.leans[0] & ~leaning, self.leans[1] & ~leaning
        return Point(self.at, self.known, self.up, leans, self.slots)


@dataclass(frozen=True)
class Space:
    """The scales of one balance, and the point that each slot is by itself.

    `alike` has the bits of the scales without levels.
    """

    balance: str
    scales: Mapping[str, Scale]
    alike: int
    cells: Mapping[str, Mapping[str, Point]]

    def point(self, slots: Mapping[str, str]) -> Point:
        """The point with these slots; scales that this space lacks are left out."""
        at = known = up_maintain = up_disclose = lean_maintain = lean_disclose = 0
        kept: dict[str, str] = {}
        for name, slot in slots.items():
            cell = self.cells.get(name, {}).get(slot)
            if cell is None:
                continue
            kept[name] = slot
            at |= cell.at
            known |= cell.known
            up_maintain |= cell.up[MAINTAIN]
            up_disclose |= cell.up[DISCLOSE]
            lean_maintain |= cell.leans[MAINTAIN]
            lean_disclose |= cell.leans[DISCLOSE]
        return Point(at, known, (up_maintain, up_disclose), (lean_maintain, lean_disclose), kept)

    def of_values(self, values: Mapping[str, Value]) -> dict[str, str]:
        """The slots of known facts and derived integers."""
        return {
            name: scale.slot(values[name]) for name, scale in self.scales.items() if name in values
        }

    def names(self, bits: int) -> tuple[str, ...]:
        """The scales that some of these bits belong to."""
        if not bits:
            return ()
        return tuple(name for name, scale in self.scales.items() if scale.fill & bits)


def factor_scale(name: str) -> str:
    """The name of a factor's scale: factors and facts may share names."""
    return f"factor:{name}"


@lru_cache(maxsize=64)
def space(law: Law, balance: str) -> Space:
    """The scales of a balance: dimensions that its factors read or that only match, and factors."""
    read = _read_by(law, balance)
    scales: dict[str, Scale] = {}
    first = alike = 0
    for name, dimension in law.dimensions.items():
        if name in read or dimension.alike:
            scale = _scale(law, name, dimension, first)
            scales[name] = scale
            first += len(scale.slots)
            if dimension.alike:
                alike |= scale.fill
    for factor in law.balance_factors[balance]:
        sign = _SIGN[SIDES.index(factor.side)]
        levels = tuple(sign * step for step in range(len(WEIGHTS)))
        name = factor_scale(factor.name)
        scales[name] = Scale(name, WEIGHTS, levels, first)
        first += len(WEIGHTS)
    cells = {name: {slot: _cell(one, slot) for slot in one.slots} for name, one in scales.items()}
    return Space(balance, scales, alike, cells)


def _cell(scale: Scale, slot: str) -> Point:
    leaning = [_SIGN[side] * scale.level(slot) > 0 for side in (MAINTAIN, DISCLOSE)]
    return Point(
        scale.bit(slot),
        scale.fill,
        (scale.at_least(slot, MAINTAIN), scale.at_least(slot, DISCLOSE)),
        (scale.fill * leaning[MAINTAIN], scale.fill * leaning[DISCLOSE]),
    )


def _read_by(law: Law, balance: str) -> set[str]:
    """Every fact, derived integer and conclusion that the factors of a balance rest on."""
    found: set[str] = set()
    waiting = [rule.when for factor in law.balance_factors[balance] for rule in factor.rules]
    while waiting:
        for name in names(waiting.pop()) - found:
            found.add(name)
            if name in law.conclusions:
                waiting += [rule.when for rule in law.conclusions[name].rules]
    return found


def _scale(law: Law, name: str, entry: Dimension, first: int) -> Scale:
    if entry.alike:
        return Scale(name, entry.alike, (), first)
    placed = {slot: -i for i, step in enumerate(entry.disclose, 1) for slot in step}
    placed.update(dict.fromkeys(entry.neither, 0))
    placed.update({slot: i for i, step in enumerate(entry.maintain, 1) for slot in step})
    fact = law.facts.get(name)
    if fact is not None and fact.type in ("yes_no", "choice"):
        return Scale(name, tuple(placed), tuple(placed.values()), first)
    placed.setdefault("below", 0)
    steps = tuple(sorted(int(slot) for slot in placed if slot != "below"))
    return Scale(name, tuple(placed), tuple(placed.values()), first, steps)
