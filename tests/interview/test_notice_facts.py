"""Facts that can only change the notice: what is asked for it is just what turns it."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest

from advisor import Case
from advisor.advice.assess import Decided
from advisor.advice.matters import matters
from advisor.advice.requirements import as_for_no
from advisor.interview.notice_facts import notice_facts
from advisor.interview.questions import Question, next_question
from advisor.reasoning.evaluate import check
from advisor.reasoning.matter import Matter
from tests.interview.answering import LIVE_FILE, RULEBOOK, TODAY, asked_until, begun

LAW = RULEBOOK.law(TODAY)


def decided_live_file(seed: int) -> Matter | None:
    """The live file with a few facts at random open again; None where its outcome is open then."""
    interview = begun()
    asked_until(interview, "done", {**LIVE_FILE, "decided": ""})
    matter = next(iter(interview.matters.values()))
    rng = Random(seed)
    known = dict(matter.known.answered)
    for fact in rng.sample(sorted(known), rng.randint(1, 4)):
        del known[fact]
    for fact in ("power_to_prosecute", "s30_2_function", "reveals_techniques"):
        if rng.random() < 0.5:
            known.pop(fact, None)
    again = type(matter)(type(matter.known)(LAW, known), matter.item, matter.circumstances)
    return again if len(Decided.of(again, "direct").possible) == 1 else None


def values(fact: str) -> list[Any]:
    about = LAW.facts[fact]
    if about.type == "choice":
        return list(about.choices)
    return [True, False] if about.type == "yes_no" else [1990, 2004, 2010, 2026]


def notice(matter: Matter) -> Any:
    """What the notice must cite and say, with what only it wants taken as `no`."""
    decided = Decided.of(matter, "direct")
    known = as_for_no(LAW, decided.everything)
    entries = [one.id for one in (*LAW.routes, *LAW.requirements) if check(one.when)(known)]
    return decided.decision.provisions, entries


def turns(matter: Matter, fact: str, others: list[str]) -> bool:
    """Whether, with some answers to the others, another answer to a fact changes the notice."""
    for completion in product(*(values(one) for one in others)):
        whole = matter
        for one, value in zip(others, completion, strict=True):
            whole = whole.with_answer(one, value)
        if len({str(notice(whole.with_answer(fact, value))) for value in values(fact)}) > 1:
            return True
    return False


@pytest.mark.parametrize("seed", range(25))
def test_what_is_asked_for_the_notice_is_what_can_change_it(seed: int) -> None:
    matter, rng = decided_live_file(seed), Random(seed)
    needed = {fact for entry in LAW.requirements for fact in entry.entry.needs}
    while matter is not None:
        asked = set(notice_facts(Decided.of(matter, "direct"))) - needed
        if not asked:
            break
        for fact in asked:
            assert turns(matter, fact, sorted(asked - {fact})), fact
        fact = rng.choice(sorted(asked))
        matter = matter.with_answer(fact, rng.choice(values(fact)))
    if matter is None:
        return
    # What was never asked turns it in no completion.
    left = [
        fact
        for fact, about in LAW.facts.items()
        if matter.known.is_open(fact)
        and fact not in LAW.notice_facts
        and about.type not in ("text", "date")
    ]
    for _ in range(40):
        whole = matter
        for fact in left:
            whole = whole.with_answer(fact, rng.choice(values(fact)))
        before = notice(whole)
        for fact in left:
            for other in values(fact):
                assert notice(whole.with_answer(fact, other)) == before, fact


def test_nothing_is_asked_for_the_notice_of_what_is_disclosed() -> None:
    case = RULEBOOK.read("cases/mps-01-foi-23-028157.yaml")
    found = matters(case, RULEBOOK.law(RULEBOOK.as_at(case)))
    assert notice_facts(Decided.of(found["referrals"], "direct")) == ()


def test_the_outcome_is_asked_for_before_the_notice_and_part_by_part() -> None:
    text = "{case: 1, reference: R, items: [{id: a, facts: {held: no}}, {id: b}]}"
    found = matters(Case.parse(text), LAW)
    question = next_question(found)
    assert question == Question("valid_request", None, "outcome")
