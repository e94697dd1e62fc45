"""The report on decided matters as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.advice.precedents import OUTCOMES
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Table
from advisor.quality.decided import BASES, Report, Retried

_BASIS = {
    "read": "On what was read and nothing else",
    "neutral": "With what was not read at the value that leans to neither side",
}
_WORDS = {"withhold": "withheld, or silence", "disclose": "disclosed, or answered"}


def as_document(report: Report) -> Document:
    """Counts first, then every part that was run, those too thin, and the contradictions."""
    title = "Decided matters under the rules of their day"
    return Document.of(title, (Heading(1, title), *_blocks(report)))


def _blocks(report: Report) -> Iterator[Block]:
    for basis in BASES:
        rows = [(words, report.counts(basis, way)) for way, words in _WORDS.items()]
        header = ("", "parts", "agree", "disagree", "undetermined")
        counts = tuple((words, *map(str, count.values())) for words, count in rows)
        yield Table(header, counts, _BASIS[basis])
    disclosed = report.counts("neutral", "disclose")
    recall = f"{disclosed['agrees']} of {disclosed['parts']}"
    yield Bullets((Entry(f"{recall}, on the second basis.", "Recall on what was disclosed:"),))
    for verdict, heading in (
        ("disagrees", "The rules disagree"),
        ("undetermined", "Undetermined: the record does not say enough"),
        ("agrees", "The rules agree"),
    ):
        of_it = [one for one in report.scored if one.verdict("neutral") == verdict]
        yield from _listed(heading, (_scored(one) for one in of_it))
    yield from _listed("Too thin to be scored", map(_too_thin, report.too_thin))
    yield from _listed("Unsettled, shown and not scored", map(_unsettled, report.unsettled))
    yield from _listed(
        "Contradictions",
        (
            Entry(
                one.one.matter.unsettled or one.other.matter.unsettled or "NOT MARKED unsettled.",
                f"{one.one.ref} {one.one.part.id}, {one.other.ref} {one.other.part.id} "
                f"({one.kind.replace('_', ' ')}):",
            )
            for one in report.contradictions
        ),
    )


def _listed(heading: str, entries: Iterable[Entry]) -> Iterator[Block]:
    found = tuple(entries)
    if found:
        yield Heading(2, f"{heading} ({len(found)})")
        yield Bullets(found)


def _scored(one: Retried) -> Entry:
    text = f"{_result(one)}; as read {one.verdict('read')}."
    if one.fitting is not None and one.verdict("neutral") == "undetermined":
        fits = f"{one.fitting.fit} of {one.fitting.of} ways to fill that in give the result"
        text += f" Not known: {', '.join(one.fitting.values)}; {fits}."
    return Entry(text, _name(one))


def _too_thin(one: Retried) -> Entry:
    said = [_result(one), f"lacks {', '.join(one.lacks)}"]
    said += [f"neutral {one.verdict('neutral')}"] if one.decided else []
    return Entry(f"{'; '.join(said)}.", _name(one))


def _unsettled(one: Retried) -> Entry:
    would = f"; neutral {one.verdict('neutral')}" if one.decided else ""
    return Entry(f"{_result(one)}{would}.", _name(one))


def _result(one: Retried) -> str:
    return OUTCOMES.get(one.part.result, "not decided")


def _name(one: Retried) -> str:
    return f"{one.ref} {one.part.id}:"
