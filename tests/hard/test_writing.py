"""Whatever happens while something is written: the old whole or the new whole, and a clear word."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor import Case, InputError
from advisor.batch.running import run
from advisor.batch.summary import summarise
from advisor.cli.app import app
from advisor.cli.output import write_new, write_whole
from advisor.rulebook import kept, loading
from advisor.scenarios.finding import case_files, shipped
from advisor.sources import Problem
from advisor.training.results import Result, Store
from tests.batch.lines import case_line
from tests.register.test_crashes import room_for

posix = pytest.mark.skipif(os.name == "nt", reason="modes, limits and signals are those of POSIX")
ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "mps-01-foi-23-028157.yaml"
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
RESULT = Result("2026-03-02T09:00:00+00:00", "A", "T-1", "t", "hard", True, 80, 0, ())

WRITING = """
import sys
from pathlib import Path
from advisor.cli.app import app
from advisor.cli.output import write_whole
path, number = Path(sys.argv[1]), 0
while True:
    number += 1
    write_whole(path, f"{number}\\n".encode() * 200_000)
    print(number, flush=True)
"""
KEEPING = """
import sys
from dataclasses import replace
from pathlib import Path
from advisor.training.results import Store
from tests.hard.test_writing import RESULT
store, number = Store(Path(sys.argv[1])), 0
while True:
    number += 1
    store.add(replace(RESULT, title=f"{number} " + "x" * 50_000))
    print(number, flush=True)
"""


def advisor(*line: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "advisor", *map(str, line)]
    return subprocess.run(command, cwd=ROOT, text=True, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def killed(program: str, path: Path, after: int) -> int:
    """Run a child that says a number after each thing it wrote, and kill it. The last number."""
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(after)]
        child.kill()
        said += child.stdout.readlines()
    return int([one for one in said if one.endswith("\n")][-1])


@pytest.mark.parametrize("after", [1, 2, 5, 9])
def test_a_file_killed_while_it_is_written_is_whole(tmp_path: Path, after: int) -> None:
    path = tmp_path / "letter.html"
    said = killed(WRITING, path, after)
    lines = path.read_text().splitlines()
    assert len(lines) == 200_000
    assert len(set(lines)) == 1
    assert said <= int(lines[0]) <= said + 1


@pytest.mark.parametrize("after", [1, 7])
def test_no_result_that_was_acknowledged_is_lost(tmp_path: Path, after: int) -> None:
    path = tmp_path / "results.jsonl"
    said = killed(KEEPING, path, after)
    kept = Store(path).read()
    numbers = [int(one.title.split()[0]) for one in kept.results]
    assert numbers in (list(range(1, said + 1)), list(range(1, said + 2)))
    Store(path).add(RESULT)
    assert Store(path).read().results[-1] == RESULT


@posix
def test_on_a_full_disk_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    write_whole(path, b"old")
    with room_for(1000), pytest.raises(InputError) as told:
        write_whole(path, b"new" * 1000)
    assert "cannot be written" in str(told.value)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_ctrl_c_once_the_file_is_in_its_place_is_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, book, path = os.replace, loading.load(cached=False), tmp_path / "letter.md"

    def interrupted(one: str, other: Path) -> None:
        put(one, other)
        raise KeyboardInterrupt

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"whole")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"whole"]
    with pytest.raises(KeyboardInterrupt):
        kept.keep(book)
    assert len([one for one in (tmp_path / "cache").rglob("*") if one.is_file()]) == 1
    assert kept.kept("", book.digest) is not None


WRITERS: list[tuple[str | Path, ...]] = [
    ("assess", CASE, "--no-input", "--engine", "direct", "--format", "html", "-o", "out"),
    ("letter", CASE, "--engine", "direct", "-o", "out.md"),
    ("letter", CASE, "--engine", "direct", "-o", "out.docx"),
    ("cases", "new", "--from", CASE, "-o", "out.yaml"),
    ("rules", "graph", "-o", "out"),
    ("rules", "book", "-o", "out"),
    ("batch", ROOT / "cases" / "routes", "-o", "out.jsonl", "--workers", "1"),
    ("rules", "schema", "-o", "out.json"),
]


@posix
@pytest.mark.parametrize("line", WRITERS)
def test_what_has_no_room_leaves_nothing_that_looks_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str | Path, ...]
) -> None:
    loading.load()  # its copy is kept in the cache while there is room
    monkeypatch.chdir(tmp_path)
    with room_for(50):
        done = CliRunner().invoke(app, list(map(str, line)))
    assert isinstance(done.exception, InputError)
    assert "cannot be written" in str(done.exception)
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    if line[0] == "batch":
        assert len(left[0].read_bytes().splitlines()) <= 1  # the torn line is cut off next time
        assert run(Path(line[1]), left[0], workers=1).unusable == 0
    else:
        assert left == []


@posix
def test_a_folder_that_may_not_be_written_to_is_named() -> None:
    never = Path("/dev/null/folder")
    for line in (
        ("cases", "new", "--from", CASE, "-o", never / "new.yaml"),
        ("rules", "graph", "-o", never),
        ("letter", CASE, "--engine", "direct", "-o", never / "letter.md"),
        ("batch", ROOT / "cases" / "routes", "-o", never / "out.jsonl"),
    ):
        done = advisor(*line, stdout=subprocess.DEVNULL)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "/dev/null/folder" in done.stderr


@posix
def test_a_result_that_has_no_room_is_not_acknowledged_and_spoils_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "results.jsonl")
    store.add(RESULT)
    with room_for(store.path.stat().st_size + 20), pytest.raises(InputError):
        store.add(RESULT)
    store.add(RESULT)
    assert store.read().results == (RESULT, RESULT)
    assert len(store.read().unreadable) == 1


@posix
def test_a_rulebook_is_loaded_where_its_copy_has_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kept, "_cache_file", lambda digest: tmp_path / "c" / f"{digest}.json")
    with room_for(10_000):
        assert loading.load().files
    assert [*(tmp_path / "c").iterdir()] == []
    digest = loading.load().digest
    copy = tmp_path / "c" / f"{digest}.json"
    for content in (copy.read_bytes()[:5000], b"", b"[]", b'{"digest": 1}', b"\xff" * 9):
        copy.write_bytes(content)
        assert loading.load().digest == digest


@full
@pytest.mark.parametrize(
    "line", [("assess", CASE, "--engine", "direct"), ("cases", "list"), ("--help",)]
)
def test_a_standard_output_that_is_full_is_said_to_be_so(line: tuple[str | Path, ...]) -> None:
    with open("/dev/full", "w") as device:
        done = advisor(*line, stdout=device)
    assert done.returncode == 2
    assert done.stderr.startswith("standard output: cannot be written")
    assert len(done.stderr.splitlines()) == 1


@full
def test_a_standard_error_that_is_full_too_ends_in_order() -> None:
    with open("/dev/full", "w") as device:
        command = [sys.executable, "-m", "advisor", "cases", "list"]
        assert subprocess.run(command, cwd=ROOT, stdout=device, stderr=device).returncode == 2


@posix
def test_a_closed_standard_output_ends_in_order(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m advisor cases list >&-'
    done = subprocess.run(command, shell=True, cwd=ROOT, text=True, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, "")


@posix
def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "letter.md", tmp_path / "link.md"
    path.write_text("old")
    path.chmod(0o600)
    link.symlink_to(path)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_of_two_that_write_the_same_new_file_only_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, mine = tmp_path / "theirs.yaml", tmp_path / "mine.yaml"
    write_new({theirs: "theirs"})
    with pytest.raises(InputError, match="is there already"):
        write_new({mine: "mine", theirs: "mine"})
    assert not mine.exists()
    # Both have looked before either wrote.
    monkeypatch.setattr(Path, "exists", lambda path: False)
    with pytest.raises(InputError, match="is there already"):
        write_new({theirs: "mine"})
    assert theirs.read_text() == "theirs"


def test_a_new_file_that_cannot_be_written_leaves_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        write_new({tmp_path / "file" / "new.yaml": "mine"})

    def full(*_: object, **__: object) -> None:
        raise InputError(Problem("new.yaml", 0, 0, "cannot be written: no room"))

    monkeypatch.setattr("advisor.cli.output.write_whole", full)
    with pytest.raises(InputError, match="no room"):
        write_new({tmp_path / "new.yaml": "mine"})
    assert not (tmp_path / "new.yaml").exists()


@pytest.mark.parametrize("name", [".", "no/such/folder/x.md", "x" * 300, "a\0b", "file/x.md"])
def test_where_nothing_can_be_written_that_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as told:
        write_whole(tmp_path / name, b"text")
    assert len(told.value.problems) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


LINES = [case_line(Case.read(path)) for path in case_files([shipped()])[:3]]


def test_of_two_batches_into_one_file_the_second_is_refused(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(LINES * 100) + "\n", encoding="utf-8")
    refused = []

    def again(*_: object) -> None:
        if not refused:
            with pytest.raises(InputError) as told:
                run(source, out, workers=1)
            refused.append(str(told.value))

    assert run(source, out, workers=1, progress=again).lines == 300
    assert "another run" in refused[0]
    numbers = [json.loads(line)["line"] for line in out.read_text().splitlines()]
    assert numbers == list(range(1, 301))


@posix
def test_a_batch_that_is_killed_leaves_no_worker_and_goes_on(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(LINES * 200) + "\n", encoding="utf-8")
    program = (
        "import sys, os; from pathlib import Path; from advisor.batch.running import run\n"
        "run(Path(sys.argv[1]), Path(sys.argv[2]), workers=2, "
        "progress=lambda *_: print('on', flush=True))"
    )
    command = [sys.executable, "-c", program, str(source), str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.stdout.read()  # ends when the last worker, which has this pipe too, has ended
    assert run(source, out, workers=1).lines == 600
    numbers = [json.loads(line)["line"] for line in out.read_text().splitlines()]
    assert numbers == list(range(1, 601))


def test_lines_without_end_and_returns_in_lines_are_one_line_each(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"{\r}\n" + b"x" * 2_500_000 + b"\n" + LINES[0].encode() + b"\r\n")
    assert run(source, out, workers=1).lines == 3
    assert run(source, out, workers=1).lines == 3
    answers = [json.loads(line) for line in out.read_text().splitlines()]
    assert ["problems" in one for one in answers] == [True, True, False]


@pytest.mark.parametrize("content", ["{\n", "[]\n", '{"line": 1}\n', "\n"])
def test_an_output_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content)
    with pytest.raises(InputError):
        summarise(path)
