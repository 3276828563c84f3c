"""The steps of a project in words, for the window and for the command line."""

from __future__ import annotations

import string
from datetime import datetime

from annotator.core.history import Act
from annotator.core.project_edits import ProjectEdit, ProjectStep
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.clock import local_time
from annotator.workbench.label_titles import NO_TITLES, Titles
from annotator.workbench.project_changes import PURGE, RELABEL_ALL, ProjectChanged

_TITLE = "edit."


def step_sentence(catalogue: Catalogue, edit: ProjectEdit, titles: Titles = NO_TITLES) -> str:
    """What an edit did: how many of what, and a name; labels are called by their `titles`.

    An edit of a later version, whose sentence is not known here, is told by its title, or by its
    own key.
    """
    values = _titled(edit, titles)
    name = edit.name.removeprefix(_TITLE)
    number = "one" if values.get("documents") == 1 else "many"
    for key in (f"history.{name}", f"history.{name}.{number}"):
        if key in catalogue and _fields(catalogue.texts[key]) <= values.keys():
            return catalogue.text(key, **values)
    return catalogue.text(edit.name) if edit.name in catalogue else edit.name


def result_sentence(
    catalogue: Catalogue, message: ProjectChanged, titles: Titles = NO_TITLES
) -> str:
    """What taking back or bringing back has done, with what was left out of it."""
    what = step_sentence(catalogue, message.edit, titles)
    turn = "undo" if message.act is Act.UNDO else "redo"
    result = catalogue.text(f"history.result.{turn}", what=what)
    if not message.left_out:
        return result
    return catalogue.text("history.result.left_out", result=result, left_out=message.left_out)


def state_word(catalogue: Catalogue, step: ProjectStep) -> str:
    """Whether a step stands, and in how many documents it does not do the same."""
    if step.edit.name == PURGE:
        return catalogue.text("history.state.final")
    state = catalogue.text("history.state.done" if step.is_done else "history.state.undone")
    if not step.elsewise:
        return state
    return catalogue.text("history.state.elsewise", state=state, count=step.elsewise)


def time_told(catalogue: Catalogue, at: str) -> str:
    """A moment of the project file where the user is; what is no moment is shown as it is."""
    try:
        return local_time(catalogue, datetime.fromisoformat(at))
    except (ValueError, OverflowError):
        return at


def _titled(edit: ProjectEdit, titles: Titles) -> dict[str, str | int]:
    """The details of an edit; a label's name was kept in the language of then."""
    values = dict(edit.details)
    if edit.name == RELABEL_ALL:
        for key in {"before", "after"} & values.keys():
            values[key] = titles.get(str(values[key]), values[key])
    if str(values.get("label")) in titles:
        values["name"] = titles[str(values["label"])]
    return values


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
