"""A derivation as a document: the tree of each part, each node with its truth and authority."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advice.explanation import Node, lines
from advisor.document.blocks import Block, Bullets, Document, Entry, Heading
from advisor.truth import word


def derivation(
    reference: str, trees: Mapping[str, list[Node]], beside: Mapping[str, tuple[Block, ...]]
) -> Document:
    """The derivation of each part, and what is to stand beside it."""
    shown: list[Block] = [Heading(1, f"How the advice on {reference} was derived")]
    for key, tree in trees.items():
        shown.append(Heading(2, f"Part {key}"))
        entries = tuple(
            Entry(
                f"{'' if node.id in ('all', 'any', 'not') else node.id + ': '}{node.text}",
                f"[{word(node.holds)}]",
                "; ".join(node.authority),
                depth=depth,
            )
            for depth, node in lines(tree)
        )
        shown.append(Bullets(entries))
        shown.extend(beside.get(key, ()))
    return Document.of(reference, shown)
