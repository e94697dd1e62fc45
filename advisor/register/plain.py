"""A case as plain data and back, and as the YAML of a case file."""

from __future__ import annotations

from typing import Any

from advisor.case import Case
from advisor.rulebook.loading import build, plain


def as_plain(case: Case) -> dict[str, Any]:
    """A case as the mapping that its file holds, without what it leaves out."""
    found: dict[str, Any] = plain(case)
    return found


def case_of(data: dict[str, Any]) -> Case:
    """The case in plain data that `as_plain` made."""
    return build(Case, data)


def as_yaml(case: Case) -> str:
    """A case as a case file."""
    import yaml

    return yaml.safe_dump(as_plain(case), sort_keys=False, allow_unicode=True, width=100)
