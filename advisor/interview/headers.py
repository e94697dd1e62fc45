"""The questions about the request itself: who has it, when it came, what it asks for.

They are the header of a case file, and the rulebook has their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, get_args

from advisor.case import AuthorityKind, Case
from advisor.document.dates import day_of, long_date
from advisor.interview.prompts import A_DAY, Choice, Prompt, Step
from advisor.reasoning.known import YES
from advisor.register.events import Event
from advisor.rulebook.law import Law
from advisor.rulebook.model import Opening

# A request that came so long ago has probably been decided, and is judged by the law of that day.
LONG_AGO = timedelta(weeks=5)

ALWAYS = (
    "reference", "authority_name", "authority_kind", "received", "decided", "request", "title",
)  # fmt: skip
DAYS = (
    "received", "decided", "clarified", "decision_expected", "fees_notice", "fee_received",
)  # fmt: skip
NAMES = tuple(dict.fromkeys((*ALWAYS, *DAYS)))
_KINDS = tuple(Choice(kind, kind.capitalize()) for kind in get_args(AuthorityKind))


def prompt(law: Law, key: str) -> Prompt:
    """The question for a field, in the words of the rulebook."""
    entry = law.openings.get(key) or Opening(f"{key.replace('_', ' ').capitalize()}?")
    return Prompt(
        Step("header", key),
        entry.ask,
        choices=_KINDS if key == "authority_kind" else (),
        blank=entry.blank or "left out",
        long=key == "request",
        form=A_DAY if key in DAYS else "",
        help=entry.help,
        keep=entry.keep,
        authority=tuple(law.cites(entry.authority)),
    )


def followed_by(law: Law, case: Case) -> Iterator[str]:
    """The fields that belong to a fact of the request which is answered yes."""
    for key, entry in law.openings.items():
        if entry.after and case.facts.get(entry.after, "").casefold() in YES:
            yield key


def wanted(case: Case, asked: frozenset[str], today: date) -> Iterator[str]:
    """The fields that are still to be asked before the parts of the request are named."""
    for key in ALWAYS:
        old = case.received is not None and case.received + LONG_AGO < today
        if key not in asked and (key != "decided" or old):
            yield key


def asked_in(event: Event) -> Iterable[str]:
    """The fields that an event answers, a blank answer being one."""
    if event.kind in ("imported", "review_of"):
        return NAMES  # as whoever wrote the case, or decided first, left them
    given: dict[str, Any] = {}
    if event.kind == "opened":
        given = event.data
    elif event.kind == "header":
        given = {event.data["field"]: event.data["value"]}
    parts = given.get("authority") or {}
    return [*given, *(f"authority_{part}" for part in parts)]


def shown(case: Case, key: str) -> str:
    """The present answer to a field, in words; nothing where there is none."""
    if key.startswith("authority_"):
        return str(getattr(case.authority, key.removeprefix("authority_")))
    value = getattr(case, key)
    return long_date(value, weekday=True) if isinstance(value, date) else str(value or "")


def event_for(case: Case, key: str, text: str, asked: frozenset[str], today: date) -> Event:
    """What an answer to a field records; a blank `text` leaves the field out. Raises ValueError."""
    value: Any = text or None
    if text and key in DAYS:
        value = day_of(text, today).isoformat()
    elif key == "authority_kind":
        value = text or "other"
    if key.startswith("authority_"):
        part = key.removeprefix("authority_")
        value = {"name": case.authority.name, "kind": case.authority.kind, part: value or ""}
        if part == "name" and "authority_kind" not in asked:
            del value["kind"]  # so that the record does not say it was answered
        key = "authority"
    return Event("header", {"field": key, "value": value})


def doubt(event: Event, today: date, judged: date) -> str:
    """Why a field's day is hardly meant: what happened is to come, what is expected has passed.

    Nothing where it may well be. What is expected is so on the day by which the case is judged.
    """
    key, value = event.data["field"], event.data["value"]
    if key not in DAYS or value is None:
        return ""
    day = date.fromisoformat(value)
    if key == "decision_expected":
        return "that day has passed, and the notice has to give one to come" if day < judged else ""
    return "that day is still to come" if day > today else ""
