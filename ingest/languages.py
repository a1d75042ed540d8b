"""The language of a passage, cheaply: most are in their document's language, and its commonest words show it."""

from __future__ import annotations

import re

from corpus.text import clean, guess_language, squeeze

# Words that make up much of any text in the language and are rare in its neighbours, so "a", "de", "in" are none.
_COMMON = {
    "en": "the of and to for that with are this by be from which was were has have on it is their as not",
    "fr": "le les des du et dans une pour qui sur au aux ou sont avec est cette par ses nous être plus ce",
    "es": "el los las del y una para por con que su sus como más al lo es son entre también ha",
    "pt": "o os do da dos das e um uma para com não ao em mais são na no nas nos pela pelo foi",
    "de": "der die das und den von zu mit des im für auf ist dem ein eine nicht werden sich auch als",
    "it": "il gli della di e che per con una del le dei nel alla sono delle più anche è",
    "ru": "и в на с по для не что к из от как о за это при",
    "ar": "في من على إلى أن عن التي هذا هذه مع أو ما الذي كان",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
# A tenth of the words: English prose has a third of them, and no passage of another language in the evaluation texts
# reached a tenth of a language that was not its own.
_OWN_SHARE, _OWN_LEAST = 0.1, 4
# A place name or two tell nothing; letters, for figures and signs belong to no language.
_LEAST_LETTERS = 20
# The guess is from samples of the beginning and the middle: its time grows with their length.
_SAMPLE = 150
# Below these it is unknown. Another language than the document's needs more proof: names and headings of reports in
# English were guessed to be French, Spanish or Danish at 0.9 and more, but hold few common words of those.
_OWN, _OTHER, _SURE = 0.3, 0.6, 0.9
_COMMON_SHARE, _LONG = 0.05, 60
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{6}")


def passage_language(text: str, of_document: str | None) -> str | None:
    """The ISO 639-1 code of the language of a passage, or None where it is not clear enough."""
    words = _WORD.findall(text.lower())
    own = [word for word in words if word in _WORDS.get(of_document or "", ())]
    if len(own) >= max(_OWN_LEAST, _OWN_SHARE * len(words)) and len(set(own)) > 1:
        return of_document
    text = squeeze(_LINK.sub(" ", clean(text)))
    if sum(map(str.isalpha, text)) < _LEAST_LETTERS and not _DENSE.search(text):
        return None
    middle = len(text) // 2
    sample = text if len(text) <= 2 * _SAMPLE else f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"
    code, confidence = guess_language(sample)
    if code == of_document:
        return code if confidence >= _OWN else None
    return code if confidence >= _OTHER and _is_told(code, confidence, words) else None


def _is_told(code: str, confidence: float, words: list[str]) -> bool:
    """Whether the words bear out a language in Latin letters, which many languages share."""
    letters = "".join(words)
    if 2 * len(_LATIN.findall(letters)) < len(letters):
        return True
    if code not in _WORDS:
        return len(letters) >= _LONG
    least = 1 if confidence >= _SURE else 2
    return sum(word in _WORDS[code] for word in words) >= max(least, _COMMON_SHARE * len(words))
