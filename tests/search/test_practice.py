"""What cities do, read from a knowledge base: each document counts once, however long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from search.practice import practices_of_cities, profile_of

if TYPE_CHECKING:
    from tests.conftest import Box


def test_a_long_document_weighs_no_more_than_a_short_one(box: Box, practice: Callable[..., Path]) -> None:
    short = practice("cork-short", "Boats for all.")
    long = practice("cork-long", "Books and libraries in every village. " * 60)
    box.ingest(short, long)
    practices = practices_of_cities(box.open())
    assert practices.cities == {"cork": (0, 1)}
    alone = [profile_of(practices, [document]).direction for document in (0, 1)]
    together = profile_of(practices, [0, 1]).direction
    assert float(together @ alone[0]) == pytest.approx(float(together @ alone[1]), abs=1e-5)


def test_themes_are_shares_of_documents_and_choose_them(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(
        practice("cork-one", "Boats.", themes=["literacy"]),
        practice("cork-two", "Books.", themes=["literacy", "youth"]),
        practice("osan-one", "Rooms.", themes=["youth"], city="osan", country="KR"),
    )
    practices = practices_of_cities(box.open())
    assert practices.theme_names == ("literacy", "youth")
    np.testing.assert_allclose(profile_of(practices, practices.cities["cork"]).themes, [1, 0.5])
    assert set(practices.within("literacy")) == {"cork"}
    assert {city: len(documents) for city, documents in practices.within("youth").items()} == {"cork": 1, "osan": 1}
    assert practices.within("climate-action") == {}


def test_a_corpus_about_no_city_has_no_peers(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("page.md", "# A page\n\nNothing of any place."))
    assert practices_of_cities(box.open()).cities == {}
