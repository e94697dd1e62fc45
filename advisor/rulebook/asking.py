"""What an interview asks besides facts: the header of a case, and what its parts have in common."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.rulebook.authority import FORBID, Authority

# The fields of a case file's header that can be asked for, and what the first part is.
OPENINGS = (
    "reference", "authority_name", "authority_kind", "received", "decided", "request", "title",
    "clarified", "decision_expected", "fees_notice", "fee_received", "part",
)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """What is asked of the request itself, in words; the header of a case file has the answers.

    `blank` says what no answer means. With `after` it is asked once that fact is yes.
    """

    __pydantic_config__ = FORBID
    ask: str
    help: str = ""
    blank: str = ""
    keep: str = ""
    after: str = ""
    authority: tuple[Authority, ...] = ()


@dataclass(frozen=True)
class InCommon:
    """Facts that parts of a request can share, such as those of one investigation.

    Whoever answers `ask` with yes takes over for a part what was answered for another; `again`
    asks it of what was answered since.
    """

    __pydantic_config__ = FORBID
    ask: str
    again: str
    help: str
    facts: tuple[str, ...]
