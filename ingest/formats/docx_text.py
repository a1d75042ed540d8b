"""The text of Word's XML: what a reader sees of a paragraph, and what its style makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.text import clean, squeeze

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Content controls, tracked insertions and the like: their content belongs to what holds them.
_WRAPPERS = frozenset([W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")]).union(
    [_MC + "AlternateContent", _MC + "Choice"]
)
# Tracked deletions, properties, reading aids, the second form of a drawing; text boxes are paragraphs of their own.
_HIDDEN = frozenset([W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "rt", "txbxContent")]).union(
    [_MC + "Fallback"]
)
_SIGNS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-", W + "p": " "}
# Word's own lists of styles inherit four or five deep; a loop in a broken file must end.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is by its style: a heading of a level (1 is the title), an item, a line of contents, or text."""

    level: int = 0
    item: bool = False
    contents: bool = False


def children(node: etree._Element) -> Iterator[etree._Element]:
    """The elements in a node, those in wrappers in their place."""
    for child in node:
        if child.tag in _WRAPPERS:
            yield from children(child)
        elif isinstance(child.tag, str) and child.tag not in _HIDDEN:
            yield child


def text_of(node: etree._Element) -> str:
    """What a reader sees of the node, in one line."""
    return squeeze(clean("".join(_pieces(node))))


def _pieces(node: etree._Element) -> Iterator[str]:
    for child in children(node):
        if child.tag in (W + "t", _M + "t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
            yield from _pieces(child)
        elif not (child.tag == W + "r" and _on(child.find(f"{W}rPr/{W}vanish"))):
            yield from _pieces(child)


def _on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(W + "val", "true") not in ("0", "false", "off")


class Styles:
    """The roles that a document's paragraph styles give."""

    def __init__(self, root: etree._Element) -> None:
        self._by_id = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
        self._roles: dict[str | None, Role] = {}

    def role(self, paragraph: etree._Element) -> Role:
        """The role of a paragraph, from its own properties first and its style second."""
        own = paragraph.find(W + "pPr")
        name = _value(own, "pStyle")
        if name not in self._roles:
            self._roles[name] = self._of_style(name)
        role = self._roles[name]
        if role.contents or own is None:
            return role
        level = _outline(own)
        number = _value(own, "numPr/" + W + "numId")
        return Role(role.level if level is None else level, role.item if number is None else number != "0")

    def _of_style(self, name: str | None) -> Role:
        """The first style in the chain of those it is based on that says what it is."""
        for _ in range(_DEEPEST):
            style = self._by_id.get(name)
            if style is None:
                break
            role = _said(style)
            if role is not None:
                return role
            name = _value(style, "basedOn")
        return Role()


def _said(style: etree._Element) -> Role | None:
    # Word writes the names of its own styles in English, whatever language its menus are in.
    name = (_value(style, "name") or "").lower()
    properties = style.find(W + "pPr")
    level = _outline(properties)
    if re.match(r"toc\b|contents \d", name):
        return Role(contents=True)
    if heading := re.fullmatch(r"heading ([1-9])", name):
        return Role(min(int(heading[1]) + 1, 6))
    if name == "title":
        return Role(1)
    if level is not None:
        return Role(level)
    numbered = _value(properties, "numPr/" + W + "numId") not in (None, "0")
    return Role(item=True) if numbered or name.startswith("list") else None


def _outline(properties: etree._Element | None) -> int | None:
    """The level that lies under the title, as that of "Heading 1" does; 9 says body text."""
    value = _value(properties, "outlineLvl")
    if value is None or not re.fullmatch("[0-9]", value):
        return None
    return 0 if value == "9" else min(int(value) + 2, 6)


def _value(node: etree._Element | None, path: str) -> str | None:
    found = node.find(W + path) if node is not None else None
    return found.get(W + "val") if found is not None else None
