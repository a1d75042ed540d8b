"""A brief as plain values, and as Markdown for a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from corpus.models import City
from corpus.text import squeeze
from search.brief import Brief, Quote
from search.filters import label_of
from search.serialise import Json, document_json
from search.traits import Context

_SIGNS = ("\\", "`", "*", "_", "[", "]", "<", ">", "#")


def brief_json(brief: Brief) -> Json:
    """The one shape that `--json` prints and the API serves."""
    return {
        "snapshot": brief.snapshot,
        "document": document_json(brief.document),
        "citation": asdict(brief.citation),
        "asking": _city_json(brief.asking),
        "answers": [
            {
                "role": answer.role.value,
                "label": answer.label,
                "stated": bool(answer.quotes),
                "quotes": [{**asdict(quote), "section": list(quote.section)} for quote in answer.quotes],
            }
            for answer in brief.answers
        ],
        "contrasts": [
            {
                "city": _city_json(contrast.city),
                "differing": list(contrast.differing),
                "alike": list(contrast.alike),
                "unknown": list(contrast.unknown),
            }
            for contrast in brief.contrasts
        ],
        "similar": [
            {"document": document_json(other), "citation": asdict(citation)} for other, citation in brief.similar
        ],
        "notices": list(brief.notices),
    }


def brief_markdown(brief: Brief) -> Iterator[str]:
    """The lines of a Markdown text."""
    yield f"# {_plain(brief.document.title)}: would it work in {_plain(brief.asking.name)}?\n"
    yield f"{_plain(brief.citation.text)}  [{brief.document.id}]\n"
    yield from (f"- {notice}" for notice in brief.notices)
    for answer in brief.answers:
        yield f"\n## {answer.label}\n"
        yield from (_quoted(quote) for quote in answer.quotes)
        if not answer.quotes:
            yield "Not stated."
    for contrast in brief.contrasts:
        yield f"\n## How {_place(contrast.city)} differs from {_place(brief.asking)}\n"
        for what, words in (
            ("Different", contrast.differing),
            ("Alike", contrast.alike),
            ("Unknown", contrast.unknown),
        ):
            yield f"- {what}: {'; '.join(words) or 'nothing'}."
    yield "\n## Similar practices elsewhere\n"
    for document, citation in brief.similar:
        where = ", ".join(label_of("city", city) for city in document.cities or document.found_cities)
        yield f"- {_plain(document.title)} ({where})  [{document.id}]  \n  {_plain(citation.text)}"
    if not brief.similar:
        yield "None found."


def _quoted(quote: Quote) -> str:
    page = f"p. {quote.page_label}" if quote.page_label else " › ".join(quote.section)
    where = f"[{page or 'source'}]({quote.url})" if quote.url else page
    return f"- “{_plain(squeeze(quote.text))}”" + (f" ({where})" if where else "")


def _place(city: City | Context) -> str:
    return f"{city.name}, {label_of('country', city.country)}" if city.country else city.name


def _city_json(city: City | Context) -> Json:
    return {"id": city.id, "name": city.name, "country": label_of("country", city.country) if city.country else None}


def _plain(text: str) -> str:
    """Text of a source, so that Markdown takes none of it for a sign of its own."""
    return "".join(f"\\{char}" if char in _SIGNS else char for char in text)
