"""What an interview is kept in: the events of one assessment, in the order they happened.

The register's saved assessments are records; a Notebook is one in memory, for what is only tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from advisor.register.events import Event


class Record(Protocol):
    """`append` comes back once the events are kept, all or none of them."""

    @property
    def events(self) -> Sequence[Event]: ...

    def append(self, *events: Event) -> object: ...


class Notebook:
    """A record in memory."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.events: list[Event] = list(events)

    def append(self, *events: Event) -> None:
        self.events.extend(events)
