"""What the officer should know of a drafted letter before it goes, and the letter cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.summary import margin_words
from advisor.assessment import Assessment
from advisor.case import Case
from advisor.document.words import first_upper, provision_words
from advisor.notice.parts import MAY_BE_LEFT_OUT, has_review, joined
from advisor.notice.passages import Writer
from advisor.notice.settings import Settings

IN_TIME = "S17-02"  # the requirement that a notice be given in time: the date is said by itself


def remarks(
    assessment: Assessment, case: Case, settings: Settings, writer: Writer, document: str
) -> Iterator[str]:
    """Everything to look at before a letter goes, or what is written in place of one."""
    if document == "fees":
        yield assessment.notice.note
    else:
        yield from _not_met(assessment, writer)
        yield from _of_the_parts(writer)
    yield from _of_the_settings(case, settings)
    if not settings.checked and "regulator_address" in writer.used:
        yield (
            f"The address of the {settings.regulator.name} is the one that the advisor ships, from "
            "general knowledge. Check it before use, and put it in your settings."
        )


def _of_the_parts(writer: Writer) -> Iterator[str]:
    """What nobody has tested, and what silence asks of a description."""
    tested = [key for key, one in writer.law.exemptions.items() if one.tested == "yes"]
    if any(part.assessed.outcome in ("disclose", "withhold") for part in writer.parts):
        yield (
            f"Only {joined(map(provision_words, tested))} were tested. Any other exemption may "
            "apply as well, whether or not the answers suggest it."
        )
    for part in writer.parts:
        for other in part.assessed.not_considered:
            provision = first_upper(provision_words(other.provision))
            yield f"{provision} was not considered for part {part.number}: {other.why}"
        balance = part.assessed.public_interest
        if part.known["balance_struck"] and balance and not balance.officer:
            if balance.remark:
                yield (
                    f"The balance of part {part.number} is {margin_words(balance)}. "
                    f"{balance.remark} If you conclude for yourself, with a reason, the letter "
                    "gives that reason."
                )
            if any(one.may_rise_to is not None for one in balance.disclose):
                yield (
                    f"Some questions on the side of disclosure were not answered for part "
                    f"{part.number}, because they cannot turn the outcome. The letter says "
                    "only what was taken into account."
                )
        if part.assessed.outcome == "neither_confirm_nor_deny":
            yield (
                f"Part {part.number} is neither confirmed nor denied. If the letter shows your "
                "description of it, check that this says nothing of what is held. Your own reasons "
                "and notes for it are not in the letter."
            )


def _not_met(assessment: Assessment, writer: Writer) -> Iterator[str]:
    """What the Act requires and no words of the letter meet: it is for the officer to do."""
    for one in assessment.notice.requirements:
        open_for = [
            str(part.number)
            for part in writer.parts
            if part.assessed.id in one.items and one.id not in writer.met.get(part.assessed.id, ())
        ]
        if one.severity not in "MC" or not open_for or one.id == IN_TIME:
            continue
        if one.id == MAY_BE_LEFT_OUT:
            yield (
                f"All the reasons for part {joined(open_for)} may disclose what is exempt. "
                "With --annex FILE the letter leaves out what section 17(4) excuses."
            )
        else:
            yield f"{one.text} [{one.id}]"


def _of_the_settings(case: Case, settings: Settings) -> Iterator[str]:
    """Where case and settings do not agree."""
    said = has_review(case, settings)
    if settings.of(case.authority.name) is not settings:
        yield (
            f"The settings are those of {settings.authority.name} and the case names "
            f"{case.authority.name}, so address, signature and review procedure are left open."
        )
    elif settings.review is not None and said != (settings.review.exists == "yes"):
        yield (
            "Case and settings differ on whether there is a review procedure; the letter follows "
            "the case."
        )
