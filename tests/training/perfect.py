"""The model answer as a trainee would have written it: what full marks look like."""

from __future__ import annotations

from typing import Literal, cast

from advisor.rulebook.model import WEIGHTS
from advisor.training.answers import (
    BalanceAnswer,
    ElementAnswer,
    FactorAnswer,
    NoticeAnswer,
    PartAnswer,
    Worked,
)
from advisor.training.exercise import Exercise
from advisor.training.model import BalanceModel, FactorModel, PartModel


def model_answer(exercise: Exercise) -> Worked:
    """Answers that say just what the model says."""
    model = exercise.model
    needed: Literal["yes", "no"] | None = None
    if model.notice_needed is not None:
        needed = "yes" if model.notice_needed else "no"
    return Worked(
        exercise.case.reference,
        tuple(map(_part, model.parts)),
        NoticeAnswer(
            needed, "none" if model.waits else model.due, tuple(one.id for one in model.must_say)
        ),
        tuple(one.id for one in model.faults),
    )


def _part(part: PartModel) -> PartAnswer:
    balances = {balance.key: _balance(balance) for balance in part.balances}
    return PartAnswer(
        part.id,
        part.outcome,
        part.provisions,
        part.engaged,
        {one.fact: ElementAnswer(one.answer, tuple(sorted(one.passages))) for one in part.elements},
        not_counted=tuple(fact for fact, _, _ in part.not_counted),
        **balances,
    )


def _balance(balance: BalanceModel) -> BalanceAnswer:
    def side(name: str) -> dict[str, FactorAnswer]:
        return {one.name: _factor(one) for one in balance.factors if one.side == name}

    result = cast(Literal["maintain", "disclose", "undetermined"], balance.result)
    return BalanceAnswer(side("maintain"), side("disclose"), result)


def _factor(factor: FactorModel) -> FactorAnswer:
    return FactorAnswer(WEIGHTS[factor.heaviest], tuple(sorted(factor.passages)))
