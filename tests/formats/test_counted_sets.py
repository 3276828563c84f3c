"""Annotation sets as documents of their own, and what is told and counted of them."""

import hashlib
import io

from annotator.formats.base import Bundle, SegmentedBundle
from annotator.formats.counted_sets import CountedOutput, SetDocuments
from annotator.formats.losses import Loss, LossKind
from tests.formats.specimens import bundle


def test_a_set_has_the_id_of_its_document_and_its_own_where_there_are_several():
    bare = bundle("bare", "وشە")
    items = [
        bundle("one", "[هەولێر]GPE"),
        bundle("two", "وشە", sets=("b", "a")),
        SegmentedBundle(Bundle(bare.bundle.document), bare.segmentation),
    ]
    sets = SetDocuments(items, print)
    assert [each.id for each in sets] == ["one", "two.a", "two.b"]
    assert sets.documents == 2


def test_a_loss_is_told_once_a_set():
    told = []
    for each in SetDocuments([bundle("two", "وشە", sets=("a", "b"))], told.append):
        for _ in range(2):
            each.lose(Loss("two", each.content.header.id, "T1", LossKind.MENTION))
        assert each.words == ["وشە"]
    assert [loss.set for loss in told] == ["a", "b"]


def test_output_is_counted_over_all_files():
    output, first, second = CountedOutput(), io.BytesIO(), io.BytesIO()
    output.write(first, b"ab")
    output.write(second, b"c", records=3)
    report = output.report(2)
    assert (first.getvalue(), second.getvalue()) == (b"ab", b"c")
    assert (report.documents, report.records, report.size) == (2, 4, 3)
    assert report.sha256 == hashlib.sha256(b"abc").hexdigest()
