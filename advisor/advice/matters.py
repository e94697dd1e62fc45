"""A case as matters to reason about, one for each of its parts."""

from __future__ import annotations

from advisor.advice.circumstances import Clock, of_the_case
from advisor.case import Case
from advisor.reasoning.known import read_facts
from advisor.reasoning.matter import Matter
from advisor.rulebook.law import Law


def matters(case: Case, law: Law) -> dict[str, Matter]:
    """Each item of a case as a matter to reason about, by its id."""
    circumstances = of_the_case(case, Clock(case), law.as_at)
    known = read_facts(case, law)
    return {item.id: Matter(known[item.id], item, circumstances) for item in case.items}
