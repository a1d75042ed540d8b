"""Previews as a person reads them in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.console import counted, print_json, print_line, print_table

if TYPE_CHECKING:
    from corpus.models import Label, Passage
    from ingest.preview import Preview

# More passages than this are counted; --json has them all.
_MOST = 200
_WORDS = 24


def show_previews(previews: Sequence[Preview], as_json: bool) -> None:
    """Each document with its facts, labels and passages on stdout."""
    if as_json:
        print_json([preview.to_json() for preview in previews])
        return
    for preview in previews:
        print_line(f"{preview.outcome.source}: {preview.outcome.note or 'can be read'}")
        facts = [(name, _plain(value)) for name, value in preview.facts().items()]
        print_table(("what", "value"), facts)
        if preview.document is not None:
            print_line()
            print_table(("label", "value", "from", "earned by"), [_label(preview, label) for label in preview.labels])
            _print_passages(preview.passages)
        print_line()
    print_line("A preview: nothing was stored or published.")


def _print_passages(passages: Sequence[Passage]) -> None:
    print_line(f"\n{counted(len(passages), 'passage')}:")
    print_table(
        ("no", "kind", "tokens", "page", "section", "cities", "begins"),
        [_passage(passage) for passage in passages[:_MOST]],
    )
    if len(passages) > _MOST:
        print_line(f"... and {len(passages) - _MOST:,} more; --json lists them all.")


def _passage(passage: Passage) -> tuple[object, ...]:
    pages = "-".join(dict.fromkeys(passage.page_label or tuple(map(str, passage.page_index or ()))))
    section, cities = " > ".join(passage.section), ", ".join(passage.cities)
    return passage.ordinal, passage.kind, passage.tokens, pages, section, cities, _beginning(passage.text)


def _label(preview: Preview, label: Label) -> tuple[object, ...]:
    text = preview.document.text if preview.document else ""
    span = text[label.start : label.end] if label.start is not None and label.end is not None else ""
    return label.kind, label.value, label.origin, _beginning(span)


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" ..." if len(words) > _WORDS else "")


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else "unknown" if value is None else value
