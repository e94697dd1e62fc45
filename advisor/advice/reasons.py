"""Why: the steps of a derivation that led to an item's outcome, in sentences with authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from advisor.assessment import Reason
from advisor.document.words import first_upper, provision_words
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.evaluate import check
from advisor.reasoning.outcome import Decision
from advisor.rulebook.conditions import All, AnyOf, Condition, Not, names
from advisor.rulebook.law import Law
from advisor.truth import word


def reasons(
    law: Law,
    derivation: Derivation,
    decision: Decision,
    known: Mapping[str, Any],
    limbs: tuple[str, ...],
) -> tuple[Reason, ...]:
    """The step that decides, then the rules that it stands on, each after what rests on it."""
    step = decision.step
    found: list[Reason] = []
    if step is not None:
        found.append(Reason(step.id, step.entry.because, tuple(law.cites(step.entry.authority))))
    covering = {law.limbs[one].engaged for one in limbs} & _yes(derivation)
    weighed = step is None or step.id in content_steps(law)
    wanted = set(names(step.when)) if step is not None else set()
    if weighed and covering:
        found.extend(
            _lost(law, derivation, [one for one in limbs if law.limbs[one].engaged in covering])
        )
    found.extend(_chain(law, derivation, wanted | (covering if weighed else set())))
    if weighed and not covering:
        found.extend(_not_covered(law, derivation, known, limbs))
    return tuple(found)


def _lost(law: Law, derivation: Derivation, covering: list[str]) -> Iterator[Reason]:
    """That a provision covers the information and loses the balance, where it does."""
    for finding, balance in law.findings.items():
        put = law.balances[balance].put
        of_content = any(
            finding in names(step.when) for step in law.gates if step.entry.limbs == "yes"
        )
        if of_content and derivation.conclusions[put] and derivation.conclusions[finding] is False:
            which = first_upper(" and ".join(map(provision_words, covering)))
            verb = "covers" if len(covering) == 1 else "cover"
            text = (
                f"{which} {verb} it, but the public interest in maintaining that does not outweigh."
            )
            yield Reason(finding, text, tuple(law.cites(law.balances[balance].authority)))


def _yes(derivation: Derivation) -> set[str]:
    return {key for key, truth in derivation.conclusions.items() if truth}


@lru_cache(maxsize=64)
def content_steps(law: Law) -> frozenset[str]:
    """The steps at which limbs are looked at, and those after them."""
    order = [step.id for step in law.gates]
    first = next((i for i, step in enumerate(law.gates) if step.entry.limbs == "yes"), len(order))
    return frozenset(order[first:])


def _chain(law: Law, derivation: Derivation, wanted: Iterable[str]) -> Iterator[Reason]:
    """The rules that make the wanted conclusions yes, and those that these rest on."""
    fired = {firing.rule: firing.facts for firing in derivation.trace}
    seen: set[str] = set()
    queue = [node.id for node in law.nodes if node.id in set(wanted)]
    while queue:
        key = queue.pop(0)
        if key in seen or key not in law.conclusions or not derivation.conclusions.get(key):
            continue
        seen.add(key)
        rule = next(r for r in law.conclusions[key].rules if derivation.rules[r.id])
        yield Reason(rule.id, rule.because, tuple(law.cites(rule.authority)))
        queue.extend(fired.get(rule.id, ()))


def _not_covered(
    law: Law, derivation: Derivation, known: Mapping[str, Any], limbs: tuple[str, ...]
) -> Iterator[Reason]:
    """Why the limbs that fail do fail: the answers that rule each out, said once."""
    said: set[tuple[str, ...]] = set()
    for limb in limbs:
        if derivation.conclusions[law.limbs[limb].engaged] is not False:
            continue
        blocking = tuple(dict.fromkeys(_blocks(law, law.limbs[limb].engaged, derivation, known)))
        if blocking in said:
            continue
        said.add(blocking)
        entry = law.limbs[limb]
        text = f"{first_upper(provision_words(limb))} does not cover it: {'; '.join(blocking)}."
        yield Reason(f"{limb} not engaged", text, tuple(law.cites(entry.authority)))


def _blocks(law: Law, name: str, derivation: Derivation, known: Mapping[str, Any]) -> Iterator[str]:
    """The answers by which a conclusion is no."""
    for rule in law.conclusions[name].rules:
        for part in failing(rule.when, known):
            for read in sorted(names(part)):
                if read in law.conclusions and not isinstance(part, Not):
                    yield from _blocks(law, read, derivation, known)
                elif read in law.conclusions:
                    yield law.conclusions[read].means.rstrip(".").lower()
                else:
                    yield _answered(law, read, known)


def _answered(law: Law, fact: str, known: Mapping[str, Any]) -> str:
    value = known.get(fact)
    shown = word(value) if isinstance(value, bool) else str(value)
    if fact not in law.facts:
        return f"{fact} is {shown}"
    return f"“{law.facts[fact].ask}” was answered “{law.facts[fact].choices.get(shown, shown)}”"


def failing(condition: Condition, known: Mapping[str, Any]) -> Iterator[Condition]:
    """The least parts by which a condition fails: one part of an `all`, every part of an `any`."""
    if check(condition)(known) is not False:
        return
    if isinstance(condition, All):
        yield from failing(next(p for p in condition.parts if check(p)(known) is False), known)
    elif isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from failing(part, known)
    else:
        yield condition
