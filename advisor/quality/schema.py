"""JSON Schema for the files that people write, so that an editor completes and checks them."""

from __future__ import annotations

from typing import Any, Literal

from advisor.rulebook.law import Law

Kind = Literal["case", "rules"]
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_CONDITION: dict[str, Any] = {
    "description": "A test, or all, any or not of conditions.",
    "oneOf": [
        {"type": "string"},
        *(
            {
                "type": "object",
                "additionalProperties": False,
                "required": [word],
                "properties": {word: inner},
            }
            for word, inner in (
                ("all", {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1}),
                ("any", {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1}),
                ("not", {"$ref": "#/$defs/Condition"}),
            )
        ),
    ],
}


def schema(kind: Kind, law: Law) -> dict[str, Any]:
    """The schema of a kind of file; a case's facts, factors and outcomes are those of the law."""
    from pydantic import TypeAdapter

    from advisor.case import Case
    from advisor.rulebook.model import RuleFile

    made = TypeAdapter(Case if kind == "case" else RuleFile).json_schema()
    found: dict[str, Any] = {"$schema": DRAFT, **made}
    if kind == "case":
        _with_names(found, law)
    else:
        _with_conditions(found)
    _as_editors_read(found)
    return found


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
    # A number in YAML (`case: 1`, a year) is a number to an editor and text to the reader.
    found["properties"]["case"] = {"enum": [1, "1"]}
    found["properties"]["facts"] = _facts(law, "request")
    item = found["$defs"]["Item"]["properties"]
    item["facts"] = _facts(law, "item")
    for key, balance in (("weights", "content"), ("weights_confirm_or_deny", "confirm_or_deny")):
        names = [factor.name for factor in law.balance_factors[balance]]
        item[key] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"$ref": "#/$defs/Weighing"} for name in names},
        }
    outcome = {"enum": list(law.outcomes)}
    found["$defs"]["Draft"]["properties"]["outcome"] = outcome


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
