"""What every entry of a rulebook is made with: its authority, and the words for a weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FORBID = {"extra": "forbid"}

Weight = Literal["none", "slight", "some", "considerable", "very_strong"]
WEIGHTS: tuple[Weight, ...] = ("none", "slight", "some", "considerable", "very_strong")


@dataclass(frozen=True)
class Authority:
    """Where a statement comes from.

    `at` alone is a provision ("FOIA 2000 s.30(1)(a)"); with `source`, a key of the sources, it is
    the pinpoint in that source. `point` says what it is cited for.
    """

    __pydantic_config__ = FORBID
    at: str = ""
    source: str = ""
    point: str = ""
