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
    # While the clock waits there is no day to name, and none need be said.
    asked = answer.due is not None if model.waits else model.due is not None
    if asked and "due" not in model.not_marked:
        right = str(model.due or "none")
        given = str(answer.due or "")
        status = "right" if given == right else "wrong" if given else "missing"
        reason, authority = model.due_reason, model.due_authority
        yield Mark("notice/due", "due", "By when", status, given, right, reason, authority)
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


def why_not(model: Model, marks: list[Mark]) -> Iterator[str]:
    """What keeps the answer about the notice from passing; all that the Act itself requires of the
    notice (M) has to be named."""
    for one in marks:
        if one.group in ("needed", "due") and one.status != "right":
            yield one.label[:1].lower() + one.label[1:]
    listed = {one.key: one.status for one in marks if one.group == "notice"}
    left_out = [
        one.id
        for one in model.must_say
        if one.severity == "M" and listed[f"notice/{one.id}"] != "right"
    ]
    if left_out:
        yield f"what the notice must say lacks {', '.join(left_out)}"
    elif listed and [*listed.values()].count("right") * 2 <= len(listed):
        yield "too much besides what it must say"


def title(law: Law, key: str) -> str:
    """A requirement by its short title, where the check of letters has one, else by its id."""
    known = law.requirements_in_text.get(key)
    return known.title if known else key
