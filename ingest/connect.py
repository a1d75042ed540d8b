"""One request to a web server: the address that a name leads to is looked at first, and that very address is called."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NewConnectionError
from urllib3.util import Url, parse_url

from corpus.errors import SourceError

# Seconds to wait for a connection, and for each piece of an answer.
TIMEOUT = Timeout(connect=10, read=20)
# What fails or leads on is for the caller to judge.
_ONCE: dict[str, Any] = {"retries": False, "redirect": False, "assert_same_host": False, "preload_content": False}
# IPv4 addresses written as IPv6 ones, by which a router leads to them (RFC 6052).
_NAT64 = ip_network("64:ff9b::/96")


@contextmanager
def opened(address: str, headers: Mapping[str, str], private: bool) -> Iterator[BaseHTTPResponse]:
    """The answer to a GET, unread; redirects are not followed. Raises SourceError, or what urllib3 raises."""
    url = web_address(address)
    host = (url.host or "").strip("[]")
    port = url.port or (443 if url.scheme == "https" else 80)
    problem: Exception = SourceError(f"the name {host} is not known.")
    for ip in checked(host, port, private):
        with _pool(url, ip, port, host) as pool:
            try:
                named = {**headers, "Host": url.netloc or host}
                response = pool.urlopen("GET", url.request_uri, headers=named, **_ONCE)
            except (NewConnectionError, ConnectTimeoutError) as error:
                problem = error  # another address of the same name may answer
                continue
            try:
                yield response
            finally:
                response.close()
            return
    raise problem


def web_address(text: str) -> Url:
    """The parts of an http(s) address. Raises SourceError for anything else."""
    try:
        url = parse_url(text)
    except LocationParseError:
        raise SourceError(f"{text[:200]!r} is no address of the web.") from None
    if url.scheme not in ("http", "https") or not url.host or url.auth:
        raise SourceError(f"{text[:200]!r} is no address that begins with https:// or http:// and a server's name.")
    return url


def _pool(url: Url, ip: str, port: int, host: str) -> HTTPConnectionPool:
    """Connections to an address; the certificate must be that of the name."""
    if url.scheme == "http":
        return HTTPConnectionPool(ip, port, timeout=TIMEOUT)
    return HTTPSConnectionPool(ip, port, timeout=TIMEOUT, server_hostname=host)


def checked(host: str, port: int, private: bool) -> list[str]:
    """The addresses of a name. Raises SourceError if one of them is not public, unless `private` ones are allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(f"the name {host} is not known.") from None
    ips = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if inside := [] if private else [ip for ip in ips if not is_public(ip)]:
        raise SourceError(
            f"{host} leads to {inside[0]}, an address of a private network; "
            "the setting `fetch_private_addresses` allows that."
        )
    return ips


def is_public(ip: str) -> bool:
    """Whether an address lies on the open internet, whatever way it is written."""
    address = ip_address(ip.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (address, *_within(address)))


def _within(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv6Address):
        yield from filter(None, (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())))
        if address in _NAT64:
            yield IPv4Address(int(address) & 0xFFFFFFFF)
