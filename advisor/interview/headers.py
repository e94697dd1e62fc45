"""The questions about the request itself: who has it, when it came, what it asks for.

They are the header of a case file. A date may be written as people write it.

    >>> day_of("9 feb 2026", date(2026, 11, 22)), day_of("9/2/2026", date(2026, 11, 22))
    (datetime.date(2026, 2, 9), datetime.date(2026, 2, 9))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, get_args

from advisor.case import AuthorityKind, Case
from advisor.document.dates import long_date
from advisor.interview.prompts import A_DAY, Choice, Prompt, Step
from advisor.register.events import Event

# A fact that is answered `yes` and the date that belongs to it: s.1(3) and s.17(2).
FOLLOWED_BY = {
    "clarification_needed": "clarified",
    "public_interest_undecided": "decision_expected",
}

# A request that came so long ago has probably been decided, and is judged by the law of that day.
LONG_AGO = timedelta(weeks=5)

PROMPTS: dict[str, Prompt] = {
    prompt.step.key: prompt
    for prompt in (
        Prompt(
            Step("header", "reference"),
            "What is the reference of the request?",
            blank="one is made up",
            help="Your own reference. You go on with a saved assessment by it.",
        ),
        Prompt(
            Step("header", "authority_name"),
            "Which public authority has the request?",
            blank="left out",
            help="Its name, as the letter to the applicant should give it.",
        ),
        Prompt(
            Step("header", "authority_kind"),
            "What kind of authority is it?",
            choices=tuple(Choice(kind, kind.capitalize()) for kind in get_args(AuthorityKind)),
            blank="other",
            help="Schools and archives may have longer to answer.",
            authority=("FOIA 2000 s.10(4)",),
        ),
        Prompt(
            Step("header", "received"),
            "On which day did the request arrive?",
            blank="not known; no date for the answer is then worked out",
            form=A_DAY,
            help="The day it reached any part of the authority, even a Saturday or a bank holiday.",
            keep="The request, with the day it arrived.",
            authority=("FOIA 2000 s.10(1)", "FOIA 2000 s.10(6)"),
        ),
        Prompt(
            Step("header", "decided"),
            "Has it been decided already? If so, on which day?",
            blank="not yet; the law of today is used",
            form=A_DAY,
            help="The public interest is judged as things stood on that day, by the law of then.",
        ),
        Prompt(
            Step("header", "request"),
            "What does the applicant ask for?",
            blank="left out",
            long=True,
            help="In the applicant's words. You can paste several paragraphs.",
        ),
        Prompt(
            Step("header", "title"),
            "A title for the request, in a few words?",
            blank="none",
            help="To know it by in a list. It is not part of the letter.",
        ),
        Prompt(
            Step("header", "clarified"),
            "Has the applicant told you what you asked? If so, on which day?",
            blank="not yet",
            form=A_DAY,
            help="The time for answering begins again on that day.",
            authority=("FOIA 2000 s.1(3)", "FOIA 2000 s.10(6)"),
        ),
        Prompt(
            Step("header", "decision_expected"),
            "By which day do you expect to have decided the public interest?",
            blank="not known yet; the notice must give a day",
            form=A_DAY,
            help="As a rule no later than twenty working days after the notice was due.",
            authority=("FOIA 2000 s.17(2)",),
        ),
        Prompt(
            Step("header", "fees_notice"),
            "On which day was a fees notice given?",
            blank="none was given",
            form=A_DAY,
            authority=("FOIA 2000 s.9(1)",),
        ),
        Prompt(
            Step("header", "fee_received"),
            "On which day was the fee received?",
            blank="not yet",
            form=A_DAY,
            authority=("FOIA 2000 s.10(2)",),
        ),
    )
}

ALWAYS = (
    "reference", "authority_name", "authority_kind", "received", "decided", "request", "title",
)  # fmt: skip


def wanted(case: Case, asked: frozenset[str], today: date) -> Iterator[str]:
    """The fields that are still to be asked before the parts of the request are named."""
    for key in ALWAYS:
        old = case.received is not None and case.received + LONG_AGO < today
        if key not in asked and (key != "decided" or old):
            yield key


def asked_in(event: Event) -> Iterable[str]:
    """The fields that an event answers, a blank answer being one."""
    if event.kind in ("imported", "review_of"):
        return PROMPTS  # as whoever wrote the case, or decided first, left them
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
    prompt = PROMPTS[key]
    value: Any = text or None
    if text and prompt.form:
        value = day_of(text, today).isoformat()
    elif prompt.choices:
        value = prompt.chosen(text) if text else prompt.blank
        if value is None:
            raise ValueError(f"'{text}' is not one of the answers")
    if key.startswith("authority_"):
        part = key.removeprefix("authority_")
        value = {"name": case.authority.name, "kind": case.authority.kind, part: value or ""}
        if part == "name" and "authority_kind" not in asked:
            del value["kind"]  # so that the record does not say it was answered
        key = "authority"
    return Event("header", {"field": key, "value": value})


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "yesterday": lambda today: today - timedelta(days=1),
}
_FORMS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII), (3, 2, 1)),
    (re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4})", re.ASCII), (3, 2, 1)),
)


def day_of(text: str, today: date) -> date:
    """A day as people write it, the day before the month. Raises ValueError."""
    wanted = " ".join(text.casefold().replace(",", " ").split())
    if wanted in _NAMED:
        return _NAMED[wanted](today)
    for form, order in _FORMS:
        if match := form.fullmatch(wanted):
            year, month, day = (match[i] for i in order)
            number = int(month) if month.isdigit() else _month(month)
            try:
                return date(int(year), number, int(day))
            except ValueError:
                break
    raise ValueError(f"'{text}' is not a day")


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0
