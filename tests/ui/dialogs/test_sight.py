"""Every dialog in both languages: translated, named for screen readers, plain, and not cut off."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from annotator.adjudication.choices import Leave
from annotator.app import make_desk
from annotator.core.ids import DocumentId, SetId
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.foundation.paths import resource
from annotator.ui.adjudicating import adjudication_dialog
from annotator.ui.dialogs.about import AboutDialog
from annotator.ui.dialogs.adjudicate_project import ProjectAdjudicationDialog
from annotator.ui.dialogs.doctor import DoctorDialog
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.import_documents import ImportDialog
from annotator.ui.dialogs.new_project import NewProjectDialog
from annotator.ui.dialogs.problem_report import ProblemReportDialog
from annotator.ui.dialogs.start import StartPage
from annotator.ui.fonts import register_fonts
from annotator.ui.theme import THEMES, apply_theme, theme_named
from annotator.workbench.adjudicating import open_adjudication
from annotator.workbench.adjudicating_project import ProjectAdjudicator
from annotator.workbench.doctoring import Patient
from annotator.workbench.exporting import Exporter, Scope
from annotator.workbench.importing import Importer
from annotator.workbench.people import annotator_named
from annotator.workbench.workspace import Workspace
from tests.key_events import press
from tests.store.doctor.patients import tamper
from tests.ui.dialogs.conftest import clock
from tests.ui.dialogs.sight import cut_off, nameless, rich, texts, untranslated
from tests.workbench.projects import complete, mark

SCREEN = (1280, 800)


def import_choices(catalogue, project, folder):
    """Files of every kind, the news among them chosen."""
    (folder / "a.json").write_text(
        json.dumps([{"text": "هەواڵ " * 30, "title": "سەردێڕ"}]), encoding="utf-8"
    )
    (folder / "b.txt").write_bytes("سلاو".encode("cp1256"))
    (folder / "c.txt").write_text("", encoding="utf-8")
    dialog = ImportDialog(catalogue, Importer(project, clock), folder=folder, parent=None)
    dialog.add_paths([folder / name for name in ("a.json", "b.txt", "c.txt")])
    return dialog


def import_encoding(catalogue, project, folder):
    """The same with the text of an old encoding chosen."""
    dialog = import_choices(catalogue, project, folder)
    dialog.files.setCurrentCell(1, 0)
    return dialog


def import_report(catalogue, project, folder):
    """The report of the same."""
    dialog = import_choices(catalogue, project, folder)
    dialog.start()
    return dialog


def import_labels(catalogue, project, folder):
    """Gold with a label that the scheme does not have."""
    sample = resource("samples", "01-water.gold.jsonl").read_bytes()
    file = folder / "foreign.jsonl"
    file.write_bytes(sample.replace(b'"label":"GPE"', b'"label":"COUNTRY"'))
    dialog = ImportDialog(
        catalogue, Importer(project, clock), folder=folder, parent=None, present="شیلان"
    )
    dialog.add_paths([file])
    dialog.start()
    assert dialog.labels_page.table.rowCount() > 0
    return dialog


def export_choices(catalogue, project, folder):
    """The choices of an export."""
    return ExportDialog(
        catalogue,
        Exporter(project, clock),
        annotators=["شیلان"],
        suggested=folder / "out.jsonl",
        parent=None,
    )


def export_divided(catalogue, project, folder):
    """A format with many options, and documents that are divided."""
    dialog = export_choices(catalogue, project, folder)
    dialog.form.format.choose("conll", {})
    dialog.form.split.divide_box.click()
    return dialog


def export_losses(catalogue, project, folder):
    """What a format cannot hold."""
    dialog = export_divided(catalogue, project, folder)
    dialog.start()
    dialog.export_draft()
    return dialog


def export_told(catalogue, project, folder):
    """The report of an export that could not hold everything, divided."""
    dialog = export_losses(catalogue, project, folder)
    dialog.export_with_losses()
    return dialog


def export_findings(catalogue, project, folder):
    """What stands in the way of an export."""
    dialog = export_choices(catalogue, project, folder)
    dialog.start()
    return dialog


def export_nothing(catalogue, project, folder):
    """An export for which nothing qualifies."""
    dialog = export_choices(catalogue, project, folder)
    dialog.form.scope_buttons[Scope.APPROVED].click()
    return dialog


def export_report(catalogue, project, folder):
    """The report of a draft."""
    dialog = export_findings(catalogue, project, folder)
    dialog.export_draft()
    return dialog


def new_project(catalogue, project, folder):
    """A new project that could not be made."""

    def create(wish):
        raise UserError("store.exists", name=wish.path.name)

    dialog = NewProjectDialog(
        catalogue, create, schemes=[("ckb-news", "هەواڵ")], folder=folder, parent=None
    )
    dialog.path_field.setText("a")
    dialog.annotator_field.setText("شیلان")
    dialog.start()
    return dialog


def about(catalogue, project, folder):
    """Version and licences."""
    return AboutDialog(catalogue, version="0.1", parent=None)


def problem_report(catalogue, project, folder):
    """A report on a problem."""

    def compose(_):
        return catalogue.text("report.heading") + "\n"

    return ProblemReportDialog(catalogue, compose, name="r", has_document=True, parent=None)


def start(catalogue, project, folder):
    """The start page with a project that is gone."""
    return StartPage(catalogue, recent=[project.path, folder / "نییە.nishan"], parent=None)


def doctor(catalogue, project, folder):
    """What the doctor says about a project whose copy was hurt."""
    copy = folder / "hurt.nishan"
    project.save_copy(copy)
    tamper(
        copy,
        "UPDATE annotations SET label = 'ORG'",
        "UPDATE annotation_sets SET mentions = 9",
        "DELETE FROM people",
    )
    patient = Patient(copy)
    dialog = DoctorDialog(catalogue, patient, clock, parent=None)
    dialog.examine()
    while dialog.is_running:
        QApplication.processEvents()
    return dialog


def twice_annotated(project):
    """Somebody who adjudicates what two people have marked and completed, not quite alike."""
    for name, label in (("ئارام", "ORG"), ("دانا", "GPE")):
        workspace = Workspace(project, annotator_named(project, name, clock), clock=clock)
        workspace.open(DocumentId("d1"))
        mark(workspace, "هەولێر", label)
        mark(workspace, "هەرێمی کوردستان", "GPE")
        complete(workspace)
    return Workspace(project, annotator_named(project, "سارا", clock), clock=clock)


def adjudication(catalogue, project, folder):
    """What annotators of an article differ in, and something that is left out."""
    workspace = twice_annotated(project)
    one = open_adjudication(workspace, DocumentId("d1"))
    one.decide([Leave(one.units.listed[0].key)])
    desk = make_desk(language=catalogue.language, folder=folder)
    return adjudication_dialog(workspace, desk, one, points=16, parent=None)


def adjudication_of_all(catalogue, project, folder):
    """What would be decided in the project, and an article that too few have completed."""
    workspace = twice_annotated(project)
    dialog = ProjectAdjudicationDialog(
        catalogue,
        ProjectAdjudicator(project, changes=workspace.changes, door=workspace.door, clock=clock),
        people=[(SetId("a2"), "ئارام")],
        adjudicator=workspace.annotator.id,
        back_up=lambda: None,
        parent=None,
    )
    dialog.count()
    return dialog


DIALOGS = (
    import_choices, import_encoding, import_report, import_labels, export_choices, export_findings,
    export_divided, export_losses, export_told, export_nothing, export_report,
    new_project, about, problem_report, start, doctor, adjudication, adjudication_of_all,
)  # fmt: skip


@pytest.fixture(params=DIALOGS, ids=lambda make: make.__name__)
def dialog(request, catalogue, project, annotate, tmp_path, qtbot):
    annotate("d1", end=12)
    made = request.param(catalogue, project, tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_kurdish_dialog_says_nothing_in_english(dialog, catalogue):
    if catalogue.language == "ckb":
        assert untranslated(dialog) == {}
    else:
        assert untranslated(dialog) != {}


def test_every_control_has_a_name_and_every_label_is_plain(dialog):
    assert (nameless(dialog), rich(dialog)) == ([], [])


def test_the_direction_is_that_of_the_language(dialog, catalogue):
    is_right_to_left = dialog.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert is_right_to_left is catalogue.is_right_to_left


def test_tab_reaches_every_button_and_enter_presses_it(dialog):
    reached, place = set(), dialog
    for _ in range(200):
        place = place.nextInFocusChain()
        reached.add(place)
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
    assert [
        one.text()
        for one in buttons
        if one not in reached or not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ] == []
    pressed = []
    for one in buttons:
        one.clicked.disconnect()  # what they do is not wanted here
        one.clicked.connect(lambda checked, button=one: pressed.append(button))
    for one in (one for one in buttons if one.isEnabled()):
        pressed.clear()
        press(one, "Enter")
        assert pressed == [one]


@pytest.fixture(scope="module")
def themed(request, qapp):
    """The look of the program, taken off again."""
    before = qapp.font(), qapp.palette(), qapp.style().objectName(), qapp.styleSheet()
    fonts = register_fonts()
    apply_theme(qapp, theme_named(request.param), family=fonts.interface, points=10.0)
    yield
    font, palette, style, sheet = before
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.mark.parametrize("themed", THEMES, indirect=True)
@pytest.mark.parametrize("make", DIALOGS, ids=lambda make: make.__name__)
@pytest.mark.qt_log_ignore("OpenType support missing")  # U+FFFD of the preview in our fonts
def test_nothing_is_cut_off(themed, make, catalogue, project, annotate, tmp_path, qtbot):
    annotate("d1", end=12)
    made = make(catalogue, project, tmp_path)
    qtbot.addWidget(made)
    made.show()
    qtbot.wait_exposed(made)
    QApplication.processEvents()  # layouts inside of others settle in the next turn
    smallest = made.minimumSizeHint()
    assert (smallest.width() <= SCREEN[0], smallest.height() <= SCREEN[1]) == (True, True)
    assert cut_off(made) == []


def test_the_eyes_see(qtbot):
    label = QLabel("Cancel <b>x</b>")
    qtbot.addWidget(label)
    box = QPushButton("Import", label)
    box.setFixedSize(4, 4)
    label.show()
    assert texts(label) == {"Import"}
    assert untranslated(label) == {"Import": "importing.start"}
    assert cut_off(label) == [("QPushButton", "", "Import")]
    assert load_catalogue("en").text("importing.start") == "Import"
