"""Topics, judgements and runs as evaluations exchange them: TREC's files, and BEIR's JSONL and TSV."""

from __future__ import annotations

import io
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from corpus.errors import InvalidInput
from corpus.text import squeeze
from search.topics_xml import tagged_topics

Qrels = dict[str, dict[str, int]]  # question → document → grade; from 1 on it answers
Run = dict[str, dict[str, float]]  # question → document → score
T = TypeVar("T")
_BEIR_HEADER = "query-id"
_TOPICS = "an id, a tab and the question (and, if you like, a tab and its language), or BEIR's "
_TOPICS += '{"_id": "1", "text": "..."}'
_QRELS = "'question 0 document grade', or BEIR's three columns 'query-id corpus-id score'"
_RUN = "six columns, 'question Q0 document rank score tag'"


@dataclass(frozen=True, slots=True)
class Topic:
    """A question to ask, under the id that judgements and runs call it by."""

    id: str
    text: str
    language: str = "en"


class _BeirQuery(BaseModel):
    id: str = Field(alias="_id", pattern=r"^\S+$")
    text: str = Field(pattern=r"\S")
    lang: str = "en"


def read_topics(path: Path) -> list[Topic]:
    """The questions of a file: TSV, BEIR's JSONL, or TREC's tagged topics, told apart by how it begins."""
    start = text_of(path).lstrip()[:1]
    if start == "<":
        topics = [Topic(*found) for found in tagged_topics(text_of(path), path.name)]
    else:
        topics = [topic for _, topic in parsed(path, _beir_topic if start == "{" else _tsv_topic, _TOPICS)]
    if twice := twice_in([topic.id for topic in topics]):
        raise InvalidInput(f"{path.name} gives the id {twice!r} to two questions. Ids must differ.")
    if not topics:
        raise InvalidInput(f"{path.name} holds no question. Each line is {_TOPICS}.")
    return topics


def _beir_topic(line: str) -> Topic:
    query = _BeirQuery.model_validate(json.loads(line))
    return Topic(query.id, query.text, query.lang)


def _tsv_topic(line: str) -> Topic:
    number, text, *language = (column.strip() for column in line.split("\t"))
    if not re.fullmatch(r"\S+", number) or not text or len(language) > 1:
        raise ValueError
    return Topic(number, squeeze(text), *filter(None, language))


def read_qrels(path: Path) -> Qrels:
    """The judgements of a file: TREC's four columns, or BEIR's three under a header."""
    qrels: Qrels = {}
    for number, (question, document, grade) in parsed(path, _judgement, _QRELS):
        if question != _BEIR_HEADER:
            _put(qrels, question, document, grade, f"{path.name}, line {number}")
    if not qrels:
        raise InvalidInput(f"{path.name} holds no judgement. Each line is {_QRELS}.")
    return qrels


def _judgement(line: str) -> tuple[str, str, int]:
    from ir_measures import read_trec_qrels

    columns = line.split()
    if columns[0] == _BEIR_HEADER:
        return _BEIR_HEADER, "", 0
    if len(columns) == 3:  # BEIR leaves out TREC's second column, which nobody uses
        columns.insert(1, "0")
    found = next(read_trec_qrels(io.StringIO(" ".join(columns))))  # type: ignore[no-untyped-call]
    return found.query_id, found.doc_id, found.relevance


def read_run(path: Path) -> Run:
    """The ranked documents of a TREC run."""
    run: Run = {}
    for number, (question, document, score) in parsed(path, _ranked, _RUN):
        _put(run, question, document, score, f"{path.name}, line {number}")
    if not run:
        raise InvalidInput(f"{path.name} holds no ranked document. Each line is {_RUN}.")
    return run


def _ranked(line: str) -> tuple[str, str, float]:
    from ir_measures import read_trec_run

    found = next(read_trec_run(io.StringIO(line)))  # type: ignore[no-untyped-call]
    if not math.isfinite(found.score):
        raise ValueError
    return found.query_id, found.doc_id, found.score


def run_text(rankings: Mapping[str, Sequence[str]], tag: str) -> str:
    """A TREC run; its score column counts down, because evaluators sort by it and the order is all that is claimed."""
    if not re.fullmatch(r"[\w.+-]+", tag):
        raise InvalidInput(f"The tag {tag!r} would break the run's columns. Use letters, digits, '.', '+', '-', '_'.")
    lines = [
        f"{question} Q0 {document} {rank} {len(documents) - rank + 1} {tag}\n"
        for question, documents in rankings.items()
        for rank, document in enumerate(documents, start=1)
    ]
    return "".join(lines)


def text_of(path: Path) -> str:
    """The text of a file. Raises InvalidInput where it is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(f"{path.name!r} cannot be read as a text file.") from None


def parsed(path: Path, parse: Callable[[str], T], form: str) -> Iterator[tuple[int, T]]:
    """Each line that is not blank, parsed, with its number. Raises InvalidInput with the line that is wrong."""
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            try:
                yield number, parse(line)
            except (ValueError, RecursionError):
                raise InvalidInput(f"{path.name}, line {number}: expected {form}.") from None


def _put(table: dict[str, dict[str, T]], question: str, document: str, value: T, where: str) -> None:
    if document in table.setdefault(question, {}):
        raise InvalidInput(f"{where}: {document!r} is there twice for question {question!r}. Leave one line.")
    table[question][document] = value


def twice_in(values: Sequence[str]) -> str | None:
    """The first value that is there more than once."""
    return next((value for value, times in Counter(values).items() if times > 1), None)
