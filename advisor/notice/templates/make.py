"""Makes letter.docx, the Word template that is shipped: `python -m advisor.notice.templates.make`.

Accessible: real heading styles, real lists, text from the left in a plain face, British English,
page numbers, and nothing in a header that a screen reader would miss.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).with_name("letter.docx")
FACE = "Arial"
# Style, size, space before and after.
SIZES = (
    ("Heading 1", 18, 18, 10),
    ("Heading 2", 14, 16, 6),
    ("Heading 3", 12, 12, 4),
    ("Heading 4", 11, 10, 3),
    ("Caption", 11, 6, 3),
)
PARAGRAPHS = (
    ("Heading 1", "{{ title }}"),
    ("Normal", "{{p body }}"),
)


def make(target: Path = TARGET) -> None:
    """Write the template."""
    document = Document()
    _language(document)
    _page(document)
    _styles(document)
    name = document.add_paragraph()
    name.add_run("{{ authority_name }}").bold = True
    for field in ("authority_address", "authority_contact"):
        for text in (f"{{%p if {field} %}}", f"{{{{ {field} }}}}", "{%p endif %}"):
            document.add_paragraph(text)
    for label, field in (("Our reference:", "reference"), ("Date:", "date")):
        line = document.add_paragraph()
        line.add_run(f"{label} ").bold = True
        line.add_run(f"{{{{ {field} }}}}")
    for style, text in PARAGRAPHS:
        document.add_paragraph(text, style=style)
    signature = document.add_paragraph("{{ signatory_name }}")
    signature.paragraph_format.space_before = Pt(48)  # room for a signature
    for text in ("{%p if signatory_title %}", "{{ signatory_title }}", "{%p endif %}"):
        document.add_paragraph(text)
    _footer(document)
    properties = document.core_properties
    properties.title, properties.author = "Letter", ""
    properties.comments = properties.keywords = ""
    properties.language = "en-GB"
    properties.created = properties.modified = datetime(2026, 4, 7)
    document.save(str(target))


def _language(document: Any) -> None:
    """British English throughout; the library's own template is American."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), "en-GB")
    settings = document.settings.element
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), "en-GB")
    # Without this Word opens the letter in a mode for old versions.
    compat = settings.find(qn("w:compat"))
    mode = parse_xml(
        f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    for old in list(compat):
        compat.remove(old)
    compat.append(mode)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _face(normal, 11)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    for name, size, before, after in SIZES:
        style = document.styles[name]
        _face(style, size)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Bullet 2", "List Bullet 3"):
        style = document.styles[name]
        style.paragraph_format.space_after = Pt(6)
        # Each entry keeps its own space; the library's style takes it away between entries.
        for tight in style.element.iter(qn("w:contextualSpacing")):
            tight.getparent().remove(tight)
            break


def _face(style: Any, size: int) -> None:
    style.font.name, style.font.size = FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)


def _footer(document: Any) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.add_run("Page ")
    _number(line, "PAGE")
    line.add_run(" of ")
    _number(line, "NUMPAGES")
    for run in line.runs:
        run.font.size = Pt(9)


def _number(paragraph: Any, instruction: str) -> None:
    """A field that Word counts."""
    for kind in ("begin", "text", "end"):
        run = paragraph.add_run()
        if kind == "text":
            element = OxmlElement("w:instrText")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


if __name__ == "__main__":
    make()
