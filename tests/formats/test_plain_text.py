"""One text file is one document."""

import hashlib
import io

import pytest

from annotator.core.document import Document, Metadata, Source
from annotator.formats.base import Bundle, Note, ReadOptions
from annotator.formats.plain_text import read_plain_text
from annotator.foundation.errors import UserError


def read(data, **options):
    return list(read_plain_text(io.BytesIO(data), ReadOptions(**options)))


def test_a_file_becomes_a_document_that_tells_where_it_comes_from():
    data = "\ufeffئازاد هات.\r\nڕۆیشت.\r\n".encode()
    assert read(data, source="news/000_ab.txt") == [
        Bundle(
            Document(
                "000_ab",
                "ئازاد هات.\nڕۆیشت.\n",
                Source("000_ab.txt", hashlib.sha256(data).hexdigest(), "utf-8", "crlf", True),
                Metadata(),
            )
        )
    ]


def test_warnings_come_before_the_document():
    warning, bundle = read("a\u202eb".encode(), source="x.txt")
    assert (warning.source, warning.key, warning.is_refusal) == (
        "x.txt",
        "formats.warning_bidi",
        False,
    )
    assert bundle.document.text == "a\u202eb"


def test_a_chosen_encoding_is_used():
    [bundle] = read("خبر".encode("cp1256"), source="x.txt", encoding="windows-1256")
    assert (bundle.document.text, bundle.document.source.encoding) == ("خبر", "windows-1256")


def test_a_file_past_the_limit_is_refused_without_reading_it_all():
    stream = io.BytesIO(b"a" * 1000)
    with pytest.raises(UserError, match="too_large"):
        list(read_plain_text(stream, ReadOptions("x.txt", max_bytes=10)))
    assert stream.tell() == 11


def test_a_note_says_nothing_more_by_default():
    assert Note("x") == Note("x", {})
