"""The authority's settings: who it is, who signs, how it reviews, the regulator, its template.

One file, read and checked like a case: every problem is a line and a column. What the file leaves
out about the regulator comes from the settings that are shipped, since the law is changing the
regulator's name and only a setting can follow it; what it leaves out about the authority shows as
a placeholder in the letter.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from advisor.rulebook.model import FORBID
from advisor.sources import Document, InputError, Problem, read, validated

VARIABLE = "ADVISOR_SETTINGS"
FILE = "settings.yaml"
SHIPPED = Path(__file__).with_name(FILE)


@dataclass(frozen=True)
class OwnAuthority:
    __pydantic_config__ = FORBID
    name: str = ""
    address: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Signatory:
    __pydantic_config__ = FORBID
    name: str = ""
    title: str = ""


@dataclass(frozen=True)
class Review:
    """The procedure for complaints about how requests are dealt with, or that there is none."""

    __pydantic_config__ = FORBID
    exists: Literal["yes", "no"]
    write_to: str = ""
    within_working_days: int | None = None
    answered_within_working_days: int | None = None
    wording: str | None = None


@dataclass(frozen=True)
class Regulator:
    """To whom section 50 gives the right to apply; the law is changing the name."""

    __pydantic_config__ = FORBID
    name: str = ""
    address: str = ""
    telephone: str = ""
    complaints_page: str = ""


@dataclass(frozen=True)
class Settings:
    """`file` is where they were read; `checked` says that the regulator's address is their own."""

    __pydantic_config__ = FORBID
    settings: Literal["1"]
    authority: OwnAuthority = field(default_factory=OwnAuthority)
    signatory: Signatory = field(default_factory=Signatory)
    review: Review | None = None
    regulator: Regulator = field(default_factory=Regulator)
    template: str = ""
    file: Path = field(default=SHIPPED, init=False, compare=False)
    checked: bool = field(default=False, init=False, compare=False)

    @classmethod
    def read(cls, path: Path | str) -> Settings:
        """The settings in a file. Raises InputError with every problem of the file."""
        document = read(path)
        found = validated(document, cls)
        if problems := list(_problems(found, document)):
            raise InputError(problems)
        made = cls.completed(found) if Path(path) != SHIPPED else found
        object.__setattr__(made, "file", Path(path))
        return made

    @classmethod
    def completed(cls, found: Settings) -> Settings:
        """Settings with what they leave out about the regulator."""
        made = replace(found, regulator=_completed(found.regulator))
        object.__setattr__(made, "checked", bool(found.regulator.address.strip()))
        return made

    @classmethod
    def find(cls, path: Path | None = None) -> Settings:
        """The settings in `path`, else ADVISOR_SETTINGS, else the user's own, else the shipped."""
        named = path or os.environ.get(VARIABLE)
        if named:
            return cls.read(named)
        own = own_file()
        return cls.read(own if own is not None and own.is_file() else SHIPPED)

    def of(self, authority: str) -> Settings:
        """The settings as far as they serve an authority: another's address is not its own."""
        names = (" ".join(one.casefold().split()) for one in (authority, self.authority.name))
        case, own = names
        if not case or not own or case == own:
            return self
        made = replace(self, authority=OwnAuthority(), signatory=Signatory(), review=None)
        object.__setattr__(made, "checked", self.checked)
        return made

    @property
    def template_file(self) -> Path | None:
        """The authority's own Word template, beside the settings unless its path is absolute."""
        return self.file.parent / self.template if self.template else None


def own_file() -> Path | None:
    """Where the user's own settings are kept; None where the user has no home."""
    from platformdirs import user_config_dir

    try:
        return Path(user_config_dir("foi-exemption-advisor", appauthor=False)) / FILE
    except RuntimeError:
        return None


def _shipped() -> Regulator:
    return validated(read(SHIPPED), Settings).regulator


def _completed(regulator: Regulator) -> Regulator:
    shipped = _shipped()
    given = {one.name: getattr(regulator, one.name).strip() for one in fields(regulator)}
    return replace(shipped, **{name: value for name, value in given.items() if value})


def _problems(settings: Settings, document: Document) -> Iterator[Problem]:
    """What is wrong in settings of the right shape."""
    page = settings.regulator.complaints_page.strip()
    if page and not page.startswith(("https://", "http://")):
        text = f"'{page}' is not the address of a page"
        yield document.problem(("regulator", "complaints_page"), text, "begin it with https://")
    review = settings.review
    if review is None:
        return
    if review.exists == "no":
        for key in ("write_to", "within_working_days", "answered_within_working_days", "wording"):
            if getattr(review, key):
                text = "there is no review procedure, and this describes one"
                yield document.problem(("review", key), text, "take it out, or say `exists: yes`")
    for key in ("within_working_days", "answered_within_working_days"):
        days = getattr(review, key)
        if days is not None and not 1 <= days <= 365:
            text = f"{days} working days cannot be right"
            yield document.problem(("review", key), text, "give a number from 1 to 365")
