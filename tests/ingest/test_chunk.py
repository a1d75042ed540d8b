"""Passages: slices of the text that fit the model, stay in their section and leave no sentence out."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Document, Passage
from index.embedder import Embedder
from ingest.chunk import TARGET_TOKENS, chunk, context_of, embedded_text
from ingest.formats.blocks import Block, assemble
from tests.conftest import TinyEmbedder


class LetterEmbedder(TinyEmbedder):
    """Every letter is a token, so that one long word can be too long."""

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\S", text)]


class RoomyEmbedder(TinyEmbedder):
    """Reads more at once than a reader wants to be quoted."""

    max_tokens = 8192


def document_of(*blocks: Block, title: str = "Evening rooms") -> Document:
    layout = assemble(blocks, {1: "i", 2: "ii"})
    return Document(
        id="rooms",
        source="files/rooms.pdf",
        title=title,
        text=layout.text,
        sections=layout.sections,
        pages=layout.pages,
        media_type="text/plain",
        content_hash="one",
        language="en",
    )


def size(text: str, embedder: Embedder) -> int:
    return len(embedder.token_spans(text)) + embedder.overhead()


WORDS = st.lists(
    st.sampled_from([*"abcde", "learning", "city", "Dr.", "3.5", "学习", "q" * 90, "word " * 450, "(a)"]), min_size=1
)
SENTENCE = st.tuples(WORDS, st.sampled_from([".", "!", "?", "。", "", ";", ".\n"])).map(
    lambda parts: " ".join(parts[0]) + parts[1]
)
PROSE = st.one_of(st.lists(SENTENCE, min_size=1, max_size=9).map(" ".join), st.text(min_size=1))
BODY = st.builds(Block, PROSE.filter(str.strip), st.just(0), st.sampled_from([1, 2, 3]))
HEADING = st.builds(Block, WORDS.map(" ".join), st.integers(1, 4))
DOCUMENTS = st.builds(
    lambda blocks, title: document_of(*blocks, title=title), st.lists(st.one_of(BODY, HEADING), max_size=12), PROSE
)
EMBEDDERS = st.sampled_from([TinyEmbedder(), LetterEmbedder(), RoomyEmbedder()])


def check_passage(passage: Passage, document: Document, embedder: Embedder) -> None:
    assert passage.text == document.text[passage.start : passage.end]
    assert passage.text == passage.text.strip() != ""
    assert passage.tokens == len(embedder.token_spans(passage.text)) <= TARGET_TOKENS
    assert size(embedded_text(document.title, passage, embedder), embedder) <= embedder.max_tokens
    homes = [section for section in document.sections if section.start <= passage.start < section.end]
    assert [(home.path, passage.end <= home.end) for home in homes] == [(passage.section, True)]
    inside = range(passage.start, passage.end)
    touched = [page for page in document.pages if any(page.start <= i < page.end for i in inside)]
    assert passage.page_index == ((touched[0].index, touched[-1].index) if touched else None)
    assert passage.page_label == (
        tuple(page.label or str(page.index) for page in (touched[0], touched[-1])) if touched else None
    )


@settings(deadline=None, max_examples=150)
@given(DOCUMENTS, EMBEDDERS)
def test_passages_are_slices_within_the_limit_and_inside_one_section_and_nothing_is_lost(
    document: Document, embedder: Embedder
) -> None:
    passages = chunk(document, embedder)
    covered: set[int] = set()
    last = 0
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal
        assert passage.start >= last
        check_passage(passage, document, embedder)
        covered.update(range(passage.start, passage.end))
        last = passage.end
    assert all(i in covered for i, char in enumerate(document.text) if not char.isspace())


def test_sentences_stay_whole_where_they_fit() -> None:
    sentences = [f"Sentence {n} tells what the city did for its learners." for n in range(20)]
    passages = chunk(document_of(Block(" ".join(sentences))), TinyEmbedder())
    assert len(passages) > 1
    assert " ".join(passage.text for passage in passages) == " ".join(sentences)
    assert all(passage.text.startswith("Sentence ") and passage.text.endswith("learners.") for passage in passages)


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    words = [f"word{n}" for n in range(300)]
    passages = chunk(document_of(Block(" ".join(words))), TinyEmbedder())
    assert len(passages) > 1
    assert " ".join(passage.text for passage in passages).split() == words


def test_a_word_without_end_is_cut_though_the_model_takes_it_for_one_token() -> None:
    embedder = TinyEmbedder()
    passages = chunk(document_of(Block("q" * 100_000)), embedder)
    assert len(passages) > 1
    assert "".join(passage.text for passage in passages) == "q" * 100_000


def test_a_word_that_is_too_long_is_cut_and_no_letter_is_lost() -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(500))
    embedder = LetterEmbedder()
    passages = chunk(document_of(Block(f"Short {word} words.")), embedder)
    assert "".join("".join(passage.text.split()) for passage in passages) == f"Short{word}words."
    assert all(size(embedded_text("Evening rooms", p, embedder), embedder) <= embedder.max_tokens for p in passages)


def test_a_passage_over_two_pages_names_both() -> None:
    document = document_of(Block("On the first page.", 0, 1), Block("On the second page.", 0, 2))
    (passage,) = chunk(document, TinyEmbedder())
    assert (passage.page_index, passage.page_label) == ((1, 2), ("i", "ii"))


def test_title_and_headings_are_embedded_before_the_text_and_not_quoted() -> None:
    document = document_of(Block("Rooms", 1), Block("Who came", 2), Block("Everyone came."))
    (passage,) = chunk(document, TinyEmbedder())
    assert embedded_text(document.title, passage, TinyEmbedder()) == "Evening rooms › Rooms › Who came\nEveryone came."
    assert passage.text == "Everyone came."


def test_a_long_title_leaves_most_of_the_model_to_the_text() -> None:
    embedder = TinyEmbedder()
    context = context_of("title " * 500, ("heading " * 500,), embedder)
    assert len(embedder.token_spans(context)) <= embedder.max_tokens / 4


def test_a_document_without_text_has_no_passages() -> None:
    assert chunk(document_of(), TinyEmbedder()) == []
