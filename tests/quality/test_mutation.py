"""Mutation: what is changed, and that a case which pins a rule notices when it changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from advisor import Case, Rulebook
from advisor.quality.mutation import mutants, mutated, survivors
from advisor.reasoning.evaluate import derive

SEED = Path(__file__).parents[2] / "cases" / "mps-01-foi-23-028157.yaml"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def test_each_mutant_is_one_change_with_an_id_of_its_own(rulebook: Rulebook) -> None:
    law = rulebook.law(date(2026, 11, 22))
    every = list(mutants(law))
    assert len({one.id for one in every}) == len(every)
    by_id = {rule.id: rule for rule in law.rules}
    for one in every:
        rule = by_id[one.rule]
        assert (one.condition != rule.when) != (one.weight != rule.weight)
    assert {one.rule for one in every} == set(by_id) - {
        rule.id for rule in law.rules if str(rule.when) == "always" and rule.weight is None
    }


def test_a_mutated_law_leaves_the_law_as_it_was(rulebook: Rulebook) -> None:
    law = rulebook.law(date(2026, 11, 22))
    mutant = next(m for m in mutants(law) if m.id == "s30.g06.concern: weigh very_strong")
    values = {"serious_public_concern": True, "other_scrutiny": "none"}

    def weight(of: object) -> tuple[int, int]:
        return derive(of, values, lambda *_: None).weights["content.informed_debate"]  # type: ignore[arg-type]

    assert (weight(law), weight(mutated(law, mutant)), weight(law)) == ((3, 3), (4, 4), (3, 3))


def test_a_case_that_pins_the_limb_notices_when_an_element_is_dropped(rulebook: Rulebook) -> None:
    pinned = [Case.read(SEED)]
    pinned.append(
        Case.parse(
            "case: 1\nreference: R\ndecided: 2023-02-10\nitems:\n  - id: a\n"
            "    facts: {held_for_investigation: yes, particular_investigation: yes,"
            " own_investigation: yes, criminal_offence: yes, duty_to_investigate: no,"
            " purpose_whether_to_charge: yes, latest_record_year: 2022}\n"
            "    expect: {conclusions: {s30_1_a_engaged: no}}\n"
        )
    )
    _, alive = survivors(rulebook, pinned, only="s30.1.a.class")
    ids = {one.mutant.id for one in alive}
    assert "s30.1.a.class: drop duty_to_investigate" not in ids
    assert "s30.1.a.class: drop own_investigation" in ids
    example = next(
        o for o in alive if o.mutant.id == "s30.1.a.class: drop own_investigation"
    ).example
    assert example is not None
    assert example["own_investigation"] == "no"
