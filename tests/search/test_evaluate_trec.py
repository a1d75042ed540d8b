"""Files of TREC and BEIR are read as their evaluators read them, and a wrong line is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from search.trec import Topic, read_qrels, read_run, read_topics, run_text

Write = Callable[..., Path]
CLASSIC = """<top>
<num> Number: 301
<title> R&D of
cities

<desc> Description:
Not asked.
</top>

<top>
<num> Number: 302
<title> Topic: night schools
<narr> Narrative:
Not asked.
</top>
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("topics.tsv", "301\tR&D of cities\n\n302\tnight schools\r\n"),
        ("topics.txt", "\ufeff301\tR&D of cities\ten\n302\tnight  schools\n"),
        (
            "queries.jsonl",
            '{"_id": "301", "text": "R&D of cities", "metadata": {}}\n{"_id": "302", "text": "night schools"}',
        ),
        (
            "topics.xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n<topics><topic number="301"><query>R&amp;D of cities</query>'
            '<narrative>Not asked.</narrative></topic><topic id="302"><title>night schools</title></topic></topics>',
        ),
        ("topics.301-302", CLASSIC),
    ],
)
def test_questions_are_read_in_each_form(write: Write, name: str, content: str) -> None:
    assert read_topics(write(name, content)) == [Topic("301", "R&D of cities"), Topic("302", "night schools")]


def test_a_question_may_say_its_language(write: Write) -> None:
    tsv, jsonl = "1\t学习\tzh\n", '{"_id": "1", "text": "学习", "lang": "zh"}\n'
    assert read_topics(write("t.tsv", tsv)) == read_topics(write("t.jsonl", jsonl)) == [Topic("1", "学习", "zh")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("1\ta question\nno tab\n", 2),
        ("1\t \n", 1),
        ("1 1\ta question\n", 1),
        ("1\ta\ten\tmore\n", 1),
        ('{"_id": "1", "text": "a"}\n{"id": "2", "text": "b"}\n', 2),
        ('{"_id": "1", "text": "a"}\nnot json\n', 2),
        ('{"_id": "1", "text": ""}', 1),
        ('<topics>\n<topic number="1"><query>x</query></topic>\n<topic><query>y</query></topic></topics>', 3),
        ('<topics>\n<topic number="1"><query></query></topic></topics>', 2),
        ("<topics>\n<topic>\n</topics>", 3),
        ("<top>\n<num> Number: 1\n<title> x\n</top>\n<top>\n<num> Number: 2\n</top>", 5),
    ],
)
def test_a_wrong_question_is_named_by_its_line(write: Write, content: str, line: int) -> None:
    with pytest.raises(InvalidInput, match=rf"topics, line {line}: expected "):
        read_topics(write("topics", content))


def test_one_id_for_two_questions_is_refused(write: Write) -> None:
    with pytest.raises(InvalidInput, match="the id '1' to two questions"):
        read_topics(write("t.tsv", "1\ta\n1\tb\n"))


def test_topics_cannot_reach_other_files(write: Write, tmp_path: Path) -> None:
    secret = write("secret.txt", "hidden")
    entity = f'<!DOCTYPE topics [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(InvalidInput, match="line 1: expected"):
        read_topics(write("t.xml", f'{entity}<topics><topic number="1"><query>&x;</query></topic></topics>'))


@pytest.mark.parametrize(
    "content",
    [
        "1 0 one 2\n1 0 two 0\n\n2\t0\tone\t1\n",
        "query-id\tcorpus-id\tscore\n1\tone\t2\n1\ttwo\t0\n2\tone\t1\n",
    ],
)
def test_judgements_are_read_in_both_forms(write: Write, content: str) -> None:
    assert read_qrels(write("qrels", content)) == {"1": {"one": 2, "two": 0}, "2": {"one": 1}}


@pytest.mark.parametrize("line", ["1 one", "1 0 one good", "1 0 one 1 1", "1\tone\t0.5", "1"])
def test_a_wrong_judgement_is_named_by_its_line(write: Write, line: str) -> None:
    with pytest.raises(InvalidInput, match=r"qrels, line 2: expected 'question 0 document grade'"):
        read_qrels(write("qrels", f"1 0 one 1\n{line}\n"))


@pytest.mark.parametrize(
    "line", ["1 Q0 one 1 0.5", "1 Q0 one 1 high tag", "1 Q0 one 1 nan tag", "1 Q0 one 1 0.5 a tag"]
)
def test_a_wrong_line_of_a_run_is_named(write: Write, line: str) -> None:
    with pytest.raises(InvalidInput, match=r"a\.run, line 2: expected six columns"):
        read_run(write("a.run", f"1 Q0 two 1 9 tag\n{line}\n"))


def test_a_document_twice_for_one_question_is_refused(write: Write) -> None:
    with pytest.raises(InvalidInput, match="line 2: 'one' is there twice for question '1'"):
        read_qrels(write("qrels", "1 0 one 1\n1 0 one 0\n"))
    with pytest.raises(InvalidInput, match="line 2: 'one' is there twice for question '1'"):
        read_run(write("a.run", "1 Q0 one 1 9 t\n1 Q0 one 2 8 t\n"))


@pytest.mark.parametrize("read", [read_topics, read_qrels, read_run])
def test_a_file_with_nothing_in_it_is_refused(write: Write, read: Callable[[Path], object]) -> None:
    with pytest.raises(InvalidInput, match=r"empty holds no .* line is"):
        read(write("empty", "\n"))


def test_a_run_is_written_in_six_columns_and_read_back_in_its_order(write: Write) -> None:
    text = run_text({"1": ["b", "a"], "2": [], "3": ["a"]}, "mine")
    assert text == "1 Q0 b 1 2 mine\n1 Q0 a 2 1 mine\n3 Q0 a 1 1 mine\n"
    assert read_run(write("a.run", text)) == {"1": {"b": 2.0, "a": 1.0}, "3": {"a": 1.0}}


def test_a_tag_that_would_break_the_columns_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'my run' would break"):
        run_text({}, "my run")
