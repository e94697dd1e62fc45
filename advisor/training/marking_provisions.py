"""Marking the provisions: those relied on to refuse, and those that cover what is given out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.document.words import first_upper, provision_words
from advisor.rulebook.law import Law
from advisor.training.answers import PartAnswer
from advisor.training.marks import Mark, Status
from advisor.training.model import PartModel

_SECTION = re.compile(r"s\d+[A-Z]?")


def provision_marks(law: Law, model: PartModel, answer: PartAnswer) -> Iterator[Mark]:
    """A mark for each provision of the model, and for each other that the trainee named.

    Who discloses refuses by nothing, so what such a trainee names is what covers the information.
    """
    provisions, engaged = (
        [one.replace(" ", "") for one in some] for some in (answer.provisions, answer.engaged)
    )
    named = list(dict.fromkeys((*provisions, *engaged)))
    refuses = answer.outcome is None or law.outcomes[answer.outcome].kind == "refused"
    relied = provisions if refuses else []
    start = f"{model.id}/provisions"
    wanted = model.provisions + model.engaged
    if not wanted and not named:
        said = answer.outcome is not None
        status: Status = "right" if said else "missing"
        text = "Nothing is relied on here."
        given = "none" if said else ""
        yield Mark(f"{start}/none", "provisions", "No provision", status, given, "none", text)
    for one in wanted:
        above = next((g for g in named if one.startswith(g + "(")), "")
        as_it_should = one in relied if one in model.provisions else one not in relied
        status = "missing"
        if one in named:
            status = "right" if as_it_should else "partly"
        elif above:
            status = "partly"
        given = one if one in named else above
        text = _why(one, above if given == above else "", relied=one in model.provisions)
        yield _mark(law, start, one, status, given, one, text)
    for one in named:
        if one not in wanted and not any(w.startswith(one + "(") for w in wanted):
            yield _misplaced(law, model, start, one)


def _misplaced(law: Law, model: PartModel, start: str, provision: str) -> Mark:
    """A provision that does not fit: because something else shuts it, or by what it is for."""
    section = _SECTION.match(provision)
    entry = law.exemptions.get(section.group()) if section else None
    words, authority = "does not fit here", tuple(_authority(law, provision))
    if section and section.group() in model.shut:
        why, authority = model.shut[section.group()]
        words = f"is not open here: {why}"
    elif provision in law.limbs:
        words += f": it is for {law.limbs[provision].title}"
    elif entry is not None:
        words += f": it is for {entry.title[:1].lower()}{entry.title[1:]}"
    authority = authority or (tuple(law.cites(entry.authority)) if entry else ())
    text = f"{first_upper(provision_words(provision))} {words}."
    label = f"Provision {provision_words(provision)}"
    key = f"{start}/{provision}"
    return Mark(key, "provisions", label, "wrong", provision, "none", text, authority)


def _why(provision: str, above: str, *, relied: bool) -> str:
    text = f"{first_upper(provision_words(provision))} "
    text += "is relied on." if relied else "covers it and is not relied on: the balance discloses."
    if above:
        text = f"{first_upper(provision_words(above))} does not say which limb. {text}"
    return text


def _mark(
    law: Law, start: str, provision: str, status: Status, given: str, model: str, text: str
) -> Mark:
    label = f"Provision {provision_words(provision)}"
    authority = tuple(_authority(law, provision))
    return Mark(f"{start}/{provision}", "provisions", label, status, given, model, text, authority)


def _authority(law: Law, provision: str) -> Iterator[str]:
    """What the rulebook cites for a provision: as a limb, or as what a step relies on."""
    if provision in law.limbs:
        yield from law.cites(law.limbs[provision].authority)
    for step in law.gates:
        if provision in step.entry.provisions:
            yield from law.cites(step.entry.authority)
