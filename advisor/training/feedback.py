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
_NAMES = {"notice": "the notice", "letter": "the letter"}


def as_document(marked: Marked, exercise: Exercise) -> Document:
    """The marking of one trainee's answers to one case."""
    title = f"{marked.case}: the answers of {marked.trainee}"
    blocks: list[Block] = [Heading(1, title), _verdict(marked)]
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


def _verdict(marked: Marked) -> Paragraph:
    """Whether the case is passed, which no score says."""
    if marked.passed:
        return Paragraph("The case is passed.", tone="good")
    failed = ", ".join(_NAMES.get(one.part, f"part {one.part}") for one in marked.failed)
    return Paragraph(f"The case is not passed yet: {failed}.", tone="bad")


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
    if one.group == "due" and answer != "none":
        return long_date(date.fromisoformat(answer), weekday=True)
    if one.group == "provisions":
        return provision_words(answer)
    return answer.replace("_", " ") if one.group in ("factors", "not-counted") else answer


def _lessons(marked: Marked, exercise: Exercise) -> Iterator[Block]:
    entries: list[Entry] = []
    for point in exercise.teaching.learning_points:
        tested = [one for one in marked.marks if point.id in one.points]
        shown = sum(one.status in ("right", "partly") for one in tested)
        tried = any(one.given for one in tested)
        untried = "Not tried:" if point.tests else "To remember:"
        lead = f"{shown} of {len(tested)} shown:" if tried else untried
        entries.append(Entry(point.text, lead, "; ".join(point.authority)))
    if entries:
        yield Heading(2, "What this case teaches")
        yield Bullets(tuple(entries))


def _total(marked: Marked) -> Iterator[Block]:
    yield Heading(2, "In all")
    counts = {status: sum(m.status == status for m in marked.marks) for status in _TONES}
    listed = ", ".join(f"{number} {status}" for status, number in counts.items())
    price = f" Hints taken: {marked.hints}, at {PRICE} each." if marked.hints else ""
    verdict = _verdict(marked)
    yield Paragraph(f"{verdict.text} {listed}.{price} {marked.score} of 100.", tone=verdict.tone)
    for contest in marked.contests:
        yield Paragraph(contest.because, lead=f"You contest {contest.element}:")
    if not marked.contests:
        text = (
            "If you disagree with a mark, contest it by its name in brackets; your trainer sees it."
        )
        yield Paragraph(text, tone="quiet")
