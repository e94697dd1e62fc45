"""What an officer can say instead of an answer: change one, split a part, take a part out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.interview import headers, parts, walk
from advisor.interview.prompts import Reply, Step, shortened
from advisor.register.events import Event
from advisor.sources import nearest

if TYPE_CHECKING:
    from advisor.interview.dialogue import Interview
    from advisor.interview.listing import Row


def change(interview: Interview, words: str) -> Reply:
    """Ask an answer again: `[PART] NAME [NEW ANSWER]`, NAME a fact, a factor or a field."""
    first, *rest = words.split() or [""]
    part = parts.named(interview.case, first) if rest or first.isdigit() else None
    if part is not None:
        first, *rest = rest or [""]
    name = first.casefold().replace("-", "_")
    step = _step_called(interview, name, part)
    if isinstance(step, Reply):
        return step
    interview.form = None
    interview.turn(step)
    return interview.answer(" ".join(rest)) if rest else Reply(True)


def _step_called(interview: Interview, name: str, part: str | None) -> Step | Reply:
    """What a name means: of the part that is given, else the part that is asked about."""
    name = {"authority": "authority_name", "kind": "authority_kind"}.get(name, name)
    if name == "reference":
        return Reply(False, "the reference is what it is saved by, and stays", "")
    if name in headers.NAMES:
        return Step("header", name)
    law, case = interview.law, interview.case
    fact = law.facts.get(name)
    if fact is not None and fact.scope == "request" and case.items:
        return Step("fact", name)
    factors = {factor.name for factor in law.factors.values()}
    if fact is None and name not in (*factors, "description", "conclusion"):
        known = [*law.facts, *factors, *headers.NAMES, "description", "conclusion"]
        right = nearest(name, known) or ":list shows the names"
        return Reply(False, f"there is no answer called '{shortened(name)}'", right)
    item = part or _part_meant(interview)
    if item is None and fact is not None and fact.ask_once == "yes" and case.items:
        return Step("every", name)
    if item is None:
        return Reply(False, "say of which part", f"for example :change 1 {name}")
    if fact is not None:
        return Step("fact", name, item)
    if name == "description":
        return Step("described", "", item)
    kind, key = ("conclude", "") if name == "conclusion" else ("factor", name)
    for balance, _ in walk.balances(interview.decided(item)):
        step = Step(kind, key, item, balance)  # type: ignore[arg-type]
        try:
            interview.prompt_for(step)
        except KeyError:
            continue
        return step
    return Reply(False, f"'{name}' is not in the balance as it stands")


def _part_meant(interview: Interview) -> str | None:
    """The part that is asked about or, where there is one, the only one."""
    items = interview.case.items
    return interview.prompt.step.item or (items[0].id if len(items) == 1 else None)


def split(interview: Interview, words: str) -> Reply:
    """Split a part: `[PART] [WHAT IS IN THE NEW ONE]`."""
    case = interview.case
    first, _, rest = words.strip().partition(" ")
    item = parts.named(case, first)
    description = rest if item is not None else words
    item = item or _part_meant(interview)
    if item is None:
        return Reply(False, "say which part", "for example :split 1")
    interview.turn_to_split(item)
    return interview.answer(description) if description.strip() else Reply(True)


def listed(interview: Interview, words: str) -> list[Row] | Reply:
    """The answers of a part, or those to a fact: `[PART] [FACT]`."""
    law, item = interview.law, None
    first, *rest = words.split()
    if (part := parts.named(interview.case, first)) is not None:
        item, (first, *rest) = part, rest or [""]
    fact = first.casefold().replace("-", "_")
    if rest or (fact and fact not in law.facts):
        right = nearest(fact, law.facts) or ":list 1 and :list NAME list less than :list"
        return Reply(False, f"there is no part and no fact called '{shortened(words)}'", right)
    found = [row for row in interview.list() if item in (None, row.item) and fact in ("", row.fact)]
    return found or Reply(False, f"nothing is answered yet of '{shortened(words)}'")


def remove(interview: Interview, words: str) -> Reply:
    """Take a part out that was named by mistake: `PART`."""
    item = parts.named(interview.case, words.strip())
    if item is None:
        return Reply(False, "say which part", "for example :remove 2")
    if len(interview.case.items) == 1:
        return Reply(False, "it is the only part", ":change description says what it is")
    label = parts.label(interview.case, item)
    interview.add(Event("item_removed", {"item": item}))
    return Reply(True, f"Removed: {label}")
