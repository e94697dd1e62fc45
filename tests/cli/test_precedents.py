"""`advisor precedents` as a user runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.test_command import SEED, advisor

KEYS = {
    "item", "ref", "outcome", "shared", "stronger_here", "weaker_here", "not_known_there",
    "constrains",
}  # fmt: skip


def test_near_has_the_shape_that_the_outside_relies_on() -> None:
    done = advisor("precedents", "near", SEED, "--format", "json")
    assert done.returncode == 0
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert found
    for one in found:
        assert one.keys() >= KEYS
        assert one["constrains"] in ("withhold", "disclose", None)
    assert {one["ref"] for one in found if one["item"] == "closed-offence"} >= {"IC-133003"}


def test_near_fits_80_columns_and_says_that_nobody_has_reviewed() -> None:
    done = advisor("precedents", "near", SEED, "--item", "closed-offence", "--limit", "1")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "No person has reviewed this entry yet" in " ".join(done.stdout.split())


def test_near_refuses_a_part_that_the_case_lacks() -> None:
    done = advisor("precedents", "near", SEED, "--item", "closed-offences")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "closed-offence" in done.stderr


def test_an_assessment_has_the_matters_of_each_item() -> None:
    done = advisor("assess", SEED, "--format", "json", "--no-input")
    items = json.loads(done.stdout)["items"]
    assert all(isinstance(one["precedents"], list) for one in items)
    assert items[0]["precedents"][0].keys() >= KEYS


def test_explain_has_them_as_well() -> None:
    done = advisor("explain", SEED, "--item", "live-offences", "--format", "json")
    (part,) = json.loads(done.stdout)
    assert part["precedents"][0].keys() >= KEYS
    words = " ".join(advisor("explain", SEED, "--item", "live-offences").stdout.split())
    assert part["precedents"][0]["citation"] in words


def test_the_annex_has_them_and_no_letter_cites_one(tmp_path: Path) -> None:
    letter, annex = tmp_path / "letter.md", tmp_path / "annex.md"
    advisor("letter", SEED, "-o", letter, "--annex", annex)
    kept, sent = annex.read_text().replace("\\", ""), letter.read_text().replace("\\", "")
    assert "IC-133003" in kept
    assert "not reviewed" in kept
    for one in json.loads(advisor("precedents", "list", "--format", "json").stdout):
        assert one["ref"] not in sent
        assert one["citation"] not in sent


def test_where_none_is_near_the_list_is_named(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("case: 1\nreference: R\nfacts: {valid_request: no}\nitems: [{id: it}]\n")
    done = advisor("precedents", "near", case)
    assert done.returncode == 0
    assert "advisor precedents list" in done.stdout


def test_list_and_show() -> None:
    listed = json.loads(advisor("precedents", "list", "--format", "json").stdout)
    assert len({one["ref"] for one in listed}) == len(listed) == 42
    assert not any(one["reviewed"] for one in listed)
    shown = json.loads(advisor("precedents", "show", "FS50153447", "--format", "json").stdout)
    assert {part["id"]: part["result"] for part in shown["parts"]} == {
        "report": "withhold",
        "passage": "disclose",
    }
    alone = [one["ref"] for one in listed if not one["results"]]
    assert {"UKIT-EA-2007-0041", "UKIT-EA-2006-0017"} <= set(alone)
    known = json.loads(advisor("precedents", "show", alone[0], "--format", "json").stdout)
    assert known["principles"]
    for one in json.loads(
        advisor("precedents", "list", "--result", "disclose", "--format", "json").stdout
    ):
        assert "disclose" in one["results"].values()
    assert advisor("precedents", "list", "--result", "disclosed").returncode == 2
    assert max(map(len, advisor("precedents", "list").stdout.splitlines())) <= 80
    wrong = advisor("precedents", "show", "FS5015344")
    assert wrong.returncode == 2
    assert "FS50153447" in wrong.stderr


def test_check_counts_disclosure_apart_and_scores_nothing_unsettled() -> None:
    done = advisor("precedents", "check", "--format", "json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    for basis in ("read", "neutral"):
        for way in ("withheld", "disclosed"):
            counts = report["agreement"][basis][way]
            assert counts["parts"] == sum(n for key, n in counts.items() if key != "parts")
    unsettled = {one["ref"] for one in report["unsettled"]}
    assert unsettled == {
        "FS50106800", "UKFTT-Marriott-2011", "ICO-DC-sheep-2009", "UKIT-Freebury-2009",
    }  # fmt: skip
    assert not unsettled & {one["ref"] for one in (*report["scored"], *report["too_thin"])}
    assert all(one["reason"] for one in report["contradictions"])


def test_every_disagreement_and_every_open_one_has_its_place_on_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "precedents.md").read_text()
    report = json.loads(advisor("precedents", "check", "--format", "json").stdout)
    for one in (*report["scored"], *report["unsettled"]):
        if any(one[b]["verdict"] != "agrees" for b in ("read", "neutral") if b in one):
            assert one["ref"] in page, one["ref"]


def test_the_figures_on_the_page_are_those_of_the_check() -> None:
    page = (Path(__file__).parents[2] / "docs" / "precedents.md").read_text()
    report = json.loads(advisor("precedents", "check", "--format", "json").stdout)
    names = {"withheld": "withheld or silence", "disclosed": "disclosed or answered"}
    for basis, words in (("read", "as read"), ("neutral", "neutral")):
        for way, name in names.items():
            counts = report["agreement"][basis][way]
            figures = (counts[key] for key in ("parts", "agrees", "disagrees", "undetermined"))
            assert f"| {name}, {words} | {' | '.join(map(str, figures))} |" in page
    for one in report["too_thin"]:
        assert one["ref"] in page.split("## Too thin")[1]
    assert len(report["too_thin"]) == 17  # as the page says in words


MATTER = """precedents:
  {ref}:
    title: A v B
    citation: one
    body: commissioner
    decided: 2020-01-01
    asked: It.
    published: here
    seen: all
    read: 2026-01-01
    limits: Where it differs.
    parts:
      - id: it
        what: it
        result: {result}
        because: It is so.
        limbs: [s30(1)(a)(i)]
        facts: {{reveals_techniques: yes, independent_findings: yes, information_kind: other}}
"""


def test_more_matters_are_run_and_a_new_contradiction_fails(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(MATTER.format(ref="A-1", result="withhold"))
    other.write_text(MATTER.format(ref="A-2", result="disclose"))
    alone = advisor("precedents", "check", one, "--format", "json")
    assert alone.returncode == 0
    assert "A-1" in {row["ref"] for row in json.loads(alone.stdout)["scored"]}
    both = advisor("precedents", "check", tmp_path, "--format", "json")
    assert both.returncode == 1
    settled = [c for c in json.loads(both.stdout)["contradictions"] if c["settled"]]
    assert {tuple(c["matters"]) for c in settled} == {("A-1", "A-2"), ("A-2", "A-1")}


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (("reveals_techniques: yes", "reveals_techniqes: yes"), 18),
        (("body: commissioner", "body: comissioner"), 5),
        (("decided: 2020-01-01", "decided: 2020-13-01"), 6),
        (("s30(1)(a)(i)", "s300(1)"), 17),
    ],
)
def test_a_wrong_matter_is_one_message_in_its_place(
    tmp_path: Path, wrong: tuple[str, str], line: int
) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(MATTER.format(ref="A-1", result="withhold").replace(*wrong))
    done = advisor("precedents", "check", file)
    assert done.returncode == 2
    assert f"one.yaml:{line}:" in done.stderr


NEW = {
    "title": "A v B", "citation": "one", "body": "commissioner", "decided": "2026-01-05",
    "asked": "It", "what": "it", "result": "disclose", "because": "It: so", "published": "here",
    "seen": "all", "limits": "Where it differs",
}  # fmt: skip


def test_new_writes_a_matter_that_can_be_run(tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    words = [word for key, text in NEW.items() for word in ("--set", f"{key}={text}")]
    review = ["--reviewed-by", "N. Lawyer", "--reviewed-on", "2026-02-01", "--read", "2026-01-06"]
    facts = ["--fact", "investigation_status=cold", "--limb", "s30(1)(a)(i)"]
    done = advisor("precedents", "new", "A-3", *words, *facts, *review, "-o", file)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    check = advisor("precedents", "check", file, "--format", "json")
    assert "A-3" in {row["ref"] for row in json.loads(check.stdout)["scored"]}


def test_new_asks_again_after_a_wrong_answer_and_says_how_to_go_on() -> None:
    given = {key: text for key, text in NEW.items() if key != "decided"}
    words = [word for key, text in given.items() for word in ("--set", f"{key}={text}")]
    child = pexpect.spawn(
        sys.executable, ["-m", "advisor", "precedents", "new", "A-4", *words],
        cwd=str(Path(__file__).parents[2]), encoding="utf-8", timeout=30, dimensions=(50, 200),
    )  # fmt: skip
    child.expect("Decided on")
    child.sendline("2026-13")
    child.expect("is not a day, month or year")
    child.expect("Decided on")
    child.sendline("2026-01-05")
    child.expect("Provision")
    child.sendline("s300")
    child.expect("did you mean")
    child.expect("Provision")
    child.sendline("s30(1)")
    child.expect("Provision")
    child.sendeof()  # in band, so that it cannot come too early
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "--set decided=2026-01-05" in child.before
    assert "--limb 's30(1)'" in child.before
    assert "s300" not in child.before


@pytest.mark.parametrize(
    "change",
    [("    decided: 2020-01-01\n", ""), ("    published: here\n", "")],
)
def test_a_matter_with_parts_has_a_day_and_a_place(tmp_path: Path, change: tuple[str, str]) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(MATTER.format(ref="A-1", result="withhold").replace(*change))
    done = advisor("precedents", "check", file)
    assert done.returncode == 2
    assert f"'{change[0].split(':')[0].strip()}'" in done.stderr
    rest = file.read_text().split("    parts:")[0]
    file.write_text(f"{rest}    principles: [{{point: It., rules: [s30.1.a.class]}}]\n")
    assert advisor("precedents", "check", file).returncode == 0


def test_new_without_a_terminal_says_what_is_needed() -> None:
    done = advisor("precedents", "new", "A-3")
    assert done.returncode == 2
    assert done.stderr.count("is needed") == len(NEW)
