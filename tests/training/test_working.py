"""A case worked question by question gives the answers that a file would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.rulebook.model import WEIGHTS
from advisor.training.exercise import Exercise
from advisor.training.hints import hints
from advisor.training.marking import mark
from advisor.training.model import BalanceModel, PartModel
from advisor.training.working import Session
from tests.training.conftest import PACK, the_exercise

Get = Callable[[str], Exercise]


class Scripted:
    """A voice that answers each question by what is said in it, and blank otherwise.

    Questions are told by their weight; `lines` counts what is shown between question and answer.
    """

    seen = True

    def __init__(self, answers: list[dict[str, list[str]]]) -> None:
        self.sections = [{key: list(texts) for key, texts in one.items()} for one in answers]
        self.said: list[str] = []
        self.question = ""
        self.section = -1
        self.refused = 0

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        self.said.append(text)
        if strong and text.startswith(("Part ", "The notice", "The letter")):
            self.section += 1
        elif strong:
            self.question = text

    def read(self) -> str:
        if 0 <= self.section < len(self.sections):
            for key, texts in self.sections[self.section].items():
                if key in self.question and texts:
                    return texts.pop(0)
        return ""

    def refuse(self) -> None:
        self.refused += 1


def by_hand(exercise: Exercise) -> list[dict[str, list[str]]]:
    """What a trainee types who says what the model says, by section and question."""
    law, model = exercise.law, exercise.model
    known = [one.id for one in law.requirements if one.entry.severity in "MC"]

    def numbers(ids: list[str]) -> list[str]:
        return [", ".join(str(known.index(one) + 1) for one in ids)]

    needed = {True: ["yes"], False: ["no"], None: []}[model.notice_needed]
    notice = {
        "refusal notice needed": needed,
        "By when": [str(model.due)] if model.due else [],
        "What must the notice say": numbers([one.id for one in model.must_say]),
    }
    letter = {"that the letter lacks": numbers([one.id for one in model.faults])}
    return [*(part_by_hand(exercise, part) for part in model.parts), notice, letter]


def part_by_hand(exercise: Exercise, part: PartModel) -> dict[str, list[str]]:
    law = exercise.law
    answers: dict[str, list[str]] = {
        "How should it be answered": [law.outcomes[part.outcome].title],
        "Under which provisions": [", ".join(part.provisions)],
        "Which provisions cover it": [" ".join(part.engaged)],
    }
    for element in part.elements:
        answers[element.ask] = [" ".join([element.answer, *map(str, sorted(element.passages))])]
    struck = {one.key: one for one in part.balances}
    for key, balance in (
        ("public_interest", "content"),
        ("public_interest_confirm_or_deny", "confirm_or_deny"),
    ):
        found, about = struck.get(key), law.balances[balance]
        answers[f"struck {about.title}"] = ["yes" if found else "no"]
        if found is not None:
            words = {"maintain": "yes", "disclose": "no", "undetermined": "it cannot"}
            answers[about.question] = [words[found.result]]
            for side, word in (("maintain", "against"), ("disclose", "for")):
                typed = [*factors(exercise, found, balance, side), ""]
                answers[f"weighs {word} {about.act}"] = typed
    ignored = [str([*law.not_counted].index(fact) + 1) for fact, _, _ in part.not_counted]
    answers["must not be counted"] = [" ".join(ignored)]
    return answers


def factors(exercise: Exercise, struck: BalanceModel, balance: str, side: str) -> Iterator[str]:
    names = [f.name for f in exercise.law.balance_factors[balance] if f.side == side]
    for one in struck.factors:
        if one.side == side:
            on = " ".join(map(str, sorted(one.passages)))
            weight = WEIGHTS[one.heaviest].replace("_", " ")
            yield f"{names.index(one.name) + 1} {weight} {on}"


@pytest.mark.parametrize("path", PACK, ids=lambda path: path.stem)
def test_who_types_what_the_model_says_gets_full_marks(path: Path) -> None:
    exercise = the_exercise(path)
    worked = Session(exercise, Scripted(by_hand(exercise))).work()
    marked = mark(exercise, worked, "A")
    assert [(one.key, one.given) for one in marked.marks if one.status != "right"] == []
    assert marked.passed
    assert marked.score == 100


def test_what_cannot_be_read_is_asked_again_and_a_hint_costs(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    part, notice, *rest = by_hand(one)
    part["struck in the content"].insert(0, "?")
    part["How should it be answered"].insert(0, "99")
    part["struck in the content"].insert(0, "perhaps")
    notice["By when"].insert(0, "soon")
    notice["What must the notice say"].insert(0, "nonsense")
    voice = Scripted([part, notice, *rest])
    marked = mark(one, Session(one, voice).work(), "A")
    assert marked.passed
    assert marked.score == 95
    assert any("'soon' is not a date" in text for text in voice.said)
    assert f"Hint: {hints(one)[0]}" in voice.said


def typed(exercise: Exercise, question: str, *lines: str) -> tuple[Scripted, Session]:
    """A session in which one question of the first part, of a refusal, is answered."""
    answers = {"How should it be answered": ["Withhold"], "struck in the content": ["yes"]}
    voice = Scripted([{**answers, question: list(lines)}])
    return voice, Session(exercise, voice)


@pytest.mark.parametrize(
    ("line", "named", "refused"),
    [
        ("s30(1)(a)(i)", ("s30(1)(a)(i)",), 0),
        ("section 30(1)(B), 30 (3) and s.31(1)(c)", ("s30(1)(b)", "s30(3)", "s31(1)(c)"), 0),
        ("30", ("s30",), 0),
        ("s38(1)(a)", ("s38(1)(a)",), 0),  # the rulebook does not have its paragraphs
        ("none", (), 0),
        ("s30(1)(x)", (), 1),
        ("s99", (), 1),
        ("sction 30", (), 1),
        ("=cmd()", (), 1),
    ],
)  # fmt: skip
def test_a_provision_is_checked_as_it_is_typed(
    exercise: Get, line: str, named: tuple[str, ...], refused: int
) -> None:
    voice, session = typed(exercise("TRAIN-101"), "Under which provisions", line)
    assert session.work().items[0].provisions == named
    assert voice.refused == refused
    said = [text for text in voice.said if "names no limb" in text]
    assert bool(said) == (named == ("s30",))
    assert all("s30(1)(a)(i)" in text for text in said)


def test_none_ends_a_list_of_factors_and_a_number_wants_a_weight(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    lines = ("2", "2 some", "none", "1 slight")
    voice, session = typed(one, "weighs against", *lines)
    balance = session.work().items[0].public_interest
    assert balance is not None
    assert len(balance.maintain) == 1
    assert voice.refused == 1
    assert any("2 some" in text and "weight" in text for text in voice.said)


def test_requirements_are_named_by_number_or_code_and_no_day_is_an_answer(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    notice = {
        "refusal notice": ["yes"],
        "By when": ["none"],
        "must the notice": ["s17-04, 1 S17-50"],
    }
    voice = Scripted([{}, notice])
    said = Session(one, voice).work().notice
    assert said is not None
    assert said.must_say == ("S17-04", "S17-01", "S17-50")
    assert said.due == "none"
    assert any(text.endswith("[S17-04]") for text in voice.said)


def test_every_question_comes_before_its_choices(exercise: Get) -> None:
    voice = Scripted([])
    Session(exercise("TRAIN-101"), voice).work()
    first = voice.said.index("How should it be answered?")
    assert voice.said[first + 1].startswith("1. ")


def test_a_provision_is_asked_for_as_the_outcome_has_it(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    for outcome, asked in [
        ("Withhold", "Under which provisions is it refused?"),
        ("Disclose", "Which provisions cover it, though you do not refuse by them?"),
        ("Not held", None),
    ]:
        voice = Scripted([{"How should it be answered": [outcome]}])
        Session(one, voice).work()
        assert [text for text in voice.said if "provisions" in text] == ([asked] if asked else [])


def test_contests_need_a_mark_and_a_reason(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    typed = ["log/outcom no", "log/outcome", "[log/outcome] I say so", ""]
    voice = Scripted([{"contest a mark": typed}])
    voice.section = 0
    marked = mark(one, Session(one, Scripted([])).work(), "A")
    found = [(c.element, c.because) for c in Session(one, voice).contests(marked)]
    assert found == [("log/outcome", "I say so")]


def test_no_hint_gives_an_outcome_away(exercise: Get) -> None:
    for reference in ("TRAIN-101", "TRAIN-207", "TRAIN-305"):
        one = exercise(reference)
        for part in one.model.parts:
            title = one.law.outcomes[part.outcome].title.casefold()
            for hint in hints(one):
                assert title not in hint.casefold()
                assert not any(limb in hint for limb in part.provisions)
