"""schemathesis asks every operation of the description all that it allows and much that it does not: all holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from corpus.settings import Settings
from search.library import Library

# The description needs no snapshot; the answers do, and have it before the first is asked.
app = create_app(Settings(data=Path("nothing is here"), rate_limit="off"))
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.fixture(autouse=True, scope="module")
def published(starter_data: Path) -> None:
    app.state.library = Library(starter_data)


@schema.parametrize()
@settings(max_examples=8, derandomize=True, deadline=None)
def test_an_operation_does_what_its_description_says(case: schemathesis.Case[Any]) -> None:
    # Any name fits the description of a city or a theme; few are known, and the others are refused with 400.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
