"""Assessing a partition of decisions: lines in, lines out, one for one and in their order.

`assess_lines` is a plain generator over one partition, so it is also what a Spark or Dask job maps:

    from advisor import Rulebook
    from advisor.batch.partition import assess_lines

    rdd.mapPartitions(lambda lines: assess_lines(lines, Rulebook.load()))

A line that can't be used gives a line with its `problems`; it stops nothing. In place of a line
there may be the path of a case file, which is then read where it is assessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.case import Case
from advisor.document.json_text import json_text
from advisor.reasoning.agreement import Disagreement, Engine
from advisor.sources import MAX_VALUES, Document, InputError, Problem

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook

LONGEST = 1_000_000  # a line, as a case file is at most
PROGRAM = "an error of the program itself"


@dataclass(frozen=True)
class How:
    """How every line of a batch is assessed.

    All are judged under the law of `as_at`; without it each at its own `decided`, or on the day
    `today` where it has none. What an open part still wants to know takes some twenty times the
    rest: only with `outstanding` does an answer have it.
    """

    engine: Engine = "direct"
    as_at: date | None = None
    outstanding: bool = False
    today: date | None = None

    def day_of(self, case: Case) -> date | None:
        return self.as_at or (self.today if case.decided is None else None)


def assess_lines(
    lines: Iterable[str | Path],
    rulebook: Rulebook,
    how: How = How(),
    first: int = 1,
) -> Iterator[str]:
    """For each line, a case in JSON, a line with its assessment (or its problems), without newline.

    `first` is the number of the first line, which each answer carries as `line`.
    """
    return map(as_line, answers(lines, rulebook, how, first))


def answers(
    lines: Iterable[str | Path], rulebook: Rulebook, how: How, first: int
) -> Iterator[dict[str, Any]]:
    """The same before it is written as JSON."""
    for number, line in enumerate(lines, first):
        try:
            if isinstance(line, Path):
                case = rulebook.read(line)
            else:
                case = rulebook.check(_document(line, number))
            assessment = rulebook.assess(
                case, as_at=how.day_of(case), engine=how.engine, outstanding=how.outstanding
            )
            found = _answer(case, assessment.as_json(), how.outstanding)
        except InputError as error:
            found = {"problems": [_said(one, line) for one in error.problems]}
        except Disagreement as error:
            found = {"problems": [f"the two derivations differ: {error}"]}
        except Exception as error:  # one line must not keep the rest from being assessed
            found = {"problems": [f"{PROGRAM} ({type(error).__name__}: {error}); please report it"]}
        yield {"line": number, **found}


def _said(problem: Problem, line: str | Path) -> str:
    """A problem of a case file with its place; of a line without, because its number is said."""
    if isinstance(line, Path):
        return str(problem)
    return f"{problem.text}; {problem.right}" if problem.right else problem.text


def as_line(answer: dict[str, Any]) -> str:
    """An answer as it is written."""
    return json_text(answer)


def _answer(case: Case, found: dict[str, Any], outstanding: bool) -> dict[str, Any]:
    drafts = {item.id: item.proposed for item in case.items}
    for item in found["items"]:
        if not outstanding and len(item["possible_outcomes"]) > 1:
            del item["outstanding"]  # which was not looked for
        draft = drafts[item["id"]]
        if draft is not None:
            item["proposed"] = {"outcome": draft.outcome, "provisions": list(draft.provisions)}
    return found


def _document(line: str, number: int) -> Document:
    name = f"line {number}"
    if len(line) > LONGEST:
        raise InputError(Problem(name, 0, 0, f"is longer than {LONGEST:,} characters"))
    try:
        data = json.loads(
            line,
            object_pairs_hook=_mapping,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
        # Half a character is no text. It can stand in the line, or be written as an escape.
        (json.dumps(data, ensure_ascii=False) if "\\u" in line else line).encode()
    except UnicodeEncodeError:
        raise InputError(Problem(name, 0, 0, "has half of a character in it")) from None
    except json.JSONDecodeError as error:
        text = f"is not JSON: {error.msg}, at character {error.pos + 1}"
        raise InputError(Problem(name, 0, 0, text, "a line is one case, whole")) from None
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(Problem(name, 0, 0, f"is not JSON: {reason}")) from None
    if len(line) > MAX_VALUES and _values(data) > MAX_VALUES:
        raise InputError(Problem(name, 0, 0, f"holds more than {MAX_VALUES:,} values"))
    return Document(name, data, {}, {})


def _values(data: Any) -> int:
    if isinstance(data, dict):
        return len(data) + sum(map(_values, data.values()))
    return sum(map(_values, data)) if isinstance(data, list) else 1


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as the reader of YAML gives it: every scalar is text, null is nothing."""
    found = {key: _as_text(value) for key, value in pairs}
    if len(found) != len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value  # what is in it was an object, and is text already
