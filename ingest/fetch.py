"""Ask web servers for files: politely, within limits, and only for what changed since."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, Retry
from urllib3.exceptions import HTTPError, InvalidHeader, NewConnectionError, SSLError, TimeoutError

from corpus.errors import SourceError
from ingest.connect import opened, web_address
from ingest.fetched import FetchStore, Held
from ingest.robots import Robots

NAME = "learncities"
_LATER = frozenset({429, 500, 502, 503, 504})
_MOVED, _MOVED_FOR_GOOD = frozenset({301, 302, 303, 307, 308}), frozenset({301, 308})
_GONE = frozenset({404, 410})
_MOST_STEPS = 6
_CHUNK = 2**16
_UNREADABLE = ("image/", "video/", "audio/", "font/")
# What bytes of a kind hold near their beginning; a page that says "please log in" holds neither.
_MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "epub": b"PK\x03\x04", "zip": b"PK\x03\x04"}
# RFC 9309, 2.5: at least so much of robots.txt is read; we read no more.
_ROBOTS_BYTES = 500 * 1024


@dataclass(frozen=True, slots=True)
class Manners:
    """How we ask: who we say we are, what we take, how long we wait (seconds) and how often we try."""

    agent: str = NAME
    private: bool = False  # whether addresses of private networks and of this machine may be called
    delay: float = 1.0  # between two requests to a host
    most: int = 100 * 2**20
    longest: float = 120.0
    attempts: int = 4
    backoff: float = 2.0
    patience: float = 60.0  # the longest pause that a server may ask for


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


class _Later(SourceError):
    """A failure that may pass; `wait` is what the server asks for."""

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(slots=True)
class _Host:
    """One request at a time, and when the last one ended."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = float("-inf")


class Fetcher:
    """Asks for files; of each host one at a time, from any number of threads."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._robots = Robots(NAME, self._robots_txt)
        self._hosts: dict[str, _Host] = {}
        self._lock, self._stopped = threading.Lock(), threading.Event()

    def stop(self) -> None:
        """Have every thread give up at its next step."""
        self._stopped.set()

    def fetch(self, address: str, known: Held | None, store: FetchStore) -> Answer:
        """What the address gives, its bytes in the store. Raises SourceError with the reason where it gives nothing."""
        steps, moved, for_good = [address], None, True
        while True:
            with self._turn(steps[-1]):
                self._robots.check(steps[-1])
                # What a server says of one address says nothing of another.
                same = known if known and known.final == steps[-1] else None
                answer = self._asked(steps[-1], same, store)
            if answer.status is not Status.REDIRECT:
                return replace(answer, moved=moved)
            steps.append(_next(steps, answer.final))
            for_good = for_good and answer.moved is not None
            moved = steps[-1] if for_good else moved

    @contextmanager
    def _turn(self, address: str) -> Iterator[None]:
        """Wait until the host may be asked again; nobody else asks it inside."""
        name = web_address(address).netloc or ""
        with self._lock:
            host = self._hosts.setdefault(name, _Host())
        with host.lock:
            self._pause(host.last + max(self.manners.delay, self._robots.delay(address)) - time.monotonic())
            try:
                yield
            finally:
                host.last = time.monotonic()

    def _pause(self, seconds: float) -> None:
        if self._stopped.wait(max(0.0, seconds)):
            raise SourceError("stopped before it was asked for.")

    def _asked(self, address: str, known: Held | None, store: FetchStore) -> Answer:
        """The answer to a request, tried again while there is hope."""
        headers = {"User-Agent": self.manners.agent, "Accept-Encoding": "gzip", "Accept": "*/*"}
        if known:
            validators = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
            headers |= {name: value for name, value in validators.items() if value}
        attempt = 1
        while True:
            try:
                with _told(), opened(address, headers, self.manners.private) as response:
                    return self._judged(address, response, store)
            except _Later as later:
                if later.wait > self.manners.patience:
                    raise SourceError(f"{later} It asks to be left alone for {later.wait:.0f} seconds.") from None
                if attempt == self.manners.attempts:
                    raise SourceError(f"{later} Tried {attempt} times.") from None
                self._pause(max(later.wait, self.manners.backoff * 2 ** (attempt - 1)))
                attempt += 1

    def _judged(self, address: str, response: BaseHTTPResponse, store: FetchStore) -> Answer:
        status = response.status
        if status == 304:
            return Answer(Status.SAME, address)
        if status in _GONE:
            return Answer(Status.GONE, address)
        if status in _MOVED and (target := response.headers.get("Location")):
            return Answer(Status.REDIRECT, target, moved=target if status in _MOVED_FOR_GOOD else None)
        if status in _LATER:
            raise _Later(f"the server answered {status}.", _retry_after(response))
        if status != 200:
            raise SourceError(f"the server answered {status}.")
        return self._taken(address, response, store)

    def _taken(self, address: str, response: BaseHTTPResponse, store: FetchStore) -> Answer:
        """The file of an answer, in the store."""
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if media_type.startswith(_UNREADABLE):
            raise SourceError(f"the server gives {media_type}, which is not read here.")
        if int(response.headers.get("Content-Length", "0").strip() or 0) > self.manners.most:
            raise self._too_large()
        with NamedTemporaryFile(dir=store.folder, suffix=".part", delete=False) as file:
            beside = Path(file.name)
            try:
                hashed = hashlib.sha256()
                for chunk in self._body(response, self.manners.most):
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

    def _body(self, response: BaseHTTPResponse, most: int) -> Iterator[bytes]:
        """The pieces of a body. Raises SourceError when there are too many, or they come too slowly."""
        until, size = time.monotonic() + self.manners.longest, 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > most:
                raise self._too_large()
            if time.monotonic() > until or self._stopped.is_set():
                raise SourceError(f"it was not all there after {self.manners.longest:g} seconds.")
            yield chunk

    def _too_large(self) -> SourceError:
        return SourceError(f"larger than {self.manners.most // 2**20} MB.")

    def _robots_txt(self, address: str) -> str | None:
        """The text of a robots.txt, or None; asked in the turn of the host that it is about."""
        steps = [address]
        while True:
            with _told(), opened(steps[-1], {"User-Agent": self.manners.agent}, self.manners.private) as response:
                if response.status in _MOVED and (target := response.headers.get("Location")):
                    steps.append(_next(steps, target))
                    continue
                if response.status == 429 or response.status >= 500:
                    raise SourceError(f"the server answered {response.status}.")
                if response.status != 200:
                    return None
                return self._start_of(response)

    def _start_of(self, response: BaseHTTPResponse) -> str:
        data = b""
        for chunk in self._body(response, self.manners.most):
            data += chunk
            if len(data) >= _ROBOTS_BYTES:
                break
        return data.decode("utf-8", "replace")


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong on the way, in plain words."""
    try:
        yield
    except SSLError as error:
        raise SourceError(f"its certificate cannot be trusted ({error}).") from None
    except NewConnectionError:
        raise _Later("the server cannot be reached.") from None
    except TimeoutError:
        raise _Later("the server did not answer in time.") from None
    except HTTPError:
        raise _Later("the answer broke off, or is no answer of a web server.") from None


def _next(steps: list[str], target: str) -> str:
    """Where a redirect leads. Raises SourceError for a loop, too many steps, or a step to an unsafe place."""
    following = web_address(urljoin(steps[-1], target).partition("#")[0]).url
    if following in steps:
        raise SourceError("it redirects in a circle.")
    if len(steps) >= _MOST_STEPS:
        raise SourceError(f"it redirects more than {_MOST_STEPS - 1} times.")
    if steps[-1].startswith("https:") and not following.startswith("https:"):
        raise SourceError(f"it redirects from https to {following[:200]}, which anybody on the way could change.")
    return following


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
