"""How much of a document reads like text, 0 to 1, and in plain words what does not.

Each sign of garbled text (ingest/garbled.py) has a share that good text stays below and one that leaves nothing to
read; the score is the product of what all signs leave, times the pages that hold text and the passages that are worth
finding. benchmarks/quality.py shows the scores of good and of garbled text in many languages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import JUNK, Document, Passage, PassageKind
from ingest.garbled import fragments, order, shares

# Below this a document is reported: none in a hundred of good ones (benchmarks/quality.py).
THRESHOLD = 0.5
# sign: (share that good text may show, share that leaves nothing, what it says). Measured on news, encyclopaedia and
# policy texts in eight languages; the declaration of human rights in 532 set the first numbers where it shows more.
_SIGNS = {
    "lost": (0.01, 0.08, "characters {} lost (�, (cid:1) or private use)"),
    "encoding": (0.02, 0.15, "words {} in the wrong encoding, as “Ã©” for “é”"),
    "accents": (0.05, 0.3, "letters {} in the wrong encoding"),
    "mixed": (0.02, 0.12, "words {} mixed of two scripts"),
    "inside": (0.06, 0.3, "words {} broken by digits, signs or capitals"),
    "consonants": (0.03, 0.12, "words {} unpronounceable, as with a wrong font or encoding"),
    "backwards": (0.01, 0.08, "Arabic words {} written backwards"),
    "single": (0.22, 0.38, "words {} a single letter"),
    "spelled": (0.06, 0.3, "words {} spelled out with spaces"),
    "long": (0.15, 0.5, "letters {} in words run together"),
    "stops": (0.2, 0.6, "commas and full stops {} followed by no space"),
    "rare": (0.1, 0.4, "Chinese characters {} hardly ever used"),
    "apart": (0.05, 0.3, "Chinese characters {} set apart by spaces"),
    "odd": (0.05, 0.25, "characters {} an odd sign such as # or ¤"),
    "letterless": (0.7, 1.0, "characters {} no letter"),
}
# Bits of order that one in a hundred texts of a language stays below; nearly every other language has more than 0.27.
_ORDER = {"ar": 0.85, "de": 0.85, "en": 0.75, "es": 0.8, "fr": 0.65, "pt": 0.65, "ru": 0.7}
_ANY_ORDER = 0.27
# Short words that come once: one good text in a hundred has the first share, and most of those in which a tenth of the
# letters is wrong have more than the middle. Vietnamese and some others have that by nature.
_FRAGMENTS, _ANY_FRAGMENTS = (0.075, 0.14), (0.14, 0.28)
# Twelve pieces of 600 characters tell a book's quality, in a millisecond or two.
_PIECES, _PIECE = 12, 600
# A link is no word, whatever stands in it.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# A page with fewer characters is a picture, a number or a blank.
_HARDLY_ANY = 25
# At most this much of the score is lost to pages without text, and to passages that nobody looks for.
_EMPTY, _JUNK = 0.5, 0.3
# What costs less than this is not worth a word.
_WORTH_SAYING = 0.05


@dataclass(frozen=True, slots=True)
class Quality:
    """How much of a document reads like text, and in plain words what does not, the worst first."""

    score: float
    reasons: tuple[str, ...]

    def warning(self) -> str | None:
        """What to tell the user of a document that looks garbled, else None."""
        if self.score >= THRESHOLD:
            return None
        way_out = "check the file, or give a version with a text layer"
        return f"reads as garbled (quality {self.score:.2f}): {', '.join(self.reasons[:3])}; {way_out}."


def quality(document: Document, passages: Sequence[Passage]) -> Quality:
    """How much of this document, cut into these passages, reads like text."""
    text = _sample(document, passages)
    losses = [*_signs(text), _disorder(text, document.language), _fragments(text, document.language)]
    losses += [_empty_pages(document), _junk(passages)]
    said = [words for loss, words in sorted(losses, key=lambda loss: -loss[0]) if loss >= _WORTH_SAYING]
    return Quality(round(math.prod(1 - loss for loss, _ in losses), 3), tuple(said))


def _sample(document: Document, passages: Sequence[Passage]) -> str:
    """Running text from all over a document; tables and junk only where there is hardly anything else."""
    running = [p for p in passages if p.kind not in JUNK and p.kind is not PassageKind.TABLE]
    if 3 * sum(len(p.text) for p in running) < sum(len(p.text) for p in passages):
        running = [*passages]
    texts = [p.text for p in running] or [document.text]
    count = min(_PIECES, len(texts))
    size = _PIECES * _PIECE // count
    return _ADDRESS.sub(" ", "\n".join(texts[i * len(texts) // count][:size] for i in range(count)))


def _signs(text: str) -> Iterator[tuple[float, str]]:
    """What each sign of garbled text costs, 0 to 1, and what to say of it."""
    for name, share in shares(text).items():
        fine, bad, words = _SIGNS[name]
        yield _ramp(share, fine, bad), _said(share, words)


def _disorder(text: str, language: str | None) -> tuple[float, str]:
    found, usual = order(text), _ORDER.get(language or "", _ANY_ORDER)
    loss = 0.0 if found is None else 1 - _ramp(found, 0.5 * usual, 0.9 * usual)
    return loss, "letters follow each other at random"


def _fragments(text: str, language: str | None) -> tuple[float, str]:
    limits = _FRAGMENTS if language in _ORDER else _ANY_FRAGMENTS
    return _ramp(fragments(text), *limits), "many odd short words, as after poor OCR"


def _empty_pages(document: Document) -> tuple[float, str]:
    count = max((page.index for page in document.pages), default=0)
    empty = count - sum(page.end - page.start >= _HARDLY_ANY for page in document.pages)
    return (_EMPTY * empty / count if count else 0.0), f"{empty} of {count} pages hold hardly any text"


def _junk(passages: Sequence[Passage]) -> tuple[float, str]:
    total = sum(len(p.text) for p in passages)
    share = sum(len(p.text) for p in passages if p.kind in JUNK) / total if total else 0.0
    return _JUNK * share, f"{share:.0%} of the text is contents, references or boilerplate"


def _ramp(share: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (share - low) / (high - low)))


def _said(share: float, words: str) -> str:
    if share > 0.6:
        return "most " + words.format("are")
    if share > 0.4:
        return "half of the " + words.format("are")
    return f"1 in {round(1 / max(share, 0.001))} " + words.format("is")
