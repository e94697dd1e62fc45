"""Which files a path stands for: itself, or every case file below a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.case import Case
from advisor.sources import InputError, Problem, nearest

ENDINGS = (".yaml", ".yml")  # of a file that is one case, in small letters or capitals
SURVIVORS = "survivors.yml"  # beside cases, why some changes to the rules may go unnoticed


def shipped() -> Path:
    """The folder of the shipped cases: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "cases"
    return inside if inside.is_dir() else package.parent / "cases"


def is_named_as_case(path: Path) -> bool:
    """Whether a file is one case by the ending of its name."""
    return path.suffix.lower() in ENDINGS


def case_files(paths: Iterable[Path]) -> list[Path]:
    """The case files under the paths, each once, in a fixed order. Raises InputError."""
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(_inside(path), key=lambda one: one.as_posix())
            if not inside:
                right = f"the name of a case ends in {' or '.join(ENDINGS)}"
                problems.append(Problem(str(path), 0, 0, "holds no case", right))
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None  # reading it says what is wrong, if anything is
    if problems:
        raise InputError(problems)
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    for one in folder.rglob("*"):
        if is_named_as_case(one) and one.name != SURVIVORS and not one.is_dir():
            yield one


def shipped_cases() -> dict[str, Path]:
    """The shipped cases by their references."""
    found: dict[str, Path] = {}
    for path in case_files([shipped()]):
        found.setdefault(Case.read(path).reference, path)
    return found


def a_case(given: str) -> Path:
    """A case file, or the shipped case of a reference. Raises InputError where there is neither."""
    if Path(given).exists():
        return Path(given)
    known = shipped_cases()
    if given in known:
        return known[given]
    cased = next((f"did you mean '{one}'?" for one in known if one.lower() == given.lower()), "")
    text = "there is no such file, and no shipped case of that reference"
    raise InputError(
        Problem(given, 0, 0, text, cased or nearest(given, known) or "see `advisor cases list`")
    )
