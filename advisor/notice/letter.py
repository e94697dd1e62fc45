"""The letter to the applicant, drafted from an assessment, which it adds nothing to.

    letter(assessment, case, law, Settings.find())        # the response, or a holding notice
    letter(..., kind="second")      # of `now_decided(case)`: the reasons that were put off

What is said is data (`rules/notices/wording.yaml`). What the letter wants and nobody has given
stands in it as [placeholder: ...] and is listed in `missing`, so that a draft says nothing false.
It is a draft: a named person reads it, and signs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from advisor.advice.circumstances import Clock
from advisor.advice.waiting import UNDECIDED
from advisor.assessment import Assessment
from advisor.case import Case
from advisor.document.blocks import Block, Document, Heading, Paragraph, clean
from advisor.document.dates import long_date
from advisor.document.words import provision_words
from advisor.notice.parts import Part, joined, parts_of
from advisor.notice.passages import Writer, placeholder
from advisor.notice.quoting import Quoted, quoted
from advisor.notice.remarks import remarks
from advisor.notice.settings import Settings
from advisor.notice.working_days import pay_by
from advisor.rulebook.law import Law
from advisor.rulebook.wording import NOTE
from advisor.sources import InputError, Problem

Kind = Literal["auto", "second"]
# What may be written in place of the letter, the first whose condition holds for every part.
INSTEAD = ("fees", "record")


@dataclass(frozen=True)
class Letter:
    """A drafted letter. `fields` are the short texts that a Word template may place where it likes.

    `missing` is what placeholders ask for, `quoted` the officer's own words in it, `remarks` what
    the officer should know before it goes, `met` the requirements met, by part of the request.
    """

    fields: Mapping[str, str]
    body: tuple[Block, ...]
    missing: tuple[str, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    remarks: tuple[str, ...] = ()
    met: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def document(self) -> Document:
        """The whole letter, letterhead to signature."""
        return Document.of(self.fields["title"], self._blocks())

    def _blocks(self) -> Iterator[Block]:
        text = self.fields
        yield Paragraph(text["authority_name"], tone="strong")
        where = [text["authority_address"], text["authority_contact"]]
        if any(where):
            yield Paragraph("\n".join(filter(None, where)))
        yield Paragraph(text["reference"], "Our reference:")
        yield Paragraph(text["date"], "Date:")
        yield Heading(1, text["title"])
        yield from self.body
        yield Paragraph("\n".join(filter(None, (text["signatory_name"], text["signatory_title"]))))


def letter(
    assessment: Assessment,
    case: Case,
    law: Law,
    settings: Settings,
    *,
    kind: Kind = "auto",
    annex: bool = False,
) -> Letter:
    """The letter for an assessed case. With `annex` it leaves out what section 17(4) excuses.

    Raises InputError where no true letter can be written: a part is undetermined, a holding notice
    has no date or one that is past, or the reasons are wanted of a balance that was never put off.
    """
    second = kind == "second"
    given, settings = settings, settings.of(case.authority.name)
    parts = parts_of(assessment, case, law, settings, second=second, annex=annex)
    writer = Writer(law, parts, {}, case.request)
    document = next((one for one in INSTEAD if writer.is_for_every_part(one)), "letter")
    if document != "fees":
        _refuse(case, parts, law)
    if second:
        writer.parts = parts = _that_waited(case, parts)
    writer.values = _values(assessment, case, settings, parts)
    title, body = writer.write(document)
    if not body:
        right = "give it a section `wording`"
        raise InputError(Problem(law.book.folder, 0, 0, "has no words for a letter", right))
    fields = _fields(assessment, case, settings, title, writer, document)
    return Letter(
        fields=fields,
        body=body,
        missing=tuple(writer.missing),
        quoted=quoted(case, law, body),
        remarks=tuple(remarks(assessment, case, given, writer, document)),
        met={key: frozenset(found) for key, found in writer.met.items()},
    )


def now_decided(case: Case) -> Case:
    """The case of a holding notice once its balance has been struck: for the second notice."""
    decided = replace(case, facts={**case.facts, UNDECIDED: "no"})
    object.__setattr__(decided, "document", case.document)
    return decided


def _refuse(case: Case, parts: Iterable[Part], law: Law) -> None:
    """No letter for what is undetermined, and no holding notice without its date (s.17(2))."""
    problems = []
    for part in parts:
        if part.assessed.outcome == "undetermined":
            titles = (law.outcomes[one].title.lower() for one in part.assessed.possible_outcomes)
            text = f"part '{part.item.id}' is not determined, so no letter can be drafted; "
            text += f"the result could be: {'; or '.join(titles)}"
            problems.append(
                case.problem(("items", part.number - 1), text, _to_settle(case, part, law))
            )
    if any(part.known["balance_pending"] for part in parts) and case.decision_expected is None:
        text = (
            "the public interest is undecided, and a holding notice must estimate by when (s.17(2))"
        )
        right = "add `decision_expected: YYYY-MM-DD` to the case"
        problems.append(case.problem(("facts", UNDECIDED), text, right))
    if any(part.known["balance_pending"] and part.known["expected_date_passed"] for part in parts):
        text = "the day by which the balance was to be struck has passed (s.17(2))"
        right = "give a day that is still to come, or the decision"
        problems.append(case.problem(("decision_expected",), text, right))
    if problems:
        raise InputError(problems)


def _to_settle(case: Case, part: Part, law: Law) -> str:
    """What is open of an undetermined part, and which of it `advisor next` asks first."""
    wanted, answered = part.assessed.outstanding, {**case.facts, **part.item.facts}
    open_facts = f"still open: {', '.join(wanted)}"
    unanswered = [key for key in wanted if key not in answered]
    if not unanswered:
        return f"{open_facts}; all of it was answered `unknown`, so find out and answer again"
    return f"{open_facts}; `advisor next` asks first: {law.facts[unanswered[0]].ask}"


def _that_waited(case: Case, parts: list[Part]) -> list[Part]:
    """The parts that a second notice is about: those for which a balance was struck."""
    found = [
        part
        for part in parts
        if part.assessed.public_interest or part.assessed.public_interest_confirm_or_deny
    ]
    if not found:
        text = "no balance was struck in this case, so a second notice has no reasons to give"
        raise InputError(case.problem(("items",), text, "draft the letter without --second"))
    return found


def _values(
    assessment: Assessment, case: Case, settings: Settings, parts: list[Part]
) -> dict[str, str]:
    """What fills the slots that are the same for the whole letter."""
    review, regulator = settings.review, settings.regulator
    cited = dict.fromkeys(one for part in parts for one in part.assessed.provisions)
    found = {
        "reference": assessment.reference,
        "received": _day(case.received),
        "clarified": _day(case.clarified),
        "due": _day(Clock(case).due),
        "decision_expected": _day(case.decision_expected),
        "pay_by": _day(pay_by(case.fees_notice) if case.fees_notice else None),
        "provisions": joined(map(provision_words, cited)) if cited else "",
        "regulator": regulator.name,
        "regulator_address": ", ".join(one.strip(" ,") for one in regulator.address.splitlines()),
        "regulator_telephone": regulator.telephone,
        "regulator_page": regulator.complaints_page,
        **{NOTE + key: text for key, text in case.notes.items()},
    }
    if review is not None:
        found |= {
            "review_wording": review.wording or "",
            "review_write_to": review.write_to,
            "review_within": str(review.within_working_days or ""),
            "review_answered_within": str(review.answered_within_working_days or ""),
        }
    return {key: clean(value) for key, value in found.items()}


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else ""


def _fields(
    assessment: Assessment,
    case: Case,
    settings: Settings,
    title: str,
    writer: Writer,
    document: str,
) -> dict[str, str]:
    """The short texts round the body of a letter, with placeholders where they are wanted."""

    def wanted(value: str, asks: str, *, wants: bool = True) -> str:
        if value.strip() or not wants:
            return clean(value.strip())
        writer.missing[asks] = None
        return placeholder(asks)

    own, signatory = settings.authority, settings.signatory
    sent = document != "record"
    day = case.fees_notice if document == "fees" else case.decided
    return {
        "authority_name": wanted(case.authority.name or own.name, "the name of the authority"),
        "authority_address": wanted(own.address, "the address of the authority", wants=sent),
        "authority_contact": wanted(own.contact, "how to reach the authority", wants=sent),
        "reference": clean(assessment.reference),
        "date": long_date(day or assessment.as_at),
        "title": clean(title),
        "signatory_name": wanted(signatory.name, "the name of whoever signs"),
        "signatory_title": clean(signatory.title.strip()),
    }
