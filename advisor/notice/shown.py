"""What the words of a letter show: its signs, and what follows from them, with their places.

    Shown(Text(read("letter.docx").lines), law).known["refuses"]

What a heading says is shown, and yet is not stated: a heading names what comes below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from advisor.assessment import Assessment
from advisor.case import Case
from advisor.notice.evidence import (
    at_length,
    in_the_balance,
    kept_though_even,
    of_the_case,
    of_the_citations,
    own_date,
)
from advisor.notice.matching import Finder
from advisor.notice.reliance import Relied, relied_on, taken_back
from advisor.notice.text import Quote, Span, Text
from advisor.reasoning.evaluate import check as holds
from advisor.reasoning.evaluate import support
from advisor.rulebook.conditions import Condition, parse
from advisor.rulebook.law import Law
from advisor.rulebook.phrases import Phrase
from advisor.rulebook.phrases import parse as phrase
from advisor.rulebook.signs import ANOTHER_DATE, REFUSING

MOST_QUOTES = 4


class Seen:
    """What can be seen in a letter: every sign, reading and circumstance, and by which words."""

    def __init__(
        self,
        places: Mapping[str, list[Span]],
        relied: Relied,
        law: Law,
        told: Mapping[str, bool],
    ) -> None:
        self.places, self.relied = dict(places), relied
        self.known: dict[str, Any] = {key: bool(spans) for key, spans in places.items()}
        self.known.update(told)
        self.known["cited"] = frozenset(relied.provisions)
        for key, reading in law.readings_of_text.items():
            condition = parse(reading.when)
            self.known[key] = bool(holds(condition)(self.known))
            self.places[key] = self.spans(condition) if self.known[key] else []

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


class Shown(Seen):
    """All that a letter shows; `stated` is what it shows by more than the words of headings."""

    def __init__(
        self,
        text: Text,
        law: Law,
        assessment: Assessment | None = None,
        case: Case | None = None,
    ) -> None:
        self.text, self.law = text, law
        told = of_the_case(case)
        found = {
            key: [one for one in spans if not text.over_nothing(one)]
            for key, spans in signs(text, law).items()
        }
        gone = taken_back(text, found)
        for key in REFUSING:
            found[key] = [one for one in found.get(key, []) if one[0] not in gone]
        relied = relied_on(text, found, law)
        others = of_the_citations(text, relied, law)
        others["public_interest_at_length"] = at_length(text, found)
        others["reason_in_the_balance"] = in_the_balance(text, found)
        others["even_balance_keeps"] = kept_though_even(text, found)
        others.update(self._dated(found, assessment))
        super().__init__({**found, **others}, relied, law, told)
        said = {
            key: [one for one in spans if not text.in_a_heading(one)]
            for key, spans in found.items()
        }
        self.stated = Seen({**said, **others}, relied, law, told)

    def _dated(
        self, signs: Mapping[str, list[Span]], assessment: Assessment | None
    ) -> dict[str, list[Span]]:
        """Whether the letter's own date is in time, where both it and the last day are known.

        That a decision itself came too late is for the assessment of that day, not for its letter.
        """
        found: dict[str, list[Span]] = {"dated_in_time": [], "dated_late": [], "decided_late": []}
        due = assessment.notice.due if assessment else None
        place = own_date(self.text, signs.get(ANOTHER_DATE, []))
        if assessment and due and place is not None and (day := self.text.dates[place]):
            late = "decided_late" if day == assessment.as_at else "dated_late"
            found[late if day > due else "dated_in_time"].append((place, place + 1))
        return found

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
