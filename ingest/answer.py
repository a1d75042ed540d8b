"""What a web server answers, judged and taken into the store, within limits of size, time and kind."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from ssl import SSLCertVerificationError
from tempfile import NamedTemporaryFile

from urllib3 import BaseHTTPResponse, Retry
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from corpus.errors import SourceError
from ingest.connect import web_address
from ingest.fetched import FetchStore

MOVED = frozenset({301, 302, 303, 307, 308})
LATER = frozenset({429, 500, 502, 503, 504})
_FOR_GOOD, _GONE = frozenset({301, 308}), frozenset({404, 410})
_CHUNK = 2**16
_UNREADABLE = ("image/", "video/", "audio/", "font/")
# What bytes of a kind hold near their beginning; a page that says "please log in" holds neither.
_MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "epub": b"PK\x03\x04", "zip": b"PK\x03\x04"}


@dataclass(frozen=True, slots=True)
class Caps:
    """The most bytes that are taken, and the longest time that they may take (seconds)."""

    most: int
    longest: float


class Status(Enum):
    """What a server gave."""

    FILE = "file"
    SAME = "same"
    GONE = "gone"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave; `moved` is where it lies from now on, if the server says so."""

    status: Status
    final: str
    sha256: str = ""
    media_type: str = ""
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None


class Later(SourceError):
    """A failure that may pass; `wait` is what the server asks for."""

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


@contextmanager
def told(address: str) -> Iterator[None]:
    """What goes wrong on the way to an address, in plain words."""
    try:
        yield
    except SSLError as error:
        raise SourceError(_insecure(web_address(address).host, error.args[0])) from None
    except NewConnectionError:
        raise Later("the server cannot be reached.") from None
    except (ConnectTimeoutError, ReadTimeoutError):
        raise Later("the server did not answer in time.") from None
    except HTTPError:
        raise Later("the answer broke off, or is no answer of a web server.") from None


def _insecure(host: str | None, error: object) -> str:
    """Why there is no secure connection to a host, and what to do about it."""
    if not isinstance(error, SSLCertVerificationError):
        return f"no secure connection to {host} ({error}); look whether it is served at http:// alone."
    return (
        f"the certificate of {host} cannot be trusted ({error.verify_message.rstrip('.')}); tell its operator. An "
        "authority of your own network is trusted when SSL_CERT_FILE names the file of its certificate."
    )


def judged(address: str, response: BaseHTTPResponse, store: FetchStore, caps: Caps) -> Answer:
    """What a response means; a file goes into the store. Raises SourceError for what is refused, Later for what may
    pass."""
    status = response.status
    if status == 304:
        return Answer(Status.SAME, address)
    if status in _GONE:
        return Answer(Status.GONE, address)
    if status in MOVED and (target := response.headers.get("Location")):
        return Answer(Status.REDIRECT, target, moved=target if status in _FOR_GOOD else None)
    if status in LATER:
        raise Later(f"the server answered {status}.", _retry_after(response))
    if status != 200:
        raise SourceError(f"the server answered {status}.")
    return _taken(address, response, store, caps)


def body(response: BaseHTTPResponse, caps: Caps) -> Iterator[bytes]:
    """The pieces of a body. Raises SourceError when there are too many, or they come too slowly."""
    until, size = time.monotonic() + caps.longest, 0
    too_large = SourceError(f"larger than {caps.most // 2**20} MB.")
    if (response.length_remaining or 0) > caps.most:
        raise too_large
    while chunk := response.read1(_CHUNK):
        size += len(chunk)  # unpacked
        if size > caps.most:
            raise too_large
        if time.monotonic() > until:
            raise SourceError(f"it was not all there after {caps.longest:g} seconds.")
        yield chunk


def _taken(address: str, response: BaseHTTPResponse, store: FetchStore, caps: Caps) -> Answer:
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type.startswith(_UNREADABLE):
        raise SourceError(f"the server gives {media_type}, which is not read here.")
    hashed = hashlib.sha256()
    with NamedTemporaryFile(dir=store.folder, suffix=".part", delete=False) as file:
        beside = Path(file.name)
        try:
            for chunk in body(response, caps):
                hashed.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            _check_kind(address, media_type, beside)
            final = store.path(hashed.hexdigest())
            final.parent.mkdir(parents=True, exist_ok=True)
            beside.replace(final)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return Answer(Status.FILE, address, final.name, media_type, etag, modified)


def _retry_after(response: BaseHTTPResponse) -> float:
    try:
        return Retry().get_retry_after(response) or 0.0
    except InvalidHeader:
        return 0.0


def _check_kind(address: str, media_type: str, file: Path) -> None:
    """Raises SourceError for an empty file, and for one that is not what it was said to be."""
    with file.open("rb") as stream:
        head = stream.read(1024)
    if not head.strip():
        raise SourceError("the server gave an empty file.")
    ending = (web_address(address).path or "").lower().rpartition(".")[2]
    said = "pdf" if media_type == "application/pdf" else ending
    if (magic := _MAGIC.get(said)) and magic not in head:
        what = "a web page" if b"<html" in head.lower() or media_type == "text/html" else "something else"
        raise SourceError(f"it should be a {said.upper()} file, but {what} came, such as a notice or a login.")
