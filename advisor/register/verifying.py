"""The tamper check of a whole register: the file, its journal, and every chain in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby

from advisor.register.chain import Broken, Link, broken
from advisor.register.database import migrate
from advisor.register.file import RegisterFile
from advisor.sources import InputError


def verify(file: RegisterFile) -> list[Broken]:
    """Every place where the register is not as this program left it, all as at one moment."""
    with file.reading():
        try:
            return [*_altered(file), *_chains(file)]
        except InputError as error:
            return [Broken("", 0, f"the file {one.text}") for one in error.problems]


def _chains(file: RegisterFile) -> Iterator[Broken]:
    """Where the chains of the assessments and that of the journal do not hold."""
    links = file.links("events")
    for _, chain in groupby(links, key=lambda link: link.assessment):
        yield from broken(chain)
    journal = sorted(file.links("journal"), key=lambda link: link.seq)
    for one in broken(journal):
        yield Broken("", one.event, f"the journal: {one.text}")
    saved = {row[0] for row in file.rows("SELECT reference FROM assessments")}
    yield from _unrecorded(journal, saved | {link.assessment for link in links})


def _unrecorded(journal: list[Link], there: set[str]) -> Iterator[Broken]:
    """Assessments that came or went without the journal."""
    recorded: set[str] = set()
    for link in journal:
        if link.kind == "created":
            recorded.add(link.assessment)
        else:
            recorded.discard(link.assessment)
    for reference in sorted(recorded - there):
        yield Broken(reference, 0, "it was taken out of the file without a record")
    for reference in sorted(there - recorded):
        yield Broken(reference, 0, "it was put into the file without a record")


def _altered(file: RegisterFile) -> Iterator[Broken]:
    """What of the file's pages, tables and triggers is not as the migrations make it."""
    for (said,) in file.rows("PRAGMA quick_check(3)"):
        if said != "ok":
            yield Broken("", 0, f"the file is damaged: {said}")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh, 0)
        made = dict(fresh.execute(_SCHEMA))
    there = dict(file.rows(_SCHEMA))
    for name in sorted({*made, *there}):
        if name not in there:
            yield Broken("", 0, f"'{name}', a table, index or trigger, is missing")
        elif made.get(name) != there[name]:
            yield Broken("", 0, f"'{name}', a table, index or trigger, is not this program's")


_SCHEMA = "SELECT name, coalesce(sql, '') FROM sqlite_master"
