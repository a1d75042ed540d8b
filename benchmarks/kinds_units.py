# ruff: noqa: E501
"""Units of text from the evaluation folder, always cut the same way: what the labels of `kinds_labels.jsonl` are about.

A unit is 30 to 250 words that stand together: paragraphs of one page of a PDF, blocks of one page of a policy, one part of
a web page (a menu, a footer, a list, some paragraphs), paragraphs of one section of its article, one abstract. The kinds
that the chunker gives play no part in how they are cut.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from corpus.errors import SourceError
from ingest.formats.detect import parse
from ingest.formats.markup import MACHINERY, BlockReader
from ingest.formats.raw import RawSource
from ingest.formats.xhtml import html_blocks

LEAST, USUAL, MOST = 30, 120, 250
_PARTS = ("article", "aside", "div", "footer", "form", "header", "li", "main", "nav", "ol", "section", "table", "ul")


@dataclass(frozen=True, slots=True)
class Unit:
    """A text with the path of its file within the folder, the headings it stands under, and where in the file it was."""

    origin: str
    text: str
    section: tuple[str, ...] = ()
    place: str = ""

    @property
    def key(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of its letters and digits: spaces and punctuation do not matter."""
        return sha256("".join(filter(str.isalnum, self.text.casefold())).encode()).hexdigest()[:16]


def units(folder: Path) -> Iterator[Unit]:
    """All units of the folder's PDFs, web pages, policies, abstracts and paragraphs in other languages."""
    for path in sorted(folder.glob("pdf/*.pdf")):
        yield from _of_file(path, path.read_bytes(), folder)
    for path in sorted(folder.glob("html/pages/*.html.gz")):
        data = gzip.decompress(path.read_bytes())
        yield from _of_file(path, data, folder)
        yield from _of_frames(path, data, folder)
    yield from _of_policies(folder / "policy-passages.jsonl")
    for path in sorted(folder.glob("retrieval/*/corpus.jsonl")) + sorted(folder.glob("crosslingual/corpus_*.jsonl")):
        for number, line in enumerate(_lines(path)):
            if number % 50 == 0 and LEAST <= words(line["text"]) <= MOST:
                yield Unit(path.relative_to(folder).as_posix(), line["text"], (line["title"],) if line["title"] else ())
    for path in sorted(folder.parent.glob("sources/*.txt")):
        for joined in _joined(re.split(r"\n\s*\n", path.read_text())):
            yield Unit(f"../sources/{path.name}", joined)


def words(text: str) -> int:
    """How many words a text has; two letters of Chinese, Japanese or Korean count as one."""
    return len(text.split()) + len(re.findall(r"[\u3040-\u9fff\uac00-\ud7af]", text)) // 2


def _joined(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs together up to the usual length; a longer one is cut at words, and what is too short is left out."""
    waiting: list[str] = []
    for paragraph in paragraphs:
        if waiting and words("\n\n".join([*waiting, paragraph])) > (USUAL if words(waiting[0]) >= LEAST else MOST):
            yield from _cut("\n\n".join(waiting))
            waiting = []
        waiting.append(paragraph)
    yield from _cut("\n\n".join(waiting))


def _cut(text: str) -> Iterator[str]:
    if words(text) <= MOST:
        if words(text) >= LEAST:
            yield text
        return
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    middle = ends[len(ends) // 2] if len(ends) > LEAST else len(text) // 2
    yield from _cut(text[:middle].strip())
    yield from _cut(text[middle:].strip())


def _of_file(path: Path, data: bytes, folder: Path) -> Iterator[Unit]:
    try:
        document = parse(RawSource(path.name.removesuffix(".gz"), data))
    except SourceError:
        return
    origin = path.relative_to(folder).as_posix()
    pages = [(page.start, page.end, f"page {page.index} of {len(document.pages)}") for page in document.pages]
    for start, end, place in pages or [(0, len(document.text), "article")]:
        for section in document.sections:
            stretch = document.text[max(start, section.start) : min(end, section.end)]
            if max(start, section.start) < min(end, section.end):
                for text in _joined(stretch.split("\n\n")):
                    yield Unit(origin, text, section.path, place)


def _of_frames(path: Path, data: bytes, folder: Path) -> Iterator[Unit]:
    """The whole page part by part, with its menus, footers and notices."""
    soup = BeautifulSoup(data, "lxml")
    for tag in soup(list(MACHINERY - {"head"})):
        tag.decompose()
    origin = path.relative_to(folder).as_posix()
    found = list(_parts(soup.body)) if soup.body else []
    for number, (name, text) in enumerate(found):
        yield Unit(origin, text, (), f"part {number + 1} of {len(found)}: {name}")


def _parts(element: Tag) -> Iterator[tuple[str, str]]:
    """Its text as one, or, where that is too long, that of its parts, those next to each other that are short together."""
    whole = _text(str(element))
    inner = [child for child in element.children if isinstance(child, Tag)]
    if words(whole) <= MOST or not any(child.name in _PARTS or child.find(_PARTS) for child in inner):
        yield from ((element.name, text) for text in _joined(whole.split("\n\n")))
        return
    for short, run in groupby(inner, key=lambda child: words(child.get_text(" ")) < LEAST or child.name not in _PARTS):
        if short:
            text = _text("".join(map(str, run)))
            yield from ((f"{element.name}'s own", piece) for piece in _joined(text.split("\n\n")))
        else:
            for child in run:
                yield from _parts(child)


def _text(markup: str) -> str:
    return "\n\n".join(block.text for block in html_blocks(markup, BlockReader(MACHINERY))) if markup.strip() else ""


def _of_policies(path: Path) -> Iterator[Unit]:
    for (name, page), group in groupby(_lines(path), key=lambda line: (line["document_id"], line["page_number"])):
        for text in _joined([line["text"] for line in group]):
            yield Unit(path.name, text, (), f"{name} page {page}")


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
