"""A label becomes another in every set of the project, as one step."""

import pytest

from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.foundation.errors import Refused
from annotator.workbench.relabelling import Relabeller
from tests.workbench.projects import ARAM, SHILAN, mark, opened, project_with

A, B = DocumentId("a"), DocumentId("b")


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path), document="a")
    mark(made, "هەولێر", "GPE")
    made.change_annotator(ARAM)
    mark(made, "هەولێر", "GPE")
    mark(made, "هەولێر", "LOC")
    made.open(B)
    mark(made, "سلێمانی", "GPE")
    made.change_annotator(SHILAN)
    made.open(A)
    yield made
    made.close()


@pytest.fixture
def relabeller(workspace):
    return Relabeller(workspace.project, workspace.changes, workspace.door)


def labels(workspace, document, set_id):
    return sorted(m.label for m in workspace.door(document, SetId(set_id)).annotations.mentions())


def everywhere(workspace):
    return [labels(workspace, *place) for place in ((A, "a1"), (A, "a2"), (B, "a2"))]


def test_a_plan_counts_and_changes_nothing(workspace, relabeller):
    plan = relabeller.plan("GPE", "LOC")
    assert (plan.changed, plan.refused, len(plan.sets)) == (2, 1, 2)
    assert everywhere(workspace) == [["GPE"], ["GPE", "LOC"], ["GPE"]]


def test_it_is_one_step_of_all_annotators(workspace, relabeller):
    message = relabeller.perform(relabeller.plan("GPE", "LOC"))
    assert message.act is Act.DO
    assert dict(message.edit.details) == {"count": 2, "before": "GPE", "after": "LOC"}
    assert everywhere(workspace) == [["LOC"], ["GPE", "LOC"], ["LOC"]]
    (entity,) = workspace.open_document.annotations.entities()
    assert entity.label == "LOC"
    workspace.open_document.undo()
    assert everywhere(workspace) == [["GPE"], ["GPE", "LOC"], ["GPE"]]
    workspace.project.check()


def test_it_is_taken_back_where_it_was_done(workspace, relabeller):
    workspace.open(DocumentId("c"))
    relabeller.perform(relabeller.plan("GPE", "LOC"), workspace.open_document)
    workspace.open_document.undo()
    assert everywhere(workspace) == [["GPE"], ["GPE", "LOC"], ["GPE"]]
    workspace.open_document.redo()
    assert everywhere(workspace) == [["LOC"], ["GPE", "LOC"], ["LOC"]]
    workspace.open(A)
    relabeller.perform(relabeller.plan("LOC", "FAC"), workspace.open_document)
    workspace.open_document.undo()
    assert everywhere(workspace) == [["LOC"], ["GPE", "LOC"], ["LOC"]]


def test_what_a_new_mention_would_refer_to(workspace, relabeller):
    relabeller.perform(relabeller.plan("GPE", "DATE"))
    relabeller.perform(relabeller.plan("DATE", "ORG"))
    (entity,) = workspace.open_document.annotations.entities()
    assert (entity.label, entity.name) == ("ORG", "هەولێر")


def test_nothing_and_nonsense(workspace, relabeller):
    plan = relabeller.plan("EVT", "LOC")
    assert (plan.sets, plan.changed) == ((), 0)
    for before, after in (("GPE", "GPE"), ("GPE", "NOTHING")):
        with pytest.raises(Refused):
            relabeller.plan(before, after)
