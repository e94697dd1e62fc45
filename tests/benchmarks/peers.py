"""Both evaluators beside what one would use instead: zen-engine, rule-engine and CLIPS (clipspy).

    python -m tests.benchmarks.peers --cases 1000 --copies 1 4 16

Needs `pip install -e '.[bench]'`. The conditions of the shipped rulebook are translated for each,
every conclusion and every factor's range of weights, three-valued as ours are: one expression for
each in zen-engine and rule-engine, flat rules for yes and for no in CLIPS. What these give for
random half-answered cases is compared with what ours give; the exit code is 1 where any differs.
Then all take the same cases in turns, ten in a row as an engine at work would (`--in-a-row`), so
the ratios are of one run. Ours also give the truth of each rule and the trace, which nobody asks
of the others.

A balance is struck in Python between two strata of every engine alike, by the strike of the tests
when conclusions are compared; when time is taken the findings are looked up, so that no time of
striking is in it. Larger rulebooks are copies of the shipped one in one law. Loading is up to
the first answer. Times are of the processor, all threads of an engine together. Memory is what a
process grows by in loading one engine and 20 answers.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from advisor.reasoning import durable, evaluate
from advisor.reasoning.derivation import Range, Strike, Values
from advisor.rulebook.conditions import All, AnyOf, Compare, Condition, Holds, In, Not
from advisor.rulebook.law import Law, Node, Rule
from advisor.rulebook.loading import load
from advisor.truth import Truth
from tests.benchmarks.evaluators import copies
from tests.reasoning.random_law import DAY, random_values, strike

Answer = tuple[Mapping[str, Truth], Mapping[str, Range]]  # conclusions with findings, weights
Derive = Callable[[Values, Strike], Answer]

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def direct(law: Law) -> Derive:
    def derive(values: Values, struck: Strike) -> Answer:
        found = evaluate.derive(law, values, struck)
        return found.conclusions, found.weights

    return derive


def durable_rules(law: Law) -> Derive:
    if not durable.available():
        raise ValueError("cannot be imported on this Python")

    def derive(values: Values, struck: Strike) -> Answer:
        found = durable.derive(law, values, struck)
        return found.conclusions, found.weights

    return derive


def strata(law: Law) -> Iterator[tuple[list[Node], Node | None]]:
    """The nodes up to each balance, with the balance; then those after the last."""
    nodes: list[Node] = []
    for node in law.nodes:
        if node.kind == "balance":
            yield nodes, node
            nodes = []
        else:
            nodes.append(node)
    yield nodes, None


class Expressions:
    """Conditions as expressions that zen-engine and rule-engine both read."""

    def __init__(self, law: Law) -> None:
        self._law = law

    def holds(self, condition: Condition, wanted: bool) -> str:
        """An expression that is true exactly where the condition is `wanted`."""
        match condition:
            case Not(part):
                return self.holds(part, not wanted)
            case All(parts) | AnyOf(parts):
                every = isinstance(condition, All) is wanted
                sides = [self.holds(part, wanted) for part in parts]
                joined = (" and " if every else " or ").join(sides)
                return f"({joined})" if sides else str(every).lower()
            case Holds(name):
                return f"({name} == {str(wanted).lower()})"
            case In(name, values):
                choices = [
                    one for one in self._law.facts[name].choices if (one in values) is wanted
                ]
                return f"({name} in {json.dumps(choices)})" if choices else "false"
            case Compare(name, sign, number):
                sign = sign if wanted else OPPOSITE[sign]
                return f"({name} != null and {name} {sign} {number})"
        raise ValueError(f"'{condition}' cannot be translated")

    def conclusion(self, key: str) -> str:
        any_of = AnyOf(tuple(rule.when for rule in self._law.conclusions[key].rules))
        yes, no = self.holds(any_of, True), self.holds(any_of, False)
        return f"{yes} ? true : ({no} ? false : null)"

    def weight(self, key: str, sure: bool) -> str:
        """The heaviest weight that holds, or that still may."""
        found = "0"
        for rule in sorted(self._law.factors[key].rules, key=lambda one: one.weight or 0):
            weight = rule.weight or 0
            if sure:
                found = f"({self.holds(rule.when, True)} ? {weight} : {found})"
            else:
                found = f"({self.holds(rule.when, False)} ? {found} : {weight})"
        return found


def zen_engine(law: Law) -> Derive:
    """One graph for each level: for all nodes that read only those below."""
    import zen

    engine = zen.ZenEngine()
    said, steps = Expressions(law), []
    for level in durable.levels(law):
        nodes = [node for node in level if node.kind != "balance"]
        balances = [node.id for node in level if node.kind == "balance"]
        rows: list[tuple[str, str]] = []
        for number, node in enumerate(nodes):
            if node.kind == "conclusion":
                rows.append((node.id, said.conclusion(node.id)))
            else:  # a factor's id has a dot, which would be a path
                rows.append((f"low{number}", said.weight(node.id, True)))
                rows.append((f"high{number}", said.weight(node.id, False)))
        decision = engine.create_decision(zen.ZenDecisionContent(json.dumps(_graph(rows))))
        steps.append((nodes, decision, balances))

    def derive(values: Values, struck: Strike) -> Answer:
        known: dict[str, Any] = dict(values)
        conclusions: dict[str, Truth] = {}
        weights: dict[str, Range] = {}
        for nodes, decision, balances in steps:
            result = decision.evaluate(known)["result"]
            for number, node in enumerate(nodes):
                if node.kind == "conclusion":
                    known[node.id] = conclusions[node.id] = result.get(node.id)
                else:
                    weights[node.id] = result[f"low{number}"], result[f"high{number}"]
            for balance in balances:
                finding = law.balances[balance].decides
                known[finding] = conclusions[finding] = struck(balance, weights)
        return conclusions, weights

    return derive


def _graph(rows: list[tuple[str, str]]) -> dict[str, Any]:
    rows = rows or [("nothing", "true")]
    listed = [{"id": key, "key": key, "value": value} for key, value in rows]
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "e", "name": "e", "type": "expressionNode", "content": {"expressions": listed}},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "e"},
            {"id": "2", "type": "edge", "sourceId": "e", "targetId": "out"},
        ],
    }


def rule_engine(law: Law) -> Derive:
    """One rule for each conclusion and two for each factor, in the order of the law."""
    from rule_engine import Context, Rule

    said, context = Expressions(law), Context(default_value=None)
    # For a name that is missing it looks for one that is spelt alike, which takes milliseconds.
    nothing = dict.fromkeys((*law.facts, *law.derived, *law.conclusions, *law.findings))
    steps: list[tuple[Node, list[Any]]] = []
    for node in law.nodes:
        texts = []
        if node.kind == "conclusion":
            texts = [said.conclusion(node.id)]
        elif node.kind == "factor":
            texts = [said.weight(node.id, True), said.weight(node.id, False)]
        steps.append((node, [Rule(text, context=context) for text in texts]))

    def derive(values: Values, struck: Strike) -> Answer:
        known: dict[str, Any] = {**nothing, **values}
        conclusions: dict[str, Truth] = {}
        weights: dict[str, Range] = {}
        for node, rules in steps:
            found = [rule.evaluate(known) for rule in rules]
            if node.kind == "conclusion":
                known[node.id] = conclusions[node.id] = found[0]
            elif node.kind == "factor":
                weights[node.id] = int(found[0]), int(found[1])
            else:
                finding = law.balances[node.id].decides
                known[finding] = conclusions[finding] = struck(node.id, weights)
        return conclusions, weights

    return derive


def clips(law: Law) -> Derive:
    """Flat rules: for each conclusion and each rule of a factor those for yes and those for no.

    A fact is `(f_held yes)`; what is derived is also said as `(said 17 yes)`, to be read back.
    """
    import clips as engine

    domains = durable.domains(law)
    environment = engine.Environment()
    environment.build("(deftemplate said (slot of) (slot is))")
    for name in domains:
        if name:
            environment.build(f"(deftemplate f_{name} (slot is))")
    said: list[str] = []  # conclusions and rules of factors, numbered
    for node in law.nodes:
        conditions: list[tuple[str, Condition]] = []
        if node.kind == "conclusion":
            rules = law.conclusions[node.id].rules
            conditions = [(node.id, AnyOf(tuple(rule.when for rule in rules)))]
        elif node.kind == "factor":
            conditions = [(rule.id, rule.when) for rule in law.factors[node.id].rules]
        for key, when in conditions:
            number = len(said)
            said.append(key)
            for truth in (True, False):
                word = _word(truth)
                then = f"(assert (said (of {number}) (is {word})))"
                if node.kind == "conclusion":
                    then += f" (assert (f_{key} (is {word})))"
                for i, term in enumerate(durable.terms(when, truth, domains)):
                    tests = " ".join(_tests(term))
                    environment.build(f"(defrule r{number}_{word}_{i} {tests} => {then})")
    template = environment.find_template("said")
    steps = list(strata(law))

    def derive(values: Values, struck: Strike) -> Answer:
        environment.reset()
        facts = [
            f"(f_{key} (is {_word(value)}))" for key, value in values.items() if key in domains
        ]
        if facts:
            environment.load_facts("\n".join(facts))
        conclusions: dict[str, Truth] = {}
        weights: dict[str, Range] = {}
        for nodes, balance in steps:
            environment.run()
            truths = {said[fact["of"]]: fact["is"] == "yes" for fact in template.facts()}
            for node in nodes:
                if node.kind == "conclusion":
                    conclusions[node.id] = truths.get(node.id)
                else:
                    weights[node.id] = _range(law.factors[node.id].rules, truths)
            if balance is not None:
                finding = law.balances[balance.id].decides
                truth = conclusions[finding] = struck(balance.id, weights)
                if truth is not None:
                    environment.load_facts(f"(f_{finding} (is {_word(truth)}))")
        return conclusions, weights

    return derive


def _word(value: Any) -> str:
    """A value as CLIPS has it; a choice with a letter before it, as it may begin with a digit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else f"c_{value}"


def _tests(term: durable.Term) -> Iterator[str]:
    for i, (name, allowed) in enumerate(term.items()):
        if isinstance(allowed, range):
            within = f"?x{i}&:(<= {allowed.start} ?x{i} {allowed.stop - 1})"
        else:
            within = "|".join(sorted(map(_word, allowed)))
        yield f"(f_{name} (is {within}))"


def _range(rules: tuple[Rule, ...], truths: Mapping[str, bool]) -> Range:
    sure = (rule.weight or 0 for rule in rules if truths.get(rule.id))
    possible = (rule.weight or 0 for rule in rules if truths.get(rule.id) is not False)
    return max(sure, default=0), max(possible, default=0)


ENGINES: dict[str, Callable[[Law], Derive]] = {
    "direct (ours)": direct,
    "durable-rules (ours)": durable_rules,
    "zen-engine": zen_engine,
    "rule-engine": rule_engine,
    "clipspy": clips,
}


def compare(cases: int, seed: int) -> int:
    """How many random cases of the shipped rulebook any engine answers in another way."""
    law = Law(load(), DAY)
    engines = {name: make(law) for name, make in ENGINES.items() if name in usable(law)}
    struck, wrong, rng = strike(law), 0, Random(seed)
    for number in range(cases):
        values = random_values(rng, law)
        found = {name: derive(values, struck) for name, derive in engines.items()}
        wanted = found["direct (ours)"]
        if differ := [name for name, one in found.items() if one != wanted]:
            wrong += 1
            print(f"case {number}: {', '.join(differ)} differ: {dict(values)}")
    print(
        f"{cases:,} random cases, {len(engines)} engines: {wrong} answered in more than one way\n"
    )
    return wrong


def usable(law: Law) -> dict[str, tuple[Derive, float]]:
    """The engines that take the law, each with the seconds that its loading took."""
    found: dict[str, tuple[Derive, float]] = {}
    for name, make in ENGINES.items():
        gc.collect()
        started = process_time()
        try:
            derive = make(law)
            derive({}, lambda balance, weights: None)
        except Exception as error:  # whatever it refuses the law with
            print(f"{name} refuses {len(law.rules)} rules: {error}")
            continue
        found[name] = derive, process_time() - started
    return found


def looked_up(law: Law, conclusions: Mapping[str, Truth]) -> Strike:
    """A strike that takes no time: of balances whose findings are known."""
    findings = {key: conclusions[balance.decides] for key, balance in law.balances.items()}
    return lambda balance, weights: findings[balance]


def timed(law: Law, cases: int, in_a_row: int, seed: int) -> dict[str, tuple[float, float]]:
    """For each engine the median seconds of an assessment, and of loading."""
    assert law.rules  # worked out beforehand, for all
    engines, rng, struck = usable(law), Random(seed), strike(law)
    times: dict[str, list[float]] = {name: [] for name in engines}
    gc.disable()
    for _ in range(0, cases, in_a_row):
        row: list[tuple[Values, Strike]] = []
        for _ in range(in_a_row):
            values = random_values(rng, law)
            found = evaluate.derive(law, values, struck).conclusions
            row.append((values, looked_up(law, found)))
        for name, (derive, _) in engines.items():
            for case, findings in row:
                started = process_time()
                derive(case, findings)
                times[name].append(process_time() - started)
        gc.collect(0)
    gc.enable()
    return {name: (median(times[name]), engines[name][1]) for name in engines}


def resident() -> float:
    """The megabytes that this process has in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def grown(name: str, count: int, seed: int) -> float:
    """The megabytes that this process grows by in loading an engine and answering 20 cases."""
    law = Law(copies(load(), count), DAY)
    struck, rng = strike(law), Random(seed)
    cases = [random_values(rng, law) for _ in range(20)]
    assert law.rules
    gc.collect()
    before = resident()
    derive = ENGINES[name](law)
    for values in cases:
        derive(values, struck)
    return resident() - before


def memory(name: str, count: int, seed: int) -> float | None:
    """`grown` in a process of its own; None where this system does not tell it."""
    if not Path("/proc/self/statm").exists():
        return None
    asked = ["--grown", name, "--copies", str(count), "--seed", str(seed)]
    command = [sys.executable, "-m", "tests.benchmarks.peers", *asked]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description="Both evaluators beside three rule engines.")
    parser.add_argument("--cases", type=int, default=1000, help="to compare")
    parser.add_argument("--timed", type=int, default=200, help="to time, fewer of larger rulebooks")
    parser.add_argument("--in-a-row", type=int, default=10, help="before another engine's turn")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grown", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grown:
        print(grown(asked.grown, asked.copies[0], asked.seed))
        return 0
    wrong = compare(asked.cases, asked.seed)
    book = load()
    rows = []
    smallest: dict[str, float] = {}
    for count in asked.copies:
        law = Law(copies(book, count), DAY)
        found = timed(law, max(asked.timed // count, 20), asked.in_a_row, asked.seed)
        unit, unit_load = found["direct (ours)"]
        for name, (each, loading) in found.items():
            first = smallest.setdefault(name, each)
            used = memory(name, count, asked.seed)
            rows.append(
                f"| {len(law.rules):,} | {name} | {each * 1e6:,.0f} µs | {each / unit:.1f} "
                f"| {each / first:.1f} | {loading / unit_load:.1f} "
                f"| {'-' if used is None else f'{used:.1f} MB'} |"
            )
    columns = "rules | engine | an assessment | to direct | to its own first | load to direct"
    print(f"\n| {columns} | memory |", "|---|---|---|---|---|---|---|", *rows, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
