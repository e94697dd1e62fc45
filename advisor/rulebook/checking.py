"""Whether a rulebook hangs together: names, types, order. What `rules check` begins with.

A rulebook with an error here is refused before it is used, so that nothing dangling can reach an
officer. Each finding says which check made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from advisor.rulebook.asking import OPENINGS
from advisor.rulebook.book import Book
from advisor.rulebook.checking_signs import conditions as conditions_on_text
from advisor.rulebook.checking_signs import names as names_of_text
from advisor.rulebook.checking_signs import problems as problems_of_signs
from advisor.rulebook.circumstances import OF_THE_CASE, OF_THE_DECISION, Circumstance
from advisor.rulebook.conditions import (
    Cites,
    Compare,
    Condition,
    ConditionError,
    Holds,
    In,
    MayMean,
    Test,
    parse,
    tests,
)
from advisor.rulebook.decided import problems as problems_of_matters
from advisor.rulebook.granted import problems as problems_of_granted
from advisor.rulebook.law import Cycle, Law
from advisor.rulebook.model import Authority, Derived, Fact
from advisor.rulebook.wording import OF_THE_LETTER
from advisor.rulebook.wording import problems as problems_of_words
from advisor.sources import Problem, nearest

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that a check found in a rulebook."""

    check: str
    severity: Literal["error", "warning"]
    problem: Problem


def errors(book: Book) -> list[Problem]:
    """What keeps a rulebook from being used."""
    return [one.problem for one in findings(book) if one.severity == "error"]


def findings(book: Book) -> list[Finding]:
    """Everything that is wrong with how a rulebook hangs together, in the order of its files."""
    return sorted(_Checker(book).run(), key=lambda one: one.problem)


# What a name in a condition may be: a fact, a derived integer, a conclusion or finding (yes/no),
# or a circumstance.
Known = Fact | Derived | Circumstance | Literal["conclusion"]

_CONDITIONED: dict[str, tuple[str, ...]] = {  # section -> where its conditions stand
    "conclusions": ("rules",),
    "factors": ("weights",),
    "mistakes": ("signs",),
}


class _Checker:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.facts: dict[str, Fact] = {k: e for _, k, e in book.entries("facts")}
        self.names = self._names()

    def _names(self) -> dict[str, Known]:
        names: dict[str, Known] = dict(self.facts)
        names.update({k: e for _, k, e in self.book.entries("derived")})
        names.update({k: "conclusion" for _, k, _ in self.book.entries("conclusions")})
        names.update({e.decides: "conclusion" for _, _, e in self.book.entries("balances")})
        return names

    def at(
        self, file: str, path: Where, text: str, right: str = "", *, key: bool = False
    ) -> Problem:
        document = self.book.documents.get(file)
        if document is None:
            return Problem(file, 0, 0, text, right)
        return document.problem(path, text, right, key=key)

    def error(self, check: str, file: str, path: Where, text: str, right: str = "") -> Finding:
        return Finding(check, "error", self.at(file, path, text, right))

    def run(self) -> Iterator[Finding]:
        yield from self.duplicates()
        yield from self.conditions()
        yield from self.authorities()
        yield from self.references()
        yield from self.facts_and_dates()
        yield from self.words()
        yield from self.whole()
        yield from self.elsewhere()

    def entries(self, section: str) -> Iterator[tuple[str, Where, str, Any]]:
        """(file, path, id, entry) of a section in every file."""
        for file, rules in self.book.files.items():
            found = getattr(rules, section)
            if isinstance(found, Mapping):
                for key, entry in found.items():
                    yield file, (section, key), key, entry
            else:
                for i, entry in enumerate(found):
                    yield file, (section, i), getattr(entry, "id", str(entry)), entry

    def duplicates(self) -> Iterator[Finding]:
        """One id, one meaning: within a section, among rules, and among what conditions read."""
        spaces: dict[str, dict[str, str]] = {}

        def seen(space: str, key: str, file: str, path: Where) -> Iterator[Finding]:
            first = spaces.setdefault(space, {}).setdefault(key, f"{file}:{path}")
            if first != f"{file}:{path}":
                text = f"'{key}' is the id of another entry ({first.split(':')[0]})"
                yield self.error("duplicate-id", file, path, text, "ids are never shared")

        for section in (
            "sources", "limbs", "exemptions", "outcomes", "routes", "requirements", "mistakes",
            "not_tested", "not_counted", "order_of_questions", "dimensions", "precedents",
            "openings", "in_common", "wording", "word_lists", "requirements_in_text",
            "mistakes_in_text",
        ):  # fmt: skip
            for file, path, key, _ in self.entries(section):
                yield from seen(section, key, file, path)
        for section in ("signs_in_text", "readings_of_text"):
            for file, path, key, _ in self.entries(section):
                yield from seen("signs", key, file, path)
        for file, path, key, entry in self.entries("factors"):
            yield from seen("factors", f"{entry.balance}.{key}", file, path)
        for section in ("facts", "derived", "conclusions"):
            for file, path, key, _ in self.entries(section):
                yield from seen("names", key, file, path)
                if key in OF_THE_CASE or key in OF_THE_DECISION:
                    text = f"'{key}' is the name of a circumstance"
                    yield self.error("duplicate-id", file, path, text, "use another name")
        for file, path, _, entry in self.entries("balances"):
            yield from seen("names", entry.decides, file, (*path, "decides"))
        ruled = (("conclusions", "rules"), ("factors", "weights"), ("wording", "passages"))
        for section, inner in ruled:
            for file, path, _, entry in self.entries(section):
                for i, rule in enumerate(getattr(entry, inner)):
                    yield from seen("rules", rule.id, file, (*path, inner, i, "id"))
        for file, path, key, _ in self.entries("order_of_decision"):
            yield from seen("rules", key, file, (*path, "id"))

    def conditions(self) -> Iterator[Finding]:
        """Every condition can be read, and every name in it exists and is tested by its type."""
        case = {**self.names, **OF_THE_CASE}
        decision = {**case, **OF_THE_DECISION}
        outcomes = tuple(key for _, key, _ in self.book.entries("outcomes"))
        for name in ("outcome", "draft_outcome"):
            extra = ("none",) if name == "draft_outcome" else ()
            means = OF_THE_DECISION[name].means
            decision[name] = Circumstance("choice", means, (*outcomes, *extra))
        for file, path, raw, section in self._when():
            known = self.names
            if section == "order_of_decision":
                known = case
            elif section == "wording":
                known = {**decision, **OF_THE_LETTER}
            elif section == "text":
                known = dict(names_of_text(self.book))
            elif section not in ("conclusions", "factors"):
                known = decision
            try:
                condition = parse(raw)
            except ConditionError as error:
                where = (*path, *error.path)
                yield self.error("schema", file, where, error.text, error.right)
                continue
            yield from self._tests(file, path, condition, known)

    def _when(self) -> Iterator[tuple[str, Where, Any, str]]:
        for section in (
            "conclusions", "factors", "mistakes", "order_of_decision", "routes", "requirements",
            "not_tested",
        ):  # fmt: skip
            for file, path, _, entry in self.entries(section):
                inner = _CONDITIONED.get(section)
                if inner is None:
                    yield file, (*path, "when"), entry.when, section
                    continue
                for i, one in enumerate(getattr(entry, inner[0])):
                    yield file, (*path, inner[0], i, "when"), one.when, section
        for file, path, _, entry in self.entries("wording"):
            yield file, (*path, "when"), entry.when, "wording"
            if entry.parts is not None:
                yield file, (*path, "parts"), entry.parts, "wording"
            for i, one in enumerate(entry.passages):
                yield file, (*path, "passages", i, "when"), one.when, "wording"
        for file, rules in self.book.files.items():
            for path, raw in conditions_on_text(rules):
                yield file, path, raw, "text"

    def _tests(
        self, file: str, path: Where, condition: Condition, known: Mapping[str, Known]
    ) -> Iterator[Finding]:
        for test, inner in tests(condition):
            where = (*path, *inner)
            about = known.get(test.name)
            if about is None:
                text = f"unknown name '{test.name}'"
                yield self.error("dangling-id", file, where, text, nearest(test.name, known))
            elif (wrong := _misused(test, about)) is not None:
                yield self.error("schema", file, where, *wrong)

    def authorities(self) -> Iterator[Finding]:
        """Every authority names a provision or a source that exists."""
        sources = {key for _, key, _ in self.book.entries("sources")}
        for file, path, authority in self._authorities():
            if authority.source and authority.source not in sources:
                text = f"unknown source '{authority.source}'"
                right = nearest(authority.source, sources)
                yield self.error("dangling-id", file, (*path, "source"), text, right)
            if not authority.source and not authority.at:
                text = "an authority names a provision (`at`) or a source"
                yield self.error("schema", file, path, text)

    def _authorities(self) -> Iterator[tuple[str, Where, Authority]]:
        for section in (
            "facts", "derived", "openings", "not_counted", "balances", "limbs", "exemptions",
            "outcomes", "order_of_decision", "routes", "requirements", "mistakes", "not_tested",
            "dimensions",
        ):  # fmt: skip
            for file, path, _, entry in self.entries(section):
                for i, one in enumerate(entry.authority):
                    yield file, (*path, "authority", i), one
        for section, inner in (("conclusions", "rules"), ("factors", "weights")):
            for file, path, _, entry in self.entries(section):
                for r, rule in enumerate(getattr(entry, inner)):
                    for i, one in enumerate(rule.authority):
                        yield file, (*path, inner, r, "authority", i), one

    def references(self) -> Iterator[Finding]:
        """Every id that an entry names is the id of something."""
        conclusions = {key for key, about in self.names.items() if about == "conclusion"}
        balances = {key for _, key, _ in self.book.entries("balances")}
        outcomes = {key for _, key, _ in self.book.entries("outcomes")}
        exemptions = {key for _, key, _ in self.book.entries("exemptions")}

        def named(
            file: str, path: Where, key: str, known: set[str], what: str
        ) -> Iterator[Finding]:
            if key not in known:
                text = f"unknown {what} '{key}'"
                yield self.error("dangling-id", file, path, text, nearest(key, known))

        for file, path, _, entry in self.entries("factors"):
            yield from named(file, (*path, "balance"), entry.balance, balances, "balance")
        for file, path, _, entry in self.entries("balances"):
            yield from named(file, (*path, "put"), entry.put, conclusions, "conclusion")
        for file, path, _, entry in self.entries("limbs"):
            yield from named(file, (*path, "engaged"), entry.engaged, conclusions, "conclusion")
            yield from named(file, (*path, "exemption"), entry.exemption, exemptions, "exemption")
        for file, path, _, entry in self.entries("order_of_decision"):
            yield from named(file, (*path, "outcome"), entry.outcome, outcomes, "outcome")
        for section in ("not_counted", "order_of_questions"):
            for file, path, key, _ in self.entries(section):
                yield from named(file, path, key, set(self.facts), "fact")
        for file, path, _, entry in self.entries("requirements"):
            for i, key in enumerate(entry.needs):
                yield from named(file, (*path, "needs", i), key, set(self.facts), "fact")
        for file, path, key, entry in self.entries("openings"):
            yield from named(file, path, key, set(OPENINGS), "opening question")
            if entry.after:
                yield from named(file, (*path, "after"), entry.after, set(self.facts), "fact")
        of_parts = {key for key, fact in self.facts.items() if fact.scope == "item"}
        for file, path, _, entry in self.entries("in_common"):
            for i, key in enumerate(entry.facts):
                yield from named(file, (*path, "facts", i), key, of_parts, "fact of a part")

    def facts_and_dates(self) -> Iterator[Finding]:
        """Facts can be answered, rules have what their section needs, dates run forward."""
        asked = {key for _, _, key, _ in self.entries("order_of_questions")}
        for file, path, key, fact in self.entries("facts"):
            if (fact.type == "choice") != bool(fact.choices):
                text = "a choice lists its choices; other types have none"
                yield self.error("schema", file, path, text)
            if fact.default is not None and fact.type == "yes_no" and fact.default not in (
                "yes", "no",
            ):  # fmt: skip
                yield self.error("schema", file, (*path, "default"), "the default is yes or no")
            if fact.ask_once == "yes" and (fact.type != "yes_no" or fact.scope != "item"):
                text = "only a yes_no fact of a part is asked once for all parts"
                yield self.error("schema", file, (*path, "ask_once"), text)
            if fact.default is None and key not in asked:
                text = f"'{key}' is in no order of questions"
                yield self.error("schema", file, path, text, "add it to `order_of_questions`")
        for file, path, _, derived in self.entries("derived"):
            of = self.facts.get(derived.of)
            if of is None or of.type not in ("year", "number"):
                text = f"'{derived.of}' is not a fact that is a year"
                yield self.error("schema", file, (*path, "of"), text)
            if not derived.schedule or derived.schedule[-1].through is not None:
                text = "the last step of a schedule has no `through`, so that every year has one"
                yield self.error("schema", file, (*path, "schedule"), text)
        for section, inner, weighs in (
            ("conclusions", "rules", False),
            ("factors", "weights", True),
        ):
            for file, path, _, entry in self.entries(section):
                for i, rule in enumerate(getattr(entry, inner)):
                    if (rule.weight is not None) != weighs:
                        text = "a factor's rule has a weight" if weighs else "only factors weigh"
                        yield self.error("schema", file, (*path, inner, i), text)
                    yield from self._dates(file, (*path, inner, i), rule)

    def elsewhere(self) -> Iterator[Finding]:
        """What has a module of its own: decided matters, signs in letters, ids of the program."""
        for problems in (problems_of_matters, problems_of_signs, problems_of_granted):
            for file, path, check, text, right in problems(self.book):
                yield self.error(check, file, path, text, right)

    def _dates(self, file: str, path: Where, entry: Any) -> Iterator[Finding]:
        since: date | None = entry.in_force_from
        until: date | None = entry.in_force_until
        if since and until and until < since:
            text = f"it ends ({until}) before it begins ({since})"
            yield self.error("schema", file, (*path, "in_force_until"), text)

    def words(self) -> Iterator[Finding]:
        """Every slot of the letter's words can be filled, and what they meet is a requirement."""
        requirements = [key for _, key, _ in self.book.entries("requirements")]
        for file, path, _, entry in self.entries("wording"):
            for inner, text, right in problems_of_words(entry, self.facts, requirements):
                yield self.error("dangling-id", file, (*path, *inner), text, right)

    def whole(self) -> Iterator[Finding]:
        """What only the whole rulebook shows: one `about`, a last step, no cycle."""
        abouts = [name for name, file in self.book.files.items() if file.about]
        if len(abouts) != 1:
            first = next(iter(self.book.files))
            text = f"a rulebook has one `about`; this one has {len(abouts)}"
            yield self.error("schema", abouts[1] if len(abouts) > 1 else first, (), text)
            return
        gates = list(self.entries("order_of_decision"))
        if not gates:
            yield self.error("schema", abouts[0], (), "the rulebook has no `order_of_decision`")
        elif gates[-1][3].when != "always":
            file, path, *_ = gates[-1]
            text = "the last step must hold always, so that every item has an outcome"
            yield self.error("schema", file, path, text)
        try:
            as_at = self.book.files[abouts[0]].about
            assert as_at is not None
            _ = Law(self.book, as_at.law_as_at).nodes
        except Cycle as cycle:
            for file, path, key, _ in self.entries("conclusions"):
                if key == cycle.path[0]:
                    text = f"it depends on itself: {' -> '.join(cycle.path)}"
                    yield self.error("cycle", file, path, text, "break the circle")
        except (ConditionError, KeyError, StopIteration):
            pass  # said already, where it stands


def _misused(test: Test, about: Known) -> tuple[str, str] | None:
    """Why a test does not fit what its name is, and what would."""
    kind = about if about == "conclusion" else getattr(about, "type", "number")
    name = test.name
    if isinstance(test, Holds):
        if kind in ("conclusion", "yes_no"):
            return None
        return f"'{name}' is not a yes/no fact or a conclusion", f"say what `{name}` is or is in"
    if isinstance(test, In):
        choices = tuple(getattr(about, "choices", ()))
        if kind != "choice":
            return f"'{name}' has no choices", "name it by itself, or compare it with a number"
        for value in test.values:
            if value not in choices:
                right = nearest(value, choices) or f"use one of {', '.join(choices)}"
                return f"'{value}' is not a choice of '{name}'", right
        return None
    if isinstance(test, Compare):
        if kind in ("number", "year"):
            return None
        return f"'{name}' is not a number", "compare a number, a year or a derived integer"
    assert isinstance(test, Cites | MayMean)
    if kind == "provisions":
        return None
    return f"'{name}' is not a set of provisions", "use `draft` or `decision`"
