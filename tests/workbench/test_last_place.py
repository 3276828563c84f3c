"""Work goes on in gold where somebody adjudicated, and in one's own set where not."""

import shutil

import pytest

from annotator.adjudication.choices import Take
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, SetId
from annotator.workbench.adjudicating import open_adjudication
from tests.workbench.adjudications import SARA, annotated_twice
from tests.workbench.projects import ARAM, SHILAN, mark, new_project, opened

PAGE, GOLD = DocumentId("a"), SetId("gold")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return annotated_twice(tmp_path_factory.mktemp("made"))


@pytest.fixture
def place(made, tmp_path):
    return shutil.copy(made, tmp_path / made.name)


@pytest.fixture
def workspace(place):
    return opened(place, annotator=SARA, document="a")


def decide(workspace, *, side="a1"):
    one = open_adjudication(workspace, PAGE)
    one.decide([Take(one.units.open[0].key, SetId(side))])
    return one


def crash(workspace):
    """The file as a crash leaves it: nothing is written on the way out."""
    workspace.project.close()


def where(path, annotator=None):
    """Which document and which set the next start shows."""
    again = opened(path, annotator=annotator)
    here = again.open_document
    again.close()
    return here.document.id, here.header.id


@pytest.mark.parametrize("end", [crash, lambda workspace: workspace.close()])
def test_who_adjudicated_finds_gold_on_the_page_again(place, workspace, end):
    decide(workspace)
    end(workspace)
    assert where(place) == ("a", "gold")
    assert where(place, SARA) == ("a", "gold")
    assert where(place, ARAM) == ("a", "a2")


def test_whoever_works_in_the_own_set_afterwards_finds_that(place, workspace):
    mark(workspace, "ئازاد", "PER")
    decide(workspace)
    mark(workspace, "هەولێر", "GPE")
    crash(workspace)
    assert where(place) == ("a", "a3")


def test_own_work_in_the_same_session_goes_before_what_was_only_looked_at(place, workspace):
    one = decide(workspace)
    page = workspace.open(PAGE, one.gold.header)
    page.undo()
    workspace.open(PAGE)
    workspace.close()
    assert where(place) == ("a", "a3")


def test_another_annotator_does_not_begin_in_gold(place, workspace):
    decide(workspace)
    workspace.change_annotator(SHILAN)
    crash(workspace)
    assert where(place) == ("a", "a1")


def test_the_set_of_somebody_else_that_was_looked_at_is_not_shown_again(place, workspace):
    workspace.open(PAGE, workspace.project.annotations.header(PAGE, SetId("a1")))
    workspace.remember_place(Focus(3, 3))
    workspace.close()
    assert where(place, SARA) == ("a", "a3")


def test_gold_that_went_to_the_trash_is_not_shown_again(place, workspace):
    decide(workspace)
    with workspace.project.transaction() as transaction:
        workspace.project.annotations.remove(transaction, PAGE, GOLD, at="2026")
    crash(workspace)
    assert where(place) == ("a", "a3")


def test_a_file_of_before_opens_as_it_did(place, workspace):
    decide(workspace)
    with workspace.project.transaction() as transaction:
        workspace.project.meta.set(transaction, "last_set", "")
    crash(workspace)
    assert where(place) == ("a", "a3")


def test_a_project_without_documents_shows_none(tmp_path):
    new_project(tmp_path).close()
    again = opened(tmp_path / "news.nishan")
    assert again.open_document is None
    again.close()
