"""Where a letter and an assessment of the case say different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from advisor.assessment import Assessment
from advisor.document.dates import long_date
from advisor.document.words import first_upper, provision_words
from advisor.notice.reliance import Relied
from advisor.notice.text import Text
from advisor.rulebook.conditions import is_part

UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Disagreement:
    """One difference; `line` is that of the letter, where it has one."""

    about: str
    letter: str
    assessment: str
    text: str
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "about": self.about,
            "letter": self.letter,
            "assessment": self.assessment,
            "line": self.line,
            "text": self.text,
        }


def disagreements(
    text: Text, relied: Relied, known: Mapping[str, Any], assessment: Assessment
) -> tuple[Disagreement, ...]:
    """Every difference that words and assessment show: provisions, what is refused, dates."""
    now = replace(assessment, items=tuple(item.meanwhile for item in assessment.items))
    return (*_provisions(text, relied, now), *_refusals(known, now))


def _provisions(text: Text, relied: Relied, assessment: Assessment) -> Iterator[Disagreement]:
    advised = sorted({one for item in assessment.items for one in item.provisions})
    open_still = any(item.outcome == UNDETERMINED for item in assessment.items)
    for provision, spans in sorted(relied.places.items()):
        exact = [one for one in advised if is_part(one, provision)]
        if not exact and not any(is_part(provision, one) for one in advised):
            if open_still:  # what it will rest on is not known yet, as with a holding notice
                continue
            wide = ", ".join(advised) or "none"
            said = f"The letter relies on {provision_words(provision)}; the assessment does not."
        elif exact and provision not in exact:
            wide = ", ".join(exact)
            named = " and ".join(map(provision_words, exact))
            said = (
                f"The letter relies on {provision_words(provision)}; the assessment says {named}."
            )
        else:
            continue
        line = text.quotes(spans[0])[0].line
        yield Disagreement("provision", provision, wide, said, line)
    for provision in advised:
        if not any(is_part(provision, one) or is_part(one, provision) for one in relied.places):
            named = first_upper(provision_words(provision))
            said = f"{named} is recommended, and the letter does not rely on it."
            yield Disagreement("provision", "none", provision, said)


# What a letter may do (a reading), the outcomes that mean the same, and how a person says it.
_DOES = (
    ("withholds", ("withhold",), "withholds information under an exemption"),
    ("silent", ("neither_confirm_nor_deny",), "neither confirms nor denies"),
    ("on_cost", ("refuse_cost",), "refuses because of the cost"),
    ("on_section_14", ("refuse_vexatious", "refuse_repeated"), "refuses the request itself"),
)


def _refusals(known: Mapping[str, Any], assessment: Assessment) -> Iterator[Disagreement]:
    outcomes = {item.outcome for item in assessment.items}
    possible = {one for item in assessment.items for one in item.possible_outcomes}
    for reading, meaning, words in _DOES:
        does, advised = bool(known.get(reading)), bool(outcomes & set(meaning))
        if does and not possible & set(meaning):
            said = f"The letter {words}; the assessment does so for no part of the request."
        elif advised and not does:
            said = f"The assessment {words} for some part of the request; the letter does not."
        else:
            continue
        shown = ", ".join(sorted(outcomes))
        yield Disagreement("outcome", reading if does else "none", shown, said)
    refuses = known.get("refuses") and not known.get("second_notice")  # which is of one part
    if "disclose" in outcomes and refuses and not known.get("discloses"):
        said = "On the assessment some part is to be disclosed; the letter gives nothing out."
        yield Disagreement("outcome", "none", "disclose", said)
    due = assessment.notice.due
    late = known.get("dated_late") or known.get("decided_late")
    if late and due is not None and not known.get("no_notice_claimed"):
        said = f"The letter is dated later than {long_date(due)}, when the notice was due."
        yield Disagreement("date", "late", due.isoformat(), said)
