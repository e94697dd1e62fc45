"""The durable-rules evaluator: a law and known facts to a Derivation, derived by a Rete engine.

It answers as advisor.reasoning.evaluate does, by other means. Every rule is written out flat
twice: as the terms that make it yes and as those that make it no. What fires says which are met,
and by which facts; a rule for which nothing fires is unknown.

The engine is the C module of durable-rules, driven as docs/decisions/0008 says: no host, no
actions, only values of checked types, never an empty batch, one session a case, nothing ever
retracted. What it cannot carry is refused by the rule's id when a law is compiled. It knows names
by a 32-bit hash only and keeps some for itself, so no name reaches it: names are numbered, and the
hashes of all numbers that can occur differ.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from math import isqrt
from threading import Lock

from advisor.reasoning.derivation import Derivation, Firing, Range, Strike, Value, Values
from advisor.rulebook import conditions
from advisor.rulebook.conditions import All, AnyOf, Compare, Condition, Holds, In, Not
from advisor.rulebook.law import Factor, Law
from advisor.truth import Truth, disj

# Measured limits of durable-rules 2.0.28 (design/ENGINE.md). Past them it fails in the middle of
# a case, hangs or ends the process.
MAX_FACTS = 16  # conditions in one of its rules
MAX_TESTS = 64  # tests that one fact can match at once
MAX_USES = 255  # rules that share one condition
MAX_RULES = 4096  # rules in a ruleset

MAX_TERMS = 256  # of one rule, either way: our own, so that writing it flat comes to an end
BEYOND = 10**9  # past any number that a condition names (nine digits at most)
KEPT = 4  # compiled laws; each holds about 11 kB for every condition

ALWAYS = ""  # a fact of every case, for rules that read none; so no batch is ever empty
YES_NO: tuple[Value, ...] = (True, False)

Domain = tuple[Value, ...] | None  # the values that a name can have, or None for whole numbers
Allowed = frozenset[Value] | range
Term = dict[str, Allowed]  # met when every name in it has an allowed value
Key = frozenset[tuple[str, Allowed]]  # a term without its order: one rule of the engine
Check = tuple[str, Value]  # operator and value, in the engine's words


class EngineLimit(ValueError):
    """A rule that durable-rules cannot carry, by its id, and why."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule, self.reason = rule, reason


@dataclass(frozen=True)
class Flat:
    """One term of a rule: where it is met, the rule is `truth`."""

    rule: str
    truth: bool
    term: Term

    @property
    def key(self) -> Key:
        return frozenset(self.term.items())


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether the engine can be imported: not on Python 3.13 and later, even where it installs."""
    try:
        import_module("durable_rules_engine")
    except ImportError:
        return False
    return True


def refusals(law: Law) -> list[tuple[str, str]]:
    """Every (rule, reason) that the engine cannot carry. Does not need the engine."""
    return [(limit.rule, limit.reason) for limit in flatten(law)[1]]


def domains(law: Law) -> dict[str, Domain]:
    """What each name that a rule may test can be. Dates and texts cannot be tested."""
    found: dict[str, Domain] = dict.fromkeys(law.derived)
    for name, fact in law.facts.items():
        if fact.type in ("number", "year"):
            found[name] = None
        elif fact.type in ("yes_no", "choice"):
            found[name] = tuple(fact.choices) if fact.type == "choice" else YES_NO
    return found | dict.fromkeys((ALWAYS, *law.conclusions, *law.findings), YES_NO)


def terms(condition: Condition, wanted: bool, names: Mapping[str, Domain]) -> list[Term]:
    """Terms of which one is met exactly when `condition` is `wanted`; none where it never is.

    De Morgan's laws and distribution hold in three-valued logic too. What only the classical one
    may drop stays: `status in [every choice]` is unknown while the status is. Raises ValueError.
    """
    match condition:
        case Not(part):
            return terms(part, not wanted, names)
        case All(parts) | AnyOf(parts):
            sides = [terms(part, wanted, names) for part in parts]
            if isinstance(condition, All) is not wanted:
                return [term for side in sides for term in side]
            found: list[Term] = [{}]
            for side in sides:
                both = (meet(one, other) for one in found for other in side)
                found = [term for term in both if term is not None]
                if len(found) > MAX_TERMS:
                    raise ValueError(f"written out flat it has more than {MAX_TERMS} alternatives")
            return found
        case Holds(name) if names.get(name) == YES_NO:
            return [{name: frozenset({wanted})}]
        case In(name, values) if (choices := names.get(name)) and choices != YES_NO:
            left = frozenset(one for one in choices if (one in values) is wanted)
            return [{name: left}] if left else []
        case Compare(name, sign, number) if names.get(name, YES_NO) is None:
            return [{name: span(sign, number, wanted)}]
    raise ValueError(f"'{condition}' is not a test that the facts of a case can meet")


def span(sign: str, number: int, wanted: bool) -> range:
    """The whole numbers that stand in this relation to `number`, or do not."""
    if abs(number) >= BEYOND:
        raise ValueError(f"{number} is too large a number")
    cut = number + (sign in (">", "<="))  # the first number above the line
    return range(cut, BEYOND + 1) if (sign[0] == ">") is wanted else range(-BEYOND, cut)


def meet(one: Term, other: Term) -> Term | None:
    """Both terms in one, or None where they contradict each other.

    The engine never fires a rule with two conditions on one fact, so they become one.
    """
    both = dict(one)
    for name, allowed in other.items():
        left = both.get(name, allowed)
        if isinstance(left, range) and isinstance(allowed, range):
            allowed = range(max(left.start, allowed.start), min(left.stop, allowed.stop))
        elif isinstance(left, frozenset) and isinstance(allowed, frozenset):
            allowed = left & allowed
        if not allowed:
            return None
        both[name] = allowed
    return both


def checks(allowed: Allowed, domain: Domain) -> tuple[Check, ...]:
    """The tests that only an allowed value passes; none where every value is allowed."""
    if isinstance(allowed, range):
        low = (("$gte", allowed.start),) if allowed.start > -BEYOND else ()
        return (*low, ("$lte", allowed.stop - 1)) if allowed.stop <= BEYOND else low
    if len(allowed) == 1:
        return tuple(("$eq", one) for one in allowed)
    return tuple(("$neq", one) for one in domain or () if one not in allowed)


def flatten(law: Law) -> tuple[list[Flat], list[EngineLimit]]:
    """Every term of every rule, after one that fires in every case; and what cannot be carried."""
    names = domains(law)
    flat: list[Flat] = []
    limits: list[EngineLimit] = []
    seen: set[Key] = set()
    uses: Counter[tuple[str, tuple[Check, ...]]] = Counter()
    tests: defaultdict[str, set[tuple[Check, ...]]] = defaultdict(set)
    for rule, when in [("", conditions.ALWAYS), *((one.id, one.when) for one in law.rules)]:
        try:
            sides = {truth: terms(when, truth, names) for truth in (True, False)}
        except ValueError as error:
            limits.append(EngineLimit(rule, str(error)))
            continue
        new = [
            Flat(rule, truth, term or {ALWAYS: frozenset(YES_NO)})
            for truth, side in sides.items()
            for term in side
        ]
        flat.extend(new)
        reasons = []
        for one in new:
            if one.key in seen:
                continue
            seen.add(one.key)
            if len(seen) > MAX_RULES:
                reasons.append(f"with it the rulebook has more than {MAX_RULES} alternatives")
            if len(one.term) > MAX_FACTS:
                reasons.append(f"it looks at {len(one.term)} facts together (at most {MAX_FACTS})")
            for name, allowed in one.term.items():
                path = checks(allowed, names[name])
                uses[name, path] += 1
                if uses[name, path] > MAX_USES:
                    reasons.append(f"'{name}' is tested in this way more than {MAX_USES} times")
                # Each step of a path is a node, shared with the paths that begin in the same way.
                steps = {path[: i + 1] for i in range(len(path))} - tests[name]
                tests[name] |= steps
                if steps and len(tests[name]) > MAX_TESTS:
                    reasons.append(f"'{name}' is tested in more than {MAX_TESTS} ways")
        limits.extend(EngineLimit(rule, reason) for reason in dict.fromkeys(reasons))
    return flat, limits


class Program:
    """A law's rules in the engine, and the session of the case that is being derived."""

    def __init__(self, law: Law) -> None:
        self.flat, limits = flatten(law)
        if limits:
            raise limits[0]
        self._domains = domains(law)
        names = list(dict.fromkeys(name for one in self.flat for name in one.term))
        self._numbers = {name: number for number, name in enumerate(names)}
        # A node of the engine holds 511 tests, so a name is found in two steps: group, number.
        self._group = isqrt(len(names)) + 1
        self._is_open = False
        self._engine = import_module("durable_rules_engine")
        same: defaultdict[Key, list[int]] = defaultdict(list)
        for index, one in enumerate(self.flat):
            same[one.key].append(index)
        self._met = list(same.values())  # the terms that each rule of the engine stands for
        rules = {
            str(index): {"all": self._all(self.flat[first].term)}
            for index, (first, *_) in enumerate(self._met)
        }
        self._met[0].remove(0)  # which says no more than that a case has begun
        self._handle = self._engine.create_ruleset("law", json.dumps(rules))

    def _all(self, term: Term) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for place, (name, allowed) in enumerate(term.items()):
            tests: list[object] = [{key: value} for key, value in self._address(name).items()]
            path = checks(allowed, self._domains[name])
            tests += [{operator: {"value": value}} for operator, value in path]
            found.append({f"m{place}": {"$and": tests}})
        return found

    def _address(self, name: str) -> dict[str, Value]:
        number = self._numbers[name]
        return {"group": number // self._group, "number": number}

    def tell(self, facts: Mapping[str, Value]) -> list[int]:
        """Which terms fire when these facts are added to those of the case."""
        # Nothing is told that no rule tests: the engine would not keep it.
        batch = [self._fact(*one) for one in facts.items() if one[0] in self._numbers]
        if not batch:  # which would end the process
            return []
        _, session = self._engine.assert_facts(self._handle, f"[{','.join(batch)}]")
        started = self._engine.start_action_for_state(self._handle, session)
        message = started and started[1]
        fired: list[int] = []
        while message:  # {"index":{"m0":...
            fired += self._met[int(message[2 : message.index('"', 2)])]
            message = self._engine.complete_and_start_action(self._handle, session)
            self._is_open = True
        return fired

    def _fact(self, name: str, value: Value) -> str:
        domain = self._domains[name]
        if domain is None and type(value) is int:
            # No test tells these apart, and the engine reads no more than 64 bits of a number.
            value = max(-BEYOND, min(BEYOND, value))
        elif not domain or value not in domain or type(value) is not type(domain[0]):
            raise ValueError(f"{name} cannot be {value!r}")
        fact = {"id": str(self._numbers[name]), **self._address(name), "value": value}
        return json.dumps(fact)

    def clear(self) -> None:
        """Forget the case, so that the next one begins with nothing.

        `retract_facts` would corrupt memory once a term of several facts has fired: it looks for
        them in a firing that is gone, and past its end. `delete_state` is safe, but only after a
        firing was completed: until then it follows a pointer that nothing has set.
        """
        if self._is_open:
            self._engine.delete_state(self._handle, "0")  # the session of facts that name none
            self._is_open = False

    def free(self) -> None:
        """Give the memory back; `delete_ruleset` alone keeps the session's."""
        self.clear()
        self._engine.delete_ruleset(self._handle)


_lock = Lock()
_programs: OrderedDict[tuple[str, ...], Program] = OrderedDict()


def derive(law: Law, values: Values, strike: Strike) -> Derivation:
    """Every conclusion, weight and finding that follows from `values`, with the rules that hold.

    Raises EngineLimit where the engine cannot carry the law, ValueError where a value is not one
    that its fact can have, ImportError where the engine is not `available`. Threads take turns;
    `strike` must not derive in its turn.
    """
    key = (law.book.digest, *(rule.id for rule in law.rules))
    with _lock:
        if key not in _programs:
            _programs[key] = Program(law)
            if len(_programs) > KEPT:
                _programs.popitem(last=False)[1].free()
        _programs.move_to_end(key)
        try:
            derivation = _derive(_programs[key], law, values, strike)
            _programs[key].clear()
        except BaseException:
            # Facts or a firing of this case may be left, and would be part of the next.
            _programs.pop(key).free()
            raise
    return derivation


def _derive(program: Program, law: Law, values: Values, strike: Strike) -> Derivation:
    status: dict[str, Truth] = dict.fromkeys(rule.id for rule in law.rules)
    settled: dict[str, bool] = {}
    fired: list[int] = []

    def tell(news: Mapping[str, Value]) -> None:
        """Add what is new, then each conclusion that this settles, until nothing more follows."""
        while news:
            new = program.tell(news)
            fired.extend(new)
            status.update((program.flat[i].rule, program.flat[i].truth) for i in new)
            found: dict[str, bool] = {}
            for key, conclusion in law.conclusions.items():
                if key not in settled:
                    truth = disj(status[rule.id] for rule in conclusion.rules)
                    if truth is not None:
                        found[key] = truth
            settled.update(found)
            news = found

    asked = law.facts.keys() | law.derived.keys()
    tell({ALWAYS: True} | {key: value for key, value in values.items() if key in asked})
    conclusions: dict[str, Truth] = {}
    weights: dict[str, Range] = {}
    for node in law.nodes:
        if node.kind == "conclusion":
            conclusions[node.id] = settled.get(node.id)
        elif node.kind == "factor":
            weights[node.id] = _range(law.factors[node.id], status)
        else:
            finding = law.balances[node.id].decides
            truth = conclusions[finding] = strike(node.id, weights)
            if truth is not None:
                tell({finding: truth})
    trace: dict[str, Firing] = {}
    for index in sorted(fired):  # in the order of the rules, whatever came first
        one = program.flat[index]
        if one.truth:
            names = tuple(name for name in one.term if name != ALWAYS)
            trace.setdefault(one.rule, Firing(one.rule, names))
    return Derivation("durable-rules", status, conclusions, weights, tuple(trace.values()))


def _range(factor: Factor, status: Mapping[str, Truth]) -> Range:
    """The weights of the heaviest rule that holds, and of the heaviest that still may."""
    sure = (rule.weight or 0 for rule in factor.rules if status[rule.id])
    possible = (rule.weight or 0 for rule in factor.rules if status[rule.id] is not False)
    return max(sure, default=0), max(possible, default=0)
