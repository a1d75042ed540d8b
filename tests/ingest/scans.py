"""Scanned PDFs made for the tests, and a program that stands in for tesseract."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from pypdf import PdfReader, PdfWriter

# What tesseract says of one line, in the middle of an A4 page at 300 dpi.
SEEN = (
    "<html><body><span class='ocr_line' title='bbox 300 1000 1800 1050; baseline 0 -10; x_size 47'>"
    "<span class='ocrx_word' title='bbox 300 1000 900 1050; x_wconf {sure}'>Rooms</span> "
    "<span class='ocrx_word' title='bbox 950 1000 1800 1050; x_wconf {sure}'>open</span></span></body></html>"
)


def scanned(data: bytes, *, dpi: int = 200, turned: int = 0) -> bytes:
    """The PDF with every page made an image, turned by so many degrees."""
    with pypdfium2.PdfDocument(data) as source, pypdfium2.PdfDocument.new() as made:
        for page in source:
            bitmap = page.render(scale=dpi / 72, rotation=turned, grayscale=True)
            width, height = (side * 72 / dpi for side in (bitmap.width, bitmap.height))
            image = pypdfium2.PdfImage.new(made)
            image.set_bitmap(bitmap)
            image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
            target = made.new_page(width, height)
            target.insert_obj(image)
            target.gen_content()
        saved = io.BytesIO()
        made.save(saved)
    return saved.getvalue()


def stamped(data: bytes, stamp: bytes) -> bytes:
    """The PDF with the first page of the stamp printed over each of its pages."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.merge_page(PdfReader(io.BytesIO(stamp)).pages[0])
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def pretend_tesseract(folder: Path, reading: str) -> str:
    """A program of that name, as a PATH to find it on; `reading` is the shell command that answers for an image."""
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        "--version) echo 'tesseract 9.1';;\n"
        "--list-langs) printf 'List of available languages (2):\\neng\\nfra\\n';;\n"
        f"*) {reading};;\n"
        "esac\n"
    )
    program.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"
