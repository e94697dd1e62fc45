"""The whole of the advice: a case under a law becomes an Assessment.

Each item is derived (by both evaluators, where both can run), weighed, and decided in order;
then the case as a whole, the notice it needs, and what to watch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.advice.circumstances import (
    Clock,
    of_the_case,
    of_the_decision,
    of_the_outcome,
    of_the_whole,
)
from advisor.advice.matters import matters as matters
from advisor.advice.precedents import beside, with_warnings
from advisor.advice.reasons import content_steps, reasons
from advisor.advice.requirements import notice_for, notice_needed
from advisor.advice.waiting import UNDECIDED, while_it_waits
from advisor.advice.warnings import never_asked, not_counted, not_tested, raised
from advisor.assessment import (
    Assessment,
    DecidedMatter,
    Excluded,
    ItemAssessment,
    PublicInterest,
    Waiting,
    WeighedFactor,
)
from advisor.case import Case, Item
from advisor.reasoning import relevance
from advisor.reasoning.agreement import Engine, derive
from advisor.reasoning.balance import compare_ranges, sides, weighed
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.known import read_facts
from advisor.reasoning.matter import Matter
from advisor.reasoning.outcome import Decision, considered, engaged, holds, relied_on
from advisor.rulebook.conditions import is_part
from advisor.rulebook.law import Law, When
from advisor.rulebook.model import Balance


def assess(
    case: Case, law: Law, engine: Engine = "both", *, outstanding: bool = True
) -> Assessment:
    """The advice on a case under the law of one day.

    What is still to be asked of an open part takes some twenty times the rest to find, and is
    left empty where `outstanding` is not wanted. Raises InputError where the case says what the
    rulebook does not know, and Disagreement where the two evaluators differ.
    """
    clock = Clock(case)
    circumstances = of_the_case(case, clock, law.as_at)
    known = read_facts(case, law)
    decided = [
        Decided.of(Matter(known[item.id], item, circumstances), engine) for item in case.items
    ]
    whole = of_the_whole(law, {one.item.id: one.outcome for one in decided}, case)
    items = {one.item.id: {**one.everything, **whole} for one in decided}
    meanwhile = {one.item.id: one.meanwhile for one in decided}
    sent = of_the_whole(law, {key: one["outcome"] for key, one in meanwhile.items()}, case)
    notice = notice_for(law, {key: {**one, **sent} for key, one in meanwhile.items()}, clock)
    of_request = {**next(iter(items.values())), **_worst(decided)}
    return Assessment(
        reference=case.reference,
        as_at=law.as_at,
        rulebook_version=law.about.version,
        rulebook_digest=law.book.digest,
        law_as_at=law.about.law_as_at,
        derived_by=decided[0].derived_by,
        items=tuple(one.assessment(items[one.item.id], outstanding) for one in decided),
        outcome=overall([law.outcomes[one.outcome].kind for one in decided]),
        refusal_notice=notice_needed(law, notice),
        notice=notice,
        warnings=raised(law, of_request, "request"),
    )


def nearest_matters(case: Case, law: Law, limit: int) -> dict[str, tuple[DecidedMatter, ...]]:
    """The decided matters nearest to each item of a case, by its id."""
    decided = {key: Decided.of(matter, "direct") for key, matter in matters(case, law).items()}
    return {key: one.precedents(limit) for key, one in decided.items()}


def overall(kinds: list[str]) -> str:
    """The outcome of a whole case from the kinds of its items' outcomes."""
    if "undetermined" in kinds:
        return "undetermined"
    if "disclosed" in kinds:
        return "disclose_all" if set(kinds) == {"disclosed"} else "disclose_part"
    if "refused" in kinds:
        return "refuse_all"
    return "nothing_held" if set(kinds) == {"not_held"} else "other"


def _worst(decided: list[Decided]) -> dict[str, Any]:
    """For warnings about the request: what is so of any of its items, refused if only meanwhile."""
    return {
        "refused": any(one.meanwhile["refused"] for one in decided),
        "balance_may_wait": any(one.everything["balance_may_wait"] for one in decided),
    }


@dataclass(frozen=True)
class Decided:
    """An item after derivation, balance and decision."""

    matter: Matter
    derivation: Derivation
    derived_by: tuple[str, ...]
    decision: Decision
    possible: tuple[str, ...]
    content: PublicInterest | None
    existence: PublicInterest | None
    may_wait: Waiting | None
    everything: Mapping[str, Any]

    @property
    def item(self) -> Item:
        return self.matter.item

    @property
    def outcome(self) -> str:
        return self.possible[0] if len(self.possible) == 1 else "undetermined"

    @classmethod
    def of(cls, matter: Matter, engine: Engine) -> Decided:
        law = matter.law
        derivation, derived_by = derive(law, matter.known.values, matter.strike, engine)
        decision = matter.decide(derivation)
        known = matter.everything(derivation)
        possible = decision.possible
        if len(possible) > 1:
            possible = relevance.possible_outcomes(matter)
            if len(possible) == 1:
                decision = _settled(matter, known, possible[0])
        limbs = considered(law, matter.item)
        content = existence = None
        outcome = possible[0] if len(possible) == 1 else "undetermined"
        excluded = not_counted(law, known)
        step = decision.step
        reached = outcome == "undetermined" or _of_content(law, step)
        for key in law.balances:
            if key == "confirm_or_deny":
                if known.get(law.balances[key].put) is True:
                    existence = _struck(matter, derivation, key, excluded)
            elif reached and engaged(law, derivation.conclusions, limbs) is True:
                content = _struck(matter, derivation, key, excluded)
        may_wait = while_it_waits(law, matter.item, known, possible, content, existence)
        everything = {
            **known,
            **of_the_decision(
                law, outcome, decision.provisions, content, existence, matter.item.proposed
            ),
            "balance_may_wait": may_wait is not None,
        }
        return cls(
            matter, derivation, derived_by, decision, possible, content, existence, may_wait,
            everything,
        )  # fmt: skip

    @property
    def waiting(self) -> Waiting | None:
        """What it is until the public interest is decided, if that is put off."""
        return self.may_wait if self.everything.get(UNDECIDED) is True else None

    @property
    def meanwhile(self) -> Mapping[str, Any]:
        """Everything, as a notice has it that goes out now."""
        now = self.waiting
        if now is None:
            return self.everything
        return {**self.everything, **of_the_outcome(self.matter.law, now.outcome, now.provisions)}

    def _put(self, finding: str) -> bool:
        """Whether the balance that makes a finding is put: a finding of none says nothing."""
        put = self.matter.law.balances[self.matter.law.findings[finding]].put
        return self.derivation.conclusions[put] is True

    def assessment(self, everything: Mapping[str, Any], outstanding: bool) -> ItemAssessment:
        law, item = self.matter.law, self.item
        is_open = len(self.possible) > 1
        unasked = law.outcomes[self.outcome].unasked and _of_content(law, self.decision.step)
        open_facts = relevance.outstanding(self.matter) if outstanding and is_open else ()
        limbs = considered(law, item)
        precedents = self.precedents()
        return ItemAssessment(
            id=item.id,
            description=item.description,
            outcome=self.outcome,
            provisions=self.decision.provisions,
            conclusions={
                key: truth
                for key, truth in self.derivation.conclusions.items()
                if key in law.conclusions or self._put(key)
            },
            public_interest=self.content,
            public_interest_confirm_or_deny=self.existence,
            reasons=reasons(law, self.derivation, self.decision, everything, limbs),
            outstanding=tuple(open_facts),
            possible_outcomes=self.possible,
            not_considered=not_tested(law, everything, item),
            warnings=with_warnings(raised(law, everything, "item"), precedents),
            precedents=precedents,
            waiting=self.waiting,
            never_asked=never_asked(law, everything) if unasked else ((), ()),
        )

    def precedents(self, limit: int = 3) -> tuple[DecidedMatter, ...]:
        """The decided matters to set beside it, where a balance is struck or may yet be."""
        struck = {"content": self.content, "confirm_or_deny": self.existence}
        if not any(struck.values()) and self.outcome != "undetermined":
            return ()
        results = {key: one.result for key, one in struck.items() if one}
        return beside(self.matter, self.derivation, results, limit)


def _of_content(law: Law, step: When | None) -> bool:
    """Whether a step decides by what the information is, not by what comes before that."""
    return step is not None and step.id in content_steps(law)


def _settled(matter: Matter, known: Mapping[str, Any], outcome: str) -> Decision:
    """The decision where every completion agrees though no single step is sure."""
    law, limbs = matter.law, considered(matter.law, matter.item)
    of_it = [step for step in law.gates if step.entry.outcome == outcome]
    maybe = [step for step in of_it if holds(step, law, known, limbs) is not False]
    sure = [step for step in maybe if holds(step, law, known, limbs)]
    step = (sure or maybe)[0]
    return Decision((outcome,), step, relied_on(law, step, known, limbs))


def _struck(
    matter: Matter, derivation: Derivation, balance: str, excluded: tuple[Excluded, ...]
) -> PublicInterest:
    """One balance, set out."""
    law, item = matter.law, matter.item
    entry = law.balances[balance]
    covering = [
        one
        for one in considered(law, item)
        if derivation.conclusions[law.limbs[one].engaged] is not False
    ]
    rules_result, rules_margin = _result(matter, derivation, balance, officer=False)
    result, margin = _result(matter, derivation, balance, officer=True)
    concluded = item.concluded(balance)
    if concluded is not None:
        # What the officer concludes stands; the margin stays that of the weights.
        rules_result, rules_margin = result, margin
        result = concluded.result

    maintain, disclose = (
        weighed(law, balance, side, derivation.weights, derivation.rules, item)
        for side in ("maintain", "disclose")
    )
    return PublicInterest(
        title=entry.title,
        act=entry.act,
        question=entry.question,
        result=result,
        margin=margin,
        decided_by="officer" if concluded is not None else "rules",
        maintain=maintain,
        disclose=disclose,
        excluded=excluded,
        remark=_remark(entry, margin, maintain, disclose, covering),
        officer_reason=concluded.reason if concluded else "",
        officer=concluded.by if concluded else "",
        rules_result=rules_result,
        rules_margin=rules_margin,
    )


def _remark(
    entry: Balance,
    margin: str | None,
    maintain: tuple[WeighedFactor, ...],
    disclose: tuple[WeighedFactor, ...],
    covering: list[str],
) -> str:
    """What is to be said of a margin: otherwise where one side has nothing, or answers are open.

    And, with something on the side of maintaining, of a provision beside which no other may cover.
    """
    if margin == "narrow" and not (maintain and disclose):
        margin = "narrow_one_side"
    elif margin in ("narrow", "even") and any(
        one.may_rise_to is not None for one in (*maintain, *disclose)
    ):
        margin = f"{margin}_open"
    said = [entry.remarks.get(margin or "", "")]
    for provision, text in entry.remarks.items():
        if maintain and covering and all(is_part(one, provision) for one in covering):
            said.append(text)
    return " ".join(filter(None, said))


def _result(
    matter: Matter, derivation: Derivation, balance: str, *, officer: bool
) -> tuple[str, str | None]:
    """Result and margin from the weights; `officer` says whether the officer's own are in them."""
    whose = matter if officer else replace(matter, item=Item(matter.item.id))
    both = sides(whose.law, balance, derivation.weights, whose.item)
    struck = compare_ranges(both.maintain, both.disclose)
    if struck is not None:
        return struck
    # One open fact can move several factors at once, so that no completion reaches the extremes.
    found = relevance.possible_findings(whose, balance)
    if len(found) == 1:
        return ("maintain" if True in found else "disclose"), None
    return "undetermined", None
