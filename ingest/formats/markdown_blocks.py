"""The text of Markdown in blocks: headings, paragraphs, lists as lines, tables as rows, code as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.formats.blocks import Block
from ingest.formats.plain_lines import joined

_LISTS = {"bullet_list_open": 1, "ordered_list_open": 1, "bullet_list_close": -1, "ordered_list_close": -1}


def markdown_blocks(text: str) -> Iterator[Block]:
    """Headings and paragraphs, lists as lines and tables as rows, code as it stands, in order."""
    level, lists = 0, 0
    lines: list[str] = []
    rows: list[list[str]] = []
    for token in _parser().parse(text):
        lists += _LISTS.get(token.type, 0)
        if lines and (not lists or token.type == "heading_open"):
            yield Block("\n".join(lines))
            lines = []
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield Block("\n".join(" | ".join(row) for row in rows))
            rows = []
        elif content := _content(token):
            if rows:
                rows[-1].append(content)
            elif level or not lists:
                yield Block(content, level)
            else:
                lines.append(content)
            level = 0


def _content(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    return _plain(token) if token.type == "inline" else ""


def _plain(token: Token) -> str:
    """The words of a paragraph; lines that the writer wrapped are joined."""
    lines = [""]
    for child in token.children or []:
        if child.type == "softbreak":
            lines.append("")
        else:
            lines[-1] += "\n" if child.type == "hardbreak" else child.content
    return joined(lines).strip()


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
