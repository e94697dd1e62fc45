"""Begins a rule: its file, cases that show it each way, its page, and where needed a rulebook.

What it begins with is sound at once; `rules check` names what is still to be written (TODO). The
texts are files in `scaffolds/`, with `{name}` where something is put in.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.rulebook.model import Fact
from advisor.sources import InputError, Problem, nearest, read, read_text

_PROVISION = re.compile(r"s\d+[A-Z]*(\([0-9A-Za-z]+\))*")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_SLOT = re.compile(r"\{([a-z_]+)\}")
_TEXTS = Path(__file__).with_name("scaffolds")


def scaffold(what: str, folder: Path) -> dict[Path, str]:
    """The files of a new provision or factor, to be written below a folder. Raises InputError.

    They go to its `rules/`, `cases/` and `docs/`. Rules that are not a whole rulebook yet become
    one that extends the shipped one.
    """
    rules = folder / "rules"
    law = _law(rules)
    kind = _kind(what, law)
    name = re.sub(r"\W+", "_", what).strip("_").lower()
    file = name.replace("_", "-")
    values = {
        "provision": what,
        "name": name,
        "file": file,
        "dotted": name.replace("_", ".") if kind == "provision" else file,
        "section": what.split("(")[0],
        "citation": _citation(what, law),
        "decided": str(law.about.law_as_at),
        "received": str(law.about.law_as_at - timedelta(days=21)),
        "request_facts": _facts(law, "request"),
        "item_facts": _facts(law, "item"),
        "extends": law.about.id,
        "law_as_at": str(law.about.law_as_at),
    }
    made = {
        rules / f"{file}.yaml": f"{kind}-rule.yaml",
        folder / "cases" / f"{file}.yaml": f"{kind}-case.yaml",
        folder / "docs" / f"{file}.md": f"{kind}-page.md",
    }
    if not any(rules.rglob("*.yaml")):
        made = {rules / "rulebook.yaml": "rulebook.yaml", **made}
    return {path: _filled(text, values) for path, text in made.items()}


def _law(rules: Path) -> Law:
    """The law that the rule is added to: of the rulebook that is there, else the shipped one."""
    book = load(rules if any(rules.rglob("*.yaml")) else None)
    return Law(book, next(one.about.law_as_at for one in book.files.values() if one.about))


def _kind(what: str, law: Law) -> str:
    """Whether a provision or a factor is begun; what is there already is not begun again."""
    factors = [factor.name for factor in law.factors.values()]
    if what in law.limbs or what in factors or what in law.facts or what in law.conclusions:
        raise _wrong(f"'{what}' is in the rulebook already", "give it another name")
    if _PROVISION.fullmatch(what):
        section = what.split("(")[0]
        if section not in law.exemptions:
            right = nearest(section, law.exemptions) or "add it to `exemptions` first"
            raise _wrong(f"'{section}' is not on the map of the Act", right)
        return "provision"
    if _ID.fullmatch(what):
        return "factor"
    right = "write s31(1)(a), or a name in lower case such as local_oversight"
    raise _wrong(f"'{what}' is neither a provision nor a name", right)


def _citation(what: str, law: Law) -> str:
    """How the rulebook cites a provision: as it cites the section, with the rest of it."""
    section, *_ = what.split("(")
    if section not in law.exemptions:
        return ""
    return law.exemptions[section].authority[0].at.split("(")[0] + what.removeprefix(section)


def _facts(law: Law, scope: str) -> str:
    """Answers to every question of a scope: those that the scaffold chooses, else the quiet one."""
    chosen: dict[str, str] = read(_TEXTS / "facts.yaml").data[scope]
    answers = {
        key: chosen.get(key) or _quiet(law.facts[key])
        for key in dict.fromkeys((*chosen, *law.questions))
        if key in law.facts and law.facts[key].scope == scope and key not in law.notice_facts
    }
    return "\n".join(f"{key}: {value}" for key, value in answers.items() if value)


def _quiet(fact: Fact) -> str:
    if fact.default is not None:
        return ""
    return "no" if fact.type == "yes_no" else next(iter(fact.choices), "")


def _filled(name: str, values: dict[str, str]) -> str:
    """A text with every slot filled; what has several lines keeps the slot's indentation."""
    found: list[str] = []
    for line in read_text(_TEXTS / name).splitlines():
        filled = _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), line)
        indent = line[: len(line) - len(line.lstrip())]
        found += [part if i == 0 else indent + part for i, part in enumerate(filled.split("\n"))]
    return "\n".join(found) + "\n"


def _wrong(text: str, right: str) -> InputError:
    return InputError(Problem("rules new", 0, 0, text, right))
