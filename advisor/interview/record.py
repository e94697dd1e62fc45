"""What an interview is kept in: the events of one assessment, in the order they happened.

The register's saved assessments are records; a Notebook is one in memory, for what is only tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


class Beginning:
    """A record that is only made once there is something to keep.

    `create` makes it, from a reference and the events that it begins with; without `reference` the
    first event, that an assessment is opened, has it.
    """

    def __init__(
        self,
        create: Callable[[str, tuple[Event, ...]], Record],
        events: Iterable[Event] = (),
        reference: str = "",
    ) -> None:
        self._create, self._begun, self._reference = create, tuple(events), reference
        self.kept: Record | None = None

    @property
    def events(self) -> Sequence[Event]:
        return self.kept.events if self.kept is not None else self._begun

    def append(self, *events: Event) -> None:
        if self.kept is not None:
            self.kept.append(*events)
            return
        whole = (*self._begun, *events)
        self.kept = self._create(self._reference or whole[0].data["reference"], whole)
