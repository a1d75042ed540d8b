"""Rendering pages: one Jinja2 environment with autoescape, and a voice that speaks the visitor's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from api.language import PARAMETER, asked_language, language_of
from api.spoken import basis_in
from corpus.labels import description_of, label_of
from corpus.languages import LANGUAGES, date_in, direction, list_in, number_in, percent_in
from corpus.models import Document
from corpus.settings import Settings
from corpus.wording import pattern_of, shown, translated
from search.results import PassageHit

TEMPLATES = Path(__file__).parent / "web" / "templates"
Pairs = Sequence[tuple[str, str]]


@cache
def environment() -> Environment:
    """The templates, with everything escaped that is not made here."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["marked"] = marked
    made.globals["LANGUAGES"] = LANGUAGES
    made.globals["language_code"] = lambda document: document.language or ""
    return made


class Voice:
    """What templates say with: sentences, labels, numbers and links in one language."""

    def __init__(self, request: Request) -> None:
        self.language = language_of(request)
        self.direction = direction(self.language)
        self.kept = [(PARAMETER, self.language)] if asked_language(request) else []
        self._path = request.url.path
        self._query = [(k, v) for k, v in request.query_params.multi_items() if k != PARAMETER]

    def t(self, code: str, /, **values: object) -> Markup:
        """The sentence of a code; a value that is markup stays so, every other is escaped."""
        pattern = Markup(escape(pattern_of(code, values.get("n"), self.language)))  # noqa: S704  # escaped just here
        return pattern.format(**{k: v if isinstance(v, Markup) else shown(v, self.language) for k, v in values.items()})

    def tr(self, said: str) -> str:
        """A sentence of the search in this language."""
        return translated(said, self.language)

    def label(self, group: str, value: str) -> str:
        """What a value of a filter group is called."""
        return label_of(group, value, self.language)

    def about(self, theme: str) -> str:
        """What belongs to a theme."""
        return description_of(theme, self.language)

    def trust(self, note: str) -> str:
        """What a document rests on."""
        return basis_in(note, self.language)

    def n(self, value: float, decimals: int = 0) -> str:
        """A number."""
        return number_in(self.language, value, decimals)

    def percent(self, share: float) -> str:
        """A share from 0 to 1."""
        return percent_in(self.language, share)

    def day(self, iso: str) -> str:
        """A day, from how ISO 8601 writes it; as it is where it is none."""
        try:
            return date_in(self.language, date.fromisoformat(iso[:10]))
        except ValueError:
            return iso

    def listed(self, items: Sequence[str], by: str = "comma") -> str:
        """Items in a row."""
        return list_in(self.language, items, by)

    def counted(self, code: str, number: int) -> Markup:
        """A number with what it counts: `documents`, `practices`."""
        return self.t(code, n=number)

    def said_list(self, said: Sequence[str]) -> str:
        """Several sentences or reasons in a row."""
        return self.listed([self.tr(one) for one in said], "semicolon")

    def href(self, path: str, pairs: Pairs = ()) -> str:
        """The address of a page, in the language that was asked for."""
        path, anchor, name = path.partition("#")
        return self.address(path, [*pairs, *self.kept]) + anchor + name

    def address(self, path: str, pairs: Pairs = ()) -> str:
        """An address with parameters, as it is."""
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def here(self, language: str) -> str:
        """This page in another language."""
        return f"{self._path}?{urlencode([*self._query, (PARAMETER, language)])}"


def marked(passage: PassageHit) -> Markup:
    """The passage's text, escaped, with <mark> around its highlights."""
    pieces, position = [], 0
    for start, end in passage.highlights:
        pieces += [escape(passage.text[position:start]), Markup("<mark>"), escape(passage.text[start:end])]
        pieces.append(Markup("</mark>"))
        position = end
    return Markup("").join([*pieces, escape(passage.text[position:])])


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from a template, in the visitor's language."""
    settings: Settings = request.app.state.settings
    voice = Voice(request)
    own = {name: getattr(voice, name) for name in dir(Voice) if not name.startswith("_")}
    own |= {"voice": voice, "lang": voice.language, "dir": voice.direction, "path": request.url.path}
    own |= {"settings": settings, "base_url": settings.base_url}
    html = environment().get_template(template).render({**own, **values})
    return HTMLResponse(html, status, {"Content-Language": voice.language, "Vary": "Accept-Language"})


def text_in(request: Request, template: str, media_type: str, **values: object) -> Response:
    """A file for machines from a template: a feed, a sitemap, a description."""
    page = render(request, template, 200, **values)
    headers = {name: page.headers[name] for name in ("Content-Language", "Vary")}
    return Response(page.body, media_type=media_type, headers=headers)


def cities_of(document: Document) -> tuple[str, ...]:
    """The cities of a document: those that editors named, else those found in its text."""
    return document.cities or document.found_cities
