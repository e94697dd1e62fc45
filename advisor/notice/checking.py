"""What section 17 still wants of a letter, and the mistakes that its words show.

    check(read("letter.docx").lines, law)

What to look for, and what follows from it, is data (rules/notices/). Here the conditions are
evaluated as everywhere else over what the letter shows, and each answer given the lines that it
rests on. That is never more than the letter's words: where they leave room, the answer is unclear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.assessment import Assessment
from advisor.case import Case
from advisor.document.words import first_upper, provision_words
from advisor.notice.disagreements import Disagreement, disagreements
from advisor.notice.reading import Line
from advisor.notice.shown import Seen, Shown
from advisor.notice.text import Quote, Span, Text
from advisor.rulebook.conditions import parse
from advisor.rulebook.law import Law, When
from advisor.rulebook.signs import TextMistake, TextRequirement

MUST = ("M", "C")
_GRAVITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class Finding:
    """One requirement and how the letter meets it; `text` is what to write, or what is required."""

    id: str
    title: str
    provision: str
    severity: str
    status: str
    evidence: tuple[Quote, ...]
    text: str
    authority: tuple[str, ...]
    same_as: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether something that the Act requires is missing."""
        return self.status == "missing" and self.severity in MUST

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "provision": self.provision,
            "severity": self.severity,
            "status": self.status,
            "evidence": [one.as_json() for one in self.evidence],
            "text": self.text,
            "authority": list(self.authority),
        }


@dataclass(frozen=True)
class Warned:
    """A mistake that the words of the letter show, and the first line that shows it."""

    id: str
    level: str
    evidence: tuple[Quote, ...]
    text: str
    authority: tuple[str, ...]
    same_as: tuple[str, ...] = ()

    @property
    def line(self) -> int | None:
        return self.evidence[0].line if self.evidence else None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "level": self.level,
            "line": self.line,
            "text": self.text,
            "evidence": [one.as_json() for one in self.evidence],
            "authority": list(self.authority),
        }


@dataclass(frozen=True)
class NoticeCheck:
    """Everything that the check of one letter found."""

    findings: tuple[Finding, ...]
    warnings: tuple[Warned, ...]
    cited_at: Mapping[str, tuple[Quote, ...]]  # each provision relied on, and where it is named
    refuses: bool
    disagreements: tuple[Disagreement, ...] | None = None
    placeholders: tuple[Quote, ...] = ()

    @property
    def cited(self) -> tuple[str, ...]:
        """The provisions that the letter relies on."""
        return tuple(self.cited_at)

    @property
    def holds(self) -> bool:
        """Whether nothing that the Act requires is missing."""
        return not any(one.fails for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "findings": [one.as_json() for one in self.findings],
            "warnings": [one.as_json() for one in self.warnings],
            "cited": list(self.cited),
            "cited_at": {
                key: [one.as_json() for one in quotes] for key, quotes in self.cited_at.items()
            },
            "refuses": self.refuses,
            "placeholders": [one.as_json() for one in self.placeholders],
        }
        if self.disagreements is not None:
            out["disagreements"] = [one.as_json() for one in self.disagreements]
        return out


def check(
    lines: Sequence[Line],
    law: Law,
    assessment: Assessment | None = None,
    name: str = "letter",
    case: Case | None = None,
) -> NoticeCheck:
    """Check a letter, and set it beside a case and its assessment where they are given."""
    shown = Shown(Text(lines, name), law, assessment, case)
    requirements = {one.id: one for one in law.requirements}
    findings = tuple(
        _finding(requirements[key], entry, shown)
        for key, entry in law.requirements_in_text.items()
        if key in requirements
    )
    warnings = sorted(
        (one for key, many in law.mistakes_in_text.items() for one in _warned(key, many, shown)),
        key=lambda one: (_GRAVITY[one.level], one.line or 0),
    )
    return NoticeCheck(
        findings,
        tuple(warnings),
        {key: tuple(shown.quotes(shown.relied.places[key])) for key in shown.relied.provisions},
        bool(shown.known.get("refuses")),
        disagreements(shown.text, shown.relied, shown.known, assessment) if assessment else None,
        shown.text.placeholders,
    )


def _finding(requirement: When, entry: TextRequirement, shown: Shown) -> Finding:
    status = _status(entry, shown)
    spans: list[Span] = []
    if status == "met":
        spans = _stated(entry, shown).spans(parse(entry.met))
    elif status == "missing":
        spans = shown.named(entry.look_at)
    elif status == "unclear":
        raw = next((one for one in (entry.met, entry.unclear) if shown.holds(one)), None)
        spans = shown.spans(parse(raw)) if raw is not None else shown.named(entry.look_at)
    rule = requirement.entry
    text = entry.write if status in ("missing", "unclear") else rule.text
    return Finding(
        requirement.id,
        entry.title,
        rule.provision,
        rule.severity,
        status,
        tuple(shown.quotes(spans)),
        _filled(text, shown.provisions(spans)),
        tuple(shown.law.cites(rule.authority)),
        entry.same_as,
    )


def _status(entry: TextRequirement, shown: Shown) -> str:
    if not shown.holds(entry.applies):
        return "not_applicable"
    named = shown.holds(entry.met)  # if by a heading alone, it may be said below in other words
    if named and _stated(entry, shown).holds(entry.met):
        return "met"
    if entry.missing is not None:
        return "missing" if shown.holds(entry.missing) else "unclear"
    return "unclear" if named or shown.holds(entry.unclear) else "missing"


def _stated(entry: TextRequirement, shown: Shown) -> Seen:
    """Where the words that meet a requirement have to stand."""
    return shown if entry.met_by_a_heading == "yes" else shown.stated


def _warned(key: str, many: tuple[TextMistake, ...], shown: Shown) -> Iterator[Warned]:
    authority = tuple(shown.law.cites(shown.law.mistakes[key].authority))
    for one in many:
        if not shown.holds(one.when):
            continue
        spans = shown.named(one.look_at) or shown.spans(parse(one.when))
        groups = [spans]
        if one.for_each == "yes":
            by_provision: dict[tuple[str, ...], list[Span]] = {}
            for span in spans:
                by_provision.setdefault(shown.provisions([span]), []).append(span)
            groups = list(by_provision.values())
        for group in groups:
            text = _filled(one.text, shown.provisions(group))
            quotes = tuple(shown.quotes(group))
            yield Warned(key, one.level, quotes, text, authority, one.same_as)


def _filled(text: str, provisions: Sequence[str]) -> str:
    """The text with the provisions that it is about in their place."""
    named = " and ".join(map(provision_words, provisions)) or "the provision"
    text = text.replace("{provisions}", named).replace("{Provisions}", first_upper(named))
    return " ".join(text.split())
