"""The letter: what each route wants, what may never stand in it, what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import Case
from advisor.case import Conclusion, Consideration
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.notice.settings import Review, Settings
from advisor.notice.template import as_docx
from advisor.sources import InputError
from tests.notice.drafting import (
    NOT_FOR_WORDS,
    ROUTES,
    SEED,
    drafted,
    every_case,
    of_html,
    of_markdown,
    of_word,
    route,
    rulebook,
    settings,
    words,
)


def unmet(case: Case, found: object) -> dict[str, set[str]]:
    """The requirements, M and C, that a part of a letter does not meet."""
    assessment = rulebook().assess(case, engine="direct")
    met = found.met  # type: ignore[attr-defined]
    open_for: dict[str, set[str]] = {}
    for one in assessment.notice.requirements:
        for item in one.items:
            wanted = one.severity in "MC" and one.id not in NOT_FOR_WORDS
            if wanted and one.id not in met.get(item, ()):
                open_for.setdefault(item, set()).add(one.id)
    return open_for


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_for_every_route_a_letter_is_drafted_that_meets_what_the_act_requires(path: Path) -> None:
    found = drafted(path)
    assert found.body
    assert unmet(rulebook().read(path), found) == {}


@pytest.mark.parametrize("path", every_case(), ids=lambda path: path.stem)
def test_every_shipped_case_has_its_letter_or_says_what_is_open(path: Path) -> None:
    case = rulebook().read(path)
    undetermined = rulebook().assess(case, engine="direct").outcome == "undetermined"
    undated = case.facts.get("public_interest_undecided") == "yes" and not case.decision_expected
    fee = case.fees_notice and not case.fee_received
    if undetermined and not case.decision_expected and not fee:
        with pytest.raises(InputError, match="is not determined"):
            drafted(case)
    elif undated:
        with pytest.raises(InputError, match="must estimate by when"):
            drafted(case)
    else:
        assert unmet(case, drafted(case)) == {}


def test_every_route_of_the_rulebook_has_its_case() -> None:
    law = rulebook().law(date(2026, 3, 2))
    seen: set[str] = set()
    for path in ROUTES:
        seen |= set(rulebook().assess(rulebook().read(path), engine="direct").notice.route)
    assert {one.id for one in law.routes} == seen


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_each_format_says_the_same(path: Path) -> None:
    found = drafted(path)
    said = " ".join(words(found).split())
    document = found.document()
    assert " ".join(of_html(as_html(document))) == said
    assert " ".join(of_markdown(as_markdown(document))) == said
    assert " ".join(of_word(as_docx(found))) == said


def test_the_seed_matter() -> None:
    found = drafted(SEED)
    text = words(found)
    for wanted in (
        "Our reference: 01.FOI.23.028157",
        "Date: 10 February 2023",
        "We confirm that we hold this information. We are withholding it",
        "section 30(1)(a)(i) of the Act",
        "The duty of the police at common law to prevent and detect crime",
        "Harassment, stalking and malicious communications",
        "Suspect identified; victim supports; evidential difficulties",
        "Section 50 of the Act gives you the right to apply to the Information Commissioner",
    ):
        assert wanted in text
    # The settings are another authority's, so what is theirs is left open and named.
    assert "to whom to write for a review" in found.missing
    assert "Police Headquarters" not in text
    assert any("Metropolitan Police Service" in one for one in found.remarks)


def test_a_class_exemption_applies_without_a_word_of_harm() -> None:
    for path in ROUTES:
        text = words(drafted(path))
        why = text.partition("Why the exemption applies")[2].partition("The public interest\n")[0]
        harm = re.findall(r"prejudice|undermin|hinder|damag|jeopard|compromis|would harm", why)
        assert harm == [], path.stem


def test_the_stronger_side_and_its_weightiest_consideration_are_named() -> None:
    text = words(drafted(route("rt-03-live-investigation")))
    assert "room to decide where an inquiry goes, to which we give very strong weight" in text
    assert "the public interest in maintaining the exemption outweighs" in text


# What is not known


def test_an_undetermined_case_is_refused_with_what_is_open() -> None:
    case = route("rt-04-balance-open")
    settled = replace(case, facts={**case.facts, "public_interest_undecided": "no"})
    with pytest.raises(InputError, match="is not determined") as caught:
        drafted(settled)
    assert "sensitivity" in str(caught.value)
    assert "answered `unknown`" in str(caught.value)


def test_what_next_would_ask_of_an_undetermined_case_is_said() -> None:
    from advisor.advice.matters import matters
    from advisor.interview.questions import next_question

    case = route("rt-03-live-investigation")
    facts = {key: case.items[0].facts[key] for key in ("held", "environmental_information")}
    unfinished = replace(case, items=(replace(case.items[0], facts=facts),))
    with pytest.raises(InputError, match="`advisor next` asks first") as caught:
        drafted(unfinished)
    law = rulebook().law(date(2026, 3, 2))
    asked = next_question(matters(unfinished, law))
    assert asked is not None
    assert str(caught.value).endswith(law.facts[asked.fact].ask)


@pytest.mark.parametrize("fact", ["duty_source", "offence"])
def test_what_is_missing_stands_as_a_placeholder_and_is_listed(fact: str) -> None:
    case = route("rt-03-live-investigation")
    facts = {key: value for key, value in case.items[0].facts.items() if key != fact}
    found = drafted(case.with_item(replace(case.items[0], facts=facts)))
    wanted = {"duty_source": "where does the duty", "offence": "which offence or offences"}[fact]
    assert f"[placeholder: {wanted}" in words(found)
    assert any(one.startswith(wanted) for one in found.missing)


def test_nobodys_silence_says_that_there_is_no_review_procedure() -> None:
    case = route("rt-03-live-investigation")
    facts = {key: value for key, value in case.facts.items() if key != "review_procedure_exists"}
    quiet = replace(case, facts=facts)
    unsaid = drafted(quiet, replace(settings(), review=None))
    assert "We do not have an internal procedure" not in words(unsaid)
    assert any("or that there is none" in one for one in unsaid.missing)
    none = drafted(quiet, replace(settings(), review=Review("no")))
    assert "We do not have an internal procedure for complaints" in words(none)
    assert "internal review" not in words(none)


def test_the_regulator_is_what_the_settings_call_it() -> None:
    renamed = replace(settings().regulator, name="Information Commission")
    text = words(drafted(SEED, replace(settings(), regulator=renamed)))
    assert "Applying to the Information Commission\n" in text
    assert "Commissioner" not in text


def test_the_officers_own_conclusion_is_the_reason_that_is_given() -> None:
    case = route("rt-03-live-investigation")
    own = Conclusion("maintain", "Two people are still to be interviewed.", "A. Woolley")
    text = words(drafted(case.with_item(replace(case.items[0], balance=own))))
    assert "What decides it: Two people are still to be interviewed." in text
    assert "Nothing on the side of disclosure weighs as much" not in text


def test_that_only_some_exemptions_were_tested_is_for_the_officer_alone() -> None:
    found = drafted(route("rt-03-live-investigation"))
    standing = [one for one in found.remarks if "Any other exemption" in one]
    assert len(standing) == 1
    assert "section 30" in standing[0]
    assert standing[0] not in words(found)
    assert not any("Any other exemption" in one for one in drafted(route("rt-05-cost")).remarks)


def test_of_a_narrow_balance_the_officer_is_told() -> None:
    case = route("rt-03-live-investigation")
    clear = case.items[0]
    heavy = Consideration("disclose", "An open question", "considerable", "It is open.", "A. W.")
    narrow = case.with_item(replace(clear, considerations=(heavy,)))
    margins = [
        rulebook().assess(one, engine="direct").items[0].public_interest for one in (case, narrow)
    ]
    assert [one.margin for one in margins if one] == ["clear", "narrow"]
    told = [any("is narrow" in one for one in drafted(of).remarks) for of in (case, narrow)]
    assert told == [False, True]


def test_a_late_answer_says_so() -> None:
    text = words(drafted(replace(route("rt-03-live-investigation"), decided=date(2026, 3, 16))))
    assert "We should have answered you by 9 March 2026." in text


def test_the_shipped_settings_make_a_letter_of_placeholders() -> None:
    found = drafted(route("rt-03-live-investigation"), Settings.read(_shipped()))
    assert "the name of whoever signs" in found.missing
    assert any("Check it before use" in one for one in found.remarks)


def _shipped() -> Path:
    from advisor.notice.settings import SHIPPED

    return SHIPPED


def test_parts_of_which_the_same_is_said_share_one_text() -> None:
    text = words(drafted(route("several-outcomes")))
    assert "Parts 1 and 2" in text
    assert text.count("Why the exemption applies") == 2
