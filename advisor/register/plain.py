"""A case as plain data and back, and as the YAML of a case file."""

from __future__ import annotations

from functools import cache
from typing import Any

from advisor.case import Case
from advisor.rulebook.loading import build, plain


def as_plain(case: Case) -> dict[str, Any]:
    """A case as the mapping that its file holds, without what it leaves out."""
    found: dict[str, Any] = plain(case)
    return found


def case_of(data: dict[str, Any]) -> Case:
    """The case in plain data that `as_plain` made."""
    return build(Case, data)


def as_yaml(case: Case) -> str:
    """A case as a case file, in the order and the manner in which people write one."""
    import yaml

    data = as_plain(case)
    parts = {key: data.pop(key) for key in _AT_THE_END if key in data}
    return yaml.dump(
        {**data, **parts}, Dumper=_writer(), sort_keys=False, allow_unicode=True, width=100
    )


_AT_THE_END = ("items", "expect", "teaching", "source")
_QUOTED = {f"tag:yaml.org,2002:{name}" for name in ("null", "merge", "value")}


@cache
def _writer() -> Any:
    """Writes YAML for advisor.sources, which takes every scalar as text: `yes` needs no quotes."""
    import yaml

    def text(writer: Any, given: object) -> yaml.ScalarNode:
        shown = str(given).lower() if isinstance(given, bool) else str(given)
        style = "|" if "\n" in shown else None
        if not shown.replace("\n", "").isprintable():
            style = '"'  # what cannot be seen is written as an escape
        node: yaml.ScalarNode = writer.represent_scalar("tag:yaml.org,2002:str", shown, style=style)
        return node

    def nothing(writer: Any, given: None) -> yaml.ScalarNode:
        node: yaml.ScalarNode = writer.represent_scalar("tag:yaml.org,2002:null", "")
        return node

    resolvers = {
        first: [(tag, form) for tag, form in forms if tag in _QUOTED]
        for first, forms in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }
    writer: Any = type("Writer", (yaml.SafeDumper,), {"yaml_implicit_resolvers": resolvers})
    for kind in (str, bool, int, float):
        writer.add_representer(kind, text)
    writer.add_representer(type(None), nothing)
    return writer
