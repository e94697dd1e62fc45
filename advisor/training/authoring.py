"""Writing a case question by question: the request, its parts, and the facts that still matter.

Only facts that can change an outcome are asked, as in an interview; the finished file expects
what the law says of the answers, for the trainer to accept, and tells them plainly until the
trainer writes a story.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

from advisor.advice.assess import matters
from advisor.advice.rulebook import Rulebook
from advisor.case import AuthorityKind, Case
from advisor.reasoning.known import AnswerError, value_of
from advisor.reasoning.relevance import next_fact
from advisor.training.exercise import plain_story
from advisor.training.files import as_yaml
from advisor.training.working import Voice
from advisor.training.writing import finished

LEVELS = ("foundations", "practice", "hard")


def author(voice: Voice, book: Rulebook, reference: str = "") -> tuple[str, str]:
    """A new case from a person's answers: its reference, and the text of its file."""
    voice.say("A new case. Enter alone leaves out what may be left out.")
    head: dict[str, Any] = {"case": "1"}
    head["reference"] = reference or _text(voice, "What is it to be called? For example TRAIN-401.")
    head["title"] = _text(voice, "What is it about, in a few words?")
    name = _text(voice, "Which authority has the request? Use an invented name.")
    kinds = get_args(AuthorityKind)
    kind = _choice(voice, f"What kind of authority is it? {', '.join(kinds)}", kinds)
    head["authority"] = {"name": name, "kind": kind}
    head["received"] = _day(voice, "When was the request received? YYYY-MM-DD")
    head["decided"] = _day(voice, "On which day is it decided? YYYY-MM-DD")
    head["request"] = _text(voice, "What does the applicant ask for?")
    level = _choice(voice, f"Which level is it? {', '.join(LEVELS)}", LEVELS)
    items: list[dict[str, Any]] = []
    while True:
        said = f"Part {len(items) + 1}: what is it? A few words"
        text = _text(voice, f"{said}; Enter ends." if items else f"{said}.", may_end=bool(items))
        if not text:
            break
        items.append({"id": f"part-{len(items) + 1}", "description": text, "facts": {}})
    head["items"] = items
    case = _answered(voice, book, Case.parse(as_yaml(head), "the new case"))
    law = book.law(book.as_at(case))
    story = [
        {
            "text": one.text,
            "shows": list(one.shows),
            **({"parts": list(one.parts)} if one.parts else {}),
        }
        for one in plain_story(case, law)
    ]
    voice.say("Written. Tell the facts in your own words under `story`, and add learning points.")
    case = replace(case, teaching={"level": level, "story": story})
    return case.reference, finished(case, book, "questions and answers")


def _answered(voice: Voice, book: Rulebook, case: Case) -> Case:
    """The case with every fact answered that can change an outcome."""
    law = book.law(book.as_at(case))
    for item in case.items:
        voice.say()
        voice.say(f"About {item.description or item.id}", strong=True)
        while (fact := next_fact(matters(case, law)[item.id])) is not None:
            answer = _answer(voice, law, fact)
            if law.facts[fact].scope == "request":
                case = replace(case, facts={**case.facts, fact: answer})
            else:
                now = case.item(item.id)
                assert now is not None
                case = case.with_item(replace(now, facts={**now.facts, fact: answer}))
    return case


def _answer(voice: Voice, law: Any, fact: str) -> str:
    about = law.facts[fact]
    choices = ", ".join(about.choices) or {"yes_no": "yes, no"}.get(about.type, about.type)
    while True:
        text = _text(voice, f"{about.ask} ({choices}, unknown)")
        if text == "?":
            voice.say(about.help)
            continue
        try:
            if text.casefold() != "unknown":
                value_of(about, text, law.as_at)
            return text
        except AnswerError as error:
            voice.say(f"{error.text}; {error.right}.")


def _text(voice: Voice, question: str, *, may_end: bool = False) -> str:
    while True:
        voice.say(question)
        text = " ".join(voice.read().split())
        if text or may_end:
            return text
        voice.say("This is needed.")


def _choice(voice: Voice, question: str, known: tuple[str, ...]) -> str:
    while (text := _text(voice, question).casefold()) not in known:
        voice.say(f"Use one of {', '.join(known)}.")
    return text


def _day(voice: Voice, question: str) -> str:
    while True:
        text = _text(voice, question)
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            voice.say(f"'{text[:40]}' is not a date; write a day as YYYY-MM-DD.")
