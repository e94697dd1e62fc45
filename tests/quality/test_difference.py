"""The difference of two rulebooks: in the law as data, and in what cases come to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor import Case, Rulebook
from advisor.quality.difference import changes, turned
from advisor.rulebook.loading import shipped

SEED = Path(__file__).parents[2] / "cases" / "mps-01-foi-23-028157.yaml"
STAGE = "foia/public-interest/maintain/stage-reached.yaml"
SPACE = "foia/public-interest/maintain/safe-space.yaml"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(shipped(), folder)
    return folder


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_layout_is_no_difference(other: Path) -> None:
    edit(other, STAGE, "factors:", "# a remark\n\nfactors:")
    (other / STAGE).rename(other / "moved.yaml")
    assert changes(Rulebook.load().book, Rulebook.load(other).book) == []


def test_a_changed_weight_is_named_with_what_it_was(other: Path) -> None:
    edit(other, STAGE, "weight: very_strong", "weight: slight")
    (change,) = changes(Rulebook.load().book, Rulebook.load(other).book)
    assert (change.kind, change.id, change.change) == ("rule", "s30.f01.live", "changed")
    assert change.fields == {"weight": ("very_strong", "slight")}


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        (
            "notices/wording.yaml",
            "in one balance.",
            "in one scale.",
            [("passage", "withholding.together", ["text"])],
        ),
        (
            "notices/signs/mistakes.yaml",
            "- We do not hold aggregated figures.",
            "- We hold no aggregated figures.",
            [("sign_of_a_letter", "aggregation_denied", ["not_examples"])],
        ),
        (
            "notices/mistakes-in-a-letter.yaml",
            "Take the\n        statement out.",
            "Leave it out.",
            [("mistake_in_a_letter", "pitfall-42", ["entries"])],
        ),
        (
            "questions/order.yaml",
            "  - valid_request\n  - clarification_needed\n",
            "  - clarification_needed\n  - valid_request\n",
            [("order", "order_of_questions", ["order"])],
        ),
        (
            "foia/public-interest/maintain/mosaic.yaml",
            "in_force_from: 2005-01-01",
            "in_force_from: 2006-01-01",
            [
                ("factor", "mosaic", ["in_force_from"]),
                ("rule", "s30.f10.link-shown", ["in_force_from"]),
            ],
        ),
    ],
)
def test_what_letters_say_the_order_and_the_days_are_law_too(
    other: Path, file: str, old: str, new: str, named: list[tuple[str, str, list[str]]]
) -> None:
    edit(other, file, old, new)
    found = changes(Rulebook.load().book, Rulebook.load(other).book)
    assert [(one.kind, one.id, [*one.fields]) for one in found] == named


def test_a_case_that_turns_is_named_with_the_rule_that_turned_it(other: Path) -> None:
    edit(other, STAGE, "weight: very_strong", "weight: slight")
    edit(other, SPACE, "weight: very_strong", "weight: slight")
    edit(
        other,
        "foia/public-interest/maintain/sensitivity-of-content.yaml",
        "weight: some",
        "weight: none",
    )
    old, new = Rulebook.load(), Rulebook.load(other)
    changed = changes(old.book, new.book)
    (case,) = turned(old, new, [Case.read(SEED)], changed)
    assert case.item == "live-offences"
    assert (case.was["outcome"], case.was["balance"]) == ("withhold", ["maintain", "clear"])
    assert case.now["balance"] == ["maintain", "narrow"]
    assert "s30.f01.live" in case.why


def test_what_is_added_and_removed_is_said(other: Path) -> None:
    file = "foia/public-interest/maintain/mosaic.yaml"
    edit(other, file, "id: s30.f10.link-shown", "id: s30.f10.link")
    found = {(c.id, c.change) for c in changes(Rulebook.load().book, Rulebook.load(other).book)}
    assert found == {("s30.f10.link-shown", "removed"), ("s30.f10.link", "added")}
