"""Journals as fingerprints, and the meetings that merges leave."""

import pytest

from annotator.core.history import Act
from annotator.core.ids import RecordId
from annotator.core.lineage import Lineage, Meeting
from annotator.core.project_edits import ProjectEdit
from tests.store.projects import DOCUMENT, HEADER, LATER, adding, make_project, mention, perform

KEY = (DOCUMENT.id, HEADER.id)
MEETING = Meeting(3, 2, "00ff", {RecordId("T1"): RecordId("T4"), RecordId("E1"): RecordId("E1")})


@pytest.fixture
def project(tmp_path):
    with make_project(tmp_path / "one.nishan") as project:
        yield project


def chain(project):
    return project.lineages.lineage(HEADER).chain


def test_copies_have_one_lineage_until_they_part(project, tmp_path):
    perform(project, adding(mention(1)))
    with make_project(tmp_path / "two.nishan") as other:
        # other numbers do not make another lineage
        second = other.annotations.header(DOCUMENT.id, HEADER.id)
        with other.transaction() as tx:
            person = other.people.add(tx, "ئارام", at=LATER)
            header = type(second)(person.id, DOCUMENT.id, second.kind, (person.id,), LATER, LATER)
            other.annotations.add_set(tx, header)
        perform(other, adding(mention(1)), header=header)
        perform(other, adding(mention(1)))
        assert chain(other) == chain(project)
        _, mine = perform(project, adding(mention(2)))
        perform(other, adding(mention(3)))
        assert chain(other)[0] == chain(project)[0]
        assert chain(other)[1] != chain(project)[1]
        perform(project, mine.edit.inverse, act=Act.UNDO, target=mine.seq)
        assert len(chain(project)) == 3
    assert Lineage(chain(project)).begins_with(3, chain(project)[2])
    assert not Lineage(chain(project)).begins_with(4, chain(project)[2])


def logged(project, act, edit, target=None, step=None):
    with project.transaction() as tx:
        return project.journal.append(
            tx, HEADER, act=act, edit=edit, at=LATER, target=target, project=step
        ).seq


def test_a_project_edit_that_was_undone_in_this_set_alone_is_told(project):
    with project.transaction() as tx:
        step = project.project_journal.append(tx, Act.DO, ProjectEdit("edit.x"), at=LATER).seq
    told = []
    for edit, of_step in ((adding(mention(1)), step), (adding(mention(2)), None)):
        made = logged(project, Act.DO, edit, step=of_step)
        told.append(project.lineages.lineage(HEADER).undone)
        logged(project, Act.UNDO, edit.inverse, made, of_step)
        told.append(project.lineages.lineage(HEADER).undone)
        logged(project, Act.REDO, edit, made, of_step)
        told.append(project.lineages.lineage(HEADER).undone)
    nothing = frozenset()
    assert told == [nothing, {step}, nothing, nothing, nothing, nothing]


def test_meetings_are_remembered_by_the_step(project):
    other = Meeting(3, 1, "aa")
    with project.transaction() as tx:
        project.lineages.remember(tx, 7, {KEY: (MEETING, other)})
    assert project.lineages.met(7) == {KEY: (MEETING, other)}
    assert project.lineages.met(8) == {}


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[1]",
        '[["n-1","a1",1]]',
        '[["n-1","a1","x",1,"aa",[]]]',
        '[["n-1","a1",1,1,"aa",[["T1","E1"]]]]',
        '[["n-1","a1",1,1,"aa",[["T1","ODD"]]]]',
    ],
)
def test_what_cannot_be_read_is_no_meeting(project, text):
    with project.transaction() as tx:
        project.meta.set(tx, "merged.7", text)
    assert project.lineages.met(7) == {}
