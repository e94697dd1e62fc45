"""Reading letters from files, and what a file could do to the reader."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from advisor.notice.checking import check
from advisor.notice.reading import MAX_BYTES, of_text, read
from advisor.rulebook.law import Law
from advisor.rulebook.loading import load
from advisor.sources import InputError

LAW = Law(load(), date(2026, 11, 22))
SEED = Path(__file__).with_name("letters") / "mps-01-foi-23-028157.txt"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
}


def packed(path: Path, document: str, **more: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PACKAGE.items():
            archive.writestr(name, text)
        archive.writestr("word/document.xml", document)
        for name, content in more.items():
            archive.writestr(name, content)
    return path


def problem(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0].text


def texts(path: Path) -> list[str]:
    return [line.text for line in read(path).lines]


def test_a_text_file_keeps_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"\xef\xbb\xbfRefusal\r\n\r\nNotice\rEnd")
    assert [(one.number, one.text) for one in read(path).lines] == [
        (1, "Refusal"),
        (2, ""),
        (3, "Notice"),
        (4, "End"),
    ]


def test_word_gives_paragraphs_headings_tables_and_the_footer(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Refusal notice", 1)
    made.add_paragraph("")
    made.add_paragraph("We rely on section 30(1)(b).")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Item", "Exemption", "File", "s40(2)"], strict=True):
        cell.text = text
    made.add_paragraph("Yours faithfully")
    made.sections[0].footer.paragraphs[0].text = "Complain to the Information Commissioner"
    path = tmp_path / "letter.docx"
    made.save(str(path))
    assert read(path).unit == "paragraph"
    assert texts(path) == [
        "Refusal notice",
        "We rely on section 30(1)(b).",
        "Item | Exemption",
        "File | s40(2)",
        "Yours faithfully",
        "Complain to the Information Commissioner",
    ]


def test_word_reads_controls_and_leaves_out_what_was_struck_out(tmp_path: Path) -> None:
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:sdt><w:sdtContent><w:p><w:r><w:t>Kept</w:t></w:r>'
        "</w:p></w:sdtContent></w:sdt><w:p><w:del><w:r><w:delText>Gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>New</w:t><w:tab/><w:t>text</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    assert texts(packed(tmp_path / "letter.docx", body)) == ["Kept", "New text"]


def test_the_same_letter_says_the_same_as_text_markdown_and_word(tmp_path: Path) -> None:
    text = SEED.read_text()
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(str(tmp_path / "letter.docx"))
    (tmp_path / "letter.md").write_text(text)
    statuses = {
        kind: [
            (one.id, one.status)
            for one in check(read(tmp_path / f"letter.{kind}").lines, LAW).findings
        ]
        for kind in ("docx", "md")
    }
    assert statuses["docx"] == statuses["md"]


def test_what_hides_or_reorders_text_is_taken_out() -> None:
    hidden = "Sec\u200btion 3\u200d0(\u202e1)\u00ad(b)\u2069 appl\ufeffies\x1b[31m\x07"
    assert of_text(hidden).lines[0].text == "Section 30(1)(b) applies[31m"


WELSH = b"""\
Annwyl Ms Jones, Diolch am eich cais o dan Ddeddf Rhyddid Gwybodaeth 2000 (Freedom of Information
Act 2000). Mae'r wybodaeth wedi ei heithrio o dan adran 30(1)(a)(i) o'r Ddeddf ac ni chaiff ei
datgelu. Os ydych yn anfodlon gallwch ofyn am adolygiad mewnol. Gallwch hefyd gwyno i'r Comisiynydd
Gwybodaeth (Office of the Information Commissioner), Wycliffe House, Water Lane, Wilmslow."""
GERMAN = b"""\
Wir haben Ihre Anfrage in dieser Sache erhalten. Die Unterlagen werden in keinem Fall herausgegeben,
weil an mehreren Stellen noch Zeugen vernommen werden und niemand sagen kann, was in ihnen steht."""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letter.txt", b"", "has no words in it"),
        ("letter.txt", b" \n\t\n", "has no words in it"),
        ("letter.txt", bytes(range(256)), "is not UTF-8 text"),
        (
            "letter.txt",
            b"VGhpcyBpcyBubyBs" * 5 + b"\n" + b"ZXR0ZXIsIGJ1dCBj" * 5,
            "does not read as a letter",
        ),
        ("letter.txt", b"Mae'r wybodaeth wedi ei heithrio o dan adran 30. " * 4, "in English"),
        ("letter.txt", WELSH, "in English"),
        ("letter.txt", GERMAN, "in English"),
        ("letter.txt", b"Dear\0 Sir", "is not text"),
        ("letter.docx", b"", "is empty"),
        ("letter.docx", b"PK\x03\x04 not a zip", "is not a Word document that can be read"),
        ("letter.docx", b"\xd0\xcf\x11\xe0 an old .doc", "is not a Word document"),
        ("letter.pdf", b"%PDF-1.7", "'.pdf' is not a kind of file that can be read"),
        ("letter", b"Dear Sir", "has no ending"),
        ("letter.txt", b"x" * (MAX_BYTES + 1), "is larger than"),
        ("letter.docx", b"x" * (MAX_BYTES + 1), "is larger than"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in problem(path)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "gone.docx")
    (tmp_path / "folder.docx").mkdir()
    assert "cannot be read" in problem(tmp_path / "folder.docx")


def test_a_zip_bomb_by_what_it_says(tmp_path: Path) -> None:
    bomb = {"word/media/a.bin": bytes(100_000_000)}
    assert "unpacks to more" in problem(packed(tmp_path / "bomb.docx", "<a/>", **bomb))


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.docx", "<a>" + " " * 60_000_000 + "</a>")
    raw = path.read_bytes()
    true = (60_000_007).to_bytes(4, "little")
    assert raw.count(true) == 2  # in the entry and in the directory
    path.write_bytes(raw.replace(true, (1000).to_bytes(4, "little")))
    assert "not a Word document" in problem(path)


def test_xml_that_is_too_large_for_a_letter(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.docx", "<a>" + "<b/>" * 10_000_000 + "</a>")
    assert "unpacks to more" in problem(path)


def test_too_many_files(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(3000):
            archive.writestr(f"word/{i}.xml", "")
    assert "unpacks to more" in problem(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    body = (
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Dear &e11; &f; Sir</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    path = packed(tmp_path / "bomb.docx", body)
    assert "not a Word document" in problem(path)


def test_xml_nested_without_end(tmp_path: Path) -> None:
    body = f'<w:document xmlns:w="{WORD}"><w:body>' + "<w:p>" * 5000 + "</w:p>" * 5000
    path = packed(tmp_path / "deep.docx", body + "</w:body></w:document>")
    assert "not a Word document" in problem(path)


def test_a_damaged_document_inside_a_sound_zip(tmp_path: Path) -> None:
    assert "not a Word document" in problem(packed(tmp_path / "letter.docx", "<w:document"))
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "empty.docx").write_bytes(empty.getvalue())
    assert "not a Word document" in problem(tmp_path / "empty.docx")


def steps(text: str) -> int:
    """How many calls it takes to read and check a text."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        check(of_text(text).lines, LAW)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        (SEED.read_text(), 4),
        ("would ", 6_000),
        ("section 30(1)(a) and ", 1_500),
        ("(1)", 4_000),
        ("public interest would not exempt withheld ", 1_000),
        ("It is exempt under section 30. ", 1_200),
        ("| 1 | Burglary | closed |\n", 2_000),
        ("\u202e\u200b", 20_000),
    ],
    ids=["letters", "word", "citations", "brackets", "signs", "refusals", "rows", "hidden"],
)
def test_twice_the_letter_takes_twice_the_steps(piece: str, times: int) -> None:
    once, twice = (steps("We withhold it under section 30" + piece * n) for n in (times, 2 * times))
    assert twice < 2.3 * once


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("We withhold it under section" + " " * 2_000_000 + "30.", ("s30",)),
        ("We withhold it under section 30 of " + "A" * 2_000_000, ("s30",)),
        ("\u202e\u200b" * 1_000_000 + "We withhold it under section 30.", ("s30",)),
        ("We withhold the rows.\n" + "| 1 | section 40(2) |\n" * 10_000, ("s40(2)",)),
        (SEED.read_text() * 100, ("s30(1)(a)",)),
    ],
    ids=["spaces", "one name", "hidden", "rows", "letters"],
)
def test_a_very_long_letter_is_checked(text: str, cited: tuple[str, ...]) -> None:
    assert check(of_text(text).lines, LAW).cited == cited


def test_what_is_longer_than_any_letter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("We withhold the file. " * 230_000)
    assert path.stat().st_size > 5_000_000
    with pytest.raises(InputError, match="is longer than 300,000 words"):
        check(read(path).lines, LAW, name=str(path))
