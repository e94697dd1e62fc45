"""Text from a file or a person, without what could act on a terminal or disguise it."""

from __future__ import annotations

# C0 and C1 controls but for tab and newline, the marks that reorder or hide text, and halves of
# characters, which no file can hold.
_UNWANTED = {
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0),
    0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF,
    *range(0xD800, 0xE000), *range(0xE0000, 0xE0080),
}  # fmt: skip
_CLEAN = dict.fromkeys(_UNWANTED)


def clean(text: str) -> str:
    """Text without the characters that would act on a terminal or disguise it; tabs are spaces."""
    return text.replace("\r\n", "\n").expandtabs(4).translate(_CLEAN)
