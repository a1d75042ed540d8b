"""What a question names is searched for by its other names too, and carries other languages into English."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.taxonomy import load_taxonomy
from corpus.thesaurus import Concept, Thesaurus
from index.analyzer import terms
from search.expand import WEIGHTS, Expansion, bridged_share, bridged_text, expand

TAXONOMY = load_taxonomy()
THESAURUS = Thesaurus(
    "Words",
    "CC0",
    "Words, CC0",
    "",
    (
        Concept("1", {"en": "Open universities", "fr": "Université ouverte"}, {"en": ("Universities without walls",)}),
        Concept("2", {"en": "Advertising", "fr": "Publicité"}, {"en": ("Publicity",)}),
        Concept("3", {"en": "Folk art", "fr": "Art populaire"}, {"fr": ("Bibliothèque",)}),
        Concept("4", {"en": "Space", "ru": "Космос"}, {"en": ("Outer space",)}),
        Concept("5", {"fr": "Sans anglais"}, {}),
    ),
)


def expanded(text: str, language: str | None = "en", thesaurus: Thesaurus | None = None) -> tuple[Expansion, ...]:
    return expand(text, language, TAXONOMY, thesaurus)


def meant(text: str, language: str | None = "en", thesaurus: Thesaurus | None = None) -> list[str]:
    return [entry.meant for entry in expanded(text, language, thesaurus)]


def reading_of(text: str, language: str | None = "en") -> str | None:
    return bridged_text(text, expanded(text, language))


def test_an_acronym_is_searched_for_in_full() -> None:
    (entry,) = expanded("who runs a U3A?")
    assert (entry.asked, entry.start, entry.end) == ("U3A", 11, 14)
    assert entry.meant == "university of the third age"
    assert ("senior", "universiti") in entry.terms
    assert (entry.source, entry.bridge) == ("taxonomy", False)


@pytest.mark.parametrize(
    ("acronym", "in_full"),
    [
        ("ESD", "education for sustainable development"),
        ("TVET", "technical and vocational education and training"),
        ("GNLC", "Global Network of Learning Cities"),
        ("ALE", "adult education"),
        ("ICT", "information and communication technology"),
        ("MOOC", "massive open online course"),
        ("NEET", "not in education, employment or training"),
        ("RPL", "recognition of prior learning"),
        ("M&E", "monitoring and evaluation"),
        ("SDG 4", "Quality education"),
    ],
)
def test_the_field_s_acronyms_are_known(acronym: str, in_full: str) -> None:
    assert in_full in meant(f"good practice of {acronym} in towns")


def test_words_in_full_are_searched_for_by_their_acronym() -> None:
    assert ("tvet",) in expanded("technical and vocational education and training")[0].terms


@pytest.mark.parametrize("text", ["a pint of ale", "how to wash hands", "plant stem", "I SEN HIM AND ASK FOR ALE"])
def test_an_acronym_that_is_also_a_word_counts_in_capitals_only(text: str) -> None:
    assert meant(text) == []


def test_the_user_s_own_words_are_not_among_the_terms() -> None:
    (entry,) = expanded("literacy and illiteracy")[:1]
    assert ("literaci",) not in entry.terms
    assert ("illiteraci",) not in entry.terms


def test_what_has_no_other_name_adds_nothing() -> None:
    assert expanded("a museum, a university and a village") == ()


def test_an_expansion_weighs_less_than_the_user_s_word_and_a_thesaurus_less_than_the_taxonomy() -> None:
    assert 0 < WEIGHTS["thesaurus"] < WEIGHTS["taxonomy"] < 1


def test_a_thesaurus_adds_its_own_alternatives() -> None:
    (entry,) = expanded("what do open universities offer", thesaurus=THESAURUS)
    assert (entry.source, entry.meant) == ("thesaurus", "Open universities")
    assert entry.terms == (tuple(terms("universities walls", "en")),)
    assert entry.also == ("Universities without walls",)


@pytest.mark.parametrize("text", ["public meetings", "space for all", "spaces"])
def test_one_english_word_of_a_thesaurus_is_left_alone(text: str) -> None:
    assert meant(text, thesaurus=THESAURUS) == []


def test_our_own_concepts_come_before_those_of_a_thesaurus() -> None:
    assert meant("bibliothèque", "fr", THESAURUS) == ["library"]


@pytest.mark.parametrize(
    ("language", "text", "reading"),
    [
        ("fr", "l'alphabétisation des femmes en milieu rural au Sénégal", "literacy women rural Senegal"),
        ("es", "bibliotecas y museos para personas mayores en Bogotá", "library museum older people Bogotá"),
        ("pt", "alfabetização de jovens e adultos", "literacy young people adults"),
        ("ru", "обучение пожилых людей в библиотеках Шанхая", "learning older people library Shanghai"),
        ("ar", "تعليم الكبار للنساء والشباب في القاهرة", "adult education women young people Cairo"),
        ("es", "cursos para mayores de 50 años", "course older people 50"),
        ("zh", "上海老年人的终身学习", "Shanghai older people lifelong learning"),
    ],
)
def test_a_question_in_another_language_is_read_in_english(language: str, text: str, reading: str) -> None:
    found = expanded(text, language)
    assert bridged_text(text, found) == reading
    assert all(entry.bridge for entry in found)
    assert 0.5 < bridged_share(text, found) <= 1


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("图书馆", "library"),
        ("библиотека", "library"),
        ("المكتبات", "library"),
        ("bibliothèques pour enfants", "library children"),
        ("bibliotecas para niños", "library children"),
    ],
)
def test_without_a_known_language_script_and_words_tell_it(text: str, reading: str) -> None:
    assert reading_of(text, None) == reading


@pytest.mark.parametrize(
    "text", ["red cross", "former miners", "formation of clubs", "community learning for families"]
)
def test_an_english_question_of_unknown_language_stays_english(text: str) -> None:
    assert reading_of(text, None) is None


def test_an_english_question_has_no_reading_and_no_share() -> None:
    assert reading_of("literacy") is None
    assert bridged_share("literacy", expanded("literacy")) == 0


@pytest.mark.parametrize(
    ("text", "reading"), [("niños", "children"), ("niñas", "girls"), ("escolas", "school"), ("escolares", "pupils")]
)
def test_of_two_names_with_one_stem_the_one_as_written_is_meant(text: str, reading: str) -> None:
    assert reading_of(text, "pt" if text.startswith("esc") else "es") == reading


@pytest.mark.parametrize("text", ["literacy. Campaign", "learning, city"])
def test_a_name_does_not_reach_over_a_mark(text: str) -> None:
    assert [entry.asked for entry in expanded(text) if " " in entry.asked] == []


@pytest.mark.parametrize("language", ["de", "ja", "xx"])
def test_a_language_without_names_is_left_alone(language: str) -> None:
    assert expanded("Bildung der Erwachsenen", language) == ()


def test_japanese_is_not_read_as_chinese() -> None:
    assert expanded("図書館の学習", None) == ()


def test_a_place_is_carried_across_and_its_own_english_name_adds_nothing() -> None:
    assert meant("Пекин", "ru") == ["Beijing"]
    assert expanded("learning in Beijing") == ()


@settings(deadline=None)  # the first question of a language collects its names
@given(st.text(max_size=80), st.sampled_from([None, "en", "fr", "ar", "zh", "ru", "th"]))
def test_any_text_gives_spans_of_itself_in_order(text: str, language: str | None) -> None:
    found = expanded(text, language, THESAURUS)
    assert [text[entry.start : entry.end] for entry in found] == [entry.asked for entry in found]
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert 0 <= bridged_share(text, found) <= 1
