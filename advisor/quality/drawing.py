"""Drawing the rulebook, bare or with the values of a case: a page for each step of reasoning.

The first page is the order of decision. Each conclusion, each balance and each factor of a balance
has a page of its own, and a box that names one of them leads there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from html import escape
from types import MappingProxyType

from advisor.advice.assess import matters
from advisor.advice.explanation import Node, explain
from advisor.case import Case, Item
from advisor.document.cleaning import clean
from advisor.document.words import first_upper, provision_words
from advisor.quality.graph import page, sheets, svg
from advisor.reasoning.known import Known
from advisor.reasoning.matter import Matter
from advisor.rulebook.law import Law
from advisor.truth import word

ORDER = "order-of-decision"


def draw(law: Law, every: Mapping[str, Node], about: str, *, values: bool) -> str:
    """One of the trees as SVG, down to its facts, but for factors: each has a picture of its own.

    Raises KeyError where there is no such tree.
    """
    return svg(_ended_at(law, every[about], law.factors), values=values)


def pages(
    law: Law,
    case: Case | None = None,
    item: str | None = None,
    questions: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """A page for each tree, by file name, and an index by provision.

    A box of a fact leads to where `questions` has it, by its id.
    """
    every = trees(law, case, item)

    def link(node: Node) -> str | None:
        return f"{node.id}.html" if _has_page(node, every) else questions.get(node.id)

    found: dict[str, str] = {}
    for name, tree in every.items():
        title = f"{_part(case, item)}{_title(law, tree)}"
        shown = _ended_at(law, tree, every)
        pieces = sheets(shown, title, values=bool(case), link=link)
        found[f"{name}.html"] = page(title, pieces, up="index.html")
    title = f"{_part(case, item)}{law.about.title}"
    return {**found, "index.html": page(title, [_index(law, every, case is not None)])}


def trees(law: Law, case: Case | None = None, item: str | None = None) -> dict[str, Node]:
    """The order of decision and every conclusion, balance and factor, each down to the facts.

    Of a case, its first part unless one is named. A factor that weighs nothing there has no tree.
    """
    if case is None:
        matter = Matter(Known(law, {}), Item("none"), {})
    else:
        matter = matters(case, law)[item or case.items[0].id]
    steps = tuple(_step(law, step) for step in explain(matter, None, "direct"))
    text = "The steps are taken in this order; the first that holds decides."
    found = {ORDER: Node("outcome", ORDER, None, text, (), steps)}
    for name in [*law.conclusions, *law.findings]:
        (tree,) = explain(matter, name, "direct")
        found[name] = _with_factors(law, tree)
    for name in law.findings:
        found |= {one.id: one for one in found[name].children}
    return found


def _step(law: Law, step: Node) -> Node:
    entry = next(gate.entry for gate in law.gates if gate.id == step.id)
    says = f"{law.outcomes[entry.outcome].title}: {entry.because}"
    return replace(_with_factors(law, step), law_says=says)


def _with_factors(law: Law, node: Node) -> Node:
    """A tree whose factors have their keys in the law, since two balances may share a name.

    Those for keeping it back come first, as section 2(2)(b) has it.
    """
    children = tuple(_with_factors(law, child) for child in node.children)
    if node.kind == "balance":
        balance, sides = law.findings[node.id], ("maintain", "disclose")
        keyed = [replace(child, id=f"{balance}.{child.id}") for child in children]
        named = [replace(one, law_says=_factor_title(law, one.id)) for one in keyed]
        children = tuple(sorted(named, key=lambda one: sides.index(law.factors[one.id].side)))
    return replace(node, children=children)


def _factor_title(law: Law, key: str) -> str:
    factor = law.factors[key]
    side = "for keeping it back" if factor.side == "maintain" else "for giving it out"
    return f"{first_upper(factor.title)}, {side}"


def _has_page(node: Node, pages: Collection[str]) -> bool:
    return node.kind in ("conclusion", "balance", "factor") and node.id in pages


def _ended_at(law: Law, root: Node, pages: Collection[str]) -> Node:
    """A tree that ends at each node below its root with a page of its own, to fit on paper."""

    def ended(node: Node) -> Node:
        if not _has_page(node, pages):
            return replace(node, children=tuple(map(ended, node.children)))
        if node.kind == "conclusion":  # it may have been "shown above", on a page that is not this
            return replace(node, text=law.conclusions[node.id].means, children=())
        return replace(node, children=())

    return replace(root, children=tuple(map(ended, root.children)))


def _part(case: Case | None, item: str | None) -> str:
    """What a page is about: the case, and which part of it where it has several."""
    if case is None:
        return ""
    part = f", part {item or case.items[0].id}" if len(case.items) > 1 else ""
    return f"{case.reference}{part}: "


def _title(law: Law, tree: Node) -> str:
    return "The order of decision" if tree.kind == "outcome" else tree.says


def _index(law: Law, every: Mapping[str, Node], values: bool) -> str:
    limbs = {limb.engaged: provision_words(key) for key, limb in law.limbs.items()}
    others = [name for name in law.conclusions if name not in limbs]
    groups: list[tuple[str, Iterable[str]]] = [
        ("From the request to the answer", [ORDER]),
        ("Provisions", limbs),
        ("What they rest on", others),
        ("The public interest", [one for one in every if one not in {ORDER, *law.conclusions}]),
    ]
    lines: list[str] = []
    for heading, names in groups:
        rows = "\n".join(_row(law, every[name], limbs.get(name, name), values) for name in names)
        lines.append(f"<h2>{heading}</h2>\n<ul>\n{rows}\n</ul>")
    return "\n".join(lines)


def _row(law: Law, tree: Node, shown: str, values: bool) -> str:
    value = f"{word(tree.holds)}. " if values and tree.kind in ("conclusion", "balance") else ""
    means = tree.text if values and tree.kind == "factor" else _title(law, tree)
    return (
        f'<li><a href="{escape(tree.id)}.html">{escape(clean(shown))}</a>: '
        f"{escape(clean(value + means))}</li>"
    )
