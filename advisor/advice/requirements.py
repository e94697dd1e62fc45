"""Which kind of response is to be sent, and what the notice must say: routes and requirements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.advice.circumstances import Clock, clock_runs
from advisor.assessment import Notice, Requirement
from advisor.reasoning.evaluate import checks
from advisor.rulebook.law import Law

# Facts that only the notice wants. Open, they change no outcome; the notice is then drawn up as
# for `no`, which is the fuller notice or the safer course.
Known = Mapping[str, Any]
NOT_BEGUN = "The time for answering has not begun, so there is no day to answer by yet."


def notice_for(law: Law, items: Mapping[str, Known], clock: Clock) -> Notice:
    """The notice for a case, from everything known of each of its items, by item id."""
    as_if = {key: as_for_no(law, known) for key, known in items.items()}
    routes = [route.id for route, holds in checks(law, "routes") if any(map(holds, as_if.values()))]
    found: list[Requirement] = []
    for requirement, holds in checks(law, "requirements"):
        applies = tuple(key for key, known in as_if.items() if holds(known))
        if applies:
            entry = requirement.entry
            found.append(
                Requirement(
                    requirement.id,
                    entry.provision,
                    entry.severity,
                    entry.text,
                    applies,
                    tuple(law.cites(entry.authority)),
                )
            )
    if not clock_runs(law, (known["outcome"] for known in items.values())):
        return Notice(tuple(routes), None, tuple(found), note=NOT_BEGUN)
    deadline = clock.deadline
    provisional = deadline.provisional if deadline else False
    return Notice(tuple(routes), clock.due, tuple(found), provisional, clock.why_not)


def as_for_no(law: Law, known: Known) -> dict[str, Any]:
    """What is known, with open facts of the notice taken as `no`."""
    return {**dict.fromkeys(law.notice_facts, False), **known}


def notice_needed(law: Law, notice: Notice) -> bool:
    """Whether section 17 wants a notice on some route of the response."""
    return any(route.entry.notice == "yes" for route in law.routes if route.id in notice.route)
