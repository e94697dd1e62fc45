"""A blank answer sheet: a file that `--answers` reads once it is filled in.

The form comes first, and is short; the words that it can be filled with stand below it, question by
question.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from advisor.register.plain import escaped
from advisor.rulebook.law import Law
from advisor.rulebook.model import WEIGHTS
from advisor.training.answers import UNNAMED
from advisor.training.exercise import Exercise
from advisor.training.teaching import BALANCES

WIDTH = 98
_PART = """\
      - id: {id}
        outcome:
        provisions: []      # relied on to refuse: ["s30(1)(a)(i)"]
        engaged: []         # cover it, though you do not refuse by them
        elements:           # each on a line: duty_to_investigate: {{answer: yes, on: [2]}}
"""
_BALANCE = """\
        {key}:    # leave blank if it is not struck
          maintain:         # each on a line: stage_reached: {{weight: some, on: [3, 4]}}
          disclose:
          result:           # maintain, disclose or undetermined
"""
_NOTICE = """\
    notice:
      needed:               # yes or no
      due:                  # 2026-01-31, or none if no day can be named yet
      must_say: []          # [S17-01, S17-02]
"""
_FAULTS = """\
    faults: []              # what the letter lacks: [S17-01]
"""


def sheet(exercises: Sequence[Exercise], trainee: str = "") -> str:
    """The blank sheet of one exercise or several."""
    name = _quoted(trainee) if trainee else UNNAMED
    lines = [
        *_comment(
            "Fill in what you can; what is left blank counts as missing. Numbers after `on` are "
            "passages of the exercise. The words to use are below."
        ),
        *("answers: 1", f"trainee: {name}", "cases:"),
    ]
    form = "\n".join(lines) + "\n" + "".join(map(_form, exercises))
    return form + "\n".join(_words(exercises[0].law)) + "\n"


def _form(exercise: Exercise) -> str:
    case = exercise.case
    form = f"  - case: {_quoted(case.reference)}\n    items:\n"
    for item in case.items:
        form += _PART.format(id=_quoted(item.id))
        form += "".join(_BALANCE.format(key=key) for key in BALANCES)
        form += "        not_counted: []\n"
    form += _NOTICE
    return form + _FAULTS if exercise.letter else form


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, of which no character can act or hide."""
    return escaped(json.dumps(text, ensure_ascii=False))


def _words(law: Law) -> Iterator[str]:
    yield ""
    yield "# The words to use, question by question"
    yield from _listed("outcome", ((key, one.title) for key, one in law.outcomes.items()))
    yield from _listed("provisions, engaged", ((key, one.title) for key, one in law.limbs.items()))
    asked = [(key, law.facts[key]) for key in law.questions if law.facts[key].type != "text"]
    yield from _listed(
        "elements: the facts that settle it",
        ((key, f"{one.ask} {_choices(one.choices)}") for key, one in asked),
    )
    yield from _comment(f"weight: {', '.join(WEIGHTS)}")
    for key, balance in BALANCES.items():
        for side in ("maintain", "disclose"):
            factors = [one for one in law.balance_factors.get(balance, ()) if one.side == side]
            yield from _listed(f"{key}, {side}", ((one.name, one.title) for one in factors))
    yield from _listed("not_counted", ((key, law.facts[key].ask) for key in law.not_counted))
    musts = [one for one in law.requirements if one.entry.severity in "MC"]
    yield from _listed("must_say, faults", ((one.id, one.entry.text) for one in musts))


def _choices(choices: Iterable[str]) -> str:
    listed = ", ".join(choices)
    return f"({listed})" if listed else ""


def _listed(title: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "#"
    yield from _comment(title)
    for key, text in entries:
        yield from textwrap.wrap(
            f"{key}: {text}", WIDTH, initial_indent="#   ", subsequent_indent="#       "
        )


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ")
