"""Acts on a real project, through the same doors as the window: `OpenDocument` and `Importer`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from annotator.core.annotations import Mention, SetStatus
from annotator.core.commands.mentions import add_mention, relabel_mention
from annotator.core.commands.records import delete, set_status
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, RecordId
from annotator.core.span import Fragments
from annotator.workbench.importing import ImportChoices, Importer, find_files
from annotator.workbench.projects import create_project
from annotator.workbench.schemes import DEFAULT_SCHEME
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import Workspace, open_workspace

LABELS = ("PER", "ORG", "GPE")
STATUSES = ("in_progress", "complete", "reviewed", "approved")
PERSON = "شیلان"
LINE = "باران لە شاری {0} باری و خەڵک چوونە ناو بازاڕی {0}.\n"


def clock():
    return datetime.now(UTC)


def text_of(number, lines=6):
    """A text of our own; no two numbers give the same."""
    return "".join(LINE.format(number * 100 + line) for line in range(lines))


def new_project(path, texts=(), *, scheme=DEFAULT_SCHEME):
    """Make and close a project with an annotator and these texts, `{id: text}`."""
    create_project(path, clock=clock, scheme=str(scheme), annotator=PERSON).close()
    if texts:
        workspace = open_workspace(path, clock=clock)
        try:
            perform(workspace, ["import", dict(texts)], folder=path.parent)
        finally:
            workspace.close()
    return path


def perform(workspace: Workspace, act, *, folder: Path):
    """Do one act; it is acknowledged when this returns. `folder` takes the files of an import."""
    kind, *rest = act
    if kind == "import":
        _import(workspace, rest[0], folder)
        return
    if kind in PROJECT_ACTS:
        PROJECT_ACTS[kind](workspace, *rest)
        return
    opened = workspace.open_document
    if opened is None or opened.document.id != rest[0]:
        opened = workspace.open(DocumentId(rest[0]))
    if kind in ("undo", "redo"):
        getattr(opened, kind)()
    else:
        edit, focus = _edit(opened, kind, rest[1:])
        opened.perform(edit, focus=focus)


def _remove(workspace, document):
    Trash(workspace.project, workspace.changes).remove_documents([DocumentId(document)])


def _restore(workspace, document):
    Trash(workspace.project, workspace.changes).restore_documents([DocumentId(document)])


def _undo_project(workspace):
    _turn_project(workspace.changes, workspace.changes.next_undo(), is_undo=True)


def _redo_project(workspace):
    _turn_project(workspace.changes, workspace.changes.next_redo(), is_undo=False)


def _turn_project(changes, step, *, is_undo):
    """Turn a step; where none is left since what failed is in the file all the same, turn it back.

    Either is a change, which is refused after a failed write.
    """
    if step is None:
        is_undo = not is_undo
        step = changes.next_undo() if is_undo else changes.next_redo()
    (changes.undo if is_undo else changes.redo)(step.seq)


PROJECT_ACTS = {
    "remove": _remove,
    "restore": _restore,
    "undo project": _undo_project,
    "redo project": _redo_project,
}


def _edit(opened, kind, values):
    annotations = opened.annotations
    if kind == "add":
        label, start, end = values
        place = Fragments.at(start, end)
        edit = add_mention(annotations, opened.scheme, place, label, entity=None)
        return edit, Focus(start, end)
    if kind == "relabel":
        name, label = values
        span = annotations.mention(RecordId(name)).fragments.spans[0]
        edit = relabel_mention(annotations, opened.scheme, RecordId(name), label, entity=None)
        return edit, Focus(span.start, span.end)
    if kind == "delete":
        return delete(annotations, map(RecordId, values[0])), Focus(0, 0)
    return set_status(annotations, SetStatus(values[0])), Focus(0, 0)


def _import(workspace, texts, folder):
    drop = folder / "import"
    drop.mkdir(exist_ok=True)
    for name, text in texts.items():
        (drop / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    files = [drop / f"{name}.txt" for name in texts]
    report = Importer(workspace.project, workspace.clock).run(find_files(files), ImportChoices())
    assert list(report.imported) == list(texts), report


def choose(workspace: Workspace, chance, *, imports=True):
    """An act such as a person could do now."""
    lines = workspace.lines()
    removed = workspace.project.documents.removed()
    count = len(lines) + len(removed)
    if imports and count < 5 and chance.random() < 0.02:
        return ["import", {f"d{count + 1}": text_of(count + 1)}]
    if removed and chance.random() < 0.1:
        return ["restore", str(chance.choice(removed).id)]
    if len(lines) > 1 and chance.random() < 0.03:
        return ["remove", str(chance.choice(lines).id)]
    opened = workspace.open_document
    if opened is None or chance.random() < 0.05:
        opened = workspace.open(chance.choice(lines).id)
    document = opened.document.id
    roll = chance.random()
    if roll < 0.2 and opened.next_undo is not None:
        return ["undo", document]
    if roll < 0.35 and opened.next_redo is not None:
        return ["redo", document]
    return _choose_edit(opened, document, chance)


def _choose_edit(opened, document, chance):
    mentions = [r for r in opened.annotations.records.values() if isinstance(r, Mention)]
    roll = chance.random()
    if mentions and (roll < 0.15 or len(mentions) > 25):
        count = len(mentions) if len(mentions) > 25 else 1
        return ["delete", document, [m.id for m in chance.sample(mentions, count)]]
    if mentions and roll < 0.35:
        mention = chance.choice(mentions)
        span = mention.fragments.spans[0]
        taken = {m.label for m in mentions if m.fragments.spans[0] == span}
        free = [label for label in LABELS if label not in taken]
        if free:
            return ["relabel", document, mention.id, chance.choice(free)]
    if roll < 0.4:
        now = opened.annotations.status.status.value
        return ["status", document, chance.choice([s for s in STATUSES if s != now])]
    return ["add", document, *_free_place(opened, mentions, chance)]


def _free_place(opened, mentions, chance):
    taken = {(m.label, *_ends(m)) for m in mentions}
    while True:
        start = chance.randrange(len(opened.document.text) - 12)
        place = (chance.choice(LABELS), start, start + chance.randint(1, 11))
        if place not in taken:
            return place


def _ends(mention):
    span = mention.fragments.spans[0]
    return span.start, span.end
