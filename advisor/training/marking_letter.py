"""Marking the faults that a trainee finds in a letter, each with the line that shows it.

They are marked against the case's own list, and the lines are those of the check of notices. What
the case calls arguable, and what the check cannot tell either, neither helps nor counts against.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.training.answers import Worked
from advisor.training.exercise import Exercise
from advisor.training.marking_notice import title
from advisor.training.marks import Mark


def letter_marks(exercise: Exercise, worked: Worked) -> Iterator[Mark]:
    """A mark for each fault of the case's letter, and for each that the trainee wrongly found."""
    from advisor.notice.checking import check
    from advisor.notice.reading import of_text

    letter = exercise.teaching.letter
    assert letter is not None
    law = exercise.law
    checked = check(of_text(exercise.letter).lines, law, exercise.assessment)
    found = {one.id: one for one in checked.findings}

    def lines(key: str, status: str) -> tuple[int, ...]:
        one = found.get(key)
        evidence = one.evidence if one is not None and one.status == status else ()
        return letter.lines.get(key) or tuple(sorted({quote.line for quote in evidence}))

    for one in exercise.model.faults:
        named = one.id in worked.faults
        yield Mark(
            f"letter/{one.id}",
            "letter",
            f"The letter: {title(law, one.id)}",
            "right" if named else "missing",
            one.id if named else "",
            one.id,
            _with_lines(one.text, lines(one.id, "missing")),
            one.authority,
        )
    known = {*letter.faults, *letter.arguable}
    for requirement in law.requirements:
        key, entry = requirement.id, requirement.entry
        clear = key not in found or found[key].status in ("met", "not_applicable")
        if key in worked.faults and key not in known and entry.severity in "MC" and clear:
            asked = key not in found or found[key].status == "met"
            start = "The letter is not at fault in this" if asked else "Not asked of this letter"
            text = f"{start}: {entry.text}"
            yield Mark(
                f"letter/{key}",
                "letter",
                f"The letter: {title(law, key)}",
                "wrong",
                key,
                "none",
                _with_lines(text, lines(key, "met")),
                tuple(law.cites(entry.authority)),
            )


def _with_lines(text: str, lines: tuple[int, ...]) -> str:
    if not lines:
        return text
    return f"{text} See line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}."
