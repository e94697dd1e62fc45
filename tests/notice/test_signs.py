"""Every sign of the rulebook is shown by its examples, and not by what it says is none."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.notice.reading import of_text
from advisor.notice.shown import signs
from advisor.notice.text import Text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load

LAW = Law(load(), date(2026, 11, 22))
SIGNS = LAW.signs_in_text


def shown(example: str) -> set[str]:
    return {key for key, spans in signs(Text(of_text(example).lines), LAW).items() if spans}


@pytest.mark.parametrize(
    ("key", "example"), [(k, one) for k, sign in SIGNS.items() for one in sign.examples]
)
def test_an_example_shows_its_sign(key: str, example: str) -> None:
    assert key in shown(example)


@pytest.mark.parametrize(
    ("key", "example"), [(k, one) for k, sign in SIGNS.items() for one in sign.not_examples]
)
def test_what_is_no_example_does_not_show_the_sign(key: str, example: str) -> None:
    assert key not in shown(example)


@pytest.mark.parametrize("key", SIGNS)
def test_every_sign_has_an_example_and_something_that_is_none(key: str) -> None:
    assert SIGNS[key].examples
    assert SIGNS[key].not_examples
