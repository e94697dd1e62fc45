"""What the checks, the mutants and the book make of rules that the shipped rulebook has none of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from advisor import Case, Rulebook
from advisor.quality.coverage import coverage
from advisor.quality.mutants import mutants
from advisor.quality.mutation import survivors
from tests.cli.in_process import run
from tests.quality.rulebooks import LIVE_FILE, SMALL, found, write

TODAY = date(2026, 11, 23)
CASE = f"""\
case: 1
reference: R/1
decided: {{decided}}
{LIVE_FILE}      latest_record_year: 2020
"""


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """The small rulebook with one thing changed."""
    assert old in SMALL[file]
    return write(tmp_path / "rules", SMALL | {file: SMALL[file].replace(old, new, 1)})


@pytest.mark.parametrize(
    ("file", "old", "new", "checks"),
    [
        ("sources.yaml", "    read: 2026-01-01", "    overtaken_by: unverified\n"
         "    read: 2026-01-01", {"source-out-of-force"}),
        ("law.yaml", "  is_historical:\n    means: It is historical.\n    rules:", "  never:\n"
         "    means: It never is.\n    rules: []\n  is_historical:\n    means: It is historical.\n"
         "    rules:", {"never-yes", "unused-id"}),
        ("facts.yaml", "derived:", "  weather:\n    type: choice\n    ask: How was it?\n"
         "    help: Look out.\n    choices: {wet: Wet, dry: Dry}\n    default: dry\n"
         "    authority: [{at: FOIA 2000 s.1}]\nderived:", {"unused-id"}),
        ("law.yaml", "        limits: Ends", "        in_force_until:\n        limits: Ends",
         set()),
        ("sending.yaml", "routes:\n  RT-01:\n    title: A refusal notice\n"
         "    when: outcome is withhold\n    authority: [{at: FOIA 2000 s.17(1)}]\n  RT-02:\n"
         "    title: An answer\n    when: outcome is not_held\n    notice: no\n"
         "    authority: [{at: FOIA 2000 s.1(1)(a)}]\n", "", set()),
    ],
)  # fmt: skip
def test_what_is_found_and_nothing_beside_it(
    tmp_path: Path, file: str, old: str, new: str, checks: set[str]
) -> None:
    assert {one.check for one in found(changed(tmp_path, file, old, new))} == checks


def test_a_rulebook_that_decides_nothing_is_a_finding(tmp_path: Path) -> None:
    outcomes, _ = SMALL["deciding.yaml"].split("order_of_decision:")
    errors = found(write(tmp_path, SMALL | {"deciding.yaml": outcomes}))
    assert any("order_of_decision" in str(one.problem) for one in errors)


def left_of(rulebook: Rulebook, rule: str, *cases: str) -> set[str]:
    """The changes of a rule that no case notices."""
    tried = survivors(rulebook, map(Case.parse, cases), only=lambda one: one.rule == rule)
    return {one.mutant.change for one in tried.survivors}


ENGAGED = "{all: [own_investigation, duty_to_investigate, {not: is_historical}]}"


@pytest.mark.parametrize(
    ("when", "changes"),
    [
        ("{all: [held]}", {"flip held"}),
        ("{all: [held, held, own_investigation]}", {
            "all to any of 3", "drop held", "drop own_investigation", "flip held",
            "flip own_investigation", "flip held, place 2",
        }),
        ("{any: [{all: [held, own_investigation]}, {all: [held, duty_to_investigate]}]}", {
            "any to all of 2", "drop all of own_investigation", "drop held", "drop held, place 2",
        }),
    ],
)  # fmt: skip
def test_every_change_is_made_once_and_named_by_its_place(
    tmp_path: Path, when: str, changes: set[str]
) -> None:
    law = Rulebook.load(changed(tmp_path, "law.yaml", ENGAGED, when)).law(TODAY)
    made = [one for one in mutants(law) if one.rule == "engaged"]
    assert len({one.id for one in made}) == len({one.condition for one in made}) == len(made)
    if "any" in when:
        changes = {one for one in changes if "drop all" not in one}
        assert changes <= {one.change for one in made}
    else:
        assert {one.change for one in made} == changes


def test_a_case_from_before_a_rule_notices_no_change_of_it(tmp_path: Path) -> None:
    later = "in_force_from: 2024-01-01\n        limits: Says"
    rulebook = Rulebook.load(changed(tmp_path, "law.yaml", "limits: Says", later))
    says = "    expect: {{conclusions: {{s30_1_a_engaged: {}}}}}\n".format
    before = CASE.format(decided="2023-06-01") + says("no")
    after = CASE.format(decided="2025-06-01")
    assert "flip own_investigation" in left_of(rulebook, "engaged", before, after)
    assert "flip own_investigation" not in left_of(rulebook, "engaged", before, after + says("yes"))


def test_a_weight_that_the_officer_set_notices_no_change_of_its_rule(tmp_path: Path) -> None:
    own = "    weights: {stage: {weight: very_strong, reason: It is at its height.}}\n"
    expect = "    expect: {public_interest: {factors: {stage: very_strong}}}\n"
    rulebook, case = Rulebook.load(write(tmp_path, SMALL)), CASE.format(decided="2026-01-05")
    by_rules, by_officer = (
        left_of(rulebook, "stage.live", text) for text in (case + expect, case + own + expect)
    )
    assert "weigh considerable" in by_officer - by_rules


def test_an_answer_of_unknown_is_one_that_a_case_shows(tmp_path: Path) -> None:
    unknown = CASE.format(decided="2026-01-05").replace("status: ongoing", "status: unknown")
    shown = coverage(Rulebook.load(write(tmp_path, SMALL)), [Case.parse(unknown)])
    assert shown.answers["investigation_status"] == {"unknown"}
    assert "unknown" in shown.rules["stage.live"]


def test_the_book_says_from_when_to_when_a_rule_is_in_force(tmp_path: Path) -> None:
    dated = "in_force_from: 2024-01-01\n        limits: Says"
    rules = changed(tmp_path, "law.yaml", "limits: Says", dated)
    run("rules", "book", "--rules", rules, "--to", "md", "-o", tmp_path / "book")
    (page,) = (tmp_path / "book").rglob("law.md")
    assert "from 1 January 2024" in page.read_text()
