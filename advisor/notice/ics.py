"""The day by which to answer, for the officer's diary: one event in the format of RFC 5545.

The same deadline gives the same bytes; the event lasts the whole day and blocks no time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from advisor.document.blocks import clean
from advisor.document.dates import long_date
from advisor.notice.working_days import Deadline

LINE_OCTETS = 75  # RFC 5545, 3.1: without the line break, and never within a character
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def as_ics(found: Deadline, reference: str = "") -> bytes:
    """A calendar of one event: the last day for answering."""
    return b"".join(_folded(line) for line in _lines(found, clean(reference).strip()))


def _lines(found: Deadline, reference: str) -> Iterator[str]:
    name = f"Answer FOI request {reference}".strip() + " by today"
    about = [f"Received {long_date(found.received)} (Freedom of Information Act 2000, section 10)."]
    about += [f"Left out: {long_date(one.date)}, {one.why}." for one in found.left_out]
    if found.provisional:
        about.append("The date is provisional.")
    if found.note:
        about.append(found.note)
    identity = f"{reference}\n{found.received}\n{found.due}".encode()
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//FOI exemption advisor//deadline//EN"
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(identity).hexdigest()[:32]}@foi-exemption-advisor"
    yield f"DTSTAMP:{_basic(found.received)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(found.due)}"
    yield f"DTEND;VALUE=DATE:{_basic(found.due + timedelta(days=1))}"
    yield f"SUMMARY:{name.translate(_ESCAPES)}"
    yield "DESCRIPTION:" + "\n".join(about).translate(_ESCAPES)
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _basic(day: date) -> str:
    return day.strftime("%Y%m%d")


def _folded(line: str) -> bytes:
    """A line as octets, broken where it is too long; a space begins each further piece."""
    pieces = [b""]
    for character in line:
        octets = character.encode()
        if len(pieces[-1]) + len(octets) > LINE_OCTETS:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"
