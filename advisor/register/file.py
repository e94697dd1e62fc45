"""A register's file while it is in use: rows and links read from it, transactions written to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from advisor.register import database
from advisor.register.chain import Link
from advisor.sources import InputError, Problem

_COLUMNS = "assessment, seq, kind, data, at, by, previous, hash"
_TYPES = (str, int, str, str, str, str, str, str)


class RegisterFile:
    """Opened when it is first needed, and made by `writing(create=True)` only.

    A connection belongs to the thread that opened it. Every method raises InputError where the
    file cannot be used.
    """

    def __init__(self, path: Path | None, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None

    @property
    def path(self) -> Path:
        """Where it is; the default is looked up when it is first asked for."""
        if self._path is None:
            self._path = database.default_path()
        return self._path

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def rows(self, query: str, *values: str | int) -> list[Any]:
        """The rows that a query finds; none where there is no file."""
        with database.plainly(self.path):
            connection = self._connected(create=False)
            found = connection.execute(query, values).fetchall() if connection else []
        # A register holds text and whole numbers; damage can make other things of them.
        if not all(type(value) in (str, int) for row in found for value in row):
            raise self._damaged()
        return found

    def links(self, table: str, where: str = "", *values: str | int) -> list[Link]:
        """The links of `events` or `journal` that a condition chooses, in their order."""
        query = f"SELECT {_COLUMNS} FROM {table} {where} ORDER BY assessment, seq"
        found = self.rows(query, *values)
        if any(tuple(map(type, row)) != _TYPES for row in found):
            raise self._damaged()
        return [Link(*row) for row in found]

    def add(self, table: str, links: Iterable[Link]) -> None:
        """Write links, inside a transaction."""
        assert self._connection is not None
        query = f"INSERT INTO {table} ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        for one in links:
            values = (
                one.assessment, one.seq, one.kind, one.data, one.at, one.by, one.previous, one.hash
            )  # fmt: skip
            self._connection.execute(query, values)

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction: what is in it is on the disk when this ends, or none of it is."""
        with database.plainly(self.path):
            connection = self._there(create)
            with database.writing(connection):
                # An answer must not be acknowledged into a file that is no longer there.
                if _identity(self.path) != self._identity:
                    text, right = "was moved, deleted or replaced meanwhile", "start again"
                    raise InputError(Problem(str(self.path), 0, 0, text, right))
                yield connection

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The file as it is at one moment, whatever others write. Raises where there is none."""
        with database.plainly(self.path):
            connection = self._there(create=False)
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _damaged(self) -> InputError:
        return InputError(Problem(str(self.path), 0, 0, *database.DAMAGED))

    def _there(self, create: bool) -> sqlite3.Connection:
        connection = self._connected(create)
        if connection is None:
            raise InputError(Problem(str(self.path), 0, 0, "there is no register here"))
        return connection

    def _connected(self, create: bool) -> sqlite3.Connection | None:
        if self._connection is None:
            self._connection = database.connect(self.path, create=create, patience=self._patience)
            self._identity = _identity(self.path)
        return self._connection


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
