"""Killed at any moment and started again, a run ends as if nothing had happened, and embeds nothing twice.

By default at some of the points at which something lasts, spread over the run, and at some random moments. With
`LEARNCITIES_KILLS=500` at all of these points and so many random moments; with `all` at every single step.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.build import embedding_key
from tests.conftest import TinyEmbedder
from tests.ingest.killed import Ended, embedded, run
from tests.ingest.site import Site, page, serving

Write = Callable[..., Path]
KILLS = os.environ.get("LEARNCITIES_KILLS", "")
# Of each kind, so many fit into the time of a test.
FEW = 3


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def given(site: Site, write: Write) -> list[str]:
    """A catalogue of three pages of a site, a feed, and a folder with a table."""
    site.pages |= {f"/{n}": page(f"Room {n} is open. " * (n + 1), f"Room {n}") for n in range(4)}
    item = f"<item><link>{site.at('/3')}</link></item>"
    site.pages["/feed"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    entries = [f'[[source]]\naddress = "{site.at(f"/{n}")}"\nyear = {2010 + n}\n' for n in range(3)]
    write("list.toml", "\n".join([*entries, f'[[source]]\nfeed = "{site.at("/feed")}"\n', '[[source]]\npath = "in"\n']))
    for n in range(4):
        write(f"in/{n}.md", f"# House {n}\n\n" + "\n\n".join(f"## Floor {f}\n\nRoom {n}.{f} opens." for f in range(3)))
    return [
        str(
            write("in/table.csv", "title,description\nA,The first row is open.\nB,The second is.\n").parent.parent
            / "list.toml"
        )
    ]


def moments(undisturbed: Ended) -> list[int]:
    """The numbers of the steps to be killed before."""
    steps = range(len(undisturbed.lasting))
    if KILLS == "all":
        return list(steps)
    lasting = [step for step in steps if undisturbed.lasting[step]]
    if not KILLS:
        lasting = lasting[:: -(-len(lasting) // FEW)]
    return sorted({*lasting, *random.Random(7).sample(steps, min(int(KILLS or FEW), len(steps)))})


def test_killed_at_any_moment_the_next_run_ends_with_the_same_snapshot(given: list[str], tmp_path: Path) -> None:
    undisturbed = run(given, tmp_path / "undisturbed")
    assert not undisturbed.killed
    embedder = TinyEmbedder()
    for moment in moments(undisturbed):
        data = tmp_path / f"killed-{moment}"
        run(given, data, kill_at=moment)
        done = embedded(data)
        resumed = run(given, data)
        assert resumed.snapshot == undisturbed.snapshot, f"killed before step {moment}"
        again = {embedding_key(embedder, text) for text in resumed.encoded} & done
        assert again == set(), f"embedded twice after step {moment}"
        shutil.rmtree(data)
