"""Every entry of a rulebook, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor.rulebook.book import Book

# kind -> (section, the attribute that says in a line what an entry is)
_SECTIONS = {
    "source": ("sources", "title"),
    "fact": ("facts", "ask"),
    "derived": ("derived", "means"),
    "conclusion": ("conclusions", "means"),
    "factor": ("factors", "interest"),
    "not_counted": ("not_counted", "because"),
    "balance": ("balances", "question"),
    "limb": ("limbs", "title"),
    "exemption": ("exemptions", "title"),
    "outcome": ("outcomes", "means"),
    "step": ("order_of_decision", "because"),
    "route": ("routes", "title"),
    "requirement": ("requirements", "text"),
    "mistake": ("mistakes", "title"),
    "not_tested": ("not_tested", "why"),
    "passages": ("wording", "heading"),
    "requirement_in_a_letter": ("requirements_in_text", "title"),
    "dimension": ("dimensions", "because"),
    "precedent": ("precedents", "title"),
}
# What is law as well, and too much for a list: what letters say, and what shows in them.
_UNLISTED = {
    "opening": "openings",
    "in_common": "in_common",
    "word_list": "word_lists",
    "sign_of_a_letter": "signs_in_text",
    "reading_of_a_letter": "readings_of_text",
    "mistake_in_a_letter": "mistakes_in_text",
}


@dataclass(frozen=True)
class Listed:
    """An entry, what kind it is, what it says in a line, and where it stands."""

    id: str
    kind: str
    text: str
    file: str
    entry: Any

    @property
    def name(self) -> str:
        """What `overrides` calls it: a factor by its balance as well, since two may share an id."""
        return f"{self.entry.balance}.{self.id}" if self.kind == "factor" else self.id


def catalogue(book: Book) -> list[Listed]:
    """Every entry, rules with what they conclude, in the order of the Act's files."""
    return list(_entries(book))


def everything(book: Book) -> list[Listed]:
    """The catalogue, and what it leaves out: passages of letters, signs, openings."""
    found = catalogue(book)
    for file, _, entry in book.entries("wording"):
        found += [Listed(one.id, "passage", one.text, file, one) for one in entry.passages]
    for kind, section in _UNLISTED.items():
        found += [Listed(key, kind, "", file, one) for file, key, one in book.entries(section)]
    return found


def _entries(book: Book) -> Iterator[Listed]:
    for kind, (section, attribute) in _SECTIONS.items():
        for file, key, entry in book.entries(section):
            name = getattr(entry, "id", key)
            yield Listed(name, kind, getattr(entry, attribute), file, entry)
            for rule in (*getattr(entry, "rules", ()), *getattr(entry, "weights", ())):
                yield Listed(rule.id, "rule", rule.because, file, rule)
