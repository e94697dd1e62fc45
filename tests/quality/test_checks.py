"""Every check: its page explains it, its faults are found where they stand, sound rules pass."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from advisor.quality.checks import CHECKS, NAMES, check_rulebook, explanation
from advisor.sources import Problem
from tests.quality.rulebooks import LAW, LETTERED, SMALL, WEIGHING, found, write

ROOT = Path(__file__).parents[2]


def test_the_shipped_rulebook_has_no_unexplained_warning() -> None:
    assert [str(one.problem) for one in check_rulebook(None) if not one.accepted] == []


def test_the_small_rulebook_passes(tmp_path: Path) -> None:
    assert found(write(tmp_path, SMALL)) == []
    assert found(write(tmp_path, LETTERED)) == []


# One fault each, put into the small rulebook: in `file`, `old` becomes `new`. The check has to find
# it in the line in which `shows` begins, in the same file or in the one named by `in`.
FAULTS = [
    fault
    for path in sorted(Path(__file__).with_name("faults").iterdir())
    for fault in yaml.safe_load(path.read_text())
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one['check']}: {one['new'][:40]}")
def test_each_fault_is_found_in_its_file_and_line(tmp_path: Path, fault: dict[str, str]) -> None:
    file, shown = fault["file"], fault.get("in", fault["file"])
    assert fault["old"] in LETTERED[file]
    files = LETTERED | {file: LETTERED[file].replace(fault["old"], fault["new"], 1)}
    line = files[shown][: files[shown].index(fault["shows"])].count("\n") + 1
    problems = of(fault["check"], write(tmp_path, files))
    assert (str(tmp_path / shown), line) in [(one.file, one.line) for one in problems]


def of(check: str, folder: Path) -> list[Problem]:
    return [one.problem for one in found(folder) if one.check == check]


def test_there_are_at_least_forty_seeded_faults_and_one_for_nearly_every_check() -> None:
    assert len(FAULTS) >= 40
    assert {one["check"] for one in FAULTS} == set(NAMES) - {"engine-limit"}


def test_every_check_has_a_page_and_every_page_a_check() -> None:
    pages = {path.stem for path in (ROOT / "advisor/quality/checks/pages").iterdir()}
    assert pages == set(NAMES)
    for check in CHECKS:
        page = explanation(check.NAME)
        assert page.startswith(f"# {check.NAME}\n\nSeverity: {check.SEVERITY}.\n")
        for heading in ("Avoid", "Prefer", "Why it matters", "What to do"):
            assert f"\n## {heading}\n" in page


def test_the_index_of_checks_names_each_with_its_severity() -> None:
    index = (ROOT / "docs/checks.md").read_text()
    for check in CHECKS:
        link = f"[{check.NAME}](../advisor/quality/checks/pages/{check.NAME}.md)"
        assert f"| {link} | {check.SEVERITY} |" in index


def example(name: str, which: str) -> dict[str, str]:
    """The small rulebook with the example of a page added; it gives way where that decides."""
    text = re.search(rf"## {which}\n\n```yaml\n(.*?)```", explanation(name), re.DOTALL)
    assert text
    files = LETTERED | {"example.yaml": text[1]}
    if "order_of_decision:" in text[1]:
        outcomes, _ = files["deciding.yaml"].split("order_of_decision:")
        files["deciding.yaml"] = outcomes
    return files


@pytest.mark.parametrize("name", NAMES)
def test_the_avoid_example_of_a_page_is_found_and_prefer_is_not(tmp_path: Path, name: str) -> None:
    avoid = found(write(tmp_path / "avoid", example(name, "Avoid")))
    assert name in {one.check for one in avoid if one.problem.file.endswith("example.yaml")}
    prefer = found(write(tmp_path / "prefer", example(name, "Prefer")))
    assert name not in {one.check for one in prefer}
    assert not [str(one.problem) for one in prefer if one.severity == "error"]


def test_a_counter_example_is_given_in_answers(tmp_path: Path) -> None:
    text = SMALL["deciding.yaml"].replace("when: always", "when: own_investigation")
    gap, *_ = of("gap", write(tmp_path, SMALL | {"deciding.yaml": text}))
    assert "held: yes, own_investigation: no" in gap.text


def test_a_fault_that_only_a_later_day_shows_is_found(tmp_path: Path) -> None:
    """A second rule that never holds, but is not in force before 2027."""
    first = LAW[LAW.index("      - id: old\n") : LAW.index("  s30_1_a_engaged:\n    means")]
    second = first.replace("id: old", "id: older\n        in_force_from: 2027-01-01")
    text = LAW.replace(first, first + second.replace(">= 20", ">= 2000"))
    problems = found(write(tmp_path, SMALL | {"law.yaml": text}))
    assert [one.check for one in problems] == ["contradiction"]


def test_a_warning_is_accepted_by_check_or_by_id_and_an_error_never(tmp_path: Path) -> None:
    text = WEIGHING.replace("weight: some", "weight: very_strong")
    for key, left in (("", 0), (":stage.live", 0), (":x", 2)):
        accepted = f"{text}accepted:\n  redundant-rule{key}: Kept for its own authority.\n"
        assert len(found(write(tmp_path, SMALL | {"weighing.yaml": accepted}))) == left
    bad = LAW.replace("record_age_years >= 20", "record_age_years >= 2000")
    bad += "accepted:\n  never-yes: No.\n"
    problems = found(write(tmp_path, SMALL | {"law.yaml": bad}))
    assert "never-yes" in {one.check for one in problems}


def advisor(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "advisor", "rules", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_the_command_explains_a_check() -> None:
    assert advisor("check", "--explain", "gap").stdout == explanation("gap")
    done = advisor("check", "--explain", "gap", "--format", "json")
    assert json.loads(done.stdout)["severity"] == "error"
    done = advisor("check", "--explain", "gaps")
    assert (done.returncode, "did you mean 'gap'" in done.stderr) == (2, True)


def test_a_warning_leaves_with_0_an_error_with_1_and_no_rulebook_with_2(tmp_path: Path) -> None:
    warning = WEIGHING.replace("weight: some", "weight: very_strong")
    done = advisor("check", write(tmp_path / "warning", SMALL | {"weighing.yaml": warning}))
    assert (done.returncode, "0 errors, 1 warnings." in done.stdout) == (0, True)
    error = LAW.replace("limits: Ends one exemption only.", "limits: none")
    done = advisor("check", write(tmp_path / "error", SMALL | {"law.yaml": error}))
    assert (done.returncode, "1 errors, 0 warnings." in done.stdout) == (1, True)
    done = advisor("check", tmp_path / "nothing")
    assert (done.returncode, done.stdout) == (2, "")


def test_the_command_shows_what_is_accepted_with_its_reason() -> None:
    done = advisor("check")
    assert done.returncode == 0
    assert "accepted [unused-id]: The list is also the record" in done.stdout


def test_the_command_begins_a_rule(tmp_path: Path) -> None:
    done = advisor("new", "s31(1)(a)", "-o", tmp_path)
    assert done.returncode == 0
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
    done = advisor("new", "s31(1)(a)", "-o", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
