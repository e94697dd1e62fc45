"""Data as JSON that can be shown: no character in it acts on a terminal or hides."""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any, indent: int | None = None) -> str:
    """JSON, the same bytes for the same data; what cannot be printed is written as its number.

    >>> print(json_text({"reference": "\\x9b31mé"}))
    {"reference": "\\u009b31mé"}
    """
    text = json.dumps(data, indent=indent, ensure_ascii=False, allow_nan=False)
    return "\n".join(line if line.isprintable() else _escaped(line) for line in text.split("\n"))


def _escaped(line: str) -> str:
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in line)
