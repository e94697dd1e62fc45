"""A case worked at a terminal: what was typed outlives whatever ends the session."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from advisor.sources import InputError
from advisor.training.asking import Asking
from advisor.training.unfinished import Kept, TakenBack, Unfinished
from tests.cli.terminal import Terminal


class Lines:
    """A voice that is given its lines."""

    seen = True

    def __init__(self, *lines: str) -> None:
        self.lines, self.said = list(lines), [""]

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        self.said.append(text)

    def read(self) -> str:
        return self.lines.pop(0)

    def refuse(self) -> None:
        pass


def worked(folder: Path, *words: str) -> Terminal:
    results = str(folder / "results.jsonl")
    where = {"register": folder / "register", "ADVISOR_RESULTS": results}
    return Terminal("train", "TRAIN-104", *words, **where)  # type: ignore[arg-type]


def results(folder: Path) -> list[dict[str, Any]]:
    path = folder / "results.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_session_that_was_killed_goes_on_and_its_result_is_kept(tmp_path: Path) -> None:
    with worked(tmp_path) as session:
        assert "name" in session.asks()
        session.answer("Ada")
        session.asks("How should it be answered?")
        session.answer("Not held")
        session.asks("Is the information held?")
        session.child.kill(signal.SIGKILL)
        session.child.wait()
    assert results(tmp_path) == []
    with worked(tmp_path, "--name", "Ada") as session:
        session.asks("Go on where you stopped?")
        session.answer("")
        shown = session.asks()
        assert "How should it be answered?" not in shown
        assert "Is the information held?" in shown
        session.answer(":back")
        session.asks("How should it be answered?")
        session.answer("Not held")
        while "Do you contest a mark?" not in session.asks():
            session.answer("")
        session.child.sendcontrol("c")
        assert session.ends() == 130
    (kept,) = results(tmp_path)
    assert kept["trainee"] == "Ada"
    assert kept["elements"][0]["given"] == "not_held"
    assert list((tmp_path / "results.unfinished").iterdir()) == []


def test_a_refused_entry_is_no_step(tmp_path: Path) -> None:
    with worked(tmp_path, "--name", "Ada") as session:
        session.asks("How should it be answered?")
        session.answer("Withhold")
        session.asks("Under which provisions")
        session.answer("s99")
        session.asks("is no provision")
        session.answer(":back")
        assert "How should it be answered?" in session.asks()
        session.answer("Withhold")
        session.asks("Under which provisions")
        session.answer("s99")
        session.asks("is no provision")
        session.child.sendcontrol("c")
        assert session.ends() == 130
    with worked(tmp_path, "--name", "Ada") as session:
        session.asks("Go on where you stopped?")
        session.answer("")
        shown = session.asks()
        assert "Under which provisions" in shown
        assert "is no provision" not in shown


def test_what_was_typed_on_other_grounds_is_not_gone_on_with_and_that_is_known(
    tmp_path: Path,
) -> None:
    first = Unfinished(tmp_path, ("A", "X"), "law")
    assert (first.kept, first.outdated) == (False, False)
    first.add("one")
    first.close()
    changed = Unfinished(tmp_path, ("A", "X"), "another law")
    assert (changed.kept, changed.outdated) == (False, True)
    assert Unfinished(tmp_path, ("A", "Y"), "another law").outdated is False
    again = Unfinished(tmp_path, ("A", "X"), "law")
    assert again.kept
    again.close()
    changed.end()
    assert not Unfinished(tmp_path, ("A", "X"), "law").kept


def test_the_factors_to_choose_from_are_listed_once_and_again_after_a_break(tmp_path: Path) -> None:
    def factors(lines: Lines, session: Unfinished) -> list[str]:
        asking = Asking(Kept(lines, session, lambda: None), lambda: "")
        listed = ["the stage reached", "the safe space"]
        for more in (False, True, True):
            asking.read("What weighs?", str, listed, more=more)
        return [one for one in lines.said if one[:1].isdigit()]

    first = Unfinished(tmp_path, ("A", "X"), "law")
    assert len(factors(Lines("1", "2", ""), first)) == 2
    first.close()
    broken_off = Unfinished(tmp_path, ("A", "X"), "law")
    broken_off.take_back()
    assert len(factors(Lines(""), broken_off)) == 2, "the list stands where it goes on"
    broken_off.close()


def test_who_gives_no_name_is_not_given_one(tmp_path: Path) -> None:
    with worked(tmp_path) as session:
        session.asks("Enter leaves it out")
        session.answer("")
        while "Do you contest a mark?" not in session.asks():
            session.answer("")
        session.answer("")
        assert session.ends() == 0
    assert [one["trainee"] for one in results(tmp_path)] == ["No name"]


def test_what_was_typed_is_read_again_unseen_and_can_be_taken_back(tmp_path: Path) -> None:
    first = Unfinished(tmp_path, ("A", "X"), "law")
    shown: list[str] = []
    lines = Lines("one", "?", ":case", "two", ":back")
    voice = Kept(lines, first, lambda: shown.append("the case"))
    assert [voice.read(), voice.read(), voice.read()] == ["one", "?", "two"]
    with pytest.raises(TakenBack):
        voice.read()
    assert shown == ["the case"]
    assert first.lines == ["one", "?"]  # the hint stays bought
    with pytest.raises(InputError, match="another window"):
        Unfinished(tmp_path, ("A", "X"), "law")
    assert Unfinished(tmp_path, ("B", "X"), "law").lines == []
    first.close()
    (path,) = [one for one in tmp_path.iterdir() if one.stat().st_size]
    path.write_bytes(path.read_bytes() + b'\n"thr')  # torn by a kill
    again = Unfinished(tmp_path, ("A", "X"), "law")
    inner = Lines("three")
    voice = Kept(inner, again, lambda: None)
    voice.say("not shown")
    assert voice.read() == "one"
    voice.say("shown, for a hint answers no question")
    assert voice.read() == "?"
    assert voice.read() == "three"
    assert inner.said == ["", "shown, for a hint answers no question"]
    again.close()
    assert Unfinished(tmp_path, ("A", "X"), "law").lines == ["one", "?", "three"]
