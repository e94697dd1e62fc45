"""The mistakes that facts and a draft show; what is not tested; what must not be counted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from advisor.assessment import Excluded, NotConsidered, Warning
from advisor.case import Item
from advisor.reasoning.evaluate import Check, check, checks
from advisor.rulebook.conditions import is_part, names
from advisor.rulebook.law import Law

_GRAVITY = {"error": 0, "warning": 1, "note": 2}


def raised(law: Law, known: Mapping[str, Any], scope: str) -> tuple[Warning, ...]:
    """Every mistake of a scope (`item` or `request`) that definitely shows, gravest first.

    Of several signs of one mistake the gravest is kept, with the texts of the others like it.
    """
    found: list[Warning] = []
    for key, signs in _signs(law).get(scope, ()):
        shown = [sign for sign, holds in signs if holds(known)]
        if shown:
            found.append(_warning(law, key, shown))
    return tuple(sorted(found, key=lambda one: _GRAVITY[one.level]))


def _warning(law: Law, key: str, signs: list[Any]) -> Warning:
    level = min((sign.level for sign in signs), key=_GRAVITY.__getitem__)
    text = " ".join(dict.fromkeys(sign.text for sign in signs if sign.level == level))
    return Warning(key, level, text, tuple(law.cites(law.mistakes[key].authority)))


@lru_cache(maxsize=64)
def _signs(law: Law) -> dict[str, list[tuple[str, tuple[tuple[Any, Check], ...]]]]:
    """The mistakes of each scope with their signs, each sign with its check."""
    found: dict[str, list[tuple[str, tuple[tuple[Any, Check], ...]]]] = {}
    for key, signs in law.signs.items():
        checked = tuple((sign.entry, check(sign.when)) for sign in signs)
        found.setdefault(law.mistakes[key].scope, []).append((key, checked))
    return found


def not_tested(law: Law, known: Mapping[str, Any], item: Item) -> tuple[NotConsidered, ...]:
    """The provisions that the facts suggest, or the officer names, and nobody has tested."""
    found: dict[str, NotConsidered] = {}
    for companion, holds in checks(law, "not_tested"):
        entry = companion.entry
        if holds(known) and entry.provision not in found:
            authority = tuple(law.cites(entry.authority))
            found[entry.provision] = NotConsidered(entry.provision, entry.why, authority)
    for provision in item.consider or ():
        if not law.tests(provision) and provision not in found:
            why = "You asked for it to be considered; this rulebook has no rules for it."
            found[provision] = NotConsidered(provision, why)
    if item.consider is not None:
        for key, limb in law.limbs.items():
            named = any(is_part(key, one) or is_part(one, key) for one in item.consider)
            if not named and known.get(limb.engaged) is True and key not in found:
                why = "It covers the information, and you left it out of what is considered."
                found[key] = NotConsidered(key, why, tuple(law.cites(limb.authority)))
    return tuple(found.values())


def never_asked(law: Law, known: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The provisions that a fact which nobody gave might still suggest, and those facts.

    An outcome can be settled before it is known what the information is, or whom it is about.
    """
    provisions: dict[str, None] = {}
    facts: dict[str, None] = {}
    for companion, holds in checks(law, "not_tested"):
        if holds(known) is None:
            read = names(companion.when)
            lacking = [one for one in law.facts if one in read and one not in known]
            if len(lacking) == 1:  # where it takes several, too much would be asked about
                provisions[companion.entry.provision] = None
                facts[lacking[0]] = None
    return tuple(provisions), tuple(facts)


def not_counted(law: Law, known: Mapping[str, Any]) -> tuple[Excluded, ...]:
    """What the facts show and a balance must not count."""
    return tuple(
        Excluded(fact, entry.because, tuple(law.cites(entry.authority)))
        for fact, entry in law.not_counted.items()
        if known.get(fact) is True
    )
