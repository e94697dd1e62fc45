"""Why a question is asked, on lines: for the interview and for `advisor next`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.interview.showing import endings

if TYPE_CHECKING:
    from advisor.cli.line import Lines, Shown
    from advisor.interview.why import Why
    from advisor.rulebook.law import Law


def show_why(lines: Lines | Shown, found: Why, law: Law) -> None:
    """What turns on a question, by which rule, and what each answer would lead to."""
    lines.say()
    if found.question.changes == "notice":
        lines.say("It changes no outcome, only what the notice must say:")
    else:
        lines.say("It can change the outcome:")
    for one in found.reasons:
        lines.say(f"- {one.text}", indent=2, hang=2)
        lines.say("; ".join(one.authority), indent=6)
    if found.answers and found.question.changes == "outcome":
        lines.say()
        lines.say("What each answer would lead to:")
        for text in endings(law, found.answers):
            lines.say(f"- {text}", indent=2, hang=2)
