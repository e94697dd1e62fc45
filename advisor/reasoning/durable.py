"""The durable-rules evaluator: a law and known facts to a Derivation, derived by a Rete engine.

It answers as advisor.reasoning.evaluate does, by other means. Every rule is written out flat
twice: as the terms that make it yes and as those that make it no. What fires says which are met,
and by which facts; a rule for which nothing fires is unknown.

The engine is the C module of durable-rules, driven as docs/decisions/0008 says: no host, no
actions, only values of checked types, nothing ever retracted. A law is many
small rulesets, none of which reads what it concludes. For each case each has a session, which is
told all that is known in one message and deleted when its firings are done. What cannot be carried
is refused by the rule's id when a law is compiled. The engine knows names by a 32-bit hash only and
keeps some for itself, so no name reaches it: they are numbered, and the hashes of numbers differ.
"""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from threading import Lock

from advisor.reasoning.derivation import Derivation, Firing, Range, Strike, Value, Values
from advisor.rulebook.conditions import All, AnyOf, Compare, Condition, Holds, In, Not, names
from advisor.rulebook.law import Law, Node
from advisor.truth import Truth, disj

# Measured limits of durable-rules 2.0.28, past which it fails in the middle of a case, hangs or
# ends the process: 64 tests that one message has met at a time, which are of as many rules; 254
# properties of a message; 511 tests at a node. Small rulesets are fast as well: a session takes
# 12 kB for each rule, and of 64 it stays in the processor's cache.
MAX_RULES = 64  # in a ruleset
MAX_FACTS = 200  # that the rules of a ruleset test

MAX_TERMS = 256  # of one rule, either way: our own, so that writing it flat comes to an end
BEYOND = 10**9  # past any number that a condition names (nine digits at most)
KEPT = 4  # compiled laws

ALWAYS = ""  # a fact of every case, for rules that read none
YES_NO: tuple[Value, ...] = (True, False)

Domain = tuple[Value, ...] | None  # the values that a name can have, or None for whole numbers
Allowed = frozenset[Value] | range
Term = dict[str, Allowed]  # met when every name in it has an allowed value
Key = tuple[tuple[str, Allowed], ...]  # a term by its names in order: one rule of the engine
Check = tuple[str, Value]  # operator and value, in the engine's words
Met = tuple[int, str, bool]  # a term by its place in the law: its rule, and its truth

ANYHOW: Key = ((ALWAYS, frozenset({True})),)  # met in every case


class EngineLimit(ValueError):
    """A rule that durable-rules cannot carry, by its id, and why."""


@dataclass(frozen=True)
class Flat:
    """One term of a rule: where it is met, the rule is `truth`."""

    rule: str
    truth: bool
    term: Term

    @property
    def key(self) -> Key:
        return tuple(sorted(self.term.items())) or ANYHOW


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
    return flatten(law)[1]


def domains(law: Law) -> dict[str, Domain]:
    """What each name that a rule may test can be. Dates and texts cannot be tested."""
    found: dict[str, Domain] = dict.fromkeys(law.derived)
    for name, fact in law.facts.items():
        if fact.type in ("number", "year"):
            found[name] = None
        elif fact.type in ("yes_no", "choice"):
            found[name] = tuple(fact.choices) if fact.type == "choice" else YES_NO
    return found | dict.fromkeys((ALWAYS, *law.conclusions, *law.findings), YES_NO)


def terms(condition: Condition, wanted: bool, can_be: Mapping[str, Domain]) -> list[Term]:
    """Terms of which one is met exactly when `condition` is `wanted`; none where it never is.

    De Morgan's laws and distribution hold in three-valued logic too. What only the classical one
    may drop stays: `status in [every choice]` is unknown while the status is. Raises ValueError.
    """
    match condition:
        case Not(part):
            return terms(part, not wanted, can_be)
        case All(parts) | AnyOf(parts):
            sides = [terms(part, wanted, can_be) for part in parts]
            if isinstance(condition, All) is not wanted:
                return [term for side in sides for term in side]
            found: list[Term] = [{}]
            for side in sides:
                both = (meet(one, other) for one in found for other in side)
                found = [term for term in both if term is not None]
                if len(found) > MAX_TERMS:
                    raise ValueError(f"written out flat it has more than {MAX_TERMS} alternatives")
            return found
        case Holds(name) if can_be.get(name) == YES_NO:
            return [{name: frozenset({wanted})}]
        case In(name, values) if (choices := can_be.get(name)) and choices != YES_NO:
            left = frozenset(one for one in choices if (one in values) is wanted)
            return [{name: left}] if left else []
        case Compare(name, sign, number) if can_be.get(name, YES_NO) is None:
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
        match both.get(name, allowed), allowed:
            case range() as left, range() as right:
                both[name] = range(max(left.start, right.start), min(left.stop, right.stop))
            case frozenset() as left, frozenset() as right:
                both[name] = left & right
        if not both[name]:
            return None
    return both


def checks(allowed: Allowed, domain: Domain) -> tuple[Check, ...]:
    """The tests that only an allowed value passes."""
    if isinstance(allowed, range):
        return ("$gte", allowed.start), ("$lte", allowed.stop - 1)
    if len(allowed) == 1:
        return tuple(("$eq", one) for one in allowed)
    others = tuple(("$neq", one) for one in domain or () if one not in allowed)
    return others or (("$ex", 1),)


def flatten(law: Law) -> tuple[list[Flat], list[tuple[str, str]]]:
    """Every term of every rule; and every (rule, reason) that cannot be carried."""
    can_be = domains(law)
    flat: list[Flat] = []
    limits: list[tuple[str, str]] = []
    for rule in law.rules:
        try:
            for truth in (True, False):
                for term in terms(rule.when, truth, can_be):
                    if (many := len(term)) > MAX_FACTS:
                        raise ValueError(f"it looks at {many} facts together (at most {MAX_FACTS})")
                    flat.append(Flat(rule.id, truth, term))
        except ValueError as error:
            limits.append((rule.id, str(error)))
    return flat, limits


def levels(law: Law) -> list[list[Node]]:
    """The nodes of a law, each one level above the highest that it reads."""
    above: dict[str, int] = {}  # the first level that can read a name
    found: list[list[Node]] = []
    for node in law.nodes:
        reads = {name for rule in law.rules_of(node) for name in names(rule.when)}
        if node.kind == "balance":
            reads = {law.balances[node.id].put, *(one.id for one in law.balance_factors[node.id])}
        level = max((above.get(name, 0) for name in reads), default=0)
        if level == len(found):
            found.append([])
        found[level].append(node)
        above[concludes(law, node)] = level + 1
    return found


def concludes(law: Law, node: Node) -> str:
    """The name under which others read a node: of a balance the finding."""
    return law.balances[node.id].decides if node.kind == "balance" else node.id


class Ruleset:
    """Terms of one level in the engine."""

    def __init__(self, met: Mapping[Key, list[Met]], can_be: Mapping[str, Domain]) -> None:
        self._met = list(met.values())  # the terms that each rule of the engine stands for
        tested = dict.fromkeys(name for key in met for name, _ in key)
        self._numbers = {name: str(number) for number, name in enumerate(tested)}
        rules: dict[str, object] = {}
        for index, key in enumerate(met):
            tests = [
                {operator: {self._numbers[name]: value}}
                for name, allowed in key
                for operator, value in checks(allowed, can_be[name])
            ]
            rules[str(index)] = {"all": [{"m": {"$and": tests}}]}
        self._engine = import_module("durable_rules_engine")
        self._handle = self._engine.create_ruleset("law", json.dumps(rules))

    def fire(self, known: Mapping[str, str]) -> list[Met]:
        """Which terms are met by what is known, each value as JSON writes it."""
        told = [f'"{n}":{known[name]}' for name, n in self._numbers.items() if name in known]
        _, session = self._engine.assert_fact(self._handle, f'{{"id":"0",{",".join(told)}}}')
        _, message = self._engine.start_action_for_state(self._handle, session)
        met: list[Met] = []
        while message:  # {"index":{"m":...
            met += self._met[int(message[2 : message.index('":')])]
            message = self._engine.complete_and_start_action(self._handle, session)
        # `retract_facts` would look in firings that are gone, and past their end. `delete_state` is
        # safe, but only after a firing was completed, as one always is here (ANYHOW): until then it
        # follows a pointer that nothing has set. "0" is the session of facts that name none.
        self._engine.delete_state(self._handle, "0")
        return met

    def free(self) -> None:
        """Give the memory back. What an interrupted session holds is lost."""
        self._engine.delete_ruleset(self._handle)


def packed(terms: Iterable[tuple[Key, Met]]) -> list[dict[Key, list[Met]]]:
    """Terms in runs that a ruleset can carry, those that are the same as one rule."""
    same: defaultdict[Key, list[Met]] = defaultdict(list)
    for key, met in terms:
        same[key].append(met)
    found: list[dict[Key, list[Met]]] = []
    tested: set[str] = set()
    for key, mets in same.items():
        tested |= {name for name, _ in key}
        if not found or len(found[-1]) == MAX_RULES or len(tested) > MAX_FACTS:
            found.append({ANYHOW: []})
            tested = {name for name, _ in (*ANYHOW, *key)}
        found[-1].setdefault(key, []).extend(mets)
    return found


@dataclass(frozen=True)
class Level:
    """Nodes that do not read each other: their rules in the engine, and those of each node."""

    rulesets: list[Ruleset]
    conclusions: list[tuple[str, list[str]]]
    factors: list[tuple[str, list[tuple[int, str]]]]  # weights with their rules, heaviest first
    balances: list[tuple[str, str]]  # each with its finding


class Program:
    """A law's rules in the engine."""

    def __init__(self, law: Law) -> None:
        flat, limits = flatten(law)
        if limits:
            raise EngineLimit("{}: {}".format(*limits[0]))
        can_be = domains(law)
        self._rules = tuple(rule.id for rule in law.rules)
        self._concluded = [concludes(law, one) for one in law.nodes if one.kind != "factor"]
        asked = {name for one in flat for name in one.term}.difference(self._concluded)
        self._asked = {
            name: domain and {(type(one), one): json.dumps(one) for one in domain}
            for name, domain in can_be.items()
            if name in asked
        }
        self._firings = [Firing(one.rule, tuple(one.term)) for one in flat]
        terms: defaultdict[str, list[tuple[Key, Met]]] = defaultdict(list)
        for place, one in enumerate(flat):
            terms[one.rule].append((one.key, (place, one.rule, one.truth)))
        self._levels: list[Level] = []
        for nodes in levels(law):
            level = Level([], [], [], [])
            own: list[tuple[Key, Met]] = []
            for node in nodes:
                rules = law.rules_of(node)
                for rule in rules:
                    own += terms[rule.id]
                if node.kind == "conclusion":
                    level.conclusions.append((node.id, [rule.id for rule in rules]))
                elif node.kind == "factor":
                    weights = sorted(((one.weight or 0, one.id) for one in rules), reverse=True)
                    level.factors.append((node.id, weights))
                else:
                    level.balances.append((node.id, concludes(law, node)))
            level.rulesets.extend(Ruleset(met, can_be) for met in packed(own))
            self._levels.append(level)

    def derive(self, values: Values, strike: Strike) -> Derivation:
        """What follows from `values`. Raises ValueError."""
        known = self._known(values)
        status: dict[str, Truth] = dict.fromkeys(self._rules)
        conclusions: dict[str, Truth] = dict.fromkeys(self._concluded)
        weights: dict[str, Range] = {}
        held: list[int] = []
        for level in self._levels:
            for ruleset in level.rulesets:
                for place, rule, truth in ruleset.fire(known):
                    status[rule] = truth
                    if truth:
                        held.append(place)
            for factor, rules in level.factors:
                weights[factor] = _range(rules, status)
            found = [(name, disj(status[one] for one in own)) for name, own in level.conclusions]
            found += [(finding, strike(balance, weights)) for balance, finding in level.balances]
            for name, settled in found:
                conclusions[name] = settled
                if settled is not None:
                    known[name] = "true" if settled else "false"
        trace: dict[str, Firing] = {}
        for place in sorted(held):  # in the order of the rules, whatever came first
            firing = self._firings[place]
            trace.setdefault(firing.rule, firing)
        return Derivation("durable-rules", status, conclusions, weights, tuple(trace.values()))

    def _known(self, values: Values) -> dict[str, str]:
        """What the rules ask of a case, each value as JSON writes it."""
        found = {ALWAYS: "true"}
        for name, value in values.items():
            if name in self._asked:
                domain = self._asked[name]
                if domain is None and type(value) is int:
                    # No test tells these apart, and the engine reads no more than 64 bits.
                    found[name] = str(max(-BEYOND, min(BEYOND, value)))
                elif domain and (written := domain.get((type(value), value))):
                    found[name] = written
                else:
                    raise ValueError(f"{name} cannot be {value!r}")
        return found

    def free(self) -> None:
        """Give the memory back."""
        for level in self._levels:
            for ruleset in level.rulesets:
                ruleset.free()


def _range(weights: Iterable[tuple[int, str]], status: Mapping[str, Truth]) -> Range:
    """The weights of the heaviest rule that holds, and of the heaviest that still may."""
    heavy = 0
    for weight, rule in weights:
        if status[rule] is not False:
            heavy = max(heavy, weight)
            if status[rule]:
                return weight, heavy
    return 0, heavy


@lru_cache(maxsize=64)
def _edition(law: Law) -> tuple[str, ...]:
    """What laws of the same rules have in common."""
    return (law.book.digest, *(rule.id for rule in law.rules))


_lock = Lock()
_programs: OrderedDict[tuple[str, ...], Program] = OrderedDict()


def derive(law: Law, values: Values, strike: Strike) -> Derivation:
    """Every conclusion, weight and finding that follows from `values`, with the rules that hold.

    Raises EngineLimit where the engine cannot carry the law, ValueError where a value is not one
    that its fact can have, ImportError where the engine is not `available`. Threads take turns;
    `strike` must not derive in its turn.
    """
    key = _edition(law)
    with _lock:
        if key not in _programs:
            _programs[key] = Program(law)
            if len(_programs) > KEPT:
                _programs.popitem(last=False)[1].free()
        _programs.move_to_end(key)
        try:
            return _programs[key].derive(values, strike)
        except BaseException:
            # A session of this case may be left, and would be part of the next.
            _programs.pop(key).free()
            raise
