"""What shows in the text of a letter: the shapes of the rules that a notice is checked by.

A sign is words; a reading is a condition over signs; requirements and mistakes are conditions over
both. Everything that a condition here may read beside them is in OF_THE_TEXT, which the checker of
notices works out of the provisions that a letter cites. The language of phrases is
advisor.rulebook.phrases, that of conditions advisor.rulebook.conditions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from advisor.rulebook.authority import FORBID
from advisor.rulebook.circumstances import Circumstance


@dataclass(frozen=True)
class TextSign:
    """Words by which a letter shows something; none of `unless` may stand near in the sentence.

    `examples` show it and `not_examples` do not: they are the sign's tests.
    """

    __pydantic_config__ = FORBID
    means: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a letter does, by its signs and by the readings that come before this one."""

    __pydantic_config__ = FORBID
    means: str
    when: Any


@dataclass(frozen=True)
class TextRequirement:
    """How a requirement shows in a letter to which it applies: met, unclear or missing.

    What is not met is unclear where `unclear` holds, and otherwise missing. Where `missing` is
    given it is the other way about: only where that holds is it missing, and otherwise unclear.
    A heading names and states nothing, so its words alone meet only what is `met_by_a_heading`.
    Where a requirement named in `same_as` is open too, the two are one fault.
    """

    __pydantic_config__ = FORBID
    title: str
    applies: Any
    write: str
    met: Any = None
    unclear: Any = None
    missing: Any = None
    look_at: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    met_by_a_heading: Literal["yes", "no"] = "no"


@dataclass(frozen=True)
class TextMistake:
    """One way in which a letter shows a mistake; its text may name the `{provisions}` shown.

    Where a requirement named in `same_as` is missing, the mistake is the same fault.
    """

    __pydantic_config__ = FORBID
    when: Any
    level: Literal["error", "warning", "note"]
    text: str
    look_at: tuple[str, ...] = ()
    for_each: Literal["yes", "no"] = "no"
    same_as: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None


# Signs that the checker looks for by name: what a letter says of a provision that it names, that it
# refuses at all, and which dates are not its own.
RELIED, NOT_RELIED, POSSIBLE = "relied_on", "not_relied_on", "only_possible"
OTHER_LAW, IN_REQUEST, DESCRIBED = "another_law", "in_the_request", "described"
EARLIER, TAKEN_BACK = "earlier_refusal", "takes_back"
REFUSING = (
    "says_exempt", "declines", "neither_confirms", "over_cost", "vexatious", "balance_undecided",
    "more_time_for_balance", "concluded_for_keeping_back", "not_in_the_public_interest",
)  # fmt: skip
ANOTHER_DATE = "another_date"
BALANCE, FOR_KEEPING = "public_interest", "factor_for_keeping_back"
EVEN, KEPT, TURNED = "sides_equal", "keeps_for_that_reason", "turns_from_equality"
NO_REASON = (  # a sentence with one of these gives no reason of the public interest
    "concluded_for_keeping_back", "concluded_after_asking", "not_in_the_public_interest",
    "offers_review", "says_no_review", "right_to_the_regulator", "names_regulator",
    "rights_elsewhere", "mentions_complaint",
)  # fmt: skip
ABOUT_THE_EXEMPTION = (  # nor does one with one of these, where it comes before the balance
    "says_exempt", "declines", "confirms_held", "held_for_an_investigation", "duty_source",
    "repeats_statute", "discloses",
)  # fmt: skip

BY_NAME = frozenset(
    {RELIED, NOT_RELIED, POSSIBLE, OTHER_LAW, IN_REQUEST, DESCRIBED, EARLIER, TAKEN_BACK}
    | {ANOTHER_DATE, BALANCE, FOR_KEEPING}
    | {EVEN, KEPT, TURNED}
).union(REFUSING, NO_REASON, ABOUT_THE_EXEMPTION)

OF_THE_TEXT: dict[str, Circumstance] = {
    "cited": Circumstance("provisions", "The provisions that the letter relies on."),
    **{
        name: Circumstance("yes_no", means)
        for name, means in {
            "cites_an_exemption": "It relies on an exemption, not only on cost or on the request.",
            "cites_for_content": "It relies on a provision that protects content.",
            "cites_for_silence": "It relies on a provision for refusing to confirm or deny.",
            "cites_qualified": "It relies on a provision that is always qualified.",
            "cites_either": "It relies on one that is qualified or absolute as the case may be.",
            "cites_absolute": "It relies on a provision that is always absolute.",
            "cites_qualified_for_content": "It relies on a qualified one that protects content.",
            "cites_qualified_for_silence": "It relies on a qualified one for keeping silent.",
            "several_exemptions": "It relies on two or more sections that are exemptions.",
            "cites_section_with_limbs": "A section that it relies on has limbs to choose from.",
            "limb_named": "It names a limb of such a section.",
            "limb_missing": "It names such a section, or a part of it, and no limb below.",
            "limb_not_known": "It names a part of such a section that the rulebook does not know.",
            "limb_perhaps_quoted": "It seems to quote the limb apart from the section's number.",
            "public_interest_at_length": "It speaks of the public interest and argues on.",
            "reason_in_the_balance": "Where it speaks of the public interest, and not before, it "
            "gives a reason for keeping the information back.",
            "even_balance_keeps": "It finds the two sides equal, and for that reason keeps back.",
            "no_review_procedure": "Its case says that there is no procedure for complaints.",
            "dated_in_time": "Its date is no later than the day on which the notice is due.",
            "dated_late": "Its date is later than the day on which the notice is due.",
            "decided_late": "Its date is that of a decision later than the notice is due.",
        }.items()
    },
}
