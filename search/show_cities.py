"""Cities as a terminal shows them: comparable ones with their reasons, lists, and cities side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.console import counted, print_line, print_table
from corpus.models import City
from search.asked import Asked
from search.compare import Comparison
from search.filters import label_of
from search.peers import Peer
from search.traits import FACTS, known, value_words


def show_asked(asked: Asked) -> None:
    """What is known of the asking city, and what was and was not understood."""
    for note in asked.notes:
        print_line(note)
    for piece in asked.understood:
        print_line(f"Understood: “{piece.text}” as {piece.taken_for}")
    if asked.not_understood:
        print_line(f"Not understood, and not used: {', '.join(asked.not_understood)}")
    facts = [f"{FACTS[name]} {value_words(asked.context, name)}" for name in known(asked.context)]
    print_line(f"Known of {asked.context.name}: {'; '.join(facts) or 'nothing'}.")
    if missing := [FACTS[name] for name in FACTS if name not in known(asked.context)]:
        print_line(f"Unknown: {', '.join(missing)}.")


def show_peers(asked: Asked, peers: Sequence[Peer]) -> None:
    """Comparable cities with their reasons."""
    show_asked(asked)
    print_line(f"\nCities comparable to {asked.context.name} (0: nothing alike, 1: all alike)\n")
    for peer in peers:
        print_line(
            f"{peer.rank}. {peer.city.name}, {label_of('country', peer.city.country)}  ({', '.join(_parts(peer))})"
        )
        for what, items in (("Alike", peer.shared), ("Different", peer.differing), ("Unknown", peer.unknown)):
            if items:
                print_line(f"   {what}: {'; '.join(items)}.")
        low, high = peer.rank_range
        between = f"rank {low}" if low == high else f"rank {low} to {high}"
        print_line(f"   If one indicator is left out: {between}. {_sentence(peer.moves)}")
        for document, citation in peer.practices:
            print_line(f"   - {document.title}  [{document.id}]")
            print_line(f"     {citation.text}")
        print_line()


def _parts(peer: Peer) -> list[str]:
    parts = [f"score {peer.score:.2f}"]
    if peer.context is not None:
        parts.append(f"context {peer.context:.2f} of {peer.coverage:.0%} known")
    basis = counted(peer.documents, "practice")
    parts.append(
        f"practice {peer.practice:.2f} from {basis}"
        if peer.practice is not None
        else f"compared by context alone, {basis}"
    )
    return parts


def _sentence(moves: Sequence[str]) -> str:
    return f"It {'; '.join(moves)}." if moves else ""


def show_cities(cities: Sequence[City], practices: Mapping[str, int]) -> None:
    """Cities as a table; what is not known says so."""
    rows = []
    for city in cities:
        population = f"{city.population:,}" if city.population else "unknown"
        country = label_of("country", city.country)
        rows.append((city.name, country, population, city.joined or "unknown", practices.get(city.id, 0)))
    print_table(("city", "country", "population", "joined", "practices"), rows)


def show_comparison(comparison: Comparison) -> None:
    """Cities side by side."""
    for note in comparison.notes:
        print_line(note)
    print_table(("", *comparison.names), [(row.name, *row.values) for row in comparison.rows])
