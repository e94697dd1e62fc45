"""What the quick reader of shapes accepts is what pydantic accepts, and gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from advisor.case import Authority, Case
from advisor.rulebook.loading import shipped
from advisor.rulebook.model import RuleFile
from advisor.shapes import shaped
from advisor.sources import read

CASES = sorted((Path(__file__).parents[1] / "cases").rglob("*.yaml"))
RULES = sorted(shipped().rglob("*.yaml"))
CASE = TypeAdapter(Case)


@pytest.mark.parametrize("path", RULES, ids=lambda one: one.stem)
def test_rule_files_are_read_alike(path: Path) -> None:
    data = read(path).data
    assert shaped(RuleFile, data) == TypeAdapter(RuleFile).validate_python(data)


@pytest.mark.parametrize("path", CASES, ids=lambda one: one.stem)
def test_cases_are_read_alike(path: Path) -> None:
    data = read(path).data
    if isinstance(data, dict) and "case" in data:
        assert shaped(Case, data) == CASE.validate_python(data)


ANY = st.recursive(
    st.none() | st.sampled_from(["", "1", "yes", "2026-02-09", "2026-2-9", "20260209", "police"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "kind", "id", "facts", "held"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)


@given(
    st.fixed_dictionaries(
        {"case": st.sampled_from(["1", "2"]), "reference": ANY, "items": ANY},
        optional={"received": ANY, "authority": ANY, "facts": ANY, "colour": ANY},
    )
)
def test_what_does_not_fit_is_left_to_pydantic(data: object) -> None:
    made = shaped(Case, data)
    try:
        expected = CASE.validate_python(data)
    except ValidationError:
        assert made is None
    else:
        assert made is None or made == expected


def test_a_wrong_word_does_not_fit() -> None:
    assert shaped(Authority, {"kind": "polce"}) is None
    assert shaped(Authority, {"colour": "red"}) is None
