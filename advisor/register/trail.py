"""The audit trail of a saved assessment: as data, and as lines that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.register.chain import Link
from advisor.register.plain import as_plain, as_yaml
from advisor.register.saved import Saved


def as_json(saved: Saved, *, audit: bool) -> dict[str, Any]:
    """The case and its head, with `audit` every event in its chain as well."""
    exported: dict[str, Any] = {
        "reference": saved.reference,
        "events": len(saved.links),
        "head": saved.head,
        "holds": not saved.broken(),
        "case": as_plain(saved.case()),
    }
    if audit:
        exported["audit"] = [link.as_json() for link in saved.links]
    return exported


def as_case_file(saved: Saved, *, audit: bool) -> str:
    """A case file whose comments hold the head, with `audit` the trail as well."""
    comments = [f"From the register: {saved.reference}, {seal(saved)}", *said_of_chain(saved)]
    if audit:
        comments += ["", "What happened, the first thing first (times are UTC):"]
        comments += [line_of(link) for link in saved.links]
    head = "".join(f"# {one_line(text)}".rstrip() + "\n" for text in comments)
    return head + as_yaml(saved.case())


def seal(saved: Saved) -> str:
    """How many events there are, and the hash that stands for all of them."""
    return f"{counted(len(saved.links))}, head {saved.head or 'none'}"


def counted(events: int) -> str:
    """A number of events in words."""
    return f"{events} event{'' if events == 1 else 's'}"


def said_of_chain(saved: Saved) -> Iterator[str]:
    """What an exported or printed record must say where its chain does not hold."""
    if saved.broken():
        yield "WARNING: events were changed after they were saved; see `advisor register verify`."


def line_of(link: Link) -> str:
    """One event as a line: when, who, what."""
    when = f"{link.at[:10]} {link.at[11:19]}"
    return f"{link.seq}. {when} {link.by or 'not named'}: {described(link.kind, link.event.data)}"


def described(kind: str, data: Mapping[str, Any]) -> str:
    """What happened, in a few words; long data (a case, an assessment) is left out."""
    words = ", ".join(
        f"{key.replace('_', ' ')} {'none' if value is None else value}"
        for key, value in data.items()
        if not isinstance(value, dict | list)
    )
    return f"{kind.replace('_', ' ')}{': ' if words else ''}{words}"


def one_line(text: str) -> str:
    """Text as a comment of a YAML file can hold it, whatever it was."""
    return "".join(one if one.isprintable() else "?" for one in " ".join(text.split()))
