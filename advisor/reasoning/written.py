"""A law's rules written out as one Python function: what makes the direct evaluator fast.

Every condition is written twice: as an expression that is true where it holds, and as one that is
true where it fails. Where neither is, it is unknown. Of a law with one rule, that `covered` is what
is held and not published, and one factor with one weight, this is written:

    def derive(get, strike):
        v0 = get(G0)
        v1 = get(G1)
        weights = {}
        trace = []
        if (v0 and v1 is False): r0 = True; trace.append(G2)
        elif (v0 is False or v1): r0 = False
        else: r0 = None
        v2 = r0
        if v2: r1 = True; trace.append(G3)
        elif v2 is False: r1 = False
        else: r1 = None
        weights[G4] = (3 if r1 else 0, 3 if r1 is not False else 0)
        return (r0, r1, ), (v2, ), weights, trace

No text of a rulebook stands in it: names and rules are numbered, and what is not a number is given
beside it (`G0`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from advisor.reasoning.derivation import Firing, Range, Strike
from advisor.rulebook.conditions import All, AnyOf, Compare, Condition, Holds, In, Not, names
from advisor.rulebook.law import Law, Rule
from advisor.truth import Truth

Found = tuple[tuple[Truth, ...], tuple[Truth, ...], dict[str, Range], list[Firing]]
Program = Callable[[Callable[[str], Any], Strike], Found]


class Written:
    """A law as a function: `run` gives truths of rules by `places`, conclusions, weights, trace."""

    def __init__(self, law: Law) -> None:
        self.places = {rule.id: place for place, rule in enumerate(law.rules)}
        self.conclusions: list[str] = []
        self._law = law
        self._truths = {key: f"r{place}" for key, place in self.places.items()}
        self._values: dict[str, str] = {}
        self._given: dict[str, Any] = {"firing": lru_cache(maxsize=4096)(firing)}
        self.run = self._program()

    def _program(self) -> Program:
        steps = [line for node in self._law.nodes for line in self._node(node.kind, node.id)]
        derived = {self._value(key) for key in self.conclusions}
        asked = {name: local for name, local in self._values.items() if local not in derived}
        truths = "".join(f"{one}, " for one in self._truths.values())
        concluded = "".join(f"{self._value(key)}, " for key in self.conclusions)
        lines = [
            "def derive(get, strike):",
            *(f"{local} = get({self._give(name)})" for name, local in asked.items()),
            "weights = {}",
            "trace = []",
            *steps,
            f"return ({truths}), ({concluded}), weights, trace",
        ]
        exec("\n ".join(lines), self._given)
        program: Program = self._given["derive"]
        return program

    def _node(self, kind: str, key: str) -> Iterable[str]:
        if kind == "balance":
            finding = self._law.balances[key].decides
            self.conclusions.append(finding)
            yield f"{self._value(finding)} = strike({self._give(key)}, weights)"
            return
        rules = self._law.conclusions[key].rules if kind == "conclusion" else ()
        rules = rules or (self._law.factors[key].rules if kind == "factor" else ())
        for rule in rules:
            yield from self._rule(rule)
        if kind == "factor":
            light, heavy = self._heaviest(rules, ""), self._heaviest(rules, " is not False")
            yield f"weights[{self._give(key)}] = ({light}, {heavy})"
        else:
            self.conclusions.append(key)
            yield f"{self._value(key)} = {self._either(rules)}"

    def _rule(self, rule: Rule) -> Iterable[str]:
        truth = self._truths[rule.id]
        yield f"if {self._is(rule.when, True)}: {truth} = True; trace.append({self._fires(rule)})"
        yield f"elif {self._is(rule.when, False)}: {truth} = False"
        yield f"else: {truth} = None"

    def _either(self, rules: tuple[Rule, ...]) -> str:
        """The truth of what several rules conclude."""
        truths = [self._truths[rule.id] for rule in rules]
        if len(truths) == 1:
            return truths[0]
        holds, is_open = " or ".join(truths), " or ".join(f"{one} is None" for one in truths)
        return f"True if {holds} else None if {is_open} else False" if truths else "False"

    def _heaviest(self, rules: tuple[Rule, ...], that: str) -> str:
        """The weight of the heaviest rule whose truth is so."""
        heavy_first = sorted(rules, key=lambda rule: rule.weight or 0, reverse=True)
        choices = [f"{rule.weight or 0} if {self._truths[rule.id]}{that}" for rule in heavy_first]
        return " else ".join([*choices, "0"])

    def _is(self, condition: Condition, wanted: bool) -> str:
        """An expression that is true exactly where a condition is `wanted`."""
        match condition:
            case Not(part):
                return self._is(part, not wanted)
            case All(parts) | AnyOf(parts):
                every = isinstance(condition, All) is wanted
                sides = [self._is(part, wanted) for part in parts]
                return f"({(' and ' if every else ' or ').join(sides)})" if sides else str(every)
            case Holds(name):
                return self._value(name) if wanted else f"{self._value(name)} is False"
            case In(name, values):
                within = f"{self._value(name)} {'in' if wanted else 'not in'} {self._give(values)}"
            case Compare(name, sign, number):
                within = f"{'' if wanted else 'not '}{self._value(name)} {sign} {number}"
            case _:
                raise ValueError(f"'{condition}' cannot be a condition of a rule")
        return f"({self._value(name)} is not None and {within})"

    def _fires(self, rule: Rule) -> str:
        """The firing of a rule that holds; worked out beforehand where it can only hold one way."""
        said = self._support(rule.when)
        if isinstance(said, tuple):
            return self._give(firing(rule.id, said))
        return f"firing({self._give(rule.id)}, {said})"

    def _support(self, condition: Condition) -> tuple[str, ...] | str:
        """By what a condition holds: the names, or an expression where that depends on values."""
        match condition:
            case All(parts):
                sides = [self._support(part) for part in parts]
                if all(isinstance(side, tuple) for side in sides):
                    return tuple(dict.fromkeys(name for side in sides for name in side))
                return f"({' + '.join(map(self._written, sides))})"
            case AnyOf((*parts, last)):
                first = [
                    f"{self._written(self._support(one))} if {self._is(one, True)}" for one in parts
                ]
                return f"({' else '.join([*first, self._written(self._support(last))])})"
            case _:
                return tuple(sorted(names(condition)))

    def _written(self, support: tuple[str, ...] | str) -> str:
        return self._give(support) if isinstance(support, tuple) else support

    def _value(self, name: str) -> str:
        """The variable that has what is known of a fact, conclusion or finding."""
        return self._values.setdefault(name, f"v{len(self._values)}")

    def _give(self, constant: object) -> str:
        """The name by which the function knows something that is worked out beforehand."""
        key = f"G{len(self._given)}"
        self._given[key] = constant
        return key


def firing(rule: str, facts: tuple[str, ...]) -> Firing:
    """The firing of a rule, each name once."""
    return Firing(rule, tuple(dict.fromkeys(facts)))


@dataclass(frozen=True)
class _Edition:
    """A law apart from its year: no rule reads it, what is derived of it is given as a fact."""

    identity: tuple[object, ...]
    law: Law = field(compare=False)


@lru_cache(maxsize=16)
def _written(edition: _Edition) -> Written:
    return Written(edition.law)


def written(law: Law) -> Written:
    """A law written out, once for all days on which its rules are the same."""
    return _written(_Edition(law.identity[:2], law))
