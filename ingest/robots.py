"""What robots.txt of each site allows us (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from corpus.errors import SourceError

# What is asked for it: the text of the file; None where there is none. Raises SourceError if it cannot be had.
Ask = Callable[[str], str | None]
# A site that asks for a longer pause between two requests than this gets this one.
_LONGEST_DELAY = 30.0


class Robots:
    """The rules of the sites met so far."""

    def __init__(self, name: str, ask: Ask) -> None:
        self._name, self._ask = name, ask
        self._known: dict[str, Protego | SourceError] = {}

    def check(self, address: str) -> None:
        """Raises SourceError where the site forbids the address, or does not say what it allows."""
        rules = self._of(address)
        if isinstance(rules, SourceError):
            raise SourceError(f"the site's robots.txt cannot be read, so nothing is asked of it: {rules}") from None
        if not rules.can_fetch(address, self._name):
            raise SourceError("the site's robots.txt forbids it.")

    def delay(self, address: str) -> float:
        """The seconds that the site wants between two requests, as far as it was read already."""
        rules = self._known.get(_origin(address))
        asked = rules.crawl_delay(self._name) if isinstance(rules, Protego) else None
        return min(float(asked or 0), _LONGEST_DELAY)

    def _of(self, address: str) -> Protego | SourceError:
        origin = _origin(address)
        if origin not in self._known:
            try:
                self._known[origin] = Protego.parse(self._ask(f"{origin}/robots.txt") or "")
            except SourceError as error:  # RFC 9309, 2.3.1.4: unreachable means that all is forbidden
                self._known[origin] = error
        return self._known[origin]


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
