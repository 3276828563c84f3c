"""Documents with their sets out of what a record tells, whatever program has written it."""

from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import DocumentId
from annotator.core.set_header import SetKind
from annotator.formats.base import Bundle, Note, ReadOptions
from annotator.formats.foreign_graph import ToldDocument, ToldNode, ToldSet, bundle_of_told
from annotator.formats.foreign_text import ForeignSpan
from annotator.formats.span_graph import NodeKind
from annotator.formats.word_edges import WordEdges
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
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
