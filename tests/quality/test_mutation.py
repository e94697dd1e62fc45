"""Mutation: what is changed, and that a case which pins a rule notices when it changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from advisor import Case, Rulebook
from advisor.cli.app import app
from advisor.quality.mutants import changeable, mutants, mutated
from advisor.quality.mutation import difference, survivors
from advisor.quality.satisfiable import Space
from advisor.reasoning.evaluate import derive
from advisor.scenarios.finding import case_files
from advisor.sources import read

CASES = Path(__file__).parents[2] / "cases"
SEED = CASES / "mps-01-foi-23-028157.yaml"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def test_each_mutant_is_one_change_with_an_id_of_its_own(rulebook: Rulebook) -> None:
    law = rulebook.law(date(2026, 11, 22))
    every = list(mutants(law))
    assert len({one.id for one in every}) == len(every)
    by_id = {rule.id: rule for rule in changeable(law)}
    for one in every:
        rule = by_id[one.rule]
        assert (one.condition != rule.when) != (one.weight != getattr(rule, "weight", None))
    assert set(by_id) - {one.rule for one in every} == {"gate.disclose"}  # it always holds


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
    alive = survivors(rulebook, pinned, only=lambda one: one.rule == "s30.1.a.class").survivors
    ids = {one.mutant.id for one in alive}
    assert "s30.1.a.class: drop duty_to_investigate" not in ids
    assert "s30.1.a.class: drop own_investigation" in ids
    example = next(
        o for o in alive if o.mutant.id == "s30.1.a.class: drop own_investigation"
    ).example
    assert example is not None
    assert example["own_investigation"] == "no"


def test_a_change_that_no_answers_can_tell_is_idle_and_needs_no_case(rulebook: Rulebook) -> None:
    law = rulebook.law(date(2026, 11, 22))
    by_id = {one.id: one for one in mutants(law)}
    space = Space(law, (one.condition for one in by_id.values()))
    # Where heavier rules hold, or ones as heavy, the part that is dropped says nothing.
    assert difference(space, by_id["s30.f12.anodyne: drop sensitivity is anodyne"]) is None
    found = difference(space, by_id["s63.1.historical: historical_for_years >= 0 to 1"])
    assert found == {"latest_record_year": "2005"}


def test_a_case_that_says_its_route_notices_when_the_route_changes(rulebook: Rulebook) -> None:
    def alive(*names: str) -> set[str]:
        pack = [Case.read(CASES / "routes" / name) for name in names]
        found = survivors(rulebook, pack, only=lambda one: one.rule == "RT-07").survivors
        return {one.mutant.id for one in found}

    unseen = {"RT-07: outcome without refuse_repeated"}
    assert unseen <= alive("rt-07-no-further-notice.yaml")
    assert not unseen & alive("rt-07-no-further-notice.yaml", "rt-07-repeated-again.yaml")


def test_a_reason_for_a_change_that_a_case_notices_is_an_error(tmp_path: Path) -> None:
    noticed = "s30.g06.examined: weigh slight"
    tmp_path.joinpath("survivors.yml").write_text(f'"{noticed}": It was not noticed once.\n')
    case = CASES / "one-rule-at-a-time" / "informed-debate.yaml"
    tmp_path.joinpath(case.name).write_text(case.read_text())
    words = ["rules", "mutate", str(tmp_path), "--rule", "s30.g06.examined", "--format", "json"]
    done = CliRunner().invoke(app, words)
    found = json.loads(done.stdout)
    assert (done.exit_code, found["stale"], found["survivors"]) == (1, [noticed], [])
    assert found["idle"] == ["s30.g06.examined: drop other_scrutiny is full"]


def test_the_shipped_cases_notice_every_change_but_those_with_a_reason(rulebook: Rulebook) -> None:
    """All that decides: every rule, weight and step. The whole pack is run by hand (benchmarks)."""
    reasons = read(CASES / "survivors.yml").data
    folders = [CASES / "one-rule-at-a-time", CASES / "routes"]
    pack = [Case.read(path) for path in case_files(folders)]
    tried = survivors(rulebook, pack, only=lambda one: one.id not in reasons)
    assert [one.mutant.id for one in tried.survivors] == []
    every = {one.id for one in mutants(rulebook.law(date(2026, 11, 22)))}
    assert set(reasons) <= every
