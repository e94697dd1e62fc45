"""JSON Schema for the files that people write, so that an editor completes and checks them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Literal

from advisor.rulebook.law import Law

Kind = Literal["case", "rules", "answers", "settings"]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
# Where files of each kind stand in a folder that an editor opens.
_WHERE: dict[Kind, str] = {
    "case": "cases/**/*.yaml",
    "rules": "rules/**/*.yaml",
    "answers": "answers/**/*.yaml",
    "settings": "settings.yaml",
}

_CONDITION: dict[str, Any] = {
    "description": "A test, or all, any or not of conditions.",
    "type": ["string", "object"],
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {
        "all": {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1},
        "any": {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1},
        "not": {"$ref": "#/$defs/Condition"},
    },
}


def schema(kind: Kind, law: Law) -> dict[str, Any]:
    """The schema of a kind of file; its facts, factors, outcomes and the like are those of the law.

    `answers` are a trainee's, `settings` an authority's.
    """
    from pydantic import TypeAdapter

    from advisor.case import Case
    from advisor.notice.settings import Settings
    from advisor.rulebook.model import RuleFile
    from advisor.training.answers import Answers

    models: dict[Kind, type[Any]] = {
        "case": Case, "rules": RuleFile, "answers": Answers, "settings": Settings
    }  # fmt: skip
    model = models[kind]
    found: dict[str, Any] = {"$schema": DRAFT, **TypeAdapter(model).json_schema()}
    for one in fields(model):
        if not one.init:  # made by the reader, never written
            found["properties"].pop(one.name, None)
    if kind == "rules":
        _with_conditions(found)
    else:
        # The format's number (`case: 1`) is a number to an editor and text to the reader.
        found["properties"][kind] = {"enum": [1, "1"]}
    if kind == "case":
        _with_names(found, law)
    elif kind == "answers":
        _with_what_is_answered(found, law)
    _as_editors_read(found)
    return found


def for_editor(law: Law) -> dict[str, Any]:
    """What VS Code wants in `.vscode`: every schema by its file name, and which files it is for."""
    found: dict[str, Any] = {_file(kind): schema(kind, law) for kind in _WHERE}
    places = {f"./.vscode/{_file(kind)}": where for kind, where in _WHERE.items()}
    return found | {"settings.json": {"yaml.schemas": places}}


def _file(kind: Kind) -> str:
    return f"{kind}.schema.json"


def _as_editors_read(node: Any) -> None:
    """To an editor `2005` is a number and `yes` is text; to the reader every scalar is text."""
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        _as_editors_read(inner)
    if isinstance(node, dict) and node.get("type") == "string" and "format" not in node:
        node["type"] = ["string", "number"]
    elif isinstance(node, dict) and node.get("type") == "boolean":
        node.pop("type")
        node["enum"] = [True, False, "yes", "no", "true", "false"]


def _with_conditions(found: dict[str, Any]) -> None:
    found["$defs"]["Condition"] = _CONDITION
    for entry in found["$defs"].values():
        if "when" in entry.get("properties", {}):
            entry["properties"]["when"] = {"$ref": "#/$defs/Condition"}


def _with_names(found: dict[str, Any], law: Law) -> None:
    found["properties"]["facts"] = _facts(law, "request")
    item = found["$defs"]["Item"]["properties"]
    item["facts"] = _facts(law, "item")
    for key, balance in (("weights", "content"), ("weights_confirm_or_deny", "confirm_or_deny")):
        names = [factor.name for factor in law.balance_factors.get(balance, ())]
        item[key] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"$ref": "#/$defs/Weighing"} for name in names},
        }
    outcome = {"enum": list(law.outcomes)}
    found["$defs"]["Draft"]["properties"]["outcome"] = outcome


def _with_what_is_answered(found: dict[str, Any], law: Law) -> None:
    part = found["$defs"]["PartAnswer"]["properties"]
    part["outcome"] = {"enum": [*law.outcomes, None]}
    part["elements"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {
                "description": fact.ask,
                "type": "object",
                "additionalProperties": False,
                "required": ["answer"],
                "properties": found["$defs"]["ElementAnswer"]["properties"]
                | {"answer": _answers(fact.type, list(fact.choices))},
            }
            for key, fact in law.facts.items()
        },
    }
    part["not_counted"]["items"] = {"enum": list(law.not_counted)}
    balance = found["$defs"]["BalanceAnswer"]["properties"]
    for side in ("maintain", "disclose"):
        names = dict.fromkeys(one.name for one in law.factors.values() if one.side == side)
        balance[side] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"$ref": "#/$defs/FactorAnswer"} for name in names},
        }
    found["$defs"]["NoticeAnswer"]["properties"]["must_say"]["items"] = {
        "enum": [one.id for one in law.requirements]
    }


def _facts(law: Law, scope: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": fact.ask, **_answers(fact.type, list(fact.choices))}
            for key, fact in law.facts.items()
            if fact.scope == scope
        },
    }


def _answers(kind: str, choices: list[str]) -> dict[str, Any]:
    if kind == "yes_no":
        return {"enum": ["yes", "no", "unknown", True, False]}
    if kind == "choice":
        return {"enum": [*choices, "unknown"]}
    if kind in ("number", "year"):
        return {"anyOf": [{"type": "integer"}, {"type": "string"}]}
    return {"type": "string"}
