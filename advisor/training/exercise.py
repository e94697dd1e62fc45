"""A case as an exercise: what the trainee is told, what is asked, and the model answer to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from advisor.advice.rulebook import Rulebook
from advisor.assessment import Assessment
from advisor.case import Case, Conclusion
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading, Paragraph
from advisor.document.dates import long_date
from advisor.rulebook.law import Law
from advisor.scenarios.showing import answer_words
from advisor.sources import InputError
from advisor.training.answers import Worked
from advisor.training.model import BalanceModel, Model, model_of, plain_answer
from advisor.training.teaching import Passage, Teaching, letter_text, read_teaching


@dataclass(frozen=True)
class Exercise:
    """A case with everything that working and marking it needs."""

    case: Case
    law: Law
    assessment: Assessment
    teaching: Teaching
    passages: tuple[Passage, ...]
    model: Model
    book: Rulebook = field(repr=False)
    letter: str = ""

    @property
    def parts(self) -> list[str]:
        return [item.id for item in self.case.items]

    def model_for(self, worked: Worked) -> Model:
        """The model answer; where the trainee turned a result that is open to judgment, what the
        law says of the case so judged, down to its notice."""
        case, model = self.case, self.model
        while found := next(_turned(model, worked), None):
            key, part, balance, result = found
            case = _judged(case, part, key, Conclusion(result, balance.open))
            assessment = self.book.assess(case, engine="direct")
            model = model_of(case, self.law, assessment, self.teaching, self.passages)
        return model

    @classmethod
    def of(cls, case: Case, book: Rulebook) -> Exercise:
        """A case made ready. Raises InputError where the case or its teaching is wrong."""
        for i, item in enumerate(case.items):
            if item.id in ("notice", "letter"):
                text = f"a part that is worked cannot be called '{item.id}'"
                raise InputError(case.problem(("items", i, "id"), text, "give it another id"))
        law = book.law(book.as_at(case))
        teaching = read_teaching(case, law)
        assessment = book.assess(case, engine="direct")
        passages = teaching.story or tuple(plain_story(case, law))
        model = model_of(case, law, assessment, teaching, passages)
        letter = letter_text(teaching, case)
        return cls(case, law, assessment, teaching, passages, model, book, letter)


def _judged(case: Case, part: str, balance: str, result: Conclusion) -> Case:
    item = case.item(part)
    assert item is not None
    if balance == "public_interest":
        return case.with_item(replace(item, balance=result))
    return case.with_item(replace(item, balance_confirm_or_deny=result))


def _turned(
    model: Model, worked: Worked
) -> Iterator[tuple[str, str, BalanceModel, Literal["maintain", "disclose"]]]:
    """The balances that are open to judgment and that the trainee struck the other way."""
    for part in model.parts:
        for balance in part.balances:
            answer = getattr(worked.part(part.id), balance.key)
            given = answer.result if answer is not None else None
            if balance.open and given in ("maintain", "disclose") and given != balance.result:
                yield balance.key, part.id, balance, given


def plain_story(case: Case, law: Law) -> Iterator[Passage]:
    """The facts of a case that has no story, each as its question and answer."""
    for key, answer in case.facts.items():
        if plain_answer(answer) != "no" or key == "valid_request":
            yield Passage(told(law, key, answer), (key,))
    for item in case.items:
        for key, answer in item.facts.items():
            yield Passage(told(law, key, answer), (key,), (item.id,))


def told(law: Law, fact: str, answer: str) -> str:
    """A fact as plainly as it can be told."""
    words = answer_words(law, fact, plain_answer(answer))
    return f"{law.facts[fact].ask} {words[:1].upper()}{words[1:]}."


_DATES = {
    "received": "It was received on",
    "clarified": "The clarification was received on",
    "fees_notice": "A fees notice was given on",
    "fee_received": "The fee was received on",
    "decided": "You decide on",
    "decision_expected": "A decision on the public interest is expected by",
}


def as_document(exercise: Exercise) -> Document:
    """What the trainee reads: the request, the story in numbered passages, and what is asked."""
    case = exercise.case
    title = f"{case.reference}: {case.title}" if case.title else case.reference
    return Document.of(title, [Heading(1, title), *_told(exercise), *_asked(exercise)])


def _told(exercise: Exercise) -> Iterator[Block]:
    case = exercise.case
    yield Paragraph(f"{case.authority.name or 'The authority'} ({case.authority.kind}).")
    yield Paragraph(case.request.strip(), lead="The request:")
    dates = [
        f"{words} {long_date(day, weekday=True)}."
        for key, words in _DATES.items()
        if (day := getattr(case, key)) is not None
    ]
    if dates:
        yield Paragraph(" ".join(dates))
    yield Heading(2, "What you are told")
    several = len(case.items) > 1
    for number, passage in enumerate(exercise.passages, 1):
        about = f"(about {', '.join(passage.parts)}) " if passage.parts and several else ""
        yield Paragraph(about + passage.text.strip(), lead=f"[{number}]")
    if exercise.letter:
        yield Heading(2, "The letter")
        lines = exercise.letter.rstrip().split("\n")
        yield Paragraph("\n".join(f"{n:>3}  {line}" for n, line in enumerate(lines, 1)))


def _asked(exercise: Exercise) -> Iterator[Block]:
    yield Heading(2, "What is asked")
    parts = [Entry(item.description or item.id, f"Part {item.id}:") for item in exercise.case.items]
    yield Bullets(tuple(parts))
    tasks = [
        "For each part: how should it be answered, and under which provision, down to the limb?",
        "Which elements settle that, is each of them met, and on which passages does it rest?",
        "Which factors stand on each side of each balance, how heavy is each, and on which "
        "passages? Which side prevails? What must not be counted?",
        "Is a refusal notice needed, by when, and what must it say?",
    ]
    if exercise.letter:
        tasks.append("What does section 17 require of the letter that it lacks?")
    yield Bullets(tuple(map(Entry, tasks)))
