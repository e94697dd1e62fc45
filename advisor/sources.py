"""The one reader of every file that a person writes: rules, cases, answers, settings.

YAML is read as nodes, never as Python values: every scalar stays the text that was written, so
`no` is not False, `30.10` is not 30.1 and `2026-02-30` is not a date until something that knows
the type says so. Each value keeps its line and column, and every problem of a file is reported at
once as `file:line:column: what is wrong`, then what would be right.

Refused outright, because they hide meaning or can end the process: duplicate keys, anchors and
aliases, tags, nesting deeper than 40, files over 1 MB or of over 50,000 values, bytes that are not
UTF-8. Of very many problems the first hundred are reported.

    >>> doc = parse("held: yes\\nyear: 2005\\n", "case.yaml")
    >>> doc.data
    {'held': 'yes', 'year': '2005'}
    >>> doc.at(("year",))
    (2, 7)
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from yaml.nodes import Node

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
_A_DAY = "write a day that exists, as YYYY-MM-DD"
MAX_VALUES = 50_000  # and keys, in one file
MOST_PROBLEMS = 100

T = TypeVar("T")

Where = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place; `right` says what would be right, where that is known."""

    file: str
    line: int
    column: int
    text: str
    right: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.text}" + (f"; {self.right}" if self.right else "")


class InputError(Exception):
    """What a person gave cannot be used. Holds every problem found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        many = [problems] if isinstance(problems, Problem) else problems
        self.problems: tuple[Problem, ...] = tuple(sorted(set(many)))
        super().__init__("\n".join(map(str, self.problems)))


def the_first(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first problems of very many, and that there are more; the rest is never looked for."""
    found = iter(problems)
    yield from islice(found, MOST_PROBLEMS)
    more = next(found, None)
    if more is not None:
        yield replace(more, text="there is more wrong from here on", right="correct the rest first")


@dataclass(frozen=True)
class Document:
    """A file as plain mappings, lists and text, and where each value and key stands (from 1)."""

    name: str
    data: Any
    marks: Mapping[Where, tuple[int, int]] = field(repr=False)
    keys: Mapping[Where, tuple[int, int]] = field(repr=False)

    def at(self, path: Sequence[str | int]) -> tuple[int, int]:
        """The place of the longest part of `path` that the file has."""
        where = tuple(path)
        while where and where not in self.marks:
            where = where[:-1]
        return self.marks.get(where, (1, 1))

    def key_at(self, path: Sequence[str | int]) -> tuple[int, int]:
        """The place of the key that `path` ends in (of its value, where it is in a list)."""
        return self.keys.get(tuple(path)) or self.at(path)

    def problem(
        self, path: Sequence[str | int], text: str, right: str = "", *, key: bool = False
    ) -> Problem:
        line, column = self.key_at(path) if key else self.at(path)
        return Problem(self.name, line, column, text, right)


def read(path: Path | str) -> Document:
    """Read one file. Raises InputError where it cannot be read at all or is not usable YAML."""
    name = str(path)
    return parse(read_text(path), name)


def read_text(path: Path | str, limit: int = MAX_BYTES) -> str:
    """A file's text, or InputError in one sentence: not there, a folder, too large, not UTF-8."""
    name = str(path)
    try:
        # Read before looking at the size: a pipe has none, and a file can grow in between.
        with open(path, "rb") as file:
            raw = file.read(limit + 1)
    except IsADirectoryError:
        raise InputError(Problem(name, 0, 0, "is a folder", "name a file in it")) from None
    except FileNotFoundError:
        raise InputError(Problem(name, 0, 0, "there is no such file")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem(name, 0, 0, f"cannot be read: {reason}")) from None
    if len(raw) > limit:
        raise InputError(Problem(name, 0, 0, f"is larger than {limit:,} bytes", "split it"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError(
            Problem(name, line, column, "is not UTF-8 text", "save it as UTF-8")
        ) from None


def parse(text: str, name: str) -> Document:
    """Parse YAML text; `name` is what error messages call it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        problems = list(the_first(_refused(yaml.parse(text, Loader=loader), name)))
        if problems:
            raise InputError(problems)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise InputError(
            Problem(name, line, column, f"not valid YAML: {error.problem or error.context}")
        ) from None
    except yaml.YAMLError as error:  # a control character, which carries no mark
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        column = position - (text.rfind("\n", 0, position) + 1) + 1
        reason = getattr(error, "reason", "it cannot be read")
        raise InputError(Problem(name, line, column, f"not valid YAML: {reason}")) from None
    if node is None:
        raise InputError(Problem(name, 1, 1, "is empty"))
    return _document(node, name)


def _refused(events: Iterable[Any], name: str) -> Iterator[Problem]:
    """What is refused before anything recursive touches the text."""
    import yaml

    depth = documents = values = 0
    for event in events:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1

        def refuse(text: str, right: str, at: tuple[int, int] = (line, column)) -> Problem:
            return Problem(name, *at, text, right)

        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                yield refuse("a second document starts here", "keep one document in a file")
        elif isinstance(event, yaml.AliasEvent):
            yield refuse("aliases (*name) are not allowed", "write the value out")
            continue
        if getattr(event, "anchor", None):
            yield refuse("anchors (&name) are not allowed", "write the value out")
        if getattr(event, "tag", None):
            yield refuse("tags (!name) are not allowed", "quote the value if it starts with !")
        if isinstance(event, yaml.ScalarEvent):
            values += 1
            if values > MAX_VALUES:
                yield refuse(f"holds more than {MAX_VALUES:,} values", "split it")
                return
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield refuse(f"nested more than {MAX_DEPTH} deep", "is a bracket left open?")
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _document(root: Node, name: str) -> Document:
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    marks: dict[Where, tuple[int, int]] = {}
    keys: dict[Where, tuple[int, int]] = {}
    problems: list[Problem] = []

    def place(node: Node) -> tuple[int, int]:
        return node.start_mark.line + 1, node.start_mark.column + 1

    def build(node: Node, path: Where) -> Any:
        marks[path] = place(node)
        if isinstance(node, SequenceNode):
            return [build(child, (*path, i)) for i, child in enumerate(node.value)]
        if isinstance(node, MappingNode):
            out: dict[str, Any] = {}
            for key_node, value_node in node.value:
                if not isinstance(key_node, ScalarNode):
                    problems.append(Problem(name, *place(key_node), "a key must be a plain word"))
                    continue
                key = str(key_node.value)
                if key in out:
                    first = keys[(*path, key)][0]
                    text = f"'{key}' appears twice here (first on line {first})"
                    problems.append(Problem(name, *place(key_node), text, "keep one"))
                    continue
                keys[(*path, key)] = place(key_node)
                out[key] = build(value_node, (*path, key))
            return out
        # An empty plain scalar (`reason:` with nothing after it) is nothing, not an empty text.
        plain_empty = node.value == "" and not getattr(node, "style", None)
        return None if plain_empty else str(node.value)

    data = build(root, ())
    if problems:
        raise InputError(the_first(problems))
    if data is None:
        raise InputError(Problem(name, 1, 1, "is empty"))
    return Document(name, data, marks, keys)


def validated(document: Document, kind: type[T]) -> T:
    """The document as a `kind`, a dataclass; InputError names every mismatch in its place."""
    from advisor.shapes import shaped

    made = shaped(kind, document.data)
    if made is not None:
        return made
    from pydantic import ValidationError

    if not isinstance(document.data, dict):
        raise InputError(document.problem((), "is not a mapping of keys to values"))
    try:
        made = cast("T", _adapter(cast("Any", kind)).validate_python(document.data))
    except ValidationError as error:
        found = (_mismatch(document, kind, dict(one)) for one in error.errors())
        raise InputError(the_first(found)) from None
    if loose := list(_loose_days(document, made, document.data, ())):
        raise InputError(loose)
    return made


def _loose_days(document: Document, made: Any, data: Any, path: Where) -> Iterator[Problem]:
    """The days that pydantic reads from a number of seconds, or from a day with an hour."""
    if isinstance(made, date):
        if made.isoformat() != data:
            yield document.problem(path, f"'{data}' is not a date", _A_DAY)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            inner = made.get(key) if isinstance(made, Mapping) else getattr(made, key, None)
            yield from _loose_days(document, inner, value, (*path, key))
    elif isinstance(data, list):
        for i, (inner, value) in enumerate(zip(made, data, strict=True)):
            yield from _loose_days(document, inner, value, (*path, i))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What checks a `kind`: made once, because making it costs more than checking a file."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _mismatch(document: Document, kind: type[Any], error: dict[str, Any]) -> Problem:
    """One pydantic error in this product's words."""
    path: Where = tuple(error["loc"])
    name = str(path[-1]) if path else ""
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        known = _fields_at(kind, path[:-1])
        right = nearest(name, known) or (f"known here: {', '.join(known)}" if known else "")
        return document.problem(path, f"unknown key '{name}'", right, key=True)
    if error["type"] in ("missing", "missing_argument"):
        where = document.key_at(path[:-1])
        return Problem(document.name, *where, f"'{name}' is missing here", "add it")
    given = error.get("input")
    shown = f"'{given}'" if isinstance(given, str) else "this"
    if given is None:
        return document.problem(path, f"'{name}' has no value", "give one, or leave the key out")
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"])
        choices = [one.strip("' ") for one in expected.replace(" or ", ", ").split(",")]
        right = nearest(str(given), choices) or f"use {expected}"
        return document.problem(path, f"{shown} is not allowed here", right)
    if error["type"].startswith("date"):
        text = f"{shown} is not a date"
        return document.problem(path, text, _A_DAY)
    if error["type"] in ("dataclass_type", "dict_type"):
        return document.problem(path, f"{shown} is not a mapping of keys to values")
    if error["type"] in ("tuple_type", "list_type"):
        return document.problem(path, f"{shown} is not a list")
    message = str(error["msg"])
    return document.problem(path, f"{shown}: {message[:1].lower()}{message[1:]}")


def _fields_at(kind: Any, path: Where) -> list[str]:
    """The keys that the dataclass reached by `path` knows."""
    for step in path:
        if dataclasses.is_dataclass(kind) and isinstance(step, str):
            kind = get_type_hints(kind).get(step)
        else:  # inside a list, tuple or mapping: its last type argument
            kind = (get_args(_not_none(kind)) or (None,))[0 if isinstance(step, int) else -1]
        kind = _not_none(kind)
    if not dataclasses.is_dataclass(kind):
        return []
    return [one.name for one in dataclasses.fields(kind)]


def _not_none(kind: Any) -> Any:
    """`X` of `X | None`."""
    if get_origin(kind) is UnionType:
        return next((one for one in get_args(kind) if one is not type(None)), None)
    return kind


def nearest(name: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?`, or nothing where no known name is near."""
    if len(name) > 200:
        return ""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
