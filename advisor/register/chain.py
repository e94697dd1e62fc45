"""The chain that guards events: each link carries the hash of the one before it.

    >>> first = Link.after(None, "FOI/1", Event("opened", {"reference": "FOI/1"}))
    >>> second = Link.after(first, "FOI/1", Event("decided", {"outcome": "withhold"}))
    >>> list(broken([first, second]))
    []
    >>> [one.text for one in broken([second])]
    ['1 before it is missing']

An edit or a removal in the middle is found by anyone. What no chain can find by itself is that
its last links were dropped, or that all of it was made anew: for that the head, the hash of the
last link, is printed on whatever leaves the register, and can be looked for in the chain later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from advisor.register.events import Event


@dataclass(frozen=True)
class Link:
    """An event in its place. `data` is the text that is kept, which is what the hash is over."""

    assessment: str
    seq: int
    kind: str
    data: str
    at: str
    by: str
    previous: str
    hash: str

    @classmethod
    def after(cls, last: Link | None, assessment: str, event: Event) -> Link:
        """The link that keeps `event`, with the time now where it has none."""
        link = cls(
            assessment=text(assessment),
            seq=last.seq + 1 if last else 1,
            kind=event.kind,
            data=text(json.dumps(event.data, ensure_ascii=False, allow_nan=False)),
            at=event.at or now(),
            by=text(event.by),
            previous=last.hash if last else "",
            hash="",
        )
        return replace(link, hash=link.computed())

    def computed(self) -> str:
        """The hash that this link should have."""
        kept = [
            self.assessment, self.seq, self.kind, self.data, self.at, self.by, self.previous,
        ]  # fmt: skip
        return f"sha256:{hashlib.sha256(json.dumps(kept).encode()).hexdigest()}"

    @property
    def event(self) -> Event:
        """The event that it keeps. Raises ValueError where its data was made unreadable."""
        return Event(self.kind, json.loads(self.data), self.at, self.by)

    def as_json(self) -> dict[str, Any]:
        return {
            "event": self.seq,
            "kind": self.kind,
            "data": json.loads(text(self.data)),
            "at": text(self.at),
            "by": text(self.by),
            "previous": self.previous,
            "hash": self.hash,
        }


@dataclass(frozen=True)
class Broken:
    """Where a chain does not hold. `event` is 0 for what is wrong with the whole."""

    reference: str
    event: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"ref": text(self.reference), "event": self.event, "text": self.text}


def broken(links: Iterable[Link]) -> Iterator[Broken]:
    """Every place at which a chain, in its order from the first link, does not hold."""
    seq, previous = 0, ""
    for link in links:
        said = list(_wrong(link, seq, previous))
        if said:
            yield Broken(link.assessment, link.seq, "; ".join(said))
        seq, previous = link.seq, link.hash


def _wrong(link: Link, seq: int, previous: str) -> Iterator[str]:
    if link.seq > seq + 1:
        yield f"{link.seq - seq - 1} before it is missing"
    elif link.seq <= seq:
        yield "its number was changed"
    elif link.previous != previous:
        yield "it does not follow the one before it"
    if link.hash != link.computed():
        yield "it was changed after it was saved"


def text(given: str) -> str:
    """Text as it can be kept: half a character (from a terminal that is not UTF-8) becomes `?`."""
    return given.encode("utf-8", "replace").decode()


def now() -> str:
    """The time as events carry it."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    return moment.replace("+00:00", "Z")
