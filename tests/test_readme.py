"""The README's command lines: CI runs them as they stand; here, that they say what they should."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def command(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```sh\n(.+)\n```", README)
    assert found, f"the README has one command line after '{mark}'"
    return found[1]


def test_the_first_screen_has_both_command_lines() -> None:
    first_screen = "\n".join(README.splitlines()[:25])
    assert command("the main job") in first_screen
    assert command("the tests") in first_screen


def test_the_main_job_decides_the_seed_matter() -> None:
    setup, install, run = command("the main job").split(" && ")
    assert (setup, install) == ("python3 -m venv .venv", ".venv/bin/pip install -q .")
    program, *words = shlex.split(run)
    assert program == ".venv/bin/advisor"
    done = subprocess.run(
        [sys.executable, "-m", "advisor", *words],
        capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    assert "WITHHOLD under section 30(1)(a)(i)" in done.stdout


def test_ci_runs_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "command_of 'the tests'" in script
    assert "command_of 'the main job'" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"
