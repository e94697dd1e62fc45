"""Shapes: a key, type, date or condition that the machine cannot take."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.quality.checks.places import structure
from advisor.rulebook.book import Book
from advisor.sources import Problem

NAME = "schema"
SEVERITY = "error"


def find(book: Book) -> Iterator[Problem]:
    """What advisor.rulebook.checking finds of this kind; it keeps a rulebook from being used."""
    return structure(book, NAME)
