"""What can still matter is said exactly: it is compared with every completion, one by one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest

from advisor.case import Item
from advisor.reasoning.derivation import Value
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import (
    Witnesses,
    changes,
    is_outstanding,
    leads_to,
    next_fact,
    outstanding,
    possible_findings,
    possible_outcomes,
)
from advisor.reasoning.relevance.compiled import compiled
from advisor.reasoning.relevance.domains import domain, holds
from advisor.rulebook.conditions import Compare, In, Test, parse
from advisor.rulebook.model import Derived, Gate, Step
from tests.reasoning.matters import (
    PLAIN,
    completions,
    ends,
    nearly_answered,
    open_facts,
    real_answers,
    real_matter,
    shipped,
    small_matter,
    values_of,
)
from tests.reasoning.random_law import CHOICES, DAY, blank, fact, law_of
from tests.reasoning.small_law import SCHEDULE, random_item, small_law

Change = dict[str, Value]


def check_exact(matter: Matter) -> None:
    """Everything that is said of a matter is what its completions show."""
    law, names = matter.law, open_facts(matter)
    shown = {tuple(values.items()): ends(matter, values) for values in completions(matter)}
    outcomes = {outcome for outcome, _ in shown.values()}
    in_order = dict.fromkeys(gate.entry.outcome for gate in law.gates)
    assert possible_outcomes(matter) == tuple(one for one in in_order if one in outcomes)
    for key in law.balances:
        assert possible_findings(matter, key) == {findings[key] for _, findings in shown.values()}
    turning = set()
    for i, name in enumerate(names):
        of_rest: dict[object, set[str]] = {}
        of_value: dict[Value, set[str]] = {}
        for values, (outcome, _) in shown.items():
            of_rest.setdefault((values[:i], values[i + 1 :]), set()).add(outcome)
            of_value.setdefault(values[i][1], set()).add(outcome)
        if any(len(some) > 1 for some in of_rest.values()):
            turning.add(name)
        for value, then in leads_to(matter, name):
            assert set(then) == of_value[value]
    expected = tuple(one for one in dict.fromkeys((*law.questions, *law.facts)) if one in turning)
    assert outstanding(matter) == expected
    assert bool(expected) == (len(outcomes) > 1)
    not_asked = [name for name in expected if name not in matter.known.unknown]
    assert next_fact(matter) == next(iter(not_asked), None)
    assert next_fact(matter, skip_unknown=False) == next(iter(expected), None)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_said_of_small_matters_is_what_every_completion_shows(seed: int) -> None:
    rng = Random(seed)
    law = small_law(rng)
    for _ in range(3):
        check_exact(small_matter(rng, law, most=300))


@pytest.mark.parametrize("seed", range(60))
def test_what_is_said_of_real_matters_is_what_every_completion_shows(seed: int) -> None:
    check_exact(nearly_answered(Random(seed), most=250))


@pytest.mark.parametrize("seed", range(40))
def test_an_interview_that_keeps_what_it_knows_hears_the_same(seed: int) -> None:
    """Whatever is answered, changed and weighed, in any order."""
    rng = Random(seed)
    law = small_law(rng)
    matter = small_matter(rng, law, most=10_000)
    kept = Witnesses()
    for _ in range(25):
        assert next_fact(matter, kept=kept) == next_fact(matter)
        assert outstanding(matter, kept) == outstanding(matter)
        matters = {name for name in law.facts if kept.has(matter, name)}
        assert matters == set(outstanding(matter))
        name = rng.choice(list(law.facts))
        matter = matter.with_answer(name, rng.choice([None, *values_of(law, name)]))
        if rng.random() < 0.1:
            matter = replace(matter, item=random_item(rng, law))


def test_what_an_interview_keeps_is_looked_at_again_when_an_answer_changes() -> None:
    """With `c` only `z` matters, though `y` is read; without it only `y` does."""
    names = ("c", "y", "z")
    when = {
        "any": [
            {"all": [{"not": "c"}, "y"]},
            {"all": ["c", "y", "z"]},
            {"all": ["c", {"not": "y"}, "z"]},
        ]
    }
    law = law_of(
        {
            "facts": {name: fact("yes_no") for name in names},
            "order_of_decision": (
                blank(Gate, id="when", outcome="withhold", when=when),
                blank(Gate, id="last", outcome="disclose", when="always"),
            ),
        }
    )
    matter, kept = Matter(Known(law, {}), Item("item"), {}), Witnesses()
    for answer, matters in ((True, ("z",)), (False, ("y",)), (True, ("z",))):
        known = matter.with_answer("c", answer)
        assert outstanding(known, kept) == matters
        assert kept.at_most(known) == len(matters)


@pytest.mark.parametrize("seed", range(30))
def test_an_interview_asks_what_matters_and_stops_when_nothing_does(seed: int) -> None:
    rng = Random(seed)
    answers, kept = real_answers(rng), Witnesses()
    matter, asked = real_matter({}), list[str]()
    while (name := next_fact(matter, kept=kept)) is not None:
        assert name not in asked
        asked.append(name)
        matter = matter.with_answer(name, None if rng.random() < 0.1 else answers[name])
    assert set(outstanding(matter)) <= matter.known.unknown
    if not matter.known.unknown:
        assert possible_outcomes(matter) == (ends(real_matter(answers), {})[0],)


def test_with_nothing_answered_every_fact_that_decides_is_outstanding() -> None:
    law = shipped()
    deciding = [one.name for one in compiled(law).variables if one.name in law.facts]
    assert list(outstanding(real_matter({}))) == deciding
    assert next_fact(real_matter({})) == law.questions[0]


def test_what_no_step_or_weight_reads_never_matters() -> None:
    found = outstanding(real_matter({}))
    for name in ("offence", "duty_source", "media_or_public_curiosity", "review_procedure_exists"):
        assert name in shipped().facts
        assert name not in found


def test_every_answer_that_a_fact_can_have_leads_somewhere() -> None:
    matter, law = real_matter(PLAIN), shipped()
    of_kind = leads_to(matter, "information_kind")
    assert [value for value, _ in of_kind] == list(law.facts["information_kind"].choices)
    assert [value for value, _ in leads_to(matter, "held")] == [True, False]
    assert leads_to(matter, "held")[1][1] == ("neither_confirm_nor_deny", "not_held")
    years = [value for value, _ in leads_to(matter, "latest_record_year")]
    assert years[-1] == DAY.year
    assert years == sorted(years)
    assert len(leads_to(matter, "review_procedure_exists")) == 2
    assert leads_to(matter, "offence") == []


def read(text: str) -> Test:
    """A condition that is one test."""
    test = parse(text)
    assert isinstance(test, In | Compare)
    return test


def test_choices_that_no_test_tells_apart_are_one_class() -> None:
    law = law_of({"facts": {"colour": fact("choice", CHOICES)}})
    about = domain("colour", [read("colour in [red, green]"), read("colour is red")], law)
    assert about.values == ("red", "green", "blue")
    assert [about.of(one) for one in CHOICES] == [0, 1, 2, 2]
    assert about.every == 0b111


def test_numbers_that_no_test_tells_apart_are_one_class() -> None:
    law = law_of({"facts": {"pages": fact("number")}})
    about = domain("pages", [read("pages > 24"), read("pages <= 600")], law)
    assert about.values == (0, 25, 601)
    assert [about.of(pages) for pages in (24, 25, 600, 601, 999_999_999)] == [0, 1, 1, 2, 2]
    assert domain("pages", [read("pages >= 999999999")], law).values == (0, 999_999_999)
    assert domain("pages", [read("pages > 999999999")], law).values == (0,)


ONE_YEAR = (Step(through=2000, add=0), Step(through=2001, add=50), Step(add=0))


@pytest.mark.parametrize(
    ("schedule", "texts"),
    [
        (SCHEDULE, ["age >= 2003"]),
        (SCHEDULE, ["age < 1995", "year >= 1999", "age > 2004"]),
        (SCHEDULE, ["year > 1000"]),
        (SCHEDULE, ["year >= 2026", "age < 10"]),
        (ONE_YEAR, ["age >= 10"]),
    ],
)
def test_years_are_one_class_exactly_when_every_test_is_the_same(
    schedule: tuple[Step, ...], texts: list[str]
) -> None:
    derived = blank(Derived, of="year", schedule=schedule)
    law = law_of({"facts": {"year": fact("year")}, "derived": {"age": derived}})
    tests = [read(text) for text in texts]
    about = domain("year", tests, law)
    shown = {
        (about.of(year), tuple(holds(test, year, law) for test in tests))
        for year in range(1000, DAY.year + 1)
    }
    assert [about.of(year) for year in about.values] == list(range(len(about.values)))
    assert len(shown) == len(about.values) == len({truths for _, truths in shown})


def test_a_fact_that_is_added_with_a_default_is_open_only_when_it_is_unknown() -> None:
    mattered = False
    for seed in range(100):
        rng = Random(seed)
        matter = small_matter(rng, small_law(rng), most=100)
        rest = {name: value for name, value in matter.known.answered.items() if name != "added"}
        unanswered = replace(matter, known=Known(matter.law, rest))
        assert "added" not in outstanding(unanswered)
        mattered = mattered or "added" in outstanding(unanswered.with_answer("added", None))
    assert mattered


@pytest.mark.parametrize("seed", range(100))
def test_changes_are_all_the_minimal_ones_and_lead_where_they_say(seed: int) -> None:
    rng = Random(seed)
    matter = small_matter(rng, small_law(rng), most=2)
    before = possible_outcomes(matter)
    found = changes(matter, limit=10**9)
    if len(before) > 1:
        assert found == []
        return
    sizes = [len(one.set) for one in found]
    assert sizes == sorted(sizes)
    assert len({frozenset(one.set.items()) for one in found}) == len(found)
    for one in found:
        assert possible_outcomes(changed(matter, one.set)) == (one.outcome,) != before
        assert not any(turns(matter, part) for part in parts(one.set) if part != one.set)
    shown = {(frozenset(one.set), one.outcome) for one in found if len(one.set) < 3}
    assert shown == set(minimal_changes(matter))


def minimal_changes(matter: Matter) -> Iterator[tuple[frozenset[str], str]]:
    """The facts and the outcome of every minimal change of one or two answers."""
    answered = matter.known.answered
    for size in (1, 2):
        for names in combinations(answered, size):
            for values in product(*(values_of(matter.law, name) for name in names)):
                change = dict(zip(names, values, strict=True))
                if all(answered[name] != value for name, value in change.items()) and not any(
                    turns(matter, part) for part in parts(change) if part != change
                ):
                    yield from ((frozenset(change), outcome) for outcome in turns(matter, change))


def turns(matter: Matter, change: Change) -> tuple[str, ...]:
    """The determined outcome that a change leads to, if it is another one."""
    after = possible_outcomes(changed(matter, change))
    return after if len(after) == 1 and after != possible_outcomes(matter) else ()


def parts(change: Mapping[str, Value]) -> Iterator[Change]:
    """Every part of a change but the empty one, the change itself included."""
    for size in range(1, len(change) + 1):
        yield from map(dict, combinations(change.items(), size))


def changed(matter: Matter, change: Mapping[str, Value]) -> Matter:
    for name, value in change.items():
        matter = matter.with_answer(name, value)
    return matter


def test_changes_of_several_answers_stop_at_their_limit() -> None:
    matter = real_matter(real_answers(Random(5)))
    alone, some, all_of_them = (changes(matter, limit=limit) for limit in (0, 100, 5_000))
    assert alone == [one for one in all_of_them if len(one.set) == 1]
    assert some == all_of_them[: len(some)]
    assert len(all_of_them) > len(some) > len(alone) > 0


def all_of(size: int) -> Matter:
    """A matter that is disclosed, and withheld only when every one of its facts is yes."""
    names = [f"fact{i}" for i in range(size)]
    law = law_of(
        {
            "facts": {name: fact("yes_no") for name in names},
            "order_of_decision": (
                blank(Gate, id="all", outcome="withhold", when={"all": names}),
                blank(Gate, id="last", outcome="disclose", when="always"),
            ),
        }
    )
    return Matter(Known(law, dict.fromkeys(names, False)), Item("item"), {})


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_a_change_has_at_most_three_answers(size: int) -> None:
    matter = all_of(size)
    assert [(one.set, one.outcome) for one in changes(matter)] == (
        [(dict.fromkeys(matter.law.facts, True), "withhold")] if size <= 3 else []
    )


def test_each_answer_that_is_put_in_is_a_step_of_the_limit() -> None:
    matter = all_of(2)
    assert [len(changes(matter, limit=limit)) for limit in (0, 1, 2, 3)] == [0, 0, 1, 1]


def test_the_order_of_hashes_changes_nothing() -> None:
    shown = [
        subprocess.run(
            [sys.executable, "-c", SHOW],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert shown[0] == shown[1] != b""


SHOW = """
from random import Random
from advisor.reasoning.relevance import changes, leads_to, outstanding
from tests.reasoning.matters import small_matter
from tests.reasoning.small_law import small_law
for seed in range(30):
    rng = Random(seed)
    matter = small_matter(rng, small_law(rng), most=50)
    print(changes(matter), outstanding(matter), [leads_to(matter, one) for one in matter.law.facts])
"""


def test_several_threads_may_ask_of_one_law() -> None:
    law = small_law(Random(3))
    matters = [small_matter(Random(seed), law, most=500) for seed in range(40)]
    compiled.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(outstanding, matters))
    assert together == [outstanding(matter) for matter in matters]


@pytest.mark.parametrize("seed", range(6))
def test_one_fact_is_outstanding_when_it_is_among_all_and_there_are_at_most_so_many(
    seed: int,
) -> None:
    rng = Random(seed)
    answers = real_answers(rng)
    matter = real_matter(dict(rng.sample(sorted(answers.items()), rng.randrange(30))))
    every = outstanding(matter)
    assert {fact for fact in matter.law.facts if is_outstanding(matter, fact)} == set(every)
    assert Witnesses().at_most(matter) >= len(every)
    assert Witnesses().at_most(matter, every) == Witnesses().at_most(matter) - len(every)
    kept = Witnesses()
    assert outstanding(matter, kept) == every
    assert kept.at_most(matter) == len(every)
