"""The rulebook as the outside uses it: load it once, assess any number of cases with it."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from advisor.case import Case, Item
from advisor.reasoning.known import problems_of
from advisor.rulebook.book import Book
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.sources import Document, InputError, read, the_first

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.reasoning.agreement import Engine


@dataclass(frozen=True)
class Rulebook:
    """A checked rulebook. Safe to share between threads; nothing global is set up.

    rulebook = Rulebook.load()
    assessment = rulebook.assess(Case.read("case.yaml"))
    assessment.items[0].outcome
    """

    book: Book
    _laws: dict[tuple[int, int], Law] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path | str | None = None) -> Rulebook:
        """The shipped rulebook, or the one in a folder. Raises InputError with all its problems."""
        return cls(load(path))

    @property
    def digest(self) -> str:
        """sha256 over all rule files: two rulebooks with one digest say the same."""
        return self.book.digest

    def law(self, as_at: date) -> Law:
        """What of it is in force on a day."""
        edition = (bisect(self.book.changes, as_at), as_at.year)
        with self._lock:
            if edition not in self._laws:
                self._laws[edition] = Law(self.book, as_at)
            made = self._laws[edition]
            return made if made.as_at == as_at else made.on(as_at)

    def read(self, path: Path | str) -> Case:
        """The case in a file, checked against this rulebook. Raises InputError with all at once."""
        return self.check(read(path))

    def check(self, document: Document) -> Case:
        """The case in a document that was read, checked against this rulebook."""
        try:
            case = Case.of(document)
            problems = [*the_first(problems_of(case, self.law(self.as_at(case))))]
        except InputError as error:
            # The shape is wrong somewhere; the facts that can be read are checked all the same.
            rest = problems_of(_facts_only(document), self.law(date.today()))
            problems = [*error.problems, *the_first(rest)]
        if problems:
            raise InputError(problems)
        return case

    def as_at(self, case: Case, day: date | None = None) -> date:
        """The day a case is judged at: the one asked for, else that of its decision, else today."""
        return day or case.decided or date.today()

    def assess(
        self,
        case: Case,
        *,
        as_at: date | None = None,
        engine: Engine = "both",
        outstanding: bool = True,
    ) -> Assessment:
        """The advice on a case. Raises InputError and Disagreement; see advisor.advice.assess."""
        from advisor.advice.assess import assess

        law = self.law(self.as_at(case, as_at))
        return assess(case, law, engine, outstanding=outstanding)


def _facts_only(document: Document) -> Case:
    """What can be read of a case whose shape is wrong: its facts, in their places."""

    def facts(data: object) -> dict[str, str]:
        found = data.get("facts") if isinstance(data, dict) else None
        pairs = found.items() if isinstance(found, dict) else ()
        return {key: value for key, value in pairs if isinstance(value, str)}

    data = document.data if isinstance(document.data, dict) else {}
    listed = data.get("items")
    items = tuple(
        Item(str(i), facts=facts(one))
        for i, one in enumerate(listed if isinstance(listed, list) else ())
    )
    case = Case("1", "", items, facts=facts(data))
    object.__setattr__(case, "document", document)
    return case
