"""The nearest decided matters as advice: for the report, the interview and confidential notes.

A matter that nobody has reviewed is shown with that said, and is cited in no letter (`citable`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.assessment import DecidedMatter, Warning
from advisor.document.blocks import Block, Bullets, Entry, Heading
from advisor.document.dates import long_date
from advisor.document.words import first_upper, provision_words
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.matter import Matter
from advisor.reasoning.precedents import BINDING, RESULTS, Near, near
from advisor.rulebook.law import Law
from advisor.rulebook.model import Precedent

BODIES = {
    "court": "a court",
    "upper_tribunal": "the Upper Tribunal",
    "first_tier_tribunal": "the First-tier Tribunal",
    "information_tribunal": "the Information Tribunal",
    "commissioner": "the Information Commissioner",
}
OUTCOMES = {
    "withhold": "withheld",
    "disclose": "disclosed",
    "neither_confirm_nor_deny": "silence upheld",
    "confirm_or_deny": "silence ended",
}
# What a result is nearer to, for "stronger here".
_LEANS = {
    "withhold": "withholding",
    "disclose": "disclosing",
    "neither_confirm_nor_deny": "silence",
    "confirm_or_deny": "an answer",
}
UNREVIEWED = "No person has reviewed this entry yet, so it is cited in no letter."
_FACTOR = "factor:"
_GRAVEST = ("error", "warning", "note")


def beside(
    matter: Matter, derivation: Derivation, results: Mapping[str, str], limit: int = 3
) -> tuple[DecidedMatter, ...]:
    """The nearest decided matters; `results` has what each balance came to (`maintain` ...)."""
    return tuple(
        _told(matter, one, one.against(results.get(RESULTS[one.decided.part.result][0])))
        for one in near(matter, derivation, limit)
    )


def warnings(found: Iterable[DecidedMatter]) -> tuple[Warning, ...]:
    """A warning for each matter that obliges and that the recommendation goes against."""
    told: dict[str, Warning] = {}
    for one in found:
        if one.against:
            text = (
                f"{one.title}: {OUTCOMES[one.outcome]}. On everything that both record, this part "
                f"is at least as strong that way and no stronger the other. {_force(one)}"
            )
            text += "" if one.reviewed else f" {UNREVIEWED}"
            key = f"precedent-{one.ref}"
            told.setdefault(key, Warning(key, "warning", text, (one.citation,)))
    return tuple(told.values())


def with_warnings(
    raised: tuple[Warning, ...], found: Iterable[DecidedMatter]
) -> tuple[Warning, ...]:
    """Warnings with those of decided matters among them, gravest first."""
    return tuple(sorted((*raised, *warnings(found)), key=lambda one: _GRAVEST.index(one.level)))


def citable(found: Iterable[DecidedMatter]) -> tuple[DecidedMatter, ...]:
    """Those that may be cited in a letter: a person has read the decision against the entry."""
    return tuple(one for one in found if one.reviewed)


def brief(found: Iterable[DecidedMatter], law: Law, level: int = 3) -> Iterator[Block]:
    """A line for each matter: its citation, what is shared, what distinguishes it each way."""
    lines = tuple(_line(one, law) for one in found)
    if lines:
        yield Heading(level, "Decided matters like this one")
        yield Bullets(lines)


def _line(one: DecidedMatter, law: Law) -> Entry:
    ref = one.ref if one.ref not in one.citation else ""
    marks = "; ".join(filter(None, (_described(one, law), ref, *one.marks)))
    said = [f"{one.citation} ({marks})."]
    if one.constrains:
        said.append(f"It constrains you to {one.constrains}. {_force(one)}")
    if one.against:
        said.append("The recommendation goes against it.")
    said += [f"{lead}: {', '.join(map(_label, names))}." for lead, names in _compared(one, law)]
    lead = f"{first_upper(OUTCOMES[one.outcome])}:"
    return Entry(" ".join(said), lead, tone="warn" if one.against else "plain")


def blocks(found: Iterable[DecidedMatter], law: Law, level: int = 3) -> Iterator[Block]:
    """The matters at length: values compared, what each obliges to, what was read of it."""
    matters = tuple(found)
    if not matters:
        return
    yield Heading(level, "Decided matters like this one")
    for one in matters:
        yield Bullets(
            (
                Entry(
                    f"{one.title}, {_described(one, law)}: {OUTCOMES[one.outcome]}. {one.because}",
                    note=f"{one.citation}; {one.ref}",
                    tone="warn" if one.against else "plain",
                ),
                *(Entry(text, lead, depth=1) for lead, text in _lines(one, law)),
            )
        )


def _described(one: DecidedMatter, law: Law) -> str:
    what = law.precedents[one.ref].parts
    return next((part.what for part in what if part.id == one.part), "")


def _lines(one: DecidedMatter, law: Law) -> Iterator[tuple[str, str]]:
    """What is said under a matter, as (lead, text)."""
    if one.constrains:
        goes = " The recommendation goes against it." if one.against else ""
        yield f"It constrains ({one.constrains}):", f"{_force(one)}{goes}"
    for lead, names in _compared(one, law):
        yield f"{lead}:", "; ".join(_said(one, name, law) for name in names) + "."
    yield "Before you rely on it:", " ".join(one.standing)


def _compared(one: DecidedMatter, law: Law) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is shared and what distinguishes; a kind that differs is neither stronger nor weaker."""
    alike = {
        name for name in one.weaker_here if name in law.dimensions and law.dimensions[name].alike
    }
    way = _LEANS[one.outcome]
    for lead, names in (
        ("Shared", one.shared),
        (f"Stronger here for {way}", one.stronger_here),
        (f"Weaker here for {way}", tuple(n for n in one.weaker_here if n not in alike)),
        ("Different", tuple(n for n in one.weaker_here if n in alike)),
        ("Not known there", one.not_known_there),
    ):
        if names:
            yield lead, names


def _force(one: DecidedMatter) -> str:
    if one.binds:
        return "Decisions of this level bind on the law."
    return "It persuades and does not bind; to depart from it, say what is different."


def _said(one: DecidedMatter, name: str, law: Law) -> str:
    """A point of comparison in words: "investigation status: closed here, ongoing there"."""
    label = _label(name)
    here, there = (_value(text, name, law) for text in one.values.get(name, ("", "")))
    if here and there and here != there:
        return f"{label}: {here} here, {there} there"
    return f"{label}: {here}" if here else label


def _label(name: str) -> str:
    return provision_words(name.removeprefix(_FACTOR)).replace("_", " ")


def _value(text: str, name: str, law: Law) -> str:
    fact = law.facts.get(name)
    words = fact.choices.get(text, text) if fact else text
    return words.replace("_", " ").lower()


def _told(matter: Matter, found: Near, against: bool) -> DecidedMatter:
    entry, part = found.decided.matter, found.decided.part
    there = found.decided.point.slots
    names = (*found.shared, *found.stronger_here, *found.weaker_here, *found.not_known_there)
    values = {
        name: (found.here.get(name, ""), there.get(name, ""))
        for name in names
        if name in found.here or name in there
    }
    return DecidedMatter(
        item=matter.item.id,
        ref=found.ref,
        part=part.id,
        title=entry.title,
        citation=entry.citation,
        body=entry.body,
        binds=entry.body in BINDING,
        decided=entry.decided,
        outcome=part.result,
        because=part.because,
        shared=found.shared,
        stronger_here=found.stronger_here,
        weaker_here=found.weaker_here,
        not_known_there=found.not_known_there,
        not_known_here=found.not_known_here,
        constrains=found.constrains,
        against=against,
        reviewed=bool(entry.reviewed_by),
        standing=standing(entry),
        values=values,
        marks=marks(entry),
    )


def marks(entry: Precedent) -> tuple[str, ...]:
    """In a word each, why a matter may not be relied on as it stands."""
    said = {
        "unsettled": entry.unsettled,
        "overtaken": entry.overtaken_by,
        "not reviewed": not entry.reviewed_by,
    }
    return tuple(word for word, why in said.items() if why)


def standing(entry: Precedent) -> tuple[str, ...]:
    """What to know before relying on a matter: conflict, appeal, review, how much was read."""
    said: list[str] = []
    if entry.unsettled:
        said.append(f"Unsettled: {entry.unsettled}")
    if entry.overtaken_by:
        said.append(f"Overtaken by {entry.overtaken_by}.")
    if entry.reviewed_by and entry.reviewed_on:
        said.append(f"Reviewed by {entry.reviewed_by} on {long_date(entry.reviewed_on)}.")
    else:
        said.append(UNREVIEWED)
    said.append(f"Read: {entry.seen}.")
    said.append(entry.limits)
    return tuple(said)
