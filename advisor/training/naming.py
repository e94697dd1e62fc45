"""Provisions as a person types them, in the spelling of the rulebook.

A provision that is known and names no limb is taken as it stands; what it could have named is said.
"""

from __future__ import annotations

import re

from advisor.reasoning.known import AnswerError
from advisor.rulebook.law import Law
from advisor.sources import nearest
from advisor.training.asking import NONE

_BETWEEN = re.compile(r"(?:[,;\s]|\band\b)+")


def provisions(law: Law, text: str) -> tuple[str, ...]:
    """The provisions named in a line, each once. Raises AnswerError where one is not known."""
    if text.casefold() == NONE:
        return ()
    joined = re.sub(r"\s+\(", "(", re.sub(r"\b(?:section|s)\.?\s*(?=\d)", "s", text, flags=re.I))
    return tuple(dict.fromkeys(_known(law, one) for one in _BETWEEN.split(joined) if one))


def below(law: Law, provision: str) -> tuple[str, ...]:
    """What a provision that names no limb could have named, where that is more than one."""
    found = tuple(one for one in _all(law) if one.startswith(provision + "("))
    return found if provision not in law.limbs and len(found) > 1 else ()


def _known(law: Law, text: str) -> str:
    known = {one.casefold(): one for one in _all(law)}
    asked = text.casefold() if text[:1] in "sS" else f"s{text.casefold()}"
    section = asked.partition("(")[0]
    if asked in known:
        return known[asked]
    for key, one in known.items():
        if key.startswith(asked + "("):
            return one[: len(asked)]
    if section in law.exemptions and not law.exemptions[section].limbs:
        return asked  # the rulebook does not have its paragraphs
    right = nearest(asked, known.values()) or "write it as s30(1)(a)(i)"
    raise AnswerError(f"'{text[:40]}' is no provision here", right)


def _all(law: Law) -> tuple[str, ...]:
    """Every provision that the rulebook names: sections, limbs, and what a step relies on."""
    sections = [name for key, one in law.exemptions.items() for name in (key, *one.limbs)]
    relied = [one for step in law.gates for one in step.entry.provisions]
    return tuple(dict.fromkeys((*law.limbs, *sections, *relied)))
