"""The seed matter, and other answers in place of some of a case's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from advisor import Case, Rulebook
from advisor.assessment import ItemAssessment
from advisor.case import Item

SEED = Path(__file__).parents[2] / "cases" / "mps-01-foi-23-028157.yaml"

REQUEST = {
    "valid_request", "clarification_needed", "over_cost_limit", "confirming_over_cost_limit",
    "vexatious", "repeated", "earlier_s14_notice_suffices", "review_procedure_exists",
    "public_interest_undecided",
}  # fmt: skip


def changed(case: Case, *, item: dict[str, Any] | None = None, **facts: str | None) -> Case:
    """The case with answers changed (None: taken back), and fields of its item replaced."""
    request = dict(case.facts)
    own = dict(case.items[0].facts)
    for key, value in facts.items():
        where = request if key in REQUEST else own
        where.pop(key, None)
        if value is not None:
            where[key] = value
    first: Item = replace(case.items[0], facts=own, **(item or {}))
    return replace(case, facts=request, items=(first,))


def first(rulebook: Rulebook, case: Case) -> ItemAssessment:
    """The advice on the first part."""
    return rulebook.assess(case).items[0]
