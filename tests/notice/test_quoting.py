"""The officer is told which of their own words a letter quotes, and of no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor import Case
from advisor.case import Conclusion, Consideration, Weighing
from advisor.notice.quoting import Quoted
from tests.notice.drafting import CASES, drafted, rulebook

FEAR = "They spoke in fear of Mr Horrobin."


def case(name: str = "rt-03-live-investigation") -> Case:
    return rulebook().read(CASES / "routes" / f"{name}.yaml")


def quoted(of: Case, *, annex: bool = False) -> dict[str, str]:
    return {one.where: one.text for one in drafted(of, annex=annex).quoted}


def test_the_reason_for_a_weight_is_quoted() -> None:
    first = case().items[0]
    weighed = replace(first, weights={"witness_confidence": Weighing("some", FEAR, "A. Woolley")})
    assert FEAR in quoted(case().with_item(weighed)).values()


def test_what_the_officer_added_and_concluded_is_quoted() -> None:
    item = replace(
        case().items[0],
        considerations=(Consideration("maintain", "The Horrobins", "some", FEAR, "A. Woolley"),),
        balance=Conclusion("maintain", "Clive Horrobin is still at large.", "A. Woolley"),
    )
    found = quoted(case().with_item(item)).values()
    assert {"The Horrobins", FEAR, "Clive Horrobin is still at large."} <= set(found)


def test_descriptions_texts_and_what_is_disclosed_are_quoted_with_their_place() -> None:
    found = quoted(case())
    assert found["part 1, offence"] == "Burglary"
    assert found["part 2, description"] == "The number of burglaries recorded in Ambridge in 2025"
    assert found["part 2, disclose"].startswith("| Month | Burglaries |")


def test_a_note_that_stays_in_the_file_is_not_named() -> None:
    item = replace(case().items[0], notes={"held": FEAR})
    assert FEAR not in quoted(case().with_item(item)).values()


@pytest.mark.parametrize("note", ["yes", "The file", "Police", "A. witness"])
def test_a_short_note_is_not_found_in_words_that_the_letter_has_anyway(note: str) -> None:
    item = replace(case().items[0], notes={"held": note})
    assert "part 1, note on held" not in quoted(case().with_item(item))


@pytest.mark.parametrize("annex", [False, True])
def test_what_section_17_4_leaves_out_is_not_named(*, annex: bool) -> None:
    found = quoted(case("rt-03-confidential-source"), annex=annex)
    assert ("part 1, offence" in found) != annex


def test_silence_quotes_nothing() -> None:
    silent = case("rt-02-neither-confirm-nor-deny")
    secret = replace(silent.items[0], description=FEAR, notes={"held": FEAR}, disclose=FEAR)
    assert drafted(silent.with_item(secret)).quoted == ()


def test_the_same_words_are_named_once_and_hidden_marks_hide_nothing() -> None:
    facts = {**case().items[0].facts, "duty_source": "Burg\u200blary", "offence": "Burglary"}
    found = drafted(case().with_item(replace(case().items[0], facts=facts))).quoted
    assert Quoted("part 1, duty_source", "Burg\u200blary") in found
    assert not any(one.where == "part 1, offence" for one in found)
