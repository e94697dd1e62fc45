"""A marked answer as a document: the verdict of each part, every element with its reason, totals
last, and the trainer's own words beside what the rules say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.document.dates import long_date
from advisor.document.words import first_upper, provision_words
from advisor.training.exercise import Exercise
from advisor.training.hints import PRICE
from advisor.training.marks import Mark, Marked

_TONES: dict[str, Tone] = {"right": "good", "partly": "warn", "wrong": "bad", "missing": "bad"}

_HEADINGS = {"notice": "The notice", "letter": "The letter"}


def as_document(marked: Marked, exercise: Exercise) -> Document:
    """The marking of one trainee's answers to one case."""
    title = f"{marked.case}: the answers of {marked.trainee}"
    blocks: list[Block] = [Heading(1, title)]
    for verdict in marked.verdicts:
        blocks.append(Heading(2, _HEADINGS.get(verdict.part, f"Part {verdict.part}")))
        text = "Passes." if verdict.passes else f"Does not pass: {'; '.join(verdict.why_not)}."
        blocks.append(Paragraph(text, tone="good" if verdict.passes else "bad"))
        own = [one for one in marked.marks if one.key.startswith(verdict.part + "/")]
        own.sort(key=lambda one: _ORDER.index(one.status))
        blocks.append(Bullets(tuple(_entry(one, exercise) for one in own)))
        words = exercise.teaching.model.get(verdict.part, "")
        if words:
            blocks.append(Paragraph(words.strip(), lead="A good answer says:"))
    blocks.extend(_lessons(marked, exercise))
    blocks.extend(_total(marked))
    return Document.of(title, blocks)


def _entry(one: Mark, exercise: Exercise) -> Entry:
    label = one.label if one.label.endswith("?") else f"{one.label}."
    plain = one.status == "right" and one.group in ("elements", "provisions")
    said = f"You said: {_in_words(one, one.given, exercise)}." if one.given and not plain else ""
    wanted = ""
    if one.status != "right" and one.group in _WANTED and one.model != "none":
        wanted = f"The model answer: {_in_words(one, one.model, exercise)}."
    text = " ".join(filter(None, (first_upper(label), said, wanted, one.reason)))
    note = "; ".join((*one.authority, f"[{one.key}]"))
    return Entry(text, f"{one.status.capitalize()}:", note, _TONES[one.status])


# What there is to learn from comes first.
_ORDER = ("wrong", "missing", "partly", "right")

# The groups of which the reason does not say by itself what was wanted.
_WANTED = ("outcome", "factors", "result", "needed", "due")


def _in_words(one: Mark, answer: str, exercise: Exercise) -> str:
    """An answer as a person says it; the words of answer files stay as they are."""
    if one.group == "outcome":
        return exercise.law.outcomes[answer].title.lower()
    if one.group == "due":
        return long_date(date.fromisoformat(answer), weekday=True)
    if one.group == "provisions":
        return provision_words(answer)
    return answer.replace("_", " ") if one.group in ("factors", "not-counted") else answer


def _lessons(marked: Marked, exercise: Exercise) -> Iterator[Block]:
    entries: list[Entry] = []
    for point in exercise.teaching.learning_points:
        tested = [one for one in marked.marks if point.id in one.points]
        shown = sum(one.status in ("right", "partly") for one in tested)
        lead = f"{shown} of {len(tested)} shown:" if tested else "To remember:"
        entries.append(Entry(point.text, lead, "; ".join(point.authority)))
    if entries:
        yield Heading(2, "What this case teaches")
        yield Bullets(tuple(entries))


def _total(marked: Marked) -> Iterator[Block]:
    yield Heading(2, "In all")
    counts = {status: sum(m.status == status for m in marked.marks) for status in _TONES}
    listed = ", ".join(f"{number} {status}" for status, number in counts.items())
    price = f" Hints taken: {marked.hints}, at {PRICE} each." if marked.hints else ""
    verdict = "The case is passed." if marked.passed else "The case is not passed yet."
    yield Paragraph(f"{listed}.{price} {marked.score} of 100. {verdict}")
    for contest in marked.contests:
        yield Paragraph(contest.because, lead=f"You contest {contest.element}:")
    if not marked.contests:
        text = (
            "If you disagree with a mark, contest it by its name in brackets; your trainer sees it."
        )
        yield Paragraph(text, tone="quiet")
