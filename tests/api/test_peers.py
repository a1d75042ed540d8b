"""Comparable cities over HTTP: by name, by words, by theme, and side by side as JSON and CSV."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient


def get(client: TestClient, url: str, **params: Any) -> Any:
    answer = client.get(url, params=params or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_any_city_of_the_world_has_peers_with_reasons_and_sources(client: TestClient) -> None:
    values = get(client, "/api/v1/peers", city="Лион", limit=3)
    assert (values["city"], values["asked"]["id"]) == (None, "geonames:2996944")
    assert {"indicator": "country", "value": "France", "source": "the network's records or GeoNames"} in values[
        "asked"
    ]["known"]
    peer = values["peers"][0]
    assert peer["rank_range"][0] <= peer["rank"] <= peer["rank_range"][1]
    assert {part["name"]: part["sources"] for part in peer["parts"]}["income"] == ["World Bank income groups"] * 2


def test_a_description_says_what_was_understood(client: TestClient) -> None:
    values = get(client, "/api/v1/peers", profile="coastal town of 80,000 with an ageing population")
    assert values["asked"]["not_understood"] == ["coastal"]
    assert values["asked"]["themes"] == [{"id": "healthy-ageing", "label": "Healthy ageing"}]
    assert all(peer["practice"] is not None for peer in values["peers"])


def test_peers_by_theme_carry_its_practices(client: TestClient) -> None:
    values = get(client, "/api/v1/cities/cork/similar", theme="health", limit=2)
    assert values["theme"] == "health-and-well-being"
    assert len(values["peers"]) == 2


def test_an_ambiguous_name_answers_with_what_to_ask_for(client: TestClient) -> None:
    answer = client.get("/api/v1/peers", params={"city": "Springfield"})
    assert answer.status_code == 400
    asked_again = answer.json()["suggestions"][0]
    assert get(client, "/api/v1/peers", city=asked_again)["asked"]["name"] == "Springfield"


def test_a_comparison_is_also_a_file(client: TestClient) -> None:
    values = get(client, "/api/v1/compare", city=["cork", "osan"])
    assert [city["name"] for city in values["cities"]] == ["Cork", "Osan"]
    answer = client.get("/api/v1/compare", params={"city": ["cork", "osan"], "format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.text.splitlines()[0] == "group,what,Cork,Osan,source (Cork),source (Osan)"
