"""Whatever an officer does, in any order: the record is the state, and nothing is asked twice."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from advisor import Case
from advisor.advice.assess import Decided
from advisor.advice.matters import deciding
from advisor.interview import commands
from advisor.interview.dialogue import Interview
from advisor.interview.notice_facts import notice_facts
from advisor.reasoning.matter import Matter
from advisor.reasoning.relevance import outstanding
from advisor.register.events import replay
from advisor.register.plain import as_yaml
from advisor.register.store import Register
from tests.interview.answering import LIVE_FILE, RULEBOOK, TODAY, begun, said_to

FACTS = RULEBOOK.law(TODAY).facts
JUNK = st.sampled_from(["", "maybe", "77", "²", ":x", "yes no", "1\n2", "\x1b[2J", "unknown?"])
DAYS = ["1/6/2024", "2/3/2025", "1/9/2026", "3/3/2031"]
TEXT = st.text(max_size=40)
# What an interview does takes too long to be tried a thousand times over for a shorter example.
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

# A disk in memory where there is one: every answer waits until it is written.
QUICK = "/dev/shm" if os.path.isdir("/dev/shm") else None


class Officer(RuleBasedStateMachine):
    """One officer at one interview in a register, whose window is killed, and who comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=QUICK)
        self.register = Register(Path(self.folder.name, "register.db"))
        self.interview: Interview = begun(self.register.create("FOI/1"))
        for text in ("FOI/1", "", "police", "1/6/2026", "", "", "One", "Two", ""):
            assert self.interview.answer(text).ok

    @rule(choice=st.integers(0, 12))
    def answers(self, choice: int) -> None:
        self._asks_only_what_matters()
        prompt = self.interview.prompt
        values = [one.value for one in prompt.choices]
        text = values[choice % len(values)] if values else said_to(prompt, LIVE_FILE)
        reply = self.interview.answer(text)
        assert reply.ok or prompt.step.kind in ("header", "done"), (prompt, reply)

    @initialize(count=st.sampled_from([0, 12, 25, 60]))
    def begins(self, count: int) -> None:
        """At the beginning, in the middle of the first part, of the second, in the balance."""
        self.answers_as_for_a_live_file(count)

    @rule(count=st.integers(1, 8))
    def answers_as_for_a_live_file(self, count: int) -> None:
        self._asks_only_what_matters()
        for _ in range(count):
            prompt = self.interview.prompt
            shared = prompt.choices[0].value if prompt.step.kind == "shared" else ""
            self.interview.answer(shared or said_to(prompt, LIVE_FILE))

    @rule(field=st.sampled_from(["received", "decided"]), day=st.sampled_from(DAYS))
    def changes_a_day(self, field: str, day: str) -> None:
        commands.change(self.interview, f"{field} {day}")

    @rule(text=JUNK | TEXT)
    def types_anything(self, text: str) -> None:
        self.interview.answer(text)

    @rule()
    def does_not_know(self) -> None:
        self.interview.unknown()

    @rule()
    def goes_back(self) -> None:
        self.interview.back()

    @rule(fact=st.sampled_from(sorted(FACTS)), part=st.sampled_from(["1", "2", ""]), value=TEXT)
    def changes_a_fact(self, fact: str, part: str, value: str) -> None:
        choices = [*FACTS[fact].choices, "yes", "no", "2020", "unknown"]
        commands.change(self.interview, f"{part} {fact} {choices[len(value) % len(choices)]}")

    @rule(text=TEXT)
    def keeps_a_note(self, text: str) -> None:
        self.interview.note(text)

    @precondition(lambda self: len(self.interview.case.items) < 4)
    @rule(text=st.sampled_from(["1 The names", "2", "The map", ""]))
    def splits_a_part(self, text: str) -> None:
        commands.split(self.interview, text)

    @rule(part=st.sampled_from(["1", "3", "x"]))
    def takes_a_part_out(self, part: str) -> None:
        commands.remove(self.interview, part)

    @rule()
    def is_killed_and_resumes(self) -> None:
        """What is asked next is what would have been, but for what was asked again or half said."""
        before, killed = self.interview, self.register
        before.form = None
        before.turn(None)
        self.register = Register(killed.path)  # the other one lets go of nothing
        saved = self.register.open("FOI/1")
        assert not saved.broken()
        self.interview = begun(saved)
        assert self.interview.case == before.case
        assert self.interview.prompt == before.prompt
        killed.close()

    @rule()
    def lists_and_asks_why(self) -> None:
        rows = list(self.interview.list())
        case = self.interview.case
        assert len(rows) == len(case.facts) + sum(len(item.facts) for item in case.items)
        self.interview.why()

    @rule()
    def exports(self) -> None:
        """The advice on the exported case is the advice on the state."""
        exported = Case.parse(as_yaml(self.interview.case))
        assert exported == self.interview.case
        advice = [RULEBOOK.assess(one, engine="direct") for one in (exported, self.interview.case)]
        assert advice[0].as_json() == advice[1].as_json()
        held = {key: self.interview.decided(key).outcome for key in self.interview.matters}
        assert held == {one.id: one.outcome for one in advice[0].items}

    @invariant()
    def the_record_is_the_state(self) -> None:
        assert replay(self.interview.record.events) == self.interview.case

    def teardown(self) -> None:
        self.register.close()
        self.folder.cleanup()

    def _asks_only_what_matters(self) -> None:
        interview = self.interview
        if interview.form is not None or interview._turned:
            return
        step, matters = interview.prompt.step, interview.matters
        about = [one for key, one in matters.items() if step.item in (None, key)]
        if step.kind == "fact":
            where = interview.case if step.item is None else interview.case.item(step.item)
            assert where is not None
            assert step.key not in where.facts, "it has been answered"
            assert any(step.key in _wanted(one) for one in about)
        elif step.kind == "every":
            assert sum(step.key not in item.facts for item in interview.case.items) > 1
            assert any(step.key in _wanted(one) for one in about)
        elif step.kind in ("factor", "conclude", "done"):
            for matter in matters.values():
                left = [fact for fact in _wanted(matter) if fact not in matter.known.unknown]
                assert not left, "it stops while something matters"


def _wanted(matter: Matter) -> set[str]:
    facts = set(outstanding(deciding(matter)))
    return facts | set(notice_facts(Decided.of(matter, "direct")))


def test_whatever_an_officer_does_the_record_is_the_state() -> None:
    run_state_machine_as_test(
        Officer,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, phases=WITHOUT_SHRINKING
        ),
    )
