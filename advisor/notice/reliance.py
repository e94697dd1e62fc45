"""Which of the provisions that a letter names it relies on.

A mention may say that the provision is relied on, that it is not, or that it might be; may be of
another Act; or may say nothing of the kind, as in a list. The last counts as reliance in a letter
that refuses something, unless it stands in the request that the letter repeats, or the letter says
elsewhere that the section does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.notice.text import Span, Text
from advisor.rulebook.law import Law
from advisor.rulebook.signs import (
    IN_REQUEST,
    NOT_RELIED,
    OTHER_LAW,
    POSSIBLE,
    REFUSING,
    RELIED,
)


@dataclass(frozen=True)
class Relied:
    """The provisions relied on, the most exact only, with the words where each is named."""

    places: Mapping[str, tuple[Span, ...]]

    @property
    def provisions(self) -> tuple[str, ...]:
        return tuple(sorted(self.places))

    def spans(self, provisions: Iterable[str]) -> list[Span]:
        """Where some of them are named, in the order of the letter."""
        return sorted(span for one in provisions for span in self.places.get(one, ()))


def relied_on(text: Text, signs: Mapping[str, list[Span]], law: Law) -> Relied:
    """What a letter relies on, given its signs."""
    mentions = {
        i: one for i, one in text.cited.items() if not one.foreign and one.section in law.exemptions
    }
    names = (RELIED, NOT_RELIED, POSSIBLE, OTHER_LAW, IN_REQUEST)
    said = {name: _cited_in(text, signs.get(name, [])) for name in names}
    left = [i for i in mentions if i not in said[OTHER_LAW]]
    denied = [i for i in left if i in said[NOT_RELIED]]
    rest = [i for i in left if i not in said[NOT_RELIED] and i not in said[POSSIBLE]]
    firm = {i for i in rest if i in said[RELIED] or _titled(text, i, law)}
    refuses = bool(firm) or any(signs.get(name) for name in REFUSING)
    relied = {mentions[i].section for i in firm}
    against = {mentions[i].section for i in denied} - relied
    places: dict[str, list[Span]] = {}
    for i in rest:
        named = refuses and i not in said[IN_REQUEST] and mentions[i].section not in against
        if named or i in firm:
            places.setdefault(mentions[i].provision, []).append((i, i + 1))
    wholes = {whole for one in places for whole in wholes_of(one)}
    return Relied({key: tuple(spans) for key, spans in places.items() if key not in wholes})


def wholes_of(provision: str) -> list[str]:
    """Everything that a provision is a part of: s30 and s30(1) of s30(1)(a)."""
    return [provision[:i] for i, one in enumerate(provision) if one == "("]


def _cited_in(text: Text, spans: list[Span]) -> set[int]:
    """The citations that some spans speak of: the one that a span ends with, else that it begins
    with, else all in it. What is said of one of a list is said of all of it."""
    found: set[int] = set()
    for start, end in spans:
        spoken_of = [i for i in (end - 1, start) if i in text.cited][:1]
        for i in spoken_of or range(start, end):
            if i in text.cited:
                found.update(range(*text.groups[i]))
    return found


def _titled(text: Text, place: int, law: Law) -> bool:
    """Whether the title of the exemption follows, as in a heading of a refusal notice."""
    title = law.exemptions[text.cited[place].section].title.lower().split()[0]
    return title in text.words[place + 1 : place + 3]
