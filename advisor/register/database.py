"""The file of a register: opening it, bringing its schema up to date, and errors in plain words.

The file belongs to its owner alone (mode 600, in a folder of mode 700 where that is made here).
Each commit is on the disk before it is acknowledged (write-ahead log, full sync). The law of the
tables is kept by triggers: an event is never changed, and goes only with its whole assessment,
after a record of that deletion has been written.

It deliberately does not know what an event means; see advisor.register.events.
"""

from __future__ import annotations

import glob
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from advisor.sources import InputError, Problem

APPLICATION = 0x464F4972  # "FOIr": tells a register from other SQLite files
OLDEST_SQLITE = (3, 37)  # the first with STRICT tables

_LINK = """
  assessment TEXT NOT NULL{belongs},
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY ({key})
"""
_JUST_DELETED = """
  SELECT 1 FROM journal WHERE seq = (SELECT max(seq) FROM journal)
  AND kind = 'deleted' AND assessment = OLD.{reference}
"""

# One entry for each version of the schema, in order; an entry that was released is never edited.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"PRAGMA application_id = {APPLICATION}",
        "CREATE TABLE assessments (reference TEXT NOT NULL PRIMARY KEY) STRICT",
        "CREATE TABLE events ({}) STRICT".format(
            _LINK.format(belongs=" REFERENCES assessments (reference)", key="assessment, seq")
        ),
        "CREATE TABLE journal ({}) STRICT".format(_LINK.format(belongs="", key="seq")),
        *(
            f"CREATE TRIGGER {table}_never_change BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the {table} of a register are never changed'); END"
            for table in ("assessments", "events", "journal")
        ),
        *(
            f"CREATE TRIGGER {table}_go_with_a_record BEFORE DELETE ON {table} "
            f"WHEN NOT EXISTS ({_JUST_DELETED.format(reference=column)}) "
            "BEGIN SELECT RAISE(ABORT, 'an assessment goes whole, and goes on record'); END"
            for table, column in (("assessments", "reference"), ("events", "assessment"))
        ),
        "CREATE TRIGGER journal_stays BEFORE DELETE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal of a register is never deleted'); END",
        # INSERT OR REPLACE would take a row away without asking the triggers above.
        "CREATE TRIGGER events_follow BEFORE INSERT ON events WHEN NEW.seq != 1 + "
        "(SELECT coalesce(max(seq), 0) FROM events WHERE assessment = NEW.assessment) "
        "BEGIN SELECT RAISE(ABORT, 'an event comes after the last one'); END",
        "CREATE TRIGGER journal_follows BEFORE INSERT ON journal WHEN NEW.seq != 1 + "
        "(SELECT coalesce(max(seq), 0) FROM journal) "
        "BEGIN SELECT RAISE(ABORT, 'a record comes after the last one'); END",
    ),
)


def default_path() -> Path:
    """Where the register is when nobody says otherwise: in the user's data folder."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("foi-exemption-advisor", appauthor=False)) / "register.db"


def connect(path: Path, *, create: bool, patience: float) -> sqlite3.Connection | None:
    """A connection to the register at `path`, its schema up to date; None where there is no file.

    `create` makes file and folder. `patience` is how many seconds to wait for another writer.
    Raises InputError for a file that is not a register, was written by a newer program, or
    cannot be opened.
    """
    with plainly(path):
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            right = f"this Python has {sqlite3.sqlite_version}"
            raise InputError(Problem(str(path), 0, 0, "needs SQLite 3.37 or newer", right))
        if not _present(path, create):
            return None
        connection = _opened(path, patience)
        try:
            _bring_up_to_date(connection, path)
            # Without it the file is as safe and a little slower; a read-only file stays as it is.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection


def _present(path: Path, create: bool) -> bool:
    """Whether the file is there; makes it, for its owner alone, where `create` says so."""
    if create and not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISREG(mode):
        text = "is a folder" if stat.S_ISDIR(mode) else "is not a file"
        raise InputError(Problem(str(path), 0, 0, text, "name the file of a register"))
    return True


def _opened(path: Path, patience: float) -> sqlite3.Connection:
    # mode=rw: SQLite must not make a file of its own, with a mode of its own.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
    try:
        # Bytes that an edit made unreadable must reach the chain, which reports them.
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that the file has not had, all or none, after a copy of the file."""
    if _version(connection, path) == len(MIGRATIONS):
        return
    with writing(connection):
        version = _version(connection, path)  # another window may just have done it
        if version:
            _copy(path, path.with_name(f"{path.name}.v{version}.bak"))
        migrate(connection, version)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run the migrations that come after `version`."""
    for migration in MIGRATIONS[version:]:
        for statement in migration:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the file's schema; 0 for an empty file. Raises InputError."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and (version or tables or application):
        text = "is the file of another program, not a register"
        raise InputError(Problem(str(path), 0, 0, text, "name another file"))
    if version > len(MIGRATIONS):
        text = f"was written by a newer version of this program (its format is {version})"
        right = f"upgrade this one, which knows formats up to {len(MIGRATIONS)}"
        raise InputError(Problem(str(path), 0, 0, text, right))
    return version


def _copy(path: Path, target: Path) -> None:
    """A copy of the committed file in one piece, complete before it has its name."""
    beginning = target.with_name(f"{target.name}.part")
    beginning.unlink(missing_ok=True)
    os.close(os.open(beginning, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_opened(path, 0)) as source:
        source.execute("VACUUM INTO ?", (str(beginning.absolute()),))
    os.replace(beginning, target)


def copies(path: Path) -> list[Path]:
    """The copies that were made before the schema was brought up to date."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.v*.bak"))


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: when this ends without an error, all of it is on the disk; else none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """What goes wrong with the file, as an InputError with one message and what would help."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise  # not the file's fault but this program's
        text, right = _SAID.get(code & 0xFF, (f"cannot be used: {error}", ""))
        raise InputError(Problem(str(path), 0, 0, text, right)) from error
    except UnicodeDecodeError as error:  # SQLite's message quotes a table's damaged text
        raise InputError(Problem(str(path), 0, 0, *DAMAGED)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem(str(path), 0, 0, f"cannot be opened: {reason}", _ELSEWHERE)
        raise InputError(problem) from error


_ELSEWHERE = "name a file where you can write, with --register"
DAMAGED = ("is damaged", "restore it from a copy")
_IN_USE = ("is in use by another program", "end that one, or wait, and try again")
_READ_ONLY = (
    "cannot be written: it, or its folder, is read-only",
    "copy it to where you can write, and name the copy with --register",
)
_SAID = {
    sqlite3.SQLITE_NOTADB: ("is not a register of saved assessments", "name another file"),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened", "it and its folder must be yours to read and to write"
    ),
    sqlite3.SQLITE_FULL: ("the disk is full, so the last step is not saved", "make room"),
    sqlite3.SQLITE_IOERR: ("the disk fails, so the last step is not saved", "use another disk"),
    sqlite3.SQLITE_ERROR: DAMAGED,
}  # fmt: skip
