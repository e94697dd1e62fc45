"""An assessment as a document, in the order in which an officer needs it.

For each part: the recommendation, what nobody has tested, why, both sides of the balance, what to
watch, what is still open. Then the notice, and what the advice rests on.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice import precedents
from advisor.assessment import (
    Assessment,
    ItemAssessment,
    PublicInterest,
    Warning,
    WeighedFactor,
)
from advisor.case import Case
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.document.dates import long_date
from advisor.document.words import first_upper, provision_words
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS

OVERALL = {
    "disclose_all": "Disclose everything",
    "disclose_part": "Disclose part",
    "refuse_all": "Refuse the whole request",
    "nothing_held": "Nothing is held",
    "undetermined": "Not determined yet",
    "other": "Deal with it in another way",
}
_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "note": "plain"}


def report(assessment: Assessment, case: Case, law: Law) -> Document:
    """The whole advice on a case."""
    title = f"{assessment.reference}: {case.title}" if case.title else assessment.reference
    blocks: list[Block] = [Heading(1, title), *_summary(assessment, case, law)]
    for number, item in enumerate(assessment.items, 1):
        blocks.extend(_item(number, item, case, law))
    blocks.extend(_notice(assessment))
    if assessment.warnings:
        blocks.append(Heading(2, "Watch, for the request as a whole"))
        blocks.append(_warnings(assessment.warnings))
    blocks.append(Heading(2, "What this rests on"))
    blocks.append(Paragraph(_footing(assessment), tone="quiet"))
    return Document.of(title, blocks)


def _summary(assessment: Assessment, case: Case, law: Law) -> Iterator[Block]:
    who = case.authority.name or "The authority"
    lines = [f"{who}. " + _dates(assessment, case)]
    yield Paragraph("\n".join(lines))
    counts: dict[str, int] = {}
    for item in assessment.items:
        counts[item.outcome] = counts.get(item.outcome, 0) + 1
    parts = "; ".join(f"{law.outcomes[key].title.lower()}: {n}" for key, n in counts.items())
    notice = (
        "A refusal notice is needed."
        if assessment.refusal_notice
        else "No refusal notice is needed."
    )
    if assessment.outcome == "undetermined":
        notice = ""
    text = f"{OVERALL[assessment.outcome]} ({parts}). {notice}".strip()
    yield Paragraph(text, lead="In short:", tone="strong")
    yield Paragraph("This is advice; a named person decides.", tone="quiet")


def _dates(assessment: Assessment, case: Case) -> str:
    if case.received is None:
        return "The day of receipt is not given, so no date for the answer can be worked out."
    text = f"Received {long_date(case.received, weekday=True)}; "
    due = assessment.notice.due
    if due is None:
        return text + (assessment.notice.note or "no date for the answer can be worked out.")
    text += f"answer promptly, and by {long_date(due, weekday=True)} at the latest."
    if assessment.notice.provisional:
        text += " That date is provisional: not every bank holiday that it counts is proclaimed."
    return f"{text} {assessment.notice.note}".strip()


def _item(number: int, item: ItemAssessment, case: Case, law: Law) -> Iterator[Block]:
    name = item.description or item.id
    yield Heading(
        2, f"Part {number} ({item.id}): {name}" if name != item.id else f"Part {number}: {item.id}"
    )
    yield _recommendation(item, law)
    if item.not_considered:
        yield Heading(3, "Not considered, and it may apply")
        yield Bullets(
            tuple(
                Entry(
                    one.why,
                    first_upper(provision_words(one.provision)) + ":",
                    _note(one.authority),
                    "warn",
                )
                for one in item.not_considered
            )
        )
    if item.outstanding:
        yield from _open(item, case, law)
    if item.reasons:
        yield Heading(3, "Why")
        yield Bullets(tuple(Entry(one.text, note=_note(one.authority)) for one in item.reasons))
    for balance in (item.public_interest_confirm_or_deny, item.public_interest):
        if balance is not None:
            yield from _balance(balance)
    yield from precedents.blocks(item.precedents, law)
    if item.warnings:
        yield Heading(3, "Watch")
        yield _warnings(item.warnings)


def _recommendation(item: ItemAssessment, law: Law) -> Paragraph:
    outcome = law.outcomes[item.outcome]
    text = outcome.title.upper()
    if item.provisions:
        text += " under " + ", ".join(map(provision_words, item.provisions))
    balance = item.public_interest or item.public_interest_confirm_or_deny
    if balance is not None and balance.result != "undetermined":
        who = (
            "your own conclusion"
            if balance.decided_by == "officer"
            else (f"the balance is {balance.margin}" if balance.margin else "the balance is struck")
        )
        text += f" ({who})"
    tones: dict[str, Tone] = {"disclosed": "good", "refused": "bad", "undetermined": "warn"}
    text += ".\n" + outcome.means
    if item.outcome == "undetermined":
        titles = (law.outcomes[key].title.lower() for key in item.possible_outcomes)
        text += f" It could still be: {', '.join(titles)}."
    return Paragraph(text, lead="Recommendation:", tone=tones.get(outcome.kind, "strong"))


def _open(item: ItemAssessment, case: Case, law: Law) -> Iterator[Block]:
    given = case.item(item.id)
    answers = {**case.facts, **(given.facts if given else {})}
    yield Heading(3, "Still open: any of these answers can change the outcome")
    yield Bullets(
        tuple(
            Entry(
                law.facts[fact].ask,
                note=f"{fact} ({'answered: unknown' if fact in answers else 'not answered'})",
            )
            for fact in item.outstanding
        )
    )


def _balance(balance: PublicInterest) -> Iterator[Block]:
    yield Heading(3, f"The public interest {balance.title}")
    yield Paragraph(balance.question)
    for lead, factors in (("Against", balance.maintain), ("For", balance.disclose)):
        yield Paragraph("nothing." if not factors else "", lead=f"{lead} {balance.act}:")
        if factors:
            yield Bullets(tuple(map(_factor, factors)))
    for one in balance.excluded:
        yield Paragraph(one.reason, lead="Not counted:")
    yield Paragraph(_result(balance), lead="Result:", tone="strong")


def _factor(factor: WeighedFactor) -> Entry:
    weight = WEIGHTS[factor.weight].replace("_", " ")
    if factor.may_rise_to is not None:
        weight += f" (open answers could make it {WEIGHTS[factor.may_rise_to].replace('_', ' ')})"
    who = ""
    if factor.weighed_by == "officer":
        who = f" [weighed by {factor.by or 'the officer'}]"
    return Entry(f"{factor.title}. {factor.reason}{who}", f"{weight}:", _note(factor.authority))


def _result(balance: PublicInterest) -> str:
    if balance.result == "undetermined":
        return "open answers could turn it either way."
    words = {
        "maintain": f"the interest against {balance.act} outweighs",
        "disclose": f"the interest against {balance.act} does not outweigh",
    }
    text = words[balance.result]
    if balance.margin == "even":
        text = f"the sides are even, so {text}"
    elif balance.margin:
        text += f"; the margin is {balance.margin}"
    text += "."
    if balance.decided_by == "officer":
        who = balance.officer or "the officer"
        text = f"{text} Concluded by {who}: {balance.officer_reason} "
        would = words.get(balance.rules_result, "open answers could turn it either way")
        margin = f", margin {balance.rules_margin}" if balance.rules_margin else ""
        text += f"The rules would have said: {would}{margin}."
    if balance.remark:
        text += f" {balance.remark}"
    return text


def _warnings(warnings: tuple[Warning, ...]) -> Bullets:
    return Bullets(
        tuple(
            Entry(
                one.text,
                f"{one.level.capitalize()}:",
                f"{_note(one.authority)} [{one.id}]",
                _TONES[one.level],
            )
            for one in warnings
        )
    )


def _notice(assessment: Assessment) -> Iterator[Block]:
    notice = assessment.notice
    if not notice.requirements:
        return
    everywhere = {one.items for one in notice.requirements}
    same = next(iter(everywhere)) if len(everywhere) == 1 else ()
    about = f", for {', '.join(same)}" if same and len(same) < len(assessment.items) else ""
    yield Heading(2, f"What the notice must say{about}")
    for severity, heading in (
        ("MC", "Required by the Act"),
        ("G", "Good practice"),
    ):
        found = [one for one in notice.requirements if one.severity in severity]
        if found:
            yield Heading(3, heading)
            yield Bullets(
                tuple(
                    Entry(
                        f"{one.text}{_parts(one.items, same, assessment)} [{one.id}]",
                        f"{one.provision}:",
                    )
                    for one in found
                )
            )


def _parts(items: tuple[str, ...], said: tuple[str, ...], assessment: Assessment) -> str:
    if items == said or len(items) == len(assessment.items):
        return ""
    return f" Only for {', '.join(items)}."


def _note(authority: tuple[str, ...]) -> str:
    return "; ".join(authority)


def _footing(assessment: Assessment) -> str:
    by = assessment.derived_by
    how = f"twice, by {' and '.join(by)}, in agreement" if len(by) == 2 else f"once, by {by[0]}"
    return (
        f"Rulebook {assessment.rulebook_version} ({assessment.rulebook_digest[:19]}), the law as "
        f"on {long_date(assessment.law_as_at)}; decided as at {long_date(assessment.as_at)}; "
        f"derived {how}."
    )
