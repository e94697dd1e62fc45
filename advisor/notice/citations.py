"""The provisions that a text cites, in the form of the contract: s30(1)(a)(i).

    >>> [one.provision for one in citations("Sections 30(1)(a)(i) and 31(1)(a), (b)")]
    ['s30(1)(a)(i)', 's31(1)(a)', 's31(1)(b)']
    >>> [(one.provision, one.foreign) for one in citations("section 5 of the Theft Act 1968")]
    [('s5', True)]

How sections are written is known here, and nothing of what they say. `cited_at` reads what begins
at a place; a list ("sections 30, 31(1)(a)-(c) and 40") is one citation of several provisions. A
section of another Act is foreign; where no Act is named the section is taken to be this Act's.
What is relied on, and what is only spoken of, is for advisor.notice.reliance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

LAST_SECTION = 88  # of this Act; a higher number, such as a section 136, is of another

HEAD = re.compile(r"(?<![\w.£])(?:sections?|sect?s?\.?|ss?\.?|§§?)\s*(?=\d)", re.IGNORECASE)
_BRACKETS = r"\(\w{1,4}\)(?:\s*\(\w{1,4}\))*"
# "sub-paragraph (i)", "subsections (1)(a) and (2)(b)": limbs that stand before their section.
_LED = (
    r"(?:sub-?\s?sections?|(?:sub-?\s?)?paragraphs?|paras?\.?)\s*"
    rf"(?:{_BRACKETS}|\w{{1,3}})(?:\s*\(\w{{1,4}}\))*"
    rf"(?:\s*(?:,\s*and|,\s*or|,|/|&|-|\band/or|\band|\bor|\bto)\s*{_BRACKETS})*"
)
_LEDS = rf"{_LED}(?:\s*,\s*{_LED})*"
_OF = r"\s*,?\s+(?:of|to|in)\s+"
_LIMBS = re.compile(_LEDS, re.IGNORECASE)
_LIMBS_OF = re.compile(
    rf"(?<!\w){_LEDS}(?:{_OF}{_LEDS})*{_OF}(?=(?:section|s\.?)\s*\d)", re.IGNORECASE
)
_LONGEST_LED = 120  # how far before its section the first of its limbs may begin
_NUMBER = re.compile(r"(\d{1,3})([A-Z]{0,2})(?![\w])")
_NUMBER_LOWER = re.compile(r"(\d{1,3})([a-z]?)(?![\w])")  # section 22a
_LIMB = re.compile(r"\s*\(\s*(\d{1,2}[A-Za-z]{0,2}|[A-Za-z]{1,5})\s*\)")
_NAMED = re.compile(
    r"\s*,?\s*(?:sub-?\s?section|sub-?\s?paragraph|paragraph|para)s?(?!\w)\.?\s*"
    r"\(?(\d{1,2}[A-Za-z]{0,2}|[a-z]|[ivx]{1,4})\)?(?!\w)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"(?<=\))([a-z]|[ivx]{1,4})(?!\w)")  # 30(1)a
_POINT = re.compile(r"\.(\d)(?![\d.]*\d)(?=\s*\(|\b)")  # 40.2
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and|or)\b|,|/|&|and/or\b|\band\b|\bor\b|\bnor\b|(?:\bread\s+)?\bwith\b|\bto\b|-)\s*",
    re.IGNORECASE,
)
# "Sections 30(1)(a) Investigations and 31(1)(a)": a title between, and then a number with a limb.
_TITLED_JOIN = re.compile(
    r"\s*[-:(]?\s*(?:[A-Z][a-z]+|and|of|by|the)(?:\s+(?:[A-Z][a-z]+|and|of|by|the)){0,6}?\s*\)?"
    r"\s*(?:,|&|\band\b)\s*(?=\d{1,2}[A-Z]?\s*\(\s*\d)"
)
_ROMAN = re.compile(r"i{1,3}|iv|vi{0,3}|ix|x")
_DOUBLES = ("aa", "ab", "ac", "ad", "ea", "fa")
# What follows a number that is not a section: a quantity, a month, a decimal, a percentage.
_QUANTITY = re.compile(
    r"\s*(?:[%:]|,\d{3}|\.\d|/\d|(?:working|calendar|days?|hours?|minutes?|weeks?|months?|years?|"
    r"documents?|pages?|records?|files?|items?|officers?|people|persons?|cases?|other|others|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]*)\b)",
    re.IGNORECASE,
)
# After one section in the singular a bare number is a section only where the sentence goes on so.
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:)\]]|(?:of|and|or|foia|foi|act|apply|applies|are|is|do|does|because|exempt\w*|"
    r"have|has|were|was|which|as|both|above|below)\b)",
    re.IGNORECASE,
)

_NAME = (
    r"(?:\(?[A-Z][\w'&()-]*|of|and|the|for|to|from|against|in|etc\.?|data protection|human rights)"
)
_LAW = r"(?:Acts?|Regulations?|Order|Rules|Code|Measure|GDPR)"
_OF_ACT = re.compile(
    rf"\s*,?\s*(?:of|under|in)\s+(?:(?:the|that|this)\s+)?((?:{_NAME},?\s+){{0,10}}?){_LAW}\b"
)
_ACT = re.compile(rf"\s*,?\s*\(?((?:{_NAME},?\s+){{1,10}}?){_LAW}\b")
_LOWER_ACT = re.compile(r"\s*,?\s*of\s+(?:the\s+)?((?:[a-z-]+\s+){0,6}?)act\b")
_INITIALS = re.compile(
    r"\s*,?\s*(?:of\s+)?(?:the\s+)?(?:UK\s+)?"
    r"(?:DPA|GDPR|PACE|RIPA|IPA|CPIA|POCA|EIRs?|OAPA|FSMA|MCA|MHA|HRA|RTA|CJA|POA|PFA|MDA)\b"
)
_BEFORE = re.compile(
    rf"((?:{_NAME}\s+){{1,8}}){_LAW}(?:\s+\d{{4}})?\s*,?\s*\(?$|\b(?:DPA|GDPR|PACE|RIPA|CPIA|POCA|OAPA)(?:\s+\d{{4}})?\s*\(?$"
)
_OURS = re.compile(
    r"freedom\s+of\s+information(?!\s*\(scotland\))|\bFOIA?\b|(?:above|said|same|2000)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Citation:
    """One provision, and the part of the text that names it; `foreign` is another Act's."""

    provision: str
    start: int
    end: int
    foreign: bool = False

    @property
    def section(self) -> str:
        return self.provision.split("(")[0]


def citations(text: str) -> Iterator[Citation]:
    """Every provision that a text cites, in its order."""
    at = 0
    while (match := HEAD.search(text, at)) is not None:
        before = _LIMBS_OF.search(text, max(at, match.start() - _LONGEST_LED))
        led = before is not None and before.start() < match.start()
        found = cited_at(text, before.start() if before and led else match.start())
        yield from found
        at = found[-1].end if found else match.end()


def cited_at(text: str, at: int) -> tuple[Citation, ...]:
    """The provisions of the citation that begins at a place, none where there is none."""
    led = _LIMBS_OF.match(text, at)
    head = HEAD.match(text, led.end() if led else at)
    if head is None:
        return ()
    outermost_last = _LIMBS.finditer(text, at, led.end()) if led else ()
    found = _Scan(text, at, head).run([one.start() for one in outermost_last])
    cited: list[Citation] = []
    for run in _runs(text, found):
        foreign = _foreign(text, run)
        cited += [replace(one, foreign=foreign or _number(one) > LAST_SECTION) for one in run]
    return tuple(cited)


def _number(citation: Citation) -> int:
    return int(re.sub(r"\D", "", citation.section))


def _runs(text: str, found: list[Citation]) -> Iterator[list[Citation]]:
    """The provisions under each word "section": what Act is named counts for those alone."""
    run: list[Citation] = []
    for one in found:
        if run and HEAD.match(text, one.start):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


class _Scan:
    """Reads one citation. `path` is the section and its limbs so far: ["30", "1", "a", "i"]."""

    def __init__(self, text: str, start: int, head: re.Match[str]) -> None:
        self.text, self.start, self.at = text, start, head.end()
        word = head[0].strip().lower()
        self.plural = word.rstrip(".").endswith("s") and word.rstrip(".") not in ("s",)
        self.path: list[str] = []
        self.found: list[Citation] = []

    def run(self, led: list[int]) -> list[Citation]:
        """All of it; `led` is where limbs stand before the section, the innermost first."""
        if not self.number():
            return []
        self.limbs()
        after = self.at
        for self.at in reversed(led):
            self.list()
        self.at = after
        self.list()
        self.keep()
        return self.found

    def list(self) -> None:
        """Limbs, and whatever is joined to them."""
        self.limbs()
        while self.more():
            pass

    def keep(self) -> None:
        if self.path:
            section, *limbs = self.path
            provision = f"s{section}" + "".join(f"({one})" for one in limbs)
            self.found.append(Citation(provision, self.start, self.at))

    def number(self) -> bool:
        match = _NUMBER.match(self.text, self.at) or _NUMBER_LOWER.match(self.text, self.at)
        if match is None or match[1].startswith("0"):
            return False
        self.path = [match[1] + match[2].upper()]
        self.at = match.end()
        point = _POINT.match(self.text, self.at)
        if point is not None:
            self.path.append(point[1])
            self.at = point.end()
        return True

    def limbs(self) -> None:
        """Everything in brackets, or named in words, that follows without a join."""
        while (
            match := _LIMB.match(self.text, self.at)
            or _NAMED.match(self.text, self.at)
            or (_ATTACHED.match(self.text, self.at) if len(self.path) > 1 else None)
        ) is not None:
            if not self.limb(match[1], match.start(1)):
                return
            self.at = match.end()

    def limb(self, raw: str, start: int) -> bool:
        """Takes one limb: deeper, beside the last one, or not a limb at all."""
        limb = raw.upper() if raw[0].isdigit() else raw.lower()
        depth = len(self.path)
        roman = _ROMAN.fullmatch(limb) is not None
        if limb[0].isdigit():
            if depth > 1:
                self.beside(1, limb, start)  # 40(2)(3A)
            else:
                self.path.append(limb)
        elif depth == 1 or not (roman or len(limb) == 1 or limb in _DOUBLES):
            return False
        elif depth == 2 or (depth == 3 and roman and not (limb == "i" and self.path[2] == "h")):
            self.path.append(limb)
        else:
            self.beside(3 if depth == 4 and roman else 2, limb, start)
        return True

    def beside(self, depth: int, limb: str, start: int) -> None:
        """A new provision that differs from the last one from `depth` on."""
        self.keep()
        self.path = [*self.path[:depth], limb]
        self.start = start

    def more(self) -> bool:
        """A further limb or section after "and", "or", a comma, a stroke, "to" or a dash."""
        join = _JOIN.match(self.text, self.at)
        if join is None:
            join = _TITLED_JOIN.match(self.text, self.at) if self.plural else None
            return join is not None and self.joined_section(join.end(), until=False)
        until = join[0].strip().lower() in ("to", "-")
        limb = _LIMB.match(self.text, join.end())
        if limb is not None:
            return self.joined_limb(limb, until)
        return self.joined_section(join.end(), until)

    def joined_limb(self, match: re.Match[str], until: bool) -> bool:
        limb = match[1].upper() if match[1][0].isdigit() else match[1].lower()
        last = self.path[-1]
        roman = _ROMAN.fullmatch(limb) is not None
        if len(self.path) < 2 or not (
            limb[0].isdigit() or roman or len(limb) == 1 or limb in _DOUBLES
        ):
            return False
        if limb[0].isdigit():
            depth = 1
        else:
            depth = 3 if len(self.path) == 4 and roman else 2
            if len(self.path) < depth + 1:
                return False
        between = _between(last, limb) if until and len(self.path) == depth + 1 else []
        for one in (*between, limb):
            self.beside(depth, one, match.start(1))
        self.at = match.end()
        self.limbs()
        return True

    def joined_section(self, at: int, until: bool) -> bool:
        head = HEAD.match(self.text, at)
        number_at = head.end() if head else at
        match = _NUMBER.match(self.text, number_at) or _NUMBER_LOWER.match(self.text, number_at)
        if match is None or match[1].startswith("0"):
            return False
        bare = head is None and _LIMB.match(self.text, match.end()) is None
        if bare and (_QUANTITY.match(self.text, match.end()) or int(match[1]) > LAST_SECTION):
            return False
        if bare and not self.plural and not _GOES_ON.match(self.text, match.end()):
            return False
        first = self.path
        self.keep()
        if until and len(first) == 1 and first[0].isdigit():
            for number in range(int(first[0]) + 1, min(int(match[1]), int(first[0]) + 12)):
                self.path, self.start = [str(number)], number_at
                self.keep()
        self.start, self.at, self.path = at, number_at, []
        self.number()
        self.limbs()
        return True


def _between(first: str, last: str) -> list[str]:
    """The letters or numbers strictly between two limbs of a range."""
    if first.isdigit() and last.isdigit():
        return [str(one) for one in range(int(first) + 1, min(int(last), int(first) + 12))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(one) for one in range(ord(first) + 1, ord(last))]
    return []


def _foreign(text: str, run: list[Citation]) -> bool:
    """Whether the words around provisions say that they are another Act's."""
    start, end = run[0].start, run[-1].end
    for pattern in (_OF_ACT, _ACT):
        if (match := pattern.match(text, end)) is not None:
            name = match[1].strip()
            return bool(name) and _OURS.search(name) is None
    if (match := _LOWER_ACT.match(text, end)) is not None:
        return bool(match[1].strip()) and _OURS.search(match[1]) is None
    if _INITIALS.match(text, end):
        return True
    before = _BEFORE.search(text, max(0, start - 120), start)
    return before is not None and _OURS.search(before[0]) is None
