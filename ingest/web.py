"""Pages of the web for one run: what is held and fresh is not asked for, the rest from several hosts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlsplit

from corpus.console import Progress
from corpus.errors import Interrupted, SourceError
from ingest.answer import Answer, Status
from ingest.fetch import Fetcher, Manners
from ingest.fetched import FetchStore, Held

# Hosts that are asked side by side.
_HOSTS = 8


@dataclass(frozen=True, slots=True)
class Page:
    """What there is of an address: what is held of it, why no more could be had, and where it has moved for good."""

    address: str
    held: Held | None = None
    fault: str = ""
    gone: bool = False
    moved: str | None = None


class Web:
    """Asks for addresses and keeps what they give in a data folder; use as a context manager."""

    def __init__(self, data: Path, manners: Manners, fresh: timedelta | None, progress: Progress) -> None:
        """`fresh` is how long an answer counts as new; None asks only for what was never held."""
        self._data, self._fresh, self._progress = data, fresh, progress
        self._fetcher = Fetcher(manners)
        self._stack = ExitStack()
        self._store: FetchStore | None = None
        self.asked = 0

    def __enter__(self) -> Web:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._store and kind is None:
            self._store.prune()
        self._stack.close()

    @property
    def store(self) -> FetchStore:
        """The files that were fetched; made when they are first needed."""
        if self._store is None:
            self._store = self._stack.enter_context(FetchStore(self._data))
        return self._store

    def ask(self, addresses: Iterable[str]) -> dict[str, Page]:
        """A page for each address. Raises Interrupted when the user has enough; what came by then is kept."""
        held = {address: self.store.get(address) for address in addresses}
        pages = {address: _page(one) for address, one in held.items() if one and self._is_fresh(one)}
        due = _by_turns([address for address in held if address not in pages])
        with ThreadPoolExecutor(_HOSTS, thread_name_prefix="fetch") as threads:
            asked = {threads.submit(self._fetcher.fetch, one, held[one], self.store): one for one in due}
            try:
                for number, done in enumerate(as_completed(asked)):
                    self._progress("fetching", number, len(due), asked[done])
                    pages[asked[done]] = self._noted(asked[done], held[asked[done]], done)
            except BaseException as error:
                self._fetcher.stop()
                threads.shutdown(wait=True, cancel_futures=True)
                if isinstance(error, KeyboardInterrupt):
                    way_on = "run the same command again to go on from there"
                    raise Interrupted(f"Stopped while fetching; what came is kept: {way_on}.") from None
                raise
        self.asked += len(due)
        return {address: pages[address] for address in held}

    def _is_fresh(self, held: Held) -> bool:
        return self._fresh is None or datetime.now(UTC) - datetime.fromisoformat(held.asked) < self._fresh

    def _noted(self, address: str, held: Held | None, done: Future[Answer]) -> Page:
        """What an answer makes of a page; the store knows it from here on."""
        try:
            answer = done.result()
        except SourceError as error:
            return Page(address, held, str(error))
        except OSError:
            raise  # the disk: no other address would fare better
        except Exception as error:  # what one server provokes must not cost the others
            return Page(address, held, f"could not be fetched ({type(error).__name__}: {error}).")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if answer.status is Status.FILE:
            last = (answer.etag, answer.modified, now, now)
            held = Held(address, answer.sha256, answer.media_type, answer.final, *last)
        elif held:
            gone = (held.gone or now) if answer.status is Status.GONE else None
            held = replace(held, asked=now, gone=gone)
        if held is None:
            return Page(address, gone=True, fault="there is nothing at this address.", moved=answer.moved)
        self.store.put(held)
        return replace(_page(held), moved=answer.moved)


def _page(held: Held) -> Page:
    return Page(held.address, held, gone=held.gone is not None)


def _by_turns(addresses: Sequence[str]) -> list[str]:
    """The addresses in such an order that neighbours are of different hosts: one's pause is another's turn."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)
    rounds: Iterator[tuple[str | None, ...]] = zip_longest(*hosts.values())
    return [address for turn in rounds for address in turn if address]
