"""The packages that the advisor needs to run, as installed here, and the licence of each.

python -m tests.licences > docs/licences.md
"""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

HEAD = """# Licences

What the advisor needs to run, with what those need in turn, and the licence that each package names
for itself. All of it is free to use, change and pass on. docxtpl, which fills Word templates, is
under the LGPL: who passes on a changed docxtpl passes on its source as well. The optional `pdf`
extra adds typst (Apache-2.0); on Windows, colorama (BSD) is added. The versions are in
`.ci/lock.txt`. Made by `python -m tests.licences`; a test compares it with what is installed.

| package | licence |
|---|---|"""


def needed() -> dict[str, str]:
    """Name and licence of every package that is needed to run here, by name."""
    found: dict[str, str] = {}
    waiting = [Requirement(one) for one in PROJECT["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = licence(name)
        waiting += [Requirement(one) for one in package.requires or ()]
    return dict(sorted(found.items()))


def licence(name: str) -> str:
    """The licence that an installed package names: its expression, else its classifier."""
    about = distribution(name).metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    marks = [one for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    if marks:
        return ", ".join(one.rsplit(" :: ", 1)[-1] for one in marks)
    return str(about.get("License") or "not said").splitlines()[0]


def page() -> str:
    """The page of licences."""
    return "\n".join([HEAD, *(f"| {name} | {what} |" for name, what in needed().items())]) + "\n"


if __name__ == "__main__":
    print(page(), end="")
