"""What the tests of the advice share: the rulebook, and a case to change answers of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor import Case, Rulebook
from tests.advice.answers import SEED


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.fixture(scope="module")
def live() -> Case:
    """A case of one item, in which everything about a live investigation is answered."""
    seed = Case.read(SEED)
    item = seed.items[1]
    facts = {**item.facts, "existence_officially_confirmed": "no", "confirming_would_alert": "no"}
    item = replace(item, facts=facts, proposed=None, expect=None)
    return replace(seed, items=(item,), expect=None)
