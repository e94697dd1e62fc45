"""Yes, no and unknown (strong Kleene logic): `True`, `False` and `None`.

Unknown is never treated as no. A conjunction is no as soon as one part is no, whatever else is
unknown; a disjunction is yes as soon as one part is yes.

    >>> conj([True, None]), conj([False, None]), disj([True, None])
    (None, False, True)
"""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def conj(parts: Iterable[Truth]) -> Truth:
    """`all`: no if any part is no, else unknown if any is unknown, else yes."""
    result: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            result = None
    return result


def disj(parts: Iterable[Truth]) -> Truth:
    """`any`: yes if any part is yes, else unknown if any is unknown, else no."""
    result: Truth = False
    for part in parts:
        if part is True:
            return True
        if part is None:
            result = None
    return result


def neg(part: Truth) -> Truth:
    """`not`: unknown stays unknown."""
    return None if part is None else not part


def word(part: Truth) -> str:
    """How a truth is written in answers and in JSON."""
    return "unknown" if part is None else "yes" if part else "no"
