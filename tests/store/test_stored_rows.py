"""Rows of a document, made values of elsewhere: the same values, and the same refusals."""

import pytest
from msgspec.msgpack import Decoder, encode

from annotator.core.ids import DocumentId
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.store.stored_rows import DocumentRows
from tests.workbench.projects import complete, mark, opened, project_with


@pytest.fixture
def project(tmp_path):
    path = project_with(tmp_path)
    workspace = opened(path, document="a")
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    complete(workspace)
    workspace.close()
    with ProjectFile.open(path) as made:
        yield made


def rows_of(project, name="a"):
    headers = project.annotations.headers(DocumentId(name))
    sets = tuple(map(project.annotations.rows_of, headers))
    return DocumentRows(project.documents.row(DocumentId(name)), sets)


def test_what_went_through_bytes_makes_the_same_values(project):
    [header] = project.annotations.headers(DocumentId("a"))
    rows = Decoder(DocumentRows).decode(encode(rows_of(project)))
    document, read = project.documents.get(DocumentId("a")), project.annotations.read(header)
    assert (rows.document(), rows.length) == (document, len(document.text))
    for made in (rows.sets[0].annotations(), rows.sets[0].proved_annotations()):
        assert made == read
        assert list(made.records) == list(read.records)
        assert made.last_numbers == read.last_numbers
    assert len(read.records) == 5


def test_what_is_no_text_has_no_length_and_is_told(project):
    rows = rows_of(project)
    for column, value in ((4, None), (4, b"text"), (2, None)):
        row = list(rows.row)
        row[column] = value
        damaged = rows._replace(row=tuple(row))
        assert damaged.length == (0 if column == 4 else rows.length)
        with pytest.raises(UserError) as caught:
            damaged.document()
        assert caught.value.key == "store.document_damaged"


def test_a_record_that_was_changed_is_refused(project):
    rows = rows_of(project).sets[0]
    [first, *others] = rows.records
    for number, value in enumerate((first[0], "event", 1, 2, "ORG", first[5] + " ", b"")):
        changed = list(first)
        changed[number] = value
        if value != first[number]:
            with pytest.raises(UserError) as caught:
                rows._replace(records=[tuple(changed), *others]).annotations()
            assert caught.value.key == "store.record_damaged"


def test_a_reference_to_nothing_and_a_place_behind_the_text_are_refused(project):
    rows = rows_of(project).sets[0]
    entities = [row for row in rows.records if row[1] == "entity"]
    without = [row for row in rows.records if row not in entities]
    for wrong in (rows._replace(records=without), rows._replace(length=3)):
        with pytest.raises(UserError) as caught:
            wrong.annotations()
        assert caught.value.key == "store.set_damaged"
