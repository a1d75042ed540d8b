"""Web pages: decoded as browsers do, main text by trafilatura, what they say about themselves by BeautifulSoup."""

from __future__ import annotations

import re

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.blocks import assemble
from ingest.formats.encoding import decode, readable
from ingest.formats.html_metadata import read_metadata
from ingest.formats.html_text import main_blocks
from ingest.formats.raw import RawSource

MEDIA_TYPE = "text/html"
# Of <meta charset> and <meta http-equiv>, and of an XML declaration, where browsers look for them.
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})", re.I
)
_LOOKED_AT = 4096
# Pictures that are kept in the page itself; they are most of the bytes of a page saved as one file.
_PICTURE = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,80}(?:;[\w.=-]{1,80}){0,4},[\w%+/=.-]*")
# Of a longer page, what it says about itself stands here.
_TOLD = 2_000_000
# A book of five thousand pages; reading it takes two seconds.
MAX_MARKUP = 20_000_000


def parse_html(raw: RawSource) -> Document:
    """The document of a web page: its main text in sections, and what it says about itself."""
    text = _PICTURE.sub("data:,", readable(decode(raw.data, _charset(raw.data))))
    if len(text) > MAX_MARKUP:
        raise SourceError(f"a page of {len(text) / 1e6:.0f} MB of markup; at most {MAX_MARKUP / 1e6:.0f} MB are read.")
    layout = assemble(main_blocks(text))
    if not layout.text:
        raise SourceError(_why_empty(text))
    said = read_metadata(text[:_TOLD])
    return raw.document(
        layout,
        MEDIA_TYPE,
        title=said.title,
        language=said.language,
        year=said.year,
        publisher=said.publisher,
        authors=said.authors,
        licence=said.licence,
        display=said.display,
        address=said.address,
    )


def _charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_LOOKED_AT])
    return (found[1] or found[2]).decode("ascii") if found else None


def _why_empty(text: str) -> str:
    if re.search(r"<frameset\b", text, re.IGNORECASE):
        return "no main text was found in the page: it only frames other pages; give those."
    if re.search(r"<script\b", text, re.IGNORECASE):
        return "no main text was found in the page: scripts fetch it; save what a browser shows."
    return "no main text was found in the page."
