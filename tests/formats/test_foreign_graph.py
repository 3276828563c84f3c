"""Documents with their sets out of what a record tells, whatever program has written it."""

import io

import pytest

from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import DocumentId
from annotator.core.set_header import SetKind
from annotator.formats import foreign_graph
from annotator.formats.base import Bundle, Note, ReadOptions
from annotator.formats.doccano_read import read_doccano
from annotator.formats.foreign_graph import ToldDocument, ToldNode, ToldSet, bundle_of_told
from annotator.formats.foreign_text import ForeignSpan
from annotator.formats.span_graph import NodeKind
from annotator.formats.word_edges import WordEdges
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import UserError
from tests.formats.foreign_files import told as keys

SOURCE = Source("a.json", "00")


def node(name, start, end, text=None):
    return ToldNode(name, NodeKind.MENTION, "PER", ForeignSpan(name, start, end, text))


def read(text, *sets, **values):
    record = ToldDocument(DocumentId("d"), text, SOURCE, Metadata("ناو"), sets, **values)
    *problems, last = bundle_of_told(record, ReadOptions("in/a.json"), WordEdges(), line=3)
    return (last, problems) if isinstance(last, Bundle) else (None, [*problems, last])


def test_the_document_is_what_is_told():
    bundle, problems = read("یەک\r\n", notes=[Note("formats.prodigy_answer", {"answer": "x"})])
    assert bundle == Bundle(
        Document("d", "یەک\n", Source("a.json", "00", newline="crlf"), Metadata("ناو")), ()
    )
    assert keys(problems) == ["(prodigy_answer)"]
    assert problems[0].values == {"answer": "x", "document": "d"}


def test_sets_have_the_names_that_are_told_and_none_twice():
    sets = (
        ToldSet(),
        ToldSet(),
        ToldSet(name="ئاری"),
        ToldSet(name="m", kind=SetKind.PREDICTION),
        ToldSet(name="m"),
        ToldSet(name="m"),
    )
    bundle, _ = read("یەک", *sets)
    headers = [content.header for content in bundle.sets]
    assert [header.id for header in headers][:2] == ["imported", "imported-2"]
    assert headers[2].id.startswith("ary-")
    assert [header.id for header in headers][3:] == ["m", "m-2", "m-3"]
    assert [header.annotators for header in headers] == [
        (), (), (headers[2].id,), (), ("m",), ("m",),
    ]  # fmt: skip
    assert headers[3].kind is SetKind.PREDICTION
    assert [content.person for content in bundle.sets] == [None, None, "ئاری", None, None, None]


def test_every_problem_can_be_told_in_both_languages():
    bad = ToldSet(
        nodes=[node("1", 0, 2, "😀"), node("1", 0, 2), node("2", 0, 99), node("3", 3, 6, "نا")],
        unread=["4"],
    )
    _, problems = read("😀\r\nیەک", bad)
    assert keys(problems) == [
        "(foreign_recounted)",
        "(foreign_line_ends)",
        "foreign_unreadable",
        "foreign_twice",
        "foreign_outside",
        "foreign_text",
    ]
    _, unproved = read("😀 یەک", ToldSet(nodes=[node("1", 0, 1)]))
    refused = [read(text)[1][0] for text in (" ", "a\0", "a\x01")]
    for problem in (*problems, *unproved, *refused):
        assert (problem.source, problem.line) == ("in/a.json", 3)
        for language in LANGUAGES:
            assert "d" in load_catalogue(language).text(problem.key, **problem.values)


UNCLEAR, CLEAR = "😀 دەنەورۆزیی", "😀 هەولێر"
PLACES = {UNCLEAR: (5, 11), CLEAR: (3, 9)}
LINE = '{{"text": "{text}", "label": [[{start}, {end}, "PER"]]}}\n'


def lines(*texts):
    """A file of doccano in UTF-16 units; what is marked in the unclear text is inside of a word."""
    told = (LINE.format(text=text, start=PLACES[text][0], end=PLACES[text][1]) for text in texts)
    return "".join(told).encode()


def read_lines(data, **values):
    return list(read_doccano(io.BytesIO(data), ReadOptions("a.jsonl", **values)))


def words(items):
    """What is marked in each document, and the problems, in their order."""
    return [
        [one.fragments.of(item.document.text) for one in item.sets[0].annotations.mentions()]
        if isinstance(item, Bundle)
        else keys([item])
        for item in items
    ]


BY_WORDS, UNPROVED = ["(foreign_by_words)"], ["(foreign_unproved)"]


def test_documents_that_show_no_unit_wait_for_what_later_ones_show():
    found = words(read_lines(lines(UNCLEAR, UNCLEAR, CLEAR, UNCLEAR)))
    name, place = [BY_WORDS, ["نەورۆز"]], [BY_WORDS, ["هەولێر"]]
    assert found == [*name, *name, *place, *name]


def test_where_nothing_shows_the_unit_nothing_is_lost_and_each_is_told():
    assert words(read_lines(lines(UNCLEAR))) == [UNPROVED, ["ەورۆزی"]]


def test_an_error_that_ends_the_file_loses_no_document_that_waits():
    data = lines(UNCLEAR, UNCLEAR) + b'"' + b"x" * 400 + b'"\n'
    items = read_doccano(io.BytesIO(data), ReadOptions("a.jsonl", max_bytes=200))
    assert words([next(items) for _ in range(4)]) == [UNPROVED, ["ەورۆزی"]] * 2
    with pytest.raises(UserError):
        next(items)


def test_not_all_of_a_large_file_waits(monkeypatch):
    monkeypatch.setattr(foreign_graph, "_ROOM", 1500)
    found = words(read_lines(lines(UNCLEAR, UNCLEAR, UNCLEAR, CLEAR)))
    assert found[:4] == [UNPROVED, ["ەورۆزی"]] * 2
    assert found[4:] == [BY_WORDS, ["نەورۆز"], BY_WORDS, ["هەولێر"]]
