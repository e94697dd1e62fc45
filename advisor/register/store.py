"""The register: saved assessments in one SQLite file.

    with Register(path) as register:
        saved = register.create("FOI/1", by="A. Officer")
        saved.append(Event("item_added", {"item": "file"}, by="A. Officer"))
        register.open("FOI/1").case().items[0].id

Whatever `append` returned from is on the disk. References are data: never a path, never a
pattern, and shown without what would act on a terminal. Everything raises InputError, in one
message, where the file cannot be used.

It must not lie on a network share: SQLite's write-ahead log does not work there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from advisor.case import Case
from advisor.register import database
from advisor.register.chain import Broken, Link, broken, text
from advisor.register.events import BYSTANDERS, Event, apply, replay
from advisor.sources import InputError, Problem, nearest

_COLUMNS = "assessment, seq, kind, data, at, by, previous, hash"
_INSERT = f"INSERT INTO {{}} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Conflict(InputError):
    """Another window has gone on with the assessment that this one has open."""

    def __init__(self, reference: str, what: str = "has gone on with this assessment") -> None:
        right = "nothing of this step is saved; go on there, or leave here and resume it"
        super().__init__(Problem(reference, 0, 0, f"another window {what}", right))


@dataclass(frozen=True)
class Summary:
    """A saved assessment in a list. `outcome` is that of the last advice that was recorded."""

    reference: str
    title: str
    events: int
    opened: str
    changed: str
    by: str
    outcome: str
    review_of: str
    head: str

    def as_json(self) -> dict[str, Any]:
        return {
            "ref": self.reference,
            "title": self.title,
            "outcome": self.outcome or None,
            "review_of": self.review_of or None,
            "opened": self.opened,
            "changed": self.changed,
            "by": self.by,
            "events": self.events,
            "head": self.head,
        }


@dataclass(frozen=True)
class Deletion:
    """What is kept of an assessment that was deleted."""

    reference: str
    at: str
    by: str
    events: int
    head: str

    def as_json(self) -> dict[str, Any]:
        return {
            "ref": self.reference,
            "deleted": self.at,
            "by": self.by,
            "events": self.events,
            "head": self.head,
        }


# Inside the class `list` is its method, as the outside knows it.
Problems, Summaries, Deletions, References = (
    list[Broken], list[Summary], list[Deletion], list[str],
)  # fmt: skip


class Register:
    """The saved assessments in one file; without a path, in the user's data folder.

    The file is opened when it is first needed, and made by `create` only: whatever reads finds
    an empty register where there is none. A connection belongs to the thread that opened it.
    """

    def __init__(self, path: Path | str | None = None, *, patience: float = 5.0) -> None:
        self._path = Path(path) if path is not None else None
        self._patience = patience
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @property
    def path(self) -> Path:
        """The file."""
        if self._path is None:
            self._path = database.default_path()
        return self._path

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __contains__(self, reference: str) -> bool:
        rows = self._rows("SELECT 1 FROM assessments WHERE reference = ?", text(reference))
        return bool(rows)

    def references(self) -> References:
        """The references of all saved assessments."""
        rows = self._rows("SELECT reference FROM assessments ORDER BY reference")
        return [row[0] for row in rows]

    def create(self, reference: str, events: Iterable[Event] = (), *, by: str = "") -> Saved:
        """A new assessment, with the events that it begins with, saved together or not at all.

        Raises InputError where the reference is blank or already taken.
        """
        reference = text(reference)
        if not reference.strip():
            raise InputError(Problem("reference", 0, 0, "is blank", "give the request's reference"))
        saved = Saved(self, reference, [])
        with self._writing(create=True) as connection:
            if reference in self:
                right = "go on with it, or choose another reference"
                raise InputError(Problem(reference, 0, 0, "is saved already", right))
            connection.execute("INSERT INTO assessments VALUES (?)", (reference,))
            self._record(connection, "created", reference, {}, by)
            added = saved._following(tuple(events))
            connection.executemany(_INSERT.format("events"), map(_row, added))
        saved._take(added)
        return saved

    def open(self, reference: str) -> Saved:
        """A saved assessment. Raises InputError, with the nearest reference, where there is none."""
        reference = text(reference)
        if reference not in self:
            right = nearest(reference, self.references())
            problem = Problem(reference, 0, 0, "no saved assessment has this reference", right)
            raise InputError(problem)
        return Saved(self, reference, self._links("events", "WHERE assessment = ?", reference))

    def head(self, reference: str) -> str:
        """The hash of an assessment's last event: what stands for all of its events."""
        return self.open(reference).head

    def delete(self, reference: str, *, by: str = "") -> Deletion:
        """Delete an assessment, whole; what remains is the record that it was deleted."""
        reference = text(reference)
        self.open(reference)
        with self._writing() as connection:
            links = self._links("events", "WHERE assessment = ?", reference)
            data = {"events": len(links), "head": links[-1].hash if links else ""}
            made = self._record(connection, "deleted", reference, data, by)
            # What is deleted is overwritten, in the file and in the log beside it.
            connection.execute("DELETE FROM events WHERE assessment = ?", (reference,))
            connection.execute("DELETE FROM assessments WHERE reference = ?", (reference,))
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return _deletion(made)

    def deletions(self) -> Deletions:
        """What was deleted, the oldest first."""
        return [_deletion(one) for one in self._links("journal") if one.kind == "deleted"]

    def list(self) -> Summaries:
        """All saved assessments, the one changed last first."""
        from advisor.register.listing import summaries

        return summaries(self._rows)

    def verify(self, reference: str | None = None) -> Problems:
        """Where a chain does not hold: of one assessment, or of everything and the file itself."""
        if reference is not None:
            return self.open(reference).broken()
        from advisor.register.verifying import verify

        with database.plainly(self.path):
            connection = self._connected(create=False)
            if connection is None:
                raise InputError(Problem(str(self.path), 0, 0, "there is no register here"))
            return verify(connection, _COLUMNS)

    # What Saved needs.

    def _rows(self, query: str, *values: str | int) -> Rows:
        with database.plainly(self.path):
            connection = self._connected(create=False)
            return connection.execute(query, values).fetchall() if connection else []

    def _links(self, table: str, where: str = "", *values: str | int) -> Links:
        query = f"SELECT {_COLUMNS} FROM {table} {where} ORDER BY seq"
        return [Link(*row) for row in self._rows(query, *values)]

    @contextmanager
    def _writing(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        with database.plainly(self.path):
            connection = self._connected(create)
            if connection is None:
                raise InputError(Problem(str(self.path), 0, 0, "there is no register here"))
            with database.writing(connection):
                # An answer must not be acknowledged into a file that is no longer there.
                if _identity(self.path) != self._file:
                    text, right = "was moved, deleted or replaced meanwhile", "start again"
                    raise InputError(Problem(str(self.path), 0, 0, text, right))
                yield connection

    def _connected(self, create: bool) -> sqlite3.Connection | None:
        if self._connection is None:
            self._connection = database.connect(self.path, create=create, patience=self._patience)
            self._file = _identity(self.path)
        return self._connection

    def _record(
        self,
        connection: sqlite3.Connection,
        kind: str,
        reference: str,
        data: dict[str, Any],
        by: str,
    ) -> Link:
        """Write the register's own journal, which says what was created and deleted."""
        last = self._links("journal", "WHERE seq = (SELECT max(seq) FROM journal)")
        made = Link.after(last[0] if last else None, reference, Event(kind, data, by=by))
        connection.execute(_INSERT.format("journal"), _row(made))
        return made


Rows, Links = list[Any], list[Link]


class Saved:
    """An assessment in a register, as this window knows it."""

    def __init__(self, register: Register, reference: str, links: Links) -> None:
        self.reference = reference
        self._register = register
        self._links: Links = links
        self._case: Case | None = None
        self._events: tuple[Event, ...] | None = None

    @property
    def links(self) -> tuple[Link, ...]:
        """Its events in their chain."""
        return tuple(self._links)

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened, from the beginning. Raises InputError where that cannot be read."""
        if self._events is None:
            try:
                self._events = tuple(link.event for link in self._links)
            except ValueError:
                raise self._unreadable() from None
        return self._events

    @property
    def head(self) -> str:
        """The hash of the last event, empty where there is none yet."""
        return self._links[-1].hash if self._links else ""

    def case(self) -> Case:
        """The case that the events result in, under the reference that it is saved by."""
        if self._case is None:
            try:
                self._case = replace(replay(self.events), reference=self.reference)
            except (ValueError, KeyError, TypeError, AttributeError):
                raise self._unreadable() from None
        return self._case

    def append(self, *events: Event) -> None:
        """Save what happened. When this returns it is on the disk; if it raises, nothing is.

        Several events are saved together or not at all. Raises Conflict where another window has
        gone on meanwhile, ValueError or KeyError for an event that makes no sense after the rest.
        """
        register = self._register
        with register._writing() as connection:
            missed = self._missed()
            added = self._following(events, missed)
            connection.executemany(_INSERT.format("events"), map(_row, added))
        self._take([*missed, *added])

    def broken(self) -> Problems:
        """Where its chain does not hold."""
        return list(broken(self._links))

    def position(self, head: str) -> int | None:
        """After which of its events `head` was the head; None where it never was."""
        return next((link.seq for link in self._links if link.hash == head), None)

    def _missed(self) -> Links:
        """What others put on record meanwhile. Raises Conflict where they did more than that."""
        known = self._links[-1] if self._links else None
        if self.reference not in self._register:
            raise Conflict(self.reference, "has deleted this assessment")
        where = "WHERE assessment = ? AND seq >= ?"
        rows = self._register._links("events", where, self.reference, known.seq if known else 1)
        if known is not None:
            if not rows or rows[0] != known:
                raise Conflict(self.reference)
            rows = rows[1:]
        if any(row.kind not in BYSTANDERS for row in rows):
            raise Conflict(self.reference)
        return rows

    def _following(self, events: tuple[Event, ...], missed: Iterable[Link] = ()) -> Links:
        """The links that keep `events`; each event is tried on the case before it is kept."""
        case = self.case()
        last = next(reversed([*self._links, *missed]), None)
        added: Links = []
        for event in events:
            last = Link.after(last, self.reference, event)
            case = apply(case, last.event)
            added.append(last)
        return added

    def _take(self, added: Links) -> None:
        case = self.case()
        for link in added:
            case = apply(case, link.event)
        self._links = [*self._links, *added]
        self._case = replace(case, reference=self.reference)
        self._events = None

    def _unreadable(self) -> InputError:
        text, right = "what is saved was changed and cannot be read", "see `advisor register verify`"
        return InputError(Problem(self.reference, 0, 0, text, right))


def _row(link: Link) -> tuple[str | int, ...]:
    return (
        link.assessment, link.seq, link.kind, link.data, link.at, link.by, link.previous, link.hash,
    )  # fmt: skip


def _deletion(link: Link) -> Deletion:
    data = link.event.data
    return Deletion(link.assessment, link.at, link.by, data["events"], data["head"])


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
