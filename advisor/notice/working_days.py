"""The section 10 clock: by which day a request must be answered, and which days were left out.

The day of receipt is day 0, even a Saturday; day one is the next working day; the answer is due by
the twentieth. A working day is any day but Saturday, Sunday, Christmas Day, Good Friday and a bank
holiday in *any* part of the United Kingdom (FOIA 2000 s.10(1), (6)): St Andrew's Day stops the
clock in Cornwall. A day on which only the office is closed is a working day all the same.

    >>> answer = deadline(date(2026, 6, 13))
    >>> answer.day_one.isoformat(), answer.due.isoformat()
    ('2026-06-16', '2026-07-14')
    >>> [str(day) for day in answer.left_out][0]
    '2026-06-15 World Cup bank holiday (Scotland)'

What it does not do: the extension for the public interest test moves no date here (s.10(3) leaves
the notice of s.17(1) where it was; `extension_guide` is good practice only), and the sixty days
that the Commissioner may allow for military operations or information abroad are not computed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from advisor.document.dates import long_date

AUTHORITY_KINDS = (
    "police", "council", "department", "regulator", "prosecutor",
    "health", "school", "archive", "other",
)  # fmt: skip
SECTION_10_DAYS = 20
SCHOOL_CAP_DAYS = 60
ARCHIVE_EXTRA_DAYS = 10
EXTENSION_GUIDE_DAYS = 20

# The right of access began on 1 January 2005 (from knowledge: s.87); computed Easters end in 2100.
FIRST_YEAR, LAST_YEAR = 2005, 2100

# The years for which gov.uk has published the bank holidays, all of which agree with the computed
# ones. Other years are computed only: extra days are proclaimed late (15 June 2026 was, that
# February), and 30 November 2006 is computed a year before it became a bank holiday.
FIRST_CONFIRMED_YEAR, LAST_CONFIRMED_YEAR = 2012, 2028

# One whole-UK calendar would hold only the days that all parts share, so each part is asked.
_PARTS = (
    ("England and Wales", "ENG"),
    ("England and Wales", "WLS"),
    ("Scotland", "SCT"),
    ("Northern Ireland", "NIR"),
)
# As gov.uk prints them, where the library's word differs.
_NAMES = {
    "New Year Holiday": "2nd January",
    "Saint Patrick's Day": "St Patrick's Day",
    "Saint Andrew's Day": "St Andrew's Day",
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Scotland's participation in the FIFA World Cup final": "World Cup bank holiday",
}
_SUBSTITUTE = " (observed)"
_SCHOOL_NOTE = (
    "For a maintained school, days that are not school days are left out as well, so the date may "
    "be later, but never past 60 working days (SI 2004/3364 reg 3). For an academy this is "
    "unverified."
)
_ARCHIVE_NOTE = (
    "Ten further days are allowed only where it must be decided whether an exemption applies to "
    "records not designated open (SI 2004/3364; that they are working days is unverified): they "
    "are "
)
_ONE_DAY = timedelta(days=1)


class DeadlineError(ValueError):
    """No deadline follows from what was given; the message is one sentence for the officer."""


class ClockStoppedError(DeadlineError):
    """A fees notice is unpaid, so no date can be given yet; `pay_by` is the last day to pay."""

    def __init__(self, message: str, pay_by: date) -> None:
        super().__init__(message)
        self.pay_by = pay_by


class FeeLapsedError(DeadlineError):
    """The fee came after the three months of s.9(2): the authority need not comply."""


@dataclass(frozen=True)
class LeftOut:
    """A weekday that was not counted, and why: "St Patrick's Day (Northern Ireland)"."""

    date: date
    why: str

    def __str__(self) -> str:
        return f"{self.date} {self.why}"


@dataclass(frozen=True)
class Deadline:
    """The answer of `deadline`.

    `counted_from` is day 0: the day of receipt, or of the clarification. `left_out` has every
    weekday after it, up to `due`, that was not counted, in order, each once: named holidays, days
    in which a fee was awaited, days without school. Weekends are never listed, even where a
    holiday falls on one, since they would not have counted anyway; its substitute day is.
    `provisional` says that a year was needed whose bank holidays are computed, not confirmed.
    `note` is what the officer should know before relying on the date, "" when nothing.
    """

    received: date
    counted_from: date
    day_one: date
    due: date
    left_out: tuple[LeftOut, ...]
    provisional: bool
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """The same as plain values, dates as YYYY-MM-DD; the keys are always all there."""
        return {
            "received": self.received.isoformat(),
            "counted_from": self.counted_from.isoformat(),
            "day_one": self.day_one.isoformat(),
            "due": self.due.isoformat(),
            "left_out": [{"date": d.date.isoformat(), "why": d.why} for d in self.left_out],
            "provisional": self.provisional,
            "note": self.note,
        }


class _Pause(NamedTuple):
    first: date
    last: date
    why: str


class _Run(NamedTuple):
    day_one: date
    last: date
    left_out: tuple[LeftOut, ...]


def deadline(
    received: date,
    *,
    clarified: date | None = None,
    fees_notice: date | None = None,
    fee_received: date | None = None,
    authority_kind: str = "other",
    working_days: int = SECTION_10_DAYS,
    closed: Sequence[tuple[date, date]] = (),
    archive_extension: bool = False,
) -> Deadline:
    """The last day for complying with s.1(1), and for a refusal notice (ss.10(1), 17(1)).

    `clarified`, the day on which information needed under s.1(3) arrived, restarts the count at 0
    (s.10(6)). The working days from `fees_notice` to `fee_received`, both included, are left out
    (s.10(2)); a notice given after the last day is too late to stop the clock (s.9(1)).

    `closed`, first and last day of each break, is for a maintained school only: due is the earlier
    of the twentieth day that is both a working day and a school day, and the sixtieth working day
    (SI 2004/3364 reg 3); the like rule for academies is unverified. `archive_extension`, for an
    archive only, adds ten days where it must be decided whether an exemption applies to records
    not designated open; that they are working days, and regulation 4, are unverified.

    Raises DeadlineError for dates that cannot be, ClockStoppedError for an unpaid fees notice,
    FeeLapsedError for a fee paid after three months (s.9(2)).
    """
    _check(received, clarified, fees_notice, fee_received, closed)
    if authority_kind not in AUTHORITY_KINDS:
        raise DeadlineError(f"{authority_kind!r} is not one of {', '.join(AUTHORITY_KINDS)}.")
    if closed and authority_kind != "school":
        raise DeadlineError("Days on which the authority is closed count, except for a school.")
    if archive_extension and authority_kind != "archive":
        raise DeadlineError("The ten further days are only for an archive.")

    start = clarified or received
    days = working_days + (ARCHIVE_EXTRA_DAYS if archive_extension else 0)
    breaks = tuple(_Pause(first, last, "not a school day") for first, last in closed)
    run = _run(start, days, breaks=breaks)
    notes = []
    if start != received:
        notes.append(
            f"The clock restarted on {long_date(start)}: right only if the query was reasonably "
            "needed to identify and locate the information (s.1(3))."
        )
    if fees_notice and fees_notice > run.last:
        notes.append(
            f"The fees notice of {long_date(fees_notice)} came too late to stop the clock (s.9(1))."
        )
    elif fees_notice:
        fee = _Pause(fees_notice, _paid(fees_notice, fee_received), "fees notice outstanding")
        run = _run(start, days, fee=(fee,), breaks=breaks)
    if authority_kind == "school" and not closed:
        notes.append(_SCHOOL_NOTE)
    if authority_kind == "archive":
        notes.append(_ARCHIVE_NOTE + ("included." if archive_extension else "not included."))
    provisional = start.year < FIRST_CONFIRMED_YEAR or run.last.year > LAST_CONFIRMED_YEAR
    if provisional:
        notes.append(
            f"Bank holidays before {FIRST_CONFIRMED_YEAR} and after {LAST_CONFIRMED_YEAR} are "
            "computed, not confirmed."
        )
    return Deadline(received, start, *run, provisional, " ".join(notes))


def is_working_day(day: date) -> bool:
    """Whether `day` is a working day of s.10(6). Raises DeadlineError outside 2005 to 2100."""
    return _is_weekday(day) and day not in _holidays(day.year)


def working_day_number(received: date, day: date) -> int:
    """Which working day after `received` the `day` is: 0 on the day of receipt, 20 on the last.

    A day that is not a working day has the number of the working day before it. Knows of no fees.
    """
    if day < received:
        text = f"{long_date(day)} is before the request was received on {long_date(received)}."
        raise DeadlineError(text)
    span = (received + timedelta(days=n) for n in range(1, (day - received).days + 1))
    return sum(map(is_working_day, span))


def add_working_days(start: date, n: int) -> date:
    """The `n`th working day after `start` (n at least 1), counting from the day after it."""
    return _count(start, n, ()).last


def extension_guide(due: date) -> date:
    """By when a balance still to be struck on the day `due` should normally be struck.

    Twenty more working days, so forty in all: good practice, not law. s.10(3) asks only what is
    reasonable; the total of forty is unverified.
    """
    return add_working_days(due, EXTENSION_GUIDE_DAYS)


def pay_by(fees_notice: date) -> date:
    """The last day of the three months *beginning with* the day of the fees notice (s.9(2))."""
    years, month = divmod(fees_notice.month + 2, 12)
    year, month = fees_notice.year + years, month + 1
    length = monthrange(year, month)[1]
    if fees_notice.day > length:
        return date(year, month, length)
    return date(year, month, fees_notice.day) - _ONE_DAY


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _run(
    start: date, days: int, fee: tuple[_Pause, ...] = (), breaks: tuple[_Pause, ...] = ()
) -> _Run:
    """The count; with school breaks, never past the sixtieth working day."""
    run = _count(start, days, fee + breaks)
    if not breaks:
        return run
    return min(run, _count(start, SCHOOL_CAP_DAYS, fee), key=lambda either: either.last)


@lru_cache(maxsize=16_384)
def _count(start: date, days: int, pauses: tuple[_Pause, ...]) -> _Run:
    if days < 1:
        raise DeadlineError(f"Working days are counted from 1, not from {days}.")
    counted: list[date] = []
    left_out: list[LeftOut] = []
    day = start
    while len(counted) < days:
        day += _ONE_DAY
        if not _is_weekday(day):
            continue
        why = _holidays(day.year).get(day) or next(
            (pause.why for pause in pauses if pause.first <= day <= pause.last), None
        )
        if why:
            left_out.append(LeftOut(day, why))
        else:
            counted.append(day)
    return _Run(counted[0], day, tuple(left_out))


@cache
def _holidays(year: int) -> Mapping[date, str]:
    """The weekdays of the year that are no working days, with names and parts of the UK."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DeadlineError(f"Working days are known from {FIRST_YEAR} to {LAST_YEAR}, not {year}.")
    from holidays import country_holidays

    found: dict[date, dict[str, list[str]]] = {}
    for part, code in _PARTS:
        # Without `language` the names would come in the language of the user's computer.
        calendar = country_holidays("GB", subdiv=code, years=year, language="en_GB", expand=False)
        for day in filter(_is_weekday, calendar):
            for name in calendar.get_list(day):
                parts = found.setdefault(day, {}).setdefault(name, [])
                if part not in parts:
                    parts.append(part)
    return {
        day: "; ".join(_named(name, parts) for name, parts in names.items())
        for day, names in found.items()
    }


def _named(name: str, parts: list[str]) -> str:
    plain = name.removesuffix(_SUBSTITUTE)
    where = "United Kingdom" if len(parts) == 3 else ", ".join(parts)
    return f"{_NAMES.get(plain, plain)}{', substitute day' if plain != name else ''} ({where})"


def _check(
    received: date,
    clarified: date | None,
    fees_notice: date | None,
    fee_received: date | None,
    closed: Sequence[tuple[date, date]],
) -> None:
    for given in filter(None, (received, clarified, fees_notice, fee_received)):
        _holidays(given.year)  # refuses a mistyped year
    for what, day, before, earlier in (
        ("clarification", clarified, "request", received),
        ("fees notice", fees_notice, "request", received),
        ("fee", fee_received, "fees notice", fees_notice),
        *(("end of the school's break", last, "beginning", first) for first, last in closed),
    ):
        if day and earlier and day < earlier:
            days = long_date(day), long_date(earlier)
            raise DeadlineError(
                f"The {what} ({days[0]}) cannot be before the {before} ({days[1]})."
            )
    if fee_received and not fees_notice:
        raise DeadlineError("A fee was received, but the date of the fees notice is missing.")


def _paid(fees_notice: date, fee_received: date | None) -> date:
    """The day on which the fee was received, in time."""
    limit = pay_by(fees_notice)
    if fee_received is None:
        raise ClockStoppedError(
            f"The fees notice of {long_date(fees_notice)} stopped the clock, so there is no date "
            f"until the fee is received; the applicant has until {long_date(limit)} to pay "
            "(ss.9(2), 10(2)).",
            limit,
        )
    if fee_received > limit:
        raise FeeLapsedError(
            f"The fee of {long_date(fee_received)} came after {long_date(limit)}, the end of the "
            "three months for paying, so there is no duty to comply (s.9(2))."
        )
    return fee_received
