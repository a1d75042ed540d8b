"""Labels that follow from others, made anew whenever a snapshot is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.places import load_gazetteer
from corpus.store import CorpusStore
from corpus.taxonomy import load_taxonomy
from index import labels

if TYPE_CHECKING:
    from tests.conftest import Box


def labels_of(store: CorpusStore, kind: str) -> set[str]:
    return {value for (value,) in store.db.execute("SELECT value FROM labels WHERE kind = ?", (kind,))}


def test_goals_follow_from_themes(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Reading for all.", themes=["literacy", "climate-action"]))
    themes = load_taxonomy().themes.terms
    with CorpusStore(box.data) as store:
        assert labels_of(store, "sdg") == {*themes["literacy"].sdgs, *themes["climate-action"].sdgs}


def test_place_labels_follow_from_the_city(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Reading for all.", city="cork", country="IE"))
    with CorpusStore(box.data) as store:
        assert labels_of(store, "country") == {"IE"}
        assert labels_of(store, "region") == {"europe-and-north-america"}
        assert labels_of(store, "income") == {"high"}
        assert labels_of(store, "city_size") == {load_taxonomy().size_of(load_gazetteer().cities["cork"].population)}


def test_a_city_of_unknown_population_has_no_size(box: Box, practice: Callable[..., Path]) -> None:
    unknown = next(city for city in load_gazetteer().cities.values() if city.population is None)
    box.ingest(practice("one", "Reading for all.", city=unknown.id, country=unknown.country))
    with CorpusStore(box.data) as store:
        assert labels_of(store, "city_size") == set()
        assert labels_of(store, "region") == {unknown.region}


def test_deriving_again_drops_what_no_longer_follows_and_keeps_what_editors_said(
    box: Box, practice: Callable[..., Path]
) -> None:
    box.ingest(practice("one", "Reading for all.", themes=["literacy"]))
    with CorpusStore(box.data) as store:
        before = set(store.db.execute("SELECT * FROM labels"))
        columns = "document, kind, value, origin, ordinal"
        store.db.execute(f"INSERT INTO labels ({columns}) SELECT rowid, 'sdg', 'sdg-99', 'derived', 0 FROM documents")
        store.db.execute("DELETE FROM labels WHERE kind = 'region'")
        labels.derive(store.db)
        assert set(store.db.execute("SELECT * FROM labels")) == before
        assert labels_of(store, "theme") == {"literacy"}


def test_deriving_twice_changes_nothing(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Reading for all."))
    with CorpusStore(box.data) as store:
        before = store.db.execute("SELECT * FROM labels").fetchall()
        labels.derive(store.db)
        assert store.db.execute("SELECT * FROM labels").fetchall() == before
