"""The command that prints what a website pastes."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus.console import JsonOption, print_json, print_line
from search.options import CountryOption, RegionOption, ThemeOption


def embed(
    public_url: Annotated[
        str, typer.Option(help="Address of the resource centre, as visitors reach it [default: that of the settings].")
    ] = "",
    lang: Annotated[str, typer.Option(help="Language of the box: ar, en, es, fr, ru or zh.")] = "en",
    theme: ThemeOption = None,
    region: RegionOption = None,
    country: CountryOption = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many results.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Print the lines that put the search on another website: the tag, the policy it needs, and the frame.

    Example: learncities embed --public-url https://learn.example.org --lang fr --theme health
    """
    from api.embed import LANGUAGES, origin_of, tags
    from corpus.errors import UnknownName
    from corpus.settings import load_settings
    from search.filters import resolve

    if lang not in LANGUAGES:
        raise UnknownName("language of the box", lang, list(LANGUAGES))
    base, origin = origin_of(public_url or load_settings().base_url)
    chosen = resolve({"theme": theme or [], "region": region or [], "country": country or []})
    filters = [(group, value) for group, values in chosen.groups.items() for value in values]
    made = tags(base, origin, lang, filters, limit)
    if as_json:
        print_json(made.as_json())
        return
    for heading, text in (
        ("In the page, where the box shall be:", made.element),
        ("Add to the page's Content-Security-Policy, if it has one:", made.policy),
        ("Or without any script:", made.iframe),
        ("Add to the page's Content-Security-Policy, if it has one:", made.iframe_policy),
    ):
        print_line(heading)
        for line in text.splitlines():
            print_line(f"  {line}")
        print_line()
