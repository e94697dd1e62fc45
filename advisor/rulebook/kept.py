"""The copy of a checked rulebook: plain JSON in the user's cache folder, under its files' digest.

It is only ever read back as data, and a changed file or program makes a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from advisor.plain import makers_of, plain
from advisor.rulebook.book import Book
from advisor.rulebook.model import RuleFile
from advisor.whole import put_in_place

_PROGRAM = Path(__file__).parent


def _cache_file(digest: str) -> Path:
    from platformdirs import user_cache_dir

    # The program is part of the key: a newer one, with other shapes or stricter checks, never
    # reads an older one's copy.
    program = hashlib.sha256()
    for path in (_PROGRAM.parent / "plain.py", *sorted(_PROGRAM.glob("*.py"))):
        program.update(path.read_bytes())
    folder = Path(user_cache_dir("foi-exemption-advisor", appauthor=False))
    name = f"rulebook-{digest.removeprefix('sha256:')[:32]}-{program.hexdigest()[:16]}.json"
    return folder / name


class _Kept(RuleFile):
    """A rule file of the copy, each section of which is made when it is first read.

    A command reads few of them, and all of them together would be what it spends most time on.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        makers, sections = makers_of(RuleFile), _sections()
        made = {key: makers[key](value) for key, value in data.items() if key not in sections}
        absent: dict[str, Any] = {key: {} for key in sections if key not in data}
        self.__dict__.update({**made, **absent, "_data": data})

    def __getattr__(self, name: str) -> Any:
        """A section; they have no value on the class, so that they are looked for here."""
        makers = makers_of(RuleFile)
        if name not in makers or "_data" not in self.__dict__:
            raise AttributeError(name)
        made = self.__dict__[name] = makers[name](self._data[name])
        return made

    def __eq__(self, other: object) -> bool:
        """A rule file is what it says, whether it was read from its own file or from the copy."""
        if not isinstance(other, RuleFile):
            return NotImplemented
        return all(getattr(self, one.name) == getattr(other, one.name) for one in fields(RuleFile))

    __hash__ = None  # type: ignore[assignment]  # as of every rule file: its sections are mappings


@cache
def _sections() -> frozenset[str]:
    """The sections of a rule file whose entries have names: those that are long."""
    long = (one.name for one in fields(RuleFile) if one.default_factory is not MISSING)
    return frozenset(long)


def kept(folder: str, digest: str) -> Book | None:
    """The book that was kept under a digest, or None where there is none that can be used."""
    try:
        check, _, body = _cache_file(digest).read_bytes().partition(b"\n")
        copy = json.loads(body) if check == _check(body) else {}
        if copy.get("digest") != digest:
            return None
        files: dict[str, RuleFile] = {name: _Kept(data) for name, data in copy["files"].items()}
        changes = tuple(map(date.fromisoformat, copy["changes"]))
        return Book(folder, digest, files, known_changes=changes)
    except (OSError, ValueError, RuntimeError):
        return None  # no copy, or one that can't be used: the files themselves are read


def keep(book: Book) -> None:
    """Keep a checked book for the next command. A cache that cannot be written is no error."""
    copy = {
        "digest": book.digest,
        "changes": plain(book.changes),
        "files": {name: plain(file) for name, file in book.files.items()},
    }
    body = json.dumps(copy).encode()
    try:
        target = _cache_file(book.digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(target, _check(body) + b"\n" + body)
    except (OSError, RuntimeError):
        pass  # a read-only or absent home only costs time


def _check(body: bytes) -> bytes:
    """What tells a copy that was damaged."""
    return b"%08x" % crc32(body)
