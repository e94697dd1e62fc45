"""Rules and limbs whose authorities name only provisions other than their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.quality.checks.places import Place, Spot, entries
from advisor.rulebook.book import Book
from advisor.rulebook.conditions import is_part
from advisor.rulebook.law import Law

NAME = "foreign-citation"
SEVERITY = "warning"
_PROVISION = re.compile(r"\bs\.\s?(\d+[A-Z]*(?:\([0-9A-Za-z]+\))*)")
_SECTION = re.compile(r"^s\d+[A-Z]*(?=\.)")  # of an id such as s63.1.historical


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each entry that has provisions of its own and cites only others."""
    for place, own in _own(book, law):
        cited = [one for a in place.entry.authority for one in provisions(a.at)]
        if cited and not any(is_part(a, b) or is_part(b, a) for a in cited for b in own):
            text = f"'{place.id}' is about {' and '.join(own)} and cites {', '.join(cited)}"
            yield place.spot(text, "cite its own provision first", ("authority",))


def provisions(at: str) -> list[str]:
    """The sections that an authority names: "FOIA 2000 s.2(1)(b)" names s2(1)(b)."""
    return [f"s{one}" for one in _PROVISION.findall(at)]


def _own(book: Book, law: Law) -> Iterator[tuple[Place, list[str]]]:
    """Entries with the provisions that they are about, where the rulebook says which."""
    for section in ("limbs", "exemptions"):
        for place in entries(book, section):
            yield place, [place.id]
    for place in entries(book, "not_tested"):
        yield place, [place.entry.provision]
    for place in entries(book, "order_of_decision"):
        if place.entry.provisions:
            yield place, list(place.entry.provisions)
    for place in entries(book, "conclusions"):
        engaged = [key for key, limb in law.limbs.items() if limb.engaged == place.id]
        for i, rule in enumerate(place.entry.rules):
            own = engaged or _SECTION.findall(rule.id)
            if own:
                path = (*place.path, "rules", i)
                yield Place("conclusions", place.id, rule.id, place.file, path, rule), own
