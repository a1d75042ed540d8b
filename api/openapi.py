"""The description of the API: what FastAPI writes, with failures as they are sent.

Run: python -m api.openapi docs/openapi.json
"""

from __future__ import annotations

import json
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.schemas import Problem

_PROBLEM = "application/problem+json"
# What each status means here; the framework takes the model's name from it.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description}
    for status, description in {
        400: "A value that means nothing here, with suggestions where there are some.",
        404: "No document, city, theme or snapshot of this name.",
        410: "The snapshot was here and is no longer kept; ask without it.",
        413: "The body is too long.",
        414: "The address is too long.",
        422: "A parameter that does not exist, or a value out of its bounds.",
        429: "More requests than one client may send; Retry-After says when to ask again.",
        431: "The headers are too long.",
        500: "A fault of ours.",
        503: "Nothing is published, or more is asked than can be answered; Retry-After says when to ask again.",
    }.items()
}
TAGS = [
    {"name": "search", "description": "Questions, suggestions, files of all that was found, and what is missing."},
    {
        "name": "documents",
        "description": "One practice or publication, what is like it, and whether it would work elsewhere.",
    },
    {"name": "themes", "description": "The themes of the field, and what is held on each."},
    {"name": "cities", "description": "Member cities, and cities comparable to any city of the world."},
    {"name": "health", "description": "For whoever runs the server."},
]
_HEADERS = {
    "ETag": "snapshot, settings and release that the answer was made of; send it back in If-None-Match",
    "RateLimit": "requests that are left to this client, and the seconds until all are given back",
    "RateLimit-Policy": "requests that a client may send, and in how many seconds",
    "Retry-After": "seconds after which to ask again",
}


class Described(FastAPI):
    """An application that describes its failures as what they are: problem+json."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if not self.openapi_schema:
            made = super().openapi()
            made["components"]["headers"] = {name: _header(what) for name, what in _HEADERS.items()}
            for path, item in made["paths"].items():
                for status, response in item["get"]["responses"].items():
                    _complete(response, status, path.startswith("/api/"))
        return self.openapi_schema or {}


def operation_id(route: APIRoute) -> str:
    """`cities_similar`: what a generated client calls the operation."""
    return "_".join([*map(str, route.tags[:1]), route.name])


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


def _complete(response: dict[str, Any], status: str, limited: bool) -> None:
    """Give a response the type and the headers that it comes with."""
    names = ["RateLimit", "RateLimit-Policy"] if limited else []
    if status == "200":
        names += ["ETag"] if limited else []
    else:
        (content,) = response["content"].values()
        title = HTTPStatus(int(status)).phrase
        example = {"type": "about:blank", "title": title, "status": int(status), "detail": response["description"]}
        response["content"] = {_PROBLEM: {**content, "example": example}}
    if status in ("429", "503"):
        names.append("Retry-After")
    if names:
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def main(path: str) -> None:
    """Write the description to a file."""
    from api.app import create_app

    text = json.dumps(create_app().openapi(), indent=1, ensure_ascii=False)
    Path(path).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
