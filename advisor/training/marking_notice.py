"""Marking what is said of the notice: whether one is needed, by when, and what it must say."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.rulebook.law import Law
from advisor.training.answers import NoticeAnswer
from advisor.training.marks import Mark, Status
from advisor.training.model import Model


def notice_marks(law: Law, model: Model, answer: NoticeAnswer) -> Iterator[Mark]:
    """The marks of the notice, but for what is left open to judgment."""
    if model.notice_needed is not None and "needed" not in model.not_marked:
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
            model.notice_reason,
            model.notice_authority,
        )
    if model.due is not None and "due" not in model.not_marked:
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
            model.due_authority,
        )
    wanted_ids = {one.id for one in model.must_say} | model.not_marked
    for one in model.must_say:
        named = one.id in answer.must_say
        yield Mark(
            f"notice/{one.id}",
            "notice",
            f"The notice: {title(law, one.id)}",
            "right" if named else "missing",
            one.id if named else "",
            one.id,
            one.text,
            one.authority,
        )
    entries = {one.id: one.entry for one in law.requirements}
    for key in dict.fromkeys(answer.must_say):
        # What is good practice is never wrong to promise.
        if key not in wanted_ids and entries[key].severity in "MC":
            yield Mark(
                f"notice/{key}",
                "notice",
                f"The notice: {title(law, key)}",
                "wrong",
                key,
                "none",
                f"Not asked of this notice: {entries[key].text}",
                tuple(law.cites(entries[key].authority)),
            )


def title(law: Law, key: str) -> str:
    """A requirement by its short title, where the check of letters has one, else by its id."""
    known = law.requirements_in_text.get(key)
    return known.title if known else key
