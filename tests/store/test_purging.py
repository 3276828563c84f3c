"""Deleting documents in the trash takes their rows, all of them and no others."""

import apsw
import pytest

from annotator.core.document import Document, Source
from annotator.core.ids import DocumentId, Layer
from annotator.foundation.errors import Defect
from tests.store.projects import DOCUMENT, HEADER, NOW, adding, mention, perform

OTHER = Document(DocumentId("n-2"), "دەقێکی تر", Source(None, "1" * 64))
TABLES = ("documents", "annotation_sets", "annotations", "journal", "places")


def rows(path):
    database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    counts = {t: database.execute(f"SELECT count(*) FROM {t}").get for t in TABLES}
    schema = database.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
    database.close()
    return counts, schema


def test_everything_of_a_document_goes_and_the_file_is_whole(project, path):
    perform(project, adding(mention(1)))
    perform(project, adding(mention(2, 5, 11)))
    with project.transaction() as tx:
        project.places.save(tx, DOCUMENT.id, "a1", 3, 4)
        project.documents.add(tx, OTHER, at=NOW)
        project.documents.remove(tx, DOCUMENT.id, at=NOW)
    project.close()
    before, schema = rows(path)
    assert before == {
        "documents": 2, "annotation_sets": 1, "annotations": 2, "journal": 2, "places": 1,
    }  # fmt: skip
    with project.open(path) as again:
        with again.transaction() as tx:
            again.purging.purge(tx, [DOCUMENT.id])
        assert DOCUMENT.id not in again.documents
        assert OTHER.id in again.documents
        assert again.annotations.header(DOCUMENT.id, HEADER.id) is None
        again.check()
    after, same = rows(path)
    assert after == {
        "documents": 1, "annotation_sets": 0, "annotations": 0, "journal": 0, "places": 0,
    }  # fmt: skip
    assert same == schema


def test_what_is_not_in_the_trash_stays(project):
    with pytest.raises(Defect), project.transaction() as tx:
        project.purging.purge(tx, [DOCUMENT.id])
    assert DOCUMENT.id in project.documents
    project.check()


def test_labels_are_counted_over_the_sets_that_are_here(project):
    perform(project, adding(mention(1), mention(2, 5, 9), mention(3, 10, 12, label="PER")))
    assert project.label_use.counts() == {(Layer.MENTION, "GPE"): 2, (Layer.MENTION, "PER"): 1}
    assert project.label_use.sets_with(Layer.MENTION, "PER") == ((DOCUMENT.id, HEADER.id),)
    assert project.label_use.sets_with(Layer.EVENT, "PER") == ()
    with project.transaction() as tx:
        project.annotations.remove(tx, DOCUMENT.id, HEADER.id, at=NOW)
    assert project.label_use.counts() == {}
    assert project.label_use.sets_with(Layer.MENTION, "PER") == ()


def test_when_an_annotator_went(project):
    (person,) = project.people.all()
    assert project.people.removed_at(person.id) is None
    with project.transaction() as tx:
        project.people.remove(tx, person.id, at=NOW)
    assert project.people.removed_at(person.id) == NOW
    assert project.people.removed_at("a9") is None
