"""Sets become documents with names of their own; their losses are told, their bytes counted."""

import hashlib
import io

import pytest
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Source
from annotator.core.ids import DocumentId
from annotator.core.set_header import SetKind
from annotator.formats.base import Bundle, ExportReport, SegmentedBundle, SetContent
from annotator.formats.losses import Loss, LossKind, unheard
from annotator.formats.set_documents import SetDocuments
from annotator.foundation.errors import Defect
from tests.builders import segmentation
from tests.formats.specimens import PLAIN, bundle, header
from tests.formats.written import MemoryFolder


def item(identifier, *sets):
    document = Document(DocumentId(identifier), "وشە", Source(None, "0" * 64))
    contents = tuple(SetContent(header(identifier, one), AnnotationSet()) for one in sets)
    return SegmentedBundle(Bundle(document, contents), segmentation("وشە"))


def names(*items):
    sets = SetDocuments(items, unheard)
    return [one.name for one in sets], sets


def test_a_document_with_one_set_keeps_its_id_and_others_say_their_set():
    found, sets = names(item("a", "x"), item("b", "z", "y"), item("c"))
    assert found == ["a", "b.y", "b.z"]
    assert (sets.documents, sets.sets) == (2, 3)


def test_a_set_document_has_its_text_and_its_records():
    one = item("a", "x")
    [made] = SetDocuments([one], unheard)
    assert (made.document, made.content) == (one.bundle.document, one.bundle.sets[0])
    assert (made.segmentation, made.words) == (one.segmentation, ["وشە"])


def test_no_two_documents_of_a_file_have_one_name():
    found, _ = names(item("a", "x", "y"), item("a-b", "x"), item("a.x", "y"), item("a.y", "y", "z"))
    assert found == ["a.x", "a.y", "a-b", "a.x.y", "a.y.y", "a.y.z"]
    twice, _ = names(item("a", "b.c"), item("a.b", "b", "c"), item("a.b.c", "c"))
    assert twice == ["a", "a.b.b", "a.b.c", "a.b.c.c"]


def test_documents_out_of_order_are_a_defect():
    with pytest.raises(Defect, match=r"defect\.export_order"):
        names(item("b", "x"), item("a", "x"))


def test_only_a_set_of_a_person_is_known_by_it():
    [one] = SetDocuments([bundle("d", PLAIN)], unheard)
    assert one.person == "a1"
    predicted = replace(one.content.header, kind=SetKind.PREDICTION)
    assert replace(one, content=replace(one.content, header=predicted)).person is None


def test_a_loss_is_told_once_a_set():
    losses = []
    for one in SetDocuments([bundle("two", PLAIN, sets=("a", "b"))], losses.append):
        for _ in range(2):
            one.lose("T1", LossKind.DETAIL, "level")
        one.lose("T1", LossKind.MENTION)
        one.unheard.lose("T2", LossKind.MENTION)
        one.lose("T2", LossKind.MENTION)
    assert losses == [
        Loss("two", which, record, kind, detail)
        for which in "ab"
        for record, kind, detail in (
            ("T1", LossKind.DETAIL, "level"),
            ("T1", LossKind.MENTION, ""),
            ("T2", LossKind.MENTION, ""),
        )
    ]


def test_a_set_that_is_left_out_is_told_with_all_that_it_holds():
    losses = []
    [one] = SetDocuments([bundle("d", "[هەولێر]GPE=E1 [چوو]Contact.Meet")], losses.append)
    one.leave_out("U+FFFE 1:1")
    assert {loss.kind for loss in losses} == {LossKind.LEFT_SET}
    assert [(loss.record, loss.detail) for loss in losses] == [
        (record, "U+FFFE 1:1") for record in ("SET", "T1", "EV1", "E1")
    ]


def test_no_two_sets_have_files_of_one_name():
    sets = SetDocuments([item("A", "x"), item("Con", "x"), item("a", "x", "X")], unheard)
    stems = [sets.file_stem(one, ".ann") for one in sets]
    assert (stems[0], stems[2:]) == ("A", ["a.X", "a.x-2"])
    assert stems[1].startswith("Con-")
    again = SetDocuments([item("B", "x"), item("b", "x"), item("b-2", "x")], unheard)
    assert [again.file_stem(one, ".ann") for one in again] == ["B", "b-2", "b-2-2"]


def test_what_is_written_of_the_sets_is_reported():
    sets, target, folder = (
        SetDocuments([item("a", "x", "y")], unheard),
        io.BytesIO(),
        MemoryFolder(),
    )
    for one in sets:
        sets.write(target, one.name.encode())
    sets.write_file(folder, "end.txt", b"!")
    assert (target.getvalue(), folder.files) == (b"a.xa.y", {"end.txt": b"!"})
    assert sets.report() == ExportReport(1, 2, 7, hashlib.sha256(b"a.xa.y!").hexdigest())


def test_values_are_lines_or_an_array_of_lines():
    sets, target = SetDocuments([item("a", "x")], unheard), io.BytesIO()
    report = sets.write_lines(({"id": one.name, "n": n} for one in sets for n in (1, 2)), target)
    assert target.getvalue() == b'{"id":"a","n":1}\n{"id":"a","n":2}\n'
    assert (report.documents, report.records, report.size) == (1, 2, len(target.getvalue()))
    for values, written in (
        ([], b"[]\n"),
        ([{"n": 1}], b'[\n{"n":1}\n]\n'),
        ([{"n": 1}, {"n": 2}], b'[\n{"n":1},\n{"n":2}\n]\n'),
    ):
        target = io.BytesIO()
        SetDocuments([], unheard).write_array(values, target)
        assert target.getvalue() == written


def test_files_tell_whose_set_they_hold():
    sets = SetDocuments([item("a", "x", "y"), item("b", "x")], unheard)
    for one in sets:
        sets.file_stem(one, ".ann")
    told = {name: (header.document, header.id) for name, header in sets.report().sets.items()}
    assert told == {"a.x.ann": ("a", "x"), "a.y.ann": ("a", "y"), "b.ann": ("b", "x")}
