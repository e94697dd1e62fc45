"""The letter: what each route wants, what may never stand in it, what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import Case
from advisor.case import Conclusion, Consideration, Weighing
from advisor.document.html import as_html
from advisor.document.markdown import as_markdown
from advisor.notice.annex import annex
from advisor.notice.letter import Kind, now_decided
from advisor.notice.settings import Review, Settings
from advisor.notice.template import as_docx
from advisor.sources import InputError
from tests.notice.drafting import (
    CASES,
    NOT_FOR_WORDS,
    ROUTES,
    SEED,
    drafted,
    of_html,
    of_markdown,
    of_word,
    rulebook,
    settings,
    words,
)


def route(name: str) -> Case:
    return rulebook().read(CASES / "routes" / f"{name}.yaml")


def every_case() -> list[Path]:
    return sorted(CASES.rglob("*.yaml"))


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
    if undetermined and not case.decision_expected:
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
    assert {one.id for one in law.routes} - seen == {"RT-10"}  # a fee is asked for, nothing decided


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


# Neither confirming nor denying


SILENT = {
    "held": ("yes", "no", "unknown"),
    "investigation_status": ("ongoing", "cold", "concluded_conviction"),
    "offence": ("Burglary", "Murder"),
    "sensitivity": ("anodyne", "central_evidence"),
}


def without_reference(text: str) -> str:
    return text.replace("ROUTE/02", "")


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
    for name in ("rt-02-neither-confirm-nor-deny", "rt-04-holding-confirm-or-deny"):
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
    kept = annex(assessment, secretive, rulebook().law(assessment.as_at))
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
    assert "It concerns a confidential source and would identify one." in full
    assert "Arson" not in short
    assert "It concerns a confidential source and would identify one." not in short
    assert "Section 17(4) of the Act allows" in short
    assert "section 30(2)(a)(i)" in short  # never excused
    assert "Section 50 of the Act" in short
    assessment = rulebook().assess(case, engine="direct")
    kept = as_markdown(annex(assessment, case, rulebook().law(assessment.as_at)))
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


# What is not known


def test_an_undetermined_case_is_refused_with_what_is_open() -> None:
    case = route("rt-04-balance-open")
    settled = replace(case, facts={**case.facts, "public_interest_undecided": "no"})
    with pytest.raises(InputError, match="is not determined") as caught:
        drafted(settled)
    assert "sensitivity" in str(caught.value)


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


# What `advisor check-notice` says of what `advisor letter` wrote


@pytest.mark.parametrize("path", every_case(), ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["auto", "second"])
def test_a_letter_passes_the_check_of_notices(path: Path, kind: Kind) -> None:
    from advisor.notice.checking import check
    from advisor.notice.reading import of_text

    case = rulebook().read(path)
    try:
        found = drafted(case, kind=kind)
    except InputError:
        pytest.skip("no letter is drafted of this case")
    if found.fields["title"].startswith("Record for the file"):
        pytest.skip("a record for the file is not a notice")
    asked = case if kind == "auto" else now_decided(case)
    assessment = rulebook().assess(asked, engine="direct")
    checked = check(
        of_text(as_markdown(found.document())).lines,
        rulebook().law(assessment.as_at),
        assessment if kind == "auto" and assessment.outcome != "undetermined" else None,
    )
    assert checked.holds, [one.id for one in checked.findings if one.fails]
    assert [one.id for one in checked.warnings if one.level == "error"] == []
    assert not [one for one in checked.disagreements or () if one.about != "date"]


# The words are data, and checked


WRONG = """
wording:
  opening:
    passages:
      - {id: a, text: "Dear {nobody}"}
      - {id: b, when: not_a_fact, text: x}
      - {id: c, text: x, meets: [S17-99]}
      - {id: d, each: silence, text: "{reason}"}
      - {id: e}
      - {id: a, text: twice}
"""


def test_a_mistake_in_the_words_is_found_in_its_place(tmp_path: Path) -> None:
    import shutil

    from advisor.quality.checks import check_rulebook
    from advisor.rulebook.loading import shipped

    folder = tmp_path / "rules"
    shutil.copytree(shipped(), folder)
    (folder / "notices" / "wording.yaml").write_text(WRONG)
    found = {(one.problem.line, one.problem.text) for one in check_rulebook(folder)}
    texts = " / ".join(text for _, text in sorted(found))
    for wanted in (
        "unknown slot '{nobody}'",
        "unknown name 'not_a_fact'",
        "unknown requirement 'S17-99'",
        "unknown slot '{reason}'",  # silence has no reasons: they would tell
        "the passage says nothing",
        "'a' is the id of another entry",
    ):
        assert wanted in texts
    assert (5, "unknown slot '{nobody}'") in found


def test_the_words_for_silence_read_nothing_that_could_tell() -> None:
    from advisor.rulebook.wording import NOTE, slots

    allowed = {"provisions", "decision_expected", "consideration", "interest"}
    (silence,) = (one for one in rulebook().law(date(2026, 3, 2)).wording if one.id == "silence")
    for passage in silence.passages:
        assert set(slots(passage.entry)) <= allowed, passage.entry.id
        assert not any(one.startswith(NOTE) for one in passage.entry.only_with)
        assert passage.entry.insert == ""


def test_every_requirement_of_the_act_has_words_that_meet_it() -> None:
    law = rulebook().law(date(2026, 3, 2))
    met = {key for one in law.wording for passage in one.passages for key in passage.entry.meets}
    # Of sections that this rulebook does not test: their reasons are the officer's to add.
    untested = {"S17-06b", "S17-06c", "S17-06d"}
    wanted = {one.id for one in law.requirements if one.entry.severity in "MC"}
    assert wanted - met == (NOT_FOR_WORDS - {"S17-31"}) | untested
