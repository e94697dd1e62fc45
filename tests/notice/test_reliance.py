"""Which provisions a letter relies on, told from those that it describes, doubts or takes back."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.notice.checking import NoticeCheck, check
from advisor.notice.reading import of_text
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load

LAW = Law(load(), date(2026, 11, 22))


def checked(text: str) -> NoticeCheck:
    return check(of_text(text).lines, LAW)


@pytest.mark.parametrize(
    "text",
    [
        "We declined your request of 3 May on 29 May. We were wrong, and enclose the report.",
        "In our letter of 2 March we refused to release the footage, citing section 30(1)(a)(i). "
        "On review I find that we were wrong, and the footage is enclosed.",
        "I find that the Council was wrong to withhold the report under section 36(2)(b)(i)."
        " A copy is attached.",
        "We previously withheld these statements. We no longer do so. Copies are attached.",
        "The Trust refused this request on cost. It should not have done so, and encloses it all.",
        "Your request was refused by mistake last month. Here is all the information.",
    ],
)
def test_a_refusal_that_is_taken_back_is_none(text: str) -> None:
    found = checked(text)
    assert (found.refuses, found.holds, found.cited, found.warnings) == (False, True, (), ())


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "We declined to give you the report in March. We were right to, and decline again: it "
            " is exempt under section 43(2).",
            "s43(2)",
        ),
        (
            "We declined your first request, and were wrong about the minutes, which we enclose. "
            "The remaining emails are withheld under section 42(1).",
            "s42(1)",
        ),
        (
            "You say that we were wrong to withhold the report. We do not agree, and continue to "
            "withhold it under section 43(2).",
            "s43(2)",
        ),
        ("We withdraw our reliance on section 38, and withhold it under section 41(1).", "s41(1)"),
        (
            "It was wrong of the officer to say that no record existed; it is exempt under section "
            "41(1).",
            "s41(1)",
        ),
        (
            "We were wrong to withhold the minutes, but the names stay exempt under section 40(2).",
            "s40(2)",
        ),
        ("We were wrong in our first letter, which relied on section 43(2). We refuse it under "
         "section 41(1).", "s41(1)"),
    ],
)  # fmt: skip
def test_a_refusal_that_stands_is_still_one(text: str, cited: str) -> None:
    found = checked(text)
    assert found.refuses
    assert found.cited == (cited,)


@pytest.mark.parametrize(
    "more",
    [
        "Section 31 could not have been relied on instead.",
        "Section 31(1)(a) can not be relied upon for the same information.",
        "It would not have been open to us to rely on section 31(1)(a).",
        "We were unable to rely on section 41.",
        "If section 42 applied we would say so.",
        "Should you go on asking we may rely on section 14(1).",
    ],
)
def test_what_could_not_be_or_might_be_relied_on_is_not(more: str) -> None:
    found = checked(f"The file is withheld under section 30(1)(a)(i). {more}")
    assert found.cited == ("s30(1)(a)(i)",)


@pytest.mark.parametrize(
    "said",
    [
        "Section 14(1) of the Act says that an authority need not comply with a vexatious request.",
        "Under section 14(1) an authority need not comply with a request that is vexatious.",
        "Section 14(2) allows us to refuse a repeated request.",
        "Section 12(1) sets a limit of cost, and section 40 protects personal data.",
        "Should you go on asking at this rate we may rely on section 14(1).",
    ],
)
def test_a_disclosure_that_describes_a_provision_refuses_nothing(said: str) -> None:
    found = checked(f"The report that you asked for is enclosed. {said}")
    assert (found.refuses, found.holds, found.cited, found.warnings) == (False, True, (), ())


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Section 14(1) allows an authority to refuse a vexatious request. Yours is one, and we "
            "will not be answering it.",
            "s14(1)",
        ),
        ("Your request is vexatious (section 14(1)).", "s14(1)"),
        (
            "Section 12(1) provides that we need not comply where the cost would exceed the limit. "
            "Yours would take forty hours, and we are unable to answer it.",
            "s12(1)",
        ),
        ("Section 40(2) protects personal data. The names have been redacted.", "s40(2)"),
    ],
)
def test_what_is_described_is_relied_on_where_something_is_refused(text: str, cited: str) -> None:
    found = checked(text)
    assert found.refuses
    assert found.cited == (cited,)
