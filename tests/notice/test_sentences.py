"""Mistakes told from what only looks like one, a sentence at a time in a good letter."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.notice.checking import check
from advisor.notice.reading import of_text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load

LAW = Law(load(), date(2026, 11, 22))

REFUSED = (
    "The file is withheld under section 30(1)(a)(i) of the Act, as it was gathered in our "
    "investigation of a murder, which police have a duty to investigate. "
)
BALANCE = (
    " There is a public interest in openness, but release would prejudice the inquiry, and the "
    "public interest in maintaining the exemption outweighs that in disclosure."
)
ROUTES = " You can ask us for an internal review, and complain to the Information Commissioner."


def mistakes(text: str) -> set[str]:
    return {one.id for one in check(of_text(text).lines, LAW).warnings}


SHOWN = {
    "pitfall-25": [
        "The exemption at section 30 is engaged as release would hinder our enquiries.",
        "Section 30(1)(a)(i) is engaged because disclosure is likely to prejudice the inquiry.",
        "Disclosure would harm our enquiries and therefore section 30(1)(a)(i) is engaged.",
    ],
    "pitfall-26": [
        "As there is an ongoing investigation the information is automatically exempt.",
        "Section 30 is an absolute exemption.",
        "There is no requirement to carry out a public interest test for section 30(1).",
    ],
    "pitfall-35": [
        "Records less than thirty years old are not historical records.",
        "The 30-year closure period has not ended.",
    ],
    "pitfall-41": [
        "You are a journalist and intend to publish, which counts against release.",
        "Your personal interest in the matter has been given weight.",
        "The considerable press interest in the case is a factor in favour of disclosure.",
        "The applicant's motives were considered and weigh against release.",
        "Disclosure would cause distress to the family.",
    ],
    "pitfall-42": [
        "We cannot aggregate the public interests of several exemptions.",
        "The weights of different exemptions may not be added together.",
    ],
    "pitfall-43": [
        "There would need to be exceptional reasons to override the exemption.",
        "Our starting point is that such information is not released.",
        "There is a strong presumption in favour of protecting such material from disclosure.",
        "Release is only justified where there is an overriding public interest in disclosure.",
        "Save in the most exceptional circumstances, evidence is not disclosed before trial.",
    ],
    "pitfall-w1": [
        "The public interest is evenly balanced. We therefore withhold the file.",
        "The arguments on each side carry equal weight. Accordingly it will not be disclosed.",
        "Neither side outweighs the other. We have thought long about it. So the exemption is "
        "maintained.",
        "As the two sides are equal, we have decided to refuse it.",
        "We have found the points for and against to be of equal weight.\n\nConclusion\n\nThe file "
        "is therefore withheld.",
    ],
}
NONE = [
    "This was an exceptional case, and it attracted wide attention.",
    "In exceptional circumstances a review may take up to 40 working days.",
    "We bear in mind the presumption of innocence.",
    "The Act begins from a presumption in favour of disclosure, which we have respected.",
    "There are compelling reasons for openness.",
    "We weighed each exemption separately and did not need to combine them.",
    "Requests under the Act are dealt with on an applicant and motive blind basis.",
    "We have not taken account of who you are or of why you ask.",
    "Public interest does not mean what the public or the media find interesting.",
    "Section 30(1)(a)(i) is class-based, so no harm has to be shown for it to be engaged.",
    "Section 30 is not an absolute exemption.",
    "The murder took place more than thirty years ago.",
    "He was sentenced to thirty years in prison.",
    "Section 31 does not apply.",
    "Your request mentions section 44 of the Terrorism Act 2000.",
    "If you narrow a later request, exemptions such as section 31 may apply to it.",
    "The public interest in the log is evenly balanced. We therefore disclose it.",
    "If the public interest were evenly balanced we would have to release it. It is not. We "
    "therefore withhold the file.",
    "The sides seemed equal. The trial in June tips the scales, and we therefore withhold it.",
    "The arguments are evenly balanced. However, two suspects have still to be interviewed. We "
    "therefore withhold the file.",
    "You say that the public interest is evenly balanced. We therefore set out our reasons for "
    "withholding the file.",
    "We gave both of your requests equal care. We therefore withhold the file only.",
    "Section 31 could not have been relied on instead.",
    "It would not have been open to us to rely on section 31(1)(a).",
]


@pytest.mark.parametrize(("key", "said"), [(k, one) for k, many in SHOWN.items() for one in many])
def test_a_mistake_is_seen(key: str, said: str) -> None:
    assert mistakes(f"{REFUSED}{said}{BALANCE}{ROUTES}") == {key}


@pytest.mark.parametrize("said", NONE)
def test_no_false_alarm(said: str) -> None:
    assert mistakes(f"{REFUSED}{said}{BALANCE}{ROUTES}") == set()


MURDER = (
    "It concerns a murder, which police have a duty to investigate; release would prejudice it."
)
WHOLE = {
    f"The file is exempt under both s.30(1)(a)(i) and s.31(1)(a). {MURDER}": {"pitfall-27"},
    f"It is exempt by virtue of Section 30(1)(a)(i) - Investigations and Section 31(1)(a) - Law "
    f"enforcement. {MURDER}": {"pitfall-27"},
    f"Part 1 is exempt under section 30(1)(a)(i), part 2 under section 31(1)(a). {MURDER}": set(),
    f"It falls under section 30(1)(a)(i) or, if that is wrong, section 31(1)(a). {MURDER}": set(),
    "We refuse it under section 30(2)(a)(i) and (b). We rely upon section 17(4).": {"pitfall-12"},
    "We need an extension of time so that we can seek the views of the prosecutor.": {
        "pitfall-5",
        "pitfall-6",
        "pitfall-7",
    },
    "The information is exempt under the investigations exemption.": {"pitfall-1"},
    "The contract is commercially sensitive and we will not be disclosing it.": {"pitfall-1"},
}


@pytest.mark.parametrize("text", WHOLE)
def test_the_mistakes_of_a_short_letter(text: str) -> None:
    routes = "" if WHOLE[text] & {"pitfall-12", "pitfall-5"} else f"{BALANCE}{ROUTES}"
    assert mistakes(text + routes) == WHOLE[text]


# Each part of a notice in several officers' words: any choice of them is a whole notice, and
# without one part just what that part is for is missing.
PARTS = {
    "held": [
        "I confirm that the force holds the information that you requested.",
        "The information is held by Riverside Police.",
        "Our searches have located two documents.",
        "Northshire Police holds information falling within your request.",
    ],
    "exemption": [
        "It is exempt under section 30(1)(a)(i) of the Freedom of Information Act 2000.",
        "We have decided to withhold it, relying on s.30(1)(a)(i) FOIA.",
        "This letter serves as a refusal notice by virtue of the following exemption: Section "
        "30(1)(a)(i) - Investigations and Proceedings.",
        "Your request is refused. Exemption applied: s30 (1) (a) (i).",
        "The exemption that we rely on is subsection (1)(a)(i) of section 30.",
    ],
    "why": [
        "It was gathered by detectives investigating a burglary, which the police have a duty at "
        "common law to investigate.",
        "The force has a common law duty to investigate crime, and this material was collected "
        "during its inquiry into a sexual assault.",
        "The documents form part of an investigation into the murder of a shopkeeper. Constables "
        "are under a duty to prevent and detect crime.",
    ],
    "balance": [
        "In favour of disclosure, the public should know how we work. Against it, release would "
        "tip off a suspect. The public interest in maintaining the exemption outweighs the public "
        "interest in disclosure.",
        "Factors favouring disclosure: accountability for public money. Factors favouring "
        "non-disclosure: the inquiry is live and release could compromise it. Balancing test: the "
        "factors for non-disclosure outweigh those for disclosure.",
        "The public interest arguments are finely balanced. Greater openness helps confidence in "
        "policing. However, potential witnesses would be deterred. On balance it is not in the "
        "public interest to release the report.",
    ],
    "review": [
        "If you are unhappy with how your request was handled you can ask for an internal review.",
        "You may appeal to us against this decision within two months: write to the Data Manager.",
        "To complain about this reply, email foi@riverside.example and a senior officer will "
        "reconsider it.",
        "Should you wish us to look again at this decision please write to the Chief Clerk.",
        "There is no internal review procedure at this authority.",
        "You have the right to have this decision reviewed by someone not involved in it.",
    ],
    "commissioner": [
        "You also have the right to complain to the Information Commissioner.",
        "Under section 50 of the Act you may apply to the regulator for a decision.",
        "If still dissatisfied, you can take the matter to the ICO at Wycliffe House.",
        "After that the Information Commission can consider a complaint.",
    ],
}
LACKS = {
    "exemption": {"S17-05", "S17-05a"},
    "why": {"S17-06a"},
    "balance": {"S17-20"},
    "review": {"S17-50"},
    "commissioner": {"S17-51"},
}


def missing(parts: list[str]) -> set[str]:
    found = check(of_text("\n\n".join(parts)).lines, LAW).findings
    return {one.id for one in found if one.fails}


@pytest.mark.parametrize(("part", "words"), [(k, one) for k, many in PARTS.items() for one in many])
def test_every_way_of_saying_a_part_will_do(part: str, words: str) -> None:
    assert missing([words if key == part else many[0] for key, many in PARTS.items()]) == set()


@pytest.mark.parametrize("part", LACKS)
@pytest.mark.parametrize("choice", range(3))
def test_a_part_left_out_is_missing(part: str, choice: int) -> None:
    rest = [many[choice % len(many)] for key, many in PARTS.items() if key != part]
    found = missing(rest)
    assert found >= LACKS[part]
    assert found - LACKS[part] <= {"S17-04", "S17-06"}  # which rest on the same words
