"""A case as matters to reason about, one for each of its parts."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice.circumstances import Clock, of_the_case
from advisor.case import Case
from advisor.reasoning.known import read_facts
from advisor.reasoning.matter import Matter
from advisor.rulebook.circumstances import OF_THE_CASE
from advisor.rulebook.conditions import names
from advisor.rulebook.law import Law


def matters(case: Case, law: Law) -> dict[str, Matter]:
    """Each item of a case as a matter to reason about, by its id."""
    circumstances = of_the_case(case, Clock(case), law.as_at)
    known = read_facts(case, law)
    return {item.id: Matter(known[item.id], item, circumstances) for item in case.items}


def deciding(matter: Matter) -> Matter:
    """A matter with only the circumstances that decide: the others may take counting days."""
    read = {name for step in matter.law.gates for name in names(step.when) if name in OF_THE_CASE}
    return replace(matter, circumstances={name: matter.circumstances[name] for name in read})
