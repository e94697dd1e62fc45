"""How provisions are written in letters, and which section of which Act they are."""

from __future__ import annotations

import pytest

from advisor.notice.citations import citations

CITED = {
    "section 30(1)(a)": ["s30(1)(a)"],
    "s.30 (1)(a)": ["s30(1)(a)"],
    "s30(1)(a)(i)": ["s30(1)(a)(i)"],
    "SECTION 30(1)(A)(I)": ["s30(1)(a)(i)"],
    "section  30\n  (1) (a)": ["s30(1)(a)"],
    "section 30(1)a": ["s30(1)(a)"],
    "S.30(3)": ["s30(3)"],
    "Sections 30(1)(a)(i) and 31(1)(a)": ["s30(1)(a)(i)", "s31(1)(a)"],
    "sections 30, 31 and 40(2) apply": ["s30", "s31", "s40(2)"],
    "sections 23(5), 24(2) or 30(3)": ["s23(5)", "s24(2)", "s30(3)"],
    "Sections 30(1)(a)(i) Investigations and 31(1)(a) Law Enforcement": [
        "s30(1)(a)(i)",
        "s31(1)(a)",
    ],
    "sections 30(1)(b) The Council and 12 officers": ["s30(1)(b)"],
    "section 40 subsection 2": ["s40(2)"],
    "section 30, subsection (1)(a)(i)": ["s30(1)(a)(i)"],
    "subsection (3) of section 30": ["s30(3)"],
    "subsection 3 of section 30": ["s30(3)"],
    "paragraph (a)(i) of section 30(1)": ["s30(1)(a)(i)"],
    "sub-paragraph (i) of section 30(1)(a)": ["s30(1)(a)(i)"],
    "subparagraph (ii) of paragraph (a) of subsection (1) of section 30": ["s30(1)(a)(ii)"],
    "paragraphs (a) and (b) of section 31(1)": ["s31(1)(a)", "s31(1)(b)"],
    "paras. (a) to (c) of s.31(1) and section 40(2)": [
        "s31(1)(a)",
        "s31(1)(b)",
        "s31(1)(c)",
        "s40(2)",
    ],
    "subsections (1)(a)(i) and (2)(a)(i) and (b) of section 30": [
        "s30(1)(a)(i)",
        "s30(2)(a)(i)",
        "s30(2)(b)",
    ],
    "sub-section (1), paragraph (a), sub-paragraph (i), of section 30": ["s30(1)(a)(i)"],
    "paragraph (a) of section 30": ["s30"],
    "the last paragraph in section 30(1)(b)": ["s30(1)(b)"],
    "section 31(1)(g) subsection 2(b)": ["s31(1)(g)", "s31(2)(b)"],
    "section 31(1)(a)-(c)": ["s31(1)(a)", "s31(1)(b)", "s31(1)(c)"],
    "section 31(1)(a) to (c)": ["s31(1)(a)", "s31(1)(b)", "s31(1)(c)"],
    "sections 30-32": ["s30", "s31", "s32"],
    "section 31(1)(a), (b) and (c)": ["s31(1)(a)", "s31(1)(b)", "s31(1)(c)"],
    "section 31(1)(g), (h) and (i)": ["s31(1)(g)", "s31(1)(h)", "s31(1)(i)"],
    "Section 30(1)(a)(b)(c), Investigations": ["s30(1)(a)", "s30(1)(b)", "s30(1)(c)"],
    "section 30(1)(a)(i)/(ii)": ["s30(1)(a)(i)", "s30(1)(a)(ii)"],
    "section 40(2) by virtue of section 40(3A)(a)": ["s40(2)", "s40(3A)(a)"],
    "section 40(2)(3A)(a)": ["s40(2)", "s40(3A)(a)"],
    "section 40(5B)(a)(i)": ["s40(5B)(a)(i)"],
    "s.31(1)(g) with 31(2)(b)": ["s31(1)(g)", "s31(2)(b)"],
    "section 17(1) & (4) of the Act": ["s17(1)", "s17(4)"],
    "section 22A": ["s22A"],
    "section 30 - Investigations and proceedings": ["s30"],
    "section 30 and 20 working days": ["s30"],
    "section 12 and 18 hours": ["s12"],
    "under section 30 and 9 March 2026": ["s30"],
    "section 30 (as amended)": ["s30"],
    "items 30 and 31": [],
    "regulation 12(5)(b)": [],
    "the section on page 30": [],
}


@pytest.mark.parametrize("text", CITED)
def test_what_is_cited(text: str) -> None:
    assert [one.provision for one in citations(text)] == CITED[text]


OURS = [
    "section 30",
    "section 30 of the Act",
    "section 30 of FOIA",
    "section 30(1)(a) of the Freedom of Information Act 2000 (the Act)",
    "section 30 Freedom of Information Act",
    "section 30 applies to information under the Data Protection Act",
]
FOREIGN = [
    "section 1 of the Data Protection Act 2018",
    "section 5 of the Theft Act",
    "sections 1 and 2 of the Protection from Harassment Act 1997",
    "section 30 of the Freedom of Information (Scotland) Act 2002",
    "s.18 PACE",
    "Theft Act 1968, section 5",
    "section 136 of that",  # there is no such section in this Act
    "section 2 of the data protection act",
]


@pytest.mark.parametrize("text", OURS)
def test_a_section_of_this_act(text: str) -> None:
    assert not any(one.foreign for one in citations(text))


@pytest.mark.parametrize("text", FOREIGN)
def test_a_section_of_another_act(text: str) -> None:
    assert all(one.foreign for one in citations(text))


def test_each_section_has_its_own_act() -> None:
    found = citations("section 40(2) and section 3(2) of the DPA 2018")
    assert [(one.provision, one.foreign) for one in found] == [("s40(2)", False), ("s3(2)", True)]


def test_a_citation_is_found_where_it_stands() -> None:
    text = "We rely on section 30(1)(b) and on section 40(2)."
    assert [text[one.start : one.end] for one in citations(text)] == [
        "section 30(1)(b)",
        "section 40(2)",
    ]
