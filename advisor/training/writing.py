"""Writing a case: from a saved assessment with names and references taken out, or from the start.

What is taken out is shown, so that the trainer can see it and what was missed: no pattern knows
every name, and a person reads the case before it is shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor.advice.rulebook import Rulebook
from advisor.case import Case
from advisor.training.files import as_yaml, in_order, plain_case
from advisor.training.varying import expectations


@dataclass(frozen=True)
class Removal:
    """Something taken out of a text: where it stood, what it was, what stands there now."""

    where: str
    old: str
    new: str


# Words that begin with a capital in the middle of a sentence and name nobody.
_NO_NAMES = frozenset(
    {
        "Act", "Acts", "Section", "Sections", "Freedom", "Information", "Commissioner",
        "Commission", "Tribunal", "Court", "Crown", "Prosecution", "Service", "Police",
        "Constabulary", "Council", "Regulation", "Regulations", "Part", "Parliament",
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday",
        "Friday", "Saturday", "Sunday", "England", "Wales", "Scotland", "Northern", "Ireland",
        "United", "Kingdom", "Data", "Protection", "Environmental", "General", "I",
    }
)  # fmt: skip
_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[email]"),
    (re.compile(r"https?://\S+"), "[address]"),
    (re.compile(r"\b[A-Z]{2,}[-/.]?[\dA-Z]*([-/.][\dA-Z]+)+\b"), "[reference]"),
    (re.compile(r"\b\d{1,4}(/[\w-]+){2,}\b"), "[reference]"),
    (re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b"), "[postcode]"),
    (re.compile(r"(?<![\w-])\+?\d[\d ]{8,}\d\b"), "[number]"),
)
_TITLED = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|PC|DC|DS|DI|DCI|Sergeant|Inspector|Judge)\.? "
    r"([A-Z][\w’'-]+( [A-Z][\w’'-]+)*)"
)
_SEVERAL = re.compile(r"\b[A-Z][a-z’']+(?:[ -][A-Z][a-z’']+)+\b")
# Keys whose text is written by a person; everything else is a word of the format.
_TEXTS = frozenset({"title", "request", "description", "disclose", "reason", "interest"})


def cleaned(case: Case, book: Rulebook, reference: str) -> tuple[str, list[Removal]]:
    """A case file from an assessment, without names and references, and what was taken out."""
    removed: list[Removal] = []
    known = [case.reference, case.authority.name]
    known += [one.by for item in case.items for one in _signed(item) if one.by]
    law = book.law(book.as_at(case))
    texts = {key for key, fact in law.facts.items() if fact.type == "text"} | _TEXTS

    def walk(value: Any, where: str, key: str) -> Any:
        if isinstance(value, dict):
            return {k: walk(v, f"{where}.{k}" if where else k, k) for k, v in value.items()}
        if isinstance(value, list):
            return [walk(v, f"{where}.{i}", key) for i, v in enumerate(value)]
        if not isinstance(value, str) or key not in texts:
            return value
        text, found = without_names(value, known)
        removed.extend(Removal(where, old, new) for old, new in found)
        return text

    data = plain_case(case)
    for key in ("notes", "teaching", "source", "expect"):
        _drop(data, key, "", removed)
    for i, item in enumerate(data["items"]):
        for key in ("notes", "expect"):
            _drop(item, key, f"items.{i}.", removed)
    _unsign(data, "", removed)
    data = walk(data, "", "")
    removed.insert(0, Removal("reference", case.reference, reference))
    data["reference"] = reference
    if case.authority.name:
        removed.insert(1, Removal("authority.name", case.authority.name, "The authority"))
        data["authority"] = {"name": "The authority", "kind": case.authority.kind}
    return finished(Case.parse(as_yaml(data), reference), book, "an assessment"), removed


def finished(case: Case, book: Rulebook, made_from: str) -> str:
    """A case as a file; what the law says of it is its expectation, for a trainer to accept."""
    assessment = book.assess(case, engine="direct")
    data = plain_case(case)
    for item, found in zip(data["items"], expectations(assessment), strict=True):
        item["expect"] = found
    data["expect"] = {"overall": assessment.outcome}
    data["teaching"] = {"status": "proposed", **case.teaching}
    data["source"] = {"made_from": made_from}
    return as_yaml(in_order(data))


def without_names(text: str, known: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """Text without the names and references in it, and what was taken out.

    >>> without_names("Ask Mr Bull about FOI/26/1.", [])
    ('Ask [name] about [reference].', [('FOI/26/1', '[reference]'), ('Mr Bull', '[name]')])
    """
    found: list[tuple[str, str]] = []

    def out(old: str, new: str) -> str:
        if (old, new) not in found:
            found.append((old, new))
        return new

    for one in sorted(filter(None, known), key=len, reverse=True):
        if one in text:
            text = text.replace(one, out(one, "[name]"))
    for pattern, new in _PATTERNS:
        text = pattern.sub(lambda match, new=new: out(match[0], new), text)  # type: ignore[misc]
    text = _TITLED.sub(lambda match: out(match[0], "[name]"), text)

    def several(match: re.Match[str]) -> str:
        words = match[0].split()
        if any(word in _NO_NAMES for word in words):
            return match[0]
        return out(match[0], "[name]")

    return _SEVERAL.sub(several, text), found


def _drop(data: dict[str, Any], key: str, where: str, removed: list[Removal]) -> None:
    if key in data:
        del data[key]
        removed.append(Removal(f"{where}{key}", "all of it", "nothing"))


def _signed(item: Any) -> Iterator[Any]:
    yield from item.weights.values()
    yield from item.weights_confirm_or_deny.values()
    yield from item.considerations
    yield from item.considerations_confirm_or_deny
    yield from (one for one in (item.balance, item.balance_confirm_or_deny) if one is not None)


def _unsign(value: Any, where: str, removed: list[Removal]) -> None:
    """Take out who weighed and concluded."""
    if isinstance(value, dict):
        if isinstance(value.get("by"), str):
            removed.append(Removal(f"{where}by", value.pop("by"), "nothing"))
        for key, inner in value.items():
            _unsign(inner, f"{where}{key}.", removed)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            _unsign(inner, f"{where}{i}.", removed)
