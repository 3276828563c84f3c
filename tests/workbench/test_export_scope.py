"""The documents of an export are looked at page by page, and none is passed over at an edge."""

from random import Random

import pytest

from annotator.core.document import Document, Source
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.workbench.export_scope import ChosenDocuments, ExportChoices, Scope
from tests.workbench.projects import clock, new_project

MANY = 2_100
"""More than two pages."""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Documents whose ids are in capitals or not, each second one with a set; two in the trash."""
    chance = Random(7)
    ids = [f"d{number}" if chance.random() < 0.5 else f"D{number}" for number in range(MANY)]
    with new_project(tmp_path_factory.mktemp("many")) as made:
        person = made.people.all()[0].id
        with made.transaction() as transaction:
            for number, name in enumerate(ids):
                document = Document(DocumentId(name), f"دەقی {number}", Source(None, "0" * 64))
                made.documents.add(transaction, document, at="")
                if number % 2:
                    header = SetHeader(
                        SetId(person), document.id, SetKind.ANNOTATOR, (person,), "", ""
                    )
                    made.annotations.add_set(transaction, header)
            for name in ids[:2]:
                made.documents.remove(transaction, DocumentId(name), at="2026-11-26T00:00:00Z")
        yield made, sorted(ids[2:])


def test_every_document_comes_once_and_in_the_order_of_ids(project):
    made, ids = project
    chosen = ChosenDocuments(made, ExportChoices(Scope.ALL), clock)
    found = list(chosen)
    assert [one.document for one in found] == ids
    assert sum(one.is_stored for one in found) == MANY // 2 - 1
    assert (len(chosen), chosen.taken.sets, chosen.left.sets) == (MANY - 2, MANY - 2, 0)
    assert [one.document for one in chosen] == ids  # a second time, too


def test_what_does_not_qualify_is_counted_on_every_page(project):
    made, _ = project
    chosen = ChosenDocuments(made, ExportChoices(Scope.COMPLETE), clock)
    assert (list(chosen), len(chosen)) == ([], 0)
    assert (chosen.left.documents, chosen.left.sets) == (MANY - 2, MANY // 2 - 1)
