"""The act that goes on from marking all places of the article to those of the whole project."""

from __future__ import annotations

from annotator.core.annotations import Mention
from annotator.foundation.errors import Refused
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.mark_all import template_meant
from annotator.ui.main_window import MainWindow
from annotator.workbench.marking_in_project import MarkingInProject
from annotator.workbench.workspace import Workspace


def mark_in_project(workspace: Workspace, window: MainWindow) -> None:
    """Look for what is meant in the other documents, and mark what is taken as one step.

    Raises `Refused` where nothing is meant, or the project has no other document.
    """
    from annotator.ui.dialogs.mark_in_project import MarkInProjectDialog

    editor = window.editor
    if editor is None:
        raise Refused("refused.no_document")
    template = template_meant(editor)
    text = template.fragments.of(editor.text)
    if not template.fragments.is_contiguous:
        raise Refused("refused.mark_all_in_pieces")
    search = MarkingInProject(workspace, template, text)
    if not search.documents():
        raise Refused("refused.no_other_document", text=text)
    dialog = MarkInProjectDialog(
        window.desk.catalogue,
        search,
        heading=_heading(editor, template, text),
        platform=window.desk.platform,
        parent=window,
    )
    dialog.look_at_once()
    if dialog.is_looking or dialog.places or dialog.trouble:
        dialog.exec()
    is_taken = dialog.result() == MarkInProjectDialog.DialogCode.Accepted
    dialog.deleteLater()
    done = search.mark(dialog.taken) if is_taken else None
    if done is None:
        key = "notice.marked_none" if dialog.places else "notice.nowhere_in_project"
        window.tell(key, text=text)
        return
    details = dict(done.edit.details)
    count, documents = details["count"], details["documents"]
    window.tell("notice.marked_in_project", text=text, count=count, documents=documents)


def _heading(editor: Editor, template: Mention, text: str) -> str:
    label = editor.say(editor.scheme.label(template.label).name)
    return editor.sentence("marking.heading", text=text, label=label)
