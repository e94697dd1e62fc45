"""Writing cases: variants that hold, and assessments without their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import Case, InputError, Rulebook
from advisor.scenarios.expectations import failures
from advisor.training.authoring import author
from advisor.training.exercise import Exercise
from advisor.training.marking import mark
from advisor.training.teaching import read_teaching
from advisor.training.varying import variants
from advisor.training.writing import cleaned, without_names
from tests.training.conftest import ROOT
from tests.training.perfect import model_answer

Get = Callable[[str], Exercise]


@pytest.mark.parametrize("reference", ["TRAIN-101", "TRAIN-202", "TRAIN-209", "TRAIN-315"])
def test_every_variant_turns_an_outcome_holds_and_can_be_worked(
    reference: str, exercise: Get, book: Rulebook
) -> None:
    case = exercise(reference).case
    found = variants(case, book)
    assert found
    for one in found:
        assert one.outcomes
        made = Case.parse(one.text, one.reference)
        assert failures(made, book.assess(made, engine="direct")) == []
        work = Exercise.of(made, book)
        assert work.teaching.status == "proposed"
        marked = mark(work, model_answer(work), "Model")
        assert marked.score == 100
        assert marked.passed


def test_a_variant_tells_the_changed_fact_and_nothing_that_contradicts_it(
    exercise: Get, book: Rulebook
) -> None:
    case = exercise("TRAIN-101").case
    one = next(v for v in variants(case, book) if v.fact == "duty_to_investigate")
    teaching = read_teaching(Case.parse(one.text), book.law(book.as_at(case)))
    showing = [p.text for p in teaching.story if "duty_to_investigate" in p.shows]
    assert len(showing) == 1
    assert showing[0].endswith("No.")


def test_names_and_references_are_taken_out_and_shown(exercise: Get, book: Rulebook) -> None:
    case = exercise("TRAIN-101").case
    case = replace(
        case,
        request="Write to Mr Joe Grundy (j.grundy@example.org) about FOI/2026/0417, Borchester "
        "Constabulary, 01632 960 001, under the Freedom of Information Act 2000.",
        notes={"valid_request": "From Mr Grundy."},
    )
    text, removed = cleaned(case, book, "NEW-1")
    for gone in ("Grundy", "example.org", "0417", "Borchester", "960 001", "TRAIN-101"):
        assert gone not in text
        assert gone == "Borchester" or any(
            gone in one.old for one in removed if one.old != "all of it"
        )
    assert "Freedom of Information Act" in " ".join(text.split())
    assert {one.where for one in removed} >= {"reference", "authority.name", "request", "notes"}
    made = Case.parse(text)
    assert failures(made, book.assess(made, engine="direct")) == []


def test_a_name_is_taken_out_wherever_a_part_of_it_stands(exercise: Get, book: Rulebook) -> None:
    case = exercise("TRAIN-101").case
    item = replace(case.items[0], id="whitlock-log", description="Ms Whitlock's log")
    case = replace(
        case, items=(item,), request="Log of Jane Whitlock; whitlock lives in Borchester. Will it?"
    )
    text, removed = cleaned(case, book, "NEW-1")
    for gone in ("hitlock", "Jane", "Borchester"):
        assert gone not in text
    assert "Will it?" in text
    made = Case.parse(text)
    assert [one.id for one in made.items] == ["part-1"]
    assert {"items.0.id", "request", "items.0.description"} <= {one.where for one in removed}


def test_the_law_names_nobody() -> None:
    text = (
        "Section 30(1)(a)(i) of the Freedom of Information Act, says the Crown Prosecution Service."
    )
    assert without_names(text, []) == (text, [])


class Typed:
    """A voice that answers from a list."""

    seen = True

    def __init__(self, lines: list[str]) -> None:
        self.lines, self.said, self.question = iter(lines), [], ""

    def say(self, text: str = "", *, strong: bool = False, **_: object) -> None:
        self.said.append(text)
        self.question = text.lower() if strong else self.question

    def refuse(self) -> None:
        pass

    def read(self) -> str:
        return next(self.lines)


def test_a_case_is_written_question_by_question(book: Rulebook) -> None:
    head = ["NEW-2", "A bicycle", "Anytown Police", "police", "2026-02-09", "31 March"]
    head += ["2026-03-02", "The log.", "foundations", "The log", ""]

    def lines() -> Iterator[str]:
        yield from head
        yes = {"valid", "held", "particular", "own", "offence", "duty"}
        while True:
            question = voice.question
            wanted = any(word in question for word in yes) and "merely" not in question
            if "environmental" in question or "personal data" in question:
                yield "n"
            elif voice.said[-1].startswith("yes, no"):
                yield "y" if wanted else "no"
            else:
                yield "2026" if "which year" in question else "unknown"

    voice = Typed([])
    voice.lines = lines()
    reference, text = author(voice, book)
    assert reference == "NEW-2"
    made = Case.parse(text)
    assert failures(made, book.assess(made, engine="direct")) == []
    assert Exercise.of(made, book).passages


@pytest.mark.parametrize(
    ("teaching", "what"),
    [
        ("{levl: hard}", "unknown key 'levl'"),
        ("{level: easy}", "'easy' is not allowed"),
        ("{story: [{text: a, shows: [helt]}]}", "did you mean 'held'"),
        ("{story: [{text: a, shows: [vexatious]}]}", "the case does not answer it"),
        ("{story: [{text: a, parts: [b]}]}", "no part 'b'"),
        ("{learning_points: [{id: a, text: b}]}", "'authority' is missing"),
        ("{learning_points: [{id: a, text: b, authority: [c], tests: [outcme]}]}", "'outcome'"),
        ("{model: {x: y}}", "no part 'x'"),
        ("{open_to_judgment: [{part: a, element: x/result, why: b}]}", "that can be open"),
        ("{open_to_judgment: [{part: b, element: due, why: b}]}", "no part 'b'"),
        ("{letter: {file: a.txt, faults: [S17-1]}}", "no requirement 'S17-1'"),
    ],
)
def test_a_wrong_teaching_block_is_refused_in_its_place(
    teaching: str, what: str, book: Rulebook, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: 1\nreference: A\nreceived: 2026-02-09\nrequest: b\n"
        f"items: [{{id: a, facts: {{held: no}}}}]\nteaching: {teaching}\n"
    )
    case = Case.read(path)
    with pytest.raises(InputError) as caught:
        read_teaching(case, book.law(book.as_at(case)))
    assert what in str(caught.value)
    assert all(one.line == 6 for one in caught.value.problems)


def test_a_case_without_a_story_is_told_plainly(book: Rulebook) -> None:
    case = Case.read(ROOT / "cases" / "mps-01-foi-23-028157.yaml")
    work = Exercise.of(case, book)
    assert any("Is the information held? Yes." in one.text for one in work.passages)
    assert mark(work, model_answer(work), "A").score == 100
