"""What a user gives, as sources: files, folders, archives, addresses, sitemaps, feeds and catalogues."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from pathspec import GitIgnoreSpec

from corpus.catalogue import ENDING, Catalogue, Entry, read_catalogue
from corpus.errors import CorpusFault, InvalidInput, SourceError
from corpus.identity import digest
from ingest import curated, zips
from ingest.connect import web_address
from ingest.curated import Curated
from ingest.listing import Listing, read_listing
from ingest.patterns import ALL, Patterns
from ingest.sources import FileSource, Root, Walk, expanded, joined, walk
from ingest.web import Page, Web

# One listing's pages and its parts; what goes beyond is a site that nobody means to follow as a whole.
MOST_PAGES, _MOST_PARTS = 5_000, 50
REMOVE_PAGES = "learncities sync CATALOGUE --remove-vanished"
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sources found, which of them moved or are gone, and how many a catalogue says not to fetch."""

    walk: Walk
    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    left_out: int = 0


def gather(given: Sequence[str], web: Web, name: str | None = None, patterns: Patterns = ALL) -> Gathered:
    """What is found at the paths and addresses given; nothing given: the starter corpus."""
    if not given:
        return Gathered(walk([]))
    found = [_one(one, web, name, patterns) for one in given]
    return _joined(found)


def _one(given: str, web: Web, name: str | None, patterns: Patterns) -> Gathered:
    if _WEB.match(given):
        return _address(given, web, patterns)
    path = Path(given)
    if path.suffix.lower() == ENDING and path.is_file():
        return follow(_read(path), web, name)
    return Gathered(walk([path], name, patterns))


def _read(path: Path) -> Catalogue:
    try:
        return read_catalogue(path)
    except CorpusFault as fault:
        raise InvalidInput(str(fault)) from None


def _joined(found: Sequence[Gathered]) -> Gathered:
    return Gathered(
        joined([one.walk for one in found]),
        tuple(pair for one in found for pair in one.moved),
        tuple(address for one in found for address in one.gone),
        sum(one.left_out for one in found),
    )


def _address(given: str, web: Web, patterns: Patterns) -> Gathered:
    try:
        address = web_address(given).url.partition("#")[0]
    except SourceError as error:
        return Gathered(Walk((), ((given[:200], str(error)),)))
    page = web.ask([address])[address]
    if page.held and not page.gone and _listing(page, web):
        return _listed(address, web, curated.NOTHING, patterns)
    return _pages([page], {}, Root(address, digest(address.encode()), way_out="learncities remove ID"), web)


def follow(catalogue: Catalogue, web: Web, name: str | None = None) -> Gathered:
    """What a catalogue's entries give."""
    place = digest(os.fsencode((catalogue.folder / catalogue.name).resolve()))
    root = Root(f"catalogue:{name or catalogue.name}", place, named=name is not None, way_out=REMOVE_PAGES)
    wanted = [entry for entry in catalogue.entries if entry.fetch]
    single = {entry.where: entry for entry in wanted if entry.address}
    pages = web.ask(single).values()
    found = [_pages(list(pages), {address: curated_of(entry) for address, entry in single.items()}, root, web)]
    found += [_many(entry, catalogue.folder, web) for entry in wanted if not entry.address]
    return replace(_joined(found), left_out=len(catalogue.entries) - len(wanted))


def curated_of(entry: Entry) -> Curated:
    """What an entry says of its documents; readers are led to the publisher's address where there is one."""
    names = ("id", "title", "year", "language", "kind", "publisher", "authors", "licence", "display")
    said = {name: getattr(entry, name) for name in (*names, "themes", "target_groups", "cities")}
    return Curated(**said, address=str(entry.official) if entry.official else None)


def _many(entry: Entry, folder: Path, web: Web) -> Gathered:
    """The pages of a sitemap or a feed, or the files of a folder."""
    patterns, said = Patterns(entry.only, entry.skip, lasting=True), curated_of(entry)
    shared = replace(said, id=None, title=None, address=None)
    if entry.path is None:
        return _listed(entry.where, web, shared, patterns)
    path = folder / entry.path
    found = walk([path], None, patterns)
    facts = said if path.is_file() else shared
    return Gathered(replace(found, files=tuple(replace(file, curated=facts) for file in found.files)))


def _listed(address: str, web: Web, said: Curated, patterns: Patterns) -> Gathered:
    """The pages that a sitemap or a feed lists."""
    root = Root(address, digest(address.encode()), way_out=REMOVE_PAGES)
    try:
        listing = _whole(address, web)
        pages, feed = _chosen(address, listing, patterns), listing.feed
        if len(pages) > MOST_PAGES:
            raise SourceError(f"lists {len(pages):,} pages, over {MOST_PAGES:,}; choose among them with only and skip.")
    except SourceError as error:
        return Gathered(Walk((), ((address, str(error)),), (replace(root, complete=False),)))
    # What a feed no longer lists is merely older.
    root = replace(root, complete=not feed and patterns.whole)
    return _pages(list(web.ask(pages).values()), dict.fromkeys(pages, said), root, web)


def _whole(address: str, web: Web) -> Listing:
    """A listing with the pages of all its parts. Raises SourceError when one of them cannot be had."""
    pages: dict[str, None] = {}
    parts, feed = [address], False
    for part in parts:
        page = web.ask([part])[part]
        if page.gone or page.fault or page.held is None:
            raise SourceError(page.fault or "there is nothing at this address any more.")
        listing = _listing(page, web)
        if listing is None:
            raise SourceError("neither a sitemap nor a feed (RSS or Atom).")
        pages |= dict.fromkeys(listing.pages)
        known = set(parts)
        parts += [further for further in listing.further if further not in known and _host(further) == _host(address)]
        if len(parts) > _MOST_PARTS:
            raise SourceError(f"it consists of more than {_MOST_PARTS} parts; list those that are wanted.")
        feed = feed or listing.feed
    return Listing(tuple(pages), feed=feed)


def _listing(page: Page, web: Web) -> Listing | None:
    return read_listing(web.store.path(page.held.sha256).read_bytes()) if page.held else None


def _chosen(address: str, listing: Listing, patterns: Patterns) -> list[str]:
    """The pages that are wanted; a sitemap speaks for its own site alone (sitemaps.org)."""
    only, skip = GitIgnoreSpec.from_lines(patterns.only), GitIgnoreSpec.from_lines(patterns.skip)
    pages = []
    for page in dict.fromkeys(page.partition("#")[0] for page in listing.pages):
        path = urlsplit(page).path.lstrip("/")
        own = bool(_WEB.match(page)) and (listing.feed or _host(page) == _host(address))
        if own and (not patterns.only or only.match_file(path)) and not skip.match_file(path):
            pages.append(page)
    return pages


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _pages(pages: Sequence[Page], said: dict[str, Curated], root: Root, web: Web) -> Gathered:
    """Fetched pages as sources of a root."""
    files: list[FileSource] = []
    failures = []
    for page in pages:
        if page.gone:
            failures += [] if page.held else [(page.address, page.fault)]
            continue
        file = FileSource(page.address, root.name, Path(), root.place, curated=said.get(page.address, curated.NOTHING))
        if page.held is None:
            files.append(replace(file, fault=page.fault))
            continue
        if page.fault:
            failures.append((page.address, f"{page.fault} What was fetched before stays."))
        held = page.held
        path = web.store.path(held.sha256)
        file = replace(file, path=path, final=held.final, retrieved=held.fetched[:10])
        zipped = held.media_type == "application/zip" or urlsplit(held.final).path.lower().endswith(zips.ENDING)
        files += expanded(file) if zipped else [file]
    moved = tuple((page.address, page.moved) for page in pages if page.moved)
    return Gathered(Walk(tuple(files), tuple(failures), (root,)), moved, tuple(p.address for p in pages if p.gone))
