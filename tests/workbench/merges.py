"""Copies of a project, and short ways of merging them."""

import shutil
from contextlib import contextmanager

from annotator.core.ids import DocumentId, SetId
from annotator.workbench.merging import MergeChoices, merger_of
from tests.workbench.projects import clock, opened


def copy_of(path, name="other.nishan"):
    """A copy as one makes it in the file manager."""
    target = path.with_name(name)
    shutil.copyfile(path, target)
    return target


@contextmanager
def working(path, **values):
    """A workspace for a while."""
    workspace = opened(path, **values)
    try:
        yield workspace
    finally:
        workspace.close()


def merger(workspace, other):
    return merger_of(
        other,
        workspace.project,
        clock=clock,
        changes=workspace.changes,
        door=workspace.door,
        page=lambda: workspace.open_document,
    )


def merge(workspace, other, progress=lambda done, total: True, **choices):
    """Merge another file into an open project; the report."""
    with merger(workspace, other) as made:
        return made.run(MergeChoices(**choices), progress)


def marks(workspace, document="a", set_id="a1"):
    """The words that are marked in a set, by label."""
    header = workspace.project.annotations.header(DocumentId(document), SetId(set_id))
    if header is None:
        return []
    text = workspace.project.documents.get(DocumentId(document)).text
    found = workspace.project.annotations.read(header)
    return sorted((m.label, m.fragments.of(text)) for m in found.mentions())
