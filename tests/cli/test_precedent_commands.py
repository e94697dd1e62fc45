"""`advisor precedents show|check|new` in words, and asked for bit by bit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.in_process import Ended, run

# What a matter cannot do without, in the order in which it is asked for.
NEW = {
    "title": "A v B", "citation": "one", "body": "commissioner", "decided": "2026-01-05",
    "asked": "It", "what": "it", "result": "disclose", "because": "It: so", "published": "here",
    "seen": "all", "limits": "Where it differs",
}  # fmt: skip


def some_matters() -> dict[str, dict[str, object]]:
    """Shipped matters as data: every fifth, and those without parts."""
    every = json.loads(run("precedents", "list", "--format", "json").out)
    refs = [one["ref"] for i, one in enumerate(every) if i % 5 == 0 or not one["results"]]
    return {ref: json.loads(run("precedents", "show", ref, "--format", "json").out) for ref in refs}


def flat(text: object) -> str:
    return " ".join(str(text).split())


def test_a_matter_in_words_says_all_that_is_kept_of_it() -> None:
    for ref, matter in some_matters().items():
        done = run("precedents", "show", ref)
        assert done.status == 0
        shown = done.said
        assert "not reviewed" in shown or "No person has reviewed" in shown
        texts = [matter["citation"], *matter.get("notice", ())]
        texts += [one["point"] for one in matter.get("principles", ())]
        texts += [rule for one in matter.get("principles", ()) for rule in one["rules"]]
        for part in matter.get("parts", ()):
            texts += [part["id"], part["what"], part["because"]]
            texts += [f"{key} {value}" for key, value in part.get("facts", {}).items()]
            texts += [f"{key} {value}" for key, value in part.get("inferred", {}).items()]
            texts += [one["said"] for one in part.get("factors", ())]
        texts.append(matter["asked"] if matter.get("parts") else "Its facts were not read")
        assert [text for text in texts if flat(text) not in shown] == [], ref


def typed(*lines: str, given: dict[str, str] | None = None, words: tuple[str, ...] = ()) -> Ended:
    sets = [word for key, text in (given or {}).items() for word in ("--set", f"{key}={text}")]
    return run("precedents", "new", "A-4", *sets, *words, typed=lines)


def test_a_matter_can_be_asked_for_whole(tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    given = {key: text for key, text in NEW.items() if key not in ("body", "result")}
    several = ("s30(1)(a)(i)", "", "investigation_status=cold", "",
               "general_transparency:some=it is open", "")  # fmt: skip
    review = ("2026-01-06", "N. Lawyer", "2026-02-01")
    words = ("-o", str(file))
    done = typed("commissioner", "disclose", *several, *review, given=given, words=words)
    assert done.status == 0, done.err
    assert "Nobody has reviewed" not in done.err
    matter = yaml.safe_load(file.read_text())["precedents"]["A-4"]
    (part,) = matter["parts"]
    assert (matter["body"], matter["reviewed_by"]) == ("commissioner", "N. Lawyer")
    assert (part["result"], part["limbs"]) == ("disclose", ["s30(1)(a)(i)"])
    assert part["facts"] == {"investigation_status": "cold"}
    assert part["factors"] == [
        {"factor": "general_transparency", "said": "it is open", "weight": "some"}
    ]


def test_an_answer_that_cannot_be_right_is_asked_for_again_and_leaving_says_how_to_go_on() -> None:
    given = {key: text for key, text in NEW.items() if key != "decided"}
    done = typed("2026-13", "2026-01-05", "s300", "s30(1)", given=given)
    assert (done.status, done.out) == (130, "")
    assert done.err.count("Decided on") == 2
    assert "is not a day, month or year" in done.err
    assert "did you mean" in done.err
    assert "--set decided=2026-01-05" in done.err
    assert "--limb 's30(1)'" in done.err
    assert "s300" not in done.err.split("To go on")[1]


def test_only_what_is_not_given_is_asked_for() -> None:
    words = ("--read", "2026-01-06", "--reviewed-by", "N. Lawyer", "--reviewed-on", "2026-02-01")
    done = typed("", "", "", given=NEW, words=words)
    assert done.status == 0
    assert done.err.count("(blank: no more)") == 3
    assert "Read on" not in done.err
    assert "Lawyer who" not in done.err
    assert yaml.safe_load(done.out)["precedents"]["A-4"]["reviewed_by"] == "N. Lawyer"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--set", "titel=A v B"), "title"),
        (("--set", "title"), "write KEY=VALUE"),
        (("--fact", "held"), "write KEY=VALUE"),
    ],
)
def test_what_cannot_be_used_is_one_message(words: tuple[str, ...], told: str) -> None:
    sets = [word for key, text in NEW.items() for word in ("--set", f"{key}={text}")]
    done = run("precedents", "new", "A-4", *sets, *words)
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_a_matter_that_changes_the_law_is_refused(tmp_path: Path) -> None:
    """A fact of the shipped rules that a file of matters makes another of breaks their rules."""
    file = tmp_path / "held.yaml"
    file.write_text(
        "facts:\n  held: {type: choice, ask: Where?, help: Look., choices: {here: Here},"
        " authority: [{at: FOIA 2000 s.1}]}\n"
    )
    done = run("precedents", "check", file)
    assert done.status == 2
    assert f"{file}:2:" in done.err
    assert "order-of-decision.yaml: " in done.err
