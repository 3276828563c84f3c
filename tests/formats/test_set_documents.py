"""Sets become documents with names of their own, counted on their way into files."""

import hashlib
import io

import pytest

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Source
from annotator.core.ids import DocumentId
from annotator.formats.base import Bundle, ExportReport, SegmentedBundle, SetContent
from annotator.formats.set_documents import Tally
from annotator.foundation.errors import Defect
from tests.builders import segmentation
from tests.formats.specimens import header


def item(identifier, *sets):
    document = Document(DocumentId(identifier), "وشە", Source(None, "0" * 64))
    contents = tuple(SetContent(header(identifier, one), AnnotationSet()) for one in sets)
    return SegmentedBundle(Bundle(document, contents), segmentation("وشە"))


def names(*items):
    tally = Tally()
    return [one.name for one in tally.set_documents(items)], tally


def test_a_document_with_one_set_keeps_its_id_and_others_say_their_set():
    found, tally = names(item("a", "x"), item("b", "z", "y"), item("c"))
    assert found == ["a", "b.y", "b.z"]
    assert (tally.documents, tally.records) == (2, 3)


def test_a_set_document_has_its_text_and_its_records():
    one = item("a", "x")
    [made] = Tally().set_documents([one])
    assert (made.document, made.content) == (one.bundle.document, one.bundle.sets[0])
    assert made.segmentation == one.segmentation


def test_no_two_documents_of_a_file_have_one_name():
    found, _ = names(item("a", "x", "y"), item("a-b", "x"), item("a.x", "y"), item("a.y", "y", "z"))
    assert found == ["a.x", "a.y", "a-b", "a.x.y", "a.y.y", "a.y.z"]
    twice, _ = names(item("a", "b.c"), item("a.b", "b", "c"), item("a.b.c", "c"))
    assert twice == ["a", "a.b.b", "a.b.c", "a.b.c.c"]
    thrice, _ = names(item("a", "b", "b.c"), item("a.b", "c"))
    assert thrice == ["a.b", "a.b.c", "a.b.c.c"]


def test_documents_out_of_order_are_a_mistake_of_the_program():
    with pytest.raises(Defect) as told:
        names(item("b", "x"), item("a", "x"))
    assert (told.value.values["document"], told.value.values["last"]) == ("a", "b")
    with pytest.raises(Defect):
        names(item("a", "x"), item("a", "x"))


def test_bytes_are_counted_over_all_files_in_the_order_of_writing():
    tally, first, second = Tally(), io.BytesIO(), io.BytesIO()
    tally.write(first, b"one")
    tally.write(second, b"two")
    assert (first.getvalue(), second.getvalue()) == (b"one", b"two")
    assert tally.report() == ExportReport(0, 0, 6, hashlib.sha256(b"onetwo").hexdigest())
