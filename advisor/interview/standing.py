"""Where an interview stands: its record, which it keeps, and what that leaves to be asked next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from advisor.advice.assess import Decided
from advisor.advice.matters import deciding, matters
from advisor.advice.rulebook import Rulebook
from advisor.case import Case, Item
from advisor.interview import headers, parts, walk
from advisor.interview.forms import Form
from advisor.interview.history import History
from advisor.interview.in_common import Sharing
from advisor.interview.notice_facts import notice_facts
from advisor.interview.once import Once
from advisor.interview.prompts import Prompt, Step
from advisor.interview.questions import Kept, next_question
from advisor.interview.record import Record
from advisor.interview.showing import fact_prompt
from advisor.reasoning.matter import Matter
from advisor.register.agreed import Agreed
from advisor.register.events import Event, apply, replay
from advisor.rulebook.law import Law

DONE = Prompt(Step("done"), "Nothing is left to ask.", blank="show the advice")


class Standing:
    """One assessment being made, as far as it has come.

    It works out what to ask, and is the one place where the record grows (`add`), an answer of
    several steps is gone on with (`fill`), and another question is turned to (`turn`).
    `officer` is who answers, by the name that goes on record; without it the name is asked for
    when something is decided, and `login` stands for it until then. `walked` says whether the
    balances are walked through as well.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        record: Record,
        *,
        officer: str = "",
        login: str = "",
        as_at: date | None = None,
        today: date | None = None,
        walked: bool = True,
    ) -> None:
        self.rulebook, self.record = rulebook, record
        self.officer, self.login = officer, login
        self.as_at, self.today, self.walked = as_at, today or date.today(), walked
        self.case: Case = replay(())
        self.doubted: Event | None = None  # what is kept only if it is said again
        self.form: Form | None = None  # an answer of several steps that is being given
        self.asked: frozenset[str] = frozenset()  # the fields of the header
        self.agreed = Agreed()
        self._parts, self._history, self._kept = parts.Parts(), History(), Kept()
        self.once, self.sharing = Once(), Sharing()
        self._turned: Step | None = None  # what is asked again, though it has an answer
        self._left_at: Step | None = None  # what was asked again when a part was to be split
        self._prompt: Prompt | None = None
        self._law: Law | None = None
        self._matters: dict[str, Matter] | None = None
        self._before: dict[str, Matter] = {}
        self._header: tuple[Case, Law] | None = None
        for event in record.events:
            self._take(event)

    @property
    def prompt(self) -> Prompt:
        """What to ask now; of kind `done` when nothing is left."""
        if self._prompt is None:
            if self.form is not None:
                self._prompt = self.form.prompt(self.law, self._name_meant())
            else:
                self._prompt = self.prompt_for(self._turned or next(self._steps()))
        return self._prompt

    @property
    def left(self) -> int | None:
        """At most so many more questions can change the outcome of the part that is asked about.

        None where the question is about no part, or is asked again.
        """
        step = self.prompt.step
        if step.kind != "fact" or step.item is None or self._turned is not None:
            return None
        matter = deciding(self.matters[step.item])
        return self._kept.witnesses[step.item].at_most(matter, matter.known.unknown)

    @property
    def decider(self) -> str:
        """Who answers, by the name that they gave; else the login."""
        return self.officer or self._name_meant()

    @property
    def law(self) -> Law:
        """The law in force on the day by which the case is judged."""
        day = self.as_at or self.case.decided or self.today
        if self._law is None or self._law.as_at != day:
            self._law = self.rulebook.law(day)
        return self._law

    @property
    def matters(self) -> Mapping[str, Matter]:
        """Each part as a matter to reason about."""
        if self._matters is None:
            self._matters = self._with_what_is_the_same(matters(self.case, self.law))
        return self._matters

    def _steps(self) -> Iterator[Step]:
        """What is left to ask, in order; as far as it is looked at, it is worked out."""
        for key in headers.wanted(self.case, self.asked, self.today):
            yield Step("header", key)
        if not self._parts.complete:
            yield Step("part")
        for key in headers.followed_by(self.law, self.case):
            if key not in self.asked:
                yield Step("header", key)
        question = next_question(self.matters, self._kept)
        if question is not None:
            step = Step("fact", question.fact, question.item)
            for one in (self.once, self.sharing):
                step = one.offered(self.case, self.law, step) or step
            yield step
        for matter in self.matters.values() if self.walked else ():
            yield from walk.steps(self._kept.decided(matter), self.agreed)
        yield DONE.step

    def prompt_for(self, step: Step) -> Prompt:
        """The prompt of a step. Raises KeyError where there is no such thing to ask, or not now."""
        about = parts.label(self.case, step.item)
        if step.kind == "header":
            now = headers.shown(self.case, step.key) if step.key in self.asked else ""
            note = self.case.notes.get(step.key, "")
            return replace(headers.prompt(self.law, step.key), now=now, note=note)
        if step.kind == "part":
            return parts.prompt(self.law, self.case)
        if step.kind == "every":
            return self.once.prompt(self.case, self.law, step)
        if step.kind == "shared":
            return self.sharing.prompt(self.case, self.law, step, about)
        if step.kind == "fact":
            return fact_prompt(self.case, self.law, step, about)
        if step.kind == "done":
            return DONE
        if step.kind in ("described", "split"):
            prompt = parts.DESCRIBED if step.kind == "described" else parts.SPLIT
            item = self.case.item(step.item or "")
            now = item.description if item and step.kind == "described" else ""
            return replace(prompt, step=step, about=about, now=now)
        struck = dict(walk.balances(self.decided(step.item or "")))[step.balance]
        made = walk.factor_prompt if step.kind == "factor" else walk.conclude_prompt
        return replace(made(self.law, struck, step), about=about)

    def decided(self, item: str) -> Decided:
        """A part with its decision and balances. Raises KeyError where there is no such part."""
        return self._kept.decided(self.matters[item])

    def get_ready(self) -> None:
        """Do now, while the first question is read, what later answers would wait for."""
        from advisor.notice.working_days import add_working_days

        add_working_days(self.today, 1)
        found = matters(Case("1", "", (Item("any"),)), self.law)
        next_question(found)
        for matter in found.values():
            notice_facts(Decided.of(matter, "direct"))

    def turn(self, step: Step | None) -> None:
        """Ask this now (None: what is next)."""
        self._turned, self._prompt = step, None

    def fill(self, form: Form) -> None:
        """Go on with an answer of several steps."""
        self.form, self._prompt = form, None

    def add(self, *events: Event, stay: bool = False) -> None:
        """Put on record what happened, all of it or nothing; `stay` keeps to the same prompt."""
        signed = [replace(one, by=one.by or self.officer or self.login) for one in events]
        self.record.append(*signed)
        for event in signed:
            self._take(event)
        self._prompt = None
        if not stay:
            self.form = self._turned = None

    def _with_what_is_the_same(self, new: dict[str, Matter]) -> dict[str, Matter]:
        """The matters, those that nothing has changed as they were, with what is known of them."""
        header = replace(self.case, items=(), facts={}, notes={}), self.law
        if header == self._header:
            for key, old in self._before.items():
                if key in new and (old.known, old.item) == (new[key].known, new[key].item):
                    new[key] = old
        self._header, self._before = header, new
        return new

    def _take(self, event: Event) -> None:
        self.case = apply(self.case, event)
        self.asked |= frozenset(headers.asked_in(event))
        self.agreed.take(event)
        self.once.take(event)
        self.sharing.take(event)
        self._parts.take(event)
        self._history.take(event)
        self._matters = None

    def _name_meant(self) -> str:
        """The name that a blank answer stands for: of whoever decided last, else the login."""
        decided = ("agreed", "concluded", "considered")
        by = (one.by for one in reversed(self.record.events) if one.kind in decided and one.by)
        return next(by, self.login)
