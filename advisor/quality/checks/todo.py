"""What somebody meant to write and has not yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from advisor.quality.checks.places import Spot, Where
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law

NAME = "todo"
SEVERITY = "warning"
_TODO = re.compile(r"\b(TODO|TBD|FIXME)\b")


def find(book: Book, law: Law) -> Iterator[Spot]:
    """Each text that says so, as a scaffold does."""
    for file, document in book.documents.items():
        for path, text in _texts(document.data, ()):
            if _TODO.search(text):
                yield Spot(str(path[-1]), file, path, f"still to be written: {text}")


def _texts(data: Any, path: Where) -> Iterator[tuple[Where, str]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        if isinstance(value, str):
            yield (*path, key), value
        elif isinstance(value, dict | list):
            yield from _texts(value, (*path, key))
