"""Whether decided matters hang together: what `rules check` says of precedents and dimensions.

A fact, factor, limb, rule or matter that one of them names must exist, and a fact must have an
answer that it can have. Whether two matters contradict each other is not asked here
(advisor.reasoning.consistency): real decisions do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from advisor.rulebook.book import Book
from advisor.rulebook.conditions import is_part
from advisor.rulebook.model import Derived, Dimension, Fact, Part, Precedent
from advisor.sources import nearest

Where = tuple[str | int, ...]
Wrong = tuple[str, Where, str, str, str]  # file, place, check, what is wrong, what would be right

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YEAR = re.compile("[1-9][0-9]{3}")
_RIGHT = {
    "yes_no": "write yes or no",
    "number": "write it in digits",
    "year": "write four digits, a year up to that of the decision",
    "date": "write a day that exists, as YYYY-MM-DD",
    "text": "write it out",
}


def problems(book: Book) -> Iterator[Wrong]:
    """Everything that is wrong with the dimensions and precedents of a book."""
    return _Decided(book).run()


class _Decided:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.facts: dict[str, Fact] = {k: e for _, k, e in book.entries("facts")}
        self.derived: dict[str, Derived] = {k: e for _, k, e in book.entries("derived")}
        self.factors = {key for _, key, _ in book.entries("factors")}
        self.provisions = {key for _, key, _ in book.entries("exemptions")}
        self.refs = {key for _, key, _ in book.entries("precedents")}
        self.rules = {
            rule.id
            for section, inner in (("conclusions", "rules"), ("factors", "weights"))
            for _, _, entry in book.entries(section)
            for rule in getattr(entry, inner)
        }

    def run(self) -> Iterator[Wrong]:
        for file, key, dimension in self.book.entries("dimensions"):
            yield from self.dimension(file, ("dimensions", key), key, dimension)
        for file, ref, matter in self.book.entries("precedents"):
            yield from self.matter(file, ("precedents", ref), matter)

    def dimension(self, file: str, path: Where, key: str, entry: Dimension) -> Iterator[Wrong]:
        fact = self.facts.get(key)
        steps = [*entry.disclose, entry.neither, *entry.maintain, entry.alike]
        values = [value for step in steps for value in step]
        if len(set(values)) < len(values):
            yield file, path, "schema", "a value stands in it twice", "give each value one place"
        if fact is None or fact.type in ("year", "number"):
            if fact is None and key not in self.derived:
                yield self._unknown(file, path, "fact", key, {*self.facts, *self.derived})
            elif not all(re.fullmatch(r"-?\d{1,9}", value) for value in values):
                yield file, path, "schema", "the steps of a number are whole numbers", ""
            return
        allowed = {"yes", "no"} if fact.type == "yes_no" else set(fact.choices)
        if set(values) != allowed:
            text = f"the values of '{key}' are {', '.join(sorted(allowed))}"
            yield file, path, "schema", text, "place each of them"

    def matter(self, file: str, path: Where, entry: Precedent) -> Iterator[Wrong]:
        if entry.parts:
            for key in ("decided", "asked", "published"):
                if not getattr(entry, key).strip():
                    text, right = f"a matter with parts has '{key}'", "give it, or leave parts out"
                    yield file, path, "schema", text, right
        elif not entry.principles:
            right = "give parts, or what it is cited for (principles)"
            yield file, path, "schema", "it has neither parts nor principles", right
        if entry.decided and not _is_day(entry.decided):
            text = f"'{entry.decided}' is not a day, month or year"
            yield file, (*path, "decided"), "schema", text, "write YYYY, YYYY-MM or YYYY-MM-DD"
        if bool(entry.reviewed_by.strip()) != (entry.reviewed_on is not None):
            text = "a review has a person and a day"
            yield file, path, "schema", text, "give reviewed_by and reviewed_on, or neither"
        for i, ref in enumerate(entry.linked):
            if ref not in self.refs:
                yield self._unknown(file, (*path, "linked", i), "decided matter", ref, self.refs)
        for i, principle in enumerate(entry.principles):
            for n, rule in enumerate(principle.rules):
                if rule not in self.rules:
                    where = (*path, "principles", i, "rules", n)
                    yield self._unknown(file, where, "rule", rule, self.rules)
        seen: set[str] = set()
        for i, part in enumerate(entry.parts):
            if part.id in seen:
                where = (*path, "parts", i, "id")
                yield file, where, "duplicate-id", f"a second part '{part.id}'", "rename one"
            seen.add(part.id)
            yield from self.part(file, (*path, "parts", i), part, entry.decided)

    def part(self, file: str, path: Where, part: Part, decided: str) -> Iterator[Wrong]:
        for i, limb in enumerate(part.limbs):
            if not any(is_part(limb, one) for one in self.provisions):
                yield self._unknown(file, (*path, "limbs", i), "provision", limb, self.provisions)
        for section in ("facts", "inferred"):
            for key, answer in getattr(part, section).items():
                fact = self.facts.get(key)
                if fact is None:
                    yield self._unknown(file, (*path, section, key), "fact", key, set(self.facts))
                elif not _possible(fact, answer, decided):
                    text = f"'{answer}' is no answer to '{key}'"
                    right = _RIGHT.get(fact.type) or nearest(answer, fact.choices)
                    right = right or f"use one of {', '.join(fact.choices)}"
                    yield file, (*path, section, key), "schema", text, right
        for i, stated in enumerate(part.factors):
            where = (*path, "factors", i)
            if stated.factor and stated.factor not in self.factors:
                yield self._unknown(file, where, "factor", stated.factor, self.factors)
            if bool(stated.factor) == (stated.side is not None):
                text = "a factor of the rulebook has its own side; any other names one"
                yield file, where, "schema", text, "give `factor` or `side`"
        known = {*part.facts, *(stated.factor for stated in part.factors)}
        for i, name in enumerate(part.reason):
            if name not in known:
                where = (*path, "reason", i)
                yield self._unknown(file, where, "fact or factor of this part", name, known)

    def _unknown(self, file: str, path: Where, what: str, key: str, known: set[str]) -> Wrong:
        return file, path, "dangling-id", f"unknown {what} '{key}'", nearest(key, known)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text + "-01-01"[len(text) - 4 :]))
    except ValueError:
        return False


def _possible(fact: Fact, answer: str, decided: str) -> bool:
    """Whether a fact can have this answer; `unknown` is left out of a decided matter instead.

    No record of a matter is of a later year than its decision.
    """
    if fact.type == "yes_no":
        return answer in ("yes", "no")
    if fact.type == "choice":
        return answer in fact.choices
    if fact.type == "year":
        return bool(_YEAR.fullmatch(answer)) and (not decided or answer <= decided[:4])
    if fact.type == "number":
        return answer.isascii() and answer.isdigit() and len(answer) <= 9
    if fact.type == "date":
        return len(answer) == 10 and _is_day(answer)
    return bool(answer.strip())
