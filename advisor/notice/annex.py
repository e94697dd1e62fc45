"""The confidential annex: the full reasons, for the file and the regulator, not for the applicant.

Section 17(4) lets a notice leave out what would itself disclose exempt information. What it leaves
out is kept here, with the whole of the advice, its authorities and the officer's notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from advisor.advice.report import report
from advisor.advice.summary import Agreed
from advisor.assessment import Assessment
from advisor.case import Case, Item
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Table
from advisor.notice.letter import Letter
from advisor.rulebook.law import Law

WARNING = (
    "Confidential. Do not send this to the applicant, and keep it apart from the letter. It holds "
    "the reasons and particulars that the letter leaves out, for the file and for the regulator."
)


def annex(
    assessment: Assessment,
    case: Case,
    law: Law,
    letter: Letter,
    agreed: Agreed = MappingProxyType({}),
) -> Document:
    """The annex to the letter on a case; `agreed` is what the officer has agreed to in it."""
    title = f"Confidential annex to {assessment.reference}"
    blocks: list[Block] = [Heading(1, title), Paragraph(WARNING, tone="strong")]
    blocks.extend(_of_the_letter(letter))
    blocks.append(Heading(2, "What the advice rests on: answers and notes"))
    if case.facts or case.notes:
        blocks.append(_answers("The request", case.facts, case.notes, law))
    for number, item in enumerate(case.items, 1):
        name = f"Part {number} ({item.id})"
        if item.facts or item.notes:
            blocks.append(_answers(name, item.facts, item.notes, law))
        blocks.extend(_by_the_officer(item, name))
    advice = report(assessment, case, law, agreed)
    return Document.of(title, (*blocks, *map(_below, advice.blocks)))


def _of_the_letter(letter: Letter) -> Iterator[Block]:
    """What was to be looked at before the letter went, and what it quotes of the officer's."""
    if letter.remarks:
        yield Heading(2, "What the draft of the letter called attention to")
        yield Bullets(tuple(map(Entry, letter.remarks)))
    if letter.quoted:
        yield Heading(2, "The officer's own words that the letter quotes")
        yield Bullets(tuple(Entry(one.text, f"{one.where}:") for one in letter.quoted))


def _answers(name: str, facts: dict[str, str], notes: dict[str, str], law: Law) -> Table:
    rows = [
        (law.facts[key].ask, _answer(key, text, law), notes.get(key, "").strip())
        for key, text in facts.items()
    ]
    # Notes are kept with what opens an interview too: the day of receipt, the title.
    for key in [one for one in notes if one not in facts]:
        asked = law.openings[key].ask if key in law.openings else key
        rows.append((asked, "", notes[key].strip()))
    return Table(("Question", "Answer", "Note kept"), tuple(rows), name)


def _answer(key: str, text: str, law: Law) -> str:
    return law.facts[key].choices.get(text.strip(), text.strip())


def _by_the_officer(item: Item, name: str) -> Iterator[Block]:
    """What the officer weighed, added and concluded, each with its reason."""
    entries: list[Entry] = []
    for balance in ("content", "confirm_or_deny"):
        for factor, weighing in item.weighings(balance).items():
            weight = weighing.weight.replace("_", " ")
            entries.append(Entry(weighing.reason, f"{factor}, {weight}:", weighing.by))
        for added in item.added(balance):
            weight = added.weight.replace("_", " ")
            entries.append(Entry(added.reason, f"{added.interest}, {weight}:", added.by))
        concluded = item.concluded(balance)
        if concluded is not None:
            entries.append(Entry(concluded.reason, f"Concluded: {concluded.result}.", concluded.by))
    if entries:
        yield Paragraph("", lead=f"{name}, weighed and concluded by the officer:")
        yield Bullets(tuple(entries))


def _below(block: Block) -> Block:
    """The advice is one part of the annex, so its headings stand one level lower."""
    return Heading(block.level + 1, block.text) if isinstance(block, Heading) else block
