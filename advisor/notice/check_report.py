"""The check of a letter as a document: what is missing first, in one line what is right last.

One fault is said once: what another finding already says is named beside it (`same_as`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph, Tone
from advisor.document.words import first_upper, provision_words
from advisor.notice.checking import MUST, Finding, NoticeCheck, Warned
from advisor.notice.reading import Letter
from advisor.notice.text import Quote

TITLE = "What section 17 wants of this letter"
MOST_UNFILLED = 12
_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "note": "plain"}


def report(check: NoticeCheck, letter: Letter) -> Document:
    """What an officer with ten minutes needs of a check, in that order."""
    return Document.of(TITLE, [Heading(1, TITLE), *_Report(check, letter).blocks()])


class _Report:
    """`beside` names what each finding says for others as well: {"S17-05b": ["pitfall-2"]}."""

    def __init__(self, check: NoticeCheck, letter: Letter) -> None:
        self.check, self.letter = check, letter
        self.beside: dict[str, list[str]] = {}
        self.quoted: set[Quote] = set()
        self.findings = [one for one in check.findings if not self._said_by_another(one)]
        self.mistakes = [one for one in check.warnings if not self._said_by_another(one)]

    def _said_by_another(self, one: Finding | Warned) -> bool:
        """Whether an open finding says the same; nothing missing is said by what is unclear."""
        status = {other.id: other.status for other in self.check.findings}
        mild = isinstance(one, Finding) and one.status == "unclear"
        if isinstance(one, Finding) and one.status not in ("missing", "unclear"):
            return False
        for other in one.same_as:
            if status[other] == "missing" or (status[other] == "unclear" and mild):
                names = self.beside.setdefault(other, [])
                names.extend([] if one.id in names else [one.id])
                return True
        return False

    def blocks(self) -> Iterator[Block]:
        yield Paragraph(PurePath(self.letter.name).name, lead="Letter:")
        yield from self._summary()
        yield from self._unfilled()
        yield from self._listed("Missing", "missing", "bad", quotes=1)
        yield from self._listed("Unclear: look at these lines yourself", "unclear", "warn", 2)
        yield from self._mistaken()
        yield from self._disagreements()
        yield from self._good_practice()
        yield from self._met()
        yield from self._left_out()
        yield Paragraph(self._footing(), tone="quiet")

    def _of(self, status: str, *, must: bool = True) -> list[Finding]:
        return [o for o in self.findings if o.status == status and (o.severity in MUST) is must]

    def _summary(self) -> Iterator[Block]:
        if not self.check.refuses:
            text = "as far as its words show, it refuses nothing and needs no refusal notice. "
            text += "If it keeps anything back in other words, it needs one and has none."
            if self._of("unclear"):
                text = "its words do not tell whether it refuses anything."
            yield Paragraph(text, lead="In short:", tone="strong")
        else:
            missing, unclear = len(self._of("missing")), len(self._of("unclear"))
            mistakes = len(self.mistakes)
            text = f"{missing or 'nothing'} missing of what the Act requires, "
            text += f"{unclear or 'nothing'} unclear; {mistakes or 'no'} mistake"
            text += "" if mistakes == 1 else "s"
            if unfilled := len(self.check.placeholders):
                text += f"; {unfilled} still to be filled in"
            text += "."
            doubtful = self.mistakes or self.check.placeholders
            tone: Tone = "bad" if missing else "warn" if doubtful else "good"
            yield Paragraph(text, lead="In short:", tone=tone)
        if self.check.cited:
            named = (
                f"{provision_words(key)} ({self._lines(quotes)})"
                for key, quotes in self.check.cited_at.items()
            )
            yield Paragraph(f"{'; '.join(named)}.", lead="Relied on:")
        elif self.check.refuses:
            yield Paragraph("no provision that could be made out.", lead="Relied on:", tone="warn")

    def _unfilled(self) -> Iterator[Block]:
        """What still has to be written: nothing in it counts for what is met."""
        found = self.check.placeholders
        if found:
            yield Heading(2, "Not ready to send: still to be filled in")
            shown = [Entry(f'"{one.text}"', self._place(one)) for one in found[:MOST_UNFILLED]]
            more = len(found) - len(shown)
            yield Bullets((*shown, *([Entry(f"And {more} more.")] if more else [])))

    def _listed(self, heading: str, status: str, tone: Tone, quotes: int) -> Iterator[Block]:
        found = sorted(self._of(status), key=lambda one: not one.evidence and status == "unclear")
        if not found:
            return
        yield Heading(2, heading)
        entries: list[Entry] = []
        for one in found:
            entries.append(Entry(one.text, f"{one.title}:", self._note(one), tone))
            entries.extend(self._quoted(one.evidence[:quotes]))
        yield Bullets(tuple(entries))

    def _mistaken(self) -> Iterator[Block]:
        if not self.mistakes:
            return
        yield Heading(2, "Mistakes in what it says")
        entries: list[Entry] = []
        for one in self.mistakes:
            lead = f"{first_upper(one.level)}:"
            entries.append(Entry(one.text, lead, self._note(one), _TONES[one.level]))
            entries.extend(self._quoted(one.evidence[:1]))
        yield Bullets(tuple(entries))

    def _note(self, one: Finding | Warned) -> str:
        """The first authority, and the ids under which rulebook and JSON have the rest."""
        return f"{one.authority[0]} [{', '.join([one.id, *self.beside.get(one.id, [])])}]"

    def _quoted(self, quotes: Iterable[Quote]) -> Iterator[Entry]:
        for one in quotes:
            lead = self._place(one)
            if one in self.quoted:
                yield Entry("quoted above.", lead, depth=1)
                continue
            self.quoted.add(one)
            whole = self.letter.lines[one.line - 1].text.strip()
            before = "" if whole.startswith(one.text) else "... "
            after = "" if whole.endswith(one.text) else " ..."
            yield Entry(f'"{before}{one.text}{after}"', lead, depth=1)

    def _place(self, one: Quote) -> str:
        return f"{first_upper(self.letter.unit)} {one.line}:"

    def _disagreements(self) -> Iterator[Block]:
        if self.check.disagreements is None:
            return
        yield Heading(2, "Letter and assessment")
        if not self.check.disagreements:
            yield Paragraph("They agree, as far as the words of the letter show.")
            return
        yield Bullets(
            tuple(Entry(one.text, "Differs:", tone="warn") for one in self.check.disagreements)
        )

    def _good_practice(self) -> Iterator[Block]:
        missing, unclear = self._of("missing", must=False), self._of("unclear", must=False)
        if not missing and not unclear:
            return
        yield Heading(2, "Good practice, not required by the Act")
        entries = [Entry(f"{one.text} [{one.id}]", f"{one.title}:") for one in missing]
        if unclear:
            entries.append(Entry(f"{_titles(unclear)}.", self._numbered("Unclear")))
        yield Bullets(tuple(entries))

    def _met(self) -> Iterator[Block]:
        found = {one.id: one for one in self.findings if one.status == "met"}
        shown = [one for one in found.values() if not found.keys() & set(one.same_as)]
        if shown:
            yield Paragraph(f"{_titles(shown)}.", lead=self._numbered("Met"))

    def _numbered(self, lead: str) -> str:
        return f"{lead} ({self.letter.unit}):"

    def _lines(self, quotes: Sequence[Quote]) -> str:
        unit = self.letter.unit + ("" if len(quotes) == 1 else "s")
        return f"{unit} {', '.join(str(one.line) for one in quotes)}"

    def _left_out(self) -> Iterator[Block]:
        if self.check.refuses:
            left = [one.status == "not_applicable" for one in self.check.findings]
            ids = [one.id for one in self.check.findings]
            lead = "Not asked of this kind of letter:"
            yield Paragraph(f"{', '.join(_runs(ids, left))}.", lead=lead)

    def _footing(self) -> str:
        text = (
            "This rests on the words of the letter, not on its merits: whether an exemption really "
            "applies is for the assessment."
        )
        if self.letter.unit == "paragraph":
            text += (
                " Paragraphs are counted from the top, leaving out those without words; a row of "
                "a table is one, and headers, footers and notes come last."
            )
        return text


def _titles(findings: Iterable[Finding]) -> str:
    return "; ".join(
        f"{one.title} ({', '.join(str(quote.line) for quote in one.evidence)})"
        if one.evidence
        else one.title
        for one in findings
    )


def _runs(ids: Sequence[str], chosen: Sequence[bool]) -> Iterator[str]:
    """The ids that are chosen, those that follow one another as the first "to" the last."""
    for is_chosen, group in groupby(zip(ids, chosen, strict=True), key=lambda pair: pair[1]):
        run = [key for key, _ in group]
        if is_chosen:
            yield run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"
