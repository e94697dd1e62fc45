"""The shipped cases: what they cover, and that each can be worked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from advisor import Rulebook
from advisor.training.marking import mark
from tests.training.conftest import PACK, the_book, the_exercise
from tests.training.perfect import model_answer

# Mistakes that only the words of a letter show, or that no fact and no draft shows.
IN_LETTERS_ONLY = {3, 10, 12, 17, 20, 24, 31, 43}


@pytest.mark.parametrize("path", PACK, ids=lambda path: path.stem)
def test_the_model_answer_gets_full_marks(path: Path) -> None:
    exercise = the_exercise(path)
    marked = mark(exercise, model_answer(exercise), "Model")
    assert [(one.key, one.reason) for one in marked.marks if one.status != "right"] == []
    assert marked.passed
    assert marked.score == 100


@pytest.mark.parametrize("path", PACK, ids=lambda path: path.stem)
def test_every_case_says_what_it_teaches_and_gives_reasons(path: Path) -> None:
    teaching = the_exercise(path).teaching
    assert teaching.level is not None
    assert teaching.learning_points
    assert all(point.authority and point.tests for point in teaching.learning_points)
    assert set(teaching.model) == {item.id for item in the_exercise(path).case.items}


@pytest.mark.parametrize("path", PACK, ids=lambda path: path.stem)
def test_a_year_that_is_asked_for_is_told(path: Path) -> None:
    exercise = the_exercise(path)
    for one in (element for part in exercise.model.parts for element in part.elements):
        assert one.passages, one.fact
        told = " ".join(exercise.passages[number - 1].text for number in one.passages)
        assert not one.answer.isdigit() or one.answer in told, one.fact


def test_there_are_thirty_cases_and_ten_real_matters() -> None:
    assert len(PACK) >= 30
    real = [the_exercise(path).case.source for path in PACK if the_exercise(path).case.source]
    assert len(real) >= 10
    for source in real:
        assert source["reference"]
        assert source["published"]
        assert source["assumed"]
    assert {path.parent.name for path in PACK} == {"1-foundations", "2-practice", "3-hard"}


def test_the_pack_covers_every_limb_outcome_route_and_mistake() -> None:
    law = the_book().law(date(2026, 11, 22))
    limbs: set[str] = set()
    outcomes: set[str] = set()
    routes: set[str] = set()
    mistakes: set[str] = set()
    statuses: set[str] = set()
    requirements: set[str] = set()
    for path in PACK:
        exercise = the_exercise(path)
        assessment = exercise.assessment
        routes.update(assessment.notice.route)
        requirements.update(one.id for one in assessment.notice.requirements)
        mistakes.update(one.id for one in assessment.warnings)
        for item in assessment.items:
            limbs.update(item.provisions)
            outcomes.add(item.outcome)
            mistakes.update(one.id for one in item.warnings)
        statuses |= {item.facts.get("investigation_status", "") for item in exercise.case.items}
    assert set(law.limbs) <= limbs
    assert set(law.outcomes) <= outcomes
    assert {route.id for route in law.routes} <= routes
    assert set(law.facts["investigation_status"].choices) <= statuses
    # Nothing that this rulebook decides relies on an exemption of prejudice, section 36 or 40.
    rest = {one.id for one in law.requirements} - requirements
    assert rest <= {"S17-06b", "S17-06c", "S17-06d"}
    wanted = {f"pitfall-{n}" for n in range(1, 43) if n not in IN_LETTERS_ONLY}
    assert wanted & set(law.mistakes) <= mistakes


def test_the_faults_of_the_seed_letter_are_found(book: Rulebook) -> None:
    exercise = next(
        one for path in PACK if (one := the_exercise(path)).case.reference == "TRAIN-115"
    )
    assert "01.FOI.23.028157" in exercise.letter
    assert {one.id for one in exercise.model.faults} == {"S17-05b", "S17-06a", "S17-50", "S17-51"}


@pytest.mark.parametrize("reference", ["TRAIN-115", "TRAIN-211", "TRAIN-315"])
def test_the_faults_of_a_letter_agree_with_the_check_of_notices(reference: str) -> None:
    from advisor.notice.checking import check
    from advisor.notice.reading import of_text

    exercise = next(one for path in PACK if (one := the_exercise(path)).case.reference == reference)
    letter = exercise.teaching.letter
    assert letter is not None
    found = check(of_text(exercise.letter).lines, exercise.law, exercise.assessment).findings
    met = {one.id for one in found if one.status == "met"}
    missing = {one.id for one in found if one.status == "missing" and one.severity in "MC"}
    assert not met & {*letter.faults}
    assert missing <= {*letter.faults, *letter.arguable}
