"""The interview: it says what to ask next, and takes answers; it knows no terminal.

What it knows is the replay of its record, so it goes on exactly where it stopped. Answers are a
set: changing an early one keeps the later ones, and what has become irrelevant is not dropped.

    interview = Interview(Rulebook.load(), Notebook())
    while (prompt := interview.prompt).step.kind != "done":
        interview.answer(ask_somebody(prompt))
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.interview import parts
from advisor.interview.answering import answered
from advisor.interview.listing import Row, rows
from advisor.interview.prompts import Reply, Step, tidied
from advisor.interview.questions import question_of
from advisor.interview.showing import leaves_open
from advisor.interview.standing import Standing
from advisor.interview.why import Why, why
from advisor.register.events import Event


class Interview(Standing):
    """An assessment being made, which takes answers."""

    def answer(self, text: str) -> Reply:
        """Take an answer to the prompt; what is not accepted changes nothing."""
        return answered(self, self.prompt, text)

    def unknown(self) -> Reply:
        """Answer that it is not known, and say what that leaves open."""
        step = self.prompt.step
        if step.kind in ("fact", "every"):
            reply = self.answer("unknown")
            return Reply(reply.ok, leaves_open(self.law, self.matters, step.item))
        if self.prompt.blank and step.kind == "header":
            return self.answer("")
        return Reply(False, "this is not something that the law asks", "answer it, or :back")

    def back(self) -> Reply:
        """Ask the question before again; its answer stands until there is another."""
        if self.form is not None:
            self.form = self._prompt = None
            return Reply(True, "Left as it was.")
        if self._turned is not None and self._turned.kind == "split":
            self.turn(self._left_at)
            return Reply(True, "Nothing is split off.")
        for step in self._history.before(self._turned):
            try:
                self.prompt_for(step)
            except (KeyError, StopIteration):
                continue  # no longer there to be asked
            self.turn(step)
            return Reply(True)
        return Reply(False, "there is no question before this one")

    def note(self, text: str) -> Reply:
        """Keep evidence with the answer to what is asked, or to what was last answered."""
        text = tidied(text, long=True)
        steps = (self.prompt.step, *self._history.before(None))
        step = next((one for one in steps if one.kind in ("header", "every", "fact")), None)
        if not text:
            return Reply(False, "there is nothing to keep", "write :note and the evidence")
        if step is None or not self.case.reference:
            return Reply(False, "nothing is saved yet", "answer this first, then write the note")
        events = [Event("noted", {"item": step.item, "fact": step.key, "text": text})]
        if step.kind == "every":
            events = list(self.once.noted(self.case, step, text))
        self.add(*events, stay=True)
        about = f"{parts.label(self.case, step.item)}: " if step.item else ""
        return Reply(True, f"Kept with the answer to: {about}{self.prompt_for(step).ask}")

    def list(self) -> Iterator[Row]:
        """All answers, with how they stand."""
        return rows(self.case, self.law, self.matters)

    def why(self) -> Why | None:
        """Why the present question matters; None where it is no question of fact."""
        step = self.prompt.step
        if step.kind not in ("fact", "every"):
            return None
        return why(self.matters, question_of(self.matters, step.key, step.item))

    def turn_to_split(self, item: str) -> None:
        """Ask what to split off from a part; going back leads to what is asked at present."""
        if self._turned is None or self._turned.kind != "split":
            self._left_at = self._turned
        self.form = None
        self.turn(Step("split", "", item))
