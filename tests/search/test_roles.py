"""Sentences are placed by what they say; what is supposed, asked or a fragment is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import learncities
from corpus.text import sentences
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from search.engine import KnowledgeBase
from search.role_signs import SIGNS, Role
from search.roles import Sentence, is_whole, roles_of

PRACTICES = Path(learncities.__file__).parent / "corpus" / "practices"
LABELLED = [json.loads(line) for line in Path(__file__).with_name("roles.jsonl").read_text("utf-8").splitlines()]


def roles(base: KnowledgeBase, text: str, heading: str = "") -> set[Role]:
    return set(roles_of([Sentence(text, (heading,) if heading else ())], base.encoder)[0])


@pytest.mark.parametrize(
    ("role", "text"),
    [
        (Role.PROBLEM, "Many young people are out of work, and unemployment is highest in the poor districts."),
        (Role.DONE, "The library runs free evening courses and workshops for people of every age."),
        (Role.GOVERNANCE, "A steering committee chaired by the deputy mayor leads the work."),
        (Role.PARTNERS, "Organisations involved: the city council, two universities and the chamber of commerce."),
        (Role.COST, "The city paid 1.2 million euros for the new centre out of its own budget."),
        (Role.INFRASTRUCTURE, "Classes are held in libraries, museums and 14 community centres."),
        (Role.REACH, "More than 3,500 residents took part in the courses in the first year."),
        (Role.RESULTS, "The city won the UNESCO learning city award in 2019."),
        (Role.CONDITIONS, "Success depends on political support and on a strong partnership."),
        (Role.OBSTACLES, "The main obstacle was a lack of staff in the villages."),
        (Role.TIME, "The project started in 2015 and ran for three years."),
    ],
)
def test_a_sentence_gets_the_role_that_it_plays(starter: KnowledgeBase, role: Role, text: str) -> None:
    assert role in roles(starter, text)


@pytest.mark.parametrize(
    "text",
    [
        "The weather was fine on the second day of the meeting.",
        "Courses might be offered to adults if money could be found.",
        "the programme offers courses and workshops for residents.",  # a fragment
        "[3] Smith, A. (2019). The programme offers courses. City Press.",
        "“We offer courses for everybody in the city,” he said.",
    ],
)
def test_what_tells_nothing_of_the_practice_has_no_role(starter: KnowledgeBase, text: str) -> None:
    assert roles(starter, text) == set()


def test_a_heading_supports_what_stands_under_it(starter: KnowledgeBase) -> None:
    text = "The Stepping Stone scheme was shown to delegates from Ireland."
    assert Role.RESULTS not in roles(starter, text)
    assert Role.COST in roles(starter, "Each host was lent a projector for the year.", "Costs")
    assert Role.COST not in roles(starter, "Each host was lent a projector for the year.")


def test_cost_effective_is_not_a_cost(starter: KnowledgeBase) -> None:
    assert Role.COST not in roles(starter, "The group looks for cost-effective ways of teaching people to read.")


def test_nothing_to_read_has_no_roles(starter: KnowledgeBase) -> None:
    assert roles_of([], starter.encoder) == []


@pytest.mark.parametrize(
    "text", ["Too short.", "x" * 700 + ".", "and so it goes on for some time.", "A heading without an end"]
)
def test_only_whole_sentences_are_quoted(text: str) -> None:
    assert not is_whole(text)


def test_every_role_has_signs_and_a_label() -> None:
    assert set(SIGNS) == set(Role)


def practice_sentences(identity: str) -> dict[int, Sentence]:
    """The sentences of a practice by where they start in its text."""
    path = PRACTICES / f"{identity}.md"
    document = parse(RawSource(path.name, path.read_bytes()))
    return {
        section.start + start: Sentence(document.text[section.start + start : section.start + end], section.path)
        for section in document.sections
        for start, end in sentences(document.text[section.start : section.end])
    }


def test_labelled_practices_are_read_right(starter: KnowledgeBase) -> None:
    right = found = missing = 0
    for labels in LABELLED:
        if not labels["document"].startswith("practice:"):
            continue
        at = practice_sentences(labels["document"].removeprefix("practice:"))
        known = [(at[s["start"]], s["roles"]) for s in labels["sentences"] if s["start"] in at]
        missing += len(labels["sentences"]) - len(known)
        for (_, by_hand), given in zip(known, roles_of([s for s, _ in known], starter.encoder), strict=True):
            found += len(given)
            right += len(set(given) & set(by_hand))
    assert missing == 0, "an edited practice: label it again"
    assert found > 200
    assert right / found > 0.85


def test_the_labels_name_roles_that_exist_and_hold_no_text() -> None:
    names = {role.value for role in Role}
    for labels in LABELLED:
        assert labels["split"] in ("develop", "measure")
        for sentence in labels["sentences"]:
            assert set(sentence) == {"key", "start", "roles"}
            assert set(sentence["roles"]) <= names
    measured = [labels["document"] for labels in LABELLED if labels["split"] == "measure"]
    assert len(measured) == len(set(measured)) == 30
    assert sum(name.startswith("practice:") for name in measured) == 15
