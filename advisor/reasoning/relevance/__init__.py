"""What can still matter: the outcomes that are possible, and the questions worth asking.

A completion gives every open fact some value. What is said here is said of all completions, and
exactly: an outcome is possible if a completion has it, and a fact is outstanding if two
completions that differ in nothing else have different outcomes. The three-valued reading of the
law (advisor.reasoning.evaluate) is sound, but may leave several outcomes possible where every
completion has the same one; then what is said here is right.

How: answers that the law does not tell apart are one (`domains`); what decides is written as
functions of the open facts (`formulas`, `compiled`); answers shrink them (`remainder`); what they
leave open is settled by looking for a completion that shows it (`search`).
"""

from advisor.reasoning.relevance.changes import Change, changes
from advisor.reasoning.relevance.questions import (
    Witnesses,
    is_outstanding,
    leads_to,
    next_fact,
    outstanding,
    possible_findings,
    possible_outcomes,
)

__all__ = [
    "Change",
    "Witnesses",
    "changes",
    "is_outstanding",
    "leads_to",
    "next_fact",
    "outstanding",
    "possible_findings",
    "possible_outcomes",
]
