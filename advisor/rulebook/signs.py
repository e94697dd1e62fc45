"""What shows in the text of a letter: the shapes of the rules that a notice is checked by.

A sign is words; a reading is a condition over signs; requirements and mistakes are conditions over
both. Everything that a condition here may read beside them is in OF_THE_TEXT, which the checker of
notices works out of the provisions that a letter cites. The language of phrases is
advisor.rulebook.phrases, that of conditions advisor.rulebook.conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from advisor.rulebook.authority import FORBID
from advisor.rulebook.circumstances import Circumstance
from advisor.rulebook.conditions import ConditionError
from advisor.rulebook.conditions import names as read_by
from advisor.rulebook.conditions import parse as parse_condition
from advisor.rulebook.phrases import PhraseError, parse
from advisor.sources import nearest

if TYPE_CHECKING:
    from advisor.rulebook.loading import Book


@dataclass(frozen=True)
class TextSign:
    """Words by which a letter shows something; none of `unless` may stand near in the sentence.

    `examples` show it and `not_examples` do not: they are the sign's tests.
    """

    __pydantic_config__ = FORBID
    means: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a letter does, by its signs and by the readings that come before this one."""

    __pydantic_config__ = FORBID
    means: str
    when: Any


@dataclass(frozen=True)
class TextRequirement:
    """How a requirement shows in a letter to which it applies: met, unclear or missing.

    What is not met is unclear where `unclear` holds, and otherwise missing. Where `missing` is
    given it is the other way about: only where that holds is it missing, and otherwise unclear.
    Where a requirement named in `same_as` is open too, the two are one fault.
    """

    __pydantic_config__ = FORBID
    title: str
    applies: Any
    write: str
    met: Any = None
    unclear: Any = None
    missing: Any = None
    look_at: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextMistake:
    """One way in which a letter shows a mistake; its text may name the `{provisions}` shown.

    Where a requirement named in `same_as` is missing, the mistake is the same fault.
    """

    __pydantic_config__ = FORBID
    when: Any
    level: Literal["error", "warning", "note"]
    text: str
    look_at: tuple[str, ...] = ()
    for_each: Literal["yes", "no"] = "no"
    same_as: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None


# Signs that the checker looks for by name: what a letter says of a provision that it names, that it
# refuses at all, and which dates are not its own.
RELIED, NOT_RELIED, POSSIBLE = "relied_on", "not_relied_on", "only_possible"
OTHER_LAW, IN_REQUEST = "another_law", "in_the_request"
REFUSING = (
    "says_exempt", "declines", "neither_confirms", "over_cost", "vexatious", "balance_undecided",
    "more_time_for_balance", "concluded_for_keeping_back", "not_in_the_public_interest",
)  # fmt: skip
ANOTHER_DATE = "another_date"
BALANCE, FOR_KEEPING = "public_interest", "factor_for_keeping_back"
NO_REASON = (  # a sentence with one of these gives no reason of the public interest
    "concluded_for_keeping_back", "concluded_after_asking", "not_in_the_public_interest",
    "offers_review", "says_no_review", "right_to_the_regulator", "names_regulator",
    "rights_elsewhere", "mentions_complaint",
)  # fmt: skip
ABOUT_THE_EXEMPTION = (  # nor does one with one of these, where it comes before the balance
    "says_exempt", "declines", "confirms_held", "held_for_an_investigation", "duty_source",
    "repeats_statute", "discloses",
)  # fmt: skip

BY_NAME = frozenset(
    {RELIED, NOT_RELIED, POSSIBLE, OTHER_LAW, IN_REQUEST, ANOTHER_DATE, BALANCE, FOR_KEEPING}
).union(REFUSING, NO_REASON, ABOUT_THE_EXEMPTION)

OF_THE_TEXT: dict[str, Circumstance] = {
    "cited": Circumstance("provisions", "The provisions that the letter relies on."),
    **{
        name: Circumstance("yes_no", means)
        for name, means in {
            "cites_an_exemption": "It relies on an exemption, not only on cost or on the request.",
            "cites_for_content": "It relies on a provision that protects content.",
            "cites_for_silence": "It relies on a provision for refusing to confirm or deny.",
            "cites_qualified": "It relies on a provision that is always qualified.",
            "cites_either": "It relies on one that is qualified or absolute as the case may be.",
            "cites_absolute": "It relies on a provision that is always absolute.",
            "cites_qualified_for_content": "It relies on a qualified one that protects content.",
            "cites_qualified_for_silence": "It relies on a qualified one for keeping silent.",
            "several_exemptions": "It relies on two or more sections that are exemptions.",
            "cites_section_with_limbs": "A section that it relies on has limbs to choose from.",
            "limb_named": "It names a limb of such a section.",
            "limb_missing": "It names such a section, or a part of it, and no limb below.",
            "limb_not_known": "It names a part of such a section that the rulebook does not know.",
            "limb_perhaps_quoted": "It seems to quote the limb apart from the section's number.",
            "public_interest_at_length": "It speaks of the public interest and argues on.",
            "reason_in_the_balance": "Where it speaks of the public interest, and not before, it "
            "gives a reason for keeping the information back.",
            "dated_in_time": "Its date is no later than the day on which the notice is due.",
            "dated_late": "Its date is later than the day on which the notice is due.",
            "decided_late": "Its date is that of a decision later than the notice is due.",
        }.items()
    },
}


def word_lists(book: Book) -> dict[str, tuple[str, ...]]:
    """Every word list of a rulebook, by its name."""
    return {key: entry for _, key, entry in book.entries("word_lists")}


def names(book: Book) -> dict[str, Circumstance]:
    """What a condition on a letter's text may read."""
    found = dict(OF_THE_TEXT)
    for section in ("signs_in_text", "readings_of_text"):
        found.update({k: Circumstance("yes_no", e.means) for _, k, e in book.entries(section)})
    return found


Where = tuple[str | int, ...]


def conditions(file: Any) -> Iterator[tuple[Where, Any]]:
    """Every condition of a rule file that reads the text of letters, and where it stands."""
    for key, reading in file.readings_of_text.items():
        yield ("readings_of_text", key, "when"), reading.when
    for key, entry in file.requirements_in_text.items():
        for name in ("applies", "met", "unclear", "missing"):
            if getattr(entry, name) is not None:
                yield ("requirements_in_text", key, name), getattr(entry, name)
    for key, many in file.mistakes_in_text.items():
        for i, one in enumerate(many):
            yield ("mistakes_in_text", key, i, "when"), one.when


def problems(book: Book) -> Iterator[tuple[str, Where, str, str, str]]:
    """What is wrong with the rules for letters: (file, where, check, what, what would be right)."""
    lists, known = word_lists(book), names(book)
    for name, file in book.files.items():
        for key, listed in file.word_lists.items():
            yield from _unreadable(name, ("word_lists", key), listed, lists)
        for key, sign in file.signs_in_text.items():
            for part in ("phrases", "unless"):
                where = ("signs_in_text", key, part)
                yield from _unreadable(name, where, getattr(sign, part), lists)
        for section in ("requirements", "mistakes"):
            defined = {key for _, key, _ in book.entries(section)}
            for key in getattr(file, f"{section}_in_text"):
                if key not in defined:
                    text = f"'{key}' is not one of the {section}"
                    yield name, (f"{section}_in_text", key), "dangling-id", text, ""
        yield from _unknown(name, file, known)
        yield from _same_as(name, file, book)
    yield from _later(book)


def _same_as(file: str, rules: Any, book: Book) -> Iterator[tuple[str, Where, str, str, str]]:
    defined = {key for _, key, _ in book.entries("requirements_in_text")}
    named: list[tuple[Where, tuple[str, ...]]] = [
        (("requirements_in_text", key, "same_as"), one.same_as)
        for key, one in rules.requirements_in_text.items()
    ]
    for key, many in rules.mistakes_in_text.items():
        named += [(("mistakes_in_text", key, i, "same_as"), o.same_as) for i, o in enumerate(many)]
    for where, same_as in named:
        for i, one in enumerate(same_as):
            if one not in defined:
                text = f"'{one}' is not one of the requirements in text"
                yield file, (*where, i), "dangling-id", text, nearest(one, defined)


def _later(book: Book) -> Iterator[tuple[str, Where, str, str, str]]:
    """A reading may read only those before it."""
    order = [key for _, key, _ in book.entries("readings_of_text")]
    for file, key, reading in book.entries("readings_of_text"):
        try:
            read = read_by(parse_condition(reading.when))
        except ConditionError:
            continue  # said already, where it stands
        for other in sorted(read & set(order[order.index(key) :])):
            where = ("readings_of_text", key, "when")
            yield file, where, "cycle", f"'{key}' reads '{other}'", "put that reading before it"


def _unreadable(
    file: str, where: Where, phrases: tuple[str, ...], lists: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Where, str, str, str]]:
    for i, one in enumerate(phrases):
        try:
            parse(one, lists)
        except PhraseError as error:
            yield file, (*where, i), "schema", error.text, error.right


def _unknown(
    file: str, rules: Any, known: Mapping[str, Circumstance]
) -> Iterator[tuple[str, Where, str, str, str]]:
    entries: list[tuple[Where, tuple[str, ...]]] = [
        (("requirements_in_text", key), entry.look_at)
        for key, entry in rules.requirements_in_text.items()
    ]
    for key, many in rules.mistakes_in_text.items():
        entries += [(("mistakes_in_text", key, i), one.look_at) for i, one in enumerate(many)]
    for where, look_at in entries:
        for i, one in enumerate(look_at):
            if one not in known:
                text = f"unknown sign '{one}'"
                yield file, (*where, "look_at", i), "dangling-id", text, nearest(one, known)
