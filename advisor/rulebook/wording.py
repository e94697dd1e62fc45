"""The words of a letter: which slots they may have, what decides whether they stand, how they fill.

A slot is `{name}` and nothing else: no attribute, no index, no format. A text is filled in one
pass, so what is put into a slot is never read again, whatever it looks like. With a first letter
in upper case the value gets one too.

    >>> fill("{Provision} covers {what}.", {"provision": "section 30(1)(b)", "what": "{provision}"})
    'Section 30(1)(b) covers {provision}.'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from advisor.rulebook.circumstances import Circumstance
from advisor.rulebook.model import Fact, Passage, Wording
from advisor.sources import nearest

NOTE = "note."
_SLOT = re.compile(r"\{([A-Za-z][A-Za-z0-9_.]*)\}")

# What a slot holds, which is also what its placeholder asks for. Beside these, every fact that is a
# text has a slot of its name, and `note.FACT` is the note that was kept with the answer to a fact.
SLOTS: dict[str, str] = {
    "reference": "your reference for the request",
    "received": "the day on which the request was received",
    "clarified": "the day on which the clarification was received",
    "due": "the day by which the request had to be answered",
    "decision_expected": "the day by which you expect to have decided the public interest",
    "pay_by": "the last day for paying the fee",
    "fee": "the amount of the fee, and how it was worked out",
    "how_to_pay": "how to pay the fee",
    "provisions": "the provisions relied on",
    "because": "why the provisions apply",
    "deciding": "the consideration that decides the balance",
    "deciding_weight": "the weight of that consideration",
    "officer_reason": "why one side of the balance outweighs the other",
    "regulator": "the name of the regulator",
    "regulator_address": "the postal address of the regulator",
    "regulator_telephone": "the telephone number of the regulator",
    "regulator_page": "the address of the regulator's page for complaints",
    "review_procedure": "your procedure for complaints about requests, or that there is none",
    "review_wording": "your review procedure in your own words",
    "review_write_to": "to whom to write for a review",
    "review_within": "within how many working days a review may be asked for",
    "review_answered_within": "within how many working days a review is answered",
}
# What only a passage that is repeated has, once for each time. Where nothing is confirmed or denied
# there are no reasons and no weights: they follow from what is known of the matter, and would tell.
EACH: dict[str, tuple[str, ...]] = {
    "provision": ("provision", "provision_title"),
    "maintain": ("consideration", "interest", "reason", "weight"),
    "disclose": ("consideration", "interest", "reason", "weight"),
    "silence": ("consideration", "interest"),
    "openness": ("consideration", "interest"),
}

# What conditions of a letter may read besides the circumstances of the decision.
OF_THE_LETTER: dict[str, Circumstance] = {
    name: Circumstance("yes_no", means)
    for name, means in {
        "several_parts": "The request has more than one part.",
        "second_notice": "It is the further notice, which brings the reasons.",
        "balance_pending": "A qualified provision is relied on, its balance still to be struck.",
        "balance_struck": "A balance about the content was struck, for withholding.",
        "silence_decided": "A balance about confirming or denying was struck, for silence.",
        "weighed_for_disclosure": "Something weighs for disclosing the content.",
        "weighed_for_maintaining": "Something weighs for maintaining the exemption.",
        "first_decides": "The weightiest consideration of all decides the balance.",
        "later_decides": "The weightiest of each side are equal, and what follows decides.",
        "officer_concluded": "The balance is the officer's own conclusion.",
        "reasons_kept_back": "What would itself disclose is left out of this part's reasons.",
        "review_not_known": "Neither case nor settings say whether there is a review procedure.",
    }.items()
}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every slot filled. Raises KeyError where a value is not there."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        key = name[:1].lower() + name[1:]
        found = values[key]
        return found[:1].upper() + found[1:] if key != name else found

    return _SLOT.sub(value, text)


def slots(passage: Passage) -> tuple[str, ...]:
    """The names of a passage's slots, each once."""
    found = _SLOT.findall(f"{passage.heading} {passage.lead} {passage.text}")
    return tuple(dict.fromkeys(name[:1].lower() + name[1:] for name in found))


def asks_for(slot: str, facts: Mapping[str, Fact]) -> str:
    """What the placeholder of an empty slot says."""
    if slot.startswith(NOTE):
        fact = facts[slot.removeprefix(NOTE)]
        return _plain(fact.keep or fact.ask)
    return SLOTS[slot] if slot in SLOTS else _plain(facts[slot].ask)


def _plain(text: str) -> str:
    """A question or an instruction as the placeholder shows it: no stop at its end."""
    text = " ".join(text.split()).rstrip(".")
    return text[:1].lower() + text[1:]


def problems(
    wording: Wording, facts: Mapping[str, Fact], requirements: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What is wrong with the words of a section: (where in it, what, what would be right)."""
    for i, passage in enumerate(wording.passages):
        known = [*SLOTS, *EACH.get(passage.each, ())]
        known += [key for key, fact in facts.items() if fact.type == "text"]
        notes = [NOTE + key for key in facts]
        for slot in (*slots(passage), *passage.only_with):
            if slot not in known and slot not in notes:
                right = nearest(slot, [*known, *notes])
                yield ("passages", i), f"unknown slot '{{{slot}}}'", right
        for n, key in enumerate(passage.meets):
            if key not in requirements:
                text = f"unknown requirement '{key}'"
                yield ("passages", i, "meets", n), text, nearest(key, requirements)
        if not (passage.heading or passage.text or passage.insert):
            yield ("passages", i), "the passage says nothing", "give it a text or a heading"
