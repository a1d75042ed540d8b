"""Cities compared, as JSON-ready dictionaries: the one shape that CLI and API share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corpus.wording import Named, say
from search.asked import Asked
from search.compare import Comparison
from search.filters import label_of
from search.peers import Peer
from search.traits import INDICATORS, known, value_words
from search.weights import Weights

Json = dict[str, Any]


def peers_json(asked: Asked, peers: Sequence[Peer], weights: Weights, theme: str | None, snapshot: str) -> Json:
    """The cities comparable to one, with what is known of that one and what counted how much."""
    return {
        "city": asked.city.id if asked.city else None,
        "asked": asked_json(asked),
        "weights": {"context": weights.context, "practice": weights.practice, "indicators": dict(weights.indicators)},
        "theme": theme,
        "snapshot": snapshot,
        "peers": [peer_json(peer) for peer in peers],
    }


def asked_json(asked: Asked) -> Json:
    """The asking city: what is known of it, each with its source, and what was understood of how it was named."""
    context, names = asked.context, known(asked.context)
    return {
        "id": context.id or None,
        "name": context.name,
        "member": asked.city is not None,
        "known": [
            {"indicator": name, "value": value_words(context, name), "source": context.sources.get(name, "")}
            for name in names
        ],
        "unknown": [name for name in INDICATORS if name not in names],
        "notes": list(asked.notes),
        "understood": [asdict(piece) for piece in asked.understood],
        "not_understood": list(asked.not_understood),
        "themes": [{"id": theme, "label": label_of("theme", theme)} for theme in asked.themes],
    }


def peer_json(peer: Peer) -> Json:
    """A comparable city with its score parts, reasons, what its rank hangs on, and its best practices."""
    return {
        "city": {
            "id": peer.city.id,
            "name": peer.city.name,
            "country": say("named", name=Named("country", peer.city.country)),
        },
        "rank": peer.rank,
        "score": round(peer.score, 4),
        "context": _rounded(peer.context),
        "practice": _rounded(peer.practice),
        "themes": _rounded(peer.themes),
        "closeness": _rounded(peer.closeness),
        "documents": peer.documents,
        "coverage": round(peer.coverage, 2),
        "parts": [{**asdict(p), "similarity": _rounded(p.similarity), "sources": list(p.sources)} for p in peer.parts],
        "shared": list(peer.shared),
        "differing": list(peer.differing),
        "unknown": list(peer.unknown),
        "rank_range": list(peer.rank_range),
        "moves": list(peer.moves),
        "practices": [{"id": d.id, "title": d.title, "citation": asdict(c)} for d, c in peer.practices],
    }


def comparison_json(comparison: Comparison, snapshot: str) -> Json:
    """Cities side by side: rows of values in the order of the cities, and the practices behind them."""
    practices = zip(comparison.asked, comparison.practices, strict=True)
    return {
        "snapshot": snapshot,
        "cities": [
            {**asked_json(asked), "practices": [{"id": d.id, "title": d.title, "year": d.year} for d in documents]}
            for asked, documents in practices
        ],
        "rows": [
            {"group": row.group, "name": row.name, "values": list(row.values), "sources": list(row.sources)}
            for row in comparison.rows
        ],
        "notes": list(comparison.notes),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
