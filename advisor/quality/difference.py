"""What changed between two rulebooks: in the law as data, and in what cases come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.advice.rulebook import Rulebook
from advisor.assessment import Assessment
from advisor.case import Case
from advisor.plain import plain
from advisor.quality.catalogue import everything
from advisor.rulebook.book import Book

_IN_ORDER = ("order_of_decision", "order_of_questions", "provisions_of_silence")
# What stands inside an entry and is an entry of its own, named as that.
_INSIDE = ("rules", "weights", "passages")
_DAYS = ("in_force_from", "in_force_until")


@dataclass(frozen=True)
class Changed:
    """An entry that was added, removed or changed; `fields` has what each was and is."""

    kind: str
    id: str
    change: str
    fields: dict[str, tuple[Any, Any]]

    def as_json(self) -> dict[str, Any]:
        fields = {key: {"was": was, "is": now} for key, (was, now) in self.fields.items()}
        return {"kind": self.kind, "id": self.id, "change": self.change, "fields": fields}


@dataclass(frozen=True)
class Turned:
    """A case whose item comes to something else, and the changed rules that it rests on."""

    case: str
    item: str
    was: dict[str, Any]
    now: dict[str, Any]
    why: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "case": self.case, "item": self.item, "was": self.was, "is": self.now,
            "why": list(self.why),
        }  # fmt: skip


def changes(old: Book, new: Book) -> list[Changed]:
    """Every entry that differs, compared as data: layout, comments and file names don't count."""
    before, after = (dict(_entries(book)) for book in (old, new))
    found: list[Changed] = []
    for kind, key in dict.fromkeys([*before, *after]):
        was, now = before.get((kind, key)), after.get((kind, key))
        if was is None or now is None:
            found.append(Changed(kind, key, "added" if was is None else "removed", {}))
        elif was != now:
            names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
            fields = {name: (was.get(name), now.get(name)) for name in names}
            found.append(Changed(kind, key, "changed", fields))
    return found


def _entries(book: Book) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Every entry as data, by its kind and id, in force as long as its file where it has no day."""
    for one in everything(book):
        data = plain(one.entry)
        own = data if isinstance(data, dict) else {"entries": data}
        whole = {name: plain(getattr(book.files[one.file], name)) for name in _DAYS}
        kept = {name: value for name, value in own.items() if name not in _INSIDE}
        days = {name: day for name, day in whole.items() if day is not None}
        yield (one.kind, one.id), days | kept
    for section in _IN_ORDER:
        order = [getattr(entry, "id", entry) for _, _, entry in book.entries(section)]
        yield ("order", section), {"order": order}


def turned(
    old: Rulebook,
    new: Rulebook,
    cases: Sequence[Case],
    changed: list[Changed],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Turned]:
    """Every item whose outcome, provisions or balance differs between two rulebooks."""
    touched = {one.id for one in changed}
    found: list[Turned] = []
    for number, case in enumerate(cases, 1):
        progress(number, len(cases))
        one, other = (book.assess(case, engine="direct") for book in (old, new))
        for item in case.items:
            was, now = _result(one, item.id), _result(other, item.id)
            if was != now:
                rules = [*_rules(one, item.id), *_rules(other, item.id)]
                why = tuple(dict.fromkeys(rule for rule in rules if rule in touched))
                found.append(Turned(case.reference, item.id, was, now, why))
    return found


def _result(assessment: Assessment, key: str) -> dict[str, Any]:
    item = assessment.item(key)
    assert item is not None
    both = {
        "balance": item.public_interest,
        "confirm_or_deny": item.public_interest_confirm_or_deny,
    }
    return {
        "outcome": item.outcome,
        "provisions": list(item.provisions),
        **{name: [b.result, b.margin] if b else None for name, b in both.items()},
    }


def _rules(assessment: Assessment, key: str) -> list[str]:
    """The rules that an item's assessment rests on, those of its weights among them."""
    item = assessment.item(key)
    assert item is not None
    found = [reason.rule for reason in item.reasons]
    for balance in (item.public_interest, item.public_interest_confirm_or_deny):
        if balance is not None:
            found += [factor.rule for factor in (*balance.maintain, *balance.disclose)]
    return found
