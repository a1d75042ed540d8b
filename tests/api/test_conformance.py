"""schemathesis asks every operation of the description all that it allows and much that it does not: all holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from schemathesis import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from corpus.settings import Settings


@pytest.fixture(scope="module")
def description(starter_data: Path) -> BaseSchema:
    app = create_app(Settings(data=starter_data, rate_limit="off"))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


schema = schemathesis.pytest.from_fixture("description")


@schema.parametrize()
@settings(max_examples=8, derandomize=True, deadline=None)
def test_an_operation_does_what_its_description_says(case: schemathesis.Case[Any]) -> None:
    # Any name fits the description of a city or a theme; few are known, and the others are refused with 400.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
