"""What routes ask for, as named types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from search.engine import KnowledgeBase
from search.library import Library


def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


def _base(request: Request) -> KnowledgeBase:
    return _library(request).get()


LibraryDep = Annotated[Library, Depends(_library)]
BaseDep = Annotated[KnowledgeBase, Depends(_base)]
