"""A file that cannot be used gives one clear message; a file of an older format is brought up to
date, and one of a newer format is left alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from advisor.register import database
from advisor.register.events import Event
from advisor.register.store import Register
from advisor.sources import InputError
from tests.register.happenings import SOME_HISTORY

posix = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
ANOTHER = ("ALTER TABLE assessments ADD COLUMN note TEXT", "CREATE INDEX later ON events (at)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    with Register(path) as register:
        register.create("FOI/1", SOME_HISTORY)
    return path


def refused(path: Path, patience: float = 0) -> list[str]:
    """What each use of the register says; all say the same in one line."""
    uses: list[Callable[[Register], object]] = [
        lambda register: register.list(),
        lambda register: register.open("FOI/1").append(Event("decided", {"outcome": "x"})),
        lambda register: register.create("FOI/2"),
    ]
    said = []
    for use in uses:
        with Register(path, patience=patience) as register, pytest.raises(InputError) as told:
            use(register)
        assert len(told.value.problems) == 1
        said.append(str(told.value))
    assert all(one.startswith(f"{path}: ") and "\n" not in one for one in said)
    return said


@pytest.mark.parametrize("content", [b"case: 1\n" * 100, b"\x00" * 5000, b"SQLite format 3\x00"])
def test_a_file_that_is_no_register_is_refused_and_untouched(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    refused(path)
    assert path.read_bytes() == content


def test_the_file_of_another_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE events (a)")
    content = path.read_bytes()
    refused(path)
    assert path.read_bytes() == content


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    refused(tmp_path)
    if os.name != "nt":
        refused(Path(os.devnull))


def test_a_file_where_a_folder_should_be_is_refused(path: Path) -> None:
    with Register(path / "register.db") as register:
        assert register.list() == []
        with pytest.raises(InputError):
            register.create("FOI/1")


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    (tmp_path / "register.db").touch()
    with Register(tmp_path / "register.db") as register:
        assert register.list() == []
        register.create("FOI/1", SOME_HISTORY)
        assert register.verify() == []


@pytest.mark.parametrize("part", [0.3, 0.7])
def test_a_damaged_file_is_said_to_be_damaged(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with Register(path) as register:
        for use in (register.verify, register.list, lambda: register.create("FOI/2")):
            with pytest.raises(InputError) as told:
                use()
            assert len(told.value.problems) == 1


def test_a_register_that_another_program_keeps_locked_says_so(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        refused(path)
        other.execute("ROLLBACK")
    with Register(path) as register:
        register.open("FOI/1").append(Event("decided", {"outcome": "x"}))


@pytest.fixture
def an_ordinary_user() -> Iterator[Path]:
    """A folder of somebody to whom modes apply, and that somebody at work (root may all)."""
    folder = Path(tempfile.mkdtemp())
    user = os.geteuid() or 65534
    os.chown(folder, user, -1)
    before = os.geteuid()
    os.seteuid(user)
    try:
        yield folder
    finally:
        os.seteuid(before)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@posix
@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_a_read_only_register_can_be_read_or_says_so_and_is_not_written(
    an_ordinary_user: Path, read_only: str
) -> None:
    path = an_ordinary_user / "register.db"
    with Register(path) as register:
        register.create("FOI/1", SOME_HISTORY)
    (path if read_only == "file" else path.parent).chmod(0o500)
    with Register(path) as register, pytest.raises(InputError) as told:
        register.open("FOI/1").append(Event("decided", {"outcome": "x"}))
    assert len(told.value.problems) == 1
    if read_only == "file":
        with Register(path) as register:
            assert len(register.open("FOI/1").events) == len(SOME_HISTORY)


@posix
def test_a_folder_that_is_not_yours_is_said_to_be_so(an_ordinary_user: Path) -> None:
    an_ordinary_user.chmod(0o500)
    with Register(an_ordinary_user / "new" / "r.db") as register, pytest.raises(InputError):
        register.create("FOI/1")


def test_an_sqlite_that_is_too_old_is_said_to_be_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    assert all("3.37" in one for one in refused(path))


def test_a_newer_format_is_refused_and_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {len(database.MIGRATIONS) + 1}")
    content = path.read_bytes()
    refused(path)
    assert path.read_bytes() == content


def test_an_older_format_is_brought_up_to_date_after_a_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register(path) as register:
        before = register.open("FOI/1").links
    with monkeypatch.context() as newer:
        newer.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, ANOTHER))
        with Register(path) as register:
            assert register.open("FOI/1").links == before
            assert register.verify() == []
            (copy,) = register.copies()
    assert copy.name == "register.db.v1.bak"
    assert sorted(one.name for one in path.parent.iterdir()) == ["register.db", copy.name]
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Register(copy) as register:
        assert register.open("FOI/1").links == before
        assert register.verify() == []
    refused(path)


def test_several_formats_are_passed_in_one_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = ("CREATE TABLE more (a TEXT) STRICT",)
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, ANOTHER, later))
    with Register(path) as register:
        assert register.verify() == []
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA user_version").fetchone() == (3,)


def test_an_upgrade_that_fails_leaves_everything_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        wrong = (*ANOTHER, "this is not SQL")
        newer.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, wrong))
        with Register(path) as register, pytest.raises(InputError):
            register.list()
    with Register(path) as register:
        assert register.verify() == []
        register.open("FOI/1").append(Event("decided", {"outcome": "x"}))
