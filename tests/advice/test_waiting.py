"""What goes out while a balance waits, and what the notice must then say: section 17(2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import Case, Rulebook
from advisor.assessment import Assessment

ROUTES = Path(__file__).parents[2] / "cases" / "routes"
# What section 17(1) and (7) ask of any notice, so of a holding notice as well.
FULL = {"S17-01", "S17-02", "S17-04", "S17-05", "S17-05a", "S17-05b", "S17-06", "S17-50", "S17-51"}


def case(name: str, **facts: str) -> Case:
    read = Case.read(ROUTES / f"{name}.yaml")
    return replace(read, facts={**read.facts, **facts})


def needed(found: Assessment) -> set[str]:
    return {one.id for one in found.notice.requirements}


@pytest.mark.parametrize("name", ["balance-open", "disclosing-undecided"])
def test_while_the_balance_of_content_waits_the_notice_is_a_full_one(
    rulebook: Rulebook, name: str
) -> None:
    found = rulebook.assess(case(f"rt-04-{name}"), engine="direct")
    assert found.items[0].meanwhile.outcome == "withhold"
    assert found.items[0].meanwhile.provisions == ("s30(1)(a)(i)",)
    assert FULL | {"S17-06a", "S17-07", "S17-11", "S17-12", "S17-22"} <= needed(found)
    assert "S17-20" not in needed(found)
    assert found.refusal_notice


@pytest.mark.parametrize("name", ["silence-open", "confirming-undecided", "denying-undecided"])
def test_while_it_waits_whether_to_confirm_nothing_is_said_of_what_is_held(
    rulebook: Rulebook, name: str
) -> None:
    found = rulebook.assess(case(f"rt-04-{name}"), engine="direct")
    assert found.items[0].meanwhile.outcome == "neither_confirm_nor_deny"
    assert found.items[0].meanwhile.provisions == ("s30(3)",)
    assert FULL | {"S17-11", "S17-12", "S17-22"} <= needed(found)
    assert not {"S17-06a", "S17-07", "S17-20", "S17-21"} & needed(found)


@pytest.mark.parametrize(
    ("expected", "changes", "passed"),
    [
        (date(2026, 3, 8), {}, True),
        (date(2026, 3, 9), {}, False),  # on the day itself there is still time
        (date(2026, 3, 8), {"public_interest_undecided": "no"}, False),
        (None, {}, False),
    ],
)
def test_a_day_for_the_balance_that_has_passed_is_warned_of(
    rulebook: Rulebook, expected: date | None, changes: dict[str, str], passed: bool
) -> None:
    waiting = replace(case("rt-04-balance-open", **changes), decision_expected=expected)
    found = rulebook.assess(waiting, engine="direct")
    assert ("pitfall-9" in [one.id for one in found.warnings]) is passed


def test_a_day_that_has_passed_holds_up_no_balance_that_the_officer_has_concluded(
    rulebook: Rulebook,
) -> None:
    concluded = replace(case("rt-03-officer-concluded"), decision_expected=date(2026, 2, 20))
    found = rulebook.assess(concluded, engine="direct")
    assert "pitfall-9" not in [one.id for one in found.warnings]


def test_what_is_recommended_is_what_the_weights_say(rulebook: Rulebook) -> None:
    found = rulebook.assess(case("rt-04-disclosing-undecided"), engine="direct").as_json()
    (item,) = found["items"]
    assert (item["outcome"], item["provisions"]) == ("disclose", [])
    assert item["waiting"] == {"outcome": "withhold", "provisions": ["s30(1)(a)(i)"]}
    assert found["overall"] == {"outcome": "disclose_all", "refusal_notice": True}


def test_a_balance_that_is_decided_does_not_wait(rulebook: Rulebook) -> None:
    decided = case("rt-04-disclosing-undecided", public_interest_undecided="no")
    found = rulebook.assess(decided, engine="direct")
    assert (found.items[0].waiting, found.notice.route, found.refusal_notice) == (None, (), False)


def test_a_balance_that_the_officer_concluded_does_not_wait(rulebook: Rulebook) -> None:
    found = rulebook.assess(case("rt-03-officer-concluded"), engine="direct")
    assert found.items[0].waiting is None
    assert "S17-20" in needed(found)
    assert not {"S17-11", "S17-12"} & needed(found)


def test_what_section_14_refuses_waits_for_no_balance(rulebook: Rulebook) -> None:
    found = rulebook.assess(case("rt-04-confirming-undecided", vexatious="yes"), engine="direct")
    assert found.items[0].waiting is None
    assert found.notice.route == ("RT-06",)


@pytest.mark.parametrize("undecided", ["yes", "no"])
def test_an_archive_hears_who_decides_whichever_way_the_weights_point(
    rulebook: Rulebook, undecided: str
) -> None:
    archive = case("an-archive-disclosing", public_interest_undecided=undecided)
    assert "S17-60" in needed(rulebook.assess(archive, engine="direct"))
    police = replace(archive, authority=replace(archive.authority, kind="police"))
    assert "S17-60" not in needed(rulebook.assess(police, engine="direct"))


@pytest.mark.parametrize(
    ("factor", "facts", "rule"),
    [
        ("sensitivity_of_content", {"investigation_status": "ongoing"}, "s30.f09.moderate"),
        (
            "sensitivity_of_content",
            {"investigation_status": "concluded_conviction", "sensitivity": "central_evidence"},
            "s30.f09.tried",
        ),
        (
            "independence_of_process",
            {"reveals_charging_advice": "yes", "outcome_unexplained": "yes"},
            "s30.f05.decided",
        ),
    ],
)
def test_each_reason_is_one_that_the_answers_settle(
    rulebook: Rulebook, factor: str, facts: dict[str, str], rule: str
) -> None:
    read = case("rt-04-disclosing-undecided")
    (item,) = read.items
    item = replace(item, facts={**item.facts, "sensitivity": "moderate", **facts})
    (found,) = rulebook.assess(replace(read, items=(item,)), engine="direct").items
    assert found.public_interest is not None
    (weighed,) = (one for one in found.public_interest.maintain if one.factor == factor)
    assert (weighed.rule, weighed.weight) == (rule, 2)
