"""Letters of particular kinds: silence, section 17(4), holding and second notices, fee, form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from advisor.case import Conclusion, Consideration, Weighing
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.notice.annex import annex
from advisor.notice.template import as_docx
from advisor.sources import InputError
from tests.notice.drafting import (
    drafted,
    route,
    rulebook,
    words,
)

# Neither confirming nor denying


SILENT = {
    "held": ("yes", "no", "unknown"),
    "investigation_status": ("ongoing", "cold", "concluded_conviction"),
    "offence": ("Burglary", "Murder"),
    "sensitivity": ("anodyne", "central_evidence"),
}


def without_reference(text: str) -> str:
    return re.sub(r"ROUTE/0\d(-D)?", "", text)


def test_silence_reads_the_same_whatever_is_held_and_whatever_is_known() -> None:
    case = route("rt-02-neither-confirm-nor-deny")
    item = case.items[0]
    usual = without_reference(words(drafted(case)))
    for fact, values in SILENT.items():
        for value in values:
            changed = case.with_item(replace(item, facts={**item.facts, fact: value}))
            found = rulebook().assess(changed, engine="direct")
            if found.items[0].outcome == "neither_confirm_nor_deny":
                assert without_reference(words(drafted(changed))) == usual, (fact, value)


def test_silence_never_says_held_or_not_held() -> None:
    for name in (
        "rt-02-neither-confirm-nor-deny",
        "rt-04-holding-confirm-or-deny",
        "rt-04-silence-open",
    ):
        text = words(drafted(route(name)))
        rest = re.sub(
            r"neither confirm nor deny that we hold|told whether we hold|whether (we|it) holds?"
            r"|saying that we hold the information or that we do not|if we held it"
            r"|whether it is held|whether or not (any|some)thing is held|whether we hold"
            r"|if the authority held it|about what we hold",
            "",
            text,
            flags=re.IGNORECASE,
        )
        held = [line for line in rest.split("\n") if re.search(r"\bwe (do not )?hold\b", line)]
        assert held == []
        assert not re.search(r"\b(is|are) (not )?held\b", rest)


def test_what_the_officer_wrote_for_silence_stays_out_of_the_letter_and_goes_to_the_annex() -> None:
    secret = "SECRET: the suspect is Mr Grundy"
    case = route("rt-02-neither-confirm-nor-deny")
    item = replace(
        case.items[0],
        facts={**case.items[0].facts, "duty_source": secret, "offence": secret},
        notes={"held": secret, "would_confirming_reveal": secret},
        disclose=secret,
        weights_confirm_or_deny={
            "alerting_those_investigated": Weighing("very_strong", secret, "A. Woolley")
        },
        considerations_confirm_or_deny=(
            Consideration("maintain", secret, "considerable", secret, "A. Woolley"),
        ),
        balance_confirm_or_deny=Conclusion("maintain", secret, "A. Woolley"),
    )
    secretive = replace(case.with_item(item), title=secret)
    found = drafted(secretive, annex=True)
    assert "SECRET" not in words(found)
    assert "SECRET" not in as_html(found.document())
    assert b"SECRET" not in b"".join(_unpacked(as_docx(found)))
    assessment = rulebook().assess(secretive, engine="direct")
    kept = annex(assessment, secretive, rulebook().law(assessment.as_at), found)
    assert "SECRET" in as_html(kept)


def _unpacked(content: bytes) -> list[bytes]:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as archive:
        return [archive.read(one) for one in archive.namelist()]


def test_several_parts_may_be_silent_beside_one_that_is_answered() -> None:
    case = route("rt-02-neither-confirm-nor-deny")
    other = route("rt-03-live-investigation").items[1]
    text = words(drafted(replace(case, items=(*case.items, other))))
    assert "We neither confirm nor deny that we hold this" in text
    assert "January to June 2025" in text


# Section 17(4)


def test_the_annex_keeps_what_section_17_4_leaves_out() -> None:
    case = route("rt-03-confidential-source")
    full, short = words(drafted(case)), words(drafted(case, annex=True))
    assert "Arson" in full
    assert "It concerns a confidential source" in full
    assert "Arson" not in short
    assert "It concerns a confidential source" not in short
    assert "Section 17(4) of the Act allows" in short
    assert "section 30(2)(a)(i)" in short  # never excused
    assert "Section 50 of the Act" in short
    assessment = rulebook().assess(case, engine="direct")
    kept = as_markdown(
        annex(assessment, case, rulebook().law(assessment.as_at), drafted(case, annex=True))
    )
    assert "Arson" in kept
    assert "promise is on the file" in kept
    assert "Do not send this to the applicant" in kept


def test_nothing_is_left_out_where_section_17_4_does_not_arise() -> None:
    case = route("rt-03-live-investigation")
    assert words(drafted(case, annex=True)) == words(drafted(case))


# Holding and second notices


def test_a_holding_notice_has_its_day_and_names_the_exemption() -> None:
    text = words(drafted(route("rt-04-holding-notice")))
    assert "We estimate that we will have decided by 30 March 2026." in text
    assert "We have not yet decided where the balance of the public interest lies." in text
    assert "section 30(1)(a)(i)" in text
    assert "In favour of maintaining the exemption, we took into account" not in text
    assert "Up to 31 January 2026 the investigation had cost £48,210." in text


def test_a_holding_notice_without_its_day_is_refused_in_its_place() -> None:
    case = replace(route("rt-04-holding-notice"), decision_expected=None)
    with pytest.raises(InputError, match="decision_expected"):
        drafted(case)


def test_what_only_the_balance_keeps_open_can_be_held() -> None:
    text = words(drafted(route("rt-04-balance-open")))
    assert "section 30(1)(a)(i)" in text
    assert "30 March 2026" in text


def test_a_holding_notice_whose_day_is_past_is_refused_in_its_place() -> None:
    case = route("rt-04-holding-notice")
    assert case.decided is not None
    case = replace(case, decision_expected=case.decided - timedelta(days=1))
    with pytest.raises(InputError, match="has passed"):
        drafted(case)


def test_while_it_is_open_whether_to_confirm_or_deny_the_holding_notice_does_neither() -> None:
    case = route("rt-04-silence-open")
    usual = without_reference(words(drafted(case)))
    assert "section 30(3)" in usual
    assert "30 March 2026" in usual
    for held in ("yes", "no"):
        item = replace(case.items[0], facts={**case.items[0].facts, "held": held})
        assert without_reference(words(drafted(case.with_item(item)))) == usual
    # What comes before that question must be settled first.
    open_before = replace(case, facts={**case.facts, "vexatious": "unknown"})
    with pytest.raises(InputError, match="is not determined"):
        drafted(open_before)


def test_the_second_notice_brings_the_reasons_and_the_rights_again() -> None:
    text = words(drafted(route("rt-04-holding-notice"), kind="second"))
    assert "the further notice that section 17(3) of the Act requires" in text
    assert "In favour of maintaining the exemption, we took into account:" in text
    assert "Section 50 of the Act gives you the right" in text
    assert "foi-review@borchester.example" in text
    assert "£48,210" not in text  # answered by the first


def test_a_second_notice_needs_a_balance_that_was_put_off() -> None:
    with pytest.raises(InputError, match="no balance was struck"):
        drafted(route("rt-08-not-held"), kind="second")


# A fee, and the form of what is disclosed


def test_until_the_fee_has_come_the_letter_is_the_fees_notice() -> None:
    case = route("rt-10-fee")
    found = drafted(case)
    text = words(found)
    assert "fees notice under section 9(1)" in text
    assert "23 May 2026" in text  # three months beginning with 24 February
    assert "Date: 24 February 2026" in text
    assert "the amount of the fee, and how it was worked out" in found.missing
    assert "Section 50" not in text
    paid = replace(case, fee_received=date(2026, 3, 3))
    with pytest.raises(InputError, match="is not determined"):
        drafted(paid)


def test_a_form_that_was_refused_has_its_reason() -> None:
    case = route("rt-11-form-refused")
    item = case.items[0]
    assert "in use at the museum's door" in words(drafted(case))
    unsaid = drafted(case.with_item(replace(item, notes={})))
    assert any(one.startswith("which form they asked for") for one in unsaid.missing)
    facts = {key: value for key, value in item.facts.items() if key != "preferred_form_refused"}
    assert "Section 11" not in words(drafted(case.with_item(replace(item, facts=facts))))


def test_no_side_is_announced_on_which_nothing_was_weighed() -> None:
    letter = drafted(route("rt-03-officer-concluded"))
    assert "In favour of disclosing the information, we took into account:" in words(letter)
    assert "In favour of maintaining the exemption, we took into account:" not in words(letter)
    assert "S17-20" in letter.met["report"]


@pytest.mark.parametrize("name", ["disclosing-undecided", "confirming-undecided"])
def test_a_letter_sent_while_a_balance_waits_does_not_decide_it(name: str) -> None:
    said = words(drafted(route(f"rt-04-{name}")))
    assert "The report, which the letter encloses." not in said
    assert ("We confirm that we hold" in said) is (name == "disclosing-undecided")
    assert "30 March 2026" in said


def test_the_second_letter_gives_out_what_waited() -> None:
    letter = drafted(route("rt-04-disclosing-undecided"), kind="second")
    assert "The report, which the letter encloses." in words(letter)
