"""TREC's tagged topics: XML with `<topic number>`, and the older `<top>` whose tags are never closed."""

from __future__ import annotations

import re

from lxml import etree

from corpus.errors import InvalidInput
from corpus.text import squeeze

_FORM = '<topic number="1"><query>...</query></topic>, or <top> with <num> and <title>'
# "<num> Number: 301" and "<title> Topic: ..." of the early collections.
_LABEL = re.compile(r"^(?:number|topic):\s*", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


def tagged_topics(text: str, name: str) -> list[tuple[str, str]]:
    """Ids and questions (the query or title of each topic). Raises InvalidInput with the line that is wrong."""
    return [_topic(element, name) for element in _root(text, name).iter("topic", "top")]


def _root(text: str, name: str) -> etree._Element:
    classic = re.search(r"<top\s*>", text) is not None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=classic)
    if classic:  # a list of topics without a root, with open tags and bare ampersands
        text = f"<topics>{_BARE_AMPERSAND.sub('&amp;', text)}</topics>"
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise InvalidInput(f"{name}, line {error.lineno}: expected {_FORM} ({error.msg}).") from None


def _topic(element: etree._Element, name: str) -> tuple[str, str]:
    number = element.get("number") or element.get("id") or _first(element, "num")
    question = _first(element, "query", "title")
    if not re.fullmatch(r"\S+", number) or not question:
        raise InvalidInput(f"{name}, line {element.sourceline}: expected {_FORM}.")
    return number, question


def _first(element: etree._Element, *tags: str) -> str:
    """The text that follows the first of these tags, up to the next tag."""
    found = next(element.iter(*tags), None)
    return _LABEL.sub("", squeeze(found.text or "")) if found is not None else ""
