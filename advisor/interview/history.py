"""What has been asked and answered, in the order of the last answer: where `back` goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from advisor.interview.headers import NAMES, asked_in
from advisor.interview.prompts import Step
from advisor.register.events import Event


class History:
    """The steps that have an answer, each at the place of its last one."""

    def __init__(self) -> None:
        self._steps: dict[Step, None] = {}

    def take(self, event: Event) -> None:
        """Take note of an event."""
        if event.kind == "item_removed":
            gone = event.data["item"]
            self._steps = {step: None for step in self._steps if step.item != gone}
        for step in _steps_of(event):
            self._steps.pop(step, None)
            self._steps[step] = None

    def before(self, step: Step | None) -> Iterator[Step]:
        """The steps answered before `step` (None: all), the latest first."""
        latest_first = list(reversed(self._steps))
        yield from latest_first[latest_first.index(step) + 1 if step in self._steps else 0 :]


def _steps_of(event: Event) -> Iterator[Step]:
    data, item = event.data, event.data.get("item")
    balance = data.get("balance") or ""
    if event.kind == "header":
        keys = [key for key in asked_in(event) if key in NAMES]
        if keys:
            yield Step("header", keys[-1])
    elif event.kind == "item_added":
        yield Step("described", "", item)
    elif event.kind == "item_split":
        yield Step("described", "", data["into"])
    elif event.kind == "answered":
        yield Step("every", data["fact"]) if "every" in data else Step("fact", data["fact"], item)
    elif event.kind == "apart":
        kind: Literal["every", "shared"] = "every" if item is None else "shared"
        yield Step(kind, data["shared"], item)
    elif event.kind == "weighed":
        yield Step("factor", data["factor"], item, balance)
    elif event.kind in ("agreed", "concluded") and item is not None:
        yield Step("conclude", "", item, balance)
