"""Which places, years and languages a text is taken to name; the sentences are made up around names that mislead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Document, Passage, PassageKind
from corpus.places import load_gazetteer
from ingest.enrich import enrich


def document(title: str = "A report", **known: object) -> Document:
    plain = Document("d", "d.txt", title, "", (), "text/plain", "h", language="en")
    return replace(plain, **known)  # type: ignore[arg-type]


def passages(*texts: str, section: tuple[str, ...] = (), kind: PassageKind = PassageKind.BODY) -> list[Passage]:
    return [Passage(number, text, 0, len(text), section, kind, 10) for number, text in enumerate(texts)]


def named(*texts: str) -> tuple[set[str], set[str]]:
    """The cities and countries that the texts of one document name."""
    _, told = enrich(document(), passages(*texts))
    return {city for p in told for city in p.cities}, {country for p in told for country in p.countries}


def cities(*texts: str) -> set[str]:
    return named(*texts)[0]


def countries(*texts: str) -> set[str]:
    return named(*texts)[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamburg opened forty learning rooms.", {"hamburg"}),
        ("Visitors came from Hamburg, Shanghai and Espoo.", {"hamburg", "shanghai", "espoo"}),
        ("Classes in Ho Chi\nMinh City begin at dawn.", {"ho-chi-minh-city"}),
        ("The network met in Mexico City.", {"mexico-city"}),
        ("La ciudad de México y Bogotá firmaron un acuerdo.", {"mexico-city", "bogota"}),
        ("Les habitants de Hambourg et du Caire.", {"hamburg"}),
        ("Le Caire accueille la réunion.", {"cairo"}),
        ("HAMBURG LEARNS", {"hamburg"}),
        ("Clermont Ferrand ouvre un centre.", {"clermont-ferrand"}),
        ("Evry–Courcouronnes", {"evry-courcouronnes"}),
    ],
)
def test_a_plain_name_names_its_city(text: str, expected: set[str]) -> None:
    assert cities(text) == expected


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("В Шанхае и Гамбурге открылись школы Китая.", "shanghai", "CN"),
        ("Жители Тегерана и всего Ирана учатся.", "tehran", "IR"),
        ("上海与韩国的城市合作。", "shanghai", "KR"),
        ("该项目在北京市和越南开展。", "beijing", "VN"),
        ("زار الوفد القاهرة والأردن في الربيع.", "cairo", "JO"),
        ("سافرت المعلمات للقاهرة وبتركيا أقمن أسبوعا.", "cairo", "TR"),
        ("تعليم الكبار في عمّان بالأردن.", "amman", "JO"),
        ("Les villes de Marrakech et de Dakar, au Sénégal.", "dakar", "SN"),
        ("Lisboa y Corea del Sur comparten su experiencia.", "lisbon", "KR"),
        ("เชียงใหม่เป็นเมืองแห่งการเรียนรู้", "chiang-mai", None),
        ("수원시는 학습도시이다.", "suwon", None),
        ("شهر شیراز در ایران است.", "shiraz", "IR"),
    ],
)
def test_names_are_read_in_other_scripts_with_endings_and_prefixes(text: str, city: str, country: str | None) -> None:
    found = named(text)
    assert city in found[0]
    assert country is None or country in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "The walls are clad in cork floor tiles.",
        "Cork is a material that insulates.",
        "The office stands in Hamburg Street.",
        "She lives near Cork Street in a new flat.",
        "Rue de Dakar, au troisième étage.",
        "Research by the University of Bristol and Glasgow University.",
        "The Lisbon Treaty and the Treaty of Lisbon were signed.",
        "They wrote the Beijing Declaration on Building Learning Cities.",
        "A survey by Maria Lira and Carlos Medina (2019).",
        "Medina, J. and Braga et al. studied it.",
        "Add chia seeds; a pinch of Chia is enough.",
        "El sur es más pobre. América del Sur crece.",
        "Each lira counts. A fez was worn.",
        "Bristol, Connecticut, holds a fair.",
        "A woman from Omaha sang in Limassol.",
        "the industrial heart of the state of Puebla",
        "The representative Alexandria Okafor-Lang spoke.",
        "Santiago is a lovely place.",
        "他们形成都市圈。",
        "商店在南京东路，北京时间九点开门。",
        "عاد إلى مسقط رأسه.",
        "约翰·埃斯波西托写了这本书。",
        "باراك أوباما تحدث عن نصف قطر الدائرة وعن شمال المدينة.",
        "Macao and Hong Kong hold fairs in China.",
    ],
)
def test_other_things_of_that_name_are_no_city(text: str) -> None:
    assert cities(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Santiago, Chile, opened a library.", {"santiago"}),
        ("Santiago (Chile) and Lima (Peru) met.", {"santiago", "lima"}),
        ("Santiago in Nuevo León gives free classes.", {"santiago-nuevo-leon"}),
        ("Santiago de Compostela, in Spain, is far from Chile.", set()),
        ("Mexican towns. Santiago lies in the north of Mexico.", {"santiago-nuevo-leon"}),
        ("Cuenca in Spain hosts a fair.", set()),
        ("The city of Cuenca restores its crafts.", {"cuenca"}),
        ("Cuenca, in Ecuador, restores its crafts.", {"cuenca"}),
        ("Mação, a small municipality in Portugal.", {"macao"}),
        ("The city of Cork runs a festival.", {"cork"}),
        ("People in Cork learn together.", {"cork"}),
        ("Cork City Council leads.", {"cork"}),
        ("Wyndham City in Australia grows.", {"wyndham"}),
        ("Muscat, Nizwa and Sur are cities of Oman.", {"muscat", "nizwa", "sur"}),
        ("Fez in Morocco and Fes, its old quarter.", {"fez"}),
        ("Lagoa, in the Portuguese Azores. Portugal has three.", {"lagoa-azores"}),
        ("Medina in Saudi Arabia reads.", {"medina"}),
    ],
)
def test_a_doubtful_name_needs_its_country_or_a_sign(text: str, expected: set[str]) -> None:
    assert cities(text) == expected


def test_a_name_has_one_sense_throughout_a_document() -> None:
    assert cities("Cork is growing.", "The festival in Cork is free.", "Cork is green.") == {"cork"}
    _, told = enrich(document(), passages("Cork is growing.", "The festival in Cork is free."))
    assert [passage.cities for passage in told] == [("cork",), ("cork",)]


def test_two_cities_of_one_name_are_told_apart_by_the_country_of_the_document() -> None:
    text = "Santiago trains its librarians."
    assert cities(text, "Chile pays for it.") == {"santiago"}
    assert cities(text, "Mexico pays for it.") == {"santiago-nuevo-leon"}
    assert cities(text, "Chile and Mexico pay for it.") == set()


def test_who_publishes_helps_to_tell_which_place_is_meant() -> None:
    publisher = document(publisher="Wyndham City Council, Australia")
    found, _ = enrich(publisher, passages("Wyndham is growing. Wyndham teaches."))
    assert found.found_cities == ("wyndham",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Viet Nam and Vietnam are one.", {"VN"}),
        ("The Republic of Korea, or South Korea.", {"KR"}),
        ("The Democratic People's Republic of Korea.", {"KP"}),
        ("Türkiye, formerly Turkey.", {"TR"}),
        ("Côte d’Ivoire is the Ivory Coast.", {"CI"}),
        ("The UK and the USA signed, and so did the U.S.", {"GB", "US"}),
        ("Papua New Guinea and Guinea-Bissau.", {"PG", "GW"}),
        ("Equatorial Guinea, not Guinea pigs.", {"GQ"}),
        ("South Sudan is not Sudan.", {"SS", "SD"}),
        ("Nigeria borders Niger; the Niger Delta floods.", {"NG", "NE"}),
        ("Schools in Northern Ireland.", {"GB"}),
        ("New Mexico and the Gulf of Mexico.", set()),
        ("Armenia, Georgia and Azerbaijan met.", {"AM", "GE", "AZ"}),
        ("Atlanta in Georgia, United States.", {"US"}),
        ("Chad Thomas and Michael Jordan play.", set()),
        ("Michael Jordan spoke in Spain.", {"ES"}),
        ("Refugees in Jordan learn; Jordan opened schools.", {"JO"}),
        ("DR Congo and the Republic of the Congo.", {"CD", "CG"}),
        ("Congo is large.", set()),
        ("Congo is large. Its capital is Kinshasa.", {"CD"}),
        ("They told us to eat turkey off fine china.", set()),
        ("US$ 5 for US all, TELL US; the US$ 5, the US dollar.", set()),
        ("The Irish and the French speak.", set()),
        ("中国和印度尼西亚，不是马里兰。内蒙古下雪。", {"CN", "ID"}),
        ("В России и Того же года в Самое.", {"RU"}),
    ],
)
def test_countries_by_their_usual_names(text: str, expected: set[str]) -> None:
    assert countries(text) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Founded in 1998, renewed in 2015-2019 and 2020/21.", (1998, 2015, 2019, 2020, 2021)),
        ("1998 people and 2,019 pupils in 2000 schools", ()),
        ("1998 children, 2019 figures, but in 2017 children learned", (2017,)),
        ("on 12.05.2019, 2018-05-12 and 3/2017", (2017, 2018, 2019)),
        ("Directive 2009/28, pp. 1950, No. 2015-260, € 2000, 2000 km", (2009,)),
        ("the 2030 Agenda and Agenda 2030", ()),
        ("by 2150, since 1850", ()),
        ("the 1990s; A2015; 12019; 20190", ()),
        ("于2019年至2021年，2000人", (2019, 2021)),
        ("عام ٢٠١٩", (2019,)),
        ("Martínez (2007b)\n2008, then", (2007, 2008)),
    ],
)
def test_years_and_not_other_numbers(text: str, years: tuple[int, ...]) -> None:
    assert enrich(document(), passages(text))[1][0].years == years


SPANISH = "“La ciudad educadora es una promesa que los vecinos renuevan cada día con sus hijos y con la escuela.”"
ENGLISH = "The report was written for those who plan the programme and are asked what it costs."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (SPANISH, "es"),
        ("Город помогает жителям учиться всю жизнь.", "ru"),
        ("学习型城市帮助居民终身学习。", "zh"),
        ("Espoo, Wuhan, Cali", None),
        ("2.5.1. Distribution", None),
        ("12 34 56", None),
        ("", None),
    ],
)
def test_the_language_of_a_passage_is_told_where_it_is_clear(text: str, language: str | None) -> None:
    assert enrich(document(), passages(text))[1][0].language == language


def test_a_document_is_about_the_city_that_it_names_most() -> None:
    found, _ = enrich(
        document(),
        passages("Espoo teaches. Espoo learns.", "Espoo met Hamburg.", "Hamburg and Cali follow in Germany."),
    )
    assert (found.found_cities, found.found_countries) == (("espoo", "hamburg"), ("FI", "DE"))


def test_a_place_that_is_named_once_in_a_long_text_is_an_example() -> None:
    found, _ = enrich(document(), passages("As in Espoo.", *["Nothing is said of places."] * 20))
    assert (found.found_cities, found.found_countries) == ((), ())


def test_the_title_and_a_chapters_heading_say_what_it_is_about() -> None:
    assert enrich(document("Learning in Espoo"), passages("It teaches."))[0].found_cities == ("espoo",)
    chapter = passages("It teaches.", "It learns.", section=("Cases", "Espoo, Finland"))
    rest = passages(*["Nothing is said of places."] * 40)
    assert enrich(document(), [*chapter, *rest])[0].found_cities == ("espoo",)


def test_references_do_not_make_a_document_be_about_their_places() -> None:
    listed = passages("Espoo: Otava. Espoo: City Press.", kind=PassageKind.REFERENCES)
    found, told = enrich(document(), [*listed, *passages("Hamburg teaches.")])
    assert found.found_cities == ("hamburg",)
    assert told[0].cities == ("espoo",)


def test_what_an_editor_named_stays_and_is_not_added_to() -> None:
    edited = document(cities=("cork",), countries=("IE",))
    found, told = enrich(edited, passages("Espoo in Finland. Cork is green."))
    assert (found.found_cities, found.found_countries) == ((), ())
    assert set(told[0].cities) == {"espoo"}


def test_the_shipped_names_are_all_found_where_they_are_certain() -> None:
    gazetteer = load_gazetteer()
    missed = [
        name
        for name in gazetteer.names()
        if name.doubt == ""
        and name.place
        and not name.elsewhere
        and not set().union(*named(f"{name.name}.")) >= {name.place}
    ]
    assert missed == []


words = st.sampled_from(
    ["Cork", "Espoo", "Oman", "Mali", "city of ", "北京", "وعمان", "Корка", "Jordan", ", ", "2015-", "İ"]
)


@given(st.lists(st.one_of(st.text(st.characters(), max_size=20), words), max_size=12).map("".join))
def test_no_text_makes_it_fail(text: str) -> None:
    found, told = enrich(document(text), passages(text, text[::-1]))
    assert found.id == "d"
    assert [passage.text for passage in told] == [text, text[::-1]]


@given(
    st.sampled_from(["Hamburg", "Shanghai", "Шанхай", "القاهرة", "Kenya"]),
    st.sampled_from("aZé9_жةह"),
    st.booleans(),
)
def test_a_name_within_a_word_is_none(name: str, letter: str, before: bool) -> None:
    inside = f"{letter * 4}{name}" if before else f"{name}{letter * 4}"
    assert named(f"x {inside} y") == (set(), set())
