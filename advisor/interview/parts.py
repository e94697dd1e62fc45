"""The parts of a request: naming them, and telling them apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from advisor.case import Case, Item
from advisor.interview import headers
from advisor.interview.prompts import Prompt, Step
from advisor.register.events import Event
from advisor.rulebook.law import Law

THE_WHOLE = "The whole of the request"
_ALL_NAMED = "all parts are named"

DESCRIBED = Prompt(Step("described"), "What is this part?")
SPLIT = Prompt(
    Step("split"),
    "What is in the part that is split off?",
    help="It begins with the answers of the part that it comes from; change those that differ.",
)


def prompt(law: Law, case: Case) -> Prompt:
    """What the first part is or, where there is one already, the next."""
    first = replace(headers.prompt(law, "part"), step=Step("part"))
    if not case.items:
        return first
    return replace(first, ask="What is the next part?", blank="no more parts")


@dataclass
class Parts:
    """Whether all parts are named, as the events tell."""

    complete: bool = False

    def take(self, event: Event) -> None:
        named = event.kind == "agreed" and event.data.get("result") == _ALL_NAMED
        if named or event.kind in ("imported", "review_of", "answered"):
            self.complete = True


def added(case: Case, description: str) -> Event:
    """A further part."""
    return Event("item_added", {"item": new_id(case, description), "description": description})


def finished() -> Event:
    """That there are no more parts."""
    return Event("agreed", {"item": None, "balance": None, "result": _ALL_NAMED})


def split(case: Case, item: str, description: str) -> Event:
    """A part split off from another, with its answers."""
    into = new_id(case, description)
    return Event("item_split", {"item": item, "into": into, "description": description})


def new_id(case: Case, description: str) -> str:
    """A short id that no part has yet, from the first words of a description.

    >>> new_id(Case("1", "", ()), "Statements of two witnesses, and a map")
    'statements-of-two'
    """
    plain = unicodedata.normalize("NFKD", description).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    stem = "-".join(words[:3])[:32].strip("-")
    if not stem or stem.isdigit():  # a number alone is how a part is pointed at
        stem = f"part-{len(case.items) + 1}"
    taken = {item.id for item in case.items}
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def label(case: Case, key: str | None) -> str:
    """What a question is about, in words."""
    if key is None:
        return "The request"
    number = next(i for i, item in enumerate(case.items, 1) if item.id == key)
    item = case.items[number - 1]
    count = f" of {len(case.items)}" if len(case.items) > 1 else ""
    return f"Part {number}{count}: {item.description or item.id}"


def label_of(case: Case, items: tuple[Item, ...]) -> str:
    """What a question about several parts is about, in words."""
    if items == case.items:
        return label(case, None)
    if len(items) == 1:
        return label(case, items[0].id)
    return numbered([i for i, one in enumerate(case.items, 1) if one in items]).capitalize()


def numbered(numbers: list[int]) -> str:
    """Parts by their numbers.

    >>> numbered([2]), numbered([1, 2, 4])
    ('part 2', 'parts 1, 2 and 4')
    """
    *first, last = map(str, numbers)
    return f"parts {', '.join(first)} and {last}" if first else f"part {last}"


def named(case: Case, word: str) -> str | None:
    """The id of the part that a word means: its id or, where none has that id, its number."""
    if case.item(word) is not None:
        return word
    at = int(word) - 1 if word.isascii() and word.isdigit() and len(word) < 5 else -1
    return case.items[at].id if 0 <= at < len(case.items) else None
