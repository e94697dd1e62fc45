"""Decided matters beside the case at hand: the nearest, what sets them apart, which constrain.

A matter constrains *a fortiori* (the reason model of Horty, over scales instead of bare factors):
the item is at least as strong as the matter, the way the matter went, on everything that both
record; it has everything the result rested on; and nothing that leans the other way is known of
it on which the matter is silent, since nobody can say that the matter outweighed that. What is
unknown here or there never makes a constraint. docs/decisions/0007-precedents.md has the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from advisor.reasoning.derivation import Derivation
from advisor.reasoning.dimensions import (
    DISCLOSE,
    MAINTAIN,
    SIDES,
    Point,
    Space,
    factor_scale,
    space,
)
from advisor.reasoning.known import scheduled, value_of
from advisor.reasoning.matter import Matter
from advisor.reasoning.outcome import considered
from advisor.rulebook.conditions import is_part
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Part, Precedent

# Which balance a result was the end of, and which way it went.
RESULTS = {
    "withhold": ("content", MAINTAIN),
    "disclose": ("content", DISCLOSE),
    "neither_confirm_nor_deny": ("confirm_or_deny", MAINTAIN),
    "confirm_or_deny": ("confirm_or_deny", DISCLOSE),
}
WAYS = ("withhold", "disclose")
BINDING = ("court", "upper_tribunal")


@dataclass(frozen=True)
class Decided:
    """One part of a decided matter, ready to be compared. `needs` is what its result rests on.

    `limbs` are the provisions that it was decided under, as far as they are known.
    """

    ref: str
    matter: Precedent
    part: Part
    side: int
    point: Point
    needs: int
    limbs: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether it can oblige: not where decided matters conflict, nor where it was overtaken."""
        return not self.matter.unsettled and not self.matter.overtaken_by


@dataclass(frozen=True)
class Here:
    """An item in one balance. `added` are weights that the officer put on a side of their own."""

    balance: str
    point: Point
    put: bool
    limbs: tuple[str, ...]
    added: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Near:
    """A decided matter beside an item; `constrains` is the way it obliges to go, or None."""

    decided: Decided
    shared: tuple[str, ...]
    stronger_here: tuple[str, ...]
    weaker_here: tuple[str, ...]
    not_known_there: tuple[str, ...]
    not_known_here: tuple[str, ...]
    constrains: str | None
    here: Mapping[str, str]

    @property
    def ref(self) -> str:
        return self.decided.ref

    def against(self, result: str | None) -> bool:
        """Whether it obliges to another result of its balance (`maintain` or `disclose`)."""
        return self.constrains is not None and result == SIDES[1 - self.decided.side]


def point_of(law: Law, where: Space, entry: Precedent, part: Part) -> Point:
    """A part of a decided matter by what was read of it; what was inferred is left out."""
    values = {
        key: value_of(law.facts[key], answer, law.as_at) for key, answer in part.facts.items()
    }
    year = int(entry.decided[:4])
    for name, derived in law.derived.items():
        if derived.of in values:
            values[name] = year - scheduled(derived, int(values[derived.of]))
    slots = where.of_values(values)
    for stated in part.factors:
        if stated.weight and stated.by == "decision":
            slots[factor_scale(stated.factor)] = stated.weight
    return where.point(slots)


def decided(law: Law, ref: str, entry: Precedent, part: Part) -> Decided | None:
    """A part ready to be compared, or None where no balance of this law was what decided it."""
    found = RESULTS.get(part.result)
    if found is None or found[0] not in law.balances:
        return None
    balance, side = found
    where = space(law, balance)
    point = point_of(law, where, entry, part)
    carried = point.leans[side]
    if part.reason:
        derived = {name for name, one in law.derived.items() if one.of in part.reason}
        carried &= _fill(where, {*part.reason, *derived, *map(factor_scale, part.reason)})
    needs = point.at & (carried | where.alike) if carried else 0
    return Decided(ref, entry, part, side, point, needs, below_a_section(law, part.limbs))


def below_a_section(law: Law, limbs: Iterable[str]) -> tuple[str, ...]:
    """Provisions that say what was decided under: a bare "section 30" leaves open which it was."""
    return tuple(limb for limb in limbs if limb not in law.exemptions)


def _fill(where: Space, names: Iterable[str]) -> int:
    return sum(where.scales[name].fill for name in names if name in where.scales)


Library = Mapping[str, tuple[Decided, ...]]


def library(law: Law, matters: Mapping[str, Precedent]) -> Library:
    """Decided matters by the balance that they were decided in."""
    found: dict[str, list[Decided]] = {key: [] for key in law.balances}
    for ref, entry in matters.items():
        for part in entry.parts:
            if one := decided(law, ref, entry, part):
                found[RESULTS[part.result][0]].append(one)
    return {key: tuple(many) for key, many in found.items()}


@lru_cache(maxsize=64)
def shipped(law: Law) -> Library:
    """The rulebook's own library, as it stood on the day of the law."""
    day = law.as_at
    return library(law, {r: p for r, p in law.precedents.items() if p.decided_by(day)})


def here(matter: Matter, derivation: Derivation, balance: str) -> Here | None:
    """An item in a balance; None where the balance is certainly not put."""
    law = matter.law
    put = derivation.conclusions[law.balances[balance].put]
    if put is False:
        return None
    where, own = space(law, balance), matter.item.weighings(balance)
    slots = where.of_values(matter.known.values)
    by_rules: list[str] = []
    for factor in law.balance_factors[balance]:
        name = factor_scale(factor.name)
        light, heavy = derivation.weights[factor.id]
        if factor.name in own:
            slots[name] = own[factor.name].weight
        elif light == heavy:
            slots[name] = WEIGHTS[light]
        if name in slots and WEIGHTS.index(slots[name]) <= heavy:
            # What rules raise rests on facts, which are compared by themselves.
            by_rules.append(name)
    limbs = tuple(
        limb
        for limb in considered(law, matter.item)
        if derivation.conclusions[law.limbs[limb].engaged]
    )
    sides = {one.side for one in matter.item.added(balance) if one.weight != "none"}
    added = "maintain" in sides, "disclose" in sides
    return Here(balance, where.point(slots).less(_fill(where, by_rules)), put is True, limbs, added)


def constrains(item: Here, matter: Decided) -> bool:
    """Whether a decided matter obliges to decide the item as it was decided."""
    return (
        item.put
        and not item.added[1 - matter.side]
        and holds_of(matter, item.point)
        and matter.settled
        and covered(item, matter.limbs)
    )


def holds_of(matter: Decided, own: Point) -> bool:
    """Whether what a matter decided holds *a fortiori* of a point.

    Its reasons are there, nothing leans the other way that it does not record, and on all that
    both record the point is at least as strong.
    """
    side = matter.side
    return (
        bool(matter.needs)
        and not matter.needs & ~own.up[side]
        and not own.leans[1 - side] & ~matter.point.known
        and not matter.point.at & own.known & ~own.up[side]
    )


def covered(item: Here, limbs: tuple[str, ...]) -> bool:
    """Whether the item is covered by what the matter was decided under."""
    return item.balance != "content" or overlap(limbs, item.limbs)


def overlap(limbs: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether some provision of the one is, or is part of, one of the other, or the reverse."""
    return any(is_part(a, b) or is_part(b, a) for a in limbs for b in others)


def near(
    matter: Matter, derivation: Derivation, limit: int = 3, known: Library | None = None
) -> list[Near]:
    """The nearest decided matters, in each balance: those that constrain, then by likeness.

    The kind of information counts most: it is what separates results best.
    """
    found: list[Near] = []
    for balance, matters in (known if known is not None else shipped(matter.law)).items():
        item = here(matter, derivation, balance)
        if item is not None:
            where = space(matter.law, balance)
            found += [beside(where, item, one) for one in nearest(where, item, matters, limit)]
    return found


def nearest(where: Space, item: Here, matters: Iterable[Decided], limit: int) -> list[Decided]:
    """The matters to show: constraining ones of each way first, then the most alike."""
    at, known, alike = item.point.at, item.point.known, where.alike
    ways: tuple[list[tuple[int, Decided]], ...] = ([], [])
    rest: list[tuple[int, Decided]] = []
    for one in matters:
        there = one.point.at
        same = there & at
        likeness = 3 * same.bit_count() + 3 * (same & alike).bit_count()
        likeness -= (there & known).bit_count()
        if constrains(item, one):
            ways[one.side].append((likeness, one))
        elif same:
            rest.append((likeness, one))
    first = [*_most(ways[MAINTAIN], limit), *_most(ways[DISCLOSE], limit)]
    return [*first, *_most(rest, max(0, limit - len(first)))]


def _most(found: list[tuple[int, Decided]], limit: int) -> list[Decided]:
    best = nlargest(
        limit, found, key=lambda one: (one[0], one[1].matter.body in BINDING, one[1].matter.decided)
    )
    return [one for _, one in best]


def beside(where: Space, item: Here, matter: Decided) -> Near:
    """What an item shares with a decided matter, and what distinguishes them, each way."""
    own, there, side = item.point, matter.point, matter.side
    shared_limbs = tuple(
        limb for limb in matter.part.limbs if any(is_part(one, limb) for one in item.limbs)
    )
    # Where the item's place could tell it from a matter that is silent on the scale.
    telling = own.known & where.alike | own.leans[MAINTAIN] | own.leans[DISCLOSE]
    return Near(
        decided=matter,
        shared=(*shared_limbs, *where.names(there.at & own.at)),
        stronger_here=where.names(there.at & own.up[side] & ~own.at),
        weaker_here=where.names(there.at & own.known & ~own.up[side]),
        not_known_there=where.names(telling & ~there.known),
        not_known_here=where.names(there.known & ~own.known),
        constrains=WAYS[side] if constrains(item, matter) else None,
        here=own.slots,
    )
