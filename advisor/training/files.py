"""A case as the text of a case file: plain YAML, nothing quoted that need not be."""

from __future__ import annotations

from typing import Any

from advisor.case import Case
from advisor.register.plain import escaped, has_hidden

WIDTH = 100


def as_yaml(data: dict[str, Any]) -> str:
    """Plain data (mappings, lists, text) as YAML that the reader reads back to the same."""
    import yaml

    class Plain(yaml.SafeDumper):
        # Every value is text to the reader: `yes` needs no quotes and 2026-03-02 is no date.
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's own shape

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        tag = "tag:yaml.org,2002:str"
        if has_hidden(value):
            return dumper.represent_scalar(tag, value, style='"')
        style = "|" if "\n" in value else ">" if len(value) > WIDTH - 12 else None if value else "'"
        return dumper.represent_scalar(tag, value, style=style)

    Plain.add_representer(str, text)
    made = yaml.dump(data, Dumper=Plain, sort_keys=False, allow_unicode=True, width=WIDTH)
    return escaped(made)


ORDER = (
    "case", "reference", "title", "authority", "received", "clarified", "fees_notice",
    "fee_received", "decided", "decision_expected", "request", "facts", "notes", "items", "expect",
    "teaching", "source",
)  # fmt: skip


def in_order(data: dict[str, Any]) -> dict[str, Any]:
    """The keys of a case file in the order in which a person reads them."""
    return {key: data[key] for key in ORDER if key in data}


def plain_case(case: Case) -> dict[str, Any]:
    """A case as its file would hold it, without what it leaves out."""
    from advisor.plain import plain

    made = plain(case)
    return in_order(
        {key: _texts(value) for key, value in made.items() if value not in ("", {}, [])}
    )


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _texts(v) for k, v in value.items() if v is not None and v != ""}
    if isinstance(value, list | tuple):
        return [_texts(one) for one in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value)
