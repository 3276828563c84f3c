"""What tells two states of a project apart: every act does, a moved caret does not."""

import pytest

from annotator.foundation.errors import UserError
from annotator.store.inventory import project_id
from annotator.store.meta import LAST_DOCUMENT
from annotator.store.project_file import ProjectFile
from tests.store.projects import DOCUMENT, HEADER, LATER, SCHEME, adding, mention, perform


def test_it_counts_what_is_there(project):
    perform(project, adding(mention(1), mention(2, 5, 9)))
    found = project.inventory()
    assert (found.documents, found.mentions, found.events, found.quotes) == (1, 2, 0, 0)
    assert found.annotations == found.annotations_with_trash == 2
    assert found.generation == int(project.meta.get("generation"))
    assert found.uuid == project.meta.get("uuid")


def rename(project, tx):
    tx.execute("UPDATE people SET name = 'ئارام'")


@pytest.mark.parametrize(
    "act",
    [
        lambda project, tx: project.people.add(tx, "ئارام", at=LATER),
        lambda project, tx: project.schemes.replace(tx, SCHEME.replace("news", "n"), at=LATER),
        lambda project, tx: project.meta.set(tx, "name", "تر"),
        rename,
    ],
)
def test_every_act_changes_the_digest(project, act):
    before = project.inventory()
    with project.transaction() as tx:
        act(project, tx)
    assert project.inventory().digest != before.digest


def test_an_edit_and_its_undo_change_it_too(project):
    before = project.inventory().digest
    perform(project, adding(mention(1)))
    between = project.inventory().digest
    perform(project, adding(mention(1)).inverse)
    assert len({before, between, project.inventory().digest}) == 3


def test_what_is_in_the_trash_is_not_counted_and_yet_tells_a_difference(project):
    perform(project, adding(mention(1)))
    before = project.inventory()
    with project.transaction() as tx:
        project.annotations.remove(tx, DOCUMENT.id, HEADER.id, at=LATER)
    set_gone = project.inventory()
    assert (set_gone.documents, set_gone.mentions, set_gone.annotations_with_trash) == (1, 0, 1)
    with project.transaction() as tx:
        project.annotations.restore(tx, DOCUMENT.id, HEADER.id)
    assert project.inventory().digest == before.digest
    with project.transaction() as tx:
        project.documents.remove(tx, DOCUMENT.id, at=LATER)
    gone = project.inventory()
    assert (gone.documents, gone.mentions) == (0, 0)
    assert (gone.documents_with_trash, gone.annotations_with_trash) == (1, 1)
    assert len({before.digest, set_gone.digest, gone.digest}) == 3


def test_looking_does_not_change_it(path, project):
    before = project.inventory()
    project.close()
    with ProjectFile.open(path) as again:
        with again.transaction() as tx:
            again.places.save(tx, DOCUMENT.id, "a1", 3, 4)
            again.meta.set(tx, LAST_DOCUMENT, DOCUMENT.id)
        after = again.inventory()
    assert after.generation == before.generation + 1
    assert after.digest == before.digest


def test_a_project_without_an_identity_is_damaged(project):
    for wrong in ("../../elsewhere", "", "x"):
        with project.transaction() as tx:
            project.meta.set(tx, "uuid", wrong)
        with pytest.raises(UserError, match=r"store\.damaged"):
            project.inventory()
    with pytest.raises(UserError, match=r"store\.damaged"):
        project_id(None, name="x")
    assert project_id("{4B3061F3-85AD-4ED5-BBD6-B93A1175C318}", name="x") == (
        "4b3061f3-85ad-4ed5-bbd6-b93a1175c318"
    )


def test_a_generation_that_is_no_number_counts_as_none(project):
    with project.transaction() as tx:
        project.meta.set(tx, "generation", "٣")
    assert project.inventory().generation == 0
    assert HEADER.id in {header.id for header in project.annotations.headers()}
