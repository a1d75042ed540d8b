"""Fetching from a real server that misbehaves: what is kept, what is refused, and how often we ask."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from urllib3 import Timeout

from corpus.errors import SourceError
from corpus.identity import digest
from ingest import connect
from ingest.answer import Answer, Status
from ingest.fetch import Fetcher, Manners
from ingest.fetched import FetchStore, Held
from tests.ingest.site import Site, page, redirect, reply, serving

QUICK = Manners(agent="learncities/test", private=True, delay=0, backoff=0.001, attempts=3, longest=0.5, most=1_000_000)
ROOMS = page("The library opened its rooms in the evening.")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(connect, "TIMEOUT", Timeout(0.4))
    with serving() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FetchStore]:
    with FetchStore(tmp_path) as opened:
        yield opened


def held(answer: Answer, address: str) -> Held:
    return Held(address, answer.sha256, answer.media_type, answer.final, answer.etag, answer.modified, "then", "then")


def refused(address: str, store: FetchStore, manners: Manners = QUICK) -> str:
    with pytest.raises(SourceError) as error:
        Fetcher(manners).fetch(address, None, store)
    assert list(store.folder.glob("*.part")) == []
    return str(error.value)


def test_the_bytes_of_a_page_are_kept_under_their_hash(site: Site, store: FetchStore) -> None:
    site.pages["/rooms"] = ROOMS
    answer = Fetcher(QUICK).fetch(site.at("/rooms"), None, store)
    assert (answer.status, answer.final, answer.media_type) == (Status.FILE, site.at("/rooms"), "text/html")
    assert answer.sha256 == digest(ROOMS)
    assert store.path(answer.sha256).read_bytes() == ROOMS
    assert site.agents == {"learncities/test"}


def test_what_has_not_changed_is_not_sent_again(site: Site, store: FetchStore) -> None:
    def tagged(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match") == '"1"'
        reply(request, b"" if known else ROOMS, status=304 if known else 200, ETag='"1"')

    site.pages["/rooms"] = tagged
    first = Fetcher(QUICK).fetch(site.at("/rooms"), None, store)
    again = Fetcher(QUICK).fetch(site.at("/rooms"), held(first, site.at("/rooms")), store)
    assert (first.status, again.status) == (Status.FILE, Status.SAME)


def test_a_page_that_changes_gives_its_new_bytes(site: Site, store: FetchStore) -> None:
    site.pages["/rooms"] = ROOMS
    first = Fetcher(QUICK).fetch(site.at("/rooms"), None, store)
    site.pages["/rooms"] = page("It closed them again.")
    again = Fetcher(QUICK).fetch(site.at("/rooms"), held(first, site.at("/rooms")), store)
    assert again.status is Status.FILE
    assert again.sha256 != first.sha256


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_any_more_is_gone(site: Site, store: FetchStore, status: int) -> None:
    site.pages["/rooms"] = lambda request: reply(request, b"", status=status)
    assert Fetcher(QUICK).fetch(site.at("/rooms"), None, store).status is Status.GONE


def test_a_server_in_trouble_is_asked_again_and_then_left_alone(site: Site, store: FetchStore) -> None:
    site.pages["/rooms"] = lambda request: reply(request, b"", status=503)
    assert refused(site.at("/rooms"), store) == "the server answered 503. Tried 3 times."
    assert site.count("/rooms") == 3


def test_a_pause_that_the_server_asks_for_is_kept(site: Site, store: FetchStore) -> None:
    times: list[float] = []

    def busy(request: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        reply(request, ROOMS, status=429 if len(times) == 1 else 200, Retry_After="1")

    site.pages["/rooms"] = busy
    assert Fetcher(QUICK).fetch(site.at("/rooms"), None, store).status is Status.FILE
    assert times[1] - times[0] >= 1


def test_a_pause_longer_than_our_patience_ends_the_asking(site: Site, store: FetchStore) -> None:
    site.pages["/rooms"] = lambda request: reply(request, b"", status=429, Retry_After="3600")
    assert "asks to be left alone for 3600 seconds" in refused(site.at("/rooms"), store)
    assert site.count("/rooms") == 1


def test_a_server_that_says_nothing_is_given_up(site: Site, store: FetchStore) -> None:
    def silent(_: BaseHTTPRequestHandler) -> None:
        site.closing.wait(5)

    site.pages["/rooms"] = silent
    assert refused(site.at("/rooms"), store) == "the server did not answer in time. Tried 3 times."


def test_a_body_that_drips_is_cut_off_after_the_longest_time(site: Site, store: FetchStore) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        while not site.closing.wait(0.05):
            request.wfile.write(b"x")

    site.pages["/rooms"] = drip
    assert refused(site.at("/rooms"), store) == "it was not all there after 0.5 seconds."


def test_a_body_without_an_end_is_cut_off_at_the_largest_size(site: Site, store: FetchStore) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not site.closing.is_set():
            request.wfile.write(b"x" * 65536)

    site.pages["/rooms"] = endless
    assert refused(site.at("/rooms"), store, replace(QUICK, longest=60)) == "larger than 0 MB."


def test_a_body_that_says_it_is_too_large_is_not_even_read(site: Site, store: FetchStore) -> None:
    site.pages["/rooms"] = lambda request: reply(request, b"", Content_Length="999999999")
    assert refused(site.at("/rooms"), store) == "larger than 0 MB."


@pytest.mark.parametrize("packing", ["identity", "gzip"])
def test_a_body_that_breaks_off_is_never_kept(site: Site, store: FetchStore, packing: str) -> None:
    def broken(request: BaseHTTPRequestHandler) -> None:
        reply(request, ROOMS, Content_Length="9999", Content_Encoding=packing)
        request.close_connection = True

    site.pages["/rooms"] = broken
    assert "broke off" in refused(site.at("/rooms"), store)
    assert not list(store.folder.glob("objects/*/*"))


def test_what_is_no_answer_of_a_web_server_is_told(site: Site, store: FetchStore) -> None:
    def gibberish(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        request.close_connection = True

    site.pages["/rooms"] = gibberish
    assert "no answer of a web server" in refused(site.at("/rooms"), store)


def test_redirects_are_followed_and_a_lasting_one_is_told(site: Site, store: FetchStore) -> None:
    site.pages |= {"/old": redirect("/newer", 301), "/newer": redirect("/rooms", 308), "/rooms": ROOMS}
    site.pages["/today"] = redirect("/rooms", 302)
    answer = Fetcher(QUICK).fetch(site.at("/old"), None, store)
    assert (answer.final, answer.moved) == (site.at("/rooms"), site.at("/rooms"))
    assert Fetcher(QUICK).fetch(site.at("/today"), None, store).moved is None


def test_circles_and_long_chains_of_redirects_are_refused(site: Site, store: FetchStore) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    site.pages |= {f"/{step}": redirect(f"/{step + 1}") for step in range(20)}
    assert refused(site.at("/a"), store) == "it redirects in a circle."
    assert refused(site.at("/0"), store) == "it redirects more than 5 times."


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "http://u:p@example.org/"]
)
def test_a_redirect_off_the_web_is_refused(site: Site, store: FetchStore, target: str) -> None:
    site.pages["/a"] = redirect(target)
    assert "no address" in refused(site.at("/a"), store)


def test_private_addresses_are_refused_however_they_are_reached(site: Site, store: FetchStore) -> None:
    public = replace(QUICK, private=False)
    assert "127.0.0.1, an address of a private network" in refused(site.at("/rooms"), store, public)
    assert "private network" in refused("http://localhost:1/", store, public)
    assert "private network" in refused("http://[::ffff:127.0.0.1]:1/", store, public)
    assert "private network" in refused("http://2130706433:1/", store, public)
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_called(
    site: Site, store: FetchStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address between the check and the call (DNS rebinding) is looked up once a request."""
    lookups: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *_: object, **__: object) -> object:
        lookups.append(host)
        return real("127.0.0.1", port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    site.pages["/rooms"] = ROOMS
    address = site.at("/rooms").replace("127.0.0.1", "rebinding.test")
    assert Fetcher(QUICK).fetch(address, None, store).status is Status.FILE
    names = [host for host in lookups if not host[0].isdigit()]
    assert names == ["rebinding.test"] * 2  # robots.txt and the page
    assert "private network" in refused(address, store, replace(QUICK, private=False))


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        *[(ip, True) for ip in ("93.184.216.34", "2606:4700::1111", "64:ff9b::808:808")],
        *[(ip, False) for ip in ("10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1")],
        *[
            (ip, False)
            for ip in ("::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")
        ],
    ],
)
def test_only_addresses_of_the_open_internet_are_public(ip: str, public: bool) -> None:
    assert connect.is_public(ip) is public


def test_robots_txt_is_obeyed_with_wildcards_and_the_longest_rule(site: Site, store: FetchStore) -> None:
    rules = b"User-agent: *\nDisallow: /*/drafts\nDisallow: /pages\nAllow: /pages/open\n"
    site.pages |= {"/robots.txt": rules, "/pages/open": ROOMS, "/a/drafts": ROOMS, "/pages/x": ROOMS}
    fetcher = Fetcher(QUICK)
    assert fetcher.fetch(site.at("/pages/open"), None, store).status is Status.FILE
    for path in ("/a/drafts", "/pages/x"):
        with pytest.raises(SourceError, match="forbids it"):
            fetcher.fetch(site.at(path), None, store)
    assert site.asked == ["/robots.txt", "/pages/open"]


def test_rules_for_us_by_name_win_over_those_for_all(site: Site, store: FetchStore) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nAllow: /\n\nUser-agent: learncities\nDisallow: /\n", "/a": ROOMS}
    assert refused(site.at("/a"), store) == "the site's robots.txt forbids it."


def test_a_site_whose_robots_txt_is_in_trouble_is_not_asked(site: Site, store: FetchStore) -> None:
    site.pages |= {"/robots.txt": lambda request: reply(request, b"", status=500), "/a": ROOMS}
    assert "robots.txt cannot be read, so nothing is asked of it" in refused(site.at("/a"), store)
    assert site.count("/a") == 0


def test_redirects_are_asked_of_the_robots_txt_of_where_they_lead(site: Site, store: FetchStore) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /closed\n", "/a": redirect("/closed"), "/closed": ROOMS}
    assert "forbids" in refused(site.at("/a"), store)
    assert site.count("/closed") == 0


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(site: Site, store: FetchStore) -> None:
    times: list[float] = []

    def noting(request: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        reply(request, ROOMS)

    site.pages |= {"/a": noting, "/b": noting}
    fetcher = Fetcher(replace(QUICK, delay=0.2))
    for path in ("/a", "/b"):
        fetcher.fetch(site.at(path), None, store)
    assert times[1] - times[0] >= 0.2


@pytest.mark.parametrize(
    ("path", "headers", "body", "said"),
    [
        ("/a.pdf", {}, ROOMS, "it should be a PDF file, but a web page came"),
        ("/a", {"Content_Type": "application/pdf"}, b"no such report", "it should be a PDF file, but something else"),
        ("/a.docx?x=1", {}, ROOMS, "it should be a DOCX file, but a web page came"),
        ("/a", {"Content_Type": "image/png"}, b"\x89PNG", "the server gives image/png, which is not read here."),
        ("/a", {}, b"  \n", "the server gave an empty file."),
        ("/a", {"status": "403"}, b"no", "the server answered 403."),
    ],
)
def test_what_is_not_what_it_should_be_is_refused(
    site: Site, store: FetchStore, path: str, headers: dict[str, str], body: bytes, said: str
) -> None:
    status = int(headers.get("status", 200))
    rest = {name: value for name, value in headers.items() if name != "status"}
    site.pages[path] = lambda request: reply(request, body, status=status, **rest)
    assert refused(site.at(path), store).startswith(said)
    assert not list(store.folder.glob("objects/*/*"))


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "https://user:secret@example.org/", "https:///a", "http://[::1", "no address"]
)
def test_what_is_no_address_of_the_web_is_refused(store: FetchStore, address: str) -> None:
    assert "no address" in refused(address, store)


def test_a_name_that_nobody_knows_is_told(store: FetchStore) -> None:
    assert "cannot be read" in refused("http://nobody.invalid/", store)
