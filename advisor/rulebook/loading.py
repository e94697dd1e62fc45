"""Reading a rulebook: a folder of YAML files becomes one `Book`.

What is read is checked twice: each file against the shapes of advisor.rulebook.model, then the
whole against itself (advisor.rulebook.checking), so that a rulebook in use has no dangling name.
A checked rulebook is kept as plain JSON under the digest of its files, in the user's cache folder;
that copy is only ever read back as data, and a changed file or program makes a new one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from advisor.rulebook.dates import change_days
from advisor.rulebook.model import RuleFile
from advisor.sources import MAX_BYTES, Document, InputError, Problem, read, validated

T = TypeVar("T")

_SHAPES = ("asking.py", "authority.py", "precedent.py", "model.py", "loading.py")


@dataclass(frozen=True)
class Book:
    """Every file of a rulebook, by its path below the folder, and the digest of them all."""

    folder: str
    digest: str
    files: Mapping[str, RuleFile]
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    known_changes: tuple[date, ...] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which it begins to say something else."""
        return change_days(self) if self.known_changes is None else self.known_changes

    def entries(self, section: str) -> Iterator[tuple[str, str, Any]]:
        """(file, id, entry) of one section of every file, in the order they are written."""
        for name, file in self.files.items():
            found = getattr(file, section)
            pairs = found.items() if isinstance(found, Mapping) else enumerate(found)
            for key, entry in pairs:
                yield name, str(key), entry


def shipped() -> Path:
    """The folder of the shipped rules: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load(folder: Path | str | None = None, *, cached: bool = True) -> Book:
    """The rulebook in `folder` (default: the shipped one), checked; or an installed one, by name.

    Raises InputError with every problem of every file. With `cached=False` the files are parsed
    afresh and the book keeps their documents, for whoever needs to say where something stands.
    """
    root, digest = _found(folder)
    if cached and (kept := _from_cache(digest)) is not None:
        files, changes = kept
        return Book(str(root), digest, files, known_changes=changes)
    book = _parse(root, _names(root), digest)
    from advisor.rulebook.checking import errors

    problems = errors(book)
    if problems:
        raise InputError(problems)
    if cached:
        _to_cache(digest, book)
    return book


def parse(folder: Path | str | None = None) -> Book:
    """The rulebook in `folder`, each file checked by itself only: for `rules check`."""
    root, digest = _found(folder)
    return _parse(root, _names(root), digest)


def _found(folder: Path | str | None) -> tuple[Path, str]:
    """Where a rulebook is, and its digest; one that extends another changes with it."""
    from advisor.rulebook.extending import extends, located

    root = located(folder) if folder is not None else shipped()
    raw = {name: _bytes(root / name) for name in _names(root)}
    if extends(raw.values()):
        base = shipped()
        raw |= {f"extended/{name}": _bytes(base / name) for name in _names(base)}
    return root, _digest(raw)


def _names(root: Path) -> list[str]:
    if not root.is_dir():
        raise InputError(Problem(str(root), 0, 0, "is not a folder of rules"))
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.yaml"))
    if not names:
        raise InputError(Problem(str(root), 0, 0, "holds no rule file", "rules are *.yaml files"))
    return names


def _bytes(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)  # a larger one is refused when it is read
    except OSError as error:
        raise InputError(Problem(str(path), 0, 0, f"cannot be read: {error.strerror}")) from None


def _digest(raw: Mapping[str, bytes]) -> str:
    """sha256 of names and contents; line endings don't count, so a checkout on Windows agrees."""
    total = hashlib.sha256()
    for name, content in raw.items():
        one = hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
        total.update(f"{name} {one}\n".encode("utf-8", "surrogateescape"))
    return f"sha256:{total.hexdigest()}"


def _parse(root: Path, names: list[str], digest: str) -> Book:
    files: dict[str, RuleFile] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            documents[name] = read(root / name)
            files[name] = validated(documents[name], RuleFile)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    book = Book(str(root), digest, files, documents)
    if any(file.about and file.about.extends for file in files.values()):
        from advisor.rulebook.extending import extended

        return extended(book, parse())
    return book


def _cache_file(digest: str) -> Path:
    from platformdirs import user_cache_dir

    # The shapes are part of the key: a newer program never reads an older program's copy.
    shapes = hashlib.sha256(
        b"".join(Path(__file__).with_name(name).read_bytes() for name in _SHAPES)
    ).hexdigest()[:16]
    folder = Path(user_cache_dir("foi-exemption-advisor", appauthor=False))
    return folder / f"rulebook-{digest.removeprefix('sha256:')[:32]}-{shapes}.json"


class _Kept(RuleFile):
    """A rule file of the copy, each section of which is made when it is first read.

    A command reads few of them, and all of them together would be what it spends most time on.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        makers, sections = _makers(RuleFile), _sections()
        made = {key: makers[key](value) for key, value in data.items() if key not in sections}
        absent: dict[str, Any] = {key: {} for key in sections if key not in data}
        self.__dict__.update({**made, **absent, "_data": data})

    def __getattr__(self, name: str) -> Any:
        """A section; they have no value on the class, so that they are looked for here."""
        makers = _makers(RuleFile)
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


def _from_cache(digest: str) -> tuple[dict[str, RuleFile], tuple[date, ...]] | None:
    try:
        copy = json.loads(_cache_file(digest).read_bytes())
        if copy["digest"] != digest:
            return None
        files: dict[str, RuleFile] = {name: _Kept(data) for name, data in copy["files"].items()}
        return files, tuple(map(date.fromisoformat, copy["changes"]))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None  # no copy, or one that can't be used: the files themselves are read


def _to_cache(digest: str, book: Book) -> None:
    import tempfile

    copy = {
        "digest": digest,
        "changes": plain(book.changes),
        "files": {name: plain(file) for name, file in book.files.items()},
    }
    try:
        target = _cache_file(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(copy))
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except (OSError, RuntimeError):
        pass  # a read-only or absent home only costs time


def plain(data: Any) -> Any:
    """A dataclass as plain data (days as text), without the fields that have their default."""
    if isinstance(data, date):
        return data.isoformat()
    if is_dataclass(data):
        return {
            one.name: plain(value)
            for one in fields(data)
            if one.init and not _is_default(one, value := getattr(data, one.name))
        }
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(one) for one in data]
    return data


def _is_default(one: Field[Any], value: Any) -> bool:
    if one.default_factory is not MISSING:
        return bool(value == one.default_factory())
    return one.default is not MISSING and bool(value == one.default)


def build(kind: type[T], data: Mapping[str, Any]) -> T:
    """A dataclass from plain data that was checked before it was written."""
    makers = _makers(kind)  # type: ignore[arg-type]  # a class is hashable; mypy sees a protocol
    return kind(**{key: makers[key](value) for key, value in data.items()})


@cache
def _makers(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: _maker(hints[one.name]) for one in fields(kind)}


def _maker(hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not type(None))
    origin, inner = get_origin(hint), get_args(hint)
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        kind: Any = hint
        return lambda data: build(kind, data)
    if origin is tuple:
        make = _maker(inner[0])
        return lambda data: tuple(map(make, data))
    if origin is dict:
        make = _maker(inner[1])
        return lambda data: {key: make(value) for key, value in data.items()}
    return lambda data: data
