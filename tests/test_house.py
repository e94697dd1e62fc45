"""What the layout promises: the law is in rules/, the engine in one module, modules are small."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "advisor").rglob("*.py"))
LAW = re.compile(r"\bs\.?\d{2}\b|section \d+|FOIA|Metropolitan|public authorit", re.IGNORECASE)


def imports(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def room(module: Path) -> str:
    return module.relative_to(ROOT / "advisor").parts[0].removesuffix(".py")


def test_only_one_module_knows_the_rule_engine() -> None:
    users = [module.name for module in MODULES if "durable_rules_engine" in module.read_text()]
    assert users == ["durable.py"]


def test_only_the_command_knows_typer_and_only_printing_knows_rich() -> None:
    for module in MODULES:
        heads = {name.split(".")[0] for name in imports(module)}
        assert "typer" not in heads or room(module) == "cli", module
        assert "rich" not in heads or room(module) in ("cli", "document"), module


# What each room may not know: everything to its right on the way from rules to the officer.
RIGHT_OF = {
    "rulebook": {"case", "reasoning", "advice", "interview", "register", "training", "cli"},
    "reasoning": {"advice", "interview", "register", "training", "cli", "document"},
    "advice": {"interview", "training", "cli"},
    "document": {"reasoning", "advice", "rulebook", "case", "cli"},
}


@pytest.mark.parametrize("name", RIGHT_OF)
def test_it_flows_one_way(name: str) -> None:
    for module in MODULES:
        if room(module) == name:
            known = {i.split(".")[1] for i in imports(module) if i.startswith("advisor.")}
            assert not known & RIGHT_OF[name], module


@pytest.mark.parametrize("name", ["rulebook", "reasoning"])
def test_no_law_in_the_machine(name: str) -> None:
    """Docstrings may say which section an idea comes from; code may not."""
    for module in MODULES:
        if room(module) != name:
            continue
        tree = ast.parse(module.read_text())
        docs = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        strings = [
            constant.value
            for node in ast.walk(tree)
            if isinstance(node, ast.stmt) and id(node) not in docs
            for constant in ast.iter_child_nodes(node)
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
        ]
        assert not [text for text in strings if LAW.search(text)], module


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_no_module_is_imported_by_what_it_imports() -> None:
    """Whenever it is imported: on top, when it is needed, or for its types only."""
    every = {module(path): imports(path) for path in MODULES}
    arrows = {name: found & every.keys() - {name} for name, found in every.items()}
    while ends := {name for name, found in arrows.items() if not found}:
        arrows = {name: found - ends for name, found in arrows.items() if name not in ends}
    assert arrows == {}


def test_modules_are_small_enough_to_read() -> None:
    assert {m.name: n for m in MODULES if (n := len(m.read_text().splitlines())) > 400} == {}
