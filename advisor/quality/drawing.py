"""Drawing the rulebook, bare or with the values of a case: a conclusion, or a page for each one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from html import escape
from types import MappingProxyType

from advisor.advice.assess import matters
from advisor.advice.explanation import Node, explain
from advisor.case import Case, Item
from advisor.document.cleaning import clean
from advisor.document.words import provision_words
from advisor.quality.graph import page, svg
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.rulebook.law import Law


def draw(law: Law, about: str, case: Case | None = None, item: str | None = None) -> str:
    """A conclusion as SVG; of a case, its first part unless one is named."""
    return svg(_tree(law, about, case, item), values=case is not None)


def pages(
    law: Law,
    case: Case | None = None,
    item: str | None = None,
    questions: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """A page for each conclusion and finding, by file name, and an index by provision.

    A box leads to the page of the conclusion that it names; one of a fact to where `questions`
    has it, by its id.
    """
    names = [*law.conclusions, *law.findings]

    def link(node: Node) -> str | None:
        return f"{node.id}.html" if node.id in names else questions.get(node.id)

    found: dict[str, str] = {}
    for name in names:
        tree = _to_other_pages(_tree(law, name, case, item), names)
        found[f"{name}.html"] = page(
            _title(law, name, case), svg(tree, values=bool(case), link=link)
        )
    return {**found, "index.html": page(law.about.title, _index(law, names))}


def _tree(law: Law, about: str, case: Case | None, item: str | None) -> Node:
    if case is None:
        matter = Matter(Known(law, {}), Item("none"), {})
    else:
        matter = matters(case, law)[item or case.items[0].id]
    (tree,) = explain(matter, about, "direct")
    return tree


def _to_other_pages(root: Node, names: Collection[str]) -> Node:
    """A tree that ends at each conclusion with a page of its own, so that it fits on paper."""

    def ended(node: Node) -> Node:
        return replace(node, children=() if node.id in names else tuple(map(ended, node.children)))

    return replace(root, children=tuple(map(ended, root.children)))


def _title(law: Law, name: str, case: Case | None) -> str:
    if name in law.conclusions:
        means = law.conclusions[name].means
    else:
        means = law.balances[law.findings[name]].question
    return f"{case.reference}: {means}" if case else means


def _index(law: Law, names: list[str]) -> str:
    rows = [
        (provision_words(key), limb.engaged, law.conclusions[limb.engaged].means)
        for key, limb in law.limbs.items()
    ]
    rows += [(name, name, _title(law, name, None)) for name in names]
    items = "\n".join(
        f'<li><a href="{escape(to)}.html">{escape(clean(shown))}</a>: {escape(clean(means))}</li>'
        for shown, to, means in rows
    )
    return f"<ul>\n{items}\n</ul>\n"
