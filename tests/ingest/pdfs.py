"""PDFs made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


def make_pdf(
    pages: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    outline: Sequence[tuple[int, int, str]] = (),
    roman: int | None = None,
    user: str | None = None,
) -> bytes:
    """A PDF with these lines; `outline` has (page from 0, level from 0, title), `roman` pages are numbered i, ii ...

    `user` is the password that readers need; empty, the file is encrypted and opens without one.
    """
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=None if user is None else StandardEncryption(user, "the owner's"))
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    if title:
        canvas.setTitle(title)
    if roman is not None:
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(roman, style="ARABIC")
    for number, lines in enumerate(pages):
        for page, level, heading in outline:
            if page == number:
                canvas.bookmarkPage(heading)
                canvas.addOutlineEntry(heading, heading, level)
        canvas.setFont("Vera", 9)
        canvas.rect(10, 10, 50, 50)
        for row, line in enumerate(lines):
            canvas.drawString(40, 800 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
