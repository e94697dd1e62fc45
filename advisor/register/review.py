"""Internal review: a fresh decision on the same request, with the first one beside it.

The reviewer begins with the request and its parts and without the first officer's answers. The
matter is judged at the day of the original decision: Montague v IC and DIT [2022] UKUT 104 (AAC).
"""

from __future__ import annotations

from datetime import date

from advisor.register.comparing import Difference, advice_differs, answers_differ
from advisor.register.events import BYSTANDERS, Event
from advisor.register.plain import as_plain
from advisor.register.saved import Saved
from advisor.register.saving import last_advice
from advisor.register.store import Register
from advisor.sources import InputError, Problem

_HEADER = (
    "title", "authority", "received", "clarified", "fees_notice", "fee_received",
    "decision_expected", "request",
)  # fmt: skip


def review_reference(reference: str) -> str:
    """What the internal review of an assessment is saved as."""
    return f"{reference} (review)"


def start_review(register: Register, reference: str, by: str = "") -> Saved:
    """Open the internal review of a saved assessment, all of it in one transaction.

    Raises InputError where there is no such assessment, where it carries no decision yet, or
    where its review has been opened already.
    """
    first = register.open(reference)
    decided = day_to_review(first)
    name = review_reference(first.reference)
    whole = as_plain(first.case())
    header = {key: whole[key] for key in _HEADER if key in whole}
    opened = {"reference": name, **header, "decided": decided.isoformat()}
    parts = first.case().items
    events = [
        Event("opened", opened, by=by),
        Event("review_of", {"reference": first.reference, "head": first.head}, by=by),
        *(Event("item_added", {"item": p.id, "description": p.description}, by=by) for p in parts),
    ]
    return register.create(name, events, by=by)


def day_to_review(first: Saved) -> date:
    """The day of the decision that is to be reviewed. Raises InputError where there is none."""
    decided = decided_on(first)
    if decided is None:
        text = "has no decision yet, so there is nothing to review"
        raise InputError(Problem(first.reference, 0, 0, text, "give the day it was decided"))
    return decided


def decided_on(saved: Saved) -> date | None:
    """The day of a decision: as the officer gave it, else the day of the last advice."""
    advice = last_advice(saved)
    given = saved.case().decided
    if given is None and advice is not None:
        return date.fromisoformat(advice.assessment["as_at"])
    return given


def compare(first: Saved, second: Saved) -> list[Difference]:
    """What differs between a decision and its review: advice, answers, weights, conclusions.

    The first counts as it was when it was last advised on. Advice is compared where both have
    it, and what the reviewer has not answered is not a difference.
    """
    then, now = last_advice(first), last_advice(second)
    before = first.case_after(then.event) if then else first.case()
    found = advice_differs(then.assessment, now.assessment) if then and now else []
    answers = answers_differ(before, second.case())
    return [*found, *(one for one in answers if one.after is not None)]


def officers(saved: Saved) -> list[str]:
    """Everyone who had a part in a decision, in the order in which they first did."""
    took_part = (event for event in saved.events if event.kind not in BYSTANDERS)
    return list(dict.fromkeys(event.by for event in took_part if event.by))
