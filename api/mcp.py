"""The same read-only answers for assistants, over the Model Context Protocol, each with its citations."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.routing import Route

from api.limits import MAX_BODY
from corpus.errors import LearnCitiesError
from corpus.settings import Settings
from corpus.taxonomy import load_taxonomy
from index.build import release
from search.ask import ask
from search.asked import find_city
from search.brief import brief
from search.brief_views import brief_json
from search.cities import asked_for, similar_cities
from search.cities_json import peers_json
from search.filters import resolve
from search.library import Library
from search.profile_words import MAX_LENGTH as LONGEST_PROFILE
from search.query import MAX_LENGTH
from search.serialise import full_document_json, hit_json
from search.weights import chosen_weights

Json = dict[str, Any]
P = ParamSpec("P")
_INSTRUCTIONS = (
    "Good practice of learning cities. Quote passages as they stand and give each one's citation with its address. "
    "Say so where `nearest` is all there is: those may not answer the question. Nothing here is written or stored."
)
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
Names = Annotated[list[str], Field(max_length=50)]
Few = Annotated[int, Field(ge=1, le=20)]


class Tools:
    """What assistants may ask of the newest snapshot; what may be shown of a document is as for everyone."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(
        self,
        question: Annotated[str, Field(max_length=MAX_LENGTH, description="in any words; empty lists everything")],
        theme: Names = [],  # noqa: B006  # the schema shows it; nothing changes it
        country: Names = [],  # noqa: B006
        region: Names = [],  # noqa: B006
        limit: Few = 5,
    ) -> Json:
        """Find practices and publications by meaning and words: passages with page, citation and reasons."""
        chosen = resolve({"theme": theme, "country": country, "region": region})
        found = ask(self._library.get(), question, chosen, limit=limit, with_facets=False)
        return {
            "snapshot": found.snapshot,
            "total": found.total,
            "notices": list(found.notices),
            "hits": [hit_json(hit) for hit in found.hits],
            "nearest": [hit_json(hit) for hit in found.nearest],
        }

    def practice(self, id: Annotated[str, Field(max_length=200, description="as search gives it")]) -> Json:  # noqa: A002
        """One document: what may be shown of its text, its figures, its sources, and how to cite it."""
        base = self._library.get()
        return {"snapshot": base.snapshot.id, **full_document_json(*base.document(id))}

    def similar_cities(
        self,
        city: Annotated[str, Field(max_length=200, description="any city over 15,000 inhabitants, in any script")] = "",
        profile: Annotated[str, Field(max_length=LONGEST_PROFILE, description="or a city in words")] = "",
        theme: Annotated[str, Field(max_length=200, description="compare by this theme alone")] = "",
        limit: Few = 5,
    ) -> Json:
        """Cities comparable by context and by practice, with reasons, unknowns, and practices with citations."""
        base, weights = self._library.get(), chosen_weights("balanced", None, None, "")
        asked, by = asked_for(city, profile), load_taxonomy().themes.find(theme).id if theme.strip() else None
        return peers_json(asked, similar_cities(base, asked, limit, weights, by), weights, by, base.snapshot.id)

    def brief(
        self,
        id: Annotated[str, Field(max_length=200, description="of a practice, as search gives it")],  # noqa: A002
        city: Annotated[str, Field(min_length=1, max_length=200, description="the city that asks")],
    ) -> Json:
        """What a source says on problem, cost, partners and more, in its own sentences, and how the cities differ."""
        return brief_json(brief(self._library.get(), id, find_city(city).context))


def make_server(library: Library) -> MCPServer:
    """A server of these four tools; its transport is the caller's."""
    server: MCPServer = MCPServer(
        "learncities", title="learncities", version=release(), instructions=_INSTRUCTIONS, log_level="ERROR"
    )
    tools = Tools(library)
    for tool in (tools.search, tools.practice, tools.similar_cities, tools.brief):
        server.add_tool(_explaining(tool), annotations=_READ_ONLY)
    return server


def route(server: MCPServer, settings: Settings) -> Route:
    """The route `/mcp`: one JSON answer a request, no session, no stream; only for host names that are ours."""
    own = [f"{host}:{settings.port}" for host in (settings.host, "localhost", "127.0.0.1")]
    given = [host.strip() for host in settings.mcp_hosts.split(",") if host.strip()]
    security = TransportSecuritySettings(
        allowed_hosts=own + given,
        allowed_origins=[f"{scheme}://{host}" for host in own + given for scheme in ("http", "https")],
    )
    app = server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=security, max_request_body_size=MAX_BODY
    )
    (made,) = (found for found in app.routes if isinstance(found, Route))
    return Route("/mcp", made.endpoint, methods=["POST"], include_in_schema=False)


def _explaining(tool: Callable[P, Json]) -> Callable[P, Json]:
    """The tool with our own errors as answers that say what to do; others are kept from the assistant."""

    @wraps(tool)
    def explained(*args: P.args, **kwargs: P.kwargs) -> Json:
        try:
            return tool(*args, **kwargs)
        except LearnCitiesError as error:
            raise ToolError(str(error)) from None

    return explained
