"""Fixtures: the shipped rulebook, and the cases of the pack made ready to be worked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from advisor import Case, Rulebook
from advisor.scenarios.finding import case_files
from advisor.training.exercise import Exercise

ROOT = Path(__file__).parents[2]
LEVELS = ("1-foundations", "2-practice", "3-hard")
PACK = case_files([ROOT / "cases" / level for level in LEVELS])


@cache
def the_book() -> Rulebook:
    return Rulebook.load()


@cache
def the_exercise(path: Path) -> Exercise:
    return Exercise.of(the_book().read(path), the_book())


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return the_book()


@pytest.fixture(scope="session")
def exercise() -> Callable[[str], Exercise]:
    """The exercise of a reference in the pack."""
    known = {Case.read(path).reference: path for path in PACK}
    return lambda reference: the_exercise(known[reference])
