"""What search engines and reference managers read of a document: schema.org as JSON-LD, Highwire tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.pages import Voice, cities_of
from corpus.models import Document
from corpus.places import load_gazetteer
from search.results import page_url


def document_data(document: Document, voice: Voice, base_url: str) -> dict[str, Any]:
    """The document in the terms of schema.org; never its text, whatever its rights."""
    data = {
        "@context": "https://schema.org",
        "@type": "Report" if document.kind == "practice" else "CreativeWork",
        "@id": f"{base_url}/documents/{document.id}",
        "url": f"{base_url}/documents/{document.id}",
        "name": document.title,
        "inLanguage": document.language,
        "datePublished": str(document.year) if document.year else None,
        "author": [{"@type": "Person", "name": author} for author in document.authors],
        "publisher": {"@type": "Organization", "name": document.publisher} if document.publisher else None,
        "license": document.licence,
        "about": [voice.label("theme", theme) for theme in document.themes],
        "spatialCoverage": list(_places(document, voice)),
        "isBasedOn": [reference.link for reference in document.references if reference.link]
        or [link for link in [page_url(document, None)] if link],
        "isPartOf": {"@type": "WebSite", "name": str(voice.t("site.title")), "url": base_url},
    }
    return {key: value for key, value in data.items() if value not in (None, [])}


def _places(document: Document, voice: Voice) -> Iterator[dict[str, Any]]:
    known = load_gazetteer().cities
    for city in (known[name] for name in cities_of(document) if name in known):
        place: dict[str, Any] = {
            "@type": "City",
            "name": city.name,
            "containedInPlace": {"@type": "Country", "name": voice.label("country", city.country)},
        }
        if city.latitude is not None:
            place["geo"] = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
        yield place
