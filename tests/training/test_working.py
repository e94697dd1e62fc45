"""A case worked question by question gives the answers that a file would."""

from __future__ import annotations

from collections.abc import Callable

from advisor.training.exercise import Exercise
from advisor.training.hints import hints
from advisor.training.marking import mark
from advisor.training.model import Model
from advisor.training.working import Session

Get = Callable[[str], Exercise]


class Scripted:
    """A voice that answers each question by what is said in it, and blank otherwise."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self.answers = {key: list(texts) for key, texts in answers.items()}
        self.said: list[str] = []

    def say(self, text: str = "", *, indent: int = 0, hang: int = 0, strong: bool = False) -> None:
        self.said.append(text)

    def read(self) -> str:
        question = self.said[-1]
        found = next(
            (texts for key, texts in self.answers.items() if key in question and texts), None
        )
        return found.pop(0) if found else ""


def by_hand(exercise: Exercise, model: Model) -> dict[str, list[str]]:
    """What a trainee types who has everything right, by the question that it answers."""
    part = model.parts[0]
    law = exercise.law
    answers: dict[str, list[str]] = {
        "How should it be answered": [law.outcomes[part.outcome].title],
        "Under which provisions": [", ".join(part.provisions)],
        "struck in the content": ["?", "yes"],
        "struck in saying": ["no"],
        "Which side prevails": ["Maintaining outweighs"],
        "refusal notice needed": ["yes"],
        "By when": ["soon", str(model.due)],
    }
    for element in part.elements:
        passages = " ".join(map(str, sorted(element.passages)))
        answers[element.ask] = [f"{element.answer} {passages}"]
    factors: list[str] = []
    for side in ("maintain", "disclose"):
        names = [f.name for f in law.balance_factors["content"] if f.side == side]
        for one in part.balances[0].factors:
            if one.side == side:
                on = " ".join(map(str, sorted(one.passages)))
                weights = ("none", "slight", "some", "considerable", "very_strong")
                factors.append(f"{names.index(one.name) + 1} {weights[one.lightest]} {on}")
        factors.append("")
    answers["A factor: number"] = factors
    known = [one.id for one in law.requirements if one.entry.severity in "MC"]
    wanted = [str(known.index(one.id) + 1) for one in model.must_say]
    answers["What must the notice say"] = ["nonsense", ", ".join(wanted)]
    return answers


def test_typed_answers_are_marked_as_those_of_a_file(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    voice = Scripted(by_hand(one, one.model))
    worked = Session(one, voice).work()
    marked = mark(one, worked, "A")
    assert [m for m in marked.marks if m.status != "right"] == []
    assert marked.passed
    assert marked.score == 95  # one hint was taken
    assert any("'soon' is not a date" in text for text in voice.said)
    assert f"Hint: {hints(one)[0]}" in voice.said


def test_contests_need_a_mark_and_a_reason(exercise: Get) -> None:
    one = exercise("TRAIN-101")
    typed = ["log/outcom no", "log/outcome", "log/outcome I say so", ""]
    session = Session(one, Scripted({"Contest a mark": typed}))
    marked = mark(one, Session(one, Scripted({})).work(), "A")
    assert [(c.element, c.because) for c in session.contests(marked)] == [
        ("log/outcome", "I say so")
    ]


def test_no_hint_gives_an_outcome_away(exercise: Get) -> None:
    for reference in ("TRAIN-101", "TRAIN-207", "TRAIN-305"):
        one = exercise(reference)
        for part in one.model.parts:
            title = one.law.outcomes[part.outcome].title.casefold()
            for hint in hints(one):
                assert title not in hint.casefold()
                assert not any(limb in hint for limb in part.provisions)
