"""Results as plain values: the one shape that `--json` prints and the API serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from corpus.models import City, Display, Document
from search.expand import Expansion
from search.filters import label_of
from search.rank import Evidence
from search.results import Citation, FacetValue, Hit, PassageHit, SearchResult

Json = dict[str, Any]


def labelled(group: str, values: Sequence[str]) -> list[Json]:
    """Ids with the names readers see."""
    return [{"id": value, "label": label_of(group, value)} for value in values]


def about_json(document: Document, kind: str) -> list[Json]:
    """The labels of a kind with who gave each, how sure that is, and the text that earned it where it may be shown."""
    return [
        {
            "id": label.value,
            "label": label_of(kind, label.value),
            "origin": label.origin,
            "probability": label.probability,
            "model": label.model,
            "start": label.start,
            "end": label.end,
            # A hit comes without the text of its document: there, the document itself shows it.
            "text": document.text[label.start : label.end]
            if label.start is not None and document.text and document.display is Display.FULL
            else None,
        }
        for label in document.labels
        if label.kind == kind
    ]


def document_json(document: Document) -> Json:
    """What is known about a document, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "year": document.year,
        "publisher": document.publisher,
        "authors": list(document.authors),
        "cities": labelled("city", document.cities),
        "countries": labelled("country", document.countries),
        "themes": about_json(document, "theme"),
        "sdgs": about_json(document, "sdg"),
        "target_groups": about_json(document, "target_group"),
        "evidence": about_json(document, "evidence"),
        "licence": document.licence,
        "display": document.display.value,
        "address": document.address,
        "rests_on": list(document.trust),
    }


def full_document_json(document: Document, passages: Sequence[PassageHit], citation: Citation) -> Json:
    """A document with its figures, sources and the passages that may be shown."""
    return {
        **document_json(document),
        "organisations": list(document.organisations),
        "figures": [asdict(figure) for figure in document.figures],
        "sources": [asdict(reference) for reference in document.references],
        "pages": len(document.pages) or None,
        "passages": [passage_json(passage) for passage in passages],
        "citation": asdict(citation),
    }


def passage_json(passage: PassageHit, explain: bool = False) -> Json:
    """A passage with its place and highlights, and the parts of its score where they are asked for."""
    return {
        "ordinal": passage.ordinal,
        "text": passage.text,
        "section": list(passage.section),
        "page_label": passage.page_label,
        "page_index": passage.page_index,
        "start": passage.start,
        "end": passage.end,
        "url": passage.url,
        "highlights": [list(span) for span in passage.highlights],
        "score_parts": _parts(passage.evidence) if explain else None,
    }


def _parts(evidence: Evidence | None) -> Json | None:
    """The parts of a passage's score: cosine, BM25 per unit of the question's IDF mass, and what they make together."""
    if evidence is None:
        return None
    parts = {"meaning": evidence.cosine, "words": evidence.words, "score": evidence.score}
    return {**{name: round(value, 4) for name, value in parts.items()}, "ranked_down": evidence.junk}


def hit_json(hit: Hit, explain: bool = False) -> Json:
    """A hit as the API serves it."""
    return {
        "document": document_json(hit.document),
        "score": round(hit.score, 4),
        "passages": [passage_json(passage, explain) for passage in hit.passages],
        "why": list(hit.why),
        "citation": asdict(hit.citation),
        "also": [{"id": other.id, "title": other.title} for other in hit.also],
    }


def _expansion_json(expansion: Expansion) -> Json:
    """What words of the question were also searched for, and how much that weighs beside them."""
    return {
        "asked": expansion.asked,
        "meant": expansion.meant,
        "also": list(expansion.also),
        "weight": expansion.weight,
        "source": expansion.source,
    }


def facets_json(facets: Mapping[str, Sequence[FacetValue]]) -> Json:
    """Facet groups with their counts."""
    return {group: [asdict(value) for value in values] for group, values in facets.items()}


def result_json(result: SearchResult, explain: bool = False) -> Json:
    """A whole answer; `explain` adds the parts of each score."""
    return {
        "query": result.query,
        "corrected": result.corrected,
        "did_you_mean": result.did_you_mean,
        "expansions": [_expansion_json(expansion) for expansion in result.expansions],
        "attribution": result.attribution,
        "snapshot": result.snapshot,
        "total": result.total,
        "total_relation": result.total_relation,
        "took_ms": round(result.took_ms, 1),
        "hits": [hit_json(hit, explain) for hit in result.hits],
        "nearest": [hit_json(hit, explain) for hit in result.nearest],
        "facets": facets_json(result.facets),
        "next_cursor": result.next_cursor,
        "notices": list(result.notices),
    }


def city_json(city: City, practices: int) -> Json:
    """A city with what is known about it; null is unknown."""
    values = asdict(city)
    return {
        **values,
        "aliases": list(city.aliases),
        "award_years": list(city.award_years),
        "country": {"id": city.country, "label": label_of("country", city.country)},
        "region": {"id": city.region, "label": label_of("region", city.region)},
        "practices": practices,
    }
