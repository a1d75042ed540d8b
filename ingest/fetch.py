"""Ask web servers for files: politely, again while there is hope, and only for what changed since."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse

from corpus.errors import SourceError
from ingest.answer import LATER, MOVED, Answer, Caps, Later, Status, body, judged, told
from ingest.connect import opened, web_address
from ingest.fetched import FetchStore, Held
from ingest.robots import Robots

NAME = "learncities"
_MOST_STEPS = 6
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

    @property
    def caps(self) -> Caps:
        """What is taken at most."""
        return Caps(self.most, self.longest)


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
                with told(address), opened(address, headers, self.manners.private) as response:
                    return judged(address, response, store, self.manners.caps)
            except Later as later:
                if later.wait > self.manners.patience:
                    raise SourceError(f"{later} It asks to be left alone for {later.wait:.0f} seconds.") from None
                if attempt == self.manners.attempts:
                    raise SourceError(f"{later} Tried {attempt} times.") from None
                self._pause(max(later.wait, self.manners.backoff * 2 ** (attempt - 1)))
                attempt += 1

    def _robots_txt(self, address: str) -> str | None:
        """The text of a robots.txt, or None; asked in the turn of the host that it is about."""
        steps = [address]
        while True:
            agent = {"User-Agent": self.manners.agent}
            with told(steps[-1]), opened(steps[-1], agent, self.manners.private) as response:
                if response.status in MOVED and (target := response.headers.get("Location")):
                    steps.append(_next(steps, target))
                    continue
                if response.status in LATER or response.status >= 500:
                    raise SourceError(f"the server answered {response.status}.")
                if response.status != 200:
                    return None
                return self._start_of(response)

    def _start_of(self, response: BaseHTTPResponse) -> str:
        data = b""
        for chunk in body(response, self.manners.caps):
            data += chunk
            if len(data) >= _ROBOTS_BYTES:
                break
        return data.decode("utf-8", "replace")


def _next(steps: list[str], target: str) -> str:
    """Where a redirect leads. Raises SourceError for a loop, too many steps, or a step to an unsafe place."""
    try:
        following = web_address(urljoin(steps[-1], target).partition("#")[0]).url
    except ValueError:
        raise SourceError(f"it redirects to {target[:200]!r}, which is no address.") from None
    if following in steps:
        raise SourceError("it redirects in a circle.")
    if len(steps) >= _MOST_STEPS:
        raise SourceError(f"it redirects more than {_MOST_STEPS - 1} times.")
    if steps[-1].startswith("https:") and not following.startswith("https:"):
        raise SourceError(f"it redirects from https to {following[:200]}, which anybody on the way could change.")
    return following
