"""What the provisions that a letter relies on show, and its case: circumstances for its checks.

Each is given with the words that show it, if words do (advisor.rulebook.signs.OF_THE_TEXT says what
they mean).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from advisor.case import Case
from advisor.notice.reliance import Relied
from advisor.notice.text import Span, Text
from advisor.rulebook.conditions import cites, is_part
from advisor.rulebook.law import Law
from advisor.rulebook.signs import (
    ABOUT_THE_EXEMPTION,
    BALANCE,
    EVEN,
    FOR_KEEPING,
    KEPT,
    NO_REASON,
    TURNED,
)

_LETTER = re.compile(r"\(\s*[a-z]\s*\)", re.IGNORECASE)
_ROMAN = re.compile(r"\(\s*(?:i{1,3}|iv|v)\s*\)", re.IGNORECASE)
_REACH = 500  # how far after a section's number its limb may be quoted
_HEAD, _FOOT = 80, 15  # words at the top and at the end of a letter, where it has its date
_SOON = 2  # sentences after one that finds the sides equal, in which what follows from it stands
_GOES_ON, _AN_ARGUMENT = 3, 12  # sentences after the last, and words that are more than a heading


def of_the_citations(text: Text, relied: Relied, law: Law) -> dict[str, list[Span]]:
    """Every circumstance of the provisions relied on, with the places that show it."""
    kinds = {one: law.exemptions[_section(one)].kind for one in relied.provisions}
    part_ii = [one for one, kind in kinds.items() if kind != "not_part_ii"]
    silence = {one for one in part_ii if any(is_part(one, s) for s in law.provisions_of_silence)}
    content = [one for one in part_ii if one not in silence]
    qualified = {one for one in part_ii if kinds[one] == "qualified"}
    with_limbs = [one for one in part_ii if law.exemptions[_section(one)].limbs]
    lacking = {one for one in with_limbs if _lacks(law, one)}
    named = {one for one in with_limbs if any(is_part(one, limb) for limb in _limbs(law, one))}
    several = len({_section(one) for one in part_ii}) > 1
    quoted = [one for one in lacking if _quoted_apart(text, one, relied)]
    provisions = {
        "cites_an_exemption": part_ii,
        "cites_for_content": content,
        "cites_for_silence": silence,
        "cites_qualified": qualified,
        "cites_either": [one for one in part_ii if kinds[one] == "either"],
        "cites_absolute": [one for one in part_ii if kinds[one] == "absolute"],
        "cites_qualified_for_content": [one for one in content if one in qualified],
        "cites_qualified_for_silence": [one for one in silence if one in qualified],
        "several_exemptions": part_ii if several else [],
        "cites_section_with_limbs": with_limbs,
        "limb_named": named,
        "limb_missing": lacking,
        "limb_not_known": [one for one in with_limbs if one not in lacking and one not in named],
        "limb_perhaps_quoted": quoted if len(quoted) == len(lacking) else [],
    }
    return {key: relied.spans(found) for key, found in provisions.items()}


def of_the_case(case: Case | None) -> dict[str, bool]:
    """What no words show and the case that the letter belongs to says, if it is given."""
    review = case.facts.get("review_procedure_exists", "") if case is not None else ""
    return {"no_review_procedure": review.strip().casefold() in ("no", "false")}


def at_length(text: Text, places: Mapping[str, list[Span]]) -> list[Span]:
    """The sentences in which a letter that speaks of the public interest argues.

    They stand between the first provision named and a little after the last mention of the public
    interest. Neither a conclusion nor what is said of complaints is an argument; nor, before the
    first mention, is what is said of the exemption.
    """
    spoken = places.get(BALANCE, [])
    if not spoken:
        return []
    number = text.sentences
    empty = {number[start] for name in NO_REASON for start, _ in places.get(name, [])}
    empty |= {number[start] for start, _ in spoken}
    before = {number[start] for name in ABOUT_THE_EXEMPTION for start, _ in places.get(name, [])}
    before |= {number[i] for i in text.cited}
    first = number[spoken[0][0]]
    empty |= {one for one in before if one < first}
    found: list[Span] = []
    at = bisect_right(number, number[next(iter(text.cited), spoken[0][0])])
    while at < len(number) and number[at] <= number[spoken[-1][0]] + _GOES_ON:
        end = bisect_right(number, number[at])
        if number[at] not in empty:
            found.append((at, end))
        at = end
    return found if sum(end - start for start, end in found) >= _AN_ARGUMENT else []


def in_the_balance(text: Text, places: Mapping[str, list[Span]]) -> list[Span]:
    """The reasons for keeping back that stand where a letter speaks of the public interest."""
    spoken = places.get(BALANCE, [])
    if not spoken:
        return []
    first, last = (text.sentences[one[0]] for one in (spoken[0], spoken[-1]))
    reasons = places.get(FOR_KEEPING, [])
    return [one for one in reasons if first <= text.sentences[one[0]] <= last + _GOES_ON]


def kept_though_even(text: Text, places: Mapping[str, list[Span]]) -> list[Span]:
    """From where a letter finds the two sides equal to where it keeps the information back for it.

    Something that upsets the balance, or a disclosure, between the two makes another reason of it.
    """
    number, found = text.sentences, list[Span]()
    turned = {number[start] for start, _ in places.get(TURNED, [])}
    kept = places.get(KEPT, [])
    for start, end in places.get(EVEN, []):
        at = bisect_left(kept, (end, 0))
        for first, until in kept[at : at + 1]:
            between = range(number[start], number[first] + 1)
            if len(between) <= 1 + _SOON and turned.isdisjoint(between):
                found.append((start, until))
    return found


def own_date(text: Text, others: Sequence[Span]) -> int | None:
    """Where a letter has its own date: a whole one near its top or its end, and of nothing else."""
    elsewhere = {i for span in others for i in range(*span)}
    ends = len(text.words) - _FOOT
    dates = (i for i, day in text.dates.items() if day is not None and i not in elsewhere)
    return next((i for i in dates if i < _HEAD or i >= ends), None)


def _section(provision: str) -> str:
    return provision.split("(")[0]


def _limbs(law: Law, provision: str) -> tuple[str, ...]:
    return law.exemptions[_section(provision)].limbs


def _lacks(law: Law, provision: str) -> bool:
    """Whether limbs stand below the provision, so that none of them is named."""
    limbs = _limbs(law, provision)
    return provision not in limbs and cites(limbs, provision)


def _quoted_apart(text: Text, provision: str, relied: Relied) -> bool:
    """Whether a limb stands by itself after the section's number, as where the Act is quoted."""
    mark = _ROMAN if provision.count("(") == 2 else _LETTER
    cited = list(text.cited)  # in the order of the text
    for place, _ in relied.places[provision]:
        end = text.ends[place]
        at = bisect_right(cited, place)
        until = text.starts[cited[at]] if at < len(cited) else end + _REACH
        if mark.search(text.flat, end, min(until, end + _REACH)):
            return True
    return False
