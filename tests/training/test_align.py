"""Words are aligned by where they stand together, and the lexicon says what each means."""

from __future__ import annotations

from pathlib import Path

from index.gloss import WRITTEN, read_lexicon
from training import lexicons
from training.align import align
from training.pairs import Pair

PAIRS = [
    ("la casa es roja", "the house is red"),
    ("la casa es azul", "the house is blue"),
    ("el libro es rojo", "the book is red"),
    ("el libro es azul", "the book is blue"),
    ("la casa es vieja", "the house is old"),
    ("el libro es viejo", "the book is old"),
] * 3


def test_both_directions_agree_on_what_a_word_means() -> None:
    sentences = [(own.split(), english.split()) for own, english in PAIRS]
    found, _ = align(sentences, [own for own, _ in sentences])
    best = {link.own: link.english for link in sorted(found, key=lambda link: link.times)}
    assert (best["casa"], best["libro"], best["azul"]) == ("house", "book", "blue")


def test_a_lexicon_is_kept_and_read_again(tmp_path: Path) -> None:
    counts, english = lexicons.lexicon([Pair(e, o, "x") for o, e in PAIRS], "es", {})
    lexicons.write(tmp_path / "es.tsv.gz", counts, english)
    first = (tmp_path / "es.tsv.gz").read_bytes()
    lexicons.write(tmp_path / "es.tsv.gz", counts, english)
    assert (tmp_path / "es.tsv.gz").read_bytes() == first
    words = read_lexicon("es", tmp_path / "es.tsv.gz")
    assert words.reading("Los libros y la casa") == "book house"
    assert words.reading("Medellín") == "Medellín"


def test_chinese_words_are_those_that_stand_alone_in_a_dictionary() -> None:
    pairs = [
        Pair("women", "妇女", "cc-cedict"),
        Pair("city", "城市", "cc-cedict"),
        Pair("women of the city", "城市妇女", "x"),
    ]
    counts, english = lexicons.lexicon(pairs, "zh", {})
    assert set(counts) == {"妇女", "城市"}
    assert english["妇女"] == ("women",)


def test_what_a_dictionary_says_counts_by_how_common_it_is_beside_what_the_text_says() -> None:
    text = [Pair("house", "дом", "x")] * 2
    listed = [Pair(english, "энергия", "freedict") for english in ("energy", "vigour", "to be forcible")]
    _, english = lexicons.lexicon([*text, *listed], "ru", {"energi": 90, "vigour": 3})
    assert english["энерг"] == ("energy",)
    assert english["дом"] == ("house",)


def test_a_form_that_was_seldom_met_means_what_its_stem_means() -> None:
    text = [Pair("hand", "рука", "x")] * 20 + [Pair("old foot", "руку", "x")] * 2
    _, english = lexicons.lexicon(text, "ru", {})
    assert english["рук"] == ("hand",)
    assert WRITTEN + "рук" not in english
    assert english.get(WRITTEN + "руку", ("hand",))[0] == "hand"
