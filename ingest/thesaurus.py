"""A SKOS file becomes a Thesaurus: RDF/XML, Turtle, N-Triples or JSON-LD; only door to rdflib."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from corpus.console import Progress
from corpus.errors import InvalidInput
from corpus.text import clean, squeeze
from corpus.thesaurus import Concept, Thesaurus

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

# The UNESCO Thesaurus has 3 MB and 4,420 concepts, AGROVOC, among the largest, some 41,000.
MAX_BYTES, MAX_CONCEPTS = 200 * 2**20, 100_000
# A longer label is a sentence, and no question holds it.
MAX_NAME, MAX_HEAD = 100, 300
_SKOS, _XL = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2008/05/skos-xl#"
_TITLES = ("http://purl.org/dc/terms/title", "http://purl.org/dc/elements/1.1/title", _SKOS + "prefLabel",
           "http://www.w3.org/2000/01/rdf-schema#label")  # fmt: skip
_LICENCES = ("http://purl.org/dc/terms/license", "http://creativecommons.org/ns#license",
             "http://purl.org/dc/terms/rights", "http://purl.org/dc/elements/1.1/rights")  # fmt: skip
_OWNERS = ("http://purl.org/dc/terms/rightsHolder", "http://purl.org/dc/terms/publisher",
           "http://purl.org/dc/elements/1.1/publisher", "http://purl.org/dc/terms/creator")  # fmt: skip
_COMMONS = re.compile(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([\d.]+)(?:/([a-z]+))?")
_NO_RDFLIB = 'Importing a thesaurus needs rdflib: pip install "learncities[skos]" (or: pip install rdflib).'


def read_skos(path: Path, show: Progress) -> Thesaurus:
    """The thesaurus in a SKOS file. Raises InvalidInput saying what is wrong with it."""
    show("read", 0, None, path.name)
    graph = _parsed(path)
    concepts = tuple(sorted(_concepts(graph, show), key=lambda concept: concept.id))
    if not concepts:
        raise InvalidInput(f"{path.name!r} holds no SKOS concept with a preferred label.")
    return Thesaurus(*_head(graph, path), concepts)


def _parsed(path: Path) -> Graph:
    try:
        from rdflib import Graph
    except ImportError:
        raise InvalidInput(_NO_RDFLIB) from None
    if not path.is_file():
        raise InvalidInput(f"There is no file {str(path)!r}.")
    if path.stat().st_size > MAX_BYTES:
        raise InvalidInput(
            f"{path.name!r} has more than {MAX_BYTES // 2**20} MB; a thesaurus of that size is not read."
        )
    content = path.read_bytes()
    form = _form(content, path)
    {"xml": _check_xml, "json-ld": _check_json}.get(form, _check_nothing)(content, path.name)
    try:
        with warnings.catch_warnings(action="ignore"):  # rdflib warns of names that it uses itself
            return Graph().parse(data=content, format=form, publicID="urn:thesaurus")
    except (MemoryError, RecursionError):
        raise InvalidInput(f"{path.name!r} is nested too deeply to be read.") from None
    except Exception as error:  # each of rdflib's parsers fails in its own ways, undeclared ones among them
        told = squeeze(clean(str(error)))[:160] or type(error).__name__
        raise InvalidInput(f"{path.name!r} is no {_FORMS[form]} file: {told}") from None


_FORMS = {"xml": "RDF/XML", "json-ld": "JSON-LD", "nt": "N-Triples", "turtle": "Turtle"}


def _form(content: bytes, path: Path) -> str:
    """What the file is written in: by its first character, then by its ending."""
    ending = path.suffix.lower()
    start = content[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if start == b"{" or (start == b"[" and "json" in ending):
        return "json-ld"
    if start == b"<" and (ending in (".rdf", ".xml", ".owl") or re.match(rb"\s*<(\?xml|rdf:RDF|!)", content[:1000])):
        return "xml"
    return "nt" if ending == ".nt" else "turtle"


def _check_xml(content: bytes, name: str) -> None:
    """Refuse entities: they can grow a small file without end or name other files."""

    def refuse(*_: object) -> None:
        raise InvalidInput(f"{name!r} defines XML entities, which are not read. Save it as Turtle instead.")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InvalidInput(f"{name!r} is no RDF/XML file: {error}.") from None


def _check_json(content: bytes, name: str) -> None:
    """Refuse contexts that would be fetched from the web."""
    try:
        pending: list[Any] = [json.loads(content)]
    except (ValueError, RecursionError):
        raise InvalidInput(f"{name!r} is no JSON-LD file.") from None
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            contexts = value.get("@context", [])
            listed = contexts if isinstance(contexts, list) else [contexts]
            if "@import" in value or any(isinstance(context, str) for context in listed):
                raise InvalidInput(f"{name!r} takes its @context from the web. Put the context into the file.")
        pending += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []


def _check_nothing(content: bytes, name: str) -> None:
    """Turtle and N-Triples name nothing outside themselves."""
    del content, name


def _concepts(graph: Graph, show: Progress) -> Iterator[Concept]:
    from rdflib import RDF, URIRef

    nodes = sorted(set(graph.subjects(RDF.type, URIRef(_SKOS + "Concept"))), key=str)
    if len(nodes) > MAX_CONCEPTS:
        raise InvalidInput(f"The file holds {len(nodes):,} concepts; at most {MAX_CONCEPTS:,} are read.")
    for number, node in enumerate(nodes, start=1):
        preferred = {code: names[0] for code, names in _names(graph, node, "prefLabel").items()}
        also = _names(graph, node, "altLabel")
        others = {code: tuple(n for n in names if n != preferred.get(code)) for code, names in also.items()}
        if preferred:
            kept = {code: names for code, names in others.items() if names}
            neighbours = (_ids(graph, node, "broader"), _ids(graph, node, "related"))
            yield Concept(clean(str(node))[:MAX_HEAD], preferred, kept, *neighbours)
        if number % 500 == 0 or number == len(nodes):
            show("concepts", number, len(nodes))


def _names(graph: Graph, node: Node, kind: str) -> dict[str, tuple[str, ...]]:
    """The labels of a concept by language, in an order that does not depend on the file's."""
    from rdflib import Literal, URIRef

    labels = [*graph.objects(node, URIRef(_SKOS + kind))]
    for extended in graph.objects(node, URIRef(_XL + kind)):
        labels += graph.objects(extended, URIRef(_XL + "literalForm"))
    found: dict[str, set[str]] = {}
    for label in labels:
        text = squeeze(clean(str(label)))
        if isinstance(label, Literal) and label.language and 0 < len(text) <= MAX_NAME:
            found.setdefault(str(label.language).lower().partition("-")[0], set()).add(text)
    return {code: tuple(sorted(names)) for code, names in sorted(found.items())}


def _ids(graph: Graph, node: Node, kind: str) -> tuple[str, ...]:
    from rdflib import URIRef

    return tuple(sorted(clean(str(other))[:MAX_HEAD] for other in graph.objects(node, URIRef(_SKOS + kind))))


def _head(graph: Graph, path: Path) -> tuple[str, str, str, str]:
    """Title, licence, attribution and source, from what the file says of its concept scheme."""
    from rdflib import RDF, URIRef

    schemes = sorted(graph.subjects(RDF.type, URIRef(_SKOS + "ConceptScheme")), key=str)
    title = _first(graph, schemes, _TITLES) or path.stem
    licence = _licence_name(_first(graph, schemes, _LICENCES)) or "licence not stated"
    owner = _first(graph, schemes, _OWNERS)
    source = clean(str(schemes[0]))[:MAX_HEAD] if schemes else ""
    parts = (title, f"© {owner}" if owner else "", licence, source if source.startswith("http") else "")
    return title, licence, ", ".join(part for part in parts if part), source


def _first(graph: Graph, schemes: list[Node], properties: tuple[str, ...]) -> str:
    from rdflib import URIRef

    for kind in properties:
        values = [value for scheme in schemes for value in graph.objects(scheme, URIRef(kind))]
        # English before other languages, then by the alphabet: the same file gives the same words.
        if values := sorted(values, key=lambda v: (getattr(v, "language", None) not in ("en", None), str(v))):
            return squeeze(clean(str(values[0])))[:MAX_HEAD]
    return ""


def _licence_name(stated: str) -> str:
    match = _COMMONS.match(stated)
    if match is None:
        return stated
    kind, version, port = match[2], match[3], match[4]
    name = {"zero": "CC0", "mark": "Public Domain Mark"}.get(kind, f"CC {kind.upper()}")
    return " ".join(part for part in (name, version, (port or "").upper()) if part)
