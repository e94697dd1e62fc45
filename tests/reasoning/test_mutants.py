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


def test_the_page_has_every_module_and_the_sums_of_them() -> None:
    rows = re.findall(r"^\| `([\w/]+)` \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    found = {name: tuple(map(int, numbers)) for name, *numbers in rows if name in MODULES}
    assert sorted(found) == sorted(MODULES)
    for name, (made, noticed, explained) in found.items():
        assert explained == sum(len(one["what"]) for one in EXPLAINED.get(name, ()))
        assert made == noticed + explained
    made, noticed, explained = map(sum, zip(*found.values(), strict=True))
    assert f"{made:,}, of which {noticed:,} were noticed and\n{explained} are explained" in PAGE
