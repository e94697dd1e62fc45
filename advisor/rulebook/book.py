"""A rulebook that was read: the files of a folder as one `Book`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from advisor.rulebook.changes import change_days
from advisor.rulebook.model import RuleFile
from advisor.sources import Document


@dataclass(frozen=True)
class Book:
    """Every file of a rulebook, by its path below the folder, and the digest of them all."""

    folder: str
    digest: str
    files: Mapping[str, RuleFile]
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    known_changes: tuple[date, ...] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which it begins to say something else."""
        return (
            change_days(self.files.values()) if self.known_changes is None else self.known_changes
        )

    def entries(self, section: str) -> Iterator[tuple[str, str, Any]]:
        """(file, id, entry) of one section of every file, in the order they are written."""
        for name, file in self.files.items():
            found = getattr(file, section)
            pairs = found.items() if isinstance(found, Mapping) else enumerate(found)
            for key, entry in pairs:
                yield name, str(key), entry
