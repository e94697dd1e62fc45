"""Nothing acknowledged is lost: killed, on a full disk, with the file gone from under it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from advisor.register.events import Event
from advisor.register.store import Register, Saved
from advisor.sources import InputError
from tests.benchmarks import kill_register
from tests.register.happenings import SOME_HISTORY


def note(text: str) -> Event:
    return Event("noted", {"item": "file", "fact": "held", "text": text})


def test_killed_at_random_moments_every_acknowledged_event_is_there(tmp_path: Path) -> None:
    found = kill_register.run(10, seed=3, folder=tmp_path)
    assert found.lost == []
    assert found.kills == 10
    assert found.acknowledged > 10


def fill(saved: Saved) -> None:
    for number in range(1000):
        saved.append(note(str(number) * 3000))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may become larger: to SQLite, a disk that is full."""
    resource = pytest.importorskip("resource", reason="limits are those of POSIX")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_what_was_saved_stays_and_the_rest_is_not_acknowledged(
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.db"
    with Register(path) as register:
        saved = register.create("FOI/1", SOME_HISTORY)
        with room_for(300_000), pytest.raises(InputError) as told:
            fill(saved)
        assert len(told.value.problems) == 1
        acknowledged = saved.links
        assert len(SOME_HISTORY) < len(acknowledged) < 1000
        # There is room again: the same window goes on where it was.
        saved.append(note("there is room again"))
        with Register(path) as again:
            assert again.open("FOI/1").links == saved.links
            assert saved.links[: len(acknowledged)] == acknowledged
            assert again.verify() == []


def test_without_room_no_register_is_begun(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with room_for(1000), pytest.raises(InputError), Register(path) as register:
        register.create("FOI/1", SOME_HISTORY)
    with Register(path) as register:
        assert register.references() == []
        register.create("FOI/1", SOME_HISTORY)
        assert register.verify() == []


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away there")
@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_file_taken_away_acknowledges_nothing_more(tmp_path: Path, how: str) -> None:
    path, elsewhere = tmp_path / "register.db", tmp_path / "elsewhere.db"
    with Register(path) as register, Register(elsewhere) as other:
        saved = register.create("FOI/1", SOME_HISTORY)
        other.create("FOI/1", SOME_HISTORY)
        other.close()
        if how == "deleted":
            path.unlink()
        elif how == "moved":
            path.rename(tmp_path / "moved.db")
        else:
            elsewhere.replace(path)
        with pytest.raises(InputError):
            saved.append(note("too late"))
        assert len(saved.links) == len(SOME_HISTORY)


def test_an_interruption_in_the_middle_saves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisor.register.file import RegisterFile

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with Register(tmp_path / "register.db") as register:
        saved = register.create("FOI/1", SOME_HISTORY)
        with monkeypatch.context() as patch:
            patch.setattr(RegisterFile, "add", interrupted)
            with pytest.raises(KeyboardInterrupt):
                saved.append(note("not saved"))
        saved.append(note("saved"))
        assert register.open("FOI/1").links == saved.links
        assert len(saved.links) == len(SOME_HISTORY) + 1
