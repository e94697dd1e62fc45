"""The chain finds any single edit, and anything taken out of the middle."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.register.chain import Link, broken
from advisor.register.events import Event
from advisor.register.store import Register
from advisor.sources import InputError
from tests.register.happenings import HISTORIES, SOME_HISTORY, forced

EDITS: dict[str, list[Any]] = {
    "assessment": ["FOI/2", "FOI/3", "", "foi/1"],
    "seq": [0, -1, 6, 99],
    "kind": ["decided", "", "Answered"],
    "data": ["{}", "null", "not JSON", '{"item":null}', "", b"\xff".decode("latin-1")],
    "at": ["", "2020-01-01T00:00:00Z"],
    "by": ["", "a. officer", "A. Officer "],
    "previous": ["", "sha256:00"],
    "hash": ["", "sha256:00"],
}
EVENTS = range(1, len(SOME_HISTORY) + 1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "register.db"
    with Register(path) as register:
        register.create("FOI/1", SOME_HISTORY)
        register.create("FOI/2", SOME_HISTORY[:2])
        register.create("FOI/3")
        register.create("FOI/4", SOME_HISTORY)
        register.delete("FOI/4")
        assert register.verify() == []
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "register.db"))


def problems(path: Path) -> list[tuple[str, int]]:
    with Register(path) as register:
        return [(one.reference, one.event) for one in register.verify()]


@pytest.mark.parametrize("column", EDITS)
@pytest.mark.parametrize("event", EVENTS)
def test_any_edit_of_any_column_of_any_event_is_found(
    path: Path, tmp_path: Path, column: str, event: int
) -> None:
    for i, value in enumerate(EDITS[column]):
        copy = Path(shutil.copy(path, tmp_path / f"{i}.db"))
        with forced(copy) as connection:
            where = "WHERE assessment = 'FOI/1' AND seq = ?"
            (before,) = connection.execute(
                f"SELECT {column} FROM events {where}", [event]
            ).fetchone()
            if before == value:
                continue
            try:
                connection.execute(f"UPDATE events SET {column} = ? {where}", [value, event])
            except sqlite3.IntegrityError:
                continue  # there is such an event already, so the file refuses
        assert problems(copy), value


@pytest.mark.parametrize("column", EDITS)
@pytest.mark.parametrize("record", [1, 3, 5])
def test_any_edit_of_the_journal_is_found(path: Path, column: str, record: int) -> None:
    value = 77 if column == "seq" else "something else"
    with forced(path) as connection:
        connection.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", [value, record])
    assert problems(path)
    with Register(path) as register:
        assert len(register.list()) == 3
        assert len(register.deletions()) <= 1


@pytest.mark.parametrize("event", EVENTS[:-1])
def test_an_event_taken_out_of_the_middle_is_found_where_it_was(path: Path, event: int) -> None:
    with forced(path) as connection:
        connection.execute("DELETE FROM events WHERE assessment = 'FOI/1' AND seq = ?", [event])
    assert problems(path) == [("FOI/1", event + 1)]


@pytest.mark.parametrize("event", EVENTS[:-1])
def test_closing_the_gap_does_not_hide_it(path: Path, event: int) -> None:
    with forced(path) as connection:
        connection.execute("DELETE FROM events WHERE assessment = 'FOI/1' AND seq = ?", [event])
        for later in range(event + 1, len(SOME_HISTORY) + 1):
            connection.execute(
                "UPDATE events SET seq = seq - 1 WHERE assessment = 'FOI/1' AND seq = ?", [later]
            )
    assert ("FOI/1", event) in problems(path)


def test_an_event_made_anew_breaks_the_next_one(path: Path) -> None:
    with Register(path) as register:
        links = register.open("FOI/1").links
    forged = Link.after(links[1], "FOI/1", Event("decided", {"outcome": "disclose"}))
    with forced(path) as connection:
        connection.execute(
            "UPDATE events SET kind = ?, data = ?, at = ?, by = '', hash = ? WHERE hash = ?",
            [forged.kind, forged.data, forged.at, forged.hash, links[2].hash],
        )
    assert problems(path) == [("FOI/1", 4)]


def test_an_assessment_taken_out_or_put_in_by_hand_is_found(path: Path) -> None:
    with forced(path) as connection:
        connection.execute("DELETE FROM events WHERE assessment = 'FOI/1'")
        connection.execute("DELETE FROM assessments WHERE reference = 'FOI/1'")
        connection.execute("INSERT INTO assessments VALUES ('FOI/8')")
    assert problems(path) == [("FOI/1", 0), ("FOI/8", 0)]


def test_last_events_dropped_are_found_by_a_head_that_was_printed(path: Path) -> None:
    with Register(path) as register:
        head = register.head("FOI/1")
        assert register.open("FOI/1").position(head) == len(SOME_HISTORY)
    with forced(path) as connection:
        connection.execute("DELETE FROM events WHERE assessment = 'FOI/1' AND seq > 3")
    with Register(path) as register:
        assert register.verify() == []
        assert register.open("FOI/1").position(head) is None


@pytest.mark.parametrize(
    "edit",
    [
        "DROP TRIGGER events_never_change",
        "CREATE TABLE extra (a)",
        "DROP TABLE journal",
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
    ],
)
def test_tables_and_triggers_are_part_of_the_check(path: Path, edit: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(edit)
        connection.commit()
    assert problems(path)


@pytest.mark.parametrize("data", ["not JSON", "[]", "null", '{"item": "no such part"}', "{}"])
def test_what_was_made_unreadable_is_said_to_be_so(path: Path, data: str) -> None:
    with forced(path) as connection:
        connection.execute("UPDATE events SET data = ? WHERE seq = 3", [data])
        connection.execute("UPDATE events SET data = ? WHERE seq = 1", [data])
        connection.execute("UPDATE journal SET data = ? WHERE kind = 'deleted'", [data])
    with Register(path) as register:
        assert {one.event for one in register.verify("FOI/1")} == {1, 3}
        assert len(register.list()) == 3
        assert len(register.deletions()) == 1
        with pytest.raises(InputError) as told:
            register.open("FOI/1").case()
        assert len(told.value.problems) == 1


def test_bytes_that_are_not_text_are_found(path: Path) -> None:
    with forced(path) as connection:
        connection.execute("UPDATE events SET by = CAST(X'41ff' AS TEXT) WHERE seq = 2")
    assert ("FOI/1", 2) in problems(path)


def test_a_flipped_bit_is_found_or_changes_nothing_that_is_kept(path: Path) -> None:
    with Register(path) as register:
        kept = register.open("FOI/1").links
    content, rng = path.read_bytes(), Random(5)
    for _ in range(300):
        flipped = bytearray(content)
        flipped[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        path.write_bytes(flipped)
        with suppress(InputError), Register(path) as register:
            assert register.verify() or register.open("FOI/1").links == kept


@given(HISTORIES, st.data())
def test_the_chain_holds_as_made_and_in_no_other_order(history: list[Event], data: Any) -> None:
    links: list[Link] = []
    for event in history:
        links.append(Link.after(links[-1] if links else None, "FOI/1", event))
    assert list(broken(links)) == []
    other = data.draw(st.permutations(links))
    assert bool(list(broken(other))) == (other != links)
