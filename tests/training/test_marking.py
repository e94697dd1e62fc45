"""Marking answers of every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from advisor import Case, Rulebook
from advisor.training.answers import BalanceAnswer, ElementAnswer, FactorAnswer, PartAnswer, Worked
from advisor.training.exercise import Exercise
from advisor.training.marking import mark
from advisor.training.marks import Marked
from tests.training.conftest import PACK
from tests.training.perfect import model_answer

Get = Callable[[str], Exercise]


def changed(worked: Worked, **parts: object) -> Worked:
    """The answers with something of the first part changed."""
    first, *rest = worked.items
    return replace(worked, items=(replace(first, **parts), *rest))  # type: ignore[arg-type]


def judged(book: Rulebook, reference: str, *elements: str) -> Exercise:
    """The exercise with elements of its first part left open to judgment."""
    case = book.read(next(path for path in PACK if Case.read(path).reference == reference))
    part = case.items[0].id
    open_ = [{"part": part, "element": key, "why": "Discuss it."} for key in elements]
    return Exercise.of(replace(case, teaching={**case.teaching, "open_to_judgment": open_}), book)


def status(marked: Marked, key: str) -> str:
    return next(one.status for one in marked.marks if one.key == key)


def test_a_blank_answer_is_missing_everything(exercise: Get) -> None:
    marked = mark(exercise("TRAIN-101"), Worked("TRAIN-101"), "A")
    assert {one.status for one in marked.marks} == {"missing"}
    assert marked.score == 0
    assert not marked.passed


def test_a_right_result_for_a_wrong_limb_does_not_pass(exercise: Get) -> None:
    one = exercise("TRAIN-103")
    marked = mark(one, changed(model_answer(one), provisions=("s30(1)(a)(i)",)), "A")
    assert status(marked, "file/outcome") == "right"
    assert status(marked, "file/provisions/s30(1)(b)") == "missing"
    assert status(marked, "file/provisions/s30(1)(a)(i)") == "wrong"
    assert not marked.passed
    assert "a right result for a wrong reason" in marked.verdicts[0].why_not


def test_a_right_result_without_any_reason_does_not_pass(exercise: Get) -> None:
    only = Worked("TRAIN-101", (PartAnswer("log", "withhold", ("s30(1)(a)(i)",)),))
    marked = mark(exercise("TRAIN-101"), only, "A")
    assert marked.verdicts[0].why_not[0] == "a right result for a wrong reason"


def test_the_section_without_its_limb_is_partly_right(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    marked = mark(one, changed(model_answer(one), provisions=("s30",)), "A")
    assert status(marked, "log/provisions/s30(1)(a)(i)") == "partly"
    assert not marked.passed


def test_everything_claimed_does_not_pass(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    law = one.law
    heavy = FactorAnswer("very_strong", tuple(range(1, 8)))
    sides = {
        side: {f.name: heavy for f in law.balance_factors["content"] if f.side == side}
        for side in ("maintain", "disclose")
    }
    elements = {
        key: ElementAnswer("yes", tuple(range(1, 8)))
        for key, fact in law.facts.items()
        if fact.type == "yes_no"
    }
    part = PartAnswer(
        "log", "withhold", tuple(law.limbs), tuple(law.limbs), elements,
        BalanceAnswer(sides["maintain"], sides["disclose"], "maintain"),
        not_counted=tuple(law.not_counted),
    )  # fmt: skip
    marked = mark(one, Worked("TRAIN-101", (part,)), "A")
    assert not marked.passed
    assert marked.score < 40


def test_another_order_gives_the_same_marks(exercise: Get) -> None:
    one = exercise("TRAIN-204")
    answer = model_answer(one)
    turned = replace(
        answer,
        items=tuple(
            replace(
                part,
                provisions=tuple(reversed(part.provisions)),
                elements=dict(reversed(part.elements.items())),
            )
            for part in reversed(answer.items)
        ),
    )
    assert mark(one, turned, "A") == mark(one, answer, "A")


def test_nonsense_is_marked_and_harms_nothing(exercise: Get) -> None:
    part = PartAnswer("log", "not_held", ("=cmd()", "s99", "\x1b[31m"))
    marked = mark(exercise("TRAIN-101"), Worked("TRAIN-101", (part,)), "A")
    assert status(marked, "log/outcome") == "wrong"
    assert status(marked, "log/provisions/s99") == "wrong"
    assert marked.score == 0


@pytest.mark.parametrize(
    ("weight", "on", "wanted"),
    [
        ("very_strong", (4, 5), "right"),
        ("considerable", (5,), "right"),  # one step off, and the reason fits
        ("some", (5,), "partly"),  # two steps off
        ("very_strong", (1, 2, 3), "partly"),  # the weight by chance
        ("considerable", (1,), "wrong"),
        ("very_strong", (), "partly"),
        ("very_strong", (1, 2, 3, 4, 5, 6, 7), "partly"),  # pointing everywhere shows nothing
    ],
)
def test_a_weight_and_what_it_rests_on(
    exercise: Get, weight: str, on: tuple[int, ...], wanted: str
) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    balance = answer.items[0].public_interest
    assert balance is not None
    factor = FactorAnswer(weight, on)  # type: ignore[arg-type]
    other = replace(balance, maintain={**balance.maintain, "safe_space": factor})
    marked = mark(one, changed(answer, public_interest=other), "A")
    assert status(marked, "log/public_interest/safe_space") == wanted


def test_a_factor_on_the_wrong_side_is_wrong(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    balance = answer.items[0].public_interest
    assert balance is not None
    moved = replace(
        balance,
        maintain={k: v for k, v in balance.maintain.items() if k != "safe_space"},
        disclose={**balance.disclose, "safe_space": balance.maintain["safe_space"]},
    )
    marked = mark(one, changed(answer, public_interest=moved), "A")
    assert status(marked, "log/public_interest/safe_space") == "wrong"


def test_a_result_that_is_open_to_judgment_is_accepted_either_way(exercise: Get) -> None:
    one = exercise("TRAIN-314")
    answer = model_answer(one)
    balance = answer.items[0].public_interest
    assert balance is not None
    assert balance.result == "maintain"
    other = changed(
        answer, outcome="disclose", provisions=(), engaged=answer.items[0].provisions,
        public_interest=replace(balance, result="disclose"),
    )  # fmt: skip
    assert not mark(one, other, "A").passed  # nothing is refused, so no notice is needed
    other = replace(other, notice=replace(answer.notice, needed="no", must_say=()))
    marked = mark(one, other, "A")
    assert (marked.passed, marked.score) == (True, 100)
    closed = exercise("TRAIN-101")
    answer = model_answer(closed)
    balance = answer.items[0].public_interest
    assert balance is not None
    wrong = changed(answer, public_interest=replace(balance, result="disclose"))
    assert not mark(closed, wrong, "A").passed


def test_a_result_about_silence_that_is_open_is_judged_down_to_what_follows(book: Rulebook) -> None:
    one = judged(book, "TRAIN-207", "public_interest_confirm_or_deny/result")
    answer = model_answer(one)
    assert answer.items[0].outcome == "neither_confirm_nor_deny"
    silence = answer.items[0].public_interest_confirm_or_deny
    assert silence is not None
    turned = changed(answer, public_interest_confirm_or_deny=replace(silence, result="disclose"))
    confirmed = one.model_for(turned)
    assert confirmed.parts[0].outcome != "neither_confirm_nor_deny"
    again = model_answer(replace(one, model=confirmed))
    marked = mark(one, again, "A")
    assert (marked.passed, marked.score) == (True, 100)
    assert not mark(one, turned, "A").passed


def test_what_covers_the_information_is_apart_from_what_a_refusal_relies_on(exercise: Get) -> None:
    one = exercise("TRAIN-107")
    answer = model_answer(one)
    key = "result/provisions/s30(1)(a)(i)"
    for given, wanted in [
        ({"engaged": ("s30(1)(a)(i)",)}, "right"),
        ({"provisions": ("s30(1)(a)(i)",), "engaged": ()}, "right"),  # by who refuses nothing
        ({"provisions": ("s30(1)(a)(i)",), "engaged": (), "outcome": "withhold"}, "partly"),
        ({"engaged": ("s30",)}, "partly"),
        ({"engaged": ()}, "missing"),
    ]:
        assert status(mark(one, changed(answer, **given), "A"), key) == wanted
    withheld = exercise("TRAIN-101")
    engaged = changed(model_answer(withheld), provisions=(), engaged=("s30(1)(a)(i)",))
    assert status(mark(withheld, engaged, "A"), "log/provisions/s30(1)(a)(i)") == "partly"


def test_a_fact_and_a_requirement_can_be_open_to_judgment(book: Rulebook) -> None:
    one = judged(book, "TRAIN-101", "criminal_offence", "S17-07")
    answer = model_answer(one)
    elements = {**answer.items[0].elements, "criminal_offence": ElementAnswer("no")}
    marked = mark(one, changed(answer, elements=elements), "A")
    assert status(marked, "log/elements/criminal_offence") == "right"
    assert not any(mark.key == "notice/S17-07" for mark in marked.marks)
    assert answer.notice is not None
    more = replace(answer.notice, must_say=(*answer.notice.must_say, "S17-07"))
    assert mark(one, replace(answer, notice=more), "A").score == 100


def test_a_balance_that_is_not_reached_is_wrong(exercise: Get) -> None:
    one = exercise("TRAIN-106")
    struck = changed(model_answer(one), public_interest=BalanceAnswer(result="maintain"))
    assert not mark(one, struck, "A").passed


def test_good_practice_is_never_wrong_to_promise(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    answer = model_answer(one)
    assert answer.notice is not None
    more = replace(answer.notice, must_say=(*answer.notice.must_say, "S17-53"))
    assert mark(one, replace(answer, notice=more), "A").score == 100
    wrong = replace(answer.notice, must_say=(*answer.notice.must_say, "S17-40"))
    assert mark(one, replace(answer, notice=wrong), "A").score < 100


def test_hints_cost_and_never_below_nothing(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    assert mark(one, replace(model_answer(one), hints=2), "A").score == 90
    assert mark(one, Worked("TRAIN-101", hints=9), "A").score == 0


def test_the_faults_of_a_letter_are_marked_one_by_one(exercise: Get) -> None:
    one = exercise("TRAIN-115")
    found = replace(model_answer(one), faults=("S17-50", "S17-40", "S17-07"))
    marked = mark(one, found, "A")
    assert status(marked, "letter/S17-50") == "right"
    assert status(marked, "letter/S17-51") == "missing"
    assert status(marked, "letter/S17-40") == "wrong"
    assert all(mark.key != "letter/S17-07" for mark in marked.marks)  # arguable
    reasons = {mark.key: mark.reason for mark in marked.marks}
    assert reasons["letter/S17-05b"].endswith("See line 7.")  # by the check of notices
    assert reasons["letter/S17-06a"].endswith("See lines 9, 10.")  # by the case
    fine = mark(one, replace(found, faults=("S17-04", "S17-02")), "A")
    assert status(fine, "letter/S17-04") == "wrong"
    assert all(mark.key != "letter/S17-02" for mark in fine.marks)  # no letter can show its day
    assert not marked.passed
