"""What of a letter says something: its placeholders blanked out, its headings and labels known.

A heading over a placeholder, or a label before one ("Internal review: [insert]"), is `empty`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.notice.headings import headings, is_label

APART = "|"  # what a placeholder that stands alone is read as, so that no sentence runs across it


@dataclass(frozen=True)
class Layout:
    """A text, place for place as it was written; its lines are counted from 0."""

    flat: str
    headings: frozenset[int]
    empty: frozenset[int]


def layout(flat: str, unfilled: Sequence[tuple[int, int]]) -> Layout:
    """The layout of a text in which some places are still to be filled in."""
    lines = flat.split("\n")
    headed = headings(lines)
    parts, at = list[str](), 0
    for start, end in unfilled:
        parts += [flat[at:start], re.sub(r"[^\n]", " ", flat[start:end])]
        at = end
    said = "".join([*parts, flat[at:]]).split("\n")
    empty, nothing_below = set[int](), False
    for i in reversed(range(len(lines))):
        changed, alone = said[i] != lines[i], not any(map(str.isalnum, said[i]))
        if alone and not changed:
            continue  # nothing, or a rule under a heading
        if alone:
            said[i] = APART + said[i][1:]
        labels = changed and is_label(said[i])
        nothing_below = alone or labels or (nothing_below and i in headed)
        if nothing_below and not alone:
            empty.add(i)
    headed |= empty
    apart = (one + (APART if i in headed else "\n") for i, one in enumerate(said))
    return Layout("".join(apart)[: len(flat)], headed, frozenset(empty))
