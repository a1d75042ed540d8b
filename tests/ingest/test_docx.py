"""A Word file becomes text in sections, in the order in which it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.detect import parse
from ingest.formats.docx import MEDIA_TYPE, parse_docx
from ingest.formats.raw import RawSource


def saved(word: WordFile) -> bytes:
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def read(word: WordFile) -> Document:
    return parse_docx(RawSource("files/evening_rooms.docx", saved(word)))


def changed(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The same package with one part changed or left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.namelist():
            content = change(old.read(member)) if member == name else old.read(member)
            if content is not None:
                new.writestr(member, content)
    return made.getvalue()


def body(xml: str) -> Document:
    """The document of a file whose body begins with this XML."""
    word = docx.Document()
    for node in reversed(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
        word.element.body.insert(0, node)
    return read(word)


def report() -> WordFile:
    word = docx.Document()
    word.add_paragraph("Evening rooms", style="Title")
    word.add_paragraph("What the city did.")
    word.add_heading("Who took part", 1)
    word.add_paragraph("Libraries opened late", style="List Bullet")
    word.add_paragraph("Schools lent rooms", style="List Bullet")
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ["Year", "Learners", "2020", "1500"], strict=True):
        cell.text = text
    word.add_heading("In the suburbs", 2)
    word.add_paragraph("The council wrote a report.")
    word.add_heading("Results", 1)
    word.add_paragraph("Everyone came back.")
    return word


def test_headings_lists_and_tables_keep_their_order() -> None:
    document = read(report())
    assert [(section.path, document.text[section.start : section.end]) for section in document.sections] == [
        (("Evening rooms",), "What the city did."),
        (
            ("Evening rooms", "Who took part"),
            "Libraries opened late\nSchools lent rooms\n\nYear | Learners\n2020 | 1500",
        ),
        (("Evening rooms", "Who took part", "In the suburbs"), "The council wrote a report."),
        (("Evening rooms", "Results"), "Everyone came back."),
    ]


def test_core_properties_are_read() -> None:
    word = report()
    core = word.core_properties
    core.title, core.author, core.language = "Rooms in the evening", "A. Byrne; C. Walsh", "fr-CA"
    core.created = datetime(2019, 5, 1)
    document = read(word)
    assert (document.title, document.authors) == ("Rooms in the evening", ("A. Byrne", "C. Walsh"))
    assert (document.language, document.year, document.media_type) == ("fr", 2019, MEDIA_TYPE)


def test_without_core_properties_nothing_is_made_up() -> None:
    data = changed(saved(report()), "_rels/.rels", lambda old: old.replace(b"metadata/core-properties", b"metadata/x"))
    document = parse_docx(RawSource("a.docx", data))
    assert (document.title, document.authors, document.year) == ("Evening rooms", (), None)


@pytest.mark.parametrize("title", ["", "Microsoft Word - draft", "report.doc", "Untitled"])
def test_a_title_that_software_made_is_passed_over(title: str) -> None:
    word = report()
    word.core_properties.title = title
    word.core_properties.author = "Microsoft Office User"
    assert (read(word).title, read(word).authors) == ("Evening rooms", ())


def test_a_style_of_ones_own_is_a_heading_through_what_it_is_based_on() -> None:
    word = docx.Document()
    style = word.styles.add_style("City heading", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Heading 2"]
    word.add_paragraph("Rooms", style="City heading")
    word.add_paragraph("Text of it.")
    assert read(word).sections[0].path == ("Rooms",)


def test_styles_that_are_based_on_each_other_end() -> None:
    word = docx.Document()
    one, two = (word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in ("One", "Two"))
    one.base_style, two.base_style = two, one
    word.add_paragraph("Text of it.", style="One")
    assert read(word).text == "Text of it."


def test_an_outline_level_is_a_heading_and_a_long_heading_is_text() -> None:
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    document = body(heading.format("Rooms") + heading.format("long words " * 30))
    assert document.sections[0].path == ("Rooms",)
    assert document.text.startswith("long words")


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:t>old </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "old new"),
        ("<w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "kept"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r>", "seen"),
        ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "one two three"),
        ("<w:sdt><w:sdtContent><w:r><w:t>a control</w:t></w:r></w:sdtContent></w:sdt>", "a control"),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>", "a link"),
        ("<w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7"),
    ],
)
def test_what_a_reader_sees_is_read(xml: str, text: str) -> None:
    assert body(f"<w:p>{xml}</w:p>").text == text


def test_content_controls_and_frames_are_opened_and_the_contents_left_out() -> None:
    word = report()
    word.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph("Who took part 3", style="toc 1")
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    document = body(
        f"<w:sdt><w:sdtContent>{paragraph.format('In a control.')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{paragraph.format('One.')}{paragraph.format('Two.')}</w:tc></w:tr></w:tbl>"
    )
    assert document.text == "In a control.\n\nOne.\n\nTwo."
    assert "took part 3" not in read(word).text


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    document = body(
        f"<w:p><w:r><w:t>Before.</w:t><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert document.text == "Before.\n\nIn a box."


def test_text_from_right_to_left_keeps_its_letters_in_reading_order() -> None:
    word = docx.Document()
    word.add_heading("مدن التعلم", 1)
    word.add_paragraph("فتحت المدينة 12 قاعة للمتعلمين.")
    document = read(word)
    assert (document.title, document.text) == ("مدن التعلم", "فتحت المدينة 12 قاعة للمتعلمين.")


@pytest.mark.parametrize("source", ["a.docx", "a.txt", "a.pdf", "A.DOC"])
def test_a_word_file_is_known_by_its_content(source: str) -> None:
    assert parse(RawSource(source, saved(report()))).media_type == MEDIA_TYPE


def test_what_is_named_docx_and_is_none_is_refused() -> None:
    with pytest.raises(SourceError, match=r"named \.docx, but it holds no Word document"):
        parse(RawSource("a.docx", b"The city opened rooms."))
    with pytest.raises(SourceError, match="the file is empty"):
        parse(RawSource("a.docx", b""))


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(SourceError, match="no text was found"):
        read(docx.Document())


@pytest.mark.parametrize("name", ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize("change", [lambda old: old[: len(old) // 2], lambda old: b"", lambda old: None])
def test_a_broken_file_is_refused(name: str, change: Callable[[bytes], bytes | None]) -> None:
    data = changed(saved(report()), name, change)
    with pytest.raises(SourceError, match="not a readable Word file"):
        parse_docx(RawSource("a.docx", data))


def test_a_file_with_macros_is_named() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = changed(saved(report()), "[Content_Types].xml", lambda old: old.replace(kind, macros))
    with pytest.raises(SourceError, match=r"save it as \.docx"):
        parse(RawSource("a.docm", data))


@pytest.mark.parametrize("read_by", [parse, parse_docx])
def test_a_password_is_named_as_the_reason(read_by: Callable[[RawSource], Document]) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    with pytest.raises(SourceError, match="protected by a password"):
        read_by(RawSource("a.docx", data))


def attacked(definitions: str, use: str) -> bytes:
    def change(old: bytes) -> bytes:
        declaration, rest = old.split(b"?>", 1)
        rest = rest.replace(b"<w:body>", f"<w:body><w:p><w:r><w:t>Seen. {use}</w:t></w:r></w:p>".encode())
        return declaration + f"?><!DOCTYPE w [{definitions}]>".encode() + rest

    return changed(saved(report()), "word/document.xml", change)


def test_entities_are_not_expanded() -> None:
    document = parse_docx(RawSource("a.docx", attacked('<!ENTITY a "lol">', "&a;")))
    assert "Seen." in document.text
    assert "lol" not in document.text


@pytest.mark.parametrize("place", [b"<w:t>Seen. &a9;</w:t>", b'<w:t w:x="&a9;">Seen.</w:t>'])
def test_a_billion_laughs_are_refused(place: bytes) -> None:
    laughs = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{i} "' + f"&a{i - 1};" * 10 + '">' for i in range(1, 10))
    data = changed(
        attacked(laughs, "&a9;"), "word/document.xml", lambda old: old.replace(b"<w:t>Seen. &a9;</w:t>", place)
    )
    with pytest.raises(SourceError, match="XMLSyntaxError"):
        parse_docx(RawSource("a.docx", data))


def test_nothing_local_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    data = attacked(f'<!ENTITY e SYSTEM "{secret.as_uri()}">', "&e;")
    assert "secret" not in parse_docx(RawSource("a.docx", data)).text
