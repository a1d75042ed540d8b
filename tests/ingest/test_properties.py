"""What files declare is believed where a person wrote it, and passed over where software did."""

from __future__ import annotations

import pytest

from ingest.formats.properties import good_names, good_title, language_code, printed_year, year_of


@pytest.mark.parametrize(
    "title",
    [
        "Evening rooms",
        "Learning 2030: a city plan",
        "学习型城市",
        "Model cities",
        "Cover the city with libraries",
        "Document of the city council",
        "COVID-19",
        "F.R.E.E. rooms",
        "UNESCO",
        "Convention on Higher Education, Lisbon, 1997; 1997",
    ],
)
def test_a_title_that_a_person_wrote_is_kept(title: str) -> None:
    assert good_title(f" {title}\x00 ") == title


@pytest.mark.parametrize(
    "title",
    [
        None, "", " ", "1", "--", "report_final.docx", "Annual Report.PDF", "Microsoft Word - draft", "Untitled-3",
        "untitled", "Document1", "PowerPoint Presentation", "Slide 1", "Layout 1", "report_final_v2", "187735eng",
        "C:\\Users\\me\\report", "file:///tmp/report", "Title",
    ],
)  # fmt: skip
def test_a_title_that_software_made_is_passed_over(title: str | None) -> None:
    assert good_title(title) is None


def test_names_are_given_once_each_and_parted_at_semicolons() -> None:
    assert good_names(["A. Byrne; C. Walsh", "City of Cork", "A. Byrne", None]) == (
        "A. Byrne",
        "C. Walsh",
        "City of Cork",
    )


@pytest.mark.parametrize(
    "name",
    [
        "", "user", "PAHO LAN USER", "HP User 2", "Microsoft Office User", "Windows User", "admin", "Administrator",
        "anonymous", "(unknown)", "python-docx", "calibre", "微软用户", "1671251", "Lenovo", "Utilisateur", "---",
    ],
)  # fmt: skip
def test_names_that_name_nobody_are_passed_over(name: str) -> None:
    assert good_names([name]) == ()


@pytest.mark.parametrize(
    "name", ["Martin Thoma", "Dell Hymes", "User Experience Institute", "Council of Europe", "李明"]
)
def test_names_of_people_and_organisations_are_kept(name: str) -> None:
    assert good_names([name]) == (name,)


@pytest.mark.parametrize(
    ("tag", "code"),
    [("fr-CA", "fr"), ("EN_us", "en"), ("ZH-HANS", "zh"), ("und", None), ("English", None), (None, None)],
)
def test_a_language_is_that_of_a_tag(tag: str | None, code: str | None) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("D:20150312093000+01'00'", 2015),
        ("20150312", 2015),
        ("2019-05-01T10:00:00", 2019),
        ("May 2021", 2021),
        ("12/07/1998", 1998),
        ("D:19041231", None),
        ("1671251", None),
        ("", None),
        (None, None),
    ],
)
def test_a_year_is_read_from_dates_of_any_form(date: str | None, year: int | None) -> None:
    assert year_of(date) == year


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Published in 2012 by the City of Cork", 2012),
        ("First published 2019", 2019),
        ("Publié en 2016 par l'Organisation", 2016),
        ("© UNESCO 2012", 2012),
        ("© 2010-2012 UNESCO. All rights reserved.", 2012),
        ("Copyright (C) by the authors, 2014", 2014),
        ("July 2012", 2012),
        ("12 July 2012", 2012),
        ("Cork, 12 July 2012", 2012),
        ("July 12, 2012", 2012),
        ("juillet 2012", 2012),
        ("julio de 2012", 2012),
        ("июль 2012", 2012),
        ("2012年7月", 2012),
        ("2012-07", 2012),
        ("Lisbon, 1997", 1997),
        ("The report that the council published in 2003 says so", None),
        ("In July 2012 the rooms were opened.", None),
        ("Education 2030", None),
        ("ISBN 978-92-820-1997", None),
        ("75352 Paris, France", None),
        ("Between the years, 2003", 2003),  # the price of reading "Lisbon, 1997"
    ],
)
def test_a_year_of_publication_is_read_where_it_stands_as_one(line: str, year: int | None) -> None:
    assert printed_year([line]) == year


def test_published_in_goes_before_other_dates_and_of_several_the_last_counts() -> None:
    lines = ["Cork, June 2017", "Photograph © A. Byrne 2009", "First published 2015", "Published in 2018 by the city"]
    assert printed_year(lines) == 2018
    assert printed_year(lines[:2]) == 2017


def test_a_year_after_the_file_was_made_is_no_year_of_publication() -> None:
    assert printed_year(["Education, 2030", "© City of Cork 2016"], made=2015) == 2016
    assert printed_year(["Education, 2030"], made=2015) is None
