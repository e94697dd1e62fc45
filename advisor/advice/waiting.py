"""What a part of a request is while a balance waits: what the holding notice of s.17(2) says of it.

Until the public interest is decided the exemption stands, whatever the weights say: a notice that
gave the information out, or said whether it is held, would be the decision that is put off.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from advisor.advice.reasons import content_steps
from advisor.assessment import PublicInterest, Waiting
from advisor.case import Item
from advisor.reasoning.evaluate import check
from advisor.reasoning.outcome import considered
from advisor.rulebook.law import Law

UNDECIDED = "public_interest_undecided"
SILENCE = "neither_confirm_nor_deny"


def while_it_waits(
    law: Law,
    item: Item,
    known: Mapping[str, Any],
    possible: Collection[str],
    content: PublicInterest | None,
    existence: PublicInterest | None,
) -> Waiting | None:
    """What the part is while a balance that is put in it waits; None where no balance can wait.

    A balance that the officer has concluded does not wait, and of a part that anything else keeps
    open nothing can be said yet. Whether to confirm or deny comes first.
    """
    if _may_wait(existence):
        for step in law.gates:
            if step.entry.outcome == SILENCE:
                return Waiting(SILENCE, step.entry.provisions)
            if check(step.when)(known) is not False:
                break
    # The outcomes between which a balance of content decides; the first is what a limb gives.
    of_content = [step.entry.outcome for step in law.gates if step.id in content_steps(law)]
    if not _may_wait(content) or not set(of_content).issuperset(possible):
        return None
    covering = [one for one in considered(law, item) if known.get(law.limbs[one].engaged) is True]
    return Waiting(of_content[0], tuple(sorted(covering))) if covering else None


def _may_wait(balance: PublicInterest | None) -> bool:
    return balance is not None and balance.decided_by == "rules"
