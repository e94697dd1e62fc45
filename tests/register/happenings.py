"""Events for tests: any that make sense one after the other, and registers that hold them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hypothesis import strategies as st

from advisor.case import Case
from advisor.register.events import Event, apply

PARTS = st.sampled_from(["file", "emails", "the minutes", "Ünïcode 文"])
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
FACTS = st.sampled_from(["held", "vexatious", "sensitivity"])
PEOPLE = st.sampled_from(["", "A. Officer", "B. Réviseur"])
WEIGHTS = st.none() | st.sampled_from(["none", "some", "very_strong"])
REASONS = TEXT.map("Because {}.".format)
RESULTS = st.sampled_from([None, "maintain", "disclose"])
BALANCES = st.sampled_from(["content", "confirm_or_deny"])


def _event(kind: str, **data: st.SearchStrategy[object]) -> st.SearchStrategy[Event]:
    return st.builds(Event, st.just(kind), st.fixed_dictionaries(data), by=PEOPLE)


ANY_EVENT = st.one_of(
    _event("header", field=st.sampled_from(["title", "request"]), value=TEXT),
    _event("header", field=st.just("received"), value=st.none() | st.dates().map(str)),
    _event("item_added", item=PARTS, description=TEXT),
    _event("item_split", item=PARTS, into=PARTS, description=TEXT),
    _event("item_described", item=PARTS, description=TEXT),
    _event("item_removed", item=PARTS),
    _event("answered", item=st.none() | PARTS, fact=FACTS, value=st.none() | TEXT),
    _event("noted", item=st.none() | PARTS, fact=FACTS, text=TEXT),
    _event("weighed", item=PARTS, balance=BALANCES, factor=FACTS, weight=WEIGHTS, reason=REASONS),
    _event("concluded", item=PARTS, balance=BALANCES, result=RESULTS, reason=REASONS),
    _event(
        "considered",
        item=PARTS,
        balance=BALANCES,
        side=st.sampled_from(["maintain", "disclose"]),
        interest=TEXT,
        weight=st.just("slight"),
        reason=REASONS,
    ),
    _event("decided", outcome=TEXT),
)


def sensible(events: Iterable[Event]) -> list[Event]:
    """Those of the events that can happen after those before them."""
    case, kept = Case("1", "", ()), []
    for event in events:
        try:
            case = apply(case, event)
        except ValueError:
            continue
        kept.append(event)
    return kept


HISTORIES = st.lists(ANY_EVENT, max_size=25).map(sensible)

SOME_HISTORY = [
    Event("opened", {"reference": "FOI/1", "title": "A request"}, by="A. Officer"),
    Event("item_added", {"item": "file", "description": "The file"}, by="A. Officer"),
    Event("answered", {"item": "file", "fact": "held", "value": "yes"}, by="A. Officer"),
    Event("answered", {"item": None, "fact": "vexatious", "value": "no"}, by="B. Officer"),
    Event("noted", {"item": "file", "fact": "held", "text": "In the store"}, by="A. Officer"),
]


@contextmanager
def forced(path: Path) -> Iterator[sqlite3.Connection]:
    """The file without its triggers, as somebody would edit it who knows how; then with them."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
