"""What can happen to a saved assessment, and the case that results.

An event is a plain fact about what an officer did, never undone and never rewritten: taking an
answer back is another event. Replaying the events of an assessment gives its case, so the record
of who decided what is the assessment itself.

    >>> from advisor.register.events import Event, replay
    >>> happened = [
    ...     Event("opened", {"reference": "FOI/1"}),
    ...     Event("item_added", {"item": "file", "description": "The file"}),
    ...     Event("answered", {"item": "file", "fact": "held", "value": "yes"}),
    ... ]
    >>> replay(happened).items[0].facts
    {'held': 'yes'}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from advisor.case import Authority, Case, Conclusion, Consideration, Item, Weighing

T = TypeVar("T", Case, Item)

_DATES = ("received", "clarified", "fees_notice", "fee_received", "decided", "decision_expected")


@dataclass(frozen=True)
class Event:
    """One thing that happened. `data` is JSON; `at` an ISO time in UTC; `by` who did it."""

    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    at: str = ""
    by: str = ""


def replay(events: Iterable[Event]) -> Case:
    """The case that a sequence of events results in. Raises ValueError for an unknown kind."""
    case = Case("1", "", ())
    for event in events:
        case = apply(case, event)
    return case


def apply(case: Case, event: Event) -> Case:
    """The case after one more event. Kinds that only record (`assessed` ...) change nothing."""
    try:
        change = _CHANGES[event.kind]
    except KeyError:
        raise ValueError(f"unknown kind of event '{event.kind}'") from None
    return change(case, event)


def _opened(case: Case, event: Event) -> Case:
    for key, value in event.data.items():
        case = _with_header(case, key, value)
    return case


def _header(case: Case, event: Event) -> Case:
    """{field, value}: a value of None takes the field back."""
    return _with_header(case, event.data["field"], event.data["value"])


def _with_header(case: Case, key: str, value: Any) -> Case:
    if key == "authority":
        return replace(case, authority=Authority(**(value or {})))
    if key in _DATES:
        return _with(case, {key: date.fromisoformat(value) if value else None})
    return _with(case, {key: value or ""})


def _with(where: T, fields: dict[str, Any]) -> T:
    """The same case or item with some fields replaced, whose names are known only now."""
    return replace(where, **fields)


def _imported(case: Case, event: Event) -> Case:
    """{case}: the whole of a case file, as plain data."""
    from advisor.register.plain import case_of

    return case_of(event.data["case"])


def _item_added(case: Case, event: Event) -> Case:
    return _with_part(case, Item(event.data["item"], event.data.get("description", "")))


def _with_part(case: Case, item: Item) -> Case:
    if case.item(item.id) is not None:
        raise ValueError(f"a second part '{item.id}'")
    return replace(case, items=(*case.items, item))


def _item_split(case: Case, event: Event) -> Case:
    """{item, into, description}: the new part begins with the answers of the old one."""
    whole = _item(case, event)
    part = replace(whole, id=event.data["into"], description=event.data.get("description", ""))
    return _with_part(case, part)


def _item_described(case: Case, event: Event) -> Case:
    return case.with_item(replace(_item(case, event), description=event.data["description"]))


def _item_removed(case: Case, event: Event) -> Case:
    key = event.data["item"]
    return replace(case, items=tuple(one for one in case.items if one.id != key))


def _answered(case: Case, event: Event) -> Case:
    """{item or null, fact, value}: null means a fact of the request; a null value takes it back.

    With `as_in` the officer took it over from that other part; with `every` it was answered for
    all parts at once.
    """
    return _in_mapping(case, event, "facts", event.data["value"])


def _noted(case: Case, event: Event) -> Case:
    """{item or null, fact, text}: the evidence kept with an answer to a fact or header field."""
    return _in_mapping(case, event, "notes", event.data["text"])


def _in_mapping(case: Case, event: Event, name: str, value: str | None) -> Case:
    key = event.data["fact"]
    where: Case | Item = case if event.data.get("item") is None else _item(case, event)
    before: dict[str, str] = getattr(where, name)
    after = {k: v for k, v in before.items() if k != key}
    if value is not None:
        # An answer that is changed keeps its place among the others.
        after = {**before, key: value}
    if isinstance(where, Case):
        return _with(where, {name: after})
    return case.with_item(_with(where, {name: after}))


def _weighed(case: Case, event: Event) -> Case:
    """{item, balance, factor, weight, reason}: a null weight takes the officer's weight back."""
    item = _item(case, event)
    name = _field("weights", event)
    weights: dict[str, Weighing] = dict(getattr(item, name))
    factor, weight = event.data["factor"], event.data["weight"]
    weights.pop(factor, None)
    if weight is not None:
        weights[factor] = Weighing(weight, event.data["reason"], event.by)
    return case.with_item(_with(item, {name: weights}))


def _considered(case: Case, event: Event) -> Case:
    """{item, balance, side, interest, weight, reason}: a consideration that the rules lack."""
    item = _item(case, event)
    name = _field("considerations", event)
    data = event.data
    added = Consideration(data["side"], data["interest"], data["weight"], data["reason"], event.by)
    return case.with_item(_with(item, {name: (*getattr(item, name), added)}))


def _concluded(case: Case, event: Event) -> Case:
    """{item, balance, result, reason}: a null result takes the officer's conclusion back."""
    item = _item(case, event)
    result = event.data["result"]
    own = Conclusion(result, event.data["reason"], event.by) if result is not None else None
    return case.with_item(_with(item, {_field("balance", event): own}))


def _field(stem: str, event: Event) -> str:
    return f"{stem}_confirm_or_deny" if event.data.get("balance") == "confirm_or_deny" else stem


def _item(case: Case, event: Event) -> Item:
    item = case.item(event.data["item"])
    if item is None:
        raise ValueError(f"no part '{event.data['item']}'")
    return item


def _unchanged(case: Case, event: Event) -> Case:
    return case


_CHANGES: dict[str, Callable[[Case, Event], Case]] = {
    "opened": _opened,
    "header": _header,
    "imported": _imported,
    "item_added": _item_added,
    "item_split": _item_split,
    "item_described": _item_described,
    "item_removed": _item_removed,
    "answered": _answered,
    "noted": _noted,
    "weighed": _weighed,
    "considered": _considered,
    "concluded": _concluded,
    # What only goes on record:
    "agreed": _unchanged,  # {item, balance, result, margin}: the officer agrees with the result
    "assessed": _unchanged,  # {assessment, digest, report}: the advice as it was given
    "decided": _unchanged,  # {outcome}: the named person's decision
    # {item, shared}: nothing of that is taken over from another part; a null item: the parts differ
    "apart": _unchanged,
    "review_of": _unchanged,  # {reference}: this is the internal review of another assessment
    "exported": _unchanged,  # {to, head}
}

# What another window may put on record without anyone here deciding on something out of date.
BYSTANDERS = frozenset({"assessed", "exported"})
