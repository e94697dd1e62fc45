"""What the run of small faults says on the page and in its list is about the code as it is."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
EXPLAINED = yaml.safe_load((ROOT / "tests/benchmarks/mutants.yaml").read_text(encoding="utf-8"))
MODULES = {
    path.relative_to(ROOT / "advisor/reasoning").with_suffix("").as_posix(): path
    for path in (ROOT / "advisor/reasoning").rglob("*.py")
    if path.name != "__init__.py"
}


def test_every_explained_fault_is_in_a_line_of_its_module() -> None:
    for module, entries in EXPLAINED.items():
        lines = {line.strip() for line in MODULES[module].read_text(encoding="utf-8").splitlines()}
        for one in entries:
            assert one["line"] in lines
            assert one["what"]
            assert one["because"]


def test_the_page_has_every_module_and_as_many_explained_faults_as_the_list() -> None:
    rows = re.findall(r"^\| `([\w/]+)` \| (.*) \| (\d*) ?\| (\d*) ?\|$", PAGE, re.MULTILINE)
    rows = [row for row in rows if row[0] in MODULES]
    assert sorted(name for name, *_ in rows) == sorted(MODULES)
    for name, made, noticed, explained in rows:
        entries = EXPLAINED.get(name, ())
        if made == "not run whole":
            assert not entries
        else:
            assert int(explained) == sum(len(one["what"]) for one in entries)
            assert int(made) == int(noticed) + int(explained)
