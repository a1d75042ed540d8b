"""Pages that are images are read where tesseract is installed; where they are not, it is said why and what to do."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import fold
from ingest.formats import ocr
from ingest.formats.pdf import parse_pdf
from ingest.formats.raw import RawSource, Reading
from tests.ingest.pdfs import make_pdf
from tests.ingest.raw_pdfs import media_box
from tests.ingest.scans import SEEN, pretend_tesseract, scanned, stamped

real = pytest.mark.skipif(
    not (shutil.which("tesseract") or os.environ.get("LEARNCITIES_REQUIRE_OCR")), reason="tesseract is not installed"
)
Pretend = Callable[..., None]

PAGES = [
    [
        "Libraries of the old town were opened in the evening for everyone",
        "who wanted to learn to read, to write and to reckon. Volunteers who",
        "had taught in schools before took turns, and nobody had to pay for",
        "a course. In its first winter 312 people came to the reading rooms.",
    ],
    [
        "The council then asked four employers to give their workers two paid",
        "hours a week. Nine in ten of those who began were still there after",
        "a year, according to a survey by the university, and most went on to",
        "a second course. What was hard to find was money for heating.",
    ],
]
LEFT = [f"Left column line {word} runs on about learning" for word in ("one", "two", "three", "four", "five", "six")]
RIGHT = [f"Right column line {word} tells of libraries" for word in ("one", "two", "three", "four", "five", "six")]


def read(data: bytes, languages: str | None = "eng") -> Document:
    return parse_pdf(RawSource("files/scan.pdf", data, Reading(ocr=languages)))


def recall(document: Document, lines: Sequence[str]) -> float:
    gold, found = (Counter(re.findall(r"\w+", fold(text))) for text in (" ".join(lines), document.text))
    return (gold & found).total() / gold.total()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """The program is looked for once in a process; here its place changes from test to test."""
    ocr.installed.cache_clear()
    yield
    ocr.installed.cache_clear()


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pretend:
    """Put a program in tesseract's place that answers with a file of this text, or with a command."""

    def as_one(seen: str = "", command: str = "") -> None:
        (tmp_path / "seen").write_text(seen)
        reading = command or f"cat > /dev/null; cat {tmp_path}/seen"
        monkeypatch.setenv("PATH", pretend_tesseract(tmp_path, reading))

    return as_one


@real
def test_two_scanned_pages_are_read_and_the_document_says_so() -> None:
    document = read(scanned(make_pdf(PAGES)))
    assert recall(document, [*PAGES[0], *PAGES[1]]) >= 0.95
    assert [(page.index, page.start < page.end) for page in document.pages] == [(1, True), (2, True)]
    assert document.trust == ("text of 2 pages was read from images (OCR); check quotations against the source",)
    assert document.warnings == ()


@real
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_its_head_is_read(turned: int) -> None:
    page = [line for number in range(6) for line in PAGES[number % 2]]
    document = read(scanned(make_pdf([page]), turned=turned))
    assert recall(document, page) >= 0.95
    assert document.text.index("Libraries") < document.text.index("The council")


@real
def test_columns_headings_and_hyphens_of_an_image_are_those_of_the_page() -> None:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(600, 800))
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(40, 740, "Evening rooms")
    canvas.setFont("Helvetica", 10)
    left = [
        "Volunteers opened the rooms in the even-",
        "ing for everyone who came to learn and",
        "stayed until ten.",
        *LEFT,
    ]
    right = [
        "The council lent the heating, and four",
        "of the employers gave paid hours to",
        "those who asked.",
        *RIGHT,
    ]
    for row, lines in enumerate(zip(left, right, strict=True)):
        for x, line in zip((40, 330), lines, strict=True):
            canvas.drawString(x, 700 - 12 * row, line)
    canvas.save()
    document = read(scanned(made.getvalue()))
    assert [section.path for section in document.sections] == [("Evening rooms",)]
    assert "in the evening for everyone who came to learn and stayed until ten." in document.text
    assert document.text.index("until ten") < document.text.index("The council lent")


@real
def test_a_stamp_on_every_image_is_no_text_layer() -> None:
    stamp = make_pdf([["Downloaded from the library"]])
    document = read(stamped(scanned(make_pdf([PAGES[0], PAGES[1], PAGES[0]])), stamp))
    assert "reading rooms" in document.text
    assert len(document.trust) == 1


@real
def test_images_among_pages_of_text_are_read_in_their_place() -> None:
    document = read(stamped(scanned(make_pdf([PAGES[0]])), make_pdf([[]])))
    assert document.text.startswith("Libraries of the old town")


def test_pages_that_ocr_finds_nothing_on_are_counted_and_told(pretend: Pretend) -> None:
    pretend(SEEN.format(sure=95))
    document = read(make_pdf([PAGES[0], [], PAGES[1]]))
    assert document.trust == ("text of 1 page was read from images (OCR); check quotations against the source",)
    pretend("<html/>")
    document = read(make_pdf([PAGES[0], [], PAGES[1]]))
    assert document.warnings == ("no text layer on page(s) 2; OCR found no text in them",)
    (page,) = [page for page in document.pages if page.start == page.end]
    assert page.index == 2


def test_what_ocr_could_only_guess_at_is_left_out(pretend: Pretend) -> None:
    pretend(SEEN.format(sure=50))
    document = read(make_pdf([PAGES[0], [], []]))
    assert "Rooms open" not in document.text
    assert document.warnings == (
        "OCR with eng could not make out page(s) 2-3; name the languages they are written in with the setting `ocr`",
    )


@pytest.mark.parametrize(
    ("languages", "reason"),
    [
        (None, "switch on OCR with the setting `ocr`, such as eng"),
        ("fra+chi_sim+ara", "tesseract has no language chi_sim, ara: "
         "install tesseract-ocr-chi-sim tesseract-ocr-ara or change the setting `ocr`"),
    ],
)  # fmt: skip
def test_scans_that_are_not_read_say_why(pretend: Pretend, languages: str | None, reason: str) -> None:
    pretend(SEEN.format(sure=95))
    with pytest.raises(SourceError) as error:
        read(make_pdf([[], []]), languages)
    assert str(error.value) == f"no text layer: 2 page(s) of images; {reason}."
    assert read(make_pdf([PAGES[0], []]), languages).warnings == (f"no text layer on page(s) 2; {reason}",)


def test_without_tesseract_a_scan_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.installed() is None
    with pytest.raises(SourceError, match=r"1 page\(s\) of images; install tesseract \(Debian: tesseract-ocr\)"):
        read(make_pdf([[]]))


@pytest.mark.parametrize("command", ["exit 1", "kill -9 $$", "echo no hOCR", "printf '<a><b>'", "printf '\\377\\000'"])
def test_a_tesseract_that_fails_costs_the_page(pretend: Pretend, command: str) -> None:
    pretend(command=command)
    assert read(make_pdf([PAGES[0], []])).warnings == ("no text layer on page(s) 2; OCR found no text in them",)


@pytest.mark.parametrize("size", [b"1000000000 1000000000", b"14400 1", b"1 14400", b"0 0", b"1e39 1e39", b"-5 -5"])
def test_a_page_of_any_size_is_an_image_of_bounded_size(pretend: Pretend, tmp_path: Path, size: bytes) -> None:
    pretend(command=f"head -c 20 > {tmp_path}/image; cat > /dev/null")
    with pytest.raises(SourceError, match="no text layer"):
        read(media_box(size))
    image = tmp_path / "image"
    if image.exists():  # else all of it was white
        _, width, height, _ = image.read_bytes().split(maxsplit=3)
        assert 0 < int(width) <= 5001
        assert 0 < int(height) <= 5001
