"""What the officer has agreed to, as the events of an assessment tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from advisor.register.events import Event


@dataclass
class Agreed:
    """Weights by part, balance and factor; result and margin by part and balance.

    A result is agreed to as it came out: where the weights move it, the officer is asked again.
    """

    weights: dict[tuple[str, str, str], str] = field(default_factory=dict)
    results: dict[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict)

    @classmethod
    def by(cls, events: Iterable[Event]) -> Agreed:
        """What is agreed after all of the events."""
        found = cls()
        for event in events:
            found.take(event)
        return found

    def take(self, event: Event) -> None:
        """Take note of an event."""
        data = event.data
        if event.kind == "weighed":
            at = data["item"], data.get("balance", "content"), data["factor"]
            if data["weight"] is None and data.get("accepted"):
                self.weights[at] = data["accepted"]
            else:
                self.weights.pop(at, None)
        elif event.kind == "item_removed":
            gone = data["item"]
            self.weights = {at: one for at, one in self.weights.items() if at[0] != gone}
            self.results = {at: one for at, one in self.results.items() if at[0] != gone}
        elif event.kind == "agreed" and data["item"]:  # not that every part is named
            at_all = data["item"], data.get("balance", "content")
            self.results[at_all] = data["result"], data.get("margin") or None
