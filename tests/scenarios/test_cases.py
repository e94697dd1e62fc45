"""The cases are the tests of the law: the shipped ones hold, and so do the acceptance cases."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import Case, Rulebook
from advisor.case import ExpectedBalance, ExpectedCase, ExpectedItem
from advisor.scenarios.expectations import failures, idle
from advisor.scenarios.finding import case_files, shipped

ROOT = Path(__file__).parents[2]
ACCEPTANCE = Path(os.environ.get("ADVISOR_ACCEPTANCE", ROOT.parent / "shared" / "acceptance"))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.mark.parametrize("path", case_files([shipped()]), ids=lambda path: path.stem)
def test_a_shipped_case_holds(rulebook: Rulebook, path: Path) -> None:
    case = rulebook.read(path)
    assert case.expect or any(item.expect for item in case.items), "a case expects something"
    assert failures(case, rulebook.assess(case)) == []


@pytest.mark.skipif(not ACCEPTANCE.is_dir(), reason="the acceptance cases are not on this machine")
def test_the_acceptance_cases_hold(rulebook: Rulebook) -> None:
    for path in case_files([ACCEPTANCE]):
        case = rulebook.read(path)
        assert failures(case, rulebook.assess(case)) == [], path.name


WRONG = [
    ExpectedItem(outcome="disclose"),
    ExpectedItem(provisions=("s30(1)(a)(i)", "s30(1)(b)")),
    ExpectedItem(provisions=()),
    ExpectedItem(conclusions={"s30_1_a_engaged": "unknown"}),
    ExpectedItem(conclusions={"no_such_conclusion": "no"}),
    ExpectedItem(public_interest=ExpectedBalance(result="disclose")),
    ExpectedItem(public_interest=ExpectedBalance(margin="narrow")),
    ExpectedItem(public_interest=ExpectedBalance(factors={"safe_space": "slight"})),
    ExpectedItem(public_interest=ExpectedBalance(factors={"general_transparency": "none"})),
    ExpectedItem(public_interest_confirm_or_deny=ExpectedBalance(result="maintain")),
    ExpectedItem(
        public_interest_confirm_or_deny=ExpectedBalance(factors={"consistent_answers": "none"})
    ),
    ExpectedItem(warnings=("pitfall-99",)),
    ExpectedItem(no_warnings=("pitfall-2",)),
    ExpectedItem(not_considered=("s99",)),
    ExpectedItem(outstanding_empty=False),
]


@pytest.mark.parametrize("expect", WRONG)
def test_each_kind_of_expectation_can_fail(rulebook: Rulebook, expect: ExpectedItem) -> None:
    case = Case.read(shipped() / "mps-01-foi-23-028157.yaml")
    item = replace(case.items[1], expect=expect)
    only = replace(case, items=(item,), expect=None)
    (failure,) = failures(only, rulebook.assess(only))
    assert failure.item == item.id
    assert set(failure.expected) == set(failure.actual) != set()


@pytest.mark.parametrize(
    "expect",
    [
        ExpectedCase(overall="refuse_all"),
        ExpectedCase(route=("RT-08",)),
        ExpectedCase(warnings=("pitfall-99",)),
        ExpectedCase(no_warnings=("pitfall-2",)),
    ],
)
def test_each_expectation_of_the_whole_can_fail(rulebook: Rulebook, expect: ExpectedCase) -> None:
    case = replace(Case.read(shipped() / "mps-01-foi-23-028157.yaml"), expect=expect)
    (failure,) = failures(case, rulebook.assess(case))
    assert failure.item is None


IDLE = """\
case: 1
reference: R
items:
  - id: a
    expect:
      no_warnings: [pitfall-2, pitfal-2]
      public_interest: {factors: {safe_space: none, safe_spaec: none}}
expect: {no_warnings: [pitfall-w1, pitfall-x]}
"""


def test_an_expectation_that_cannot_fail_is_named_in_its_place(rulebook: Rulebook) -> None:
    case = Case.parse(IDLE)
    found = [(one.line, one.text) for one in idle(case, rulebook.law(rulebook.as_at(case)))]
    assert [line for line, _ in found] == [8, 6, 7]
    for name, (_, text) in zip(("pitfall-x", "pitfal-2", "safe_spaec"), found, strict=True):
        assert name in text


def test_no_shipped_case_has_an_expectation_that_cannot_fail(rulebook: Rulebook) -> None:
    for path in case_files([shipped()]):
        case = Case.read(path)
        assert list(idle(case, rulebook.law(rulebook.as_at(case)))) == []
