"""Over TLS: a certificate must be of the name and a trusted authority, and the address is checked all the same."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from corpus.errors import SourceError
from ingest.answer import Status
from ingest.fetch import Fetcher
from ingest.fetched import FetchStore
from tests.ingest.following import MANNERS
from tests.ingest.site import Site, page, redirect, serving

NAME, OTHER = "rooms.test", "other.test"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def asked_for() -> list[str | None]:
    """The names that connections were opened for (SNI)."""
    return []


@pytest.fixture
def site(authority: trustme.CA, asked_for: list[str | None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site at this machine with a certificate of one name; every name leads to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(context)

    def noting(_socket: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        asked_for.append(name)

    context.sni_callback = noting
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _host, port, *_a, **_n: real("127.0.0.1", port, type=socket.SOCK_STREAM)
    )
    with serving(context) as made:
        made.root = made.root.replace("127.0.0.1", NAME)
        made.pages["/rooms"] = page("The library opened its rooms in the evening.")
        yield made


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the authority trusted as an operator would."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FetchStore]:
    with FetchStore(tmp_path) as opened:
        yield opened


def refused(address: str, store: FetchStore, private: bool = True) -> str:
    with pytest.raises(SourceError) as error:
        Fetcher(replace(MANNERS, private=private)).fetch(address, None, store)
    return str(error.value)


@pytest.mark.usefixtures("trusted")
def test_a_page_of_a_trusted_site_is_fetched_by_its_name(
    site: Site, store: FetchStore, asked_for: list[str | None]
) -> None:
    answer = Fetcher(MANNERS).fetch(site.at("/rooms"), None, store)
    assert (answer.status, answer.final) == (Status.FILE, site.at("/rooms"))
    assert set(asked_for) == {NAME}


def test_a_certificate_of_an_unknown_authority_is_refused_with_what_to_do(site: Site, store: FetchStore) -> None:
    said = refused(site.at("/rooms"), store)
    assert f"the certificate of {NAME} cannot be trusted (unable to get local issuer certificate)" in said
    assert "SSL_CERT_FILE" in said
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_refused(site: Site, store: FetchStore, asked_for: list[str | None]) -> None:
    said = refused(site.at("/rooms").replace(NAME, OTHER), store)
    assert f"the certificate of {OTHER} cannot be trusted (Hostname mismatch" in said
    assert set(asked_for) == {OTHER}
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
def test_the_address_is_checked_before_anything_is_said_to_it(
    site: Site, store: FetchStore, asked_for: list[str | None]
) -> None:
    assert f"{NAME} leads to 127.0.0.1, an address of a private network" in refused(site.at("/rooms"), store, False)
    assert asked_for == []


@pytest.mark.usefixtures("trusted")
def test_no_redirect_leads_from_a_secure_page_to_an_insecure_one(site: Site, store: FetchStore) -> None:
    site.pages["/old"] = redirect(site.at("/rooms").replace("https:", "http:"))
    assert "it redirects from https to http://" in refused(site.at("/old"), store)


def test_a_server_that_speaks_no_tls_is_told_apart(store: FetchStore) -> None:
    with serving() as plain:
        said = refused(plain.at("/rooms").replace("http:", "https:"), store)
    assert "no secure connection to 127.0.0.1" in said
    assert "look whether it is served at http:// alone" in said
