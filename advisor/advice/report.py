"""An assessment as a document, in the order in which an officer needs it.

The head says what each part comes to and what is to be settled. Then, for each part: the
recommendation, what nobody has tested, what is open, why, both sides of the balance, decided
matters, what to watch. Then the notice, and what the advice rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

from advisor.advice import precedents
from advisor.advice.summary import Agreed, margin_words, summary
from advisor.assessment import (
    Assessment,
    ItemAssessment,
    PublicInterest,
    Requirement,
    Warning,
    WeighedFactor,
)
from advisor.case import Case, Item
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.document.dates import long_date
from advisor.document.words import ended, first_upper, provision_words
from advisor.reasoning import durable
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS

_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "note": "plain"}


def report(
    assessment: Assessment, case: Case, law: Law, agreed: Agreed = MappingProxyType({})
) -> Document:
    """The whole advice on a case; `agreed` has the results that the officer has agreed with."""
    title = f"{assessment.reference}: {case.title}" if case.title else assessment.reference
    blocks: list[Block] = [Heading(1, title), *summary(assessment, case, law, agreed)]
    parts = _Parts(case, law)
    for number, item in enumerate(assessment.items, 1):
        blocks.extend(parts.part(number, item))
    blocks.extend(_notice(assessment))
    if assessment.warnings:
        blocks.append(Heading(2, "Watch, for the request as a whole"))
        blocks.append(_warnings(assessment.warnings))
    blocks.append(Heading(2, "What this rests on"))
    blocks.append(Paragraph(_footing(assessment), tone="quiet"))
    return Document.of(title, blocks)


@dataclass
class _Parts:
    """The parts in order. What was said of an earlier one in the same words is not said again."""

    case: Case
    law: Law
    said: dict[str, int] = field(default_factory=dict)

    def part(self, number: int, item: ItemAssessment) -> Iterator[Block]:
        name = item.description or item.id
        shown = (
            f"Part {number} ({item.id}): {name}" if name != item.id else f"Part {number}: {name}"
        )
        yield Heading(2, shown)
        yield _recommendation(item, self.law)
        given = self.case.item(item.id)
        if given is not None and given.proposed is not None:
            yield _draft(given, item, self.law)
        if item.not_considered:
            yield Heading(3, "Not tested, and it may apply")
            yield Bullets(
                tuple(
                    Entry(
                        one.why,
                        first_upper(provision_words(one.provision)) + ":",
                        self.note(number, one.why, one.authority),
                        "warn",
                    )
                    for one in item.not_considered
                )
            )
        if left := self.not_ruled_out(number, item):
            yield Paragraph(left, lead="Not ruled out:", tone="warn")
        if item.outstanding:
            yield from self.open(number, item, given)
        if item.reasons:
            yield Heading(3, "Why")
            yield Bullets(
                tuple(
                    Entry(one.text, note=self.note(number, one.text, one.authority))
                    for one in item.reasons
                )
            )
        for balance in (item.public_interest_confirm_or_deny, item.public_interest):
            if balance is not None:
                yield from self.balance(number, balance)
        yield from precedents.brief(item.precedents, self.law)
        if item.warnings:
            yield Heading(3, "Watch")
            yield _warnings(item.warnings)

    def note(self, number: int, text: str, authority: tuple[str, ...]) -> str:
        """The authorities of a sentence, or the earlier part that gives them."""
        cited = "; ".join(authority)
        first = self.said.setdefault(f"{text}\n{cited}", number)
        return cited if first == number or not cited else f"authority as for part {first}"

    def not_ruled_out(self, number: int, item: ItemAssessment) -> str:
        """The provisions that no answer rules out; of what goes out, the questions to look at."""
        named = {one.provision for one in item.not_considered}
        which = [provision_words(one) for one in item.never_asked[0] if one not in named]
        outcome, asks = self.law.outcomes[item.outcome], ""
        if outcome.kind == "disclosed":
            asks = " ".join(self.law.facts[fact].ask for fact in item.never_asked[1])
        if not which and not asks:
            return ""
        first = self.said.setdefault(outcome.unasked, number)
        text = outcome.unasked if first == number else f"As for part {first}."
        return " ".join(filter(None, (f"{', '.join(which)}." if which else "", text, asks)))

    def open(self, number: int, item: ItemAssessment, given: Item | None) -> Iterator[Block]:
        """The open questions; those that an earlier part asks as well, by name."""
        answers = {**self.case.facts, **(given.facts if given else {})}
        yield Heading(3, "Still open: any of these answers can change the outcome")
        entries: list[Entry] = []
        again: dict[int, list[str]] = {}
        for fact in item.outstanding:
            how = "answered: unknown" if fact in answers else "not answered"
            first = self.said.setdefault(f"{fact} {how}", number)
            if first == number:
                entries.append(Entry(self.law.facts[fact].ask, note=f"{fact} ({how})"))
            else:
                again.setdefault(first, []).append(fact)
        for first, facts in again.items():
            entries.append(Entry(f"{', '.join(facts)}.", f"As in part {first}:"))
        yield Bullets(tuple(entries))

    def balance(self, number: int, balance: PublicInterest) -> Iterator[Block]:
        yield Heading(3, f"The public interest {balance.title}")
        if self.said.setdefault(balance.question, number) == number:
            yield Paragraph(balance.question)
        for lead, factors in (("Against", balance.maintain), ("For", balance.disclose)):
            entries = [self.factor(number, one) for one in factors if not _may_come(one)]
            if may := [f"{one.title} ({_most(one)})" for one in factors if _may_come(one)]:
                entries.append(Entry(f"{'; '.join(may)}.", "open answers could add, at most:"))
            yield Paragraph("" if entries else "nothing.", lead=f"{lead} {balance.act}:")
            if entries:
                yield Bullets(tuple(entries))
        for one in balance.excluded:
            yield Paragraph(one.reason, lead="Not counted:")
        yield Paragraph(_result(balance), lead="Result:", tone="strong")

    def factor(self, number: int, factor: WeighedFactor) -> Entry:
        who = (
            f" [weighed by {factor.by or 'the officer'}]" if factor.weighed_by == "officer" else ""
        )
        text = f"{factor.title}. {factor.reason}{who}"
        note = self.note(number, text, factor.authority)
        return Entry(text, f"{_weight(factor)}:", note)


def _may_come(factor: WeighedFactor) -> bool:
    """Whether a factor weighs nothing yet, and only an open answer could make it weigh."""
    return not factor.weight and factor.may_rise_to is not None


def _weight(factor: WeighedFactor) -> str:
    """The weight in words; of an open one, the least and the most that it may come to."""
    weight = WEIGHTS[factor.weight].replace("_", " ")
    if factor.may_rise_to is None:
        return weight
    return f"{weight}, and {_most(factor)} as an open answer falls"


def _most(factor: WeighedFactor) -> str:
    return WEIGHTS[factor.may_rise_to or factor.weight].replace("_", " ")


def _recommendation(item: ItemAssessment, law: Law) -> Paragraph:
    outcome = law.outcomes[item.outcome]
    text = outcome.title.upper()
    if item.provisions:
        text += " under " + ", ".join(map(provision_words, item.provisions))
    balance = item.public_interest or item.public_interest_confirm_or_deny
    if balance is not None and balance.result != "undetermined":
        own = balance.decided_by == "officer"
        text += f" ({margin_words(balance) if own else f'the balance is {margin_words(balance)}'})"
    text += "."
    if not item.reasons or outcome.kind not in ("disclosed", "refused"):
        text += f"\n{outcome.means}"
    if item.outcome == "undetermined":
        titles = (law.outcomes[key].title.lower() for key in item.possible_outcomes)
        text += f" It could still be: {', '.join(titles)}."
    tones: dict[str, Tone] = {"disclosed": "good", "refused": "bad", "undetermined": "warn"}
    return Paragraph(text, lead="Recommendation:", tone=tones.get(outcome.kind, "strong"))


def _draft(given: Item, item: ItemAssessment, law: Law) -> Paragraph:
    """The draft decision that the case proposes, of which warnings speak as “the draft”."""
    draft = given.proposed
    assert draft is not None
    known = law.outcomes.get(draft.outcome)
    text = known.title.lower() if known else draft.outcome
    if draft.provisions:
        text += " under " + ", ".join(map(provision_words, draft.provisions))
    text += {"given": ", with a notice", "none": ", without a notice", None: ""}[draft.notice]
    if item.outcome != "undetermined":
        same = draft.outcome == item.outcome
        text += "; the outcome is as recommended" if same else "; the recommendation is another"
    return Paragraph(f"{text}.", lead="The draft (“proposed” in the case):")


def _result(balance: PublicInterest) -> str:
    if balance.result == "undetermined":
        return "open answers could turn it either way."
    words = {
        "maintain": f"the interest against {balance.act} outweighs",
        "disclose": f"the interest against {balance.act} does not outweigh",
    }
    text = words[balance.result]
    if balance.margin and balance.open:
        text += f", whatever the open answers are; the margin is {margin_words(balance)}"
    elif balance.margin == "even":
        text = f"the sides are even, so {text}"
    elif balance.margin:
        text += f"; the margin is {balance.margin}"
    text += "."
    if balance.decided_by == "officer":
        who = balance.officer or "the officer"
        text = f"{words[balance.result]}. Concluded by {who}: {ended(balance.officer_reason)} "
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
                f"{'; '.join(one.authority)} [{one.id}]",
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
    what = "What the notice must say" if assessment.refusal_notice else "What is to be done"
    yield Heading(2, f"{what}{about}")
    must = [one for one in notice.requirements if one.severity in "MC"]
    yield Bullets(
        tuple(
            Entry(
                f"{one.text}{_only(one, same, assessment)} [{one.id}]",
                f"{one.provision}:",
            )
            for one in must
        )
    )
    if should := [one.id for one in notice.requirements if one.severity not in "MC"]:
        text = (
            f"{', '.join(should)}. `advisor check-notice` says each, and whether a letter has it."
        )
        yield Paragraph(text, lead="Good practice as well:")


def _only(one: Requirement, said: tuple[str, ...], assessment: Assessment) -> str:
    if one.items == said or len(one.items) == len(assessment.items):
        return ""
    return f" Only for {', '.join(one.items)}."


def _footing(assessment: Assessment) -> str:
    by = assessment.derived_by
    how = f"twice, by {' and '.join(by)}, in agreement" if len(by) == 2 else f"once, by {by[0]}"
    if not durable.available():
        how += " alone, because durable-rules cannot be imported on this Python"
    return (
        f"Rulebook {assessment.rulebook_version} ({assessment.rulebook_digest[:19]}), the law as "
        f"on {long_date(assessment.law_as_at)}; decided as at {long_date(assessment.as_at)}; "
        f"derived {how}. `advisor explain` shows each step.{_matters(assessment)}"
    )


def _matters(assessment: Assessment) -> str:
    """What to know of the decided matters that were shown beside the parts."""
    found = [one for item in assessment.items for one in item.precedents]
    if not found:
        return ""
    text = " `advisor precedents near` compares the decided matters with this case, value by value."
    if len(precedents.citable(found)) < len(found):
        text += " Nobody has read those marked “not reviewed” against the decision itself."
        text += " No letter cites them, and you should not before you have read it."
    return text
