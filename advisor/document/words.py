"""How the product's short ids are written for a person."""

from __future__ import annotations


def provision_words(provision: str) -> str:
    """A provision in words; what is not one is left as it is.

    >>> provision_words("s30(1)(a)(i)")
    'section 30(1)(a)(i)'
    """
    numbered = provision[:1] == "s" and provision[1:2].isdigit()
    return f"section {provision[1:]}" if numbered else provision


def first_upper(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """What somebody wrote, with a stop after it where there is none."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
