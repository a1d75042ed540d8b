"""Markup is read by events, from a parser or from a tree: no depth and no size needs recursion or a second pass.

All text is kept but what `skipped` names: what is the main text is decided by others.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.text import squeeze
from ingest.formats.blocks import Block
from ingest.formats.markup_blocks import BLOCKS, JOINT, BlockBuilder

# What is no text for reading, in books as in pages; ruby and formulas repeat in it what stands there already.
MACHINERY = frozenset(
    {"annotation", "annotation-xml", "audio", "canvas", "embed", "head", "iframe", "noscript", "object", "rp", "rt"}
    | {"script", "style", "svg", "template", "textarea", "title", "video"}
)
# What browsers put in its place.
_TEXTS = {"br": ("\n", ""), "q": ("“", "”")}
_NONE: Mapping[str, str] = {}
# Of links, the short ones tell what is a button.
_LONGEST_LINK = 50


class BlockReader:
    """A target for an lxml parser: `close` gives the blocks; `skipped` are the elements that are left out.

    It counts `elements` with their attributes, the `depth` to which they are nested, the sum of their `depths`, and
    collects the texts of `links` within the page.
    """

    def __init__(self, skipped: frozenset[str]) -> None:
        self.elements = 0
        self.depth = 0
        self.depths = 0
        self.links: set[str] = set()
        self._skipped = skipped
        self._skipping = 0
        self._open = 0
        self._link: int | None = None
        self._built = BlockBuilder()

    def start(self, tag: str, attributes: Mapping[str, str] = _NONE) -> None:
        """An element begins."""
        name = local_name(tag)
        self.elements += 1 + len(attributes)
        self._open += 1
        self.depth = max(self.depth, self._open)
        self.depths += self._open
        if self._skipping or name in self._skipped:
            self._skipping += 1
        elif name in BLOCKS:
            self._built.begin(name)
        elif name in _TEXTS:
            self._built.pieces.append(_TEXTS[name][0])
        else:
            self._inline(name, attributes)

    def data(self, text: str) -> None:
        """Text in it."""
        if not self._skipping:
            self._built.text(text)

    def end(self, tag: str) -> None:
        """It ends."""
        name = local_name(tag)
        self._open -= 1
        if self._skipping:
            self._skipping -= 1
        elif name in BLOCKS:
            self._built.end(name)
        elif name in _TEXTS:
            self._built.pieces.append(_TEXTS[name][1])
        elif name == "a":
            if self._link is None:
                self._built.open_links = max(0, self._built.open_links - 1)
            else:
                self.links.add(squeeze("".join(self._built.pieces[self._link :]))[:_LONGEST_LINK])

    def close(self) -> list[Block]:
        """The blocks, those of what was never closed among them."""
        return self._built.result()

    def _inline(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "a":
            within = attributes.get("href", "").startswith(("#", "javascript:"))
            self._link = len(self._built.pieces) if within else None
            self._built.open_links += not within
        if self._built.level:
            self._built.pieces.append(JOINT)


def local_name(tag: object) -> str:
    """The tag without its namespace; nothing for comments, instructions and entities."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
