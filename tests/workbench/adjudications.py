"""Projects that two annotators have worked on, apart and not quite alike."""

from tests.workbench.projects import ARAM, SHILAN, complete, mark, opened, project_with

SARA = "سارا"
OURS = {"a": [("ئازاد", "PER"), ("هەولێر", "GPE")], "b": [("سلێمانی", "GPE")]}
THEIRS = {"a": [("ئازاد", "PER"), ("هەولێر", "ORG")], "b": [("سلێمانی", "GPE")]}


def work(workspace, marks):
    """Mark documents and complete them."""
    for document, places in marks.items():
        workspace.open(document)
        for part, label in places:
            mark(workspace, part, label)
        complete(workspace)


def annotated_twice(folder, ours=OURS, theirs=THEIRS):
    """A closed project in which Shilan and Aram have marked documents."""
    path = project_with(folder)
    for name, marks in ((SHILAN, ours), (ARAM, theirs)):
        workspace = opened(path, annotator=name)
        work(workspace, marks)
        workspace.close()
    return path


def labels(annotations):
    """The labels of the mentions by where they begin."""
    return {mention.fragments.start: mention.label for mention in annotations.mentions()}
