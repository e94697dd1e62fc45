"""What is wrong with rules, decided matters and signs is told in its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import InputError, Rulebook
from tests.quality.rulebooks import SMALL, found, write

MATTERS = """\
sources:
  a_decision: {kind: decision, title: A v B, read: 2026-01-01, seen: page read}
dimensions:
  investigation_status:
    because: The nearer its end, the less it needs silence.
    authority: [{source: guidance, point: the stage}]
    disclose: [[closed]]
    maintain: [[cold], [ongoing]]
  latest_record_year:
    because: What is old harms less.
    authority: [{source: guidance, point: age}]
    disclose: [[2000], [1990]]
precedents:
  A-1:
    title: A v B
    citation: one
    body: commissioner
    decided: 2020-01-01
    asked: It.
    published: here
    seen: all
    read: 2026-01-01
    limits: Where it differs.
    linked: [A-2]
    principles:
      - {point: It is so., rules: [engaged]}
    parts:
      - id: it
        what: it
        result: withhold
        because: It is so.
        limbs: [s30(1)(a)]
        facts: {held: yes, investigation_status: ongoing, latest_record_year: 2015}
        reason: [investigation_status, stage]
        factors:
          - {said: at its height, factor: stage}
          - {said: kind words, side: disclose}
  A-2:
    title: C v D
    citation: two
    body: commissioner
    seen: the headnote
    read: 2026-01-01
    limits: Only what it is cited for.
    principles:
      - {point: It is so., rules: [engaged]}
"""

SIGNS = """\
signs_in_text:
  refuses:
    means: It refuses.
    phrases: [we refuse]
    examples: [We refuse.]
    not_examples: [We agree.]
readings_of_text:
  first:
    means: It refuses.
    when: refuses
  second:
    means: It refuses again.
    when: first
requirements_in_text:
  REQ-01:
    title: An exemption
    applies: second
    met: refuses
    look_at: [refuses]
    write: Name it.
"""

WHOLE = SMALL | {"matters.yaml": MATTERS, "signs.yaml": SIGNS}


@pytest.mark.parametrize(
    ("type_", "answer", "right"),
    [("yes_no", "x", "no"), ("choice", "x", "one, other"), ("text", "' '", "write"),
     ("number", "x", "digits"), ("year", "x", "digits"), ("date", "x", "YYYY-MM-DD")],
)  # fmt: skip
def test_what_is_no_answer_is_told_with_what_would_be_one(
    tmp_path: Path, type_: str, answer: str, right: str
) -> None:
    choices = "choices: {one: One, other: Another}" if type_ == "choice" else ""
    fact = f"facts:\n  more:\n    type: {type_}\n    ask: What?\n    help: That.\n" + (
        f"    authority: [{{at: FOIA 2000 s.1(1)(a)}}]\n    {choices}\n"
    )
    matters = MATTERS.replace("{held: yes,", f"{{held: yes, more: {answer},")
    (told,) = [
        one.problem
        for one in found(write(tmp_path, WHOLE | {"matters.yaml": matters, "more.yaml": fact}))
        if "no answer to 'more'" in one.problem.text
    ]
    assert right in told.right


def said(folder: Path) -> list[tuple[str, str, int]]:
    """What a rulebook is refused for: the check, the file and the line."""
    return [
        (one.check, Path(one.problem.file).name, one.problem.line)
        for one in found(folder)
        if one.severity == "error"
    ]


def test_the_rules_that_are_broken_below_are_sound(tmp_path: Path) -> None:
    assert said(write(tmp_path, WHOLE)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "check", "shows"),
    [
        # Dimensions
        ("matters.yaml", "[cold], [ongoing]", "[cold], [ongoing, cold]", "schema",
         "because: The nearer"),
        ("matters.yaml", "[cold], [ongoing]", "[ongoing]", "schema",
         "because: The nearer"),
        ("matters.yaml", "  latest_record_year:\n", "  latest_record_yaer:\n", "dangling-id",
         "because: What is old"),
        ("matters.yaml", "[1990]", "[nineties]", "schema", "because: What is old"),
        # Decided matters
        ("matters.yaml", "    limits: Only what it is cited for.\n    principles:\n"
         "      - {point: It is so., rules: [engaged]}\n", "    limits: None.\n", "schema",
         "title: C v D"),
        ("matters.yaml", "linked: [A-2]", "linked: [A-3]", "dangling-id", "[A-3]"),
        ("matters.yaml", "    linked:", "    reviewed_by: A. Lawyer\n    linked:", "schema",
         "title: A v B\n    citation"),
        ("matters.yaml", "rules: [engaged]", "rules: [engagd]", "dangling-id", "[engagd]"),
        ("matters.yaml", "    parts:\n", "    parts:\n      - {id: it, what: it, result: "
         "not_decided, because: So.}\n", "duplicate-id", "id: it\n        what"),
        ("matters.yaml", "held: yes", "held: perhaps", "schema", "perhaps"),
        ("matters.yaml", "investigation_status: ongoing", "investigation_status: going", "schema",
         "going, latest"),
        ("matters.yaml", "latest_record_year: 2015", "latest_record_year: long ago", "schema",
         "long ago"),
        ("matters.yaml", "latest_record_year: 2015", "latest_record_year: 2021", "schema", "2021"),
        ("matters.yaml", "kind words, side: disclose", "kind words", "schema", "{said: kind"),
        ("matters.yaml", "factor: stage}", "factor: stage, side: maintain}", "schema",
         "{said: at"),
        ("matters.yaml", "[investigation_status, stage]", "[investigation_status, sage]",
         "dangling-id", "[investigation_status, sage]"),
        # Signs in letters
        ("signs.yaml", "  REQ-01:", "  REQ-09:", "dangling-id", "title: An"),
        ("signs.yaml", "    when: refuses", "    when: second", "cycle", "second\n  second"),
        ("signs.yaml", "look_at: [refuses]", "look_at: [refusse]", "dangling-id", "[refusse]"),
        # Rules
        ("law.yaml", "  is_historical:", "  outcome:", "duplicate-id", "means: It is h"),
        ("law.yaml", "{at: FOIA 2000 s.62(1)}", "{point: age}", "schema", "{point: age}"),
        ("facts.yaml", "    help: By you, or for you.", "    help: By you.\n    default: perhaps",
         "schema", "perhaps"),
        ("facts.yaml", "[{add: 0}]", "[{through: 2025, add: 0}]", "schema", "[{through"),
        ("weighing.yaml", "investigation_status in [ongoing, cold]",
         "investigation_status in [ongoing, clod]", "schema", "investigation_status in"),
        ("sending.yaml", "when: sensitivity is central_evidence", "when: held cites s40", "schema",
         "held cites"),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_stands(
    tmp_path: Path, file: str, old: str, new: str, check: str, shows: str
) -> None:
    assert WHOLE[file].count(old) >= 1
    text = WHOLE[file].replace(old, new, 1)
    folder = write(tmp_path, WHOLE | {file: text})
    assert (check, file, text[: text.index(shows)].count("\n") + 1) in said(folder)


def test_a_rulebook_that_decides_nothing_is_refused(tmp_path: Path) -> None:
    outcomes, _ = SMALL["deciding.yaml"].split("order_of_decision:")
    with pytest.raises(InputError, match="order_of_decision"):
        Rulebook.load(write(tmp_path, WHOLE | {"deciding.yaml": outcomes}))
