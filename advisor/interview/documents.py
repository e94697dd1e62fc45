"""What an interview shows at length, as documents: all answers, and what would change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.interview import headers, parts
from advisor.interview.showing import outcomes_in_words
from advisor.interview.why import said
from advisor.rulebook.model import WEIGHTS

if TYPE_CHECKING:
    from advisor.assessment import ItemAssessment, PublicInterest
    from advisor.case import Case
    from advisor.interview.listing import Row
    from advisor.reasoning.relevance import Change
    from advisor.rulebook.law import Law

STANDING = {
    "counts": "",
    "unknown": "still open",
    "irrelevant": "makes no difference as things stand",
}


def answers_document(case: Case, rows: Iterable[Row]) -> Document:
    """All answers, the header's first; `fact` names are what `:change` takes."""
    blocks: list[Block] = [Heading(2, "The request")]
    fields = ((key, headers.shown(case, key)) for key in headers.PROMPTS)
    given = tuple(Entry(shown, f"{_name(key)}:") for key, shown in fields if shown)
    blocks.append(Bullets(given))
    for item, of_item in groupby(rows, key=lambda one: one.item):
        if item is not None:
            blocks.append(Heading(2, parts.label(case, item)))
        blocks.append(Bullets(tuple(map(_entry, of_item))))
    return Document.of("All answers", blocks)


def _name(key: str) -> str:
    return {"authority_name": "authority", "authority_kind": "kind"}.get(key, key)


def _entry(row: Row) -> Entry:
    standing = STANDING[row.standing]
    note = "; ".join(filter(None, (standing, f"kept: {row.note}" if row.note else "")))
    tone: Tone = "quiet" if row.standing == "irrelevant" else "plain"
    return Entry(f"{row.ask} {row.answer}", f"{row.fact}:", note, tone)


def changes_document(case: Case, law: Law, found: Mapping[str, list[Change]]) -> Document:
    """The smallest changes of answers that would turn the outcome of each part."""
    blocks: list[Block] = []
    for key, changes in found.items():
        blocks.append(Heading(2, parts.label(case, key)))
        if not changes:
            text = "No change of a few answers gives another outcome, or the outcome is still open."
            blocks.append(Paragraph(text))
            continue
        blocks.append(Paragraph("", lead="The outcome would be another if these were otherwise:"))
        blocks.append(Bullets(tuple(_change(one, law) for one in changes)))
    return Document.of("What would change the outcome", blocks)


def _change(change: Change, law: Law) -> Entry:
    answers = [
        f"{law.facts[fact].ask} {law.facts[fact].choices.get(said(value), said(value))}"
        for fact, value in change.set.items()
    ]
    return Entry(f"{' And: '.join(answers)}", f"{law.outcomes[change.outcome].title}, if:")


def difference_document(
    case: Case, law: Law, both: Iterable[tuple[ItemAssessment, ItemAssessment]]
) -> Document:
    """Each part before and after other answers."""
    blocks: list[Block] = []
    for before, after in both:
        blocks.append(Heading(2, parts.label(case, before.id)))
        entries = [Entry(_in_short(before, law), "Before:"), Entry(_in_short(after, law), "After:")]
        blocks.append(Bullets((*entries, *_moved(before, after))))
    return Document.of("Before and after", blocks)


def _in_short(item: ItemAssessment, law: Law) -> str:
    text = law.outcomes[item.outcome].title
    if item.provisions:
        text += f" under {', '.join(item.provisions)}"
    if item.outcome == "undetermined":
        text += f"; {outcomes_in_words(law, item.possible_outcomes)}"
    balance = item.public_interest_confirm_or_deny or item.public_interest
    if balance is not None and balance.margin:
        text += f" (the balance is {balance.margin})"
    return f"{text}."


def _moved(before: ItemAssessment, after: ItemAssessment) -> Iterator[Entry]:
    """What moved in the balances."""
    pairs = (
        (before.public_interest, after.public_interest),
        (before.public_interest_confirm_or_deny, after.public_interest_confirm_or_deny),
    )
    for old, new in pairs:
        was, now = _weights(old), _weights(new)
        for title in dict.fromkeys((*was, *now)):
            if was.get(title) != now.get(title):
                old_weight, new_weight = (one.get(title, "not weighed") for one in (was, now))
                yield Entry(f"{title}: {old_weight}, then {new_weight}.", "The balance:")


def _weights(balance: PublicInterest | None) -> dict[str, str]:
    if balance is None:
        return {}
    return {
        one.title: WEIGHTS[one.weight].replace("_", " ")
        for one in (*balance.maintain, *balance.disclose)
    }
