"""The interview on lines: prompts shown, answers and commands taken, until nothing is left."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from advisor.cli.exits import INPUT_ENDED
from advisor.cli.line import Left, Lines
from advisor.cli.reasons import show_why
from advisor.interview import commands
from advisor.interview.parts import label
from advisor.interview.prompts import Prompt, Reply
from advisor.sources import InputError, Problem

if TYPE_CHECKING:
    from advisor.document.blocks import Document
    from advisor.interview.dialogue import Interview

HELP = (
    "Type the number of an answer, or the beginning of its words. Enter alone does what the line "
    "in brackets says.",
    "? - what counts, and what evidence to keep",
    ":why - the rule that makes it matter, and what each answer would lead to",
    ":unknown - you do not know; that is an answer too, and what turns on it stays open",
    ":back - the question before; its answer stands until you give another",
    ":list - all answers, with their names (:list 2 of part 2, :list NAME to one question)",
    ":change NAME - ask an answer again (:change 2 NAME for part 2; :change NAME ANSWER at once)",
    ":note TEXT - keep evidence with this answer (after :back, with the one before)",
    ":split TEXT - take what TEXT says out of this part; :remove 2 takes part 2 away",
    ":whatif - what would turn the outcome (:whatif NAME=ANSWER what one answer would change)",
    ":explain - how things stand, step by step",
    ":save - where your answers are (they are saved as you give them)",
    ":quit - leave",
    ":: - begins an answer that itself begins with a colon",
)


class Conversation:
    """One interview with one person. `saved` says where the answers are and how to go on.

    `ends` says whether it ends at once where nothing is left to ask from the beginning.
    """

    def __init__(
        self, interview: Interview, lines: Lines, saved: Callable[[], str], *, ends: bool = True
    ) -> None:
        self.interview, self.lines, self._saved, self._ends = interview, lines, saved, ends
        self._about: str | None = None
        self._left: int | None = None  # as it was last shown of this part
        self._answered = False
        self._commands: dict[str, Callable[[str], Reply | None]] = {
            "why": self._why,
            "back": lambda _: interview.back(),
            "list": self._list,
            "change": lambda words: commands.change(interview, words),
            "unknown": lambda _: interview.unknown(),
            "note": interview.note,
            "split": lambda words: commands.split(interview, words),
            "remove": lambda words: commands.remove(interview, words),
            "whatif": self._what_if,
            "explain": self._explain,
            "save": self._save,
            "quit": self._quit,
            "help": self._help,
            "skip": lambda _: interview.answer(""),
        }

    def run(self) -> None:
        """Ask until nothing is left. Raises Left, and InputError for a wrong answer in a file."""
        ready = False
        while True:
            prompt = self.interview.prompt
            done = prompt.step.kind == "done"
            if done and self._is_over():
                if self._answered:
                    self.lines.say()  # before the advice
                return
            if not ready:
                self.lines.say("? explains a question, :help lists the commands, :quit leaves.")
                self._show_where()
            self._show(prompt)
            if not ready:
                self.interview.get_ready()
                gc.freeze()  # the rules stay: looking through them for garbage would cost a pause
                ready = True
            while True:
                text = self.lines.read(long=prompt.long)
                if done and not text.strip():
                    return
                reply = self._take(text)
                if reply is not None:
                    self._say(reply, text)
                    if reply.ok:
                        break

    def _is_over(self) -> bool:
        # A file may go on with commands, such as :change, when nothing is left to ask.
        return not self.lines.more() if self.lines.strict else self._ends or self._answered

    def _take(self, text: str) -> Reply | None:
        """What came of a line: an answer or a command. None: the same question stands."""
        bare = text.strip()
        if bare == "?":
            return self._explain_prompt()
        if not bare.startswith(":") or "\n" in bare:
            return self._answer(text)
        if bare.startswith("::"):
            return self._answer(bare[1:])
        name, _, words = bare[1:].partition(" ")
        name = name.casefold()
        found = [one for one in self._commands if name and one.startswith(name)]
        if name in found or len(found) == 1:
            return self._commands[name if name in found else found[0]](words.strip())
        close = difflib.get_close_matches(name, list(self._commands), n=1, cutoff=0.5)
        right = f"did you mean :{close[0]}?" if close else ":help lists them"
        return Reply(False, f"there is no command :{name}", right)

    def _answer(self, text: str) -> Reply:
        from advisor.register.store import ReferenceRefused

        try:
            reply = self.interview.answer(text)
            self._answered |= reply.ok
            return reply
        except ReferenceRefused as error:
            if self.lines.strict:
                raise
            # Nothing is saved yet, so another can be given.
            problem = error.problems[0]
            return Reply(False, problem.text, problem.right)

    # What is shown.

    def _show_where(self) -> None:
        """Where an interview stands that is gone on with."""
        case = self.interview.case
        if not case.reference:
            return
        self.lines.say()
        title = f", {case.title}" if case.title else ""
        self.lines.say(f"{case.reference}{title}. Answered so far:", strong=True)
        for item in (None, *case.items):
            facts, key = (case.facts, None) if item is None else (item.facts, item.id)
            answers = f"{len(facts) or 'no'} question{'' if len(facts) == 1 else 's'}"
            self.lines.say(f"- {label(case, key)}: {answers}", indent=2, hang=2)

    def _show(self, prompt: Prompt) -> None:
        say = self.lines.say
        say()
        if prompt.about != self._about and prompt.about:
            say(prompt.about, strong=True)
            self._left = None
            say()
        self._about = prompt.about or self._about
        self._show_progress()
        for one in prompt.lead:
            say(one, hang=2)
        say(prompt.ask, strong=True)
        self._show_choices(prompt)
        if prompt.note:
            say(f"Kept with it: {prompt.note}", indent=2)
        if prompt.now:
            say(f"(Answered: {prompt.now}. Enter keeps it.)", indent=2)
        elif prompt.blank:
            say(f"(Enter: {self._blank(prompt)}.)", indent=2)
        elif prompt.form:
            say(f"(Write {prompt.form}.)", indent=2)

    def _show_progress(self) -> None:
        """How many questions can be left: of a part that is begun, then when it is much less."""
        left, shown = self.interview.left, self._left
        if left is None or left == shown or (left and shown and 0 < shown - left < 5):
            return
        self._left = left
        text = f"At most {left} questions can still change the outcome of this part."
        if left < 2:
            text = "Only this question can still change the outcome of this part."
        if not left:
            text = "Nothing more changes the outcome of this part; this is for the notice."
        self.lines.say(f"({text})", indent=2)

    def _blank(self, prompt: Prompt) -> str:
        words = {one.value: one.text for one in prompt.choices}
        return words.get(prompt.blank, prompt.blank)

    def _show_choices(self, prompt: Prompt) -> None:
        if not prompt.choices:
            return
        numbered = [f"{i}. {one.text}" for i, one in enumerate(prompt.choices, 1)]
        row = "   ".join(numbered)
        if len(numbered) <= 3 and len(row) + 2 <= min(self.lines.width, 60):
            self.lines.say(row, indent=2)
            return
        for i, one in enumerate(numbered, 1):
            self.lines.say(one, indent=3 if i < 10 <= len(numbered) else 2, hang=3)

    def _explain_prompt(self) -> Reply | None:
        prompt = self.interview.prompt
        self.lines.say(prompt.help or "Answer in your own words.", indent=2)
        if prompt.form:
            self.lines.say(f"Write {prompt.form}.", indent=2)
        if prompt.keep:
            self.lines.say(f"Evidence to keep: {prompt.keep}", indent=2)
        if prompt.authority:
            self.lines.say("; ".join(prompt.authority), indent=2, hang=2)
        return None

    def _say(self, reply: Reply, typed: str) -> None:
        if not reply.ok and self.lines.strict:
            raise InputError(Problem(self.lines.where(), 0, 0, reply.text, reply.right))
        text = "; ".join(filter(None, (reply.text, reply.right)))
        if text and text.casefold() != typed.strip().casefold():  # who typed it has read it
            end = "" if text.endswith((".", "?", "!", ":")) else "."
            self.lines.say(f"{text[0].upper()}{text[1:]}{end}", indent=2)

    def _print(self, document: Document) -> Reply:
        from advisor.document.text import write

        self.lines.say()
        write(document, self.lines.out, self.lines.width)
        return Reply(True)

    # The commands that show something.

    def _why(self, words: str) -> Reply | None:
        found = self.interview.why()
        if found is None:
            return self._explain_prompt()
        show_why(self.lines, found, self.interview.law)
        return Reply(True)

    def _list(self, words: str) -> Reply:
        from advisor.interview.documents import answers_document, some_answers_document

        if not words:
            return self._print(answers_document(self.interview.case, self.interview.list()))
        found = commands.listed(self.interview, words)
        if isinstance(found, Reply):
            return found
        return self._print(some_answers_document(self.interview.case, found))

    def _what_if(self, words: str) -> Reply:
        from advisor.interview import documents, whatif

        interview = self.interview
        case, law, item = interview.case, interview.law, interview.prompt.step.item
        if not case.items:
            return Reply(False, "no part of the request is named yet")
        if not words:
            found = whatif.turning_points(case, law, item)
            return self._print(documents.changes_document(case, law, found))
        try:
            other = whatif.with_answers(case, law, words.split(), item)
        except InputError as error:
            return Reply(False, error.problems[0].text, error.problems[0].right)
        both = whatif.before_and_after(interview.rulebook, case, other, interview.as_at)
        return self._print(documents.difference_document(case, law, both))

    def _explain(self, words: str) -> Reply:
        from advisor.advice.assess import nearest_matters
        from advisor.advice.explanation import explain
        from advisor.advice.explanation_shown import derivation
        from advisor.advice.precedents import blocks

        case, law, matters = self.interview.case, self.interview.law, self.interview.matters
        if not matters:
            return Reply(False, "no part of the request is named yet")
        item = self.interview.prompt.step.item
        trees = {
            key: explain(matter, None, "direct")
            for key, matter in matters.items()
            if item in (None, key)
        }
        near = nearest_matters(case, law, 3)
        beside = {key: tuple(blocks(many, law)) for key, many in near.items()}
        return self._print(derivation(case.reference, trees, beside))

    def _help(self, words: str) -> Reply:
        for line in HELP:
            self.lines.say(line, indent=2, hang=4)
        return Reply(True)

    def _save(self, words: str) -> Reply:
        return Reply(True, self._saved())

    def _quit(self, words: str) -> Reply:
        raise Left(INPUT_ENDED, "")
