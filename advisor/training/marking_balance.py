"""Marking a balance: each factor with its side and weight, and the result."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS
from advisor.training.answers import BalanceAnswer, FactorAnswer
from advisor.training.marks import Mark, Status, as_given, fits, misfit, shown_on
from advisor.training.model import BalanceModel, FactorModel, PartModel
from advisor.training.teaching import BALANCES


def balance_marks(
    law: Law, model: PartModel, balance: BalanceModel, answer: BalanceAnswer
) -> Iterator[Mark]:
    """The marks of one balance: its factors, what is not among them, and its result."""
    start = f"{model.id}/{balance.key}"
    for factor in balance.factors:
        if not _left_open(factor, answer):
            yield _factor(start, factor, answer)
    known = {factor.name for factor in balance.factors}
    sides = {one.name: one.side for one in law.balance_factors[BALANCES[balance.key]]}
    for side in ("maintain", "disclose"):
        for name, claimed in getattr(answer, side).items():
            # One step from nothing is as near as any weight has to be, on the side where it stands.
            near = ("none", "slight") if sides.get(name) == side else ("none",)
            if name not in known and claimed.weight not in near:
                yield _unfounded(law, balance, start, side, name, claimed)
    result = answer.result
    text = ""
    if balance.open:
        text = f"Open to judgment. {balance.open} The rules come to: {balance.by_rules}."
    status: Status = (
        "missing" if result is None else "right" if result == balance.result else "wrong"
    )
    yield Mark(
        f"{start}/result",
        "result",
        balance.question,
        status,
        result or "",
        balance.result,
        text,
        balance.authority,
    )


def _left_open(factor: FactorModel, answer: BalanceAnswer) -> bool:
    """Whether the case leaves a factor open and the trainee does too: then it is not marked."""
    named = [
        side[factor.name] for side in (answer.maintain, answer.disclose) if factor.name in side
    ]
    return factor.unsettled and all(one.weight == "none" for one in named)


def _factor(start: str, factor: FactorModel, answer: BalanceAnswer) -> Mark:
    other = "disclose" if factor.side == "maintain" else "maintain"
    claimed: FactorAnswer | None = getattr(answer, factor.side).get(factor.name)
    turned: FactorAnswer | None = getattr(answer, other).get(factor.name)
    low, high = factor.lightest, factor.heaviest
    model = WEIGHTS[low] if low == high else f"{WEIGHTS[low]} to {WEIGHTS[high]}"
    where = shown_on(factor.passages)
    text = f"{factor.reason} It weighs for the side that would {factor.side}{where}."
    if factor.unsettled:
        asks = " ".join(factor.unsaid)
        text = f"The case does not say all that it hangs on, so {model} is accepted. {asks}".strip()
    status: Status = "missing"
    given = ""
    if claimed is not None and turned is None:
        given = as_given(f"{claimed.weight}, to {factor.side}", claimed.on)
        step = WEIGHTS.index(claimed.weight)
        off = max(low - step, step - high, 0)
        fit = fits(claimed.on, factor.passages) or (factor.unsettled and not claimed.on)
        why = "" if fit else misfit(claimed.on, factor.passages)
        status, remark = _weighed(off, why, factor.steps)
        text = f"{remark} {text}".strip()
        if factor.open:
            text = f"Open to judgment. {factor.open} {text}"
    elif turned is not None:
        given = as_given(f"{turned.weight}, to {other}", turned.on)
        status, text = "wrong", f"It stands on the other side. {text}"
    return Mark(
        f"{start}/{factor.name}",
        "factors",
        factor.title,
        status,
        given,
        f"{model}, to {factor.side}",
        text,
        factor.authority,
    )


def _weighed(off: int, misfit: str, steps: int) -> tuple[Status, str]:
    """The status of a weight that is `off` steps from the model's, and what to say of it;
    `misfit` says why the passages do not fit."""
    if not misfit and off <= steps:
        return "right", "" if not off else "Accepted: near enough, and the reason fits."
    if not misfit:
        return "partly", "The reason fits; the weight is too far off."
    if not off:
        return "partly", f"The weight is right; {misfit}."
    return "wrong", f"The weight is off, and {misfit}."


def _unfounded(
    law: Law, balance: BalanceModel, start: str, side: str, name: str, claimed: FactorAnswer
) -> Mark:
    factor = law.factors.get(f"{BALANCES[balance.key]}.{name}")
    rules = factor.rules if factor else ()
    text = "Claimed too much: nothing in the facts raises it here."
    if factor is not None and factor.side != side:
        text = f"{text} It could weigh only for the side that would {factor.side}."
    return Mark(
        f"{start}/{name}",
        "factors",
        factor.title if factor else name.replace("_", " "),
        "wrong",
        as_given(f"{claimed.weight}, to {side}", claimed.on),
        "none",
        text,
        tuple(law.cites(one for rule in rules for one in rule.authority)),
    )
