"""The dialogs by which a project is kept in order, filled with things of every kind."""

from annotator.core.ids import AnnotatorId, Layer
from annotator.core.project_edits import ProjectEdit, ProjectStep
from annotator.core.set_header import Annotator
from annotator.foundation.errors import Refused
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.labels import LabelsDialog
from annotator.ui.dialogs.people import PeopleDialog, PersonLine
from annotator.ui.dialogs.relabelling import RelabelDialog
from annotator.ui.dialogs.scheme_exchange import SchemeExchangeDialog
from annotator.ui.dialogs.trash import Kind, Thrown, TrashDialog
from annotator.workbench.label_lines import LabelLine, LabelState
from annotator.workbench.project_changes import ProjectChanged
from annotator.workbench.relabelling import ProjectRelabelling
from annotator.workbench.scheme_exchange import UnknownLabel
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

AT = "2026-11-25T09:05:00Z"
STEPS = (
    ProjectStep(
        3,
        ProjectEdit(
            "edit.purge_documents",
            (("documents", 2), ("name", "هەواڵ"), ("annotations", 5), ("file", "news.jsonl")),
        ),
        AT,
        is_done=True,
    ),
    ProjectStep(
        2,
        ProjectEdit("edit.remove_documents", (("documents", 1), ("name", "هەواڵ"))),
        AT,
        is_done=False,
    ),
    ProjectStep(1, ProjectEdit("edit.import", (("documents", 3), ("sets", 2))), AT, is_done=True),
)
THINGS = (
    Thrown(Kind.DOCUMENT, "d1", "هەواڵی یەکەم", AT, 12),
    Thrown(Kind.PERSON, "a2", "ئارام", AT, 3),
    Thrown(Kind.LABEL, "GPE", "وڵات", None, None),
)
LABELS = (
    LabelLine("PER", "کەس", 12, LabelState.OFFERED),
    LabelLine("GPE", "وڵات", 3, LabelState.NOT_OFFERED),
    LabelLine("OLD", "OLD", 1, LabelState.UNKNOWN),
)


def history(words, *_):
    def turn(step, act):
        return ProjectChanged(act, step.seq, step.edit, left_out=2)

    made = HistoryDialog(words, lambda: STEPS, turn, None)
    made.table.setCurrentCell(2, 0)
    made.undo_button.click()
    return made


def history_refusing(words, *_):
    def turn(step, act):
        raise Refused("refused.scheme_changed_since")

    made = HistoryDialog(words, lambda: STEPS, turn, None)
    made.table.setCurrentCell(1, 0)
    made.redo_button.click()
    return made


def history_empty(words, *_):
    return HistoryDialog(words, lambda: (), lambda step, act: None, None)


def trash(words, *_):
    def told(things):
        return words.text("trash.restored", count=len(things))

    made = TrashDialog(words, lambda: THINGS, restore=told, purge=told, parent=None)
    made.restore_button.click()
    return made


def people(words, *_):
    person = Annotator(AnnotatorId("a1"), "شیلان")
    lines = [
        PersonLine(person, 2, 14, is_present=True),
        PersonLine(Annotator(AnnotatorId("a2"), "Aram"), 0, 0, is_present=False),
    ]

    def remove(_):
        raise Refused("refused.works_now", name=person.name)

    made = PeopleDialog(words, lambda: lines, remove, None)
    made.remove_button.click()
    return made


def labels(words, *_):
    def told(line):
        return words.text("labels.dropped", name=line.name)

    made = LabelsDialog(words, lambda: LABELS, switch=told, change=told, parent=None)
    made.switch_button.click()
    return made


def relabelling(words, *_):
    return RelabelDialog(
        words,
        LABELS[0],
        LABELS[1:],
        plan=lambda target: ProjectRelabelling("PER", target, (), 12, 3),
        parent=None,
    )


def scheme_exchange(words, *_):
    scheme = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
    unknown = [UnknownLabel(layer, "X", 3) for layer in (Layer.MENTION, Layer.EVENT, Layer.QUOTE)]
    return SchemeExchangeDialog(words, scheme, scheme, unknown=unknown, parent=None)


KEEPING = (
    history, history_refusing, history_empty, trash, people, labels, relabelling, scheme_exchange,
)  # fmt: skip
