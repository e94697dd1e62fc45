"""The walk through a balance: factor by factor, then the result.

Each factor that the facts raise is shown with its weight and the reason for it, and the officer
agrees or weighs it otherwise; at the end they agree with what follows or conclude themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.advice.assess import Decided
from advisor.assessment import PublicInterest, WeighedFactor
from advisor.interview.prompts import Choice, Prompt, Step
from advisor.register.agreed import Agreed
from advisor.register.events import Event
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS, Balance

LEFT_OPEN = "undetermined"
# s.17(2): while the public interest is still to be decided there is no balance to walk through.
NOT_YET_STRUCK = "public_interest_undecided"

ACCEPT, OTHERWISE, ACCEPT_ALL = "yes", "no", "all"
AGREE, OWN, ADD = "agree", "own", "add"

_FACTOR_CHOICES = (
    Choice(ACCEPT, "Yes"),
    Choice(OTHERWISE, "No, I weigh it otherwise"),
    Choice(ACCEPT_ALL, "Accept it and all weights that follow"),
)


def balances(item: Decided) -> Iterator[tuple[str, PublicInterest]]:
    """The balances of an item that bear on its outcome, in the order of the rulebook."""
    if item.everything.get(NOT_YET_STRUCK) is True:
        return
    for key in item.matter.law.balances:
        struck = item.existence if key == "confirm_or_deny" else item.content
        if struck is not None:
            yield key, struck


def steps(item: Decided, agreed: Agreed) -> Iterator[Step]:
    """What is left to walk through of an item's balances."""
    for key, struck in balances(item):
        for one in (*struck.maintain, *struck.disclose):
            if one.weight and one.weighed_by == "rules":
                weight = WEIGHTS[one.weight]
                if agreed.weights.get((item.item.id, key, one.factor)) != weight:
                    yield Step("factor", one.factor, item.item.id, key)
        so_far = agreed.results.get((item.item.id, key))
        if struck.decided_by == "rules" and so_far != (struck.result, struck.margin):
            yield Step("conclude", "", item.item.id, key)


def factor_prompt(law: Law, struck: PublicInterest, step: Step) -> Prompt:
    """One factor with its weight and reason. Raises KeyError where it is not in the balance."""
    entry, one = law.balances[step.balance], _factor(struck, step.key)
    side = "against" if one in struck.maintain else "for"
    weight = _words(one.weight)
    if one.may_rise_to is not None:
        weight += f" (open answers could make it {_words(one.may_rise_to)})"
    lead = f"{side.capitalize()} {entry.act}, {weight}: {one.title}."
    return Prompt(
        step,
        "Is that the weight you give it?",
        lead=(f"The public interest {entry.title}", lead, one.reason),
        choices=_FACTOR_CHOICES,
        blank=ACCEPT,
        help=f"{one.interest} Weights are none, slight, some, considerable or very strong. "
        "Weigh it otherwise where your matter differs from what the reason says, and say how.",
        authority=one.authority,
        now=f"{_words(one.weight)}, weighed by you" if one.weighed_by == "officer" else "",
    )


def conclude_prompt(law: Law, struck: PublicInterest, step: Step) -> Prompt:
    """Both sides, what follows from them, and what the officer can do about it."""
    entry = law.balances[step.balance]
    choices = [
        Choice(OWN, "I come to a result of my own"),
        Choice(ADD, "Something that counts is missing: add it"),
    ]
    if struck.result == LEFT_OPEN:
        choices.append(Choice(AGREE, "Leave it open for now"))
    else:
        choices.insert(0, Choice(AGREE, "I agree"))
    lead = [f"The public interest {entry.title}. {entry.question}"]
    for side, factors in (("Against", struck.maintain), ("For", struck.disclose)):
        lead.append(f"{side} {entry.act}: {_side(factors)}.")
    lead += [f"Not counted: {one.reason}" for one in struck.excluded]
    lead.append(f"What follows: {_result(struck, entry)}")
    return Prompt(
        step,
        "Do you agree with that?" if struck.result != LEFT_OPEN else "What is your conclusion?",
        lead=tuple(lead),
        choices=tuple(choices),
        help="The advisor proposes and you decide. A result of your own stands, with your reason "
        "and your name, beside what the weights say. To weigh something again, use :back, or "
        ":change and its name.",
        authority=tuple(law.cites(entry.authority)),
        now=f"your own: {_RESULTS[struck.result]}" if struck.decided_by == "officer" else "",
    )


def accepted(item: Decided, step: Step, agreed: Agreed, *, all_left: bool) -> list[Event]:
    """What records that the officer agrees with a factor's weight, or with all that are left."""
    struck = dict(balances(item))[step.balance]
    left = [one for one in steps(item, agreed) if one.kind == "factor"]
    wanted = [one for one in left if one.balance == step.balance] if all_left else [step]
    if step not in wanted:
        wanted.append(step)
    return [
        Event(
            "weighed",
            {
                "item": one.item,
                "balance": one.balance,
                "factor": one.key,
                "weight": None,
                "accepted": WEIGHTS[_factor(struck, one.key).weight],
            },
        )
        for one in wanted
    ]


_RESULTS = {
    "maintain": "the interest against it outweighs",
    "disclose": "the interest against it does not outweigh",
}


def result_choices(entry: Balance) -> tuple[Choice, ...]:
    """The two ways in which a balance can end."""
    return (
        Choice("maintain", f"The interest against {entry.act} outweighs"),
        Choice("disclose", f"The interest against {entry.act} does not outweigh"),
    )


def result_help(entry: Balance) -> str:
    """What the two ways mean."""
    return (
        f"{entry.question} That it outweighs is a result against {entry.act}; that it does not, "
        f"which is also so where the two are equal, is a result for {entry.act}."
    )


def weight_choices() -> tuple[Choice, ...]:
    """The weights, lightest first."""
    return tuple(Choice(one, one.replace("_", " ").capitalize()) for one in WEIGHTS)


def _factor(struck: PublicInterest, name: str) -> WeighedFactor:
    found: Mapping[str, WeighedFactor] = {
        one.factor: one for one in (*struck.maintain, *struck.disclose)
    }
    return found[name]


def _words(weight: int) -> str:
    return WEIGHTS[weight].replace("_", " ")


def _side(factors: tuple[WeighedFactor, ...]) -> str:
    weighing = [one for one in factors if one.weight or one.weighed_by == "officer"]
    text = "; ".join(f"{_words(one.weight)}, {_title(one)}" for one in weighing) or "nothing"
    more = [one.title for one in factors if one not in weighing]
    return f"{text}. Open answers could add: {', '.join(more)}" if more else text


def _title(one: WeighedFactor) -> str:
    rises = f" (could be {_words(one.may_rise_to)})" if one.may_rise_to is not None else ""
    return f"{one.title}{rises}{' (weighed by you)' if one.weighed_by == 'officer' else ''}"


def _result(struck: PublicInterest, entry: Balance) -> str:
    if struck.result == LEFT_OPEN:
        return "open answers could turn it either way."
    verb = "outweighs" if struck.result == "maintain" else "does not outweigh"
    text = f"the interest against {entry.act} {verb}"
    if any(one.may_rise_to is not None for one in (*struck.maintain, *struck.disclose)):
        return f"{text}, whatever the answers that are still open."  # so the margin may change
    margin = f"; the margin is {struck.margin}" if struck.margin and struck.margin != "even" else ""
    return f"{text}{margin}. {struck.remark}".strip()
