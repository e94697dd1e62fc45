"""Questions of fact as prompts, and what an open answer leaves open, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.advice.matters import deciding
from advisor.case import Case
from advisor.interview.parts import numbered
from advisor.interview.prompts import Prompt, Step
from advisor.interview.questions import choices, form
from advisor.interview.why import Answer
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import possible_outcomes
from advisor.rulebook.law import Law


def fact_prompt(case: Case, law: Law, step: Step, about: str) -> Prompt:
    """The question of a fact. Raises KeyError where the law has no such fact."""
    fact = law.facts[step.key]
    where = case if step.item is None else case.item(step.item)
    answer = where.facts.get(step.key, "") if where else ""
    words = {one.value: one.text for one in choices(fact)}
    # What was written for one part is often right for the next.
    said = [one.facts.get(step.key, "") for one in case.items] if fact.type == "text" else []
    return Prompt(
        step,
        fact.ask,
        about=about,
        choices=choices(fact),
        long=fact.type == "text",
        form=form(fact),
        help=fact.help,
        keep=fact.keep,
        authority=tuple(law.cites(fact.authority)),
        now=words.get(answer, answer),
        blank=next((one for one in said if one not in ("", "unknown")), ""),
        note=where.notes.get(step.key, "") if where else "",
    )


def outcomes_in_words(law: Law, outcomes: tuple[str, ...]) -> str:
    """`withhold or disclose`; of very many, how many: `any of 11 outcomes`."""
    titles = [law.outcomes[one].title.lower() for one in outcomes]
    if len(titles) > 4:
        return f"any of {len(titles)} outcomes"
    return " or ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))


def leaves_open(law: Law, matters: Mapping[str, Matter], item: str | None) -> str:
    """What is still possible for the part, or parts, that an unknown answer is about."""
    by_end: dict[tuple[str, ...], list[int]] = {}
    for number, (key, matter) in enumerate(matters.items(), 1):
        if item in (None, key):
            by_end.setdefault(possible_outcomes(deciding(matter)), []).append(number)
    said = ["Not known."]
    for outcomes, numbers in by_end.items():
        words = outcomes_in_words(law, outcomes)
        which = "" if len(by_end) == 1 else f" for {numbered(numbers)}"
        if len(outcomes) > 1:
            said.append(f"Still possible{which}: {words}.")
        else:
            said.append(f"Whatever the answer, the outcome{which} is the same: {words}.")
    return " ".join(said)


def endings(law: Law, answers: Iterable[Answer]) -> list[str]:
    """What each answer would lead to, in words; answers that lead to the same are one line."""
    by_end: dict[tuple[str, ...], list[str]] = {}
    for one in answers:
        by_end.setdefault(one.leads_to, []).append(one.text)
    said = {end: ", ".join(texts) for end, texts in by_end.items()}
    if len(said) == 1:
        said = dict.fromkeys(said, "Any answer")
    return [f"{texts}: {outcomes_in_words(law, end)}." for end, texts in said.items()]
