"""`advisor cases`, `batch` and what every command shares: as data, in words, and where it fails."""

from __future__ import annotations

import errno
import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.advice.rulebook import Rulebook
from advisor.cli import cases as cases_command
from advisor.reasoning import durable
from tests.cli.in_process import run
from tests.quality.rulebooks import LIVE_FILE, SMALL, write

ROOT = Path(__file__).parents[2]
CASES = ROOT / "cases"
SEED = CASES / "mps-01-foi-23-028157.yaml"
LETTER = CASES / "1-foundations" / "find-the-fault-protection-command.yaml"
CASE = f"""\
case: 1
reference: R/1
received: 2026-01-05
decided: 2026-01-20
{LIVE_FILE}      latest_record_year: 2020
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return write(tmp_path / "rules", SMALL)


def a_case(tmp_path: Path, more: str = "", name: str = "case.yaml") -> Path:
    path = tmp_path / name
    path.write_text(CASE + more)
    return path


def test_cases_are_listed_as_data() -> None:
    found = json.loads(run("cases", "list", CASES / "routes", "--format", "json").out)
    assert found
    for one in found:
        data = yaml.safe_load(Path(one["file"]).read_text())
        assert (one["ref"], one["items"]) == (data["reference"], len(data["items"]))


def test_a_case_can_be_shown_as_it_was_written() -> None:
    shown = json.loads(run("cases", "show", SEED, "--format", "json").out)
    written = yaml.load(SEED.read_text(), Loader=yaml.BaseLoader)
    assert shown["items"] == written["items"]


@pytest.mark.parametrize(
    "path", [LETTER, *sorted((CASES / "3-hard").glob("*.yaml"))[:6]], ids=lambda one: one.stem
)
def test_a_case_for_training_is_shown_with_all_that_its_writer_said(path: Path) -> None:
    data = yaml.safe_load(path.read_text())
    teaching, source = data.get("teaching") or {}, data.get("source") or {}
    shown = run("cases", "show", path).said
    texts = [one["why"] for one in teaching.get("open_to_judgment", ())]
    texts += [one["text"] for one in teaching.get("learning_points", ())]
    texts += [one["text"] for one in teaching.get("story", ())]
    texts += list(teaching.get("model", {}).values())
    letter = teaching.get("letter") or {}
    texts += [f"{key}: {letter.get('notes', {}).get(key, '')}" for key in letter.get("faults", ())]
    texts += [str(one) for one in source.values() if not isinstance(one, list)]
    missing = [one for text in texts if (one := " ".join(str(text).split())) not in shown]
    assert missing == []


def test_what_is_wrong_with_one_case_harms_no_other(tmp_path: Path, rules: Path) -> None:
    good = a_case(tmp_path, "    expect: {outcome: withhold}\n", "good.yaml")
    bad = tmp_path / "bad.yaml"
    bad.write_text("case: 1\nrefrence: R\n")
    done = run("cases", "check", good, bad, "--rules", rules, "--format", "json")
    assert done.status == 2
    assert json.loads(done.out) == {"checked": 1, "held": 1, "failed": []}
    assert f"{bad}:2:1:" in done.err
    alone = run("cases", "check", bad, "--rules", rules, "--format", "json")
    assert (alone.status, alone.out) == (2, "")


def test_what_does_not_hold_is_told_beside_what_was_expected(tmp_path: Path, rules: Path) -> None:
    expect = (
        "    expect:\n      outcome: disclose\n      provisions: []\n"
        "      no_warnings: [pitfal-1]\n"
        "      conclusions: {is_historical: yes}\nexpect: {due: 2026-02-03, route: [RT-02]}\n"
    )
    done = run("cases", "check", a_case(tmp_path, expect), "--rules", rules)
    assert done.status == 1
    for told in (
        "R/1, part file, outcome: expected disclose, got withhold",
        "R/1, part file, provisions: expected none, got s30(1)(a)",
        "R/1, part file, conclusions: expected is_historical yes, got is_historical no",
        "R/1, route: expected RT-02, got RT-01",
        "R/1, due: expected 2026-02-03, got 2026-02-02",
        "the rulebook has no 'pitfal-1'; did you mean 'pitfall-1'?",
    ):
        assert told in done.said


def test_a_long_check_shows_how_far_it_is_to_whoever_watches(
    tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = itertools.count(0, 60)
    monkeypatch.setattr(cases_command, "time", _Clock(minutes))
    paths = [a_case(tmp_path, "", f"{n}.yaml") for n in range(3)]
    watched = run("cases", "check", *paths, "--rules", rules, typed=(), TERM="xterm")
    monkeypatch.setattr(cases_command, "time", _Clock(minutes))
    piped = run("cases", "check", *paths, "--rules", rules)
    assert "Checking" in watched.err
    assert piped.err == ""
    assert watched.out == piped.out


class _Clock:
    """A clock on which every look takes a minute."""

    def __init__(self, minutes: Any) -> None:
        self.monotonic = lambda: next(minutes)


def test_no_change_of_one_fact_turns_what_is_settled_twice_over(
    tmp_path: Path, rules: Path
) -> None:
    words = ("cases", "new", "--vary", "--rules", rules, "--from")
    turned = run(*words, a_case(tmp_path))
    assert "own_investigation: yes -> no" in turned.out
    assert "name a folder with -o" in turned.err
    other = CASE.replace("own_investigation: yes", "own_investigation: no")
    path = a_case(tmp_path)
    path.write_text(other.replace("duty_to_investigate: yes", "duty_to_investigate: no"))
    nothing = run(*words, path)
    assert "held: yes -> no" in nothing.out
    path.write_text(
        "case: 1\nreference: R/2\nreceived: 2026-01-05\nitems: [{id: file, facts: {held: no}}]\n"
    )
    assert run(*words, path).status == 0


def test_a_shipped_case_is_found_by_its_reference_and_another_is_not(tmp_path: Path) -> None:
    reference = yaml.safe_load(SEED.read_text())["reference"]
    own = {"ADVISOR_REGISTER": str(tmp_path / "register")}
    done = run("cases", "new", "--from", reference, "--reference", "NEW-1", **own)
    assert yaml.safe_load(done.out)["reference"] == "NEW-1"
    assert run("cases", "new", "--from", f"{reference}9", **own).status == 2


# Batches


def test_a_batch_tells_somebody_who_watches_how_long_it_will_take(
    tmp_path: Path, rules: Path
) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    for n in range(3):
        a_case(folder, "", f"{n}.yaml")
    words = ("batch", folder, "--workers", "1", "--rules", rules)
    files = [tmp_path / name for name in ("summary.csv", "summary.html")]
    done = run(*words, "-o", tmp_path / "a.jsonl", "--csv", files[0], "--html", files[1], typed=())
    assert done.status == 0
    assert "\r3 of 3, 0:00 left \n" in done.err
    assert [one.exists() for one in files] == [True, True]
    data = run(*words, "-o", tmp_path / "b.jsonl", "--format", "json")
    assert (json.loads(data.out)["lines"], data.err) == (3, "")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def a_batch_of_two(tmp_path: Path, rules: Path) -> tuple[Path, Path, tuple[str | Path, ...]]:
    """A folder of two cases, an output, and the command that makes one of the other."""
    folder, out = tmp_path / "cases", tmp_path / "out.jsonl"
    folder.mkdir()
    for n in range(2):
        a_case(folder, "", f"{n}.yaml")
    return folder, out, ("batch", folder, "-o", out, "--workers", "1", "--rules", rules)


def test_the_output_of_a_longer_batch_is_not_gone_on_with(tmp_path: Path, rules: Path) -> None:
    folder, out, words = a_batch_of_two(tmp_path, rules)
    assert run(*words).status == 0
    whole = out.read_bytes()
    (folder / "1.yaml").unlink()
    done = run(*words)
    assert (done.status, "has 2 answers already" in done.err) == (2, True)
    assert out.read_bytes() == whole


def test_an_output_whose_lines_are_out_of_order_is_no_batchs(tmp_path: Path, rules: Path) -> None:
    _, out, words = a_batch_of_two(tmp_path, rules)
    run(*words)
    first, second = out.read_text().splitlines()
    out.write_text(f"{first}\n{first}\n")
    assert run(*words).status == 2
    assert out.read_text() == f"{first}\n{first}\n"
    assert second != first


# What every command shares


def test_the_version_is_said() -> None:
    from advisor import __version__

    assert run("--version").out == f"advisor {__version__}\n"


def _raising(error: BaseException) -> Any:
    def assess(*_: object, **__: object) -> None:
        raise error

    return assess


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (ZeroDivisionError("by nought"), 70, "(ZeroDivisionError: by nought)"),
        (OSError(errno.ENOENT, "No such file", "gone.yaml"), 70, "gone.yaml"),
        (PermissionError(errno.EACCES, "Permission denied", "shut.yaml"), 2,
         "shut.yaml: Permission denied"),
        (KeyboardInterrupt(), 130, ""),
    ],
)  # fmt: skip
def test_no_error_is_a_traceback(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, told: str
) -> None:
    monkeypatch.delenv("ADVISOR_DEBUG", raising=False)
    monkeypatch.setattr(Rulebook, "assess", _raising(error))
    done = run("assess", SEED)
    assert (done.status, done.out) == (status, "")
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.skipif(not durable.available(), reason="one evaluator cannot disagree with itself")
def test_where_the_two_derivations_differ_no_advice_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    derive = durable.derive

    def wrongly(*given: Any) -> Any:
        found = derive(*given)
        return replace(found, rules={**found.rules, "s30.1.a.class": None})

    monkeypatch.setattr(durable, "derive", wrongly)
    done = run("assess", SEED)
    assert (done.status, done.out) == (4, "")
    assert "no advice is given" in done.err
    assert "s30.1.a.class" in done.err


def test_a_developer_can_see_the_error_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rulebook, "assess", _raising(ZeroDivisionError("by nought")))
    with pytest.raises(ZeroDivisionError):
        run("assess", SEED, ADVISOR_DEBUG="1")


def test_an_answer_can_go_to_a_device() -> None:
    assert run("assess", SEED, "-o", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


def test_the_package_has_no_other_names() -> None:
    import advisor

    assert not hasattr(advisor, "Rulesbook")
