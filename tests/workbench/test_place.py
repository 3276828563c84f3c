"""The place is kept with each act, so that a crash does not lose it."""

from annotator.core.commands.mentions import add_mention
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId
from annotator.core.span import Fragments
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project
from annotator.workbench.workspace import open_workspace


def test_after_a_crash_the_document_and_caret_of_the_last_act_are_there(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"هەولێر و سلێمانی {name}", encoding="utf-8")
    with create_project(tmp_path / "p.nishan", clock=system_clock, annotator="x") as project:
        Importer(project, system_clock).run(find_files([tmp_path / "a.txt", tmp_path / "b.txt"]))
    workspace = open_workspace(tmp_path / "p.nishan")
    opened = workspace.open(DocumentId("b"))
    edit = add_mention(opened.annotations, opened.scheme, Fragments.at(9, 16), "GPE", entity=None)
    opened.perform(edit, focus=Focus(9, 9))
    workspace.project.close()  # as a crash leaves it: nothing is written on the way out

    again = open_workspace(tmp_path / "p.nishan")
    again.open_last()
    places = []
    again.document_opened.add(lambda message: places.append(message.place))
    again.open(again.open_document.document.id)
    assert again.open_document.document.id == "b"
    assert (places[0].anchor, places[0].caret) == (9, 9)
    again.close()
