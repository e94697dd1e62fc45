"""Which of the provisions that a letter names it relies on.

A mention may say that the provision is relied on, that it is not, or that it might be; may be of
another Act; or may say nothing of the kind, as in a list. The last counts as reliance in a letter
that refuses something, unless it stands in the request that the letter repeats, or the letter says
elsewhere that the section does not apply. What a letter says of a refusal that it takes back does
not count at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.notice.matching import clause_end, sentence
from advisor.notice.text import Span, Text
from advisor.rulebook.law import Law
from advisor.rulebook.signs import (
    DESCRIBED,
    EARLIER,
    IN_REQUEST,
    NOT_RELIED,
    OTHER_LAW,
    POSSIBLE,
    REFUSING,
    RELIED,
    TAKEN_BACK,
)

_SOON = 2  # sentences after one that tells of an earlier refusal, in which it is taken back


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


def taken_back(text: Text, signs: Mapping[str, list[Span]]) -> frozenset[int]:
    """The words that tell of a refusal which the letter takes back in that sentence or soon after.

    In that sentence they go as far as the clause in which it is taken back.
    """
    number = text.sentences
    backs: dict[int, int] = {}
    for start, end in signs.get(TAKEN_BACK, []):
        backs[number[start]] = max(end, backs.get(number[start], 0))
    found: set[int] = set()
    for told in {number[start]: (start, end) for start, end in signs.get(EARLIER, [])}.values():
        this = number[told[0]]
        first, last = sentence(text, told)
        if this in backs:
            found.update(range(first, clause_end(text, max(told[1], backs[this]))))
        elif any(this + later in backs for later in range(1, _SOON + 1)):
            found.update(range(first, last))
    return frozenset(found)


def relied_on(text: Text, signs: Mapping[str, list[Span]], law: Law) -> Relied:
    """What a letter relies on, given its signs."""
    gone = taken_back(text, signs)
    mentions = {
        i: one
        for i, one in text.cited.items()
        if not one.foreign and one.section in law.exemptions and i not in gone
    }
    names = (RELIED, NOT_RELIED, POSSIBLE, OTHER_LAW, IN_REQUEST, DESCRIBED)
    said = {name: _cited_in(text, signs.get(name, [])) for name in names}
    left = [i for i in mentions if i not in said[OTHER_LAW]]
    denied = [i for i in left if i in said[NOT_RELIED]]
    rest = [i for i in left if i not in said[NOT_RELIED] and i not in said[POSSIBLE]]
    plain = [i for i in rest if i not in said[DESCRIBED]]
    firm = {i for i in plain if i in said[RELIED] or _titled(text, i, law)}
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
