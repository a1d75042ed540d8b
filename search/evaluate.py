"""How good the search is on judged questions: nDCG@10, recall@10 and MRR with bootstrap intervals."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field

from corpus.console import counted
from corpus.errors import InvalidInput
from search.engine import KnowledgeBase
from search.fusion import meaning, words
from search.scoring import DEPTH, Measure, Scores, answerable, as_run, judged_share, measure, scores_of
from search.trec import Qrels, Topic, parsed, twice_in

# How far a run is written: what TREC asks for.
RUN_DEPTH = 1000
# A language with fewer questions is listed without a claim.
ENOUGH = 10
SYSTEMS = {"dense": meaning, "words": words, "hybrid": None}


class Question(BaseModel):
    """A judged question."""

    q: str = Field(min_length=1)
    lang: str = "en"
    relevant: list[str] = Field(min_length=1)
    id: str = Field(default="", pattern=r"^\S*$")


@dataclass(frozen=True, slots=True)
class Judged:
    """Questions with their judgements; the two are tied by the questions' ids."""

    topics: tuple[Topic, ...]
    qrels: Qrels


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one way of searching over the questions of one language (or all)."""

    system: str
    language: str
    questions: int
    ndcg: Measure
    recall: Measure
    mrr: Measure
    judged: float  # share of the first ten that anybody judged


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSONL file. Raises InvalidInput with the line that is wrong."""
    form = '{"q": "...", "lang": "en", "relevant": ["document-id"]}'
    questions = [q for _, q in parsed(path, lambda line: Question.model_validate(json.loads(line)), form)]
    if not questions:
        raise InvalidInput(f"{path.name} holds no question.")
    return questions


class Asked(BaseModel):
    """A question that needs no judgement."""

    q: str = Field(min_length=1)
    lang: str = "en"


def read_asked(path: Path) -> list[Asked]:
    """The questions of a JSONL file. Raises InvalidInput with the line that is wrong."""
    return [asked for _, asked in parsed(path, lambda line: Asked.model_validate(json.loads(line)), '{"q": "..."}')]


def judged_from(questions: Sequence[Question]) -> Judged:
    """The questions as topics, called by their ids or, without one, by their position from 1."""
    ids = [question.id or str(number) for number, question in enumerate(questions, start=1)]
    if twice := twice_in(ids):
        raise InvalidInput(f"Two questions have the id {twice!r}. Ids must differ.")
    topics = tuple(Topic(id_, question.q, question.lang) for id_, question in zip(ids, questions, strict=True))
    return Judged(topics, {t.id: dict.fromkeys(q.relevant, 1) for t, q in zip(topics, questions, strict=True)})


def evaluate(base: KnowledgeBase, judged: Judged) -> list[Row]:
    """Rows for meaning alone, words alone and the hybrid, over all questions and by language."""
    can = set(answerable(judged.qrels))
    topics = [topic for topic in judged.topics if topic.id in can]
    if not topics:
        raise InvalidInput(
            "No question has a judgement that a document answers it. Do topics and qrels belong together?"
        )
    rows = []
    for system in SYSTEMS:
        found = rankings(base, topics, system, DEPTH)
        scores = scores_of(judged.qrels, as_run(found), [topic.id for topic in topics])
        for language in ("all", *sorted({topic.language for topic in topics})):
            of = [i for i, topic in enumerate(topics) if language in ("all", topic.language)]
            share = judged_share(judged.qrels, {topics[i].id: found[topics[i].id] for i in of})
            rows.append(Row(system, language, len(of), *_measures(scores[of]), share))
    return rows


def unmeasured(base: KnowledgeBase, judged: Judged) -> list[str]:
    """In words: questions and judgements that do not meet, and judged documents that are not here."""
    can, asked = set(answerable(judged.qrels)), {topic.id for topic in judged.topics}
    wanted = {d for q in can & asked for d, grade in judged.qrels[q].items() if grade > 0}
    absent = sorted(document for document in wanted if not base.holds(document))
    gaps = [
        (sorted(asked - can), "question", "without a document that answers: left out"),
        (sorted(set(judged.qrels) - asked), "judged question", "not among those asked: left out"),
        (absent, "answering document", "not in this knowledge base: counted as not found"),
    ]
    return [
        f"{counted(len(ids), noun)} {what} ({', '.join(ids[:3])}{' …' * (len(ids) > 3)})."
        for ids, noun, what in gaps
        if ids
    ]


def rankings(base: KnowledgeBase, topics: Sequence[Topic], system: str, depth: int) -> dict[str, list[str]]:
    """The documents that one way of searching finds for each question, by the question's id."""
    half = SYSTEMS[system]
    return {topic.id: _found(lambda typed: base.ranking(typed, half), topic.text)[:depth] for topic in topics}


def measures(ranking: Callable[[str], list[str]], questions: Sequence[Question]) -> tuple[Measure, Measure, Measure]:
    """nDCG, recall and reciprocal rank at 10 of one way of searching."""
    judged = judged_from(questions)
    run = as_run({topic.id: _found(ranking, topic.text)[:DEPTH] for topic in judged.topics})
    return _measures(scores_of(judged.qrels, run, [topic.id for topic in judged.topics]))


def _measures(scores: Scores) -> tuple[Measure, Measure, Measure]:
    return measure(scores[:, 0]), measure(scores[:, 1]), measure(scores[:, 2])


def _found(ranking: Callable[[str], list[str]], question: str) -> list[str]:
    try:
        return ranking(question)
    except InvalidInput:  # a question that cannot be asked found nothing
        return []
