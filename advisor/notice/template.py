"""The letter in Word, on a template that the authority owns and edits in Word.

A template is a Word document with fields in double braces, as FIELDS describes them. Three it must
have: {{ reference }}, {{ date }} and, alone in a paragraph, {{p body }}, where the letter itself
goes, set in the template's own styles. A field that there is not, or one of the three that is
missing, is refused with its name.

The template is run in a sandbox. What a case holds only ever fills a field, and the body is put in
after the template has run, so no text of a case is read as a field, as markup or as XML.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from advisor.document.docx import markup, missing_styles
from advisor.notice.letter import Letter
from advisor.sources import InputError, Problem

SHIPPED = Path(__file__).parent / "templates" / "letter.docx"
BODY = "body"
REQUIRED = ("reference", "date", BODY)
FIELDS: dict[str, str] = {
    "authority_name": "the name of the authority",
    "authority_address": "its address",
    "authority_contact": "how to reach it",
    "reference": "the reference of the request",
    "date": "the date of the letter",
    "title": "what the letter is about",
    BODY: "the letter itself, as {{p body }} alone in a paragraph",
    "signatory_name": "who signs",
    "signatory_title": "the title of whoever signs",
}

MAX_BYTES, MAX_UNPACKED, MAX_FILES = 10_000_000, 60_000_000, 2_000
_MARK = "advisor-body"
# What stands where the body goes until the template has run. No text of a case can look like it:
# in XML its first character is escaped.
_MARKED = f'<w:p><w:pPr><w:pStyle w:val="{_MARK}"/></w:pPr></w:p>'
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Marker:
    """The field for the body, which is XML and not escaped."""

    def __html__(self) -> str:
        return _MARKED

    __str__ = __html__


def as_docx(letter: Letter, template: Path | None = None) -> bytes:
    """The letter on a template (default: the shipped one). Raises InputError with what is wrong."""
    file = template or SHIPPED
    word = _opened(file)
    if problems := list(_problems(word, file)):
        raise InputError(problems)
    _run(word, {**letter.fields, BODY: _Marker()}, file)
    document = word.docx
    _put_in(document, markup(letter.body, document), file)
    properties = document.core_properties
    # Word allows no more in a property.
    properties.title = f"{letter.fields['title']}: {letter.fields['reference']}"[:255]
    properties.author = letter.fields["authority_name"][:255]
    properties.language = "en-GB"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _put_in(document: Any, body: str, file: Path) -> None:
    """Put the body in the place of its mark, as text: to move ten thousand rows takes too long."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    marks = [one for one in document.element.iter(f"{_W}pStyle") if one.get(f"{_W}val") == _MARK]
    paragraph = marks[0].getparent().getparent() if len(marks) == 1 else None
    text = serialize_part_xml(document.element).decode()
    alone = paragraph is not None and paragraph.getparent().tag in (f"{_W}body", f"{_W}tc")
    if not alone or text.count(_MARKED) != 1:
        raise InputError(_body_problem(file))
    document.part._element = parse_xml(text.replace(_MARKED, body).encode())


def _problems(word: Any, file: Path) -> Iterator[Problem]:
    """What a template lacks, or has and should not have."""
    from jinja2 import TemplateError

    try:
        there = word.get_undeclared_template_variables(_sandbox())
    except TemplateError as error:
        text = f"has a field that cannot be read: {error.message or error}"
        yield Problem(str(file), 0, 0, text, "fields are written {{ name }}")
        return
    known = ", ".join(FIELDS)
    for name in sorted(there - set(FIELDS)):
        yield Problem(str(file), 0, 0, f"unknown field '{name}'", f"fields are {known}")
    for name in REQUIRED:
        if name not in there:
            shown = "{{p body }}" if name == BODY else f"{{{{ {name} }}}}"
            yield Problem(str(file), 0, 0, f"has no field '{name}'", f"put {shown} in it")
    for style in missing_styles(word.docx):
        right = "use the style once in Word and save, or begin from the shipped template"
        yield Problem(str(file), 0, 0, f"has no style '{style}'", right)


def _opened(file: Path) -> Any:
    """A Word file as a template. Raises InputError where it is not one, or is too large."""
    from docxtpl import DocxTemplate

    name = str(file)
    try:
        with open(file, "rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            size = sum(one.file_size for one in entries)
    except FileNotFoundError:
        raise InputError(Problem(name, 0, 0, "there is no such template")) from None
    except OSError as error:
        raise InputError(Problem(name, 0, 0, f"cannot be read: {error.strerror}")) from None
    except Exception:  # whatever a damaged archive makes the unpacker say
        raise _not_word(name) from None
    if len(raw) > MAX_BYTES or size > MAX_UNPACKED or len(entries) > MAX_FILES:
        raise InputError(Problem(name, 0, 0, "is too large for a template", "take pictures out"))
    word = DocxTemplate(BytesIO(raw))
    try:
        word.init_docx()
    except Exception:  # python-docx names no error of its own for most of what can be wrong
        raise _not_word(name) from None
    return word


def _not_word(name: str) -> InputError:
    right = "open it in Word and save it as .docx again"
    return InputError(Problem(name, 0, 0, "is not a Word document that can be read", right))


def _body_problem(file: Path) -> Problem:
    text = "the field 'body' does not stand alone in a paragraph of the text, once"
    return Problem(str(file), 0, 0, text, "write {{p body }}, with the p, and nothing beside it")


def _run(word: Any, context: dict[str, Any], file: Path) -> None:
    from jinja2 import TemplateError

    try:
        word.render(context, _sandbox())
    except TemplateError as error:
        text = f"cannot be filled: {error.message or error}"
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        text = f"has a field that cannot be worked out: {error}"
    else:
        return
    raise InputError(Problem(str(file), 0, 0, text, "fields are written {{ name }}"))


def _sandbox() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
