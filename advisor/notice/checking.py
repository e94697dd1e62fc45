"""What section 17 still wants of a letter, and the mistakes that its words show.

    check(read("letter.docx").lines, law)

What to look for, and what follows from it, is data (rules/notices/). Here the signs are found, the
readings and conditions evaluated as everywhere else, and each answer given the lines that it rests
on. What a letter shows is never more than its words: where they leave room, the answer is unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from advisor.assessment import Assessment
from advisor.document.words import first_upper, provision_words
from advisor.notice.disagreements import Disagreement, disagreements
from advisor.notice.evidence import at_length, in_the_balance, of_the_citations, own_date
from advisor.notice.matching import Finder
from advisor.notice.reading import Line
from advisor.notice.reliance import Relied, relied_on
from advisor.notice.text import Quote, Span, Text
from advisor.reasoning.evaluate import check as holds
from advisor.reasoning.evaluate import support
from advisor.rulebook.conditions import Condition, parse
from advisor.rulebook.law import Law, When
from advisor.rulebook.phrases import Phrase
from advisor.rulebook.phrases import parse as phrase
from advisor.rulebook.signs import ANOTHER_DATE, TextMistake, TextRequirement

MOST_QUOTES = 4
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
        }
        if self.disagreements is not None:
            out["disagreements"] = [one.as_json() for one in self.disagreements]
        return out


def check(
    lines: Sequence[Line], law: Law, assessment: Assessment | None = None, name: str = "letter"
) -> NoticeCheck:
    """Check a letter, and set it beside an assessment where one is given."""
    shown = Shown(Text(lines, name), law, assessment)
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
    )


class Shown:
    """What a letter shows: every sign, reading and circumstance, and by which words."""

    def __init__(self, text: Text, law: Law, assessment: Assessment | None = None) -> None:
        self.text, self.law = text, law
        self.places = signs(text, law)
        self.relied: Relied = relied_on(text, self.places, law)
        self.places.update(of_the_citations(text, self.relied, law))
        self.places["public_interest_at_length"] = at_length(text, self.places)
        self.places["reason_in_the_balance"] = in_the_balance(text, self.places)
        self.places.update(self._dated(assessment))
        self.known: dict[str, Any] = {key: bool(spans) for key, spans in self.places.items()}
        self.known["cited"] = frozenset(self.relied.provisions)
        for key, reading in law.readings_of_text.items():
            condition = parse(reading.when)
            self.known[key] = bool(holds(condition)(self.known))
            self.places[key] = self.spans(condition) if self.known[key] else []

    def _dated(self, assessment: Assessment | None) -> dict[str, list[Span]]:
        """Whether the letter's own date is in time, where both it and the last day are known.

        That a decision itself came too late is for the assessment of that day, not for its letter.
        """
        found: dict[str, list[Span]] = {"dated_in_time": [], "dated_late": [], "decided_late": []}
        due = assessment.notice.due if assessment else None
        place = own_date(self.text, self.places.get(ANOTHER_DATE, []))
        if assessment and due and place is not None and (day := self.text.dates[place]):
            late = "decided_late" if day == assessment.as_at else "dated_late"
            found[late if day > due else "dated_in_time"].append((place, place + 1))
        return found

    def holds(self, raw: Any) -> bool:
        """Whether a condition of the rulebook holds of the letter; none never does."""
        return raw is not None and holds(parse(raw))(self.known) is True

    def spans(self, condition: Condition) -> list[Span]:
        """The words by which a condition that holds does hold: the first of each sign first."""
        found = [self._of(name) for name in support(condition, self.known)]
        deepest = max(map(len, found), default=0)
        return list(dict.fromkeys(one[i] for i in range(deepest) for one in found if i < len(one)))

    def named(self, names: Iterable[str]) -> list[Span]:
        """The words of the first of some signs that is shown."""
        return next((found for name in names if (found := self._of(name))), [])

    def _of(self, name: str) -> list[Span]:
        if name == "cited":
            return self.relied.spans(self.relied.provisions)
        return self.places.get(name, [])

    def quotes(self, spans: Iterable[Span], most: int = MOST_QUOTES) -> list[Quote]:
        """The lines of some spans, each line once, in the order of the letter."""
        found: dict[int, Quote] = {}
        for span in islice(spans, 10 * most):  # a line may be all that there is
            for quote in self.text.quotes(span):
                found.setdefault(quote.line, quote)
            if len(found) >= most:
                break
        return sorted(list(found.values())[:most], key=lambda one: one.line)

    def provisions(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The provisions of the Act that some spans name, each once."""
        cited = (self.text.cited[i] for span in spans for i in range(*span) if i in self.text.cited)
        return tuple(dict.fromkeys(one.provision for one in cited if not one.foreign))


@lru_cache(maxsize=4)
def _phrases(law: Law) -> Mapping[str, tuple[tuple[Phrase, ...], tuple[Phrase, ...]]]:
    lists = law.word_lists
    return {
        key: (
            tuple(phrase(one, lists) for one in sign.phrases),
            tuple(phrase(one, lists) for one in sign.unless),
        )
        for key, sign in law.signs_in_text.items()
    }


def signs(text: Text, law: Law) -> dict[str, list[Span]]:
    """Where each sign of the rulebook stands in a text."""
    finder = Finder(text, law)
    return {key: finder.find(*phrases) for key, phrases in _phrases(law).items()}


def _finding(requirement: When, entry: TextRequirement, shown: Shown) -> Finding:
    status = _status(entry, shown)
    spans: list[Span] = []
    if status == "met":
        spans = shown.spans(parse(entry.met))
    elif status == "missing":
        spans = shown.named(entry.look_at)
    elif status == "unclear":
        raw = entry.unclear if shown.holds(entry.unclear) else None
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
    if shown.holds(entry.met):
        return "met"
    if entry.missing is not None:
        return "missing" if shown.holds(entry.missing) else "unclear"
    return "unclear" if shown.holds(entry.unclear) else "missing"


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
