"""What a case says is read in the law's terms; what the law cannot read is said in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from advisor.case import Case, Consideration, Draft, Item, Weighing
from advisor.reasoning.derivation import Value
from advisor.reasoning.known import AnswerError, Known, problems_of, read_facts, scheduled, value_of
from advisor.rulebook.law import Law
from advisor.rulebook.model import Derived, Exemption, Gate, Limb, Outcome
from advisor.sources import InputError
from tests.reasoning.random_law import (
    CHOICES,
    DAY,
    balance,
    blank,
    conclusion,
    fact,
    factor,
    law_of,
    random_value,
    rule,
)
from tests.reasoning.small_law import SCHEDULE, small_law

KINDS = {
    "yes_no": fact("yes_no"),
    "choice": fact("choice", CHOICES),
    "number": fact("number"),
    "year": fact("year"),
    "date": fact("date"),
    "text": fact("text"),
}


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("yes_no", "yes", True),
        ("yes_no", " TRUE ", True),
        ("yes_no", "no", False),
        ("yes_no", "False", False),
        ("choice", " green", "green"),
        ("number", "0", 0),
        ("number", " 999999999", 999_999_999),
        ("year", "1000", 1000),
        ("year", str(DAY.year), DAY.year),
        ("date", "2026-03-02", "2026-03-02"),
        ("text", " Theft Act 1968 ", "Theft Act 1968"),
    ],
)
def test_an_answer_that_a_fact_can_have_becomes_its_value(
    kind: str, answer: str, value: Value
) -> None:
    read = value_of(KINDS[kind], answer, DAY)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("yes_no", "maybe"),
        ("yes_no", "1"),
        ("choice", "Green"),
        ("choice", "gren"),
        ("choice", "purple stripes"),
        ("number", "-1"),
        ("number", "1.5"),
        ("number", "²"),
        ("number", "٣"),
        ("number", ""),
        ("number", "1000000000"),
        ("year", "999"),
        ("year", "0999"),
        ("year", "02010"),
        ("year", "٢٠١٠"),
        ("year", str(DAY.year + 1)),
        ("date", "20260302"),
        ("date", "2026-02-30"),
        ("date", "2 March 2026"),
        ("text", "  "),
    ],
)
def test_an_answer_that_a_fact_cannot_have_is_refused(kind: str, answer: str) -> None:
    with pytest.raises(AnswerError) as caught:
        value_of(KINDS[kind], answer, DAY)
    assert answer.strip() in caught.value.text
    assert caught.value.right
    assert str(caught.value) == caught.value.text


@pytest.mark.parametrize(
    ("answer", "proposed"),
    [("gren", ["green"]), ("Green", ["green"]), ("purple stripes", [*CHOICES, "unknown"])],
)
def test_the_choice_that_is_spelt_alike_is_proposed_or_else_every_one(
    answer: str, proposed: list[str]
) -> None:
    with pytest.raises(AnswerError) as caught:
        value_of(KINDS["choice"], answer, DAY)
    assert [one for one in (*CHOICES, "unknown") if one in caught.value.right] == proposed


@pytest.mark.parametrize("seed", range(30))
def test_what_is_said_again_of_a_fact_replaces_what_was_said(seed: int) -> None:
    rng = Random(seed)
    law = small_law(rng)
    known = Known(law, {})
    said: dict[str, Value | None] = {}
    for _ in range(20):
        name = rng.choice([one for one in law.facts if law.facts[one].type != "text"])
        value = rng.choice([None, random_value(rng, law, name)])
        known = known.with_answer(name, value)
        said[name] = value
    assert known.answered == {name: value for name, value in said.items() if value is not None}
    assert known.unknown == {name for name, value in said.items() if value is None}
    for name in law.facts:
        default = {"yes": True, "no": False}.get(law.facts[name].default or "")
        assert known.values.get(name) == said.get(name, default)
        assert known.is_open(name) == (said.get(name, default) is None)


@pytest.mark.parametrize(
    ("year", "later"),
    [(1990, 20), (2000, 30), (2001, 18), (2002, 18), (2003, 19), (2012, 23), (2013, 23)],
)
def test_a_derived_integer_is_the_years_since_that_of_the_schedule(year: int, later: int) -> None:
    derived = blank(Derived, of="year", schedule=SCHEDULE)
    assert scheduled(derived, year) == later
    law = law_of({"facts": {"year": fact("year")}, "derived": {"age": derived}})
    assert Known(law, {"year": year}).values == {"year": year, "age": DAY.year - later}
    assert Known(law, {}, frozenset({"year"})).values == {}


def law_with_names() -> Law:
    """A law with something of everything that a case can name."""
    return law_of(
        {
            "facts": {
                "valid": replace(fact("yes_no"), scope="request"),
                "colour": fact("choice", CHOICES),
                "made": fact("year"),
                "later": replace(fact("yes_no"), default="no"),
            },
            "conclusions": {"engaged": conclusion(rule("r", "later"))},
            "factors": {
                "safe_space": factor("maintain", "content", rule("f.1", "always", 1)),
                "tipping_off": factor("maintain", "confirm_or_deny", rule("f.2", "always", 1)),
            },
            "balances": {
                "content": balance("engaged", "outweighs"),
                "confirm_or_deny": balance("engaged", "silence_outweighs"),
            },
            "exemptions": {
                "s30": blank(Exemption, kind="qualified", engaged_by="class"),
                "s31": blank(Exemption, kind="qualified", engaged_by="prejudice"),
            },
            "limbs": {
                "s30(1)(a)": blank(Limb, exemption="s30", engaged="engaged"),
                "s30(2)": blank(Limb, exemption="s30", engaged="engaged"),
            },
            "outcomes": {
                "disclose": blank(Outcome, kind="disclosed"),
                "withhold": blank(Outcome, kind="refused"),
                "undetermined": blank(Outcome, kind="undetermined"),
            },
            "order_of_decision": (
                blank(Gate, id="last", outcome="disclose", when="always", limbs="no"),
            ),
        }
    )


def case(item: Item, **given: object) -> Case:
    return Case("1", "FOI/1", (Item("first"), item), **given)  # type: ignore[arg-type]


def test_facts_of_the_request_are_known_of_every_item_and_unknown_is_no_answer() -> None:
    law = law_with_names()
    items = (
        Item("one", facts={"colour": "red", "made": " Unknown "}),
        Item("two", facts={"made": "1999", "later": "unknown"}),
    )
    found = read_facts(Case("1", "FOI/1", items, facts={"valid": "yes"}), law)
    assert list(found) == ["one", "two"]
    assert found["one"].answered == {"valid": True, "colour": "red"}
    assert found["one"].unknown == {"made"}
    assert found["one"].values == {"valid": True, "colour": "red", "later": False}
    assert found["two"].answered == {"valid": True, "made": 1999}
    assert found["two"].values == {"valid": True, "made": 1999}
    assert not found["two"].is_open("valid")
    assert found["two"].is_open("later")


def test_a_case_that_the_law_can_read_has_no_problems() -> None:
    item = Item(
        "second",
        facts={"colour": "UNKNOWN", "made": "1999"},
        consider=("s30", "s31(1)(a)"),
        weights={"safe_space": Weighing("strong", "-")},
        weights_confirm_or_deny={"tipping_off": Weighing("none", "-")},
        notes={"colour": "A letter", "valid": "A letter"},
        considerations=(Consideration("disclose", "-", "slight", "-"),),
        proposed=Draft("withhold"),
    )
    assert (
        list(
            problems_of(
                case(item, facts={"valid": "unknown"}, notes={"received": "-"}), law_with_names()
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("item", "where", "says", "right"),
    [
        ({"facts": {"color": "red"}}, "facts.color", "color", "colour"),
        ({"facts": {"zzz": "red"}}, "facts.zzz", "zzz", ""),
        ({"facts": {"valid": "yes"}}, "facts.valid", "valid", "request"),
        ({"facts": {"made": "soon"}}, "facts.made", "soon", "unknown"),
        ({"notes": {"color": "A letter"}}, "notes.color", "color", "colour"),
        ({"notes": {"received": "A letter"}}, "notes.received", "received", "fact"),
        ({"weights": {"safe_spce": Weighing("none", "-")}}, "weights.safe_spce", "safe_spce",
         "safe_space"),
        ({"weights": {"tipping_off": Weighing("none", "-")}}, "weights.tipping_off", "tipping_off",
         ""),
        ({"weights_confirm_or_deny": {"safe_space": Weighing("none", "-")}},
         "weights_confirm_or_deny.safe_space", "safe_space", ""),
        ({"consider": ("s30", "30(1)")}, "consider.1", "30(1)", "s30"),
        ({"consider": ("s31", "s31(1)(a)")}, "consider", "", "s30(1)(a), s30(2)"),
        ({"consider": ()}, "consider", "", "s30(1)(a), s30(2)"),
        ({"proposed": Draft("withold")}, "proposed.outcome", "withold", "withhold"),
        ({"proposed": Draft("???")}, "proposed.outcome", "???", "disclose, withhold"),
    ],
)  # fmt: skip
def test_what_the_law_does_not_know_is_said_in_its_place(
    item: dict[str, object], where: str, says: str, right: str
) -> None:
    law = law_with_names()
    whole = case(Item("second", **item))  # type: ignore[arg-type]
    (problem,) = problems_of(whole, law)
    assert problem.file == f"FOI/1: items.1.{where}"
    assert says in problem.text
    assert right in problem.right
    assert right or not problem.right
    assert "undetermined" not in problem.right
    with pytest.raises(InputError) as caught:
        read_facts(whole, law)
    assert caught.value.problems == (problem,)


def test_a_fact_of_an_item_is_not_one_of_the_request() -> None:
    law = law_with_names()
    (problem,) = problems_of(case(Item("second"), facts={"colour": "red"}), law)
    assert problem.file == "FOI/1: facts.colour"
    assert "item" in problem.right


def test_a_name_in_a_file_is_pointed_at_and_an_answer_where_it_stands() -> None:
    text = """\
case: 1
reference: FOI/1
received: 2026-02-09
request: The file.
items:
  - id: it
    description: The file
    facts: {color: red, made: soon}
"""
    found = sorted(problems_of(Case.parse(text), law_with_names()))
    assert [(one.line, one.column) for one in found] == [(8, 13), (8, 31)]


def test_a_year_is_one_until_that_of_the_law() -> None:
    assert value_of(KINDS["year"], "2021", date(2021, 1, 1)) == 2021
    with pytest.raises(AnswerError):
        value_of(KINDS["year"], "2022", date(2021, 12, 31))
