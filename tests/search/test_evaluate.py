"""The measures are those of the textbook, and a file of questions that is wrong names its line."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from search.engine import KnowledgeBase
from search.evaluate import Judged, Question, evaluate, judged_from, measures, read_questions, unmeasured
from search.trec import Topic

GOOD = '{"q": "night schools", "lang": "en", "relevant": ["one"]}\n'


def judged(ranking: list[str], *relevant: str) -> tuple[float, float, float]:
    """nDCG, recall and reciprocal rank at 10 of one ranking."""
    ndcg, recall, mrr = measures(lambda _: ranking, [Question(q="any", relevant=list(relevant))])
    return ndcg.mean, recall.mean, mrr.mean


def test_the_right_document_first_is_perfect() -> None:
    assert judged(["a", "b", "c"], "a") == pytest.approx((1, 1, 1))


def test_the_right_document_third_counts_by_its_rank() -> None:
    assert judged(["x", "y", "a"], "a") == pytest.approx((1 / math.log2(4), 1, 1 / 3))


def test_two_right_documents_of_which_one_is_found() -> None:
    ideal = 1 / math.log2(2) + 1 / math.log2(3)
    assert judged(["x", "a"], "a", "b") == pytest.approx((1 / math.log2(3) / ideal, 1 / 2, 1 / 2))


def test_right_documents_beyond_the_tenth_do_not_count() -> None:
    assert judged([*"0123456789", "a"], "a") == pytest.approx((0, 0, 0))


def test_no_answer_scores_nothing() -> None:
    assert judged([], "a") == pytest.approx((0, 0, 0))


def test_a_question_that_cannot_be_asked_scores_nothing_and_counts() -> None:
    def refuse(question: str) -> list[str]:
        if question == "bad":
            raise InvalidInput("no word")
        return ["a"]

    questions = [Question(q="good", relevant=["a"]), Question(q="bad", relevant=["a"])]
    assert measures(refuse, questions)[0].mean == pytest.approx(0.5)


def test_the_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    questions = [Question(q=str(number), relevant=["a"]) for number in range(20)]

    def ranking(question: str) -> list[str]:
        return ["a"] if int(question) % 2 else ["x", "a"]

    first, second = measures(ranking, questions), measures(ranking, questions)
    assert first == second
    assert all(0 <= measure.low <= measure.mean <= measure.high <= 1 for measure in first)
    assert first[2].low < first[2].mean < first[2].high


def test_rows_are_given_for_each_way_of_searching_and_each_language(starter: KnowledgeBase) -> None:
    questions = [
        Question(q="library cards for newborn children", relevant=["villa-maria-library-cards-at-birth"]),
        Question(q="bibliothèque", lang="fr", relevant=["villa-maria-library-cards-at-birth"]),
        Question(q="???", lang="fr", relevant=["villa-maria-library-cards-at-birth"]),
    ]
    rows = {(row.system, row.language): row for row in evaluate(starter, judged_from(questions))}
    assert set(rows) == {(s, language) for s in ("dense", "words", "hybrid") for language in ("all", "en", "fr")}
    assert [rows["hybrid", language].questions for language in ("all", "en", "fr")] == [3, 1, 2]
    assert rows["hybrid", "en"].mrr.mean == 1


def test_questions_are_read_with_english_as_the_default(write: Callable[..., Path]) -> None:
    path = write("q.jsonl", GOOD + '\n{"q": "x", "relevant": ["one", "two"]}\n')
    assert read_questions(path) == [
        Question(q="night schools", lang="en", relevant=["one"]),
        Question(q="x", lang="en", relevant=["one", "two"]),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"q": "x"}',
        '{"q": "", "relevant": ["a"]}',
        '{"q": "x", "relevant": []}',
        '{"q": 1, "relevant": ["a"]}',
    ],
)
def test_a_wrong_line_is_named(write: Callable[..., Path], line: str) -> None:
    with pytest.raises(InvalidInput, match=r"q\.jsonl, line 3"):
        read_questions(write("q.jsonl", f"{GOOD}\n{line}\n{GOOD}"))


def test_a_line_separator_inside_a_question_begins_no_new_line(write: Callable[..., Path]) -> None:
    path = write("q.jsonl", GOOD.replace("night", "night\u2028"))
    assert read_questions(path)[0].q == "night\u2028 schools"


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_questions_is_refused(write: Callable[..., Path], content: str) -> None:
    with pytest.raises(InvalidInput, match="holds no question"):
        read_questions(write("q.jsonl", content))


def test_a_file_that_is_not_text_or_not_there_is_refused(write: Callable[..., Path], tmp_path: Path) -> None:
    for path in (write("q.jsonl", b"\xff\xfe\x00"), tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(InvalidInput, match="cannot be read"):
            read_questions(path)


def test_questions_are_called_by_their_ids_or_their_positions() -> None:
    judged = judged_from([Question(q="x", relevant=["a"]), Question(q="y", lang="fr", relevant=["b"], id="mine")])
    assert judged.topics == (Topic("1", "x"), Topic("mine", "y", "fr"))
    assert judged.qrels == {"1": {"a": 1}, "mine": {"b": 1}}


def test_two_questions_with_one_id_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Two questions have the id '2'"):
        judged_from([Question(q="x", relevant=["a"], id="2"), Question(q="y", relevant=["a"])])


LIBRARY = "villa-maria-library-cards-at-birth"


def test_what_cannot_be_measured_is_told_and_left_out(starter: KnowledgeBase) -> None:
    topics = (Topic("1", "library cards for newborn children"), Topic("2", "festival"), Topic("3", "parks"))
    judged = Judged(topics, {"1": {LIBRARY: 2, "nowhere": 1, "elsewhere": 0}, "2": {LIBRARY: 0}, "9": {LIBRARY: 1}})
    rows = evaluate(starter, judged)
    assert {row.questions for row in rows} == {1}
    assert unmeasured(starter, judged) == [
        "2 questions without a document that answers: left out (2, 3).",
        "1 judged question not among those asked: left out (9).",
        "1 answering document not in this knowledge base: counted as not found (nowhere).",
    ]
    assert rows[0].recall.mean == pytest.approx(1 / 2)


def test_grades_count_in_ndcg_and_judged_documents_are_counted(starter: KnowledgeBase) -> None:
    first, second, *_ = starter.ranking("festival of learning")
    topics = (Topic("1", "festival of learning"),)
    down = evaluate(starter, Judged(topics, {"1": {first: 1, second: 3}}))[-1]
    up = evaluate(starter, Judged(topics, {"1": {first: 3, second: 1}}))[-1]
    assert up.ndcg.mean == pytest.approx(1)
    assert down.ndcg.mean < 0.9
    assert up.judged == pytest.approx(2 / 10)


def test_questions_and_judgements_that_do_not_meet_are_refused(starter: KnowledgeBase) -> None:
    with pytest.raises(InvalidInput, match="belong together"):
        evaluate(starter, Judged((Topic("1", "parks"),), {"a": {LIBRARY: 1}}))
