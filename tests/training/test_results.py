"""Results survive a kill at any moment, and a torn line harms only itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from advisor.sources import InputError
from advisor.training.marking import mark
from advisor.training.results import Result, Store
from tests.training.conftest import PACK, ROOT, the_exercise
from tests.training.perfect import model_answer

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from advisor.training.results import Result, Store
store = Store(Path(sys.argv[1]))
one = Result.from_json(__import__("json").loads(sys.argv[2]))
for number in range(100_000):
    store.add(replace(one, trainee=f"T{number}"))
    print(number, flush=True)
"""


def a_result(trainee: str = "A") -> Result:
    exercise = the_exercise(PACK[0])
    return Result.of(mark(exercise, model_answer(exercise), trainee), "sha256:0")


def test_what_is_added_is_read_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "r.jsonl")
    assert store.read().results == ()
    store.add(a_result("A"))
    store.add(a_result("=B\n\u2028"))
    assert [one.trainee for one in store.read().results] == ["A", "=B\n\u2028"]
    assert store.read().unreadable == ()


@pytest.mark.parametrize(
    "torn", [b'{"result": 1, "at"', b"\xff\xfe", b"[]", b"null", b'{"result": 2}', b"[" * 99_999]
)
def test_a_torn_line_is_reported_and_passed_over_never_cut_off(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "r.jsonl"
    store = Store(path)
    store.add(a_result("A"))
    before = path.read_bytes() + torn
    path.write_bytes(before)
    store.add(a_result("B"))
    kept = store.read()
    assert [one.trainee for one in kept.results] == ["A", "B"]
    assert [one.line for one in kept.unreadable] == [2]
    assert path.read_bytes().startswith(before)


def test_results_survive_a_kill_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    said = 0
    for round_ in range(4):
        data = json.dumps(a_result().as_json())
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), data], stdout=subprocess.PIPE, env=env
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.02 * round_)
            process.send_signal(signal.SIGKILL)
            said += 1 + len(process.stdout.read().splitlines())
    kept = Store(path).read()
    assert len(kept.results) >= said  # each was on the disk before it was said to be
    assert len(kept.unreadable) <= 4
    Store(path).add(a_result("after"))
    assert Store(path).read().results[-1].trainee == "after"


def test_a_place_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        Store(tmp_path / "file" / "r.jsonl").add(a_result())
    with pytest.raises(InputError, match="cannot be read"):
        Store(tmp_path).read()
