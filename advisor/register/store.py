"""The register: saved assessments in one SQLite file.

    with Register(path) as register:
        saved = register.create("FOI/1", by="A. Officer")
        saved.append(Event("item_added", {"item": "file"}, by="A. Officer"))
        register.open("FOI/1").case().items[0].id

Whatever `append` returned from is on the disk. References are data: never a path, never a
pattern. Everything raises InputError, in one message, where the file cannot be used.

It must not lie on a network share: SQLite's write-ahead log does not work there.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from advisor.register.chain import Broken, Link, text
from advisor.register.events import Event
from advisor.register.file import RegisterFile
from advisor.register.listing import Deletion, Summary, summaries
from advisor.register.saved import Conflict, Saved
from advisor.sources import InputError, Problem, nearest

__all__ = ["Broken", "Conflict", "Deletion", "Register", "Saved", "Summary"]

Many = list  # inside the class `list` is its method, as the outside knows it


class ReferenceRefused(InputError):
    """A new assessment cannot have this reference; it can have another."""


class Register:
    """The saved assessments in one file; without a path, in the user's data folder.

    The file is opened when it is first needed, and made by `create` only: whatever reads finds
    an empty register where there is none. `patience` is how many seconds to wait for another
    writer. It belongs to the thread that uses it first.
    """

    def __init__(self, path: Path | str | None = None, *, patience: float = 5.0) -> None:
        self._file = RegisterFile(Path(path) if path is not None else None, patience)

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._file.path

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
        self._file.close()

    def __contains__(self, reference: str) -> bool:
        query = "SELECT 1 FROM assessments WHERE reference = ?"
        return bool(self._file.rows(query, text(reference)))

    def references(self) -> Many[str]:
        """The references of all saved assessments, in order."""
        rows = self._file.rows("SELECT reference FROM assessments ORDER BY reference")
        return [row[0] for row in rows]

    def create(self, reference: str, events: Iterable[Event] = (), *, by: str = "") -> Saved:
        """A new assessment and the events that it begins with, saved together or not at all.

        Raises ReferenceRefused where the reference is blank or taken.
        """
        reference = text(reference)
        if not reference.strip():
            problem = Problem("reference", 0, 0, "is blank", "give the request's reference")
            raise ReferenceRefused(problem)
        saved = Saved(self._file, reference)
        with self._file.writing(create=True) as connection:
            if reference in self:
                right = "go on with it, or choose another reference"
                raise ReferenceRefused(Problem(reference, 0, 0, "is saved already", right))
            connection.execute("INSERT INTO assessments VALUES (?)", (reference,))
            self._journal(reference, Event("created", by=by))
            saved.begin(tuple(events))
        return saved

    def open(self, reference: str) -> Saved:
        """A saved assessment. Raises InputError, with the nearest reference, if there is none."""
        reference = text(reference)
        if reference not in self:
            right = nearest(reference, self.references())
            said = "no saved assessment has this reference"
            raise InputError(Problem(reference, 0, 0, said, right))
        links = self._file.links("events", "WHERE assessment = ?", reference)
        return Saved(self._file, reference, tuple(links))

    def head(self, reference: str) -> str:
        """The hash of an assessment's last event, which stands for all of its events."""
        return self.open(reference).head

    def delete(self, reference: str, *, by: str = "") -> Deletion:
        """Delete an assessment whole; what remains is the record that it was deleted."""
        self.open(reference)  # says so where there is none
        with self._file.writing() as connection:
            saved = self.open(reference)
            data = {"events": len(saved.links), "head": saved.head}
            record = self._journal(saved.reference, Event("deleted", data, by=by))
            # What goes is overwritten, here in the file and below in the log beside it.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM events WHERE assessment = ?", (saved.reference,))
            connection.execute("DELETE FROM assessments WHERE reference = ?", (saved.reference,))
        self._file.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return Deletion.of(record)

    def deletions(self) -> Many[Deletion]:
        """What was deleted, the latest first."""
        links = self._file.links("journal", "WHERE kind = 'deleted'")
        return [Deletion.of(one) for one in sorted(links, key=lambda one: -one.seq)]

    def list(self) -> Many[Summary]:
        """All saved assessments, the one changed last first."""
        return summaries(self._file)

    def verify(self, reference: str | None = None) -> Many[Broken]:
        """Where a chain does not hold: of one assessment, or of all and of the file itself."""
        if reference is not None:
            return self.open(reference).broken()
        from advisor.register.verifying import verify

        return verify(self._file)

    def copies(self) -> Many[Path]:
        """Copies of the file that upgrades left beside it; a deletion does not reach them."""
        from advisor.register.database import copies

        return copies(self.path)

    def _journal(self, reference: str, event: Event) -> Link:
        """Write down, inside a transaction, that an assessment was created or deleted."""
        last = self._file.links("journal", "WHERE seq = (SELECT max(seq) FROM journal)")
        record = Link.after(last[0] if last else None, reference, event)
        self._file.add("journal", [record])
        return record
