"""What is saved is there again, for its owner alone, under any reference, from any window."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from advisor.register.events import Event, replay
from advisor.register.store import Conflict, Register
from advisor.sources import InputError
from tests.register.happenings import HISTORIES, SOME_HISTORY

posix = pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
ODD_REFERENCES = [
    "../../etc/passwd", "/", "C:\\x", "a\x1b[31mb", "a\nb", "a\x00b", "\u202ecod.exe", "%s %d {}",
    "'; DROP TABLE events; --", "*", "FOI%", "case", "CASE", " FOI ", "FOI", "0", "é", "e\u0301",
    "x" * 5000, "sqlite_master", "half \ud800 of a character",
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "register.db"


def answer(value: str, by: str = "") -> Event:
    return Event("answered", {"item": None, "fact": "held", "value": value}, by=by)


@settings(deadline=None, max_examples=60)
@given(HISTORIES)
def test_replaying_what_is_saved_gives_the_case_of_the_window_and_of_any_other(
    history: list[Event],
) -> None:
    with TemporaryDirectory() as folder, Register(Path(folder, "r.db")) as register:
        saved = register.create("FOI/1")
        for event in history:
            saved.append(event)
        with Register(Path(folder, "r.db")) as other:
            again = other.open("FOI/1")
            assert again.events == saved.events
            assert again.case() == saved.case()
            assert other.verify() == []
        replayed = replay(saved.events)
        assert (replayed.items, replayed.facts) == (saved.case().items, saved.case().facts)
        kept = [(event.kind, event.data, event.by) for event in saved.events]
        assert kept == [(event.kind, event.data, event.by) for event in history]


@settings(deadline=None, max_examples=30)
@given(HISTORIES)
def test_events_saved_together_are_those_saved_one_by_one(history: list[Event]) -> None:
    with TemporaryDirectory() as folder, Register(Path(folder, "r.db")) as register:
        at_once, together = register.create("1", history), register.create("2")
        together.append(*history)
        assert [one.data for one in at_once.events] == [one.data for one in together.events]
        assert at_once.case().items == together.case().items
        assert register.verify() == []


def test_every_event_says_when_and_who(path: Path) -> None:
    with Register(path) as register:
        saved = register.create("FOI/1", SOME_HISTORY)
        saved.append(Event("answered", answer("no").data, at="2026-01-01T00:00:00Z", by="C"))
    assert [event.by for event in saved.events][-2:] == ["A. Officer", "C"]
    assert saved.events[-1].at == "2026-01-01T00:00:00Z"
    assert all(event.at for event in saved.events)


def test_a_register_that_is_not_there_is_empty_and_stays_away(path: Path) -> None:
    with Register(path) as register:
        assert (register.list(), register.references(), register.deletions()) == ([], [], [])
        assert "FOI/1" not in register
        with pytest.raises(InputError):
            register.open("FOI/1")
        with pytest.raises(InputError):
            register.verify()
    assert not path.parent.exists()


@pytest.mark.parametrize("reference", ODD_REFERENCES)
def test_a_reference_is_only_a_name(path: Path, reference: str) -> None:
    with Register(path) as register:
        others = [register.create(one) for one in ODD_REFERENCES if one != reference]
        register.create(reference, SOME_HISTORY)
        assert register.open(reference).case().items
        assert all(not register.open(one.reference).events for one in others)
        assert len(register.list()) == len(ODD_REFERENCES)
        register.delete(reference)
        assert reference not in register
        assert len(register.references()) == len(others)
        assert register.verify() == []
    assert [one.name for one in path.parent.iterdir()] == ["register.db"]


@pytest.mark.parametrize("reference", ["", " ", "\t\n"])
def test_a_blank_reference_is_refused(path: Path, reference: str) -> None:
    with Register(path) as register, pytest.raises(InputError):
        register.create(reference)


def test_a_reference_is_given_once_and_a_wrong_one_names_the_nearest(path: Path) -> None:
    with Register(path) as register:
        register.create("FOI/2026/0417", SOME_HISTORY)
        with pytest.raises(InputError):
            register.create("FOI/2026/0417")
        assert len(register.open("FOI/2026/0417").events) == len(SOME_HISTORY)
        with pytest.raises(InputError, match="FOI/2026/0417"):
            register.open("FOI/2026/0418")


def test_the_list_shows_the_latest_first_with_its_last_advice(path: Path) -> None:
    advised = {"assessment": {"overall": {"outcome": "refuse_all"}}}
    with Register(path) as register:
        register.create("FOI/1", SOME_HISTORY)
        header = {"field": "title", "value": "Another"}
        early = "2020-01-01T00:00:00Z"
        register.create(
            "FOI/2", [Event("header", header, at=early), Event("assessed", advised, at=early)]
        )
        listed = [one.as_json() for one in register.list()]
    assert [one["ref"] for one in listed] == ["FOI/1", "FOI/2"]
    assert [one["title"] for one in listed] == ["A request", "Another"]
    assert [one["outcome"] for one in listed] == [None, "refuse_all"]
    assert [one["events"] for one in listed] == [5, 2]


def test_an_event_that_makes_no_sense_is_not_saved(path: Path) -> None:
    with Register(path) as register:
        saved = register.create("FOI/1", SOME_HISTORY)
        before = saved.links
        for wrong in (
            Event("item_added", {"item": "file"}),
            Event("answered", {"item": "no such part", "fact": "held", "value": "yes"}),
            Event("no such kind"),
        ):
            with pytest.raises(ValueError, match=r"part|kind"):
                saved.append(answer("no"), wrong)
        assert saved.links == before == register.open("FOI/1").links


def test_the_second_of_two_windows_is_told_and_loses_nothing_that_was_saved(path: Path) -> None:
    with Register(path) as one, Register(path) as two:
        first = one.create("FOI/1", SOME_HISTORY)
        second = two.open("FOI/1")
        first.append(answer("yes"))
        with pytest.raises(Conflict):
            second.append(answer("no"))
        first.append(answer("unknown"))
        assert [event.data.get("value") for event in two.open("FOI/1").events[-2:]] == [
            "yes",
            "unknown",
        ]
        assert one.verify() == []


def test_what_another_window_only_puts_on_record_disturbs_nobody(path: Path) -> None:
    with Register(path) as one, Register(path) as two:
        first, second = one.create("FOI/1", SOME_HISTORY), two.open("FOI/1")
        second = two.open("FOI/1")
        second.append(Event("exported", {"to": "file", "head": second.head}))
        first.append(answer("no"))
        assert [event.kind for event in first.events[-2:]] == ["exported", "answered"]
        assert first.links == two.open("FOI/1").links
        assert one.verify() == []


@pytest.mark.parametrize("again", [False, True])
def test_a_window_whose_assessment_was_deleted_is_told(path: Path, again: bool) -> None:
    with Register(path) as one, Register(path) as two:
        first = one.create("FOI/1", SOME_HISTORY)
        two.delete("FOI/1")
        if again:
            two.create("FOI/1", [*SOME_HISTORY, answer("no")])
        with pytest.raises(Conflict):
            first.append(answer("no"))


def test_a_deleted_assessment_leaves_its_record_and_not_a_word_more(path: Path) -> None:
    with Register(path) as register:
        saved = register.create("FOI/1", SOME_HISTORY)
        register.create("FOI/2", SOME_HISTORY)
        deletion = register.delete("FOI/1", by="C. Clerk")
        assert register.deletions() == [deletion]
        assert (deletion.events, deletion.head, deletion.by) == (5, saved.head, "C. Clerk")
        assert register.references() == ["FOI/2"]
        register.delete("FOI/2")
        everything = b"".join(one.read_bytes() for one in path.parent.iterdir())
        assert b"In the store" not in everything
        assert register.create("FOI/1").events == ()
        assert register.verify() == []


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE events SET data = '{}'",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events VALUES ('FOI/1', 2, 'decided', '{}', '', '', '', '')",
        "UPDATE journal SET by = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal VALUES ('FOI/1', 1, 'created', '{}', '', '', '', '')",
        "UPDATE assessments SET reference = 'FOI/9'",
        "DELETE FROM assessments",
    ],
)
def test_the_file_itself_refuses_to_change_what_happened(path: Path, edit: str) -> None:
    with Register(path) as register:
        register.create("FOI/1", SOME_HISTORY)
        register.create("FOI/2")
        register.delete("FOI/2")
        outside = sqlite3.connect(path)
        with pytest.raises(sqlite3.IntegrityError):
            outside.execute(edit)
        outside.close()
        assert register.verify() == []


@posix
def test_register_and_folder_are_their_owners_alone(path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Register(path) as register:
            register.create("FOI/1", SOME_HISTORY)
            modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
            folder = stat.S_IMODE(path.parent.stat().st_mode)
    finally:
        os.umask(before)
    assert "register.db-wal" in modes
    assert set(modes.values()) == {0o600}
    assert folder == 0o700


@posix
def test_without_a_path_it_is_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Register() as register:
        assert register.path.is_relative_to(tmp_path)
        register.create("FOI/1", SOME_HISTORY)
        assert stat.S_IMODE(register.path.parent.stat().st_mode) == 0o700
    with Register() as register:
        assert register.references() == ["FOI/1"]


def test_a_path_may_hold_anything_a_path_may_hold(tmp_path: Path) -> None:
    for name in ("with space?mode=ro&x=#1.db", "file:odd%20name.db", "ümläut 文.db"):
        with Register(tmp_path / name) as register:
            register.create("FOI/1", SOME_HISTORY)
        with Register(tmp_path / name) as register:
            assert register.references() == ["FOI/1"]
        assert (tmp_path / name).is_file()


def test_many_programs_may_begin_one_register_at_the_same_time(path: Path) -> None:
    script = (
        "import sys; from advisor.register.store import Register, Saved\n"
        "from advisor.register.events import Event\n"
        "register = Register(sys.argv[1], patience=60); saved = register.create(sys.argv[2])\n"
        "for n in range(20): saved.append(Event('decided', {'outcome': str(n)}))\n"
    )
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path), f"FOI/{n}"],
            cwd=root,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    assert [one.communicate()[1] for one in running] == ["", "", "", ""]
    with Register(path) as register:
        assert [len(register.open(f"FOI/{n}").events) for n in range(4)] == [20, 20, 20, 20]
        assert register.verify() == []


def test_the_register_needs_no_terminal() -> None:
    script = (
        "import sys, advisor.register.store, advisor.register.saving, advisor.register.review\n"
        "import advisor.register.showing, advisor.register.trail\n"
        "sys.exit(bool({'typer', 'rich', 'click'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
