"""What `advisor rules check` runs over a rulebook: one module for each check, one page for each.

A check has a NAME, a SEVERITY and `find(book, law)`; it is in use when it stands in one of the
lists below, and `pages/NAME.md` explains it. False alarms are worse than misses: what is not
certain is not said.
"""

from __future__ import annotations

from pathlib import Path

from advisor.quality.checks import (
    conflict,
    contradiction,
    cycle,
    dangling_id,
    dead_end_question,
    duplicate_id,
    engine_limit,
    foreign_citation,
    gap,
    hard_to_read,
    missing_limits,
    never_no,
    never_yes,
    redundant_rule,
    schema,
    source_out_of_force,
    source_without_pinpoint_or_date,
    todo,
    unseen_in_a_letter,
    unused_id,
    unverified_without_limits,
)
from advisor.quality.checks.running import Found, Named, OfTheLaw, Structural, explanation, run

STRUCTURAL: tuple[Structural, ...] = (schema, dangling_id, duplicate_id, cycle)
OF_THE_LAW: tuple[OfTheLaw, ...] = (
    engine_limit,
    never_yes,
    never_no,
    contradiction,
    conflict,
    gap,
    redundant_rule,
    unused_id,
    unseen_in_a_letter,
    dead_end_question,
    foreign_citation,
    source_without_pinpoint_or_date,
    source_out_of_force,
    unverified_without_limits,
    missing_limits,
    todo,
    hard_to_read,
)
CHECKS: tuple[Named, ...] = (*STRUCTURAL, *OF_THE_LAW)
NAMES = tuple(one.NAME for one in CHECKS)

__all__ = ["CHECKS", "NAMES", "Found", "check_rulebook", "explanation"]


def check_rulebook(folder: Path | None) -> list[Found]:
    """Every problem of the rulebook in a folder (default: the shipped one)."""
    return run(folder, STRUCTURAL, OF_THE_LAW)
