"""Whether a condition can hold: decided over all answers, never sampled, with the answers shown.

A condition is written out through the conclusions that it reads, down to facts; answers that no
test tells apart count as one (advisor.reasoning.relevance.domains). Answers are then put in one
fact at a time, in the order of questions, and a branch is left as soon as the condition is settled
whatever else is true. What was left once is not entered again.

Findings of balances, circumstances and sets of provisions are free: any value may go with any
answers. So "it can never hold" is always right; answers by which something holds are right as far
as facts go, and say which finding they suppose.

    >>> space = Space(law)                                              # doctest: +SKIP
    >>> space.example(space.formula(parse("s30_engaged")))              # doctest: +SKIP
    {'held_for_investigation': 'yes', ...}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from advisor.reasoning.relevance.domains import Domain, domain, yes_no
from advisor.reasoning.relevance.formulas import FALSE, TRUE, Formulas, Given, lowest
from advisor.rulebook.circumstances import OF_THE_CASE, OF_THE_DECISION
from advisor.rulebook.conditions import (
    All,
    AnyOf,
    Cites,
    Condition,
    Holds,
    MayMean,
    Not,
    Test,
    parse,
    tests,
)
from advisor.rulebook.law import Law, When
from advisor.truth import word

Answers = dict[str, str]


class Space:
    """Every combination of answers under one law, and questions about them.

    `also` are conditions that the law does not have and that will be asked about.
    """

    def __init__(self, law: Law, also: Iterable[Condition] = ()) -> None:
        self.law = law
        self._tests = _tests(law, also)
        self.variables = tuple(self._domains())
        self._number = {one.name: i for i, one in enumerate(self.variables)}
        self.formulas = Formulas([len(one.values) for one in self.variables])
        self._conclusions: dict[tuple[str, bool], int] = {}

    def _domains(self) -> Iterator[Domain]:
        for name in dict.fromkeys((*self.law.questions, *self.law.facts, *self._tests)):
            if name not in self._tests:
                continue
            if name in self.law.facts or name in OF_THE_CASE:
                yield domain(name, self._tests[name], self.law)
            elif choices := self._choices(name):
                yield Domain(name, choices, {one: i for i, one in enumerate(choices)})
            else:
                yield yes_no(name)

    def _choices(self, name: str) -> tuple[str, ...]:
        if name in ("outcome", "draft_outcome"):
            return tuple(dict.fromkeys((*self.law.outcomes, "none")))
        return OF_THE_DECISION[name].choices if name in OF_THE_DECISION else ()

    def formula(self, condition: Condition, holds: bool = True) -> int:
        """That a condition holds, or that it does not."""
        match condition:
            case Not(part):
                return self.formula(part, not holds)
            case All(parts) | AnyOf(parts):
                inner = [self.formula(part, holds) for part in parts]
                both = isinstance(condition, All) is holds
                return self.formulas.all(inner) if both else self.formulas.any(inner)
            case Holds(name) if name in self.law.conclusions:
                return self.conclusion(name, holds)
        about = self.variables[self._number[_reads(condition, self.law)]]
        free = isinstance(condition, Cites | MayMean)
        classes = 1 if free else about.where(condition, self.law)
        if not holds:
            classes ^= about.every
        return self.formulas.literal(self._number[about.name], classes)

    def conclusion(self, name: str, holds: bool = True) -> int:
        """That a conclusion is yes (some rule holds), or no (every rule fails)."""
        key = name, holds
        if key not in self._conclusions:
            rules = [self.formula(rule.when, holds) for rule in self.law.conclusions[name].rules]
            made = self.formulas.any(rules) if holds else self.formulas.all(rules)
            self._conclusions[key] = made
        return self._conclusions[key]

    def step(self, gate: When, holds: bool = True) -> int:
        """That a step of the order of decision decides, every limb being considered."""
        parts = [gate.when]
        if gate.entry.limbs == "yes":
            parts.append(AnyOf(tuple(Holds(limb.engaged) for limb in self.law.limbs.values())))
        return self.formula(All(tuple(parts)), holds)

    def all(self, *formulas: int) -> int:
        """That all of these hold."""
        return self.formulas.all(formulas)

    def implies(self, one: int, denial: int) -> bool:
        """Whether nothing makes `one` hold together with `denial`, what says the other fails."""
        return self._search(self.all(one, denial)) is None

    def equivalent(self, one: Condition, other: Condition) -> bool:
        """Whether two conditions hold in just the same circumstances."""
        return self.implies(self.formula(one), self.formula(other, False)) and self.implies(
            self.formula(other), self.formula(one, False)
        )

    def possible(self, formula: int) -> bool:
        """Whether some answers make it hold."""
        return self._search(formula) is not None

    def example(self, formula: int) -> Answers | None:
        """Answers by which it holds whatever else is true, none of them idle; None if it cannot."""
        found = self._search(formula)
        if found is None:
            return None
        for variable in list(found):
            rest = {key: value for key, value in found.items() if key != variable}
            if self.formulas.put(formula, Given(rest)) == TRUE:
                found = rest
        return {
            self.variables[variable].name: _text(self.variables[variable].values[value])
            for variable, value in sorted(found.items())
        }

    def knows(self, name: str) -> bool:
        """Whether any condition reads a name."""
        return name in self._number

    def alike(self, fact: str) -> list[tuple[str, ...]]:
        """The choices of a fact, those together that nothing tells apart; none if it is unread."""
        if fact not in self._number:
            return []
        about = self.variables[self._number[fact]]
        classes: dict[int, list[str]] = {}
        for choice in self.law.facts[fact].choices:
            classes.setdefault(about.of(choice), []).append(choice)
        return [tuple(values) for values in classes.values()]

    def settles_nothing(self, fact: str) -> bool:
        """Whether conditions read a fact and no answer to it makes a difference to any."""
        return fact in self._number and len(self.variables[self._number[fact]].values) == 1

    def _search(self, formula: int) -> dict[int, int] | None:
        put, reads = self.formulas.put, self.formulas.reads
        chosen: dict[int, int] = {}
        left = {FALSE}

        def found(rest: int) -> bool:
            if rest == TRUE:
                return True
            if rest in left:
                return False
            left.add(rest)
            variable = lowest(reads[rest])
            for value in range(len(self.variables[variable].values)):
                chosen[variable] = value
                if found(put(rest, Given({variable: value}))):
                    return True
            del chosen[variable]
            return False

        return chosen if found(formula) else None


@lru_cache(maxsize=8)
def space(law: Law) -> Space:
    """The space of a law, made once for all that ask about it. Not for several threads."""
    return Space(law)


def shown(answers: Answers | None) -> str:
    """Answers in one line: "held: yes, sensitivity: anodyne"."""
    return ", ".join(f"{key}: {value}" for key, value in (answers or {}).items()) or "any answers"


def _text(value: bool | int | str) -> str:
    return word(value) if isinstance(value, bool) else str(value)


def _reads(test: Test, law: Law) -> str:
    """The variable that a test reads. Each test of a set of provisions is one by itself."""
    if isinstance(test, Cites | MayMean):
        return str(test)
    return law.derived[test.name].of if test.name in law.derived else test.name


def _tests(law: Law, also: Iterable[Condition]) -> dict[str, list[Test]]:
    """Every test of a law, by the variable that it reads; conclusions are written out instead."""
    found: dict[str, list[Test]] = {}
    for condition in (*_conditions(law), *also):
        for test, _ in tests(condition):
            if test.name not in law.conclusions:
                of = found.setdefault(_reads(test, law), [])
                if test not in of:
                    of.append(test)
    return found


def _conditions(law: Law) -> Iterator[Condition]:
    for rule in law.rules:
        yield rule.when
    for entry in (*law.gates, *law.routes, *law.requirements, *law.not_tested):
        yield entry.when
    for signs in law.signs.values():
        yield from (sign.when for sign in signs)
    for _, _, wording in law.book.entries("wording"):
        yield parse(wording.when)
        yield from (parse(one.when) for one in wording.passages)
        if wording.parts is not None:
            yield parse(wording.parts)
