"""A case as plain data and back, and as the YAML of a case file."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import category

from advisor.case import Case
from advisor.plain import build, plain


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
    text = yaml.dump(
        {**data, **parts}, Dumper=_writer(), sort_keys=False, allow_unicode=True, width=100
    )
    return escaped(text)


_AT_THE_END = ("items", "expect", "teaching", "source")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_QUOTED = {f"tag:yaml.org,2002:{name}" for name in ("null", "merge", "value")}


def escaped(text: str) -> str:
    """YAML with its hidden characters, all in double quotes, written so that none can act."""
    return "".join(f"\\U{ord(one):08x}" if _is_hidden(one) else one for one in text)


def has_hidden(text: str) -> bool:
    """Whether some of a text cannot be seen, so that it is to stand in double quotes."""
    return any(map(_is_hidden, text))


def _is_hidden(character: str) -> bool:
    """Whether a character cannot be seen, or would end a line where no line ends."""
    return character != "\n" and category(character) in _HIDDEN


@cache
def _writer() -> Any:
    """Writes YAML for advisor.sources, which takes every scalar as text: `yes` needs no quotes."""
    import yaml

    def text(writer: Any, given: object) -> yaml.ScalarNode:
        shown = str(given).lower() if isinstance(given, bool) else str(given)
        style = "|" if "\n" in shown else None
        if has_hidden(shown):
            style = '"'
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
