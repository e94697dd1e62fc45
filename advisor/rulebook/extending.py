"""A rulebook that extends the shipped one: an authority's own factors, wording and requirements.

It is a folder, or an installed package that names itself in the entry point group
`advisor.rulebooks`; of a package only the YAML beside its `__init__.py` is read, and nothing in it
is run. Its `about` says `extends: ID`, and in `overrides` the ids of the entries that it replaces,
each whole. Every other entry of the shipped rulebook stays as it is, and an id that is in both
without being overridden is a duplicate. The order of decision cannot be extended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from advisor.rulebook.book import Book
from advisor.rulebook.model import About, RuleFile
from advisor.sources import InputError, Problem, nearest

GROUP = "advisor.rulebooks"
_FIXED = ("order_of_decision", "outcomes")


def located(name: Path | str) -> Path:
    """The folder of a rulebook: the one given, or that of the package installed under a name."""
    folder = Path(name)
    if folder.exists():
        return folder
    # Only here: it takes longer to import than a rulebook to load.
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    installed = {one.name: one.value for one in entry_points(group=GROUP)}
    if str(name) in installed:
        spec = find_spec(installed[str(name)])
        if spec is not None and spec.submodule_search_locations:
            return Path(next(iter(spec.submodule_search_locations)))
    right = nearest(str(name), installed)
    if not right and installed:
        right = f"installed rulebooks: {', '.join(sorted(installed))}"
    raise InputError(Problem(str(name), 0, 0, "is not a folder of rules", right))


def extends(contents: Iterable[bytes]) -> bool:
    """Whether some file may say that it extends a rulebook; the files are not parsed for it."""
    return any(b"extends:" in content for content in contents)


def extended(book: Book, base: Book) -> Book:
    """A rulebook with the entries of the one that it extends. Raises InputError.

    Its files come after those of `base`, under the id of its `about`.
    """
    file, about = next((name, one.about) for name, one in book.files.items() if one.about)
    problems = list(_problems(book, base, file, about))
    if problems:
        raise InputError(problems)
    own = {found for one in book.files.values() for found in _ids(one)}
    gone = {(section, key) for section, key in own if key in about.overrides}
    kept = {name: _without(one, gone) for name, one in base.files.items()}
    return Book(
        book.folder,
        book.digest,
        kept | {f"{about.id}/{name}": one for name, one in book.files.items()},
        {**base.documents, **{f"{about.id}/{k}": v for k, v in book.documents.items()}},
    )


def overridden(book: Book) -> list[tuple[str, str, str]]:
    """(id, section, file) of every entry with which a rulebook overrides the one it extends."""
    about = next(one.about for one in book.files.values() if one.about)
    own = {name: one for name, one in book.files.items() if name.startswith(f"{about.id}/")}
    return [
        (key, section, name)
        for key in about.overrides
        for name, one in own.items()
        for section, found in _ids(one)
        if key == found
    ]


def _problems(book: Book, base: Book, file: str, about: About) -> Iterator[Problem]:
    document = book.documents[file]
    shipped_id = next(one.about.id for one in base.files.values() if one.about)
    if about.extends != shipped_id:
        text = f"'{about.extends}' is not the shipped rulebook"
        yield document.problem(("about", "extends"), text, f"write {shipped_id}")
    theirs = {key for one in base.files.values() for _, key in _ids(one)}
    own = {key for one in book.files.values() for _, key in _ids(one)}
    for i, key in enumerate(about.overrides):
        if key not in theirs:
            text = f"'{key}' overrides nothing: {shipped_id} has no such entry"
            yield document.problem(("about", "overrides", i), text, nearest(key, theirs))
        elif key not in own:
            text = f"'{key}' is overridden and not written here"
            yield document.problem(("about", "overrides", i), text, "write the entry, whole")
    for name, one in book.files.items():
        for section in _FIXED:
            if getattr(one, section):
                text = f"a rulebook that extends another cannot change its `{section}`"
                yield book.documents[name].problem((section,), text, key=True)
        for key, fact in one.facts.items():
            if fact.default is None and key not in theirs:
                text = f"'{key}' is added to {shipped_id} and has no default"
                right = "give the answer that holds until it is answered"
                yield book.documents[name].problem(("facts", key), text, right, key=True)


def _ids(file: RuleFile) -> Iterator[tuple[str, str]]:
    """(section, id) of every entry that can be overridden. A factor has its balance before it."""
    for section, found in _sections(file):
        for key, entry in found.items() if isinstance(found, dict) else enumerate(found):
            yield section, _id(section, key, entry)


def _sections(file: RuleFile) -> Iterator[tuple[str, Any]]:
    for one in fields(RuleFile):
        found = getattr(file, one.name)
        if isinstance(found, dict | tuple) and one.name not in ("order_of_questions", "accepted"):
            yield one.name, found


def _id(section: str, key: object, entry: Any) -> str:
    if section == "factors":
        return f"{entry.balance}.{key}"
    return entry if isinstance(entry, str) else str(getattr(entry, "id", key))


def _without(file: RuleFile, gone: set[tuple[str, str]]) -> RuleFile:
    """A file without its `about` and without the entries that are overridden."""
    kept: dict[str, Any] = {"about": None}
    for section, found in _sections(file):
        if isinstance(found, dict):
            kept[section] = {
                key: entry
                for key, entry in found.items()
                if (section, _id(section, key, entry)) not in gone
            }
        else:
            kept[section] = tuple(
                one for i, one in enumerate(found) if (section, _id(section, i, one)) not in gone
            )
    return replace(file, **kept)
