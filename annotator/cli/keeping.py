"""What the verbs do that keep a project in order: its history and its trash."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotator.cli.terminal import DONE, FOUND, Terminal
from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId
from annotator.core.project_edits import ProjectStep
from annotator.core.set_header import Annotator
from annotator.foundation.catalogue import without_isolates
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import system_clock
from annotator.workbench.history_wording import (
    result_sentence,
    state_word,
    step_sentence,
    time_told,
)
from annotator.workbench.label_titles import Titles, titles_in
from annotator.workbench.people import FIRST_ANNOTATOR
from annotator.workbench.project_changes import ProjectChanged
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import Workspace

Opener = Callable[[Path], ProjectFile]
"""Opens the project that a word of the command line names."""


def tell_history(options: argparse.Namespace, terminal: Terminal, opened: Opener) -> int:
    """List the steps of a project, or take one back or bring it back.

    The exit code says whether something had to be left out.
    """
    with _workspace(options.project, opened) as workspace:
        if options.undo is not None:
            return _tell_turned(workspace, workspace.changes.undo(options.undo), terminal)
        if options.redo is not None:
            return _tell_turned(workspace, workspace.changes.redo(options.redo), terminal)
        steps = workspace.changes.steps()
        titles = titles_in(workspace.scheme, terminal.catalogue.language)
    for step in steps:
        terminal.say(
            "cli.step",
            number=step.seq,
            time=time_told(terminal.catalogue, step.at),
            what=step_sentence(terminal.catalogue, step.edit, titles),
            state=state_word(terminal.catalogue, step),
        )
    if not steps:
        terminal.say("history.empty")
    terminal.answer([_step_json(step, terminal, titles) for step in steps])
    return DONE


def _step_json(step: ProjectStep, terminal: Terminal, titles: Titles) -> dict[str, object]:
    return {
        "step": step.seq,
        "name": step.edit.name,
        "details": dict(step.edit.details),
        "at": step.at,
        "is_done": step.is_done,
        "message": without_isolates(step_sentence(terminal.catalogue, step.edit, titles)),
    }


def _tell_turned(workspace: Workspace, done: ProjectChanged, terminal: Terminal) -> int:
    titles = titles_in(workspace.scheme, terminal.catalogue.language)
    sentence = without_isolates(result_sentence(terminal.catalogue, done, titles))
    if not terminal.is_json:
        terminal.say("cli.told", sentence=sentence)
    is_undo = done.act is Act.UNDO
    terminal.answer(
        {
            "step": done.step,
            "is_done": not is_undo,
            "left_out": done.left_out,
            "message": sentence,
        }
    )
    return FOUND if done.left_out else DONE


def tell_trash(options: argparse.Namespace, terminal: Terminal, opened: Opener) -> int:
    """List what is in the trash, or take things out of it by their ids."""
    with _workspace(options.project, opened) as workspace:
        trash = Trash(workspace.project, workspace.changes)
        if options.restore:
            return _restore(trash, options.restore, terminal)
        things = [*_documents(trash), *_people(trash)]
    for thing in things:
        shown = dict(thing)
        shown["kind"] = terminal.catalogue.text(f"trash.kind.{thing['kind']}")
        shown["time"] = time_told(terminal.catalogue, str(shown.pop("went")))
        shown["identifier"] = shown.pop("id")
        terminal.say("cli.in_trash", **shown)
    if not things:
        terminal.say("trash.empty")
    terminal.answer(things)
    return DONE


def _documents(trash: Trash) -> Iterator[dict[str, object]]:
    for entry in trash.documents():
        yield {
            "kind": "document",
            "id": entry.id,
            "name": entry.name,
            "went": trash.removed_at(entry.id),
            "annotations": trash.annotation_count(entry.id),
        }


def _people(trash: Trash) -> Iterator[dict[str, object]]:
    for person in trash.people():
        yield {
            "kind": "person",
            "id": person.id,
            "name": person.name,
            "went": trash.person_removed_at(person),
            "annotations": trash.count_of(person)[1],
        }


def _restore(trash: Trash, wanted: Sequence[str], terminal: Terminal) -> int:
    """Restore all of them; nothing happens where one is not there."""
    documents = {str(entry.id) for entry in trash.documents()}
    people = {str(person.id): person for person in trash.people()}
    for identifier in wanted:
        if identifier not in documents and identifier not in people:
            raise UserError("cli.not_in_trash", identifier=identifier)
    chosen = [DocumentId(each) for each in dict.fromkeys(wanted) if each in documents]
    if chosen:
        trash.restore_documents(chosen)
    back = [people[each] for each in dict.fromkeys(wanted) if each not in documents]
    for person in back:
        trash.restore_person(person)
    terminal.say("trash.restored", count=len(chosen) + len(back))
    terminal.answer({"restored": [*chosen, *(person.id for person in back)]})
    return DONE


@contextmanager
def _workspace(path: Path, opened: Opener) -> Iterator[Workspace]:
    """A workspace in which nobody works: looking must add nobody to a project without people."""
    with opened(path) as project:
        nobody = Annotator(AnnotatorId(FIRST_ANNOTATOR), FIRST_ANNOTATOR)
        person = next(iter(project.people.all()), nobody)
        yield Workspace(project, person, clock=system_clock)
