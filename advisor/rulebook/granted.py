"""What the program takes for granted of a rulebook: the few ids that it names itself.

Every other id is the rulebook's own, and what names it is asked for where it is named. One more may
be missing: without the fact `public_interest_undecided` no balance can be put off.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.rulebook.book import Book

Where = tuple[str | int, ...]
Wrong = tuple[str, Where, str, str, str]  # file, place, check, what is wrong, what would be right

OPEN = "undetermined"  # the outcome of a part while several are possible
CONTENT, EXISTENCE = "content", "confirm_or_deny"  # what a case file can weigh in
WITHHELD, SILENCE = "withhold", "neither_confirm_nor_deny"  # what notices give reasons for


def problems(book: Book) -> Iterator[Wrong]:
    """Each such id that is missing, or stands for something else."""
    outcomes = {key: (file, entry) for file, key, entry in book.entries("outcomes")}
    if OPEN not in outcomes:
        first = next((file for file, _ in outcomes.values()), None)
        where: Where = () if first is None else ("outcomes",)
        text = f"there is no outcome '{OPEN}', which a part has while its answers allow several"
        right = f"add it, of kind {OPEN}"
        yield first or next(iter(book.files)), where, "schema", text, right
    for key, (file, entry) in outcomes.items():
        if (key == OPEN) != (entry.kind == OPEN):
            text = f"the outcome '{OPEN}', and no other, is of kind {OPEN}"
            yield file, ("outcomes", key, "kind"), "schema", text, ""
    for file, i, step in book.entries("order_of_decision"):
        if step.outcome == OPEN:
            text = f"no step decides that a part is {OPEN}"
            right = "leave it to the steps that may hold"
            yield file, ("order_of_decision", int(i), "outcome"), "schema", text, right
        elif step.limbs == "yes" and step.outcome != WITHHELD:
            text = "what a limb covers has no reasons in a notice by that outcome"
            where = ("order_of_decision", int(i), "outcome")
            yield file, where, "schema", text, f"call it {WITHHELD}"
    decided = {step.outcome for _, _, step in book.entries("order_of_decision")}
    for file, key, _ in book.entries("balances"):
        if key not in (CONTENT, EXISTENCE):
            text = f"no case file can weigh in a balance '{key}'"
            yield file, ("balances", key), "schema", text, f"call it {CONTENT} or {EXISTENCE}"
        elif key == EXISTENCE and SILENCE not in decided:
            text = f"no step ends in '{SILENCE}', for which it is struck"
            yield file, ("balances", key), "schema", text, "add the step, or call its outcome so"
