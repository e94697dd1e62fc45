"""What differs between two pieces of advice, and between the answers that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.case import Case, Item

_BALANCES = ("public_interest", "public_interest_confirm_or_deny")


@dataclass(frozen=True)
class Difference:
    """`item` is empty for the request as a whole; None in `before` or `after` is "nothing".

    `about` is `advice`, `answer`, `weight` or `conclusion`, and `what` the part of it: `outcome`,
    the id of a fact, of a factor, of a balance.
    """

    item: str
    about: str
    what: str
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.item or None,
            "about": self.about,
            "what": self.what,
            "before": self.before,
            "after": self.after,
        }


def advice_differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Parts whose outcome, provisions or balance differ between two assessments as JSON."""
    earlier = {one["id"]: one for one in before["items"]}
    later = {one["id"]: one for one in after["items"]}
    found: list[Difference] = []
    for key in dict.fromkeys((*earlier, *later)):
        was, now = _decided(earlier.get(key)), _decided(later.get(key))
        found.extend(_differences(key, "advice", was, now))
    return found


def answers_differ(before: Case, after: Case) -> list[Difference]:
    """Answers, officer's weights and officer's conclusions that differ between two cases."""
    found = list(_differences("", "answer", before.facts, after.facts))
    nothing = Item("")
    for key in dict.fromkeys(item.id for item in (*before.items, *after.items)):
        was, now = before.item(key) or nothing, after.item(key) or nothing
        found.extend(_differences(key, "answer", was.facts, now.facts))
        found.extend(_differences(key, "weight", _weights(was), _weights(now)))
        found.extend(_differences(key, "conclusion", _conclusions(was), _conclusions(now)))
    return found


def _differences(
    item: str, about: str, was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Difference]:
    for what in dict.fromkeys((*was, *now)):
        if was.get(what) != now.get(what):
            yield Difference(item, about, what, was.get(what), now.get(what))


def _decided(item: Mapping[str, Any] | None) -> dict[str, Any]:
    """What of an item's advice decides something."""
    if item is None:
        return {}
    struck = {name: _struck(item.get(name)) for name in _BALANCES}
    return {"outcome": item["outcome"], "provisions": item["provisions"], **struck}


def _struck(balance: Mapping[str, Any] | None) -> str | None:
    if balance is None:
        return None
    result, margin = str(balance["result"]), balance["margin"]
    return f"{result} ({margin})" if margin else result


def _weights(item: Item) -> dict[str, str]:
    both = {**item.weights, **item.weights_confirm_or_deny}
    return {key: weighing.weight for key, weighing in both.items()}


def _conclusions(item: Item) -> dict[str, str]:
    both = zip(_BALANCES, (item.balance, item.balance_confirm_or_deny), strict=True)
    return {name: concluded.result for name, concluded in both if concluded is not None}
