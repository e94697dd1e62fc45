"""The same case with one fact changed, where that turns an outcome: finished files to accept.

Which facts those are is what `advisor whatif` says as well (advisor.reasoning.relevance). A
variant tells the changed fact in a passage of its own and expects what the law then says; it is
marked `proposed` until the trainer has read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.advice.assess import matters
from advisor.advice.rulebook import Rulebook
from advisor.assessment import Assessment
from advisor.case import Case
from advisor.reasoning import relevance
from advisor.reasoning.derivation import Value
from advisor.reasoning.matter import Matter
from advisor.rulebook.law import Law
from advisor.training.exercise import told
from advisor.training.files import as_yaml, in_order, plain_case
from advisor.training.teaching import Teaching, read_teaching

MOST = 10


@dataclass(frozen=True)
class Variant:
    """A case with one fact changed. `part` is None for a fact of the request."""

    part: str | None
    fact: str
    before: str
    after: str
    outcomes: dict[str, tuple[str, str]]  # by part: what it was, what it is
    reference: str
    text: str  # the finished file


def variants(case: Case, book: Rulebook, most: int = MOST) -> list[Variant]:
    """The variants of a case, those that change what the story tells first."""
    law = book.law(book.as_at(case))
    teaching = read_teaching(case, law)
    told_of = {fact for passage in teaching.story for fact in passage.shows}
    changes = sorted(_changes(case, law), key=lambda one: (one[3], one[1] not in told_of))
    before = book.assess(case, engine="direct")
    made: list[Variant] = []
    for part, fact, answer, _ in changes[:most]:
        changed = _with(case, part, fact, answer)
        after = book.assess(changed, engine="direct")
        outcomes = {
            old.id: (old.outcome, new.outcome)
            for old, new in zip(before.items, after.items, strict=True)
            if old.outcome != new.outcome
        }
        reference = f"{case.reference}-V{len(made) + 1}"
        data = _file(changed, reference, part, fact, answer, after, law, teaching)
        was = _answer(case, part, fact)
        made.append(Variant(part, fact, was, answer, outcomes, reference, as_yaml(data)))
    return made


def _changes(case: Case, law: Law) -> Iterator[tuple[str | None, str, str, int]]:
    """Each change of one answer that turns an outcome: part (None: the request), fact, answer, and
    how many other answers to the same fact came before it."""
    seen: dict[tuple[str | None, str], list[str]] = {}
    for part, matter in matters(case, law).items():
        found = relevance.changes(matter, limit=0)
        for change in sorted(found, key=lambda one: _distance(matter, one.set)):
            if len(change.set) != 1:
                continue
            ((fact, value),) = change.set.items()
            where = None if law.facts[fact].scope == "request" else part
            answer = ("yes" if value else "no") if isinstance(value, bool) else str(value)
            others = seen.setdefault((where, fact), [])
            if answer not in others:
                yield where, fact, answer, len(others)
                others.append(answer)


def _distance(matter: Matter, change: Mapping[str, Value]) -> int:
    """How far a year or number moves: the nearest that turns the outcome is proposed first."""
    moved = 0
    for fact, value in change.items():
        was = matter.known.values.get(fact)
        if type(was) is int and type(value) is int:
            moved += abs(value - was)
    return moved


def _answer(case: Case, part: str | None, fact: str) -> str:
    item = case.item(part) if part else None
    return (item.facts if item else case.facts).get(fact, "not answered")


def _with(case: Case, part: str | None, fact: str, answer: str) -> Case:
    if part is None:
        return replace(case, facts={**case.facts, fact: answer})
    item = case.item(part)
    assert item is not None
    return case.with_item(replace(item, facts={**item.facts, fact: answer}))


def _file(
    case: Case,
    reference: str,
    part: str | None,
    fact: str,
    answer: str,
    assessment: Assessment,
    law: Law,
    teaching: Teaching,
) -> dict[str, Any]:
    data = plain_case(case)
    data["reference"] = reference
    data["title"] = f"{case.title or case.reference}, one fact changed"
    for item, found in zip(data["items"], expectations(assessment), strict=True):
        item["expect"] = found
    data["expect"] = {"overall": assessment.outcome}
    kept = {k: v for k, v in case.teaching.items() if k in ("level", "learning_points", "hints")}
    data["teaching"] = {**kept, "status": "proposed"}
    story = list(_story(case, part, fact, answer, law, teaching))
    if story:
        data["teaching"]["story"] = story
    words = {key: text for key, text in teaching.model.items() if part and key != part}
    if words:
        data["teaching"]["model"] = words
    data["source"] = {**data.get("source", {}), "varied_from": case.reference, "changed": fact}
    return in_order(data)


def _story(
    case: Case, part: str | None, fact: str, answer: str, law: Law, teaching: Teaching
) -> Iterator[dict[str, Any]]:
    """The passages, without what they showed of the changed fact, and one that tells it anew."""
    parts = [item.id for item in case.items]
    for passage in teaching.story:
        about = set(passage.parts or parts)
        touched = fact in passage.shows and (part is None or part in about)
        shows = [one for one in passage.shows if not touched or one != fact]
        if touched and not shows and (part is None or about == {part}):
            continue
        found: dict[str, Any] = {"text": passage.text}
        if shows:
            found["shows"] = shows
        if passage.parts:
            found["parts"] = list(passage.parts)
        yield found
    if teaching.story:
        new = f"Whatever is said above, one thing is different here. {told(law, fact, answer)}"
        yield {"text": new, "shows": [fact], **({"parts": [part]} if part else {})}


def expectations(assessment: Assessment) -> Iterator[dict[str, Any]]:
    """What a case file should expect of each item, from what the law says of it now."""
    for item in assessment.items:
        found: dict[str, Any] = {"outcome": item.outcome, "provisions": list(item.provisions)}
        for key in ("public_interest", "public_interest_confirm_or_deny"):
            struck = getattr(item, key)
            if struck is not None and struck.margin is not None:
                found[key] = {"result": struck.result, "margin": struck.margin}
        yield found
