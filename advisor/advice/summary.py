"""The head of a report: what each part comes to, and what is to be settled before the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from advisor.assessment import Assessment, ItemAssessment, PublicInterest
from advisor.case import Case
from advisor.document.blocks import Block, Bullets, Entry, Heading, Paragraph, Table
from advisor.document.dates import long_date
from advisor.document.words import provision_words
from advisor.rulebook.law import Law

OVERALL = {
    "disclose_all": "Disclose everything",
    "disclose_part": "Disclose part",
    "refuse_all": "Refuse the whole request",
    "nothing_held": "Nothing is held",
    "undetermined": "Not determined yet",
    "other": "Deal with it in another way",
}
_THE_REQUEST = "The request"


# For an item and a balance, the result and the margin that the officer has agreed with.
Agreed = Mapping[tuple[str, str], tuple[str, str | None]]


def summary(
    assessment: Assessment, case: Case, law: Law, agreed: Agreed = MappingProxyType({})
) -> Iterator[Block]:
    """Dates, the parts with their outcomes, what is to be settled, and what was not tested."""
    who = case.authority.name or "The authority"
    yield Paragraph(f"{who}. {_dates(assessment, case)}")
    notice = "A refusal notice is needed." if assessment.refusal_notice else ""
    if any(one.waiting for one in assessment.items):
        notice = "Until you have decided the public interest, a holding notice is needed."
    elif assessment.outcome not in ("undetermined", "other") and not notice:
        notice = "No refusal notice is needed."
    text = f"{OVERALL[assessment.outcome]}. {notice}".strip()
    yield Paragraph(text, lead="In short:", tone="strong")
    yield Table(
        ("Part", "Recommendation", "Under", "Balance"),
        tuple(_row(number, item, law) for number, item in enumerate(assessment.items, 1)),
    )
    settle = tuple(_to_settle(assessment, law, agreed))
    if settle:
        due = assessment.notice.due
        by = f"by {long_date(due, weekday=True)}" if due else "before you answer"
        yield Heading(2, f"To settle {by}")
        yield Bullets(settle)
    yield Paragraph(_tested(case, law), tone="quiet")


def margin_words(balance: PublicInterest) -> str:
    """How the balance came out, in a word or two; with answers open, the least that it comes to."""
    if balance.decided_by == "officer":
        return "your own conclusion"
    if balance.result == "undetermined":
        return "open"
    if not balance.open or balance.margin in (None, "clear"):
        return balance.margin or "struck, some answers open"
    return f"{balance.margin} or clearer, some answers open"


def _dates(assessment: Assessment, case: Case) -> str:
    if case.received is None:
        return "The day of receipt is not given, so no date for the answer can be worked out."
    text = f"Received {long_date(case.received, weekday=True)}"
    due = assessment.notice.due
    if due is None:
        note = assessment.notice.note or "No date for the answer can be worked out."
        return f"{text}. {note}"
    text += f"; answer promptly, and by {long_date(due, weekday=True)} at the latest."
    if assessment.as_at > due:
        text += f" On {long_date(assessment.as_at)} that day had passed."
    if assessment.notice.provisional:
        text += " That date is provisional: not every bank holiday that it counts is proclaimed."
    return f"{text} {assessment.notice.note}".strip()


def _row(number: int, item: ItemAssessment, law: Law) -> tuple[str, str, str, str]:
    balance = item.public_interest or item.public_interest_confirm_or_deny
    under = ", ".join(map(provision_words, item.provisions))
    struck = margin_words(balance) if balance and item.outcome != "undetermined" else ""
    return f"{number} ({item.id})", law.outcomes[item.outcome].title.lower(), under, struck


def _to_settle(assessment: Assessment, law: Law, agreed: Agreed) -> Iterator[Entry]:
    """What keeps an answer from going out, once each with the parts that it is about."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, item in enumerate(assessment.items, 1):
        for point in (*_points(item, law), *_judgments(item, agreed)):
            found.setdefault(point, []).append(number)
    for (what, text), numbers in found.items():
        yield Entry(text, f"{_parts(numbers, len(assessment.items))}, {what}:")
    if errors := [one.id for one in assessment.warnings if one.level == "error"]:
        yield Entry(f"see Watch: {', '.join(errors)}.", f"{_THE_REQUEST}, mistake:")


def _points(item: ItemAssessment, law: Law) -> Iterator[tuple[str, str]]:
    if item.outstanding:
        first, more = item.outstanding[0], len(item.outstanding) - 1
        rest = f" And {more} more, below." if more else ""
        yield "still open", f"{law.facts[first].ask}{rest}"
    if item.waiting and item.waiting.outcome != item.outcome:
        now = law.outcomes[item.waiting.outcome].title.lower()
        yield (
            "the public interest, which you have put off",
            f"what goes out now is a holding notice ({now}). What is recommended here is for when "
            "you have decided; record your conclusion, or answer that it is no longer undecided.",
        )
    if item.not_considered:
        which = ", ".join(provision_words(one.provision) for one in item.not_considered)
        yield "not tested, and may apply", f"{which}."
    if errors := [one.id for one in item.warnings if one.level == "error"]:
        yield "mistake", f"see Watch: {', '.join(errors)}."
    if against := [one.citation for one in item.precedents if one.against]:
        yield "a decided matter goes the other way", f"{'; '.join(against)}."


def _judgments(item: ItemAssessment, agreed: Agreed) -> Iterator[tuple[str, str]]:
    """The balances that are close, until the officer concludes or agrees with what follows."""
    balances = {
        "confirm_or_deny": item.public_interest_confirm_or_deny, "content": item.public_interest
    }  # fmt: skip
    for key, one in balances.items():
        if one is None or one.decided_by == "officer" or one.margin not in ("narrow", "even"):
            continue
        if agreed.get((item.id, key)) != (one.result, one.margin):
            text = f"the public interest {one.title} comes out {margin_words(one)}."
            yield "your judgment", text


def _parts(numbers: list[int], of: int) -> str:
    if len(numbers) == of > 1:
        return "Every part"
    first, last = ", ".join(map(str, numbers[:-1])), str(numbers[-1])
    return f"Parts {first} and {last}" if first else f"Part {last}"


def _tested(case: Case, law: Law) -> str:
    sections = dict.fromkeys(provision_words(limb.exemption) for limb in law.limbs.values())
    text = (
        f"Only {' and '.join(sections)} and the steps that come before it were tested. No other "
        "exemption was: what is named as not tested is what your answers suggest, and others may "
        "apply as well. "
    )
    if any(item.consider is not None for item in case.items):
        text += "Where the case names what to consider, no more than that was tested. "
    return f"{text}This is advice; a named person decides."
