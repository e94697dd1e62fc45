"""Each part of a request as the letter sees it: what its conditions may read, what fills its slots.

A letter draws on an assessment and adds nothing to it: facts, conclusions, the balance as it was
struck. Of a part that is neither confirmed nor denied it says what the rulebook says in general.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from advisor.advice.circumstances import Clock, of_the_case, of_the_decision, of_the_whole
from advisor.advice.requirements import as_for_no
from advisor.assessment import Assessment, ItemAssessment, PublicInterest, WeighedFactor
from advisor.case import Case, Item
from advisor.document.words import provision_words
from advisor.notice.settings import Settings
from advisor.reasoning.evaluate import check
from advisor.reasoning.known import Known, read_facts
from advisor.rulebook.conditions import is_part, names
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS
from advisor.rulebook.wording import NOTE

REVIEW = "review_procedure_exists"
SILENCE = "neither_confirm_nor_deny"
# The requirement that says where section 17(4) may excuse an explanation.
MAY_BE_LEFT_OUT = "S17-31"

# Which side of which balance a repeated passage goes through.
_SIDES = {
    "maintain": ("public_interest", "maintain"),
    "disclose": ("public_interest", "disclose"),
    "silence": ("public_interest_confirm_or_deny", "maintain"),
    "openness": ("public_interest_confirm_or_deny", "disclose"),
}


@dataclass(frozen=True)
class Part:
    """A part of the request; `known` is what conditions read, `values` what fills its slots."""

    number: int
    item: Item
    assessed: ItemAssessment
    known: Mapping[str, Any]
    values: Mapping[str, str]
    law: Law

    @property
    def description(self) -> str:
        return self.item.description.strip() or self.item.id

    def about(self, of: str) -> dict[str, str]:
        """The slots that are about provisions, for those at or below one."""
        found = [one for one in self.assessed.provisions if is_part(one, of)]
        return _about(found, self.law, self.known)

    def each(self, kind: str, of: str) -> Iterator[dict[str, str]]:
        """The slots of a repeated passage, once for each time that it is said."""
        if kind == "provision":
            for provision in self.assessed.provisions:
                if is_part(provision, of) and provision in self.law.limbs:
                    title = self.law.limbs[provision].title
                    yield {"provision": provision_words(provision), "provision_title": title}
            return
        name, side = _SIDES[kind]
        balance: PublicInterest | None = getattr(self.assessed, name)
        for factor in getattr(balance, side) if balance else ():
            if factor.weight and kind in ("maintain", "disclose"):
                yield {**_in_general(factor), **_in_this_case(factor)}
            elif factor.weight and not _added(factor):
                # Reasons and weights follow from what is known of the matter, and an officer's
                # words may say what is held: for silence the rulebook speaks, in general.
                yield _in_general(factor)


def _in_general(factor: WeighedFactor) -> dict[str, str]:
    return {
        "consideration": factor.title,
        "interest": "" if _added(factor) else factor.interest,
    }


def _in_this_case(factor: WeighedFactor) -> dict[str, str]:
    return {"reason": factor.reason, "weight": weight_words(factor.weight)}


def _added(factor: WeighedFactor) -> bool:
    """Whether the officer added it; its title and its interest are then one text."""
    return factor.weighed_by == "officer" and factor.title == factor.interest


@dataclass(frozen=True)
class _Request:
    """What is the same for every part of a request, and how its letter is to be."""

    case: Case
    law: Law
    of_case: Mapping[str, Any]
    of_whole: Mapping[str, Any]
    review: bool | None
    kept_back: frozenset[str]
    second: bool


def parts_of(
    assessment: Assessment, case: Case, law: Law, settings: Settings, *, second: bool, annex: bool
) -> list[Part]:
    """Every part of a request, as the letter sees it. Raises InputError as reading a case does."""
    known = read_facts(case, law)
    of_case = of_the_case(case, Clock(case), law.as_at)
    found = [one.meanwhile for one in assessment.items]
    requirements = [one for one in assessment.notice.requirements if one.id == MAY_BE_LEFT_OUT]
    request = _Request(
        case,
        law,
        of_case,
        of_the_whole(law, {one.id: one.outcome for one in found}, case),
        has_review(case, settings),
        frozenset(item for one in requirements if annex for item in one.items),
        second,
    )
    items = zip(case.items, found, strict=True)
    return [
        _part(number, item, assessed, known[item.id], request)
        for number, (item, assessed) in enumerate(items, 1)
    ]


def _part(
    number: int, item: Item, assessed: ItemAssessment, known: Known, request: _Request
) -> Part:
    law = request.law
    everything = _everything(assessed, known, request)
    deciding = _deciding(assessed)
    place = deciding[0] if deciding is not None else None
    everything.update(
        several_parts=len(request.case.items) > 1,
        second_notice=request.second,
        reasons_kept_back=assessed.id in request.kept_back,
        review_not_known=request.review is None,
        first_decides=place == 0,
        later_decides=place is not None and place > 0,
        **_standing(assessed),
    )
    values = {
        **_answers(item, request.case, law, known.answered),
        **_about(assessed.provisions, law, everything),
    }
    if deciding is not None:
        values["deciding"] = deciding[1].title
        values["deciding_weight"] = weight_words(deciding[1].weight)
    if assessed.public_interest is not None:
        values["officer_reason"] = assessed.public_interest.officer_reason
    return Part(number, item, assessed, everything, values, law)


def _everything(assessed: ItemAssessment, known: Known, request: _Request) -> dict[str, Any]:
    """Facts, conclusions and circumstances of a part, as they were when it was decided."""
    law, balance = request.law, assessed.public_interest
    existence = assessed.public_interest_confirm_or_deny
    decided = of_the_decision(law, assessed.outcome, assessed.provisions, balance, existence, None)
    conclusions = {key: t for key, t in assessed.conclusions.items() if t is not None}
    found = as_for_no(law, {**known.values, **request.of_case, **conclusions, **decided})
    found.update(request.of_whole)
    # Nobody's silence is a statement that there is no procedure for complaints.
    found.pop(REVIEW, None)
    if request.review is not None:
        found[REVIEW] = request.review
    found["balance_may_wait"] = assessed.waiting is not None
    return found


def has_review(case: Case, settings: Settings) -> bool | None:
    """Whether there is a review procedure: the case says, else the settings, else nobody does."""
    answer = case.facts.get(REVIEW, "unknown").strip().casefold()
    if answer in ("yes", "true", "no", "false"):
        return answer in ("yes", "true")
    return settings.review.exists == "yes" if settings.review is not None else None


def weight_words(weight: int) -> str:
    """A weight as it is written in a sentence."""
    return WEIGHTS[weight].replace("_", " ")


def joined(words: Iterable[str]) -> str:
    """Words as they are listed in a sentence.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _standing(assessed: ItemAssessment) -> dict[str, bool]:
    """How the balances of a part stand."""
    pending = assessed.waiting is not None
    content, existence = assessed.public_interest, assessed.public_interest_confirm_or_deny
    withheld = assessed.outcome == "withhold"
    silent = assessed.outcome == SILENCE
    return {
        "balance_pending": pending,
        "balance_struck": content is not None and withheld and not pending,
        "silence_decided": existence is not None and silent and not pending,
        "weighed_for_disclosure": _weighs(content.disclose) if content else False,
        "weighed_for_maintaining": _weighs(content.maintain) if content else False,
        "officer_concluded": content is not None and content.decided_by == "officer",
    }


def _weighs(side: Iterable[WeighedFactor]) -> bool:
    return any(factor.weight for factor in side)


def _answers(item: Item, case: Case, law: Law, answered: Mapping[str, Any]) -> dict[str, str]:
    """The facts that are texts, and the notes kept with answers."""
    texts = {k: str(v) for k, v in answered.items() if law.facts[k].type == "text"}
    notes = {NOTE + key: text for key, text in {**case.notes, **item.notes}.items()}
    return {**texts, **notes}


def _about(provisions: Iterable[str], law: Law, known: Mapping[str, Any]) -> dict[str, str]:
    cited = tuple(provisions)
    return {
        "provisions": joined(map(provision_words, cited)),
        "because": " ".join(_because(cited, law, known)),
    }


def _because(provisions: Iterable[str], law: Law, known: Mapping[str, Any]) -> list[str]:
    """Why provisions apply: the rule of each limb that holds, after the rules that it rests on."""
    said: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in said or name not in law.conclusions or known.get(name) is not True:
            return
        rule = next(one for one in law.conclusions[name].rules if check(one.when)(known))
        for read in sorted(names(rule.when)):
            visit(read)
        said[name] = rule.because

    for provision in provisions:
        if provision in law.limbs:
            visit(law.limbs[provision].engaged)
    return list(dict.fromkeys(said.values()))


def _deciding(assessed: ItemAssessment) -> tuple[int, WeighedFactor] | None:
    """The first place at which maintaining is the heavier side, where the rules so decide."""
    balance = assessed.public_interest
    if balance is None or balance.result != "maintain":
        return None
    both = zip_longest(balance.maintain, balance.disclose)
    for place, (keep, give) in enumerate(both):
        kept, given = keep.weight if keep else 0, give.weight if give else 0
        if kept != given:
            return (place, keep) if kept > given and keep else None
    return None
