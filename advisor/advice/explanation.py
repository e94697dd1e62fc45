"""The derivation of an item as a tree: step, conclusion, rule, fact, each with its authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advisor.advice.english import sentence
from advisor.reasoning.agreement import Engine, derive
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.evaluate import check
from advisor.reasoning.matter import Matter
from advisor.reasoning.outcome import considered, holds
from advisor.rulebook.conditions import All, AnyOf, Condition, Holds, Not
from advisor.rulebook.law import Law, Rule
from advisor.rulebook.model import WEIGHTS
from advisor.truth import Truth, word


@dataclass(frozen=True)
class Node:
    """One line of the tree: what it is, whether it holds, and what it rests on."""

    # step, conclusion, rule, all, any, not, fact, test, balance, factor, principle
    kind: str
    id: str
    holds: Truth
    text: str
    authority: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    law_says: str = ""  # the text without what this case answers, where the two differ

    @property
    def says(self) -> str:
        """What the law says here, whatever the case."""
        return self.law_says or self.text

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "holds": word(self.holds),
            "text": self.text,
            "authority": list(self.authority),
            "because": [child.as_json() for child in self.children],
        }


def explain(matter: Matter, about: str | None = None, engine: Engine = "both") -> list[Node]:
    """The steps of the order of decision down to the one that decides, or one conclusion.

    Raises KeyError where `about` is no conclusion of the rulebook.
    """
    derivation, _ = derive(matter.law, matter.known.values, matter.strike, engine)
    teller = _Teller(matter, derivation)
    if about is not None:
        return [teller.named(about)]
    return list(teller.steps())


@lru_cache(maxsize=64)
def principles(law: Law) -> Mapping[str, tuple[Node, ...]]:
    """What decided matters are cited for, by the rule that each supports."""
    found: dict[str, list[Node]] = {}
    for ref, entry in law.precedents.items():
        if not entry.decided_by(law.as_at):
            continue
        said = "" if entry.reviewed_by else " (not reviewed: cited in no letter)"
        for principle in entry.principles:
            text = f"{principle.point}{said}"
            node = Node("principle", ref, True, text, (f"{entry.title}, {entry.citation}",))
            for rule in principle.rules:
                found.setdefault(rule, []).append(node)
    return {rule: tuple(nodes) for rule, nodes in found.items()}


@dataclass
class _Teller:
    matter: Matter
    derivation: Derivation

    def __post_init__(self) -> None:
        self.law: Law = self.matter.law
        self.known: Mapping[str, Any] = self.matter.everything(self.derivation)
        self.told: set[str] = set()
        self.principles = principles(self.law)

    def steps(self) -> Iterator[Node]:
        limbs = considered(self.law, self.matter.item)
        for step in self.law.gates:
            truth = holds(step, self.law, self.known, limbs)
            shown: tuple[Node, ...] = ()
            if truth is not False:  # what is not shown here must not count as shown above
                ids: dict[str, None] = {}
                if step.entry.limbs == "yes":
                    ids = dict.fromkeys(self.law.limbs[limb].engaged for limb in limbs)
                shown = (*(self.named(key) for key in ids), self.condition(step.when))
            text = (
                step.entry.because
                if truth
                else f"{self.law.outcomes[step.entry.outcome].title}: {word(truth)}"
            )
            authority = tuple(self.law.cites(step.entry.authority))
            yield Node("step", step.id, truth, text, authority, shown)
            if truth:
                return

    def named(self, name: str) -> Node:
        """A conclusion or a finding by its name. Raises KeyError."""
        if name in self.law.findings:
            return self.balance(name)
        conclusion = self.law.conclusions[name]
        truth = self.derivation.conclusions[name]
        if name in self.told:
            return Node("conclusion", name, truth, f"{conclusion.means} (shown above)")
        self.told.add(name)
        rules = tuple(self.rule(one) for one in conclusion.rules)
        return Node("conclusion", name, truth, conclusion.means, (), rules)

    def rule(self, rule: Rule) -> Node:
        authority = tuple(self.law.cites(rule.authority))
        inner = self.condition(rule.when)
        children = inner.children if inner.kind == "all" else (inner,)
        text = rule.because
        if rule.weight is not None:
            text = f"{WEIGHTS[rule.weight].replace('_', ' ')}: {text}"
        truth = self.derivation.rules[rule.id]
        if truth and rule.id not in self.told:
            self.told.add(rule.id)
            children = (*children, *self.principles.get(rule.id, ()))
        return Node("rule", rule.id, truth, text, authority, children)

    def condition(self, condition: Condition) -> Node:
        truth = check(condition)(self.known)
        if isinstance(condition, All | AnyOf):
            if condition == All(()):
                return Node("test", "always", True, "in every case")
            kind = "all" if isinstance(condition, All) else "any"
            text = "all of these" if kind == "all" else "at least one of these"
            return Node(kind, kind, truth, text, (), tuple(map(self.condition, condition.parts)))
        if isinstance(condition, Not):
            return Node("not", "not", truth, "not this", (), (self.condition(condition.part),))
        if condition.name in self.law.conclusions or condition.name in self.law.findings:
            return self.named(condition.name)
        fact = self.fact(condition.name)
        text = (
            fact.text if isinstance(condition, Holds) else f"{fact.text}; the test is {condition}"
        )
        says = sentence(self.law, condition)
        return Node(fact.kind, condition.name, truth, text, fact.authority, law_says=says)

    def fact(self, name: str) -> Node:
        value = self.known.get(name)
        truth = value if isinstance(value, bool) else None
        fact = self.law.facts.get(name)
        if fact is None and name in self.law.derived:
            derived = self.law.derived[name]
            shown = "not known" if value is None else str(value)
            return Node(
                "derived",
                name,
                truth,
                f"{derived.means.rstrip('.')}: {shown}",
                tuple(self.law.cites(derived.authority)),
            )
        if fact is None:
            return Node("circumstance", name, truth, _shown(value))
        if value is None:
            shown = "answered: unknown" if name in self.matter.known.unknown else "not answered"
        elif name not in self.matter.known.answered:
            shown = f"{_shown(value)}, unless you say otherwise"
        else:
            shown = _shown(value)
        shown = fact.choices.get(shown, shown)
        return Node(
            "fact", name, truth, f"{fact.ask} {shown}", tuple(self.law.cites(fact.authority))
        )

    def balance(self, name: str) -> Node:
        key = self.law.findings[name]
        entry = self.law.balances[key]
        own = self.matter.item.weighings(key)
        children: list[Node] = []
        for factor in self.law.balance_factors[key]:
            low, high = self.derivation.weights[factor.id]
            weighing = own.get(factor.name)
            if weighing is not None:
                weight, who = weighing.weight.replace("_", " "), weighing.by or "the officer"
                text = f"for {factor.side}: {weight}, set by {who}: {weighing.reason}"
                children.append(Node("factor", factor.name, True, text))
            elif high:
                weight = WEIGHTS[low] if low == high else f"{WEIGHTS[low]} to {WEIGHTS[high]}"
                live = tuple(
                    self.rule(r) for r in factor.rules if self.derivation.rules[r.id] is not False
                )
                text = f"for {factor.side}: {weight.replace('_', ' ')}, {factor.title}"
                children.append(Node("factor", factor.name, bool(low) or None, text, (), live))
        truth = self.derivation.conclusions[name]
        return Node(
            "balance",
            name,
            truth,
            entry.question,
            tuple(self.law.cites(entry.authority)),
            tuple(children),
        )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    return str(value)


def lines(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[int, Node]]:
    """The tree as (depth, node), top to bottom."""
    for node in nodes:
        yield depth, node
        yield from lines(node.children, depth + 1)
