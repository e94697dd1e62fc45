"""Whether the rules for the text of letters hang together: what `rules check` says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.rulebook.book import Book
from advisor.rulebook.circumstances import Circumstance
from advisor.rulebook.conditions import ConditionError
from advisor.rulebook.conditions import names as read_by
from advisor.rulebook.conditions import parse as parse_condition
from advisor.rulebook.phrases import PhraseError, parse
from advisor.rulebook.signs import OF_THE_TEXT
from advisor.sources import nearest

Where = tuple[str | int, ...]


def word_lists(book: Book) -> dict[str, tuple[str, ...]]:
    """Every word list of a rulebook, by its name."""
    return {key: entry for _, key, entry in book.entries("word_lists")}


def names(book: Book) -> dict[str, Circumstance]:
    """What a condition on a letter's text may read."""
    found = dict(OF_THE_TEXT)
    for section in ("signs_in_text", "readings_of_text"):
        found.update({k: Circumstance("yes_no", e.means) for _, k, e in book.entries(section)})
    return found


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
