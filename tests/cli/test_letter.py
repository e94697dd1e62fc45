"""`advisor letter` and `advisor deadline` as a user runs them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROUTES = ROOT / "cases" / "routes"
LIVE = ROUTES / "rt-03-live-investigation.yaml"


def advisor(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "advisor", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "ADVISOR_SETTINGS": str(ROOT / "advisor/notice/settings.yaml"), **env},
        check=False,
    )


def test_the_letter_goes_to_standard_output_and_what_to_know_to_standard_error() -> None:
    done = advisor("letter", LIVE)
    assert done.returncode == 0
    assert "# Your request for information" in done.stdout
    assert "placeholder" in done.stdout
    assert "Still wanted, and shown as [placeholder: ...]:" in done.stderr
    assert "It is due by Monday 9 March 2026." in done.stderr
    assert "Still wanted" not in done.stdout


@pytest.mark.parametrize("kind", ["md", "html", "docx", "pdf"])
def test_what_the_file_ends_in_says_what_it_is(tmp_path: Path, kind: str) -> None:
    if kind == "pdf":
        pytest.importorskip("typst")
    target = tmp_path / f"letter.{kind}"
    assert advisor("letter", LIVE, "-o", target).returncode == 0
    begins = {"md": b"Borchester", "html": b"<!doctype", "docx": b"PK", "pdf": b"%PDF"}[kind]
    assert target.read_bytes().startswith(begins)


def test_json_has_the_letter_and_what_it_wants() -> None:
    done = advisor("letter", LIVE, "--format", "json")
    found = json.loads(done.stdout)
    assert "the name of whoever signs" in found["missing"]
    assert "S17-05b" in found["met"]["enquiries"]
    assert found["letter"].startswith("Borchester")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["letter"], "no case is given"),
        (["letter", str(LIVE), "--to", "docx"], "-o letter.docx"),
        (["letter", str(LIVE), "--to", "pdf"], "-o letter.pdf"),
        (["letter", str(LIVE), "--template", "x.docx"], "a template is for a Word document"),
        (["letter", str(LIVE), "-o", "x.docx", "--template", "none.docx"], "no such template"),
        (["letter", str(LIVE), "--settings", "none.yaml"], "none.yaml: there is no such file"),
        (["letter", str(LIVE), "--annex", "a.docx"], "end its name in .html, .md or .txt"),
        (["letter", str(LIVE), "-o", "a.md", "--annex", "a.md"], "cannot be the letter's own file"),
        (["letter", str(ROUTES / "rt-08-not-held.yaml"), "--second"], "rt-08-not-held.yaml:"),
        (["letter", str(LIVE), "-o", str(LIVE), "--to", "md"], "would be written over"),
        (["letter", str(LIVE), "-o", "letter.odt"], "does not end in a kind of letter"),
        (["letter", "NO/SUCH/REF"], "NO/SUCH/REF"),
        (["deadline", "2026-02-09", "--received", "2026-02-09"], "given twice"),
        (["deadline"], "--received"),
        (["deadline", "--received", "2026-02-30"], "'2026-02-30' is not a date"),
        (["deadline", "--received", "1066-10-14"], "Working days are known from 2005"),
        (["deadline", "--received", "2026-02-09", "--authority-kind", "polce"], "'police'?"),
        (
            ["deadline", "--received", "2026-02-09", "--fees-notice", "2026-02-10"],
            "stopped the clock",
        ),
        (["deadline", "--received", "2026-02-09", "--closed", "2026-02-10"], "for a school"),
    ],
)
def test_wrong_input_is_one_message_and_exit_2(words: list[str], message: str) -> None:
    done = advisor(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_annex_is_a_file_of_its_own(tmp_path: Path) -> None:
    letter, annex = tmp_path / "letter.md", tmp_path / "annex.html"
    annex.touch(0o644)  # one from before, which others may read
    case = ROUTES / "rt-03-confidential-source.yaml"
    assert advisor("letter", case, "-o", letter, "--annex", annex).returncode == 0
    assert "Arson" not in letter.read_text()
    assert "Arson" in annex.read_text()
    assert "Do not send this to the applicant" in annex.read_text()
    if os.name != "nt":
        assert stat.S_IMODE(annex.stat().st_mode) == 0o600
        assert stat.S_IMODE(letter.stat().st_mode) != 0o600


def test_words_of_the_officers_own_are_listed_for_the_officer_and_kept_in_the_annex(
    tmp_path: Path,
) -> None:
    annex = tmp_path / "annex.md"
    done = advisor("letter", LIVE, "--annex", annex)
    assert "part 1, offence: Burglary" in done.stderr
    assert "**part 1, offence:** Burglary" in annex.read_text()


@pytest.mark.parametrize(
    "words", [["13", "June", "2026"], ["13/06/2026"], ["--received", "13 jun 2026"]]
)
def test_a_day_may_be_written_as_people_write_it(words: list[str]) -> None:
    found = json.loads(advisor("deadline", *words, "--format", "json").stdout)
    assert found["received"] == "2026-06-13"


def test_the_second_notice(tmp_path: Path) -> None:
    done = advisor("letter", ROUTES / "rt-04-holding-notice.yaml", "--second")
    assert done.returncode == 0
    assert "further notice that section 17\\(3\\)" in done.stdout.replace("(3)", "\\(3\\)")
    assert "[S17-12]" not in done.stderr


def test_a_second_notice_tells_when_the_case_still_says_undecided(tmp_path: Path) -> None:
    text = (ROUTES / "rt-04-holding-notice.yaml").read_text(encoding="utf-8")
    decided = tmp_path / "case.yaml"
    decided.write_text(
        text.replace("public_interest_undecided: yes", "public_interest_undecided: no")
    )
    told = [
        json.loads(advisor("letter", case, "--second", "--format", "json").stdout)["remarks"]
        for case in (ROUTES / "rt-04-holding-notice.yaml", decided)
    ]
    assert told[0][1:] == told[1]


def test_the_template_can_be_saved_and_used(tmp_path: Path) -> None:
    own, target = tmp_path / "own.docx", tmp_path / "letter.docx"
    assert advisor("letter", "--save-template", own).returncode == 0
    assert advisor("letter", LIVE, "-o", target, "--template", own).returncode == 0
    assert target.read_bytes().startswith(b"PK")


def test_the_template_of_the_settings_is_used(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("settings: 1\ntemplate: missing.docx\n")
    done = advisor(
        "letter", LIVE, "-o", tmp_path / "a.docx", "--settings", tmp_path / "settings.yaml"
    )
    assert done.returncode == 2
    assert "missing.docx" in done.stderr


def test_a_deadline_in_json_is_the_contracts() -> None:
    found = json.loads(advisor("deadline", "--received", "2026-06-13", "--format", "json").stdout)
    assert found["received"] == "2026-06-13"
    assert found["day_one"] == "2026-06-16"
    assert found["due"] == "2026-07-14"
    assert found["left_out"][0] == {
        "date": "2026-06-15",
        "why": "World Cup bank holiday (Scotland)",
    }
    assert found["provisional"] is False


def test_a_deadline_goes_to_a_diary(tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    done = advisor("deadline", "--received", "2026-02-09", "--ics", target, "--reference", "FOI/1")
    assert done.returncode == 0
    assert b"SUMMARY:Answer FOI request FOI/1 by today\r\n" in target.read_bytes()
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_moves_the_clock() -> None:
    def due(*words: str) -> str:
        done = advisor("deadline", "--received", "2026-02-09", *words, "--format", "json")
        return str(json.loads(done.stdout)["due"])

    assert due() == "2026-03-09"
    assert due("--clarified", "2026-02-16") == "2026-03-16"
    assert due("--fees-notice", "2026-02-16", "--fee-received", "2026-02-17") == "2026-03-11"
    assert due("--authority-kind", "archive", "--archive-extension") == "2026-03-24"
    closed = ("--authority-kind", "school", "--closed", "2026-02-16/2026-02-20")
    assert due(*closed) == "2026-03-16"
    assert due("--authority-kind", "school", "--closed", "16/2/2026 to 20 Feb 2026") == "2026-03-16"
