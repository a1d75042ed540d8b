"""What a visitor downloads: the weight of each kind of page with everything it loads, plain and as it travels.

    python -m benchmarks.pages DATA

A browser keeps style sheet, script and icon after the first page; both sums are given. There are no fonts, no pictures
but the icon, and nothing of another site.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from api.app import create_app
from corpus.settings import Settings

PAGES = {
    "start": "/",
    "results": "/?q=festival",
    "results in Arabic": "/?q=festival&lang=ar",
    "nothing found": "/?q=%22no+such+phrase+anywhere%22",
    "practice": "/documents/gwanak-library-lunchbox",
    "brief": "/documents/gwanak-library-lunchbox/brief?city=Cork",
    "city": "/cities/cork",
    "all cities": "/cities",
    "compare": "/compare?city=Cork&city=Limerick&city=Nantes",
    "theme": "/themes/literacy",
    "overview": "/overview",
    "map": "/map",
}


def main(data: Path) -> None:
    with TestClient(create_app(Settings(data=data))) as client:
        print("| page | HTML, kB | as sent, kB | first visit in all, kB | plain in all, kB |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, url in PAGES.items():
            answer = client.get(url, headers={"accept": "text/html"})
            html = answer.raise_for_status().content
            others = [client.get(address).content for address in loaded(html)]
            sent = sum(map(travelling, [html, *others]))
            plain = len(html) + sum(map(len, others))
            sizes = (len(html), travelling(html), sent, plain)
            print(f"| {name} | " + " | ".join(f"{size / 1e3:.1f}" for size in sizes) + " |")


def loaded(html: bytes) -> list[str]:
    """The addresses that a browser fetches with the page."""
    soup = BeautifulSoup(html, "html.parser")
    found = [link["href"] for link in soup.select("link[rel=stylesheet], link[rel=icon]")]
    found += [tag["src"] for tag in soup.select("script[src], img[src]")]
    return sorted({str(address) for address in found})


def travelling(content: bytes) -> int:
    """How many bytes travel: compressed where it pays, as the server does it."""
    return len(gzip.compress(content, 9)) if len(content) >= 1000 else len(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
