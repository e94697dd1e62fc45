"""The property that makes marks fair: whatever else was answered, a better element never lowers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.training.answers import (
    BalanceAnswer,
    ElementAnswer,
    FactorAnswer,
    NoticeAnswer,
    PartAnswer,
    Worked,
)
from advisor.training.exercise import Exercise
from advisor.training.marking import mark
from tests.training.conftest import PACK, the_exercise
from tests.training.perfect import model_answer

WEIGHTS = ("none", "slight", "some", "considerable", "very_strong")
STEPS = (
    "outcome", "provisions", "element", "claims", "factor", "result", "drop", "notice", "due",
)  # fmt: skip


@st.composite
def answers(draw: st.DrawFn, exercise: Exercise) -> Worked:
    """Any answers that can be written to an exercise, good and bad elements mixed."""
    law, model = exercise.law, model_answer(exercise)
    numbers = st.lists(st.integers(1, len(exercise.passages)), max_size=4).map(tuple)
    factors = st.builds(FactorAnswer, st.sampled_from(WEIGHTS), numbers)
    parts = []
    for part in model.items:
        elements = {
            key: draw(st.one_of(st.just(right), st.builds(ElementAnswer, st.just("no"), numbers)))
            for key, right in part.elements.items()
            if draw(st.booleans())
        }
        for key in draw(st.lists(st.sampled_from([*law.facts]), max_size=4)):
            elements.setdefault(key, ElementAnswer(draw(st.sampled_from(("yes", "no")))))
        ignored = tuple(draw(st.sets(st.sampled_from([*law.not_counted]), max_size=2)))
        balance = None
        if draw(st.booleans()):
            names = st.sampled_from([f.name for f in law.balance_factors["content"]])
            side = st.dictionaries(names, factors, max_size=4)
            result = draw(st.sampled_from(("maintain", "disclose", None)))
            balance = BalanceAnswer(draw(side), draw(side), result)
        limbs = st.lists(st.sampled_from([*law.limbs, "s30"]), max_size=3, unique=True).map(tuple)
        provisions, engaged = draw(limbs), draw(limbs)
        outcome = draw(st.sampled_from([*law.outcomes, None]))
        parts.append(
            PartAnswer(
                part.id, outcome, provisions, engaged, elements, balance, not_counted=ignored
            )
        )
    days = st.sampled_from((None, "none", date(2026, 3, 9)))
    ids = st.sampled_from([one.id for one in law.requirements])
    must = tuple(draw(st.sets(ids, max_size=12)))
    needed = draw(st.sampled_from((None, "yes", "no")))
    return Worked(model.case, tuple(parts), NoticeAnswer(needed, draw(days), must))


def improved(worked: Worked, model: Worked, step: str, index: int) -> Worked:
    """The answers with one element of the first part made as the model has it."""
    if step in ("notice", "due"):
        return replace(worked, notice=model.notice)
    own, right = worked.items[0], model.items[0]
    if step == "outcome":
        own = replace(own, outcome=right.outcome)
    elif step == "provisions":
        own = replace(
            own, provisions=right.provisions, engaged=right.engaged, outcome=right.outcome
        )
    elif step == "element" and right.elements:
        key = sorted(right.elements)[index % len(right.elements)]
        own = replace(own, elements={**own.elements, key: right.elements[key]})
    elif step == "claims":  # what the model does not have is left out
        kept = {key: own.elements[key] for key in own.elements if key in right.elements}
        own = replace(own, elements=kept, not_counted=right.not_counted)
    elif right.public_interest is None:
        own = replace(own, public_interest=None)
    else:
        own = replace(
            own, public_interest=_better(own.public_interest, right.public_interest, step, index)
        )
    return replace(worked, items=(own, *worked.items[1:]))


def _better(
    own: BalanceAnswer | None, right: BalanceAnswer, step: str, index: int
) -> BalanceAnswer:
    own = own or BalanceAnswer()
    known = {**right.maintain, **right.disclose}
    if step == "result":
        return replace(own, result=right.result)
    if step == "drop":  # a factor that nothing raises is left out

        def kept(side: dict[str, FactorAnswer]) -> dict[str, FactorAnswer]:
            return {key: value for key, value in side.items() if key in known}

        return replace(own, maintain=kept(own.maintain), disclose=kept(own.disclose))
    name = sorted(known)[index % len(known)]
    sides = {}
    for side in ("maintain", "disclose"):
        rest = {key: value for key, value in getattr(own, side).items() if key != name}
        if name in getattr(right, side):
            rest[name] = known[name]
        sides[side] = rest
    return replace(own, **sides)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_better_element_never_lowers_a_mark(data: st.DataObject) -> None:
    exercise = the_exercise(data.draw(st.sampled_from(PACK)))
    if any(one.element.endswith("/result") for one in exercise.teaching.open_to_judgment):
        return  # where the result is open, what is better depends on the result chosen
    worked = data.draw(answers(exercise))
    step, index = data.draw(st.sampled_from(STEPS)), data.draw(st.integers(0, 30))
    better = improved(worked, model_answer(exercise), step, index)
    before, after = mark(exercise, worked, "A"), mark(exercise, better, "A")
    assert after.score >= before.score
    assert after.passed >= before.passed
