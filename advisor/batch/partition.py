"""Assessing a partition of decisions: lines in, lines out, one for one and in their order.

`assess_lines` is a plain generator over one partition, so it is also what a Spark or Dask job maps:

    from advisor import Rulebook
    from advisor.batch.partition import assess_lines

    rdd.mapPartitions(lambda lines: assess_lines(lines, Rulebook.load()))

A line that can't be used gives a line with its `problems`; it stops nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from advisor.case import Case
from advisor.reasoning.agreement import Disagreement, Engine
from advisor.sources import MAX_VALUES, Document, InputError, Problem

if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook

LONGEST = 1_000_000  # a line, as a case file is at most


def assess_lines(
    lines: Iterable[str], rulebook: Rulebook, engine: Engine = "direct", first: int = 1
) -> Iterator[str]:
    """For each line, a case in JSON, a line with its assessment (or its problems), without newline.

    `first` is the number of the first line, which each answer carries as `line`.
    """
    for number, line in enumerate(lines, first):
        yield json.dumps(_answer(line, number, rulebook, engine), ensure_ascii=False)


def _answer(line: str, number: int, rulebook: Rulebook, engine: Engine) -> dict[str, Any]:
    try:
        case = rulebook.check(_document(line, number))
        assessment = rulebook.assess(case, engine=engine)
    except InputError as error:
        problems = [f"{one.text}; {one.right}".rstrip("; ") for one in error.problems]
        return {"line": number, "problems": problems}
    except Disagreement as error:
        return {"line": number, "problems": [f"the two derivations differ: {error}"]}
    found = {"line": number, **assessment.as_json()}
    drafts = {item.id: item.proposed for item in case.items}
    for item in found["items"]:
        draft = drafts[item["id"]]
        if draft is not None:
            item["proposed"] = {"outcome": draft.outcome, "provisions": list(draft.provisions)}
    return found


def _document(line: str, number: int) -> Document:
    name = f"line {number}"
    if len(line) > LONGEST:
        raise InputError(Problem(name, 0, 0, f"is longer than {LONGEST:,} characters"))
    try:
        data = json.loads(line, object_pairs_hook=_no_duplicates)
        json.dumps(data, ensure_ascii=False).encode()  # half a character is no text
    except UnicodeEncodeError:
        raise InputError(Problem(name, 0, 0, "has half of a character in it")) from None
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(Problem(name, 0, 0, f"is not JSON: {reason}")) from None
    if _values(data) > MAX_VALUES:
        raise InputError(Problem(name, 0, 0, f"holds more than {MAX_VALUES:,} values"))
    return Document(name, _as_text(data), {}, {})


def _values(data: Any) -> int:
    if isinstance(data, dict):
        return len(data) + sum(map(_values, data.values()))
    return sum(map(_values, data)) if isinstance(data, list) else 1


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _as_text(data: Any) -> Any:
    """JSON as the reader of YAML gives it: every scalar is text, null is nothing."""
    if isinstance(data, dict):
        return {key: _as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_text(value) for value in data]
    if isinstance(data, bool):
        return "yes" if data else "no"
    return data if data is None else str(data)


def case_line(case: Case) -> str:
    """A case as one line of JSON."""
    from advisor.register.plain import as_plain

    return json.dumps(as_plain(case), ensure_ascii=False)
