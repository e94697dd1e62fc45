"""What `advisor rules check` runs over a rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.rulebook.checking import Finding, findings
from advisor.rulebook.loading import parse
from advisor.sources import InputError, Problem


@dataclass(frozen=True)
class Found:
    """One problem of a rulebook, and the check that found it."""

    check: str
    severity: str
    problem: Problem

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.problem.file,
            "line": self.problem.line,
            "column": self.problem.column,
            "check": self.check,
            "severity": self.severity,
            "text": str(self.problem.text)
            + (f"; {self.problem.right}" if self.problem.right else ""),
        }


def check_rulebook(folder: Path | None) -> list[Found]:
    """Every problem of the rulebook in a folder (default: the shipped one)."""
    try:
        book = parse(folder)
    except InputError as error:
        return [Found("schema", "error", problem) for problem in error.problems]
    return [_found(one) for one in findings(book)]


def _found(one: Finding) -> Found:
    return Found(one.check, one.severity, one.problem)
