"""The API says reasons, notices and labels in the language asked for; what documents say stays as it is."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

SEARCH, SUGGEST = "/api/v1/search", "/api/v1/suggest"


def asked(client: TestClient, url: str, **parameters: str | int) -> Any:
    answer = client.get(url, params=parameters)
    assert answer.status_code == 200
    return answer.json()


def test_an_answer_in_another_language_differs_in_its_labels_and_reasons_alone(client: TestClient) -> None:
    english, french = (asked(client, SEARCH, q="learning festival", lang=language) for language in ("en", "fr"))
    assert [hit["document"]["title"] for hit in english["hits"]] == [hit["document"]["title"] for hit in french["hits"]]
    assert [hit["passages"] for hit in english["hits"]] == [hit["passages"] for hit in french["hits"]]
    assert english["hits"][0]["why"][0].startswith("Words found: ")
    assert french["hits"][0]["why"][0].startswith("Mots trouvés : ")
    regions = {value["value"]: value["label"] for value in french["facets"]["region"]}
    assert regions["europe-and-north-america"] == "Europe et Amérique du Nord"
    themes = {theme["id"]: theme["label"] for hit in french["hits"] for theme in hit["document"]["themes"]}
    assert all(label != english_label(english, theme) for theme, label in themes.items())


def english_label(answer: Any, theme: str) -> str:
    found = (t["label"] for hit in answer["hits"] for t in hit["document"]["themes"] if t["id"] == theme)
    return str(next(found))


def test_notices_are_said_in_the_language(client: TestClient) -> None:
    notices = asked(client, SEARCH, q='"no such phrase anywhere"', lang="es")["notices"]
    assert notices[0] == "No se ha encontrado nada comparable en este corpus."


def test_what_a_practice_rests_on_is_said_in_the_language(client: TestClient) -> None:
    notes = asked(client, "/api/v1/documents/osan-stepping-stone-classrooms", lang="fr")["rests_on"]
    assert notes == [
        "Résumé établi à partir d’extraits des pages indiquées ; vérifiez la source avant de vous y fier.",
        "Repose sur une seule source.",
    ]


def test_a_refusal_is_said_in_the_language(client: TestClient) -> None:
    details = [
        client.get(SEARCH, params={"theme": "nothing", **lang}).json()["detail"] for lang in ({}, {"lang": "fr"})
    ]
    assert details == [
        "Unknown theme: 'nothing'. /api/v1/themes lists what is known.",
        "Il n’y a pas de thème du nom de nothing.",
    ]


def test_suggestions_are_found_and_shown_in_the_language(client: TestClient) -> None:
    first = asked(client, SUGGEST, q="alphab", lang="fr")["suggestions"][0]
    assert (first["text"], first["filters"]) == ("Alphabétisation", {"theme": "literacy"})
    assert first["explanation"] == "un thème"


def test_a_language_that_there_is_none_of_is_refused(client: TestClient) -> None:
    assert client.get(SEARCH, params={"lang": "tlh"}).status_code == 422


def test_themes_regions_and_sizes_are_named_in_the_language_on_every_route(client: TestClient) -> None:
    tree = asked(client, "/api/v1/themes", lang="fr")["themes"]
    assert {theme["id"]: theme["label"] for theme in tree}["literacy"] == "Alphabétisation"
    english = {theme["description"] for theme in asked(client, "/api/v1/themes")["themes"]}
    assert not english & {theme["description"] for theme in tree}
    theme = asked(client, "/api/v1/themes/literacy", lang="fr")
    assert theme["label"] == "Alphabétisation"
    named = {value["id"]: value["label"] for value in theme["regions"]}
    assert named["europe-and-north-america"] == "Europe et Amérique du Nord"
    overview = asked(client, "/api/v1/overview", lang="es")
    assert "Alfabetización" in {theme["label"] for theme in overview["themes"]}
    cities = asked(client, "/api/v1/cities", lang="fr")["cities"]
    assert {"Allemagne", "Irlande"} <= {city["country"]["label"] for city in cities}


def test_reasons_of_peers_and_answers_of_briefs_are_said_in_the_language(client: TestClient) -> None:
    english, french = (asked(client, "/api/v1/cities/cork/similar", lang=lang) for lang in ("en", "fr"))
    assert [peer["city"]["id"] for peer in english["peers"]] == [peer["city"]["id"] for peer in french["peers"]]
    assert english["peers"][0]["shared"] != french["peers"][0]["shared"]
    url = "/api/v1/documents/osan-stepping-stone-classrooms"
    english, french = (asked(client, f"{url}/brief", city="Cork", lang=lang) for lang in ("en", "fr"))
    assert english["answers"][1]["label"] != french["answers"][1]["label"]
    assert [a["quotes"] for a in english["answers"]] == [a["quotes"] for a in french["answers"]]
    english, french = (asked(client, url, lang=lang) for lang in ("en", "fr"))
    assert english["passages"] == french["passages"]
    assert english["themes"][0]["label"] != french["themes"][0]["label"]
    rows = client.get("/api/v1/compare?city=cork&city=lyon&lang=fr").json()["rows"]
    assert "Irlande" in {value for row in rows for value in row["values"]}
