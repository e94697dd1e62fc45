"""The command as a user runs it: answers, exit codes, one message for each wrong input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from advisor.cli import main
from tests.cli.in_process import run

ROOT = Path(__file__).parents[2]
SEED = ROOT / "cases" / "mps-01-foi-23-028157.yaml"


def advisor(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
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


def test_assess_prints_the_outcomes_within_80_columns() -> None:
    done = advisor("assess", SEED)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "WITHHOLD under section 30(1)(a)(i)" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def test_json_and_nothing_else_goes_to_standard_output() -> None:
    done = advisor("assess", SEED, "--format", "json")
    assert [item["outcome"] for item in json.loads(done.stdout)["items"]] == [
        "disclose",
        "withhold",
        "disclose",
    ]


def test_the_same_input_gives_the_same_bytes_under_another_hash_seed() -> None:
    for words in (("assess", SEED, "--format", "json"), ("explain", SEED, "--format", "json")):
        outputs = {advisor(*words, PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "77")}
        assert len(outputs) == 1


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_report_can_be_written_to_a_file(tmp_path: Path, form: str) -> None:
    out = tmp_path / "report"
    done = advisor("assess", SEED, "--format", form, "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "30\\(1\\)" in out.read_text() or "30(1)(a)(i)" in out.read_text()


def test_explain_shows_rules_down_to_facts() -> None:
    done = advisor("explain", SEED, "--item", "live-offences", "--about", "s30_1_a_engaged")
    assert done.returncode == 0
    assert "s30.1.a.class" in done.stdout
    assert "duty_to_investigate" in done.stdout


def test_explain_unfolds_what_it_shows_first() -> None:
    done = advisor("explain", SEED, "--item", "live-offences")
    unfolded = done.stdout.index("s30.1.a.class")
    assert "duty_to_investigate" in done.stdout[unfolded:]
    assert "(shown above)" not in done.stdout[:unfolded]


def test_cases_check_in_each_format(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SEED.read_text().replace("disclose_part", "refuse_all"))
    good = json.loads(advisor("cases", "check", SEED, "--format", "json").stdout)
    assert (good["checked"], good["held"], good["failed"]) == (1, 1, [])
    done = advisor("cases", "check", SEED, wrong, "--format", "json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert (answer["checked"], answer["held"], len(answer["failed"])) == (2, 1, 1)
    assert answer["failed"][0]["expected"] == {"overall": "refuse_all"}
    junit = ElementTree.fromstring(
        advisor("cases", "check", SEED, wrong, "--format", "junit").stdout
    )
    assert (junit.get("tests"), junit.get("failures")) == ("2", "1")
    assert "refuse_all" in advisor("cases", "check", wrong).stdout


def test_rules_check_list_and_show() -> None:
    assert json.loads(advisor("rules", "check", "--format", "json").stdout) == {"problems": []}
    listed = json.loads(advisor("rules", "list", "--kind", "fact", "--format", "json").stdout)
    assert "duty_to_investigate" in [one["id"] for one in listed]
    shown = json.loads(advisor("rules", "show", "s30.1.a.class", "--format", "json").stdout)
    assert [one["kind"] for one in shown] == ["rule"]


def test_rules_check_finds_a_fault_and_leaves_with_1(tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", copy)
    file = copy / "foia" / "s31-law-enforcement.yaml"
    file.write_text(file.read_text().replace("not: s30_engaged", "not: s30_engagd"))
    done = advisor("rules", "check", copy, "--format", "json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert (problem["check"], problem["severity"]) == ("dangling-id", "error")
    assert problem["file"] == str(file)
    assert advisor("assess", SEED, "--rules", copy).returncode == 2


BAD = {
    "empty": "",
    "not-a-mapping": "- a\n- b\n",
    "wrong-type": "case: 1\nreference: R\nitems: no\n",
    "unknown-fact": "case: 1\nreference: R\nitems: [{id: a, facts: {hold: yes}}]\n",
    "impossible-date": "case: 1\nreference: R\nreceived: 2026-02-30\nitems: [{id: a}]\n",
    "no-such-choice": "case: 1\nreference: R\nitems: [{id: a, facts: {sensitivity: high}}]\n",
    "no-reason": "case: 1\nreference: R\nitems: [{id: a, balance: {result: disclose, reason: }}]\n",
    "brackets": "[" * 100_000,
    "binary": "\x00\x01\x02",
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_clear_message(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(BAD[kind])
    done = advisor("assess", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{path}:")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_what_is_not_a_file_is_one_message_too(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        done = advisor("assess", path)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert str(path) in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["assess", SEED, "--as-at", "2026-02-30"],
        ["explain", SEED, "--item", "none"],
        ["explain", SEED, "--about", "s30_1_a_engagd"],
        ["rules", "show", "s30.1.a.clas"],
        ["rules", "list", "--kind", "facts"],
        ["cases", "check", ROOT / "docs"],
        ["assess", SEED, "--format", "pdf"],
        ["asess"],
    ],
)
def test_a_wrong_command_line_leaves_with_2(words: list[str | Path]) -> None:
    done = advisor(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_text_of_a_case_never_acts_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        'case: 1\nreference: "[bold]R[/bold]"\ntitle: "\\e]0;x\\a\\e[31m [/foo] \\u202e"\n'
        'items: [{id: a, description: "{{ 7 * 7 }} <b>"}]\n'
    )
    done = advisor("assess", path)
    assert done.returncode == 0
    assert not set(done.stdout) & {"\x1b", "\x07", "\u202e"}
    assert "[BOLD]R[/BOLD]" in done.stdout
    page = advisor("assess", path, "--format", "html").stdout
    assert "{{ 7 * 7 }} &lt;b&gt;" in page


def test_an_undetermined_case_says_what_would_settle_it(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(SEED.read_text().replace("      duty_to_investigate: yes\n", "", 2))
    done = advisor("assess", path, "--no-input", "--format", "json")
    item = json.loads(done.stdout)["items"][1]
    assert done.returncode == 0
    assert (item["outcome"], item["outstanding"][0]) == ("undetermined", "duty_to_investigate")


@pytest.mark.parametrize(
    ("typed", "offered"), [("advisor re", "resume"), ("advisor register ex", "export")]
)
def test_the_shell_is_told_how_a_word_goes_on(typed: str, offered: str) -> None:
    word = str(len(typed.split()) - 1)
    done = advisor(_ADVISOR_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=word)
    assert offered in done.stdout.split()


@pytest.mark.parametrize("words", [("rules", "list"), ("batch", "x.jsonl", "-o", "y.jsonl")])
def test_ctrl_c_is_answered_alike_by_every_command(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def interrupted(path: object = None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("advisor.advice.rulebook.Rulebook.load", interrupted)
    done = run(*words)
    assert (done.status, done.out, done.err) == (130, "", "Interrupted.\n")


def test_ctrl_c_while_the_command_is_loaded_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupting:
        """Finds modules, and meets Ctrl-C while it looks for the application."""

        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "advisor.cli.app":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "advisor.cli.app")
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130
    assert capsys.readouterr().err == "Interrupted.\n"
