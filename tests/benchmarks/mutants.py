"""Small faults put into advisor/reasoning, one at a time: which of them no test notices.

    python -m tests.benchmarks.mutants                    # every module
    python -m tests.benchmarks.mutants balance --lines 34 40

Each mutant is one module with one change: a comparison turned, `and` for `or`, `not` left out, a
number one higher, a truth the other way, the arms of a choice swapped, nothing returned, a call
left out, `break` for `continue`. The tests that bear on the module run on it in a process of its
own, forked from one that has read what the tests need; its importer gives it the changed module,
and no file is changed. A mutant that takes over twice the processor of the tests without one, or
too much memory, is noticed.

Survivors are killed by a test or explained in mutants.yaml, beside this. The exit code is 1 if one
is not, or if what is explained there does not survive. Needs a system that forks.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
REASONING = ROOT / "advisor" / "reasoning"
EXPLAINED = Path(__file__).with_suffix(".yaml")
MEMORY = 1 << 30  # bytes of address space
AT_ONCE = 2
READ_BEFORE = (
    "pytest", "hypothesis", "_hypothesis_pytestplugin", "durable", "typer", "rich.console",
    "docxtpl", "holidays", "pydantic", "advisor.rulebook.law",
)  # fmt: skip

REASONING_TESTS = "tests/reasoning/test_"
SMALL = "relevance.py::test_what_is_said_of_small_matters_is_what_every_completion_shows"
KEPT = "relevance.py::test_an_interview_that_keeps_what_it_knows_hears_the_same"
ONE = (
    "relevance.py::test_one_fact_is_outstanding_when_it_is_among_all_and_there_are_at_most_so_many"
)
CHANGED = "relevance.py::test_what_an_interview_keeps_is_looked_at_again_when_an_answer_changes"
EVERY = "relevance.py::test_every_answer_that_a_fact_can_have_leads_somewhere"
CLASSES = (
    "relevance.py::test_choices_that_no_test_tells_apart_are_one_class",
    "relevance.py::test_numbers_that_no_test_tells_apart_are_one_class",
    "relevance.py::test_years_are_one_class_exactly_when_every_test_is_the_same",
)
CHANGES = (
    "relevance.py::test_changes_of_several_answers_stop_at_their_limit",
    "relevance.py::test_a_change_has_at_most_three_answers",
    "relevance.py::test_each_answer_that_is_put_in_is_a_step_of_the_limit",
    "relevance.py::test_changes_are_all_the_minimal_ones_and_lead_where_they_say",
)
# The tests that bear on a module, those first that notice most.
TESTS: dict[str, tuple[str, ...]] = {
    "agreement": ("agreement.py",),
    "balance": ("balance.py", "weighing.py"),
    "consistency": ("contradictions.py",),
    "derivation": ("evaluate.py", "agreement.py"),
    "dimensions": ("scales.py",),
    "durable": ("durable_limits.py", "durable.py", "agreement.py"),
    "evaluate": ("evaluate.py", "agreement.py"),
    "known": ("known.py",),
    "matter": ("order.py", SMALL),
    "outcome": ("order.py",),
    "precedents": ("standing.py", "nearest.py", "precedents.py"),
    "relevance/changes": CHANGES,
    "relevance/compiled": (SMALL, *CLASSES),
    "relevance/domains": (*CLASSES, SMALL, EVERY),
    "relevance/formulas": ("formulas.py", SMALL),
    "relevance/questions": (CHANGED, EVERY, SMALL, KEPT, ONE),
    "relevance/remainder": ("remainder.py", "search.py"),
    "relevance/search": ("search.py",),
    "written": ("evaluate.py", "agreement.py", "durable.py"),
}

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPPOSITE = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
_OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: `number` is the place of the changed node among those of its module."""

    number: int
    line: int
    text: str
    what: str


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
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OTHER:
            node.op = _OTHER[type(op)]()
            return f"{type(op).__name__} turned"
        case ast.IfExp(body=body, orelse=orelse):
            node.body, node.orelse = orelse, body
            return "arms swapped"
        case ast.If(test=test) | ast.While(test=test) if not _turned_elsewhere(test):
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
            return "condition turned"
        case ast.comprehension(ifs=[test, *_]) if not _turned_elsewhere(test):
            node.ifs[0] = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
            return "condition turned"
        case ast.Return(value=value) if value is not None and not _is_none(value):
            node.value = ast.copy_location(ast.Constant(None), node)
            return "nothing returned"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            node.operand = ast.copy_location(ast.UnaryOp(ast.Not(), operand), operand)
            return "not left out"
        case ast.UnaryOp(op=ast.USub() | ast.Invert()):
            node.op = ast.UAdd()
            return "sign left out"
        case ast.Expr(value=ast.Call()):
            node.value = ast.copy_location(ast.Constant(None), node)
            return "call left out"
        case ast.Break() | ast.Continue():
            node.__class__ = ast.Continue if isinstance(node, ast.Break) else ast.Break
            return "leaves the loop or not"
    return ""


def _turned_elsewhere(test: ast.expr) -> bool:
    """Whether to turn the whole condition is what is done to the comparison or `not` in it."""
    match test:
        case ast.Compare(ops=[op]):
            return isinstance(op, _OPPOSITE)
        case ast.UnaryOp(op=ast.Not()):
            return True
    return False


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def source(module: str) -> str:
    return (REASONING / f"{module}.py").read_text(encoding="utf-8")


def mutants(module: str) -> Iterator[Mutant]:
    """The mutants of a module. Of several alike the second has a 2 behind what was done."""
    text = source(module)
    lines = text.splitlines()
    alike: Counter[tuple[str, str]] = Counter()
    for number in range(sum(1 for _ in places(ast.parse(text)))):
        _, line, what = mutated(text, number)
        if what:
            alike[lines[line - 1], what] += 1
            nth = alike[lines[line - 1], what]
            yield Mutant(
                number, line, lines[line - 1].strip(), what if nth == 1 else f"{what} {nth}"
            )


def mutated(text: str, number: int) -> tuple[ast.Module, int, str]:
    """A module with one of its nodes changed, the line, and what was done."""
    tree = ast.parse(text)
    node: Any = next(one for i, one in enumerate(places(tree)) if i == number)
    what = changed(node)
    line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", node), "lineno", 0)
    return ast.fix_missing_locations(tree), line, what


class Importer(SourceFileLoader):
    """Gives one module another code, and leaves every other to Python."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        super().__init__(
            "advisor.reasoning." + module.replace("/", "."), f"{REASONING / module}.py"
        )
        self._tree = tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec")


def start(module: str, tree: ast.Module, seconds: int) -> int:
    """The process that runs the tests of a module on what `tree` makes of it."""
    pid = os.fork()
    if pid:
        return pid
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(20 * seconds)  # what waits for itself takes no time of the processor
    sys.meta_path.insert(0, Importer(module, tree))
    code = 1
    try:
        import pytest

        arguments = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=ci")
        code = int(pytest.main([*arguments, *(REASONING_TESTS + one for one in TESTS[module])]))
    finally:
        os._exit(code)


def survivors(module: str, lines: range) -> tuple[int, list[Mutant]]:
    """How many mutants a module has, and those of them that no test notices."""
    text = source(module)
    os_pid = start(module, ast.parse(text), 600)
    _, status, used = os.wait4(os_pid, 0)
    if status:
        sys.exit(f"{module}: its tests fail without any mutant")
    seconds = 2 + int(2 * (used.ru_utime + used.ru_stime))
    running: dict[int, Mutant] = {}
    alive: list[Mutant] = []

    def wait() -> None:
        pid, status = os.wait()
        mutant = running.pop(pid)
        if status == 0:
            alive.append(mutant)
            print(f"{module}.py:{mutant.line}: {mutant.what}: {mutant.text}", flush=True)

    every = [one for one in mutants(module) if one.line in lines]
    for mutant in every:
        if len(running) == AT_ONCE:
            wait()
        running[start(module, mutated(text, mutant.number)[0], seconds)] = mutant
    while running:
        wait()
    return len(every), sorted(alive, key=lambda one: one.number)


def explained(module: str) -> set[tuple[str, str]]:
    """The line and the change of each mutant that may survive; the list says why."""
    entries = yaml.safe_load(EXPLAINED.read_text(encoding="utf-8")).get(module, ())
    return {(one["line"], what) for one in entries for what in one["what"]}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", choices=[[], *TESTS], default=[])
    parser.add_argument("--lines", nargs=2, type=int, metavar=("FROM", "TO"), default=(0, 9999))
    asked = parser.parse_args()
    os.chdir(ROOT)
    for name in READ_BEFORE:
        importlib.import_module(name)
    importlib.import_module("advisor.rulebook.loading").load()
    if early := [name for name in sys.modules if name.startswith("advisor.reasoning.")]:
        sys.exit(f"read too early to be changed: {', '.join(early)}")
    lines = range(asked.lines[0], asked.lines[1] + 1)
    wrong = 0
    for module in asked.modules or TESTS:
        count, alive = survivors(module, lines)
        known = explained(module)
        found = {(one.text, one.what) for one in alive}
        print(f"{module}: {count} mutants, {len(alive)} survived, {len(found & known)} explained")
        if asked.lines == (0, 9999):
            for line, what in sorted(known - found):
                print(f"{module}: explained but noticed, or gone: {what}: {line}")
            wrong += len(known ^ found)
        else:
            wrong += len(found - known)
        sys.stdout.flush()
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
