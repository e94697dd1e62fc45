"""docs/for-trainers.md, followed to the letter by someone who has only that page."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from tests.training.conftest import ROOT
from tests.training.test_answers import advisor

PAGE = (ROOT / "docs" / "for-trainers.md").read_text()
STEP = re.compile(r"(?:<!-- file: (\S+) -->\n)?```(yaml|console)\n(.*?)```", re.DOTALL)


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    done = []
    for name, kind, body in STEP.findall(PAGE):
        if kind == "yaml":
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(body)
            continue
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        shown = [line for line in body.splitlines() if not line.startswith("$ ")]
        for command in commands:
            words = shlex.split(command)
            assert words[0] == "advisor"
            result = advisor(*words[1:], cwd=tmp_path)
            assert result.returncode == 0, (command, result.stdout, result.stderr)
            assert "Traceback" not in result.stderr
            assert all(line in result.stdout for line in shown), command
            done.append(command)
    assert len(done) >= 10
    report = json.loads(advisor("train", "report", "--format", "json", cwd=tmp_path).stdout)
    passed = {one["id"]: one["passed"] for one in report["trainees"]}
    assert passed == {"Ada": 1, "Ben": 0, "Cem": 0}
    assert any(one["contests"] for one in report["attempts"])
    assert (tmp_path / "report.html").read_text().count("<svg") >= 1
    assert "Ada" in (tmp_path / "marks.csv").read_text()
