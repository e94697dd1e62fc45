"""Reading a rulebook: a folder of YAML files becomes one `Book`.

What is read is checked twice: each file against the shapes of advisor.rulebook.model, then the
whole against itself (advisor.rulebook.checking), so that a rulebook in use has no dangling name.
A checked one is kept for the next time (advisor.rulebook.kept).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from advisor.rulebook.book import Book
from advisor.rulebook.kept import keep, kept
from advisor.rulebook.model import RuleFile
from advisor.sources import MAX_BYTES, Document, InputError, Problem, read, validated


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
    if cached and (book := kept(str(root), digest)) is not None:
        return book
    book = _checked(_parse(root, _names(root), digest))
    if cached:
        keep(book)
    return book


def parse(folder: Path | str | None = None) -> Book:
    """The rulebook in `folder`, each file checked by itself only: for `rules check`."""
    root, digest = _found(folder)
    return _parse(root, _names(root), digest)


def with_matters(book: Book, paths: Iterable[Path]) -> Book:
    """A rulebook with more decided matters, from rule files that are not part of it.

    Raises InputError with everything that is wrong with them.
    """
    files = [
        one for path in paths for one in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])
    ]
    return with_documents(book, map(read, files))


def with_documents(book: Book, more: Iterable[Document]) -> Book:
    """The same from documents that were read."""
    files, documents = dict(book.files), dict(book.documents)
    for document in more:
        documents[document.name] = document
        files[document.name] = validated(document, RuleFile)
    return _checked(Book(book.folder, book.digest, files, documents))


def _checked(book: Book) -> Book:
    """A book in which nothing is wrong. Raises InputError."""
    from advisor.rulebook.checking import errors  # not needed for a book that was kept

    if found := errors(book):
        raise InputError(found)
    return book


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
