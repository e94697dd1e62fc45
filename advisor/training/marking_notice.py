"""Marking the notice (whether, by when, what it must say) and the faults of a letter."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.training.answers import NoticeAnswer, Worked
from advisor.training.exercise import Exercise
from advisor.training.marks import Mark, Status


def notice_marks(exercise: Exercise, answer: NoticeAnswer) -> Iterator[Mark]:
    model = exercise.model
    if model.notice_needed is not None:
        wanted = "yes" if model.notice_needed else "no"
        status: Status = (
            "missing"
            if answer.needed is None
            else ("right" if answer.needed == wanted else "wrong")
        )
        yield Mark(
            "notice/needed",
            "needed",
            "Whether a refusal notice is needed",
            status,
            answer.needed or "",
            wanted,
            exercise.teaching.notice
            or "Section 17 asks for one where an exemption, section 12 or section 14 is relied on.",
            ("FOIA 2000 s.17",),
        )
    judged = {one.element for one in exercise.teaching.open_to_judgment}
    if model.due is not None and "due" not in judged:
        status = (
            "missing" if answer.due is None else "right" if answer.due == model.due else "wrong"
        )
        yield Mark(
            "notice/due",
            "due",
            "By when",
            status,
            str(answer.due or ""),
            model.due.isoformat(),
            model.due_reason,
            ("FOIA 2000 s.10",),
        )
    wanted_ids = {one.id for one in model.must_say}
    for one in model.must_say:
        named = one.id in answer.must_say
        yield Mark(
            f"notice/{one.id}",
            "notice",
            f"The notice: {one.id}",
            "right" if named else "missing",
            one.id if named else "",
            one.id,
            one.text,
            one.authority,
        )
    entries = {one.id: one.entry for one in exercise.law.requirements}
    for key in dict.fromkeys(answer.must_say):
        # What is good practice is never wrong to promise.
        if key not in wanted_ids and entries[key].severity in "MC":
            yield Mark(
                f"notice/{key}",
                "notice",
                f"The notice: {key}",
                "wrong",
                key,
                "none",
                f"Not asked of this notice: {entries[key].text}",
                tuple(exercise.law.cites(entries[key].authority)),
            )


def letter_marks(exercise: Exercise, worked: Worked) -> Iterator[Mark]:
    letter = exercise.teaching.letter
    arguable = {*letter.arguable} if letter else set()
    entries = {one.id: one.entry for one in exercise.law.requirements}
    for one in exercise.model.faults:
        named = one.id in worked.faults
        yield Mark(
            f"letter/{one.id}",
            "letter",
            f"Fault {one.id}",
            "right" if named else "missing",
            one.id if named else "",
            one.id,
            one.text,
            one.authority,
        )
    found = {one.id for one in exercise.model.faults} | arguable
    for key in dict.fromkeys(worked.faults):
        if key not in found and entries[key].severity in "MC":
            yield Mark(
                f"letter/{key}",
                "letter",
                f"Fault {key}",
                "wrong",
                key,
                "none",
                f"The letter is not at fault in this: {entries[key].text}",
                tuple(exercise.law.cites(entries[key].authority)),
            )
