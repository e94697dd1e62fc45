"""What a letter still has in place of words: "[insert review paragraph]", "<<name>>", "[date]".

Brackets hold much else: the year of a report, a provision, a word changed in a quotation, a mark
for what was redacted. So they count only where what is in them asks for something, or names a field
of a form and nothing more.
"""

from __future__ import annotations

import re

_BRACKETS = re.compile(
    r"\{\{(?P<field>[^{}]{1,200})\}\}|<<(?P<merged>[^<>]{1,200})>>|«(?P<merged_too>[\w ]{1,60})»"
    r"|\[(?P<square>(?:[^\[\]]|\[[^\[\]]{0,100}\]){1,600})\]|(?<!\{)\{(?P<curly>[^{}]{1,300})\}"
    r"|<(?P<angle>[^<>@/:]{1,200})>|\((?P<round>[^()]{1,300})\)"
)
# What Word shows in a content control that nobody filled in, and where a field broke.
_PROMPTS = re.compile(
    r"\bclick (?:or tap )?(?:here )?to (?:enter|choose|add|select)(?: an?| the)? \w+\.?"
    r"|\bchoose an item\b\.?|\berror! (?:reference source|bookmark) not (?:found|defined)\b\.?"
    r"|\?{3,}|\bXX[/.-]XX(?:[/.-][\dX]{2,4})?\b"
    r"|^[ \t]*insert\b[^\n.]{1,80}\bhere\b\.?[ \t]*$"
    r"|^[ \t*_]*(?:tbc|tba|todo|to be (?:added|completed|confirmed|inserted|drafted|supplied))\b"
    r"[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS = re.compile(
    r"\s*(?:(?:placeholder|insert|enter|delete|tbc|tba|todo|to be)\b"
    r"|(?:add|type|fill|complete|choose|select|specify|paste|put|give|state|describe|explain"
    r"|set out|say|include|provide|quote|amend|drafting|note to)\s+\w)"
    r"|.*\b(?:here|tbc|tba|as (?:appropriate|applicable|necessary)|if applicable"
    r"|to be (?:confirmed|completed|added|inserted|supplied|drafted|agreed))\s*$"
    r"|\s*(?:_{2,}|x{2,}|\?{1,}|\*{2,})\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ASKS_ASIDE = re.compile(
    r"\s*(?:placeholder|insert|delete as|to be (?:completed|inserted|filled))\b", re.IGNORECASE
)
_FIELDS = frozenset({
    "name", "names", "address", "date", "number", "reference", "ref", "details", "paragraph",
    "paragraphs", "wording", "text", "clause", "boilerplate", "signature", "title", "postcode",
    "telephone", "phone", "email", "url", "link", "logo", "letterhead", "reason", "reasons",
    "explanation", "amount", "exemption", "exemptions", "section", "limb", "factors", "arguments",
    "procedure", "day", "month", "year", "deadline",
})  # fmt: skip
_BESIDE_FIELDS = frozenset({
    "of", "and", "or", "for", "to", "the", "a", "an", "your", "our", "their", "applicant",
    "applicant's", "requester", "requester's", "recipient", "authority", "council", "force",
    "organisation", "officer", "officer's", "manager", "sender", "team", "unit", "office", "full",
    "first", "last", "job", "postal", "due", "web", "page", "contact", "standard", "usual",
    "template", "relevant", "appropriate", "review", "internal", "complaints", "complaint",
    "appeal", "appeals", "rights", "ico", "commissioner", "information", "public", "interest",
    "test", "balance", "fee", "cost", "request", "case", "decision", "letter", "response", "e",
    "mail",
})  # fmt: skip
_WORD = re.compile(r"[\w']+")


def placeholders(text: str) -> list[tuple[int, int]]:
    """Where each placeholder of a text begins and ends, in order, none within another.

    >>> text = "By [date], under [section 40(2)], (see [2025] UKSC 27)."
    >>> [text[start:end] for start, end in placeholders(text)]
    ['[date]']
    """
    found = [one.span() for one in _BRACKETS.finditer(text) if _is_one(one)]
    found += [one.span() for one in _PROMPTS.finditer(text)]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _is_one(match: re.Match[str]) -> bool:
    kind, inside = match.lastgroup, match[match.lastgroup or 0]
    if kind in ("field", "merged", "merged_too"):
        return True
    if kind == "round":
        return _ASKS_ASIDE.match(inside) is not None
    if _ASKS.match(inside):
        return True
    words = [one.lower() for one in _WORD.findall(inside.replace("’", "'"))]
    # "[the section]" is how a quotation is made to read; "<section>" is a tag.
    if not words or words[0] in ("the", "a", "an") or (kind == "angle" and len(words) == 1):
        return False
    return not _FIELDS.isdisjoint(words) and _FIELDS.union(_BESIDE_FIELDS).issuperset(words)
