"""Writing a case: from a saved assessment with names and references taken out, or from the start.

What is taken out is shown, so that the trainer can see it and what was missed: no pattern knows
every name, and a person reads the case before it is shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


NAME = "[name]"
# Words that begin with a capital in the middle of a sentence and name nobody.
_NO_NAMES = frozenset(
    {
        "Act", "Acts", "Section", "Sections", "Freedom", "Information", "Commissioner",
        "Commission", "Tribunal", "Court", "Crown", "Prosecution", "Service", "Police",
        "Constabulary", "Council", "Regulation", "Regulations", "Part", "Parliament",
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday",
        "Friday", "Saturday", "Sunday", "England", "Wales", "Scotland", "Northern", "Ireland",
        "City", "County", "District", "Borough", "Agency", "Office", "Authority", "Department",
        "Ministry", "Trust", "Force", "United", "Kingdom", "Data", "Protection", "Environmental",
        "General", "I",
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
_TITLES = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|PC|DC|DS|DI|DCI|Sergeant|Inspector|Judge)\.? "
)
_TITLED = re.compile(_TITLES.pattern + r"([A-Z][\w’'-]+( [A-Z][\w’'-]+)*)")
_SEVERAL = re.compile(r"\b[A-Z][a-z’']+(?:[ -][A-Z][a-z’']+)+\b")
# Keys whose text is written by a person; everything else is a word of the format.
_TEXTS = frozenset({"title", "request", "description", "disclose", "reason", "interest"})


def cleaned(case: Case, book: Rulebook, reference: str) -> tuple[str, list[Removal]]:
    """A case file from an assessment, without names and references, and what was taken out."""
    removed: list[Removal] = []
    law = book.law(book.as_at(case))
    texts = {key for key, fact in law.facts.items() if fact.type == "text"} | _TEXTS

    def walk(value: Any, change: Callable[[str, str], str], where: str = "", key: str = "") -> Any:
        """The data with every text that a person wrote changed."""
        if isinstance(value, dict):
            return {k: walk(v, change, f"{where}.{k}" if where else k, k) for k, v in value.items()}
        if isinstance(value, list):
            return [walk(v, change, f"{where}.{i}", key) for i, v in enumerate(value)]
        return change(where, value) if isinstance(value, str) and key in texts else value

    signed = [one.by for item in case.items for one in _signed(item) if one.by]
    known = [case.reference, case.authority.name, *signed]

    def collect(where: str, text: str) -> str:
        known.extend(old for old, new in without_names(text, [])[1] if new == NAME)
        return text

    def take_out(where: str, text: str) -> str:
        text, found = without_names(text, known)
        removed.extend(Removal(where, old, new) for old, new in found)
        return text

    data = plain_case(case)
    for key in ("notes", "teaching", "source", "expect"):
        _drop(data, key, "", removed)
    for i, item in enumerate(data["items"]):
        for key in ("notes", "expect"):
            _drop(item, key, f"items.{i}.", removed)
    _unsign(data, "", removed)
    walk(data, collect)
    known += [word for name in known[1:] for word in _words(name)]
    data = walk(data, take_out)
    for number, item in enumerate(data["items"], 1):
        if without_names(item["id"], known)[1]:
            removed.append(Removal(f"items.{number - 1}.id", item["id"], f"part-{number}"))
            item["id"] = f"part-{number}"
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

    for pattern, new in _PATTERNS:
        text = pattern.sub(lambda match, new=new: out(match[0], new), text)  # type: ignore[misc]
    for one in sorted({*filter(None, known)}, key=lambda one: (-len(one), one)):
        pattern = re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", _case(one))
        text = pattern.sub(lambda match: out(match[0], NAME), text)
    text = _TITLED.sub(lambda match: out(_bare(match[0]), NAME) + _ending(match[0]), text)

    def several(match: re.Match[str]) -> str:
        words = match[0].split()
        if any(word in _NO_NAMES for word in words):
            return match[0]
        return out(_bare(match[0]), NAME) + _ending(match[0])

    return _SEVERAL.sub(several, text), found


def _words(name: str) -> Iterator[str]:
    """The words of a name that may stand alone elsewhere."""
    for word in re.findall(r"[^\W\d_]+", _TITLES.sub("", name)):
        if word[:1].isupper() and len(word) > 2 and word not in _NO_NAMES:
            yield word


def _case(name: str) -> re.RegexFlag:
    """A long name is one in small letters too; a short one may be an ordinary word."""
    return re.IGNORECASE if len(name) > 5 else re.NOFLAG


def _bare(name: str) -> str:
    return name.removesuffix(_ending(name))


def _ending(name: str) -> str:
    """The ending that makes a name somebody's."""
    return name[-2:] if name.endswith(("'s", "’s")) else ""


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
