"""The report that an officer reads: its head, what is said once, open answers, decided matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from advisor import Case, Rulebook
from advisor.advice.assess import nearest_matters
from advisor.advice.explanation import explain, lines
from advisor.advice.matters import matters
from advisor.advice.precedents import blocks, brief, citable
from advisor.advice.report import report
from advisor.advice.summary import margin_words
from advisor.assessment import Assessment, PublicInterest
from advisor.document.blocks import Bullets, Document, Heading, Paragraph, Table
from advisor.document.text import as_text
from tests.advice.answers import SEED


@cache
def rulebook() -> Rulebook:
    return Rulebook.load()


def advice(case: Case) -> tuple[Assessment, Document]:
    found = rulebook().assess(case, engine="direct")
    return found, report(found, case, rulebook().law(found.as_at))


@cache
def seed() -> Case:
    return Case.read(SEED)


def of_part(case: Case, index: int, **facts: str | None) -> Case:
    """The case with one part alone, and answers of it changed (None: taken back)."""
    item = case.items[index]
    own = {key: value for key, value in {**item.facts, **facts}.items() if value is not None}
    return replace(case, items=(replace(item, facts=own),))


def test_the_head_has_a_row_for_each_part_and_what_is_to_be_settled() -> None:
    found, document = advice(seed())
    (table,) = [one for one in document.blocks if isinstance(one, Table)]
    assert len(table.rows) == len(found.items)
    assert [row[2] for row in table.rows] == ["", "section 30(1)(a)(i)", ""]
    at = document.blocks.index(table)
    assert isinstance(document.blocks[at + 1], Heading)
    settle = document.blocks[at + 2]
    assert isinstance(settle, Bullets)
    assert "pitfall-2" in " ".join(one.text for one in settle.entries)
    parts = [one for one in document.blocks if isinstance(one, Heading) and "Part 1" in one.text]
    assert document.blocks.index(parts[0]) > at


def test_an_open_part_says_the_first_question_and_a_settled_one_says_none() -> None:
    law = rulebook().law(rulebook().as_at(seed()))
    ask = law.facts["investigation_status"].ask
    for answer, said in ((None, True), ("ongoing", False)):
        answers = {"reveals_lines_of_enquiry": "no", "investigation_status": answer}
        found, document = advice(of_part(seed(), 1, **answers))
        assert ("investigation_status" in found.items[0].outstanding) is said
        text = " ".join(as_text(document).split())
        assert (" ".join(ask.split()) in text) is said


def test_what_is_given_out_says_what_nobody_was_asked() -> None:
    law = rulebook().law(rulebook().as_at(seed()))
    ask = law.facts["identifies_witness_or_informant"].ask
    for answer, said in ((None, True), ("no", False), ("yes", False)):
        found, document = advice(of_part(seed(), 2, identifies_witness_or_informant=answer))
        provisions, facts = found.items[0].never_asked
        assert found.items[0].outcome == "disclose"
        assert ("identifies_witness_or_informant" in facts) is said
        assert (" ".join(ask.split()) in " ".join(as_text(document).split())) is said
    assert "s40(2)" in provisions  # by allegations against someone, of which nobody was asked
    assert advice(of_part(seed(), 1))[0].items[0].never_asked == ((), ())


def not_ruled_out(document: Document) -> list[str]:
    shown = [one for one in document.blocks if isinstance(one, Paragraph)]
    return [one.text for one in shown if one.lead == "Not ruled out:"]


def test_what_is_held_back_names_the_provisions_that_no_answer_rules_out() -> None:
    ask = rulebook().law(rulebook().as_at(seed())).facts["reveals_charging_advice"].ask
    for answer, said in ((None, True), ("no", False), ("unknown", True)):
        found, document = advice(of_part(seed(), 1, reveals_charging_advice=answer))
        assert found.items[0].outcome == "withhold"
        assert [("section 42(1)" in one) for one in not_ruled_out(document)] == [True] * said
        assert ask not in " ".join(as_text(document).split())  # named, not put as a question


def test_what_is_to_be_done_about_them_is_said_of_the_first_part_only() -> None:
    (item,) = of_part(seed(), 1, reveals_charging_advice=None).items
    first, second = not_ruled_out(advice(replace(seed(), items=(item, replace(item, id="b"))))[1])
    assert first.startswith("section 42(1).")
    assert second.startswith("section 42(1).")
    assert len(second) < len(first)


def test_what_is_named_as_not_tested_is_not_named_again() -> None:
    unasked = {"unproven_allegations_identify": None, "identifies_witness_or_informant": "yes"}
    found, document = advice(of_part(seed(), 1, **unasked))
    assert "s40(2)" in [one.provision for one in found.items[0].not_considered]
    assert "s40(2)" in found.items[0].never_asked[0]
    assert not_ruled_out(document) == []


def test_what_is_settled_before_its_content_is_looked_at_names_nothing_else() -> None:
    gates = {"reasonably_accessible": "yes", "reveals_charging_advice": None}
    found, document = advice(of_part(seed(), 1, **gates))
    assert found.items[0].provisions == ("s21(1)",)
    assert not_ruled_out(document) == []


@pytest.mark.parametrize(
    ("agreed", "left"),
    [
        ({}, True),
        ({("closed-offence", "content"): ("disclose", "narrow")}, False),
        ({("closed-offence", "content"): ("disclose", "clear")}, True),  # before weights moved
        ({("closed-offence", "content"): ("maintain", "narrow")}, True),  # before answers changed
        ({("closed-offence", "confirm_or_deny"): ("disclose", "narrow")}, True),
        ({("another", "content"): ("disclose", "narrow")}, True),
    ],
)
def test_a_close_balance_is_to_settle_until_the_officer_agrees_with_its_result(
    agreed: dict[tuple[str, str], tuple[str, str | None]], left: bool
) -> None:
    case = of_part(seed(), 0)
    found = advice(case)[0]
    assert struck(case).margin == "narrow"
    shown = report(found, case, rulebook().law(found.as_at), agreed)
    entries = [e for one in shown.blocks if isinstance(one, Bullets) for e in one.entries]
    assert any("your judgment" in one.lead for one in entries) is left


def test_it_says_that_no_other_exemption_was_tested() -> None:
    named = replace(seed(), items=(replace(seed().items[1], consider=("s30(1)(b)",)),))
    said = set()
    for case in (seed(), named):
        blocks = advice(case)[1].blocks
        (scope,) = [b for b in blocks if isinstance(b, Paragraph) and "were tested" in b.text]
        said.add(scope.text)
    assert len(said) == 2  # where the case names what to consider, less was


def test_what_an_earlier_part_gave_authority_for_is_cited_once() -> None:
    twice = replace(seed().items[1], id="again")
    text = as_text(advice(replace(seed(), items=(seed().items[1], twice)))[1])
    reason = "Little v IC and Thames Valley Police"
    assert text.count(reason) == as_text(advice(of_part(seed(), 1))[1]).count(reason) == 1


def struck(case: Case) -> PublicInterest:
    balance = advice(case)[0].items[0].public_interest
    assert balance is not None
    return balance


def test_a_narrow_margin_with_nothing_on_the_other_side_is_not_called_close() -> None:
    alone, two_sided = (
        struck(of_part(seed(), 0)),
        struck(of_part(seed(), 0, sensitivity="moderate")),
    )
    assert alone.margin == "narrow"
    assert not alone.maintain
    remarks = rulebook().law(rulebook().as_at(seed())).balances["content"].remarks
    assert alone.remark == remarks["narrow_one_side"] != remarks["narrow"]
    for text in (remarks["narrow_one_side"], remarks["narrow"]):
        assert "everal lesser interests" in text.replace("\n", " ")
        assert "judgment" in text
    assert two_sided.maintain
    assert two_sided.remark != remarks["narrow_one_side"]


def test_an_open_weight_is_not_said_to_be_even() -> None:
    case = of_part(
        seed(), 0, sensitivity="moderate", serious_public_concern="unknown", other_scrutiny="full"
    )
    balance = struck(case)
    assert (balance.result, balance.margin) == ("disclose", "even")
    assert balance.open
    assert margin_words(balance) != "even"
    even = struck(of_part(seed(), 0, sensitivity="moderate"))
    assert (even.margin, even.open, margin_words(even)) == ("even", False, "even")
    assert balance.remark != even.remark


def test_a_factor_that_only_an_open_answer_could_raise_is_not_stated_as_a_fact() -> None:
    found, document = advice(of_part(seed(), 1, identifies_witness_or_informant=None))
    balance = found.items[0].public_interest
    assert balance is not None
    (open_one,) = [one for one in balance.maintain if one.factor == "witness_confidence"]
    assert open_one.weight == 0
    text = " ".join(as_text(document).split())
    assert open_one.title in text
    assert open_one.reason not in text


def test_the_draft_that_warnings_speak_of_is_shown_as_the_cases_own() -> None:
    text = " ".join(as_text(advice(seed())[1]).split())
    assert text.count("“proposed” in the case") == sum(1 for one in seed().items if one.proposed)
    without = replace(seed().items[1], proposed=None)
    assert "proposed" not in as_text(advice(replace(seed(), items=(without,)))[1])


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_its_width(width: int) -> None:
    text = as_text(advice(seed())[1], width)
    assert max(map(len, text.splitlines())) <= width


def test_a_bare_fact_of_a_trial_suggests_personal_data() -> None:
    def suggested(**facts: str) -> set[str]:
        found = advice(of_part(seed(), 0, **facts))[0].items[0]
        return {one.provision for one in found.not_considered}

    assert "s40(2)" in suggested(investigation_status="concluded_conviction")
    assert "s40(2)" not in suggested(investigation_status="ongoing")
    assert "s40(2)" not in suggested(
        investigation_status="concluded_conviction", information_kind="expenditure"
    )


# Decided matters beside a part.


def test_a_matter_has_a_line_in_the_report_and_its_values_at_length() -> None:
    found, _ = advice(seed())
    law = rulebook().law(found.as_at)
    near = found.items[0].precedents
    (_, short) = brief(near, law)
    assert isinstance(short, Bullets)
    assert len(short.entries) == len(near) == 3
    for one, line in zip(near, short.entries, strict=True):
        assert one.citation in line.text
        assert "not reviewed" in line.text
        for name in (*one.stronger_here, *one.weaker_here, *one.not_known_there):
            assert name.replace("_", " ") in line.text
    long = [one for one in blocks(near, law) if isinstance(one, Bullets)]
    assert len(long) == len(near)
    assert not list(brief((), law)) == list(blocks((), law)) != []


def test_nobody_has_reviewed_one_and_none_may_be_cited() -> None:
    near = advice(seed())[0].items[0].precedents
    assert citable(near) == ()
    reviewed = replace(near[0], reviewed=True)
    assert citable((reviewed, *near[1:])) == (reviewed,)


def test_a_principle_stands_under_the_rule_that_it_supports() -> None:
    law = rulebook().law(rulebook().as_at(seed()))
    matter = matters(of_part(seed(), 1), law)["live-offences"]
    shown = {
        (parent.id, child.id)
        for _, parent in lines(explain(matter, None, "direct"))
        for child in parent.children
        if child.kind == "principle"
    }
    assert ("s30.1.a.class", "UKIT-EA-2005-0027") in shown
    assert ("s30.f01.live", "UKIT-EA-2008-0023") in shown
    assert "s30.f02.dormant" not in {rule for rule, _ in shown}  # the case is not a cold one


def test_a_matter_decided_later_supports_nothing_yet() -> None:
    early = replace(of_part(seed(), 1, latest_record_year="2005"), decided=date(2006, 2, 10))
    law = rulebook().law(rulebook().as_at(early))
    shown = [
        node for _, node in lines(explain(matters(early, law)["live-offences"], None, "direct"))
    ]
    assert "UKUT-2023-142" not in {node.id for node in shown}
    assert not any(nearest_matters(early, law, 3)["live-offences"])


@pytest.mark.parametrize(("later", "said"), [(0, False), (1, True)])
def test_a_day_that_has_passed_is_said_to_have(later: int, said: bool) -> None:
    case = seed()
    due = rulebook().assess(case).notice.due
    assert due is not None
    document = advice(replace(case, decided=due + timedelta(days=later)))[1]
    assert ("that day had passed" in " ".join(as_text(document).split())) is said
