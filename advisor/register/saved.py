"""One saved assessment: its events, the case that they result in, and going on with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from advisor.case import Case
from advisor.register.chain import Broken, Link, broken
from advisor.register.events import BYSTANDERS, Event, apply, replay
from advisor.register.file import RegisterFile
from advisor.sources import InputError, Problem


class Conflict(InputError):
    """Another window has gone on with the assessment that this one has open."""

    def __init__(self, reference: str, what: str = "has gone on with this assessment") -> None:
        right = "nothing of this step is saved; go on there, or leave here and resume it"
        super().__init__(Problem(reference, 0, 0, f"another window {what}", right))


class Saved:
    """An assessment in a register, as this window knows it."""

    def __init__(self, file: RegisterFile, reference: str, links: tuple[Link, ...] = ()) -> None:
        self.reference = reference
        self.links = links
        self._file = file
        self._case: Case | None = None
        self._events: tuple[Event, ...] = ()

    @property
    def path(self) -> Path:
        """Where its register is."""
        return self._file.path

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened, from the beginning. Raises InputError where that cannot be read."""
        try:
            # Links are only ever added, so what was read before stands.
            self._events += tuple(link.event for link in self.links[len(self._events) :])
        except ValueError:
            raise self._unreadable() from None
        return self._events

    @property
    def head(self) -> str:
        """The hash of the last event, which stands for all of them; empty where there is none."""
        return self.links[-1].hash if self.links else ""

    def case(self) -> Case:
        """The case that the events result in, under the reference that it is saved by."""
        if self._case is None:
            self._case = self.case_after(len(self.links))
        return self._case

    def case_after(self, count: int) -> Case:
        """The case as it was after the first `count` events."""
        try:
            return replace(replay(self.events[:count]), reference=self.reference)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._unreadable() from None

    def append(self, *events: Event) -> None:
        """Save what happened. When this returns it is on the disk; if it raises, nothing is.

        Several events are saved together or not at all. Raises Conflict where another window has
        gone on meanwhile, InputError where a review would get another day of decision, ValueError
        or KeyError for an event that makes no sense after the rest.
        """
        with self._file.writing():
            links = self.links + self._missed()
            links, case = self._after(links, events)
            self._file.add("events", links[len(links) - len(events) :])
        self.links, self._case = links, case

    def begin(self, events: tuple[Event, ...]) -> None:
        """Write the first events, inside the transaction that creates the assessment."""
        self.links, self._case = self._after((), events)
        self._file.add("events", self.links)

    @property
    def review_of(self) -> str:
        """The reference of the assessment that this one reviews; empty where it reviews none."""
        found = (one.data["reference"] for one in self.events if one.kind == "review_of")
        return next(found, "")

    def broken(self) -> list[Broken]:
        """Where its chain does not hold."""
        return list(broken(self.links))

    def position(self, head: str) -> int | None:
        """After how many events `head` was the head; None where it never was."""
        return next((link.seq for link in self.links if link.hash == head), None)

    def _after(
        self, links: tuple[Link, ...], events: tuple[Event, ...]
    ) -> tuple[tuple[Link, ...], Case]:
        """The links with those of `events`, each tried on the case before it is kept."""
        case = self.case()
        made = list(links)
        for event in events:
            made.append(Link.after(made[-1] if made else None, self.reference, event))
            after = apply(case, made[-1].event)
            if after.decided != case.decided and any(link.kind == "review_of" for link in made):
                text, right = "a review is judged at the day of the first decision", "leave it so"
                raise InputError(Problem(self.reference, 0, 0, text, right))
            case = after
        return tuple(made), replace(case, reference=self.reference)

    def _missed(self) -> tuple[Link, ...]:
        """What others put on record meanwhile. Raises Conflict where they did more than that."""
        if not self._file.rows("SELECT 1 FROM assessments WHERE reference = ?", self.reference):
            raise Conflict(self.reference, "has deleted this assessment")
        known = self.links[-1:]
        where = "WHERE assessment = ? AND seq >= ?"
        found = self._file.links("events", where, self.reference, known[0].seq if known else 1)
        missed = tuple(found[len(known) :])
        if tuple(found[: len(known)]) != known or any(m.kind not in BYSTANDERS for m in missed):
            raise Conflict(self.reference)
        return missed

    def _unreadable(self) -> InputError:
        text, right = "what is saved was changed from outside", "see `advisor register verify`"
        return InputError(Problem(self.reference, 0, 0, text, right))
