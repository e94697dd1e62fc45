"""What an interview shows at length, as documents: all answers, and what would change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from advisor.advice.summary import margin_words
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.interview import headers, parts
from advisor.interview.showing import outcomes_in_words
from advisor.interview.why import said, spans
from advisor.reasoning.derivation import Value
from advisor.rulebook.model import WEIGHTS

if TYPE_CHECKING:
    from advisor.assessment import ItemAssessment, PublicInterest
    from advisor.case import Case
    from advisor.interview.listing import Row
    from advisor.interview.whatif import Turning
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
    fields = ((key, headers.shown(case, key)) for key in headers.NAMES)
    given = tuple(
        Entry(shown, f"{_name(key)}:", _kept(case.notes.get(key, "")))
        for key, shown in fields
        if shown or key in case.notes
    )
    blocks.append(Bullets(given))
    blocks += _listed(case, rows)
    return Document.of("All answers", blocks)


def some_answers_document(case: Case, rows: Iterable[Row]) -> Document:
    """Some answers, those of each part under what it is."""
    return Document.of("Answers", _listed(case, rows))


def _listed(case: Case, rows: Iterable[Row]) -> Iterator[Block]:
    for item, of_item in groupby(rows, key=lambda one: one.item):
        if item is not None:
            yield Heading(2, parts.label(case, item))
        yield Bullets(tuple(map(_entry, of_item)))


def _name(key: str) -> str:
    return {"authority_name": "authority", "authority_kind": "kind"}.get(key, key)


def _entry(row: Row) -> Entry:
    standing = STANDING[row.standing]
    note = "; ".join(filter(None, (standing, _kept(row.note))))
    tone: Tone = "quiet" if row.standing == "irrelevant" else "plain"
    return Entry(f"{row.ask} {row.answer}", f"{row.fact}:", note, tone)


def _kept(note: str) -> str:
    return f"kept: {note}" if note else ""


SHOWN = 3  # of the changes of several answers that would turn an outcome; the JSON has them all


def changes_document(case: Case, law: Law, found: Mapping[str, Turning]) -> Document:
    """The smallest changes of answers that would turn the outcome of each part."""
    blocks: list[Block] = []
    for key, turning in found.items():
        blocks.append(Heading(2, parts.label(case, key)))
        if turning.without:
            alone = outcomes_in_words(law, turning.without)
            text = f"This rests on your own conclusion; without it the rules say: {alone}."
            blocks.append(Paragraph(text))
        blocks += _turning(turning, law)
    return Document.of("What would change the outcome", blocks)


def _turning(found: Turning, law: Law) -> Iterator[Block]:
    if len(found.possible) == 1:
        yield from _turned(found, found.changes, law, "{}, if these were otherwise:")
        if not found.changes:
            yield Paragraph("No change of a few answers would turn the outcome.")
        return
    still, count = outcomes_in_words(law, found.possible), len(found.open)
    asked = f"{count} questions can" if count > 1 else "1 question can"
    yield Paragraph(f"Still possible: {still}. {asked} still change that.")
    yield from _turned(found, found.settles, law, "{}, with this one answer:")
    if not found.settles:
        yield Paragraph("No single answer settles it. What can still change it, first of all:")
        yield Bullets(tuple(Entry(law.facts[fact].ask) for fact in found.open[:SHOWN]))


def _turned(found: Turning, changes: Iterable[Change], law: Law, lead: str) -> Iterator[Block]:
    """Changes by the outcome that they lead to."""
    every, left_out = list(changes), 0
    # The outcomes that a case turns on come first, those of the gates last.
    for outcome in law.outcomes:
        merged = _merged([one for one in every if one.outcome == outcome])
        single = [one for one in merged if len(one) == 1]
        shown = [*single, *[one for one in merged if len(one) > 1][:SHOWN]]
        left_out += len(merged) - len(shown)
        if shown:
            yield Paragraph("", lead=lead.format(law.outcomes[outcome].title))
            yield Bullets(tuple(Entry(_in_words(one, law, found)) for one in shown))
    if left_out:
        yield Paragraph(f"And {left_out} more changes of several answers each.", tone="quiet")


Answers = dict[str, tuple[Value, ...]]  # for each fact, the answers that would all do


def _merged(changes: Iterable[Change]) -> list[Answers]:
    """Changes that differ only in the answer to their first fact as one."""
    found: dict[tuple[tuple[str, ...], tuple[Value, ...]], Answers] = {}
    for one in changes:
        first, *rest = one.set.items()
        key = tuple(one.set), tuple(value for _, value in rest)
        same = found.setdefault(key, {first[0]: (), **{fact: (value,) for fact, value in rest}})
        same[first[0]] = (*same[first[0]], first[1])
    return list(found.values())


def _in_words(answers: Answers, law: Law, found: Turning) -> str:
    return " And: ".join(
        f"{law.facts[fact].ask} {_words(law, fact, values, found)}."
        for fact, values in answers.items()
    )


def _words(law: Law, fact: str, values: Iterable[Value], found: Turning) -> str:
    """Answers to a fact that would all do."""
    about = law.facts[fact]
    if fact in found.classes:
        return spans(map(int, values), found.classes[fact], about.type)
    return " / ".join(about.choices.get(said(one), said(one).capitalize()) for one in values)


def difference_document(
    case: Case, law: Law, both: Iterable[tuple[ItemAssessment, ItemAssessment]]
) -> Document:
    """Each part before and after other answers."""
    blocks: list[Block] = []
    for before, after in both:
        blocks.append(Heading(2, parts.label(case, before.id)))
        entries = [Entry(_in_short(before, law), "Before:"), Entry(_in_short(after, law), "After:")]
        blocks.append(Bullets((*entries, *_own(before, after), *_moved(before, after))))
    return Document.of("Before and after", blocks)


def _in_short(item: ItemAssessment, law: Law) -> str:
    text = law.outcomes[item.outcome].title
    if item.provisions:
        text += f" under {', '.join(item.provisions)}"
    if item.outcome == "undetermined":
        text += f"; {outcomes_in_words(law, item.possible_outcomes)}"
    balance = item.public_interest_confirm_or_deny or item.public_interest
    if balance is not None and (balance.margin or balance.decided_by == "officer"):
        lead = "" if balance.decided_by == "officer" else "the balance is "
        text += f" ({lead}{margin_words(balance)})"
    return f"{text}."


Balances = tuple["PublicInterest | None", "PublicInterest | None"]


def _balances(before: ItemAssessment, after: ItemAssessment) -> tuple[Balances, ...]:
    """Each balance, before and after."""
    return (
        (before.public_interest, after.public_interest),
        (before.public_interest_confirm_or_deny, after.public_interest_confirm_or_deny),
    )


def _own(before: ItemAssessment, after: ItemAssessment) -> Iterator[Entry]:
    """What becomes of the officer's own conclusions, which hide what the rules would say."""
    for old, new in _balances(before, after):
        own = next((one for one in (new, old) if one and one.decided_by == "officer"), None)
        if own is None:
            continue
        text = f"the interest against {own.act} {_VERB[own.result]}; it"
        if new is None:
            text += " plays no part then."
        else:
            results = dict.fromkeys(_VERB[one.rules_result] for one in (old, new) if one)
            text += f" is kept, and decides. By the rules alone it {', then '.join(results)}."
        yield Entry(text, "Your own conclusion:")


_VERB = {
    "maintain": "outweighs",
    "disclose": "does not outweigh",
    "undetermined": "may or may not outweigh",
}


def _moved(before: ItemAssessment, after: ItemAssessment) -> Iterator[Entry]:
    """What moved in the balances that are struck before and after."""
    for old, new in _balances(before, after):
        if old is None or new is None:
            if old or new:
                text = "it is then struck." if new else "it is then not struck."
                yield Entry(text, "The balance:")
            continue
        was, now = _weights(old), _weights(new)
        for title in dict.fromkeys((*was, *now)):
            if was.get(title) != now.get(title):
                old_weight, new_weight = (one.get(title, "nothing") for one in (was, now))
                yield Entry(f"{title}: {old_weight}, then {new_weight}.", "The balance:")


def _weights(balance: PublicInterest) -> dict[str, str]:
    return {
        one.title: WEIGHTS[one.weight].replace("_", " ")
        for one in (*balance.maintain, *balance.disclose)
        if one.weight
    }
