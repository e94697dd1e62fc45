"""How soon the next question is there, and how many are asked beside the fewest possible.

    python -m tests.benchmarks.questions [--interviews 200] [--unknown 0.2]

Interviews with random answers to every question of the shipped rulebook, most of which reach a
balance, then interviews with the answers of the shipped cases, part by part. Times are also given
as ratios to one direct derivation of the same matter, because milliseconds say more about the
machine than about the program.

The fewest possible is a certificate: the smallest part of the answers that leaves one outcome
possible, known only to who knows all answers beforehand. It is found exactly, as the smallest set
of facts that meets every set of facts which, left open, leave the outcome open; where that takes
too many rounds, the bound that was reached is counted, and it is said how often.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random
from statistics import mean, quantiles
from time import thread_time
from typing import ParamSpec, TypeVar

from advisor import Case, Rulebook
from advisor.advice.assess import matters
from advisor.reasoning.derivation import Value
from advisor.reasoning.evaluate import derive
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import Witnesses, next_fact, outstanding
from advisor.reasoning.relevance.formulas import Given
from advisor.reasoning.relevance.remainder import Problem
from advisor.reasoning.relevance.search import Search
from advisor.scenarios.finding import case_files, shipped
from tests.reasoning.matters import real_answers, real_matter

P = ParamSpec("P")
T = TypeVar("T")
ROUNDS = 400
SEED = "01.FOI.23.028157"


def timed(times: list[float], call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a call returns; the processor time that it took is added to `times`."""
    start = thread_time()
    found = call(*args, **kwargs)
    times.append(thread_time() - start)
    return found


class Interviews:
    """Interviews held one after another, and how long each question took."""

    def __init__(self, unknown: float) -> None:
        self.unknown = unknown
        self.next: list[float] = []
        self.all: list[float] = []
        self.once: list[float] = []

    def hold(self, matter: Matter, answers: Mapping[str, Value], rng: Random) -> int:
        """The number of questions that one interview asks."""
        kept, asked = Witnesses(), 0
        matter = replace(matter, known=Known(matter.law, {}))
        while (fact := timed(self.next, next_fact, matter, kept=kept)) is not None:
            asked += 1
            if rng.random() < 0.1:
                timed(self.all, outstanding, matter)
                timed(self.once, derive, matter.law, matter.known.values, matter.strike)
            known = None if rng.random() < self.unknown else answers.get(fact)
            matter = matter.with_answer(fact, known)
        return asked

    def report(self) -> None:
        """The times of everything that was timed."""
        once = quantiles(self.once, n=100)[49]
        for name, times in (("next question", self.next), ("all outstanding", self.all)):
            cuts = quantiles(times, n=1000)
            shown = {"p50": cuts[499], "p99": cuts[989], "p99.9": cuts[998], "most": max(times)}
            for key, value in shown.items():
                print(f"  {name}, {key}: {value * 1e3:.2f} ms, {value / once:.1f} derivations")


def fewest(matter: Matter) -> tuple[int, bool] | None:
    """The size of the smallest certificate of the answers, and whether it is exact or a bound.

    None where the answers leave several outcomes possible.
    """
    problem = Problem(matter)
    search = Search(problem)
    classes = problem.classes(matter.known.answered)

    def is_open(fixed: Iterable[int]) -> bool:
        given = Given({one: classes[one] for one in fixed})
        return len(search.outcomes(problem.put_all(problem.decision, given))) > 1

    if is_open(classes):
        return None
    to_meet: list[frozenset[int]] = []
    for _ in range(ROUNDS):
        chosen = smallest_meeting(to_meet)
        if not is_open(chosen):
            return len(chosen), True
        fixed = set(chosen)
        for one in classes:
            if one not in fixed and is_open(fixed | {one}):
                fixed.add(one)
        to_meet.append(frozenset(classes.keys() - fixed))
    return len(smallest_meeting(to_meet)), False


def smallest_meeting(sets: list[frozenset[int]]) -> frozenset[int]:
    """The smallest set that has something of every one of `sets`."""
    best: frozenset[int] = frozenset().union(*sets)

    def choose(chosen: frozenset[int], left: list[frozenset[int]]) -> None:
        nonlocal best
        left = sorted((one for one in left if not one & chosen), key=len)
        if len(chosen) + apart(left) >= len(best):
            return
        if not left:
            best = chosen
            return
        barred: set[int] = set()
        for one in sorted(left[0]):
            choose(chosen | {one}, [some - barred for some in left])
            barred.add(one)

    choose(frozenset(), sets)
    return best


def apart(sets: list[frozenset[int]]) -> int:
    """How many of some sets have nothing in common, taken greedily: so many must be met."""
    seen: set[int] = set()
    found = 0
    for one in sorted(sets, key=len):
        if not one & seen:
            seen |= one
            found += 1
    return found


def compare(title: str, asked: list[int], least: Iterator[tuple[int, bool] | None]) -> None:
    """The mean number of questions, and of the fewest possible."""
    pairs = [(n, *one) for n, one in zip(asked, least, strict=True) if one is not None]
    inexact = sum(not exact for _, _, exact in pairs)
    print(f"{title}: {mean(asked):.1f} questions in the mean of {len(asked)} interviews")
    print(
        f"  of the {len(pairs)} decided: {mean(n for n, *_ in pairs):.1f},"
        f" at the fewest {mean(n for _, n, _ in pairs):.1f} (a lower bound in {inexact})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the questions, and count them.")
    parser.add_argument("--interviews", type=int, default=200)
    parser.add_argument("--certificates", type=int, default=25)
    parser.add_argument("--unknown", type=float, default=0.0, help="the share of unknowns")
    wanted = parser.parse_args()
    rng = Random(1)
    gc.collect()
    gc.freeze()  # as in a process that has read its rulebook and serves one interview
    interviews = Interviews(wanted.unknown)
    complete = [real_matter(real_answers(rng)) for _ in range(wanted.interviews)]
    asked = [interviews.hold(one, one.known.answered, rng) for one in complete]
    print(f"{len(interviews.next)} questions of {len(complete)} interviews with random answers")
    interviews.report()
    some = complete[: wanted.certificates]
    compare("random answers", asked[: len(some)], (fewest(one) for one in some))
    rulebook = Rulebook.load()
    cases = [Case.read(path) for path in case_files([shipped()])]
    parts = {
        case.reference: list(matters(case, rulebook.law(rulebook.as_at(case))).values())
        for case in cases
    }
    every = [part for some in parts.values() for part in some]
    for title, some in (("the seed matter, by part", parts[SEED]), ("the shipped cases", every)):
        asked = [Interviews(0).hold(one, one.known.answered, rng) for one in some]
        compare(title, asked, (fewest(one) for one in some))


if __name__ == "__main__":
    main()
