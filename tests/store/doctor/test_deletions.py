"""Documents that were deleted for ever are no damage, and those that were lost are."""

import pytest

from annotator.core.findings import Severity
from annotator.core.ids import DocumentId
from annotator.store.doctor.repairing import repair
from annotator.workbench.purging import Purger
from annotator.workbench.trash import Trash
from tests.store.doctor.patients import ailments, content, finished, rewritten, tamper
from tests.store.projects import LATER
from tests.workbench.projects import (
    ARAM,
    TEXTS,
    clock,
    import_into,
    mark,
    opened,
    project_with,
    write,
)

A, B, C = map(DocumentId, "abc")


@pytest.fixture
def path(tmp_path):
    return project_with(tmp_path)


@pytest.fixture
def workspace(path):
    made = opened(path, document="a")
    yield made
    made.close()


def purge(workspace, *documents):
    target = workspace.path.with_name("-".join(documents) + ".jsonl")
    Purger(workspace.project, workspace.changes, clock).run(documents, target)


def trash(workspace):
    return Trash(workspace.project, workspace.changes)


def found(path):
    return [(said.kind.value, said.detail) for said in ailments(path)]


def closed(workspace):
    workspace.close()
    return workspace.path


def repaired(path):
    """A clean copy, and what was done."""
    target = path.with_name("copy.nishan")
    report = finished(repair(path, target, now=LATER))
    assert [said for said in ailments(target) if said.severity is Severity.ERROR] == []
    return target, report


def lose(path, *documents):
    for document in documents:
        tamper(path, f"DELETE FROM documents WHERE id = '{document}'")


def test_a_document_that_was_deleted_for_ever_is_no_damage(workspace):
    trash(workspace).remove_documents([C])
    purge(workspace, C)
    path = closed(workspace)
    assert ailments(path) == []
    target, report = repaired(path)
    assert report.losses == ()
    assert content(target)["acts"] == content(path)["acts"]
    assert ailments(target) == []


def test_documents_that_are_deleted_one_after_the_other_are_no_damage(workspace):
    trash(workspace).remove_documents([C, B])
    purge(workspace, B)
    purge(workspace, C)
    assert ailments(closed(workspace)) == []


def test_a_step_that_is_taken_back_after_the_deletion_still_names_what_went(workspace):
    trash(workspace).remove_documents([B, C])
    removal = workspace.changes.steps()[0].seq
    purge(workspace, B)
    workspace.changes.undo(removal)
    path = closed(workspace)
    assert ailments(path) == []
    assert repaired(path)[1].losses == ()


def test_ids_are_the_same_in_capitals(tmp_path):
    workspace = opened(project_with(tmp_path, {"a": TEXTS["a"], "Rain": TEXTS["c"]}), document="a")
    trash(workspace).remove_documents([DocumentId("Rain")])
    purge(workspace, DocumentId("Rain"))
    assert ailments(closed(workspace)) == []


def remove_aram_who_marked_in_c(workspace):
    (shilan,) = workspace.project.people.all()
    workspace.change_annotator(ARAM)
    workspace.open(C)
    mark(workspace, "دهۆک", "GPE")
    workspace.change_annotator(shilan.name)
    workspace.open(A)
    people = workspace.project.people.all()
    trash(workspace).remove_person(next(one for one in people if one != shilan))


def test_a_set_that_went_with_its_document_is_no_damage_when_that_came_anew(tmp_path, workspace):
    remove_aram_who_marked_in_c(workspace)
    trash(workspace).remove_documents([C])
    purge(workspace, C)
    import_into(workspace.project, write(tmp_path / "again", "C.txt", TEXTS["c"]))
    path = closed(workspace)
    assert ailments(path) == []
    assert repaired(path)[1].losses == ()
    rewritten(path, "project_journal", "body LIKE '%purge%'", lambda body: body.replace("1", "0"))
    assert found(path) == [("D94", "c/a2")]


def test_what_was_lost_is_told_though_something_else_was_deleted(workspace):
    trash(workspace).remove_documents([C])
    purge(workspace, C)
    path = closed(workspace)
    lose(path, B)
    assert found(path) == [("D94", "b")]
    target, report = repaired(path)
    assert [remedy.detail for remedy in report.losses if remedy.way.value == "cut"] == ["b"]
    assert "c" in str(content(target)["acts"])


def test_no_more_can_be_missing_than_was_deleted(workspace):
    trash(workspace).remove_documents([B, C])
    purge(workspace, C)
    path = closed(workspace)
    lose(path, B)
    assert len(found(path)) == 2  # the import and the removal name one that is lost
    repaired(path)


def test_what_came_after_the_deletion_was_not_deleted(tmp_path, workspace):
    trash(workspace).remove_documents([C])
    purge(workspace, C)
    import_into(workspace.project, write(tmp_path / "again", "c.txt", TEXTS["c"]))
    path = closed(workspace)
    assert ailments(path) == []
    lose(path, C)
    assert found(path) == [("D94", "c")]
    repaired(path)


def test_what_was_deleted_first_may_have_come_anew_before_the_next_was(tmp_path, workspace):
    remove_aram_who_marked_in_c(workspace)
    trash(workspace).remove_documents([B, C])
    purge(workspace, C)
    import_into(workspace.project, write(tmp_path / "again", "c.txt", TEXTS["c"]))
    purge(workspace, B)
    path = closed(workspace)
    assert ailments(path) == []
    assert repaired(path)[1].losses == ()


def test_a_deletion_that_does_not_say_how_many_explains_nothing(workspace):
    trash(workspace).remove_documents([C])
    purge(workspace, C)
    path = closed(workspace)
    rewritten(
        path,
        "project_journal",
        "body LIKE '%edit.purge_documents%'",
        lambda body: body.replace('"documents":1', '"documents":"1"'),
    )
    assert found(path) == [("D94", "c")] * 2
