"""SKOS in its four forms becomes the same thesaurus; hostile and wrong files get one clear line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.console import silent
from corpus.errors import InvalidInput
from corpus.thesaurus import Thesaurus
from ingest.thesaurus import MAX_BYTES, MAX_NAME, read_skos

Write = Callable[..., Path]
TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
<http://example.org/t> a skos:ConceptScheme ;
    dct:title "Wörter"@de, "Words of learning"@en ; dct:rightsHolder "A library" ;
    dct:license <http://creativecommons.org/licenses/by-sa/3.0/igo/> .
<http://example.org/t/1> a skos:Concept ;
    skos:prefLabel "Literacy"@en, "Alphabétisation"@fr ; skos:altLabel "Reading and writing"@en, "Literacy"@en ;
    skos:broader <http://example.org/t/2> ; skos:related <http://example.org/t/3> .
<http://example.org/t/2> a skos:Concept ; skos:prefLabel "Education"@en-GB, "No language" .
<http://example.org/t/3> a skos:Concept ; skos:altLabel "Without a preferred label"@en .
"""
HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
CONCEPT = '<skos:Concept rdf:about="urn:x"><skos:prefLabel xml:lang="en">{}</skos:prefLabel></skos:Concept></rdf:RDF>'
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{HEAD}{CONCEPT.format("&b;")}'
CONTEXT = {"skos": "http://www.w3.org/2004/02/skos/core#"}


def read(path: Path) -> Thesaurus:
    return read_skos(path, silent)


@pytest.fixture
def turtle(write: Write) -> Path:
    return write("words.ttl", TURTLE)


def test_concepts_with_a_preferred_label_are_kept_with_their_names_and_neighbours(turtle: Path) -> None:
    first, second = read(turtle).concepts
    assert first.preferred == {"en": "Literacy", "fr": "Alphabétisation"}
    assert first.alternatives == {"en": ("Reading and writing",)}
    assert (first.broader, first.related) == (("http://example.org/t/2",), ("http://example.org/t/3",))
    assert second.preferred == {"en": "Education"}


def test_the_attribution_names_title_owner_licence_and_source(turtle: Path) -> None:
    read_in = read(turtle)
    assert read_in.title == "Words of learning"
    assert read_in.licence == "CC BY-SA 3.0 IGO"
    assert read_in.attribution == "Words of learning, © A library, CC BY-SA 3.0 IGO, http://example.org/t"


def test_a_thesaurus_that_states_no_licence_says_so(write: Write) -> None:
    path = write("x.rdf", HEAD + CONCEPT.format("Literacy"))
    assert read(path).attribution == "x, licence not stated"


@pytest.mark.parametrize(("form", "ending"), [("xml", "rdf"), ("nt", "nt"), ("json-ld", "jsonld"), ("turtle", "txt")])
def test_every_form_of_skos_gives_the_same_thesaurus(turtle: Path, write: Write, form: str, ending: str) -> None:
    from rdflib import Graph

    other = write(f"words.{ending}", Graph().parse(turtle).serialize(format=form))
    assert read(other).concepts == read(turtle).concepts


def test_labels_of_their_own_are_read_too(write: Write) -> None:
    labels = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
    <urn:1> a skos:Concept ; xl:prefLabel [ xl:literalForm "Literacy"@en ] ."""
    assert read(write("xl.ttl", labels)).concepts[0].preferred == {"en": "Literacy"}


def test_sentences_and_control_characters_do_not_get_in(write: Write) -> None:
    long = "a " * MAX_NAME
    text = TURTLE.replace('"Education"@en-GB', f'"Edu\\u0007cation"@en, "{long}"@fr')
    assert read(write("x.ttl", text)).concepts[1].preferred == {"en": "Education"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused_in_every_encoding(write: Write, encoding: str) -> None:
    with pytest.raises(InvalidInput, match="defines XML entities"):
        read(write("bomb.rdf", BOMB.encode(encoding)))


@pytest.mark.parametrize("context", ["http://example.org/context.json", [CONTEXT, "http://example.org/c"]])
def test_a_context_on_the_web_is_not_fetched(write: Write, context: object) -> None:
    body = {"@graph": [{"@context": context, "@id": "urn:x", "@type": "skos:Concept"}]}
    with pytest.raises(InvalidInput, match="@context from the web"):
        read(write("x.jsonld", json.dumps(body)))


@pytest.mark.parametrize(
    ("name", "content", "verdict"),
    [
        ("page.html", "<!DOCTYPE html><html><body><p>Thesaurus<br></body></html>", "no RDF/XML file"),
        ("broken.ttl", "@prefix skos: <http://x> . <a> skos:prefLabel", "no Turtle file"),
        ("broken.nt", "<a> <b> .", "no N-Triples file"),
        ("broken.json", "{", "no JSON-LD file"),
        ("deep.json", "[" * 100_000, "no JSON-LD file"),
        ("deep.ttl", "<urn:a> <urn:b> " + "[ <urn:b> " * 20_000, "deep"),
        ("binary.ttl", b"\x00\x01\xff\xfe" * 100, "no Turtle file"),
        ("empty.ttl", "", "no SKOS concept"),
        ("other.ttl", "<urn:a> <urn:b> <urn:c> .", "no SKOS concept"),
    ],
)
def test_a_file_that_is_no_thesaurus_gets_one_clear_line(
    write: Write, name: str, content: str | bytes, verdict: str
) -> None:
    with pytest.raises(InvalidInput, match=verdict) as caught:
        read(write(name, content))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_not_opened(write: Write) -> None:
    path = write("large.ttl", "")
    with path.open("r+b") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(InvalidInput, match="more than 200 MB"):
        read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no file"):
        read(tmp_path / "none.ttl")


def test_without_rdflib_the_message_names_the_extra(turtle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(InvalidInput, match=r"learncities\[skos\]"):
        read(turtle)
