"""The circumstances that conditions may read and nobody is asked, worked out for a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from advisor.case import Case, Draft
from advisor.rulebook.circumstances import OF_THE_CASE
from advisor.rulebook.law import Law

if TYPE_CHECKING:
    from advisor.assessment import PublicInterest
    from advisor.notice.working_days import Deadline

_NUMBERED = re.compile(r"s\d+[A-Z]{0,2}(\([0-9a-zA-Z]+\))*")
WHOLE_UNITED_KINGDOM = "(United Kingdom)"


@dataclass(frozen=True)
class Clock:
    """The s.10 date of a case, or why there is none yet."""

    case: Case

    @cached_property
    def deadline(self) -> Deadline | None:
        return self._computed[0]

    @property
    def why_not(self) -> str:
        return self._computed[1]

    @cached_property
    def _computed(self) -> tuple[Deadline | None, str]:
        from advisor.notice.working_days import DeadlineError, deadline

        case = self.case
        if case.received is None:
            return None, "The day of receipt is not given."
        try:
            found = deadline(
                case.received,
                clarified=case.clarified,
                fees_notice=case.fees_notice,
                fee_received=case.fee_received,
                authority_kind=case.authority.kind,
            )
        except DeadlineError as error:
            return None, str(error)
        return found, found.note

    @property
    def due(self) -> date | None:
        return self.deadline.due if self.deadline else None


def of_the_case(case: Case, clock: Clock, as_at: date) -> Mapping[str, Any]:
    """What the dates of a case and the kind of authority show."""
    return _OfTheCase(case, clock, as_at)


class _OfTheCase(Mapping[str, Any]):
    """The circumstances by name; those that take counting working days once they are read."""

    def __init__(self, case: Case, clock: Clock, as_at: date) -> None:
        self._case, self._clock = case, clock
        expected = case.decision_expected
        self._known: dict[str, Any] = {
            "authority_kind": case.authority.kind,
            "clarification_received": case.clarified is not None,
            "fees_notice_given": case.fees_notice is not None,
            "fee_outstanding": case.fees_notice is not None and case.fee_received is None,
            "decision_date_expected": expected is not None,
            "expected_date_passed": expected is not None and expected < as_at,
            "judged_after_the_decision": case.decided is not None and as_at > case.decided,
        }

    def __getitem__(self, name: str) -> Any:
        if name not in self._known and name in OF_THE_CASE:
            self._known.update(self._counted())
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(OF_THE_CASE)

    def __len__(self) -> int:
        return len(OF_THE_CASE)

    def _counted(self) -> dict[str, Any]:
        from advisor.notice.working_days import DeadlineError, extension_guide, is_working_day

        case, deadline, due = self._case, self._clock.deadline, self._clock.due
        try:
            arrived_on_a_day_off = case.received is not None and not is_working_day(case.received)
            guide = extension_guide(due) if due is not None else None
        except DeadlineError:  # years whose working days are not known; the notice's note says so
            arrived_on_a_day_off, guide = False, None
        left_out = [one.why for one in deadline.left_out] if deadline else []
        expected = case.decision_expected
        return {
            "received_on_a_non_working_day": arrived_on_a_day_off,
            "local_holiday_left_out": any(
                why.endswith(")") and not why.endswith(WHOLE_UNITED_KINGDOM) for why in left_out
            ),
            "decided_late": due is not None and case.decided is not None and case.decided > due,
            "extension_is_long": (guide is not None and expected is not None and expected > guide),
        }


def of_the_decision(
    law: Law,
    outcome: str,
    provisions: tuple[str, ...],
    content: PublicInterest | None,
    existence: PublicInterest | None,
    draft: Draft | None,
) -> dict[str, Any]:
    """What the recommendation for an item and its draft show."""
    found = of_the_outcome(law, outcome, provisions)
    found["officer_concluded_otherwise"] = any(
        one is not None and one.decided_by == "officer" and one.result != one.rules_result
        for one in (content, existence)
    )
    for name, balance in (("content", content), ("confirm_or_deny", existence)):
        found[f"{name}_result"] = balance.result if balance else "not_struck"
        found[f"{name}_margin"] = (balance.margin if balance else None) or "not_known"
    found.update(_of_the_draft(law, outcome, draft))
    return found


def of_the_outcome(law: Law, outcome: str, provisions: tuple[str, ...]) -> dict[str, Any]:
    """What an outcome shows, and the provisions that it relies on."""
    return {
        "outcome": outcome,
        "decision": frozenset(provisions),
        "relies_on_qualified": any(_qualified(law, one) for one in provisions),
        "refused": law.outcomes[outcome].kind == "refused",
    }


def _of_the_draft(law: Law, outcome: str, draft: Draft | None) -> dict[str, Any]:
    cited = draft.provisions if draft else ()
    refuses = draft is not None and law.outcomes[draft.outcome].kind == "refused"
    sections = {_section(one) for one in cited}
    return {
        "draft_given": draft is not None,
        "draft": frozenset(cited),
        "draft_outcome": draft.outcome if draft else "none",
        "draft_refuses": refuses,
        "draft_notice": (draft.notice or "not_said") if draft else "not_said",
        "draft_cites_nothing": refuses and not cited,
        "draft_without_number": refuses and any(not _NUMBERED.fullmatch(one) for one in cited),
        "draft_without_limb": refuses and any(_lacks_limb(law, one) for one in cited),
        "draft_relies_on_absolute": any(_kind(law, one) == "absolute" for one in cited),
        "draft_relies_on_several_qualified": (
            sum(_kind(law, one) in ("qualified", "either") for one in sections) > 1
        ),
        "draft_is_as_recommended": draft is not None and draft.outcome == outcome,
    }


def _section(provision: str) -> str:
    return provision.split("(")[0]


def _kind(law: Law, provision: str) -> str:
    exemption = law.exemptions.get(_section(provision))
    return exemption.kind if exemption else "unknown"


def _qualified(law: Law, provision: str) -> bool:
    return _kind(law, provision) == "qualified"


def _lacks_limb(law: Law, provision: str) -> bool:
    """Whether limbs stand below the provision that is cited, so that none of them is named."""
    exemption = law.exemptions.get(_section(provision))
    if exemption is None:
        return False
    return any(limb != provision and limb.startswith(provision + "(") for limb in exemption.limbs)


def _on_tested(law: Law, draft: Draft | None) -> bool:
    """Whether a draft refuses on nothing but provisions that the rulebook has rules for."""
    if draft is None or law.outcomes[draft.outcome].kind != "refused":
        return False
    sections = (law.exemptions.get(_section(one)) for one in draft.provisions)
    return all(one is not None and one.tested == "yes" for one in sections)


def clock_runs(law: Law, outcomes: Iterable[str]) -> bool:
    """Whether the time for answering has begun for some item, by the items' outcomes."""
    return any(law.outcomes[one].clock == "runs" for one in outcomes)


# What the count of working days shows; false while no time runs.
_COUNTED = ("local_holiday_left_out", "decided_late", "extension_is_long")


def of_the_whole(law: Law, outcomes: Mapping[str, str], case: Case) -> dict[str, Any]:
    """What all items together show; it goes before what the case alone shows."""
    drafts = [item.proposed for item in case.items]
    not_begun = {} if clock_runs(law, outcomes.values()) else dict.fromkeys(_COUNTED, False)
    return {
        **not_begun,
        "some_item_disclosed": any(law.outcomes[o].kind == "disclosed" for o in outcomes.values()),
        "part_refused_without_ground": len(case.items) > 1
        and any(
            law.outcomes[outcomes[item.id]].kind == "disclosed" and _on_tested(law, item.proposed)
            for item in case.items
        ),
        "draft_refuses_everything": all(
            draft is not None and law.outcomes[draft.outcome].kind == "refused" for draft in drafts
        ),
    }
