"""A law as functions of its open facts: what a search over completions works on.

Only what decides an outcome is in it: the steps of the order of decision, what they read, and the
factors of the balances. Conclusions are written out, so that nothing but facts, circumstances and
the findings of balances is left as a variable; the facts are in the order of questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from advisor.reasoning.relevance.domains import Domain, domain, yes_no
from advisor.reasoning.relevance.formulas import Chain, Formulas, union
from advisor.rulebook.conditions import All, AnyOf, Condition, Holds, Not, Test, tests
from advisor.rulebook.law import Law


@dataclass(frozen=True)
class Compiled:
    """`facts` are the variables that are facts, as bits, in the order in which they are asked.

    `findings` are the variables that are findings, by balance.
    """

    formulas: Formulas
    variables: tuple[Domain, ...]
    number: dict[str, int]
    findings: dict[str, int]
    gates: tuple[int, ...]
    engaged: dict[str, int]
    factors: dict[str, Chain]
    facts: int


@lru_cache(maxsize=16)
def compiled(law: Law) -> Compiled:
    """A law made ready for searching; its functions are to be copied before they grow."""
    return _Compiler(law).run()


class _Compiler:
    def __init__(self, law: Law) -> None:
        self.law = law
        self.tests = self._deciding_tests()
        self.variables = tuple(self._domains())
        self.number = {one.name: i for i, one in enumerate(self.variables)}
        self.formulas = Formulas([len(one.values) for one in self.variables])
        self._conclusions: dict[tuple[str, bool], int] = {}

    def run(self) -> Compiled:
        law = self.law
        return Compiled(
            self.formulas,
            self.variables,
            self.number,
            {key: self.number[balance.decides] for key, balance in law.balances.items()},
            tuple(self.function(gate.when) for gate in law.gates),
            {key: self.named(limb.engaged) for key, limb in law.limbs.items()},
            {key: self._chain(key) for key in law.factors},
            union(1 << self.number[name] for name in law.facts if name in self.number),
        )

    def _order(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.law.questions, *self.law.facts)))

    def _deciding_tests(self) -> dict[str, list[Test]]:
        """The tests that decide an outcome or a finding, by the fact or circumstance they read."""
        law, found = self.law, dict[str, list[Test]]()
        waiting = [gate.when for gate in law.gates]
        waiting += [rule.when for factor in law.factors.values() for rule in factor.rules]
        waiting += [Holds(limb.engaged) for limb in law.limbs.values()]
        seen: set[str] = set()
        for condition in waiting:
            for test, _ in tests(condition):
                if test.name in law.conclusions:
                    if test.name not in seen:
                        seen.add(test.name)
                        waiting += [rule.when for rule in law.conclusions[test.name].rules]
                elif test.name not in law.findings:
                    derived = law.derived.get(test.name)
                    of = found.setdefault(derived.of if derived else test.name, [])
                    if test not in of:
                        of.append(test)
        return found

    def _domains(self) -> Iterator[Domain]:
        for name in self._order():
            if name in self.tests:
                yield domain(name, self.tests[name], self.law)
        for name in self.tests:
            if name not in self.law.facts:
                yield domain(name, self.tests[name], self.law)
        yield from map(yes_no, self.law.findings)

    def function(self, condition: Condition, holds: bool = True) -> int:
        """That a condition holds, or that it does not."""
        match condition:
            case Not(part):
                return self.function(part, not holds)
            case All(parts) | AnyOf(parts):
                inner = [self.function(part, holds) for part in parts]
                both = isinstance(condition, All) == holds
                return self.formulas.all(inner) if both else self.formulas.any(inner)
            case Holds(name) if name in self.law.conclusions:
                return self.named(name, holds)
        return self._literal(condition, holds)

    def _literal(self, test: Test, holds: bool) -> int:
        derived = self.law.derived.get(test.name)
        variable = self.number[derived.of if derived else test.name]
        about = self.variables[variable]
        classes = about.where(test, self.law)
        return self.formulas.literal(variable, classes if holds else about.every & ~classes)

    def named(self, name: str, holds: bool = True) -> int:
        """That a conclusion or finding is yes, or that it is no."""
        if name in self.law.findings:
            return self._literal(Holds(name), holds)
        key = name, holds
        if key not in self._conclusions:
            inner = [self.function(rule.when, holds) for rule in self.law.conclusions[name].rules]
            self._conclusions[key] = self.formulas.any(inner) if holds else self.formulas.all(inner)
        return self._conclusions[key]

    def _chain(self, factor: str) -> Chain:
        """That a factor has at least a weight, for each weight of its rules, heaviest first."""
        found: list[tuple[int, int]] = []
        rules = sorted(self.law.factors[factor].rules, key=lambda rule: -(rule.weight or 0))
        for weight, some in groupby(rules, key=lambda rule: rule.weight or 0):
            heavier = [when for _, when in found[-1:]]
            when = self.formulas.any([*heavier, *(self.function(rule.when) for rule in some)])
            if weight:
                found.append((weight, when))
        return tuple(found)
