"""`advisor register`, and commands that take a case by its reference."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from advisor.advice.rulebook import Rulebook
from advisor.case import Case
from advisor.cli.app import app
from advisor.cli.given import officer, read_case
from advisor.register.events import Event
from advisor.register.plain import as_plain
from advisor.register.review import start_review
from advisor.register.saving import record
from advisor.register.store import Register
from advisor.sources import InputError
from tests.register.happenings import forced

ROOT = Path(__file__).parents[2]
SEED = ROOT / "cases" / "mps-01-foi-23-028157.yaml"
REFERENCE = "FOI/2026/0417"
NOWHERE = f"sha256:{'0' * 64}"  # a whole hash that no event has


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def kept(book: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the seed matter, advised on, and an assessment that has just begun."""
    path = tmp_path_factory.mktemp("kept") / "register.db"
    with Register(path) as register:
        case = as_plain(book.read(SEED))
        saved = register.create(REFERENCE, [Event("imported", {"case": case}, by="A. Officer")])
        assessment = book.assess(saved.case(), engine="direct")
        record(saved, assessment, book.law(assessment.as_at), "A. Officer")
        register.create("begun")
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copy(kept, tmp_path / "register.db"))
    monkeypatch.setenv("ADVISOR_REGISTER", str(copy))
    monkeypatch.setenv("ADVISOR_OFFICER", "C. Clerk")
    return copy


def run(*words: object) -> str:
    """What a command prints; it has to succeed."""
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def as_data(*words: object) -> Any:
    return json.loads(run(*words, "--format", "json"))


def tamper(path: Path) -> None:
    with forced(path) as connection:
        connection.execute("UPDATE events SET by = 'Somebody else' WHERE seq = 1")


def test_the_list_names_every_assessment_and_every_deletion(path: Path) -> None:
    listed = {one["ref"]: one for one in as_data("register", "list")}
    assert set(listed) == {REFERENCE, "begun"}
    assert listed[REFERENCE]["outcome"] == "disclose_part"
    assert REFERENCE in run("register", "list")
    run("register", "delete", "begun", "--yes")
    assert [one["ref"] for one in as_data("register", "list")] == [REFERENCE]
    (deleted,) = as_data("register", "list", "--deleted")
    assert (deleted["ref"], deleted["by"]) == ("begun", "C. Clerk")
    assert "begun" in run("register", "list", "--deleted")


def test_an_empty_register_lists_nothing_and_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert as_data("register", "list", "--register", path) == []
    run("register", "list", "--register", path)
    assert not path.exists()


def test_show_reprints_the_advice_and_says_what_today_would_differ(
    path: Path, tmp_path: Path
) -> None:
    shown = as_data("register", "show", REFERENCE)
    assert shown["advice"]["assessment"]["overall"]["outcome"] == "disclose_part"
    assert shown["today"] == {"digest": shown["advice"]["digest"], "differs": []}
    assert shown["holds"] is True
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    limb = rules / "foia" / "s30" / "1-a-duty-to-investigate.yaml"
    text = limb.read_text(encoding="utf-8")
    changed = text.replace("- purpose_whether_to_charge", "- not: purpose_whether_to_charge")
    assert changed != text
    limb.write_text(changed, encoding="utf-8")
    other = as_data("register", "show", REFERENCE, "--rules", rules)
    assert other["advice"] == shown["advice"]
    assert other["today"]["digest"] != shown["today"]["digest"]
    found = {(one["id"], one["what"]) for one in other["today"]["differs"]}
    assert ("live-offences", "outcome") in found
    then, now = (
        run("register", "show", REFERENCE),
        run("register", "show", REFERENCE, "--rules", rules),
    )
    advice = then[: then.index("In the register")]
    assert now.startswith(advice)
    assert "live-offences" in now[len(advice) :]
    assert max(map(len, now.splitlines())) <= 80


def test_show_says_what_there_is_of_an_assessment_without_advice(path: Path) -> None:
    shown = as_data("register", "show", "begun")
    assert (shown["advice"], shown["today"], shown["events"]) == (None, None, 0)
    assert "begun" in run("register", "show", "begun").casefold()


def test_show_puts_a_review_beside_the_first_decision(path: Path) -> None:
    with Register(path) as register:
        review = start_review(register, REFERENCE, "B. Reviewer")
        answer = {"item": "live-offences", "fact": "held", "value": "no"}
        review.append(Event("answered", answer, by="B. Reviewer"))
    shown = as_data("register", "show", review.reference)
    assert shown["review_of"] == REFERENCE
    assert [(one["what"], one["after"]) for one in shown["review_differs"]] == [("held", "no")]
    text = run("register", "show", review.reference)
    assert "A. Officer" in text
    assert "B. Reviewer" in text


@pytest.mark.parametrize("audit", [[], ["--audit"]])
def test_an_export_is_a_case_file_with_the_head_and_goes_on_record(
    path: Path, tmp_path: Path, book: Rulebook, audit: list[str]
) -> None:
    out = tmp_path / "case.yaml"
    with Register(path) as register:
        saved = register.open(REFERENCE)
    assert run("register", "export", REFERENCE, *audit, "-o", out) == ""
    text = out.read_text(encoding="utf-8")
    assert saved.head in text
    assert ("A. Officer" in text) == bool(audit)
    assert Case.read(out) == saved.case()
    with Register(path) as register:
        last = register.open(REFERENCE).events[-1]
    assert (last.kind, last.by, last.data["head"]) == ("exported", "C. Clerk", saved.head)
    run("register", "verify", REFERENCE, "--head", saved.head)
    assert {one["by"] for one in as_data("register", "list")} == {"A. Officer", ""}


def test_an_export_as_data_holds_the_whole_chain(path: Path) -> None:
    exported = as_data("register", "export", REFERENCE, "--audit")
    assert [one["kind"] for one in exported["audit"]] == ["imported", "assessed"]
    assert exported["audit"][1]["previous"] == exported["audit"][0]["hash"]
    assert exported["audit"][1]["hash"] == exported["head"]
    assert "audit" not in as_data("register", "export", REFERENCE)


def test_verify_is_exit_1_where_anything_was_changed(path: Path) -> None:
    whole = as_data("register", "verify")
    assert (whole["holds"], whole["problems"]) == (True, [])
    assert set(whole["checked"]) == {REFERENCE, "begun"}
    run("register", "verify", REFERENCE)
    tamper(path)
    for words in (["verify"], ["verify", REFERENCE]):
        done = CliRunner().invoke(app, ["register", *words, "--format", "json"])
        assert done.exit_code == 1
        places = [(one["ref"], one["event"]) for one in json.loads(done.stdout)["problems"]]
        assert (REFERENCE, 1) in places
        assert CliRunner().invoke(app, ["register", *words]).exit_code == 1
    assert as_data("register", "show", REFERENCE)["holds"] is False
    assert "WARNING" in run("register", "show", REFERENCE)
    assert "WARNING" in run("register", "export", REFERENCE)


def test_a_head_that_is_not_there_is_exit_1(path: Path) -> None:
    done = CliRunner().invoke(app, ["register", "verify", REFERENCE, "--head", NOWHERE])
    assert done.exit_code == 1


def test_delete_wants_a_confirmation(path: Path) -> None:
    done = CliRunner().invoke(app, ["register", "delete", "begun"])
    assert isinstance(done.exception, InputError)
    assert len(as_data("register", "list")) == 2
    deleted = as_data("register", "delete", REFERENCE, "--yes", "--by", "D")
    assert (deleted["ref"], deleted["by"], deleted["events"]) == (REFERENCE, "D", 2)
    assert len(as_data("register", "list")) == 1


@pytest.mark.parametrize(
    ("typed", "status", "left"), [("y\r", 0, 1), ("n\r", 0, 2), ("\x04", 0, 2), ("\x03", 130, 2)]
)
def test_on_a_terminal_delete_asks(path: Path, typed: str, status: int, left: int) -> None:
    pexpect = pytest.importorskip("pexpect")
    spawn = getattr(pexpect, "spawn", None)
    if spawn is None:
        pytest.skip("no pseudo-terminals here")
    words = ["-m", "advisor", "register", "delete", "begun"]
    child = spawn(sys.executable, words, cwd=str(ROOT), timeout=30)
    child.expect_exact("[y/N]")
    child.send(typed)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == status
    assert len(as_data("register", "list")) == left


@pytest.mark.parametrize(
    "words",
    [
        ["show", "FOI/2026/0418"],
        ["export", "nothing"],
        ["verify", "nothing"],
        ["delete", "nothing", "--yes"],
        ["verify", "--head", NOWHERE],
        *(
            ["verify", REFERENCE, "--head", one]
            for one in ("abc", "sha256:1eef", NOWHERE + "0", "")
        ),
        ["delete", "begun", "--yes", "--by", "1"],
        ["list", "--register", "."],
    ],
)
def test_wrong_input_is_one_message(path: Path, words: list[str]) -> None:
    done = CliRunner().invoke(app, ["register", *words])
    assert isinstance(done.exception, InputError)
    assert len(done.exception.problems) == 1


def test_a_case_is_a_file_before_it_is_a_reference(
    path: Path, tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Register(path) as register:
        saved = register.open(REFERENCE).case()
        register.create("case.yaml", [Event("item_added", {"item": "saved"})])
        register.create("folder", [Event("item_added", {"item": "saved"})])
    shutil.copy(SEED, tmp_path / "case.yaml")
    Path("folder").mkdir()
    assert read_case(REFERENCE, book, path) == saved
    assert read_case(str(SEED), book, path) == book.read(SEED)
    assert read_case("case.yaml", book, path) == book.read(SEED)
    assert read_case("folder", book, path).items[0].id == "saved"


@pytest.mark.parametrize("given", ["FOI/2026/0418", "no-such.yaml", ".", "", "x" * 5000, "begun"])
def test_neither_a_file_nor_a_reference_is_one_message(
    path: Path, book: Rulebook, given: str
) -> None:
    with pytest.raises(InputError) as told:
        read_case(given, book, path)
    assert len(told.value.problems) == 1


def test_the_nearest_reference_is_offered(path: Path, book: Rulebook) -> None:
    with pytest.raises(InputError, match=REFERENCE):
        read_case("FOI/2026/0471", book, path)


def test_a_file_is_read_without_touching_the_register(tmp_path: Path, book: Rulebook) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no register at all" * 100)
    assert read_case(str(SEED), book, broken) == book.read(SEED)


def test_who_acts_is_as_given_else_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody")
    assert officer(" A. Officer ") == "A. Officer"
    assert officer(None) == officer(" ") == "somebody"


def advisor(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "advisor", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, **env},
        check=False,
    )


def test_a_saved_assessment_is_advised_on_as_its_file_would_be(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.yaml"
    run("register", "export", REFERENCE, "-o", out)
    for words in (["assess", "--no-input"], ["explain"]):
        saved = advisor(words[0], REFERENCE, *words[1:], "--format", "json")
        file = advisor(words[0], out, *words[1:], "--format", "json")
        assert (saved.returncode, saved.stderr) == (0, "")
        assert saved.stdout == file.stdout


def test_what_a_reference_holds_does_not_act_on_a_terminal(path: Path) -> None:
    odd = "\x1b[31mred\x07\u202e"
    with Register(path) as register:
        register.create(odd, [Event("header", {"field": "title", "value": odd}, by=odd)])
    for words in (["list"], ["show", odd], ["export", odd, "--audit"], ["delete", odd, "--yes"]):
        done = advisor("register", *words)
        assert done.returncode == 0, done.stderr
        assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)
    done = advisor("register", "show", odd)
    assert done.returncode == 2
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)
