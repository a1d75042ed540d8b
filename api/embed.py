"""What a website pastes to embed the search: the element's script at an address that never changes, tags, policies."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha384
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.pages import environment
from corpus.errors import InvalidInput, NotFound
from corpus.languages import LANGUAGES as LANGUAGES
from corpus.languages import number_in, plural_of

STATIC = Path(__file__).parent / "web" / "static"
_NAME = "learncities-search"
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Script:
    """A version of the element's script."""

    body: bytes

    @property
    def version(self) -> str:
        """What its address carries: the beginning of its hash, so another script has another address."""
        return sha384(self.body).hexdigest()[:12]

    @property
    def path(self) -> str:
        """Its address below the site's, to be cached for ever."""
        return f"/static/{_NAME}.{self.version}.js"

    @property
    def integrity(self) -> str:
        """Its hash as a script's `integrity` attribute takes it (Subresource Integrity)."""
        return f"sha384-{b64encode(sha384(self.body).digest()).decode()}"


def script(version: str | None = None) -> Script:
    """The element's script, or an earlier version whose file was kept beside it. Raises NotFound."""
    for path in (STATIC / f"{_NAME}.js", *sorted(STATIC.glob(f"{_NAME}.*.js"))):
        found = Script(path.read_bytes())
        if version in (None, found.version):
            return found
    raise NotFound(f"There is no version {version!r} of the element; `learncities embed` prints the tag of the newest.")


@cache
def texts(language: str) -> dict[str, Any]:
    """What the element says, in one of its languages."""
    found: dict[str, Any] = json.loads((STATIC / _NAME / f"{language}.json").read_text(encoding="utf-8"))
    return found


def counted(language: str, key: str, number: int) -> str:
    """A text of the element with a number in it, in the plural form that the language asks for."""
    forms: Mapping[str, str] = texts(language)[key]
    form = forms.get(plural_of(number, language), forms["other"])
    return form.replace("{n}", number_in(language, number))


@dataclass(frozen=True, slots=True)
class Tags:
    """All that a website owner needs, ready to be pasted."""

    element: str
    iframe: str
    policy: str
    iframe_policy: str
    script: str
    integrity: str

    def as_json(self) -> dict[str, str]:
        """The same as plain values."""
        return asdict(self)


def origin_of(public_url: str) -> tuple[str, str]:
    """The address of a resource centre without its last slash, and its origin. Raises InvalidInput."""
    parts = urlsplit(public_url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise InvalidInput(f"{public_url!r} is not the address of a website; give one like https://learn.example.org")
    return public_url.strip().rstrip("/"), f"{parts.scheme}://{parts.netloc}"


def tags(base: str, origin: str, language: str, filters: Pairs = (), limit: int = 5) -> Tags:
    """The tags for a resource centre at `base`, which is empty on its own pages, and the policy its host needs."""
    current = script()
    values = {
        "base": base, "script": current, "language": language, "texts": texts(language),
        "hidden": [*filters, ("lang", language)], "attributes": _attributes(filters), "limit": limit,
        "frame": f"{base}/embed?{urlencode([('lang', language), *filters, ('limit', str(limit))])}",
    }  # fmt: skip
    element, iframe = (
        environment().get_template(f"tags_{name}.html").render(values).strip() for name in ("element", "iframe")
    )
    return Tags(
        element=element,
        iframe=iframe,
        policy=f"script-src {origin}; connect-src {origin}; form-action {origin}",
        iframe_policy=f"frame-src {origin}",
        script=base + current.path,
        integrity=current.integrity,
    )


def _attributes(filters: Pairs) -> dict[str, str]:
    """Filters as the element's attributes, several values of one parted by semicolons."""
    found: dict[str, str] = {}
    for name, value in filters:
        name = name.replace("_", "-")
        found[name] = f"{found[name]};{value}" if name in found else value
    return found
