"""Names that conditions may read and nobody is asked: what the case file and the decision show.

Circumstances *of the case* (its dates, the kind of authority) may be read by the order of
decision; those *of the decision* exist only once an item is decided, and are for routes,
requirements, mistakes to warn of and provisions not tested. Conclusions and weights read neither,
so the law that is derived twice depends on facts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AUTHORITY_KINDS = (
    "police", "council", "department", "regulator", "prosecutor", "health", "school", "archive",
    "other",
)  # fmt: skip
RESULTS = ("maintain", "disclose", "undetermined", "not_struck")
MARGINS = ("clear", "narrow", "even", "not_known")


@dataclass(frozen=True)
class Circumstance:
    type: Literal["yes_no", "choice", "provisions"]
    means: str
    choices: tuple[str, ...] = ()


def _yes_no(means: str) -> Circumstance:
    return Circumstance("yes_no", means)


OF_THE_CASE: dict[str, Circumstance] = {
    "authority_kind": Circumstance("choice", "What kind of authority it is.", AUTHORITY_KINDS),
    "clarification_received": _yes_no("The applicant's clarification has arrived (`clarified`)."),
    "fees_notice_given": _yes_no("A fees notice was given (`fees_notice`)."),
    "fee_outstanding": _yes_no("A fees notice was given, and no fee came (`fee_received`)."),
    "received_on_a_non_working_day": _yes_no("The day of receipt is not a working day."),
    "local_holiday_left_out": _yes_no(
        "A holiday in only part of the United Kingdom was left out of the count."
    ),
    "decided_late": _yes_no("The day of decision is after the day on which the notice was due."),
    "decision_date_expected": _yes_no("`decision_expected` gives a date for the balance."),
    "expected_date_passed": _yes_no("That date is before the day by which the case is judged."),
    "extension_is_long": _yes_no("That date is more than 20 working days after the due date."),
    "judged_after_the_decision": _yes_no("The case is judged at a later day than `decided`."),
}

OF_THE_DECISION: dict[str, Circumstance] = {
    "outcome": Circumstance("choice", "The recommended outcome of the item."),  # the rulebook's own
    "decision": Circumstance("provisions", "The provisions that the recommendation relies on."),
    "relies_on_qualified": _yes_no("One of those provisions is qualified."),
    "refused": _yes_no("The recommended outcome is a refusal."),
    "content_result": Circumstance("choice", "Result of the balance of content.", RESULTS),
    "content_margin": Circumstance("choice", "Its margin.", MARGINS),
    "confirm_or_deny_result": Circumstance("choice", "Result of the other balance.", RESULTS),
    "confirm_or_deny_margin": Circumstance("choice", "Its margin.", MARGINS),
    "balance_may_wait": _yes_no("A balance is put, and the officer has recorded no conclusion."),
    "officer_concluded_otherwise": _yes_no("The officer's own conclusion is not the rules'."),
    "some_item_disclosed": _yes_no("Some item of the case is to be disclosed."),
    "part_refused_without_ground": _yes_no(
        "Of several items one is to be disclosed; its draft refuses it on tested provisions alone."
    ),
    "draft_given": _yes_no("There is a draft decision for the item (`proposed`)."),
    "draft": Circumstance("provisions", "The provisions that the draft relies on."),
    "draft_outcome": Circumstance("choice", "The outcome of the draft."),  # the rulebook's own
    "draft_refuses": _yes_no("The draft's outcome is a refusal."),
    "draft_refuses_everything": _yes_no("Every item has a draft, and every draft refuses."),
    "draft_notice": Circumstance(
        "choice", "Whether a notice goes with the draft.", ("given", "none", "not_said")
    ),
    "draft_cites_nothing": _yes_no("The draft refuses and names no provision."),
    "draft_without_number": _yes_no("The draft names an exemption in words, not by its number."),
    "draft_without_limb": _yes_no("The draft names a section that has limbs, and not the limb."),
    "draft_relies_on_absolute": _yes_no("The draft relies on an absolute exemption."),
    "draft_relies_on_several_qualified": _yes_no("It relies on two or more qualified sections."),
    "draft_is_as_recommended": _yes_no("Its outcome is the recommended one."),
}
