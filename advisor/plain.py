"""A dataclass as plain data that JSON and YAML can hold, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(data: Any) -> Any:
    """A dataclass as plain data (days as text), without the fields that have their default."""
    if isinstance(data, date):
        return data.isoformat()
    if is_dataclass(data):
        return {
            one.name: plain(value)
            for one in fields(data)
            if one.init and not _is_default(one, value := getattr(data, one.name))
        }
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(one) for one in data]
    return data


def _is_default(one: Field[Any], value: Any) -> bool:
    if one.default_factory is not MISSING:
        return bool(value == one.default_factory())
    return one.default is not MISSING and bool(value == one.default)


def build(kind: type[T], data: Mapping[str, Any]) -> T:
    """A dataclass from plain data that was checked before it was written."""
    makers = makers_of(kind)  # type: ignore[arg-type]  # a class is hashable; mypy sees a protocol
    return kind(**{key: makers[key](value) for key, value in data.items()})


@cache
def makers_of(kind: Any) -> dict[str, Any]:
    """What makes each field of a dataclass from its plain data."""
    hints = get_type_hints(kind)
    return {one.name: _maker(hints[one.name]) for one in fields(kind)}


def _maker(hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not type(None))
    origin, inner = get_origin(hint), get_args(hint)
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        kind: Any = hint
        return lambda data: build(kind, data)
    if origin is tuple:
        make = _maker(inner[0])
        return lambda data: tuple(map(make, data))
    if origin is dict:
        make = _maker(inner[1])
        return lambda data: {key: make(value) for key, value in data.items()}
    return lambda data: data
