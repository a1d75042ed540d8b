"""Text in images, read by the program tesseract where it is installed.

The program itself, fed through pipes, and not pytesseract as the blueprint has it: pytesseract hands each page over
in a temporary file, and the child that parses may write no files.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from lxml import etree

# So many pages of one file are read at most: 5,000 of text take 20 s, 5,000 of images two hours, of one core.
MAX_PAGES = 5000
# Told (pages read so far, pages to read) after each image; the parser's child says so that it is alive.
on_page: ContextVar[Callable[[int, int], None]] = ContextVar("on_page", default=lambda _page, _pages: None)
# A full page takes 1.4 s, and a minute where many share the cores; one that takes longer is a photograph or noise.
# It is less than the wall time that the parser gets for a page, so that one page costs the file nothing else.
_PATIENCE = 100.0
# Mean confidence of a line, 0 to 100: printed text has 80 to 96; logos, signatures and stains read as letters below 40.
_LEAST, _PRINTED = 40.0, 80.0
_TITLE = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)(?:; baseline \S+ (-?[\d.]+))?")
_SIZE, _ANGLE, _SURE = re.compile(r"x_size ([\d.]+)"), re.compile(r"textangle (\d+)"), re.compile(r"x_wconf (\d+)")
_BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff]) (?=[\u3040-\u30ff\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program that is installed, with the languages that it has."""

    version: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """Grey pixels, one byte each, row by row."""

    width: int
    height: int
    pixels: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A line in an image: edges and baseline in pixels from the upper left corner; `sure` is 0 to 100."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    sure: float


@cache
def installed() -> Tesseract | None:
    """The tesseract of this machine; None where there is none."""
    try:
        version = _run(["--version"], timeout=20).split()
        languages = _run(["--list-langs"], timeout=20).splitlines()[1:]
    except (OSError, subprocess.SubprocessError):
        return None
    return Tesseract(version[1] if len(version) > 1 else "of unknown version", tuple(languages))


def unready(languages: str | None) -> str:
    """Why images cannot be read in these languages, and what to do; empty when they can."""
    if not languages:
        return "switch on OCR with the setting `ocr`, such as eng"
    program = installed()
    if program is None:
        return "install tesseract (Debian: tesseract-ocr) to have them read"
    missing = [language for language in languages.split("+") if language not in program.languages]
    packages = " ".join(f"tesseract-ocr-{language.lower().replace('_', '-')}" for language in missing)
    fault = f"tesseract has no language {', '.join(missing)}: install {packages} or change the setting `ocr`"
    return fault if missing else ""


def read(image: Image, languages: str) -> list[Seen]:
    """The lines of an image in reading order; none where it holds no text, or cannot be read in time."""
    if image.pixels.count(image.pixels[:1]) == len(image.pixels):
        return []
    program = installed()
    # Finds out whether the page lies on its side or its head (0.25 s), where the data for it is there.
    layout = "1" if program and "osd" in program.languages else "3"
    options = ["-l", languages, "--psm", layout, "--dpi", str(image.dpi), "-c", "tessedit_create_hocr=1"]
    header = b"P5 %d %d 255\n" % (image.width, image.height)
    try:
        found = _run(["-", "-", *options], _PATIENCE, header + image.pixels)
        return [line for line in _lines(found, image) if line.sure >= _LEAST]
    except (OSError, subprocess.SubprocessError, etree.XMLSyntaxError):
        return []


def _run(arguments: list[str], timeout: float, data: bytes = b"") -> str:
    environment = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    done = subprocess.run(  # noqa: S603  # fixed arguments; the languages are checked against the installed ones
        ["tesseract", *arguments],  # noqa: S607  # wherever this machine has it
        input=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=timeout,
        check=True,
        # More threads than one make a page slower, not faster, and take the cores of other parsers.
        env={**environment, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", errors="replace")


def _lines(hocr: str, image: Image) -> list[Seen]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(hocr.encode(), parser)
    if root is None:
        return []
    spans = (span for span in root.iter("{*}span") if span.get("class") != "ocrx_word")
    return [line for span in spans if (line := _line(span, image))]


def _line(span: etree._Element, image: Image) -> Seen | None:
    title = span.get("title", "")
    words = [("".join(map(str, word.itertext())).strip(), _number(_SURE, word.get("title", ""))) for word in span]
    # A stain reads as a dash or a bar, but not surely.
    words = [(word, sure) for word, sure in words if any(map(str.isalnum, word)) or (word and sure >= _PRINTED)]
    place = _TITLE.search(title)
    if place is None or not words:
        return None
    left, _, right, bottom = _upright([int(value) for value in place.groups()[:4]], _number(_ANGLE, title), image)
    text = _BETWEEN_IDEOGRAPHS.sub("", " ".join(word for word, _ in words))
    sure = fmean(number for _, number in words)
    return Seen(text, left, right, bottom + float(place[5] or 0), _number(_SIZE, title), sure)


def _number(pattern: re.Pattern[str], title: str) -> float:
    found = pattern.search(title)
    return float(found[1]) if found else 0.0


def _upright(box: list[int], angle: float, image: Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom as they are once the page is turned so that its text is upright."""
    left, top, right, bottom = box
    if angle == 90:
        return image.height - bottom, left, image.height - top, right
    if angle == 180:
        return image.width - right, image.height - bottom, image.width - left, image.height - top
    if angle == 270:
        return top, image.width - right, bottom, image.width - left
    return left, top, right, bottom
