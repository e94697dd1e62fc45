"""The register as documents: its list, an old piece of advice as it was, what a check found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph
from advisor.document.dates import long_date
from advisor.register.chain import Broken
from advisor.register.comparing import Difference
from advisor.register.listing import Deletion, Summary
from advisor.register.review import compare, officers
from advisor.register.saved import Saved
from advisor.register.saving import Advice
from advisor.register.trail import counted, said_of_chain, seal

if TYPE_CHECKING:
    from advisor.rulebook.law import Law


def list_of(summaries: Iterable[Summary]) -> Document:
    """Saved assessments, an entry each."""
    entries = tuple(
        Entry(
            one.title or "(no title)",
            f"{one.reference}:",
            f"{(one.outcome or 'no advice recorded yet').replace('_', ' ')}; "
            f"last changed {_when(one.changed)}{_by(one.by)}; {counted(one.events)}",
        )
        for one in summaries
    )
    return _listed("Saved assessments", entries, "None is saved here.")


def list_of_deleted(deletions: Iterable[Deletion]) -> Document:
    """Deleted assessments, an entry each."""
    entries = tuple(
        Entry(
            f"deleted {_when(one.at)}{_by(one.by)}",
            f"{one.reference}:",
            f"{counted(one.events)}, head {one.head or 'none'}",
        )
        for one in deletions
    )
    return _listed("Deleted assessments", entries, "None was deleted.")


def _listed(title: str, entries: tuple[Entry, ...], none: str) -> Document:
    return Document.of(title, [Heading(1, title), Bullets(entries) if entries else Paragraph(none)])


def as_it_was(saved: Saved, advice: Advice, differs: list[Difference], digest: str) -> Document:
    """The advice exactly as it was given, and after it what has become of it since."""
    blocks: list[Block] = [*advice.report.blocks, Heading(2, "In the register")]
    blocks.append(Paragraph(f"Advised on {_when(advice.at)}{_by(advice.by)}."))
    blocks.append(Paragraph(f"Rulebook {advice.digest}."))
    blocks.extend(_since(saved, advice))
    if differs:
        text = f"Today's rulebook ({digest[:19]}) would decide otherwise on the same answers:"
        blocks.append(Paragraph(text, tone="warn"))
        blocks.append(differences(differs))
    else:
        text = f"Today's rulebook ({digest[:19]}) would decide the same on the same answers."
        blocks.append(Paragraph(text))
    blocks.extend(_sealed(saved))
    return Document.of(advice.report.title, blocks)


def not_advised(saved: Saved, law: Law) -> Document:
    """A saved assessment that no advice was recorded for: its case in words."""
    from advisor.scenarios.showing import as_document

    case = as_document(saved.case(), law)
    text = "No advice has been recorded for it yet."
    blocks = [*case.blocks, Heading(2, "In the register"), Paragraph(text), *_sealed(saved)]
    return Document.of(case.title, blocks)


def differences(found: Iterable[Difference]) -> Bullets:
    """What differs, an entry each."""
    return Bullets(
        tuple(
            Entry(
                f"{_value(one.before)}, now {_value(one.after)}",
                f"{f'Part {one.item}, ' if one.item else ''}{one.what.replace('_', ' ')}:",
            )
            for one in found
        )
    )


def verified(checked: list[str], problems: list[Broken]) -> Document:
    """What a tamper check of some assessments found."""
    if not problems:
        count = f"{len(checked)} assessment{'' if len(checked) == 1 else 's'}"
        return Document.of("Tamper check", [Paragraph(f"Every chain of events holds ({count}).")])
    entries = tuple(Entry(one.text, _place(one.reference, one.event)) for one in problems)
    text = "What is saved was changed from outside:"
    return Document.of("Tamper check", [Paragraph(text, tone="bad"), Bullets(entries)])


def _place(reference: str, event: int) -> str:
    where = reference or "The register"
    return f"{where}, event {event}:" if event else f"{where}:"


def _by(name: str) -> str:
    return f" by {name}" if name else ""


def _since(saved: Saved, advice: Advice) -> Iterator[Block]:
    if saved.case_after(advice.event) != saved.case():
        text = "The answers have changed since; this advice rests on those of that time."
        yield Paragraph(text, tone="warn")


def reviewed(first: Saved, second: Saved) -> Document:
    """A review beside the decision that it reviews."""
    title = f"Internal review of {first.reference}"
    who = "; ".join(
        f"{one.reference}: {', '.join(officers(one)) or 'nobody named'}" for one in (first, second)
    )
    found = compare(first, second)
    text = "What differs, the first decision before the review:" if found else "Nothing differs."
    blocks: list[Block] = [Heading(2, title), Paragraph(who), Paragraph(text)]
    return Document.of(title, [*blocks, differences(found)] if found else blocks)


def _sealed(saved: Saved) -> Iterator[Block]:
    yield Paragraph(seal(saved).capitalize() + ".", tone="quiet")
    for text in said_of_chain(saved):
        yield Paragraph(text, tone="bad")


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "not there" if value is None else str(value).replace("_", " ")


def _when(at: str) -> str:
    """An event's time as a person writes it."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{long_date(moment.date())} at {moment:%H:%M} UTC"
