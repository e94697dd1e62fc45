"""All answers of an assessment, and which of them no longer make a difference.

An answer that has become irrelevant is kept and shown as such: the next change may make it count
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from advisor.advice.assess import Decided
from advisor.advice.requirements import as_for_no
from advisor.advice.warnings import not_tested, raised
from advisor.case import Case
from advisor.interview.notice_facts import notice_facts
from advisor.interview.questions import choices
from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import check, derive
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import is_outstanding
from advisor.rulebook.law import Law

Standing = Literal["counts", "unknown", "irrelevant"]


@dataclass(frozen=True)
class Row:
    """An answer: to which fact, of which part (None: the request), in words, and how it stands."""

    item: str | None
    fact: str
    ask: str
    answer: str
    standing: Standing
    note: str = ""


def rows(case: Case, law: Law, matters: Mapping[str, Matter]) -> Iterator[Row]:
    """Every answered fact, the request's first, each in the order it was first answered."""
    for fact, text in case.facts.items():
        yield _row(law, None, fact, text, case.notes, matters.values())
    for item in case.items:
        for fact, text in item.facts.items():
            yield _row(law, item.id, fact, text, item.notes, [matters[item.id]])


def _row(
    law: Law,
    item: str | None,
    fact: str,
    text: str,
    notes: Mapping[str, str],
    matters: Iterable[Matter],
) -> Row:
    about = law.facts[fact]
    standing: Standing = "irrelevant"
    if any(makes_a_difference(matter, fact) for matter in matters):
        standing = "unknown" if text.strip().casefold() == "unknown" else "counts"
    answer = {one.value: one.text for one in choices(about)}.get(text, text)
    return Row(item, fact, about.ask, answer, standing, notes.get(fact, ""))


def makes_a_difference(matter: Matter, fact: str) -> bool:
    """Whether another answer to a fact could change what is advised of an item."""
    without = matter.with_answer(fact, None)
    about = matter.law.facts[fact]
    if about.type in ("text", "date"):
        return _is_needed(matter, fact)
    if is_outstanding(without, fact):
        return True
    others: tuple[Value, ...] = _values(matter, fact)
    decided = Decided.of(matter, "direct")
    if len(decided.possible) > 1:
        now = _derived(matter)
        return any(_derived(matter.with_answer(fact, one)) != now for one in others)
    picture = _picture(decided)
    return any(
        _picture(Decided.of(matter.with_answer(fact, one), "direct")) != picture for one in others
    )


def _values(matter: Matter, fact: str) -> tuple[Value, ...]:
    about = matter.law.facts[fact]
    if about.type == "choice":
        return tuple(about.choices)
    if about.type == "yes_no":
        return True, False
    this_year = matter.law.as_at.year
    return tuple(range(this_year, this_year - 120, -10)) if about.type == "year" else (0, 10**6)


def _is_needed(matter: Matter, fact: str) -> bool:
    law, decided = matter.law, Decided.of(matter, "direct")
    as_if = as_for_no(law, decided.meanwhile)
    return any(fact in entry.entry.needs and check(entry.when)(as_if) for entry in law.requirements)


def _derived(matter: Matter) -> tuple[Any, Any]:
    """What follows from the answers while the outcome is open."""
    derivation = derive(matter.law, matter.known.values, matter.strike)
    return dict(derivation.conclusions), dict(derivation.weights)


def _picture(decided: Decided) -> tuple[Any, ...]:
    """What is advised of an item, and what is still to be asked of it."""
    law, known = decided.matter.law, as_for_no(decided.matter.law, decided.everything)
    return (
        decided.possible,
        notice_facts(decided),
        decided.decision.provisions,
        decided.content,
        decided.existence,
        [entry.id for entry in (*law.routes, *law.requirements) if check(entry.when)(known)],
        raised(law, known, "item"),
        not_tested(law, known, decided.item),
    )
