"""The report on decided matters as text."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.document.blocks import clean
from advisor.quality.decided import BASES, Report, Retried

_BASIS = {
    "read": "On what was read and nothing else",
    "neutral": "With what was not read at the value that leans to neither side",
}


def as_text(report: Report) -> str:
    """Counts first, then every part that was run, those too thin, and the contradictions."""
    return "".join(f"{clean(line)}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for basis in BASES:
        yield f"{_BASIS[basis]}:"
        for way, words in (("withhold", "withheld"), ("disclose", "disclosed")):
            counts = report.counts(basis, way)
            yield (
                f"  {words}: {counts['parts']} parts; the rules agree on {counts['agrees']}, "
                f"disagree on {counts['disagrees']}, leave {counts['undetermined']} undetermined"
            )
        disclosed = report.counts(basis, "disclose")
        yield f"  recall on disclosure: {disclosed['agrees']} of {disclosed['parts']}"
    yield ""
    for one in report.scored:
        yield f"{_name(one)}: {one.decided}; {_verdicts(one)}{_fits(one)}"
    yield from _rest("Too thin to be scored:", report.too_thin)
    yield from _rest("Unsettled, shown and not scored:", report.unsettled)
    if report.contradictions:
        yield "Contradictions:"
    for found in report.contradictions:
        names = f"{found.one.ref} {found.one.part.id}, {found.other.ref} {found.other.part.id}"
        kind = found.kind.replace("_", " ")
        why = found.one.matter.unsettled or found.other.matter.unsettled or "NOT MARKED unsettled"
        yield f"  {names} ({kind}): {why}"


def _rest(heading: str, rest: tuple[Retried, ...]) -> Iterator[str]:
    if rest:
        yield heading
    for one in rest:
        lacks = f"lacks {', '.join(one.lacks)}" if one.lacks else ""
        would = _verdicts(one) if one.decided else ""
        yield f"  {_name(one)}: {'; '.join(filter(None, (one.decided, lacks, would)))}"


def _name(one: Retried) -> str:
    return f"{one.ref} {one.part.id}"


def _verdicts(one: Retried) -> str:
    return f"as read {one.verdict('read')}, neutral {one.verdict('neutral')}"


def _fits(one: Retried) -> str:
    """Of the answers that stay open, how many would give the result."""
    if one.fitting is None or one.verdict("neutral") != "undetermined":
        return ""
    return f" (the result fits {one.fitting.fit} of {one.fitting.of} ways to fill what is open)"
