"""What is asked, what is left open, and what is claimed too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from advisor import Case, Rulebook
from advisor.document.text import as_text
from advisor.training.answers import (
    BalanceAnswer,
    ElementAnswer,
    FactorAnswer,
    NoticeAnswer,
    PartAnswer,
    Worked,
)
from advisor.training.exercise import Exercise
from advisor.training.feedback import as_document
from advisor.training.marking import mark
from advisor.training.marks import Mark, Marked
from tests.training.conftest import PACK
from tests.training.perfect import model_answer
from tests.training.test_marking import changed

Get = Callable[[str], Exercise]


def found(marked: Marked, key: str) -> Mark | None:
    return next((one for one in marked.marks if one.key == key), None)


def status(marked: Marked, key: str) -> str | None:
    one = found(marked, key)
    return one.status if one else None


def without(book: Rulebook, reference: str, *facts: str) -> Exercise:
    """The exercise with facts of its first part not stated."""
    case = book.read(next(path for path in PACK if Case.read(path).reference == reference))
    item = case.items[0]
    kept = {key: value for key, value in item.facts.items() if key not in facts}
    return Exercise.of(case.with_item(replace(item, facts=kept, expect=None)), book)


@pytest.mark.parametrize("reference", ["TRAIN-111", "TRAIN-113"])
def test_no_day_is_asked_for_while_the_clock_has_not_begun(exercise: Get, reference: str) -> None:
    one = exercise(reference)
    answer = model_answer(one)
    said = mark(one, answer, "A")
    assert (said.passed, status(said, "notice/due")) == (True, "right")
    blank = mark(one, replace(answer, notice=NoticeAnswer("no")), "A")
    assert (blank.passed, blank.score, status(blank, "notice/due")) == (True, 100, None)
    named = mark(one, replace(answer, notice=NoticeAnswer("no", date(2026, 3, 13))), "A")
    assert (named.passed, status(named, "notice/due")) == (False, "wrong")
    mark_ = found(named, "notice/due")
    assert mark_ is not None
    assert mark_.authority


def test_no_day_is_wrong_once_the_clock_runs(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    assert answer.notice is not None
    marked = mark(one, replace(answer, notice=replace(answer.notice, due="none")), "A")
    assert status(marked, "notice/due") == "wrong"


def test_a_factor_that_hangs_on_what_is_not_stated_is_not_asked_for(book: Rulebook) -> None:
    one = without(book, "TRAIN-101", "wrongdoing_by_authority", "other_scrutiny")
    (balance,) = one.model.parts[0].balances
    open_ = [factor for factor in balance.factors if factor.unsettled]
    assert "wrongdoing_by_authority" in [factor.name for factor in open_]
    assert not {factor.name for factor in balance.deciding} & {factor.name for factor in open_}
    answer = model_answer(one)
    struck = answer.items[0].public_interest
    assert struck is not None
    names = {factor.name for factor in open_}

    def kept(side: dict[str, FactorAnswer]) -> dict[str, FactorAnswer]:
        return {key: value for key, value in side.items() if key not in names}

    fewer = replace(struck, maintain=kept(struck.maintain), disclose=kept(struck.disclose))
    marked = mark(one, changed(answer, public_interest=fewer), "A")
    assert (marked.passed, marked.score) == (True, 100)
    key = "log/public_interest/wrongdoing_by_authority"
    for weight in ("slight", "very_strong"):
        claim = {"wrongdoing_by_authority": FactorAnswer(weight)}
        named = replace(fewer, disclose={**fewer.disclose, **claim})
        mark_ = found(mark(one, changed(answer, public_interest=named), "A"), key)
        assert mark_ is not None
        assert mark_.status == "right"
        assert one.law.facts["wrongdoing_by_authority"].ask in mark_.reason
    turned = replace(fewer, maintain={**fewer.maintain, **claim})
    assert status(mark(one, changed(answer, public_interest=turned), "A"), key) == "wrong"


def test_a_notice_without_what_the_act_requires_does_not_pass(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    assert answer.notice is not None
    for left_out in one.model.must_say:
        rest = tuple(key for key in answer.notice.must_say if key != left_out.id)
        marked = mark(one, replace(answer, notice=replace(answer.notice, must_say=rest)), "A")
        verdict = next(verdict for verdict in marked.verdicts if verdict.part == "notice")
        assert verdict.passes == (left_out.severity != "M"), left_out.id
        assert verdict.passes or left_out.id in verdict.why_not[0]
    assert {"S17-04", "S17-05", "S17-06", "S17-20", "S17-50", "S17-51"} <= {
        key.id for key in one.model.must_say if key.severity == "M"
    }


def test_what_the_case_contradicts_is_claimed_too_much(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    own = answer.items[0]
    full = mark(one, answer, "A")
    false = {
        "power_to_prosecute": ElementAnswer("yes", (1,)),
        "investigation_status": ElementAnswer("closed_no_charge"),
    }
    assert not {*false} & {*own.elements}
    marked = mark(one, changed(answer, elements={**own.elements, **false}), "A")
    for key in false:
        assert status(marked, f"log/elements/{key}") == "wrong"
    assert not marked.passed
    facts = one.case.items[0].facts
    true = {key: ElementAnswer(facts[key]) for key in ("power_to_prosecute", "sensitivity")}
    open_ = {"information_kind": ElementAnswer("unknown")}
    marked = mark(one, changed(answer, elements={**own.elements, **true, **open_}), "A")
    assert marked.marks == full.marks  # what is true earns nothing
    everything = mark(one, changed(answer, not_counted=tuple(one.law.not_counted)), "A")
    assert status(everything, "log/not_counted/media_or_public_curiosity") == "wrong"
    assert everything.score < full.score


def test_a_factor_on_the_wrong_side_is_wrong_even_if_slight(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    balance = answer.items[0].public_interest
    assert balance is not None
    raised = {factor.name for factor in one.model.parts[0].balances[0].factors}
    assert not {"age_of_information", "informed_debate"} & raised
    slight = FactorAnswer("slight")
    near = replace(balance, disclose={**balance.disclose, "informed_debate": slight})
    assert mark(one, changed(answer, public_interest=near), "A").score == 100
    for weight, wanted in (("slight", "wrong"), ("none", None)):
        claim = {"age_of_information": FactorAnswer(weight)}  # type: ignore[arg-type]
        wrong = replace(balance, maintain={**balance.maintain, **claim})
        marked = mark(one, changed(answer, public_interest=wrong), "A")
        assert status(marked, "log/public_interest/age_of_information") == wanted


def test_a_learning_point_that_is_not_touched_is_not_tried(exercise: Get) -> None:
    one = exercise("TRAIN-304")
    points = {p.id for p in one.teaching.learning_points if "provisions" in p.tests}
    assert points
    only = Worked("TRAIN-304", (PartAnswer(one.parts[0], "disclose"),))
    marked = mark(one, only, "A")
    nothing = found(marked, f"{one.parts[0]}/provisions/none")
    assert nothing is not None
    assert (nothing.status, nothing.points) == ("right", ())
    blank = mark(one, Worked("TRAIN-304"), "A")
    assert "Not tried:" in as_text(as_document(blank, one))


def test_why_passages_do_not_fit_is_said_as_it_is(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    key, right = next(iter(answer.items[0].elements.items()))
    other = next(n for n in range(1, len(one.passages) + 1) if n not in right.on)
    every = tuple(range(1, len(one.passages) + 1))
    reasons = set()
    for on in ((), (other,), every):
        elements = {**answer.items[0].elements, key: replace(right, on=on)}
        mark_ = found(mark(one, changed(answer, elements=elements), "A"), f"log/elements/{key}")
        assert mark_ is not None
        assert mark_.status == "partly"
        reasons.add(mark_.reason)
    assert len(reasons) == 3


def test_a_wrong_provision_has_its_authority_and_reason(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    wrong = changed(answer, provisions=("s30(1)(a)(i)", "s31(1)(a)", "s40", "s99"))
    marked = mark(one, wrong, "A")
    cited = {
        key: found(marked, f"log/provisions/{key}").authority  # type: ignore[union-attr]
        for key in ("s31(1)(a)", "s40", "s99")
    }
    assert "FOIA 2000 s.31(1)" in cited["s31(1)(a)"]
    assert "FOIA 2000 s.40" in cited["s40"]
    assert cited["s99"] == ()
    shut = found(marked, "log/provisions/s31(1)(a)")
    assert shut is not None
    assert "not exempt under section 30" in shut.reason
    other = exercise("TRAIN-216")  # section 30 does not cover it, so section 31 is not shut
    named = mark(other, changed(model_answer(other), engaged=("s31(1)(a)",)), "A")
    fits = found(named, f"{other.parts[0]}/provisions/s31(1)(a)")
    assert fits is not None
    assert "not exempt under section 30" not in fits.reason


def test_the_verdict_stands_before_the_score(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    marked = mark(one, changed(model_answer(one), provisions=("s30",)), "A")
    text = as_text(as_document(marked, one))
    assert marked.score > 90
    assert text.index("not passed") < text.index(f"{marked.score} of")


def test_a_balance_that_is_not_struck_is_no_place_for_factors(exercise: Get) -> None:
    one = exercise("TRAIN-106")
    claim = BalanceAnswer({"age_of_information": FactorAnswer("slight")})
    assert not mark(one, changed(model_answer(one), public_interest=claim), "A").passed
