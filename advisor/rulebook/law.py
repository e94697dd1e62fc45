"""The law in force on one day: what both evaluators, the balance and the interview read.

    >>> law = Law.of(load(), date(2026, 3, 2))            # doctest: +SKIP
    >>> [rule.id for rule in law.conclusions["s30_1_a_engaged"].rules]   # doctest: +SKIP

A `Law` has only what is in force on its day, conditions parsed, and its conclusions, factors and
balances in an order in which each comes after everything that it reads.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from advisor.rulebook import model
from advisor.rulebook.book import Book
from advisor.rulebook.conditions import Condition, is_part, names, parse
from advisor.rulebook.model import WEIGHTS, Authority
from advisor.rulebook.signs import Reading, TextMistake, TextRequirement, TextSign

T = TypeVar("T")


@dataclass(frozen=True)
class Rule:
    """A rule in force: `concludes` names its conclusion or its factor; `weight` is 0 to 4."""

    id: str
    concludes: str
    when: Condition
    because: str
    authority: tuple[Authority, ...]
    limits: str
    weight: int | None = None


@dataclass(frozen=True)
class Conclusion:
    id: str
    means: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Factor:
    """`id` is its key in a law (`content.safe_space`), `name` what case files call it."""

    id: str
    name: str
    side: Literal["maintain", "disclose"]
    balance: str
    title: str
    interest: str
    number: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class When:
    """An entry of the rulebook with its condition parsed: a gate, route, requirement, sign ..."""

    id: str
    when: Condition
    entry: Any


@dataclass(frozen=True)
class Section:
    """A section of the letter with its conditions parsed; `parts` is None where it stands once."""

    id: str
    heading: str
    document: str
    when: Condition
    parts: Condition | None
    passages: tuple[When, ...]


@dataclass(frozen=True)
class Node:
    """One step of deriving: a conclusion, a factor, or a balance."""

    kind: Literal["conclusion", "factor", "balance"]
    id: str


class _Entries(Generic[T]):
    """The entries of a section by their ids, dates left aside; looked up when it is first read."""

    def __set_name__(self, owner: type[Law], name: str) -> None:
        self.section = name

    def __get__(self, law: Law, owner: type[Law]) -> dict[str, T]:
        found = {key: entry for _, key, entry in law.book.entries(self.section)}
        law.__dict__[self.section] = found
        return found


class Law:
    """What is in force on `as_at`. Made once for a book and a day; read by many threads.

    Two laws are equal where they say the same: one book, the same entries in force, the same year
    (integers that the law derives depend on the year alone). What is worked out for one of them is
    then right for the other.
    """

    def __init__(self, book: Book, as_at: date) -> None:
        self.book = book
        self.as_at = as_at
        self.identity: tuple[object, ...] = (id(book), bisect(book.changes, as_at), as_at.year)
        self.about = next(file.about for file in book.files.values() if file.about)
        self.findings: dict[str, str] = {b.decides: key for key, b in self.balances.items()}
        self.conclusions = {
            key: Conclusion(key, entry.means, self._rules(file, key, entry.rules))
            for file, key, entry in book.entries("conclusions")
        }
        weighed = [one for one in book.entries("factors") if self._in_force(one[0], one[2])]
        factors = [self._factor(*found) for found in weighed]
        self.factors = {factor.id: factor for factor in factors}
        self.gates = self._when("order_of_decision")
        self.questions = tuple(str(entry) for _, _, entry in book.entries("order_of_questions"))

    # What decides nothing is only made ready once it is read, so that the first question is not
    # kept waiting by the letter.
    facts = _Entries[model.Fact]()
    openings = _Entries[model.Opening]()
    in_common = _Entries[model.InCommon]()
    derived = _Entries[model.Derived]()
    sources = _Entries[model.Source]()
    limbs = _Entries[model.Limb]()
    exemptions = _Entries[model.Exemption]()
    outcomes = _Entries[model.Outcome]()
    balances = _Entries[model.Balance]()
    not_counted = _Entries[model.NotCounted]()
    mistakes = _Entries[model.Mistake]()
    dimensions = _Entries[model.Dimension]()
    precedents = _Entries[model.Precedent]()
    signs_in_text = _Entries[TextSign]()
    readings_of_text = _Entries[Reading]()
    requirements_in_text = _Entries[TextRequirement]()
    word_lists = _Entries[tuple[str, ...]]()

    @cached_property
    def routes(self) -> tuple[When, ...]:
        """The kinds of response."""
        return self._when("routes")

    @cached_property
    def requirements(self) -> tuple[When, ...]:
        """What a notice must say."""
        return self._when("requirements")

    @cached_property
    def not_tested(self) -> tuple[When, ...]:
        """The provisions that facts suggest and this rulebook does not test."""
        return self._when("not_tested")

    @cached_property
    def signs(self) -> dict[str, tuple[When, ...]]:
        """The ways in which each mistake shows."""
        return {
            key: self._dated(file, key, entry.signs)
            for file, key, entry in self.book.entries("mistakes")
        }

    @cached_property
    def wording(self) -> tuple[Section, ...]:
        """The sections of the letter."""
        return tuple(self._section(*found) for found in self.book.entries("wording"))

    @cached_property
    def mistakes_in_text(self) -> dict[str, tuple[TextMistake, ...]]:
        """The mistakes that the text of a notice can show."""
        return {
            key: tuple(one for one in many if self._in_force(file, one))
            for file, key, many in self.book.entries("mistakes_in_text")
        }

    @cached_property
    def provisions_of_silence(self) -> tuple[str, ...]:
        """The provisions by which nothing is confirmed or denied."""
        return tuple(str(one) for _, _, one in self.book.entries("provisions_of_silence"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Law) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def on(self, day: date) -> Law:
        """This law on another day on which it says the same; everything but the day is shared."""
        for name, entry in vars(Law).items():
            if isinstance(entry, cached_property | _Entries):
                getattr(self, name)  # worked out before it is copied, not once for each day
        other = copy(self)
        other.as_at = day
        return other

    def _in_force(self, file: str, entry: Any) -> bool:
        whole = self.book.files[file]
        since = getattr(entry, "in_force_from", None) or whole.in_force_from
        until = getattr(entry, "in_force_until", None) or whole.in_force_until
        return (since is None or since <= self.as_at) and (until is None or self.as_at <= until)

    def _factor(self, file: str, name: str, entry: model.Factor) -> Factor:
        # Both balances may weigh the same interest (general transparency), each by its own rules.
        key = f"{entry.balance}.{name}"
        rules = self._rules(file, key, entry.weights)
        return Factor(
            key, name, entry.side, entry.balance, entry.title, entry.interest, entry.number, rules
        )

    def _rules(self, file: str, concludes: str, rules: Iterable[model.Rule]) -> tuple[Rule, ...]:
        return tuple(
            Rule(
                rule.id,
                concludes,
                parse(rule.when),
                rule.because,
                rule.authority,
                rule.limits,
                WEIGHTS.index(rule.weight) if rule.weight else None,
            )
            for rule in rules
            if self._in_force(file, rule)
        )

    def _dated(self, file: str, key: str, entries: Iterable[Any]) -> tuple[When, ...]:
        return tuple(When(key, parse(e.when), e) for e in entries if self._in_force(file, e))

    def _when(self, section: str) -> tuple[When, ...]:
        return tuple(
            When(getattr(entry, "id", key), parse(entry.when), entry)
            for file, key, entry in self.book.entries(section)
            if self._in_force(file, entry)
        )

    def _section(self, file: str, key: str, entry: model.Wording) -> Section:
        passages = self._dated(file, key, entry.passages)
        parts = parse(entry.parts) if entry.parts is not None else None
        return Section(key, entry.heading, entry.document, parse(entry.when), parts, passages)

    @cached_property
    def defaults(self) -> dict[str, bool | int | str]:
        """The values that added facts have until they are answered."""
        found: dict[str, bool | int | str] = {}
        for key, fact in self.facts.items():
            if fact.default is not None:
                found[key] = fact.default == "yes" if fact.type == "yes_no" else fact.default
        return found

    @cached_property
    def balance_factors(self) -> dict[str, tuple[Factor, ...]]:
        """The factors of each balance, in the order they are written."""
        return {
            key: tuple(f for f in self.factors.values() if f.balance == key)
            for key in self.balances
        }

    @cached_property
    def notice_facts(self) -> tuple[str, ...]:
        """Facts that only the notice wants: routes and requirements read them, outcomes do not."""
        deciding: set[str] = set()
        for rule in self.rules:
            deciding |= names(rule.when)
        for gate in self.gates:
            deciding |= names(gate.when)
        read: set[str] = set()
        for entry in (*self.routes, *self.requirements):
            read |= names(entry.when)
        return tuple(key for key in self.facts if key in read - deciding)

    def tests(self, provision: str) -> bool:
        """Whether this rulebook has a limb at, below or above `provision`."""
        return any(is_part(limb, provision) or is_part(provision, limb) for limb in self.limbs)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Conclusions, factors and balances, each after everything that it reads."""
        return order(self)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of a conclusion or factor, in the order of `nodes`."""
        found: list[Rule] = []
        for node in self.nodes:
            found.extend(self.rules_of(node))
        return tuple(found)

    def rules_of(self, node: Node) -> tuple[Rule, ...]:
        """The rules that a node is derived by; a balance has none."""
        if node.kind == "conclusion":
            return self.conclusions[node.id].rules
        return self.factors[node.id].rules if node.kind == "factor" else ()

    def cite(self, authority: Authority) -> str:
        """An authority in one line: "FOIA 2000 s.30(1)(a)", "Toms v IC (EA/2005/0027), ..."."""
        if not authority.source:
            return authority.at
        source = self.sources[authority.source]
        name = f"{source.title} ({source.ref})" if source.ref else source.title
        return f"{name}, {authority.at}" if authority.at else name

    def cites(self, authorities: Iterable[Authority]) -> list[str]:
        return list(dict.fromkeys(map(self.cite, authorities)))


def order(law: Law) -> tuple[Node, ...]:
    """The nodes of a law in dependency order. Raises Cycle where there is none."""
    reads: dict[str, tuple[Node, frozenset[str]]] = {}
    for key, conclusion in law.conclusions.items():
        read = frozenset().union(*(names(rule.when) for rule in conclusion.rules))
        reads[key] = Node("conclusion", key), read
    for key, factor in law.factors.items():
        read = frozenset().union(*(names(rule.when) for rule in factor.rules))
        reads[key] = Node("factor", key), read
    for key, balance in law.balances.items():
        own = {f.id for f in law.factors.values() if f.balance == key}
        reads[balance.decides] = Node("balance", key), frozenset(own | {balance.put})
    return tuple(_sorted(reads))


class Cycle(ValueError):
    """Conclusions that depend on themselves; `path` goes round once."""

    def __init__(self, path: list[str]) -> None:
        super().__init__(" -> ".join(path))
        self.path = path


def _sorted(reads: Mapping[str, tuple[Node, frozenset[str]]]) -> list[Node]:
    done: dict[str, bool] = {}
    found: list[Node] = []

    def visit(name: str, path: list[str]) -> None:
        if name not in reads or done.get(name):
            return
        if name in done:
            raise Cycle([*path[path.index(name) :], name])
        done[name] = False
        node, read = reads[name]
        for other in sorted(read):
            visit(other, [*path, name])
        done[name] = True
        found.append(node)

    for name in reads:
        visit(name, [])
    return found
