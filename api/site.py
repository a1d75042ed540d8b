"""Every page of the site: its routers, in the order in which addresses are matched."""

from __future__ import annotations

from api.routes.pages import about, cities, compare, documents, machines, overview, search, themes

PAGES = tuple(module.router for module in (search, documents, cities, compare, themes, overview, about, machines))
