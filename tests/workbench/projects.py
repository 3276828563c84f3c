"""Projects made by the workbench itself, and short ways of working in them."""

from datetime import UTC, datetime

from annotator.core.annotations import MentionLevel
from annotator.core.commands.mentions import add_mention
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import DocumentId
from annotator.core.span import Fragments, Span
from annotator.store.project_file import ProjectFile
from annotator.workbench.entities import entity_for
from annotator.workbench.importing import ImportChoices, Importer, find_files
from annotator.workbench.projects import create_project
from annotator.workbench.workspace import Workspace, open_workspace

SHILAN, ARAM = "شیلان", "ئارام"
FIRST = "ئازاد لە هەولێر بوو. دوێنێ گەڕایەوە."
SECOND = "🙂 نەورۆز لە سلێمانی وتارێکی پێشکەش کرد."
THIRD = "باران لە دهۆک باری."
TEXTS = {"a": FIRST, "b": SECOND, "c": THIRD}


def clock():
    return datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def write(folder, name, content):
    """A file with this content, bytes or text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def new_project(folder, *, name="news.nishan", annotator=SHILAN):
    """An open project without documents."""
    return create_project(folder / name, clock=clock, annotator=annotator)


def import_into(project, *paths, progress=None, **choices):
    """Import files into an open project."""
    importer = Importer(project, clock)
    extra = {} if progress is None else {"progress": progress}
    return importer.run(find_files(paths), ImportChoices(**choices), **extra)


def project_with(folder, texts=TEXTS, *, annotator=SHILAN):
    """A closed project with these documents."""
    files = [write(folder / "texts", f"{name}.txt", text) for name, text in texts.items()]
    with new_project(folder, annotator=annotator) as project:
        import_into(project, *files)
        return project.path


def opened(path, *, annotator=None, document=None) -> Workspace:
    """A workspace on the project, on the document that was left or on this one."""
    workspace = open_workspace(path, annotator=annotator, clock=clock)
    if document is None:
        workspace.open_last()
    else:
        workspace.open(DocumentId(document))
    return workspace


def span_of(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def mark(workspace, part, label):
    """Mark a piece of the open document with a label."""
    document = workspace.open_document
    text = document.document.text
    place = span_of(text, part)
    entity = entity_for(document.annotations, workspace.scheme, label=label, surface=part)
    edit = add_mention(
        document.annotations,
        workspace.scheme,
        Fragments.at(place.start, place.end),
        label,
        entity=entity,
    )
    return document.perform(edit, focus=Focus(place.start, place.end))


def complete(workspace):
    workspace.complete(Focus(0, 0))


def break_mention(workspace):
    """Give the last mention a label that the scheme does not have: a finding of severity E."""
    document = workspace.open_document
    mention = list(document.annotations.mentions())[-1]
    wrong = type(mention)(
        mention.id, "NOTHING", mention.fragments, MentionLevel.NAM, provenance=mention.provenance
    )
    document.perform(Edit("edit.relabel_mention", (Change(mention, wrong),)))


def rows_of(path):
    """What a project holds, for comparing before and after."""
    with ProjectFile.open(path) as project:
        return (
            project.documents.entries(),
            project.people.all(),
            project.annotations.headers(),
            project.meta.get("generation"),
        )
