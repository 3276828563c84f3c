"""The acts of the trash: documents go there, and things come back or go for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QWidget

from annotator.core.ids import DocumentId
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import Refused
from annotator.ui.coming_back import show_again
from annotator.ui.desk import Desk
from annotator.ui.dialogs.trash import Kind, Thrown, TrashDialog
from annotator.ui.dropping import may_drop
from annotator.ui.history_acts import Both
from annotator.ui.keyboard.wording import cap_of
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import confirm
from annotator.ui.waiting import wait_cursor
from annotator.workbench.losses import Losses
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import Workspace

_UNDO = "project.undo"


def trash_acts(both: Both, back_up: Callable[[], object]) -> dict[str, Callable[[], None]]:
    """The acts by their ids; `back_up` makes a backup, or raises `UserError`."""
    return {
        "document.remove": lambda: remove_documents(*both()),
        "project.trash": lambda: show_trash(*both(), back_up),
    }


def remove_documents(workspace: Workspace, window: MainWindow) -> None:
    """Move to the trash what is chosen in the list while the keys are there, else what is open.

    Raises `Refused` where there is nothing.
    """
    wanted = window.documents.wanted()
    opened = workspace.open_document
    if not wanted and opened is not None:
        wanted = [opened.document.id]
    if not wanted:
        raise Refused("refused.no_document")
    names = {line.id: line.name for line in workspace.lines()}
    if not may_drop(window, window.desk.catalogue, Losses(workspace.project).of_documents(wanted)):
        return
    Trash(workspace.project, workspace.changes).remove_documents(wanted)
    text = window.desk.catalogue.text
    if len(wanted) == 1:
        result = text("removing.done.one", name=names[wanted[0]])
    else:
        result = text("removing.done.many", documents=len(wanted))
    window.status.show_notice(with_way_back(window.desk, result))


def with_way_back(desk: Desk, result: str) -> str:
    """What was done, and the key that takes it back."""
    chords = desk.keymap.chords_of(_UNDO)
    if not chords:
        return desk.catalogue.text("removing.undo_in_history", result=result)
    chord = cap_of(desk.catalogue, chords[0])
    return desk.catalogue.text("removing.undo", result=result, chord=chord)


def show_trash(workspace: Workspace, window: MainWindow, back_up: Callable[[], object]) -> None:
    """Show what is in the trash, and then the documents that were restored last."""
    trash = Trash(workspace.project, workspace.changes)
    catalogue = window.desk.catalogue
    back: list[DocumentId] = []

    def bring_back(things: Sequence[Thrown]) -> str:
        told = restore(trash, things, catalogue)
        back[:] = [DocumentId(thing.id) for thing in things if thing.kind is Kind.DOCUMENT]
        return told

    dialog = TrashDialog(
        catalogue,
        lambda: list(things_in(trash, catalogue.language)),
        restore=bring_back,
        purge=lambda things: purge(
            workspace, trash, things, catalogue, back_up=back_up, parent=dialog
        ),
        parent=window,
    )
    dialog.exec()
    show_again(workspace, window, back)


def things_in(trash: Trash, language: str) -> Iterable[Thrown]:
    """Everything in the trash: documents, then annotators, then labels."""
    for entry in trash.documents():
        count = trash.annotation_count(entry.id)
        yield Thrown(Kind.DOCUMENT, entry.id, entry.name, trash.removed_at(entry.id), count)
    for person in trash.people():
        _, count = trash.count_of(person)
        went = trash.person_removed_at(person)
        yield Thrown(Kind.PERSON, person.id, person.name, went, count)
    for label, went in trash.labels():
        yield Thrown(Kind.LABEL, label.id, label.name.in_language(language), went, None)


def restore(trash: Trash, things: Sequence[Thrown], catalogue: Catalogue) -> str:
    """Take things out of the trash; the documents among them as one step."""
    documents = [DocumentId(thing.id) for thing in things if thing.kind is Kind.DOCUMENT]
    if documents:
        trash.restore_documents(documents)
    people = {person.id: person for person in trash.people()}
    for thing in things:
        if thing.kind is Kind.PERSON:
            trash.restore_person(next(p for key, p in people.items() if key == thing.id))
        elif thing.kind is Kind.LABEL:
            trash.restore_label(thing.id, thing.name)
    return catalogue.text("trash.restored", count=len(things))


def purge(
    workspace: Workspace,
    trash: Trash,
    things: Sequence[Thrown],
    catalogue: Catalogue,
    *,
    back_up: Callable[[], object],
    parent: QWidget,
) -> str | None:
    """Delete documents for ever, when the user says yes; None when not.

    Raises `UserError` where they cannot be written to a file first, or no backup can be made; then
    nothing is deleted.
    """
    from annotator.workbench.purging import Purger

    purger = Purger(workspace.project, workspace.changes, workspace.clock, back_up=back_up)
    target = purger.target()
    documents = [DocumentId(thing.id) for thing in things if thing.kind is Kind.DOCUMENT]
    annotations = sum(map(trash.annotation_count, documents))
    number = "one" if len(documents) == 1 else "many"
    values = {
        "documents": len(documents),
        "name": things[0].name,
        "annotations": annotations,
        "path": target,
    }
    question = catalogue.text(f"purge.ask.{number}", **values)
    accept = catalogue.text("purge.accept")
    if not confirm(parent, catalogue, question, accept=accept, is_risky=True):
        return None
    with wait_cursor():
        purger.run(documents, target)
    return catalogue.text(f"purge.done.{number}", **values)
