"""What routes ask for, as named types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError

from search.engine import KnowledgeBase
from search.library import Library


async def only_known(request: Request) -> None:
    """Refuse a parameter that the route does not take, so that a typo never goes unseen."""
    known = {field.alias for field in get_flat_params(request.scope["route"].dependant)} - set(request.path_params)
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown])


async def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


LibraryDep = Annotated[Library, Depends(_library)]


def _base(library: LibraryDep) -> KnowledgeBase:
    return library.get()


BaseDep = Annotated[KnowledgeBase, Depends(_base)]
