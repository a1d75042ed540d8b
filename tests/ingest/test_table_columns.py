"""Headings of many forms and languages, told to be the field that they name."""

from __future__ import annotations

import pytest

from corpus.errors import InvalidInput, SourceError
from ingest.formats.tables.columns import FIELDS, check_fields, given_columns, match
from ingest.formats.tables.names import field_of


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("id", "ID, _id, Project ID, identifiant, المعرف"),
        (
            "title",
            "Title, NAME, Name of the initiative *, projectTitle, Titre / Title, Título, Название, 标题, العنوان",
        ),
        (
            "text",
            "Description (max. 200 words), Key lessons, Résultats, Descripción, Описание, 项目简介, الوصف, Results 2",
        ),
        ("city", "City, name_of_city, Ville, Ciudad, Город, 城市, المدينة"),
        ("country", "Country, country code, Pays, País, Страна, 国家, البلد"),
        ("year", "Year, start_date, Année, Año, Год начала, 年份, السنة"),
        ("language", "Language, Langue, Idioma, Язык, 语言, اللغة"),
        ("publisher", "Publisher, Organisation, Lead organization, Éditeur, Institución, Организация, 机构, المؤسسة"),
        ("authors", "Author, Author 2, Auteurs, Autor, Автор, 作者, المؤلف"),
        ("organisations", "Partners, Partenaires, Socios, Партнеры, 合作伙伴, الشركاء"),
        ("licence", "License, Licence, Licencia, Лицензия, 许可, الترخيص"),
        ("address", "URL, Website, fields.Link, Lien, Enlace, Ссылка, 网址, الرابط"),
        ("themes", "Themes, Topic, Thème 1, Temas, Тема, 主题, الموضوع"),
        ("target_groups", "Target group(s), Public cible, Destinatarios, Целевая группа, 目标群体, الفئة المستهدفة"),
        ("display", "Display"),
    ],
)
def test_a_heading_names_its_field_in_each_of_the_six_languages(field: str, headings: str) -> None:
    assert {heading: field_of(heading) for heading in headings.split(", ")} == dict.fromkeys(
        headings.split(", "), field
    )


@pytest.mark.parametrize(
    "heading", ["", "Population", "Contact e-mail", "Number of participants", "No.", "Title deed " * 20]
)
def test_other_headings_name_none(heading: str) -> None:
    assert field_of(heading) is None


def test_one_column_holds_a_title_and_several_hold_text() -> None:
    columns = match(["Title", "Name", "Problem", "Results", "", "City"])
    assert columns.fields == ("title", None, "text", "text", None, "city")
    assert columns.headings == ("Title", "Name", "Problem", "Results", "Column 5", "City")


def test_what_the_user_says_goes_first_and_takes_the_place_of_what_was_found() -> None:
    columns = match(
        ["Title", "Kort", "Verhaal", "Notes"], [("title", "Kort"), ("text", " Verhaal"), ("ignore", "Notes")]
    )
    assert columns.fields == (None, "title", "text", "ignore")


def test_an_option_names_a_field_and_a_heading() -> None:
    assert given_columns(["title=Name = of it ", " text = Story"]) == (("title", "Name = of it"), ("text", "Story"))
    for option in ("title", "title=", "name=Name", "=Name"):
        with pytest.raises(InvalidInput, match="id, title, text"):
            given_columns([option])


def test_every_field_may_be_named_and_no_other() -> None:
    check_fields([(field, "A heading") for field in FIELDS])
    with pytest.raises(SourceError, match="'heading' is no field"):
        check_fields([("heading", "Title")])
