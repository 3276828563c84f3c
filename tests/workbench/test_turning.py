"""What turning a project edit writes of each set, found before anything is written."""

import pytest

from annotator.core.annotations import MentionLevel
from annotator.core.commands.mentions import add_mention, set_mention_level
from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.core.project_edits import ProjectEdit
from annotator.core.span import Fragments
from annotator.workbench.project_changes import MARK_ALL, SetEdit
from annotator.workbench.turning import SetTurns
from tests.workbench.projects import opened, project_with, span_of

A, B, OWN = DocumentId("a"), DocumentId("b"), SetId("a1")


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path), document="a")
    yield made
    made.close()


def marked(workspace, document, part):
    door = workspace.door(document, OWN)
    place = span_of(door.document.text, part)
    fragments = Fragments.at(place.start, place.end)
    edit = add_mention(door.annotations, workspace.scheme, fragments, "GPE", entity=None)
    return SetEdit(door, edit)


def test_what_is_left_out_is_counted_anew_each_time_the_sets_are_gone_through(workspace):
    """The sets are gone through once to see which labels they need, and again to write."""
    edits = [marked(workspace, A, "هەولێر"), marked(workspace, B, "سلێمانی")]
    step = workspace.changes.perform(ProjectEdit(MARK_ALL), edits).step
    here = workspace.open_document
    here.perform(set_mention_level(here.annotations, "T1", MentionLevel.PRO))
    turns = SetTurns(workspace.project, workspace.door, step, Act.UNDO, None)
    for _ in range(2):
        assert [turn.document.document.id for turn in turns] == [B]
        assert turns.left_out == 1
