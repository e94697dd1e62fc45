"""The check of a letter as a document: what is missing first, what is right last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.document.words import first_upper, provision_words
from advisor.notice.checking import MUST, Finding, NoticeCheck, Warned
from advisor.notice.reading import Letter
from advisor.notice.text import Quote

_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "note": "plain"}


def report(check: NoticeCheck, letter: Letter) -> Document:
    """What an officer with ten minutes needs of a check, in that order."""
    title = f"Check of {PurePath(letter.name).name}"
    blocks: list[Block] = [Heading(1, title), *_summary(check, letter)]
    by_law = [one for one in check.findings if one.severity in MUST]
    good = [one for one in check.findings if one.severity not in MUST]
    blocks.extend(_listed("Missing, and required by the Act", by_law, "missing", letter, "bad"))
    blocks.extend(_warnings(check.warnings, letter))
    blocks.extend(_disagreements(check))
    blocks.extend(_listed("Unclear: look at these yourself", by_law, "unclear", letter, "warn"))
    blocks.extend(_listed("Good practice that is missing", good, "missing", letter, "plain"))
    blocks.extend(_listed("Good practice that is unclear", good, "unclear", letter, "plain"))
    blocks.extend(_met(check, letter))
    blocks.append(Heading(2, "What this rests on"))
    blocks.append(Paragraph(_footing(check, letter), tone="quiet"))
    return Document.of(title, blocks)


def _summary(check: NoticeCheck, letter: Letter) -> Iterator[Block]:
    if not check.refuses:
        text = (
            "as far as its words show, this letter refuses nothing, so it needs no refusal notice."
        )
        yield Paragraph(text, lead="In short:", tone="strong")
    else:
        missing = sum(one.fails for one in check.findings)
        unclear = sum(o.status == "unclear" and o.severity in MUST for o in check.findings)
        mistakes = len(check.warnings)
        text = f"{_count(missing, 'thing') if missing else 'nothing'} that the Act requires "
        text += f"{_is(missing)} missing, {unclear or 'nothing'} {_is(unclear)} unclear; the words "
        text += f"show {_count(mistakes, 'mistake') if mistakes else 'no mistake'}."
        tone: Tone = "bad" if missing else "warn" if mistakes else "good"
        yield Paragraph(text, lead="In short:", tone=tone)
    if check.cited:
        named = (
            f"{provision_words(key)} ({_numbers([one.line for one in quotes], letter)})"
            for key, quotes in check.cited_at.items()
        )
        yield Paragraph(f"{'; '.join(named)}.", lead="Relied on:")
    elif check.refuses:
        yield Paragraph("no provision that could be made out.", lead="Relied on:", tone="warn")


def _is(number: int) -> str:
    return "are" if number > 1 else "is"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _numbers(lines: list[int], letter: Letter) -> str:
    return f"{letter.unit}{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines))}"


def _listed(
    heading: str, findings: list[Finding], status: str, letter: Letter, tone: Tone
) -> Iterator[Block]:
    found = [one for one in findings if one.status == status]
    if not found:
        return
    yield Heading(2, heading)
    entries: list[Entry] = []
    for one in found:
        note = f"{'; '.join(one.authority)} [{one.id}]"
        entries.append(Entry(one.text, f"{one.title}:", note, tone))
        entries.extend(_quoted(one.evidence[:2], letter))
    yield Bullets(tuple(entries))


def _quoted(quotes: tuple[Quote, ...], letter: Letter) -> Iterator[Entry]:
    for one in quotes:
        whole = letter.lines[one.line - 1].text.strip()
        before = "" if whole.startswith(one.text) else "... "
        after = "" if whole.endswith(one.text) else " ..."
        yield Entry(
            f'"{before}{one.text}{after}"', f"{first_upper(letter.unit)} {one.line}:", depth=1
        )


def _warnings(warnings: tuple[Warned, ...], letter: Letter) -> Iterator[Block]:
    if not warnings:
        return
    yield Heading(2, "Mistakes that its words show")
    entries: list[Entry] = []
    for one in warnings:
        note = f"{'; '.join(one.authority)} [{one.id}]"
        entries.append(Entry(one.text, f"{first_upper(one.level)}:", note, _TONES[one.level]))
        entries.extend(_quoted(one.evidence[:2], letter))
    yield Bullets(tuple(entries))


def _disagreements(check: NoticeCheck) -> Iterator[Block]:
    if check.disagreements is None:
        return
    yield Heading(2, "Letter and assessment")
    if not check.disagreements:
        yield Paragraph("They agree, as far as the words of the letter show.")
        return
    yield Bullets(tuple(Entry(one.text, "Differs:", tone="warn") for one in check.disagreements))


def _met(check: NoticeCheck, letter: Letter) -> Iterator[Block]:
    found = [one for one in check.findings if one.status == "met"]
    if not found:
        return
    yield Heading(2, "What is there")
    yield Bullets(
        tuple(
            Entry(f"{one.title} ({_lines(one, letter)}) [{one.id}]", tone="good") for one in found
        )
    )


def _lines(finding: Finding, letter: Letter) -> str:
    return _numbers([one.line for one in finding.evidence], letter)


def _footing(check: NoticeCheck, letter: Letter) -> str:
    left = sum(one.status == "not_applicable" for one in check.findings)
    counted = ""
    if letter.unit == "paragraph":
        counted = (
            " Paragraphs are counted from the top, leaving out those without words; a row of a "
            "table is one, and headers, footers and notes come last."
        )
    return (
        "The words of the letter, not its merits: whether an exemption really applies is for the "
        f"assessment. {_count(left, 'requirement')} of the rulebook that do not apply to a letter "
        f"like this one are left out.{counted}"
    )
