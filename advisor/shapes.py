"""Data that fits a dataclass, made into it without loading anything for that.

What does not fit is left to advisor.sources.validated, which says what is wrong with it. So a
file that is right is read at once, and only one that is wrong waits for pydantic.

    >>> from advisor.case import Authority
    >>> shaped(Authority, {"name": "Borchester", "kind": "police"})
    Authority(name='Borchester', kind='police')
    >>> shaped(Authority, {"name": "Borchester", "kind": "polce"}) is None
    True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


class _Unfit(Exception):
    """The data is not of the shape."""


def shaped(kind: type[T], data: Any) -> T | None:
    """A dataclass from plain data, or None where something in it does not fit."""
    try:
        made: T = _maker(cast(Hashable, kind))(data)
    except _Unfit:
        return None
    return made


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of a type, and raises _Unfit."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return lambda data: data
    if hint is str:
        return _text
    if hint is date:
        return _day
    if hint is bool:
        return lambda data: _TRUTHS[data] if _text(data) in _TRUTHS else _unfit()
    if hint is int:
        return lambda data: int(data) if _WHOLE.fullmatch(_text(data)) else _unfit()
    if is_dataclass(hint):
        return _of_fields(hint)
    if origin is Literal:
        return lambda data: data if isinstance(data, str) and data in inner else _unfit()
    if origin is tuple and inner[1:] == (...,):
        return _sequence(_maker(inner[0]))
    if origin is dict and inner[0] is str:
        return _mapping(_maker(inner[1]))
    if origin in (UnionType, Union) and len(inner) == 2 and inner[1] is type(None):
        return _optional(_maker(inner[0]))
    return lambda data: _unfit()


def _unfit() -> Any:
    raise _Unfit


def _text(data: Any) -> str:
    return data if isinstance(data, str) else _unfit()


def _day(data: Any) -> date:
    try:
        return date.fromisoformat(data) if _DAY.fullmatch(_text(data)) else _unfit()
    except ValueError:
        raise _Unfit from None


def _optional(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else make(data)


def _sequence(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: tuple(map(make, data)) if isinstance(data, list) else _unfit()


def _mapping(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def mapping(data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise _Unfit
        return {_text(key): make(value) for key, value in data.items()}

    return mapping


def _of_fields(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    known = {one.name: one for one in fields(kind) if one.init}
    needed = {
        name
        for name, one in known.items()
        if one.default is MISSING and one.default_factory is MISSING
    }

    def dataclass(data: Any) -> Any:
        if not isinstance(data, Mapping) or not needed <= data.keys() <= known.keys():
            return _unfit()
        return kind(**{key: _maker(hints[key])(value) for key, value in data.items()})

    return dataclass
