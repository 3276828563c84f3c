"""``annotator merge``: what it does, tells and refuses."""

import json
import shutil

import pytest

from annotator.core.commands.records import delete
from annotator.core.ids import RecordId
from tests.test_cli import _here as _here, project as project
from tests.workbench.projects import ARAM, mark, opened


@pytest.fixture
def other(project):
    target = project.with_name("other.nishan")
    shutil.copyfile(project, target)
    workspace = opened(target, annotator=ARAM, document="a")
    mark(workspace, "هەولێر", "GPE")
    workspace.close()
    return target


def test_it_tells_what_came_and_nothing_the_second_time(say, project, other):
    code, out, _ = say("merge", "P", "other")
    assert code == 0
    assert "Merged" in out
    assert "New annotations: 1, annotation sets that change: 1. Conflicts: 0." in out
    assert f"  {ARAM}" in out
    assert say("merge", project, other)[1] == "That file holds nothing that is not here.\n"


def test_a_dry_run_writes_nothing(say, project, other):
    before = project.read_bytes()
    code, out, _ = say("merge", project, other, "--dry-run")
    assert (code, project.read_bytes()) == (0, before)
    assert "Nothing was written" in out


def test_json_holds_the_whole_report(say, project, other):
    answer = json.loads(say("merge", project, other, "--json")[1])
    assert (answer["annotations"], answer["people"], answer["step"]) == (1, [ARAM], 2)
    assert answer["sets"][0]["place"]["person"] == ARAM


def test_conflicts_and_deletions_are_findings(say, project, other):
    for path, label in ((project, "GPE"), (other, "LOC")):
        workspace = opened(path, annotator="شیلان", document="a")
        mark(workspace, "ئازاد", label)
        workspace.close()
    code, out, _ = say("merge", project, other)
    assert code == 1
    assert (
        "here Geopolitical entity “ئازاد”, there Location “ئازاد”. Both stand in the same place"
        in out
    )
    workspace = opened(other, annotator=ARAM, document="a")
    document = workspace.open_document
    document.perform(delete(document.annotations, [RecordId("T1")]))
    workspace.close()
    code, _, err = say("merge", project, other)
    assert code == 3
    assert "More than a fifth" in err
    code, out, _ = say("merge", project, other, "--accept-deletions", "--add-labels")
    assert code == 0
    assert "annotations: 1 of 1" in out
    assert "every mention (1)" in out


def test_what_is_no_project_is_refused(say, project):
    assert say("merge", project, "nothing")[0] == 3
    code, out, _ = say("merge", project, project, "--json")
    assert (code, json.loads(out)["error"]) == (3, "merging.same_file")
