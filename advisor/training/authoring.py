"""Writing a case question by question: the request, its parts, and the facts that still matter.

Only facts that can change an outcome are asked, as in an interview; the finished file expects
what the law says of the answers, for the trainer to accept, and tells them plainly until the
trainer writes a story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, get_args

from advisor.advice.assess import matters
from advisor.advice.rulebook import Rulebook
from advisor.case import AuthorityKind, Case
from advisor.reasoning.relevance import next_fact
from advisor.rulebook.model import Fact
from advisor.training.asking import Asking, Voice, answer, chosen, day
from advisor.training.exercise import plain_story
from advisor.training.files import as_yaml
from advisor.training.writing import finished

LEVELS = ("foundations", "practice", "hard")


def author(voice: Voice, book: Rulebook, reference: str = "") -> tuple[str, str]:
    """A new case from a person's answers: its reference, and the text of its file."""
    return _Author(voice, book).case(reference)


class _Author:
    """The questions, in the order of a case file."""

    def __init__(self, voice: Voice, book: Rulebook) -> None:
        self.voice, self.book = voice, book
        self.help = ""
        self.asking = Asking(voice, lambda: self.help or "Answer in your own words.")

    def case(self, reference: str) -> tuple[str, str]:
        self.voice.say("A new case. ? explains a question.")
        head: dict[str, Any] = {"case": "1"}
        head["reference"] = reference or self._text(
            "What is it to be called?", "For example TRAIN-401."
        )
        head["title"] = self._text("What is it about, in a few words?")
        name = self._text("Which authority has the request?", "Use an invented name.")
        kind = self._choice("What kind of authority is it?", get_args(AuthorityKind))
        head["authority"] = {"name": name, "kind": kind}
        head["received"] = self._day("When was the request received?")
        head["decided"] = self._day("On which day is it decided?")
        head["request"] = self._text("What does the applicant ask for?")
        level = self._choice("Which level is it?", LEVELS)
        head["items"] = list(self._parts())
        case = self._answered(Case.parse(as_yaml(head), "the new case"))
        law = self.book.law(self.book.as_at(case))
        story = [
            {
                "text": one.text,
                "shows": list(one.shows),
                **({"parts": list(one.parts)} if one.parts else {}),
            }
            for one in plain_story(case, law)
        ]
        self.voice.say(
            "Written. Tell the facts in your own words under `story`, and add learning points."
        )
        case = replace(case, teaching={"level": level, "story": story})
        return case.reference, finished(case, self.book, "questions and answers")

    def _parts(self) -> Iterator[dict[str, Any]]:
        text = self._text("Part 1: what is it?", "A few words.")
        number = 1
        while text:
            yield {"id": f"part-{number}", "description": text, "facts": {}}
            number += 1
            text = self.asking.line(f"Part {number}: what is it?", (), "Enter: there is no other.")

    def _answered(self, case: Case) -> Case:
        """The case with every fact answered that can change an outcome."""
        law = self.book.law(self.book.as_at(case))
        for item in case.items:
            self.voice.say()
            self.voice.say(f"About {item.description or item.id}", strong=True)
            while (key := next_fact(matters(case, law)[item.id])) is not None:
                said = self._fact(law.facts[key], law.as_at)
                if law.facts[key].scope == "request":
                    case = replace(case, facts={**case.facts, key: said})
                else:
                    now = case.item(item.id)
                    assert now is not None
                    case = case.with_item(replace(now, facts={**now.facts, key: said}))
        return case

    def _fact(self, fact: Fact, as_at: date) -> str:
        form = "A number, or unknown." if fact.choices else _FORMS.get(fact.type, "")
        self.help = fact.help
        return self._read(
            fact.ask, partial(answer, fact, as_at=as_at), [*fact.choices.values()], form
        )

    def _text(self, question: str, form: str = "") -> str:
        return self._read(question, lambda text: " ".join(text.split()), (), form)

    def _choice(self, question: str, known: tuple[str, ...]) -> str:
        return self._read(question, lambda text: known[chosen(text, known)], known)

    def _day(self, question: str) -> str:
        return self._read(question, lambda text: day(text).isoformat(), (), "Write YYYY-MM-DD.")

    def _read(
        self, question: str, read: Callable[[str], str], choices: Sequence[str] = (), form: str = ""
    ) -> str:
        """An answer that cannot be left out."""
        while (said := self.asking.read(question, read, choices, form)) is None:
            self.voice.refuse()
            self.voice.say("This is needed.")
        self.help = ""
        return said


_FORMS = {"yes_no": "yes, no or unknown", "year": "A year, or unknown.", "number": "A number."}
