"""Small faults put into advisor/reasoning, one at a time: which of them no test notices.

    python -m tests.benchmarks.mutants --modules balance outcome known evaluate

Each mutant is one module with one change: a comparison turned, `and` for `or`, `not` left out, a
number one higher, a truth the other way, the arms of a choice swapped, nothing returned, `break`
for `continue`. The tests of the area run on each in a process of their own, which has that module
in place of the real one; no file is changed. Survivors are printed by line; they are killed by a
test, or explained in docs/benchmarks.md. The exit code is 1 if one is not on that page.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
TESTS = ("tests/reasoning/test_balance.py", "tests/advice", "tests/scenarios", "tests/reasoning")
LONGEST = 300  # seconds; a mutant that never ends is noticed

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node whose change could change what the module does: no annotation, no docstring."""
    for name, inner in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, ast.AST):
                yield one
                yield from places(one)


def changed(node: ast.AST) -> str:
    """Change a node in its place; what was done, or nothing where there is nothing to do."""
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _TURNED:
            node.ops[0] = _TURNED[type(op)]()
            return f"{type(op).__name__} turned"
        case ast.BoolOp(op=op):
            node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            return f"{type(op).__name__} turned"
        case ast.Constant(value=bool(value)):
            node.value = not value
            return f"{value} turned"
        case ast.Constant(value=int(value)):
            node.value = value + 1
            return f"{value} one higher"
        case ast.BinOp(op=op) if type(op) in _OTHER:
            node.op = _OTHER[type(op)]()
            return f"{type(op).__name__} turned"
        case ast.IfExp(body=body, orelse=orelse):
            node.body, node.orelse = orelse, body
            return "arms swapped"
        case ast.If(test=test) | ast.comprehension(ifs=[test, *_]):
            turned = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
            if isinstance(node, ast.If):
                node.test = turned
            else:
                node.ifs[0] = turned  # type: ignore[attr-defined]
            return "condition turned"
        case ast.Return(value=value) if value is not None:
            node.value = ast.copy_location(ast.Constant(None), node)
            return "nothing returned"
        case ast.UnaryOp(op=ast.Not()):
            node.op = ast.UAdd()  # `+x` of a truth is as true as it is
            return "not left out"
    return ""


def mutants(name: str) -> Iterator[tuple[int, str, ast.Module]]:
    """The mutants of a module: the line, what was done, and the module as a tree."""
    path = ROOT / "advisor" / "reasoning" / f"{name}.py"
    text = path.read_text(encoding="utf-8")
    for number, _ in enumerate(places(ast.parse(text))):
        tree = ast.parse(text)
        node = next(one for i, one in enumerate(places(tree)) if i == number)
        if what := changed(node):
            yield getattr(node, "lineno", getattr(node, "target", node).lineno), what, tree


def child(name: str, number: int) -> int:
    """Run the tests on one mutant, in this process; their exit code."""
    import pytest

    _, _, tree = list(mutants(name))[number]
    whole = f"advisor.reasoning.{name}"
    made = types.ModuleType(whole)
    made.__file__ = str(ROOT / "advisor" / "reasoning" / f"{name}.py")
    sys.modules[whole] = made
    exec(compile(ast.fix_missing_locations(tree), made.__file__, "exec"), made.__dict__)
    setattr(importlib.import_module("advisor.reasoning"), name, made)
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *TESTS]))


def survives(name: str, number: int) -> bool:
    """Whether every test passes on a mutant."""
    command = [sys.executable, "-m", "tests.benchmarks.mutants", "--child", name, str(number)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    modules = ["balance", "outcome", "known", "evaluate"]
    parser.add_argument("--modules", nargs="+", default=modules)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        return child(asked.child[0], int(asked.child[1]))
    explained = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    unexplained = 0
    for name in asked.modules:
        lines = (ROOT / "advisor" / "reasoning" / f"{name}.py").read_text("utf-8").splitlines()
        all_of_them = list(mutants(name))
        survivors = []
        for number, (line, what, _) in enumerate(all_of_them):
            if survives(name, number):
                survivors.append(f"`{lines[line - 1].strip()}`: {what}")
                print(f"{name}.py:{line}: {what}: {lines[line - 1].strip()}", flush=True)
        print(f"{name}: {len(all_of_them)} mutants, {len(survivors)} survived", flush=True)
        unexplained += sum(one not in explained for one in survivors)
    return int(bool(unexplained))


if __name__ == "__main__":
    sys.exit(main())
