"""The doctor's dialog: examines a file, lists what is wrong as plain text, repairs into a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.logs import note
from annotator.foundation.paths import state_folder
from annotator.ui.dialogs.controls import (
    fit_to_screen,
    follow_language,
    push_button,
    say,
    say_error,
    text_view,
    wrapped_label,
)
from annotator.ui.progress import ProgressBox
from annotator.ui.slices import Slices
from annotator.workbench.backups import Backup, fuller_backup, restore_beside
from annotator.workbench.clock import Clock, local_time
from annotator.workbench.doctoring import (
    Ailment,
    Patient,
    Repaired,
    Step,
    line_text,
    lines_of,
    needs_repair,
    repaired_text,
    saved_text,
    verdict_of,
)
from annotator.workbench.projects import SUFFIX


class DoctorDialog(QDialog):
    """Everything from the examination to the report of a repair.

    `copy` is the repaired copy once there is one, or the backup that was restored in its place;
    `opens_copy` tells that the user wants it open.
    """

    def __init__(
        self, catalogue: Catalogue, patient: Patient, clock: Clock, *, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._patient = patient
        self._clock = clock
        self._slices: Slices | None = None
        self._target: Path | None = None
        self._fuller: Backup | None = None
        self.ailments: list[Ailment] = []
        self.copy: Path | None = None
        self.opens_copy = False
        name = patient.path.name
        self.setWindowTitle(catalogue.text("doctor.title", name=name))
        self.headline = wrapped_label("", self)
        self.summary = wrapped_label("", self, role="faint")
        self.summary.hide()
        self.view = text_view(catalogue.text("doctor.report"), self)
        follow_language(self.view)
        self.notice = wrapped_label("", self, role="refusal")
        self.notice.hide()
        self.progress = ProgressBox(catalogue, self)
        self.progress.stop_button.clicked.connect(self.stop)
        self._lay_out()
        fit_to_screen(self, 860, 560)

    @property
    def text(self) -> str:
        """The headlines and the list, as they are copied."""
        said = (self.headline.text(), self.summary.text(), self.view.toPlainText())
        return without_isolates("\n\n".join(filter(None, said)))

    @property
    def is_running(self) -> bool:
        """Whether an examination or a repair is under way."""
        return self._slices is not None

    def examine(self) -> None:
        """Examine the file; `ailments` fill as they are found."""
        self.ailments.clear()
        self.view.clear()
        self.headline.setText("")
        self._begin("doctor.examining", _as_generator(self._patient))

    def repair(self, target: Path) -> None:
        """Write a repaired copy under a new name."""
        self._target = target
        self._begin("doctor.repairing", self._patient.repairing(target, self._clock))

    def stop(self) -> None:
        """End what runs; what was found stays on the list."""
        if self._slices is not None:
            self._slices.stop()
            self._end()
            say(self.notice, self._catalogue.text("doctor.stopped"))

    def reject(self) -> None:
        """Escape and closing stop what runs, else they close."""
        if self.is_running:
            self.stop()
        else:
            super().reject()

    def _lay_out(self) -> None:
        text = self._catalogue.text
        self.copy_button = push_button(text("dialog.copy"), self)
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.text))
        self.repair_button = push_button(text("doctor.repair"), self)
        self.repair_button.clicked.connect(self._choose_target)
        self.restore_button = push_button(text("repaired.restore"), self)
        self.restore_button.clicked.connect(self._restore)
        self.open_button = push_button(text("doctor.open_copy"), self)
        self.open_button.clicked.connect(self._open_copy)
        self.close_button = push_button(text("dialog.close"), self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        for button in (
            self.repair_button,
            self.restore_button,
            self.open_button,
            self.close_button,
        ):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.headline)
        layout.addWidget(self.summary)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.progress)
        layout.addLayout(buttons)
        self._show_buttons()

    def _begin(self, key: str, work: Generator[object, None, object]) -> None:
        say(self.notice, "")
        self._slices = slices = Slices(work, self)
        slices.said.connect(self._on_said)
        slices.finished.connect(self._on_finished)
        slices.failed.connect(self._on_failed)
        self._show_buttons()
        self.progress.begin(self._catalogue.text(key))
        slices.start()

    def _end(self) -> None:
        if self._slices is not None:
            self._slices.deleteLater()
            self._slices = None
        self.progress.end()
        self._show_buttons()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        """Offer what can be done now."""
        is_idle = not self.is_running
        self.copy_button.setEnabled(is_idle)
        self.close_button.setEnabled(is_idle)
        self.repair_button.setEnabled(is_idle and needs_repair(self.ailments))
        self.repair_button.setVisible(self.copy is None)
        self.restore_button.setVisible(self._fuller is not None)
        self.open_button.setVisible(self.copy is not None)

    def _on_said(self, said: object) -> None:
        if isinstance(said, Ailment):
            self.ailments.append(said)
            self.view.appendPlainText(line_text(self._catalogue, said))
        elif isinstance(said, Step):
            self.progress(said.done, said.total)

    def _on_finished(self, result: object) -> None:
        if isinstance(result, Repaired) and self._target is not None:
            self._show_repaired(result, self._target)
        else:
            name = self._patient.path.name
            self._note_ailments()
            self.headline.setText(verdict_of(self._catalogue, name, self.ailments))
        self._end()

    def _note_ailments(self) -> None:
        """Leave a trace in the log: how often each check found something, and nothing of it."""
        counts = Counter(ailment.kind.value for ailment in self.ailments)
        if counts:
            note("ailments", path=self._patient.path, **counts)

    def _show_repaired(self, repaired: Repaired, target: Path) -> None:
        """Tell how much is left before anything else, and of a backup that has more."""
        self.copy = target
        catalogue = self._catalogue
        note("repaired", path=self._patient.path, losses=len(repaired.losses))
        said = [saved_text(catalogue, repaired)]
        found = fuller_backup(self._patient.path, state_folder(), target)
        if found is not None:
            self._fuller, inventory = found
            said.append(
                catalogue.text(
                    "repaired.fuller",
                    time=local_time(catalogue, self._fuller.made),
                    documents=inventory.documents_with_trash,
                    annotations=inventory.annotations_with_trash,
                    button=catalogue.text("repaired.restore"),
                )
            )
        is_little = repaired.is_part or found is not None
        say(self.headline, "\n".join(said), is_refusal=is_little)
        say(self.summary, repaired_text(catalogue, repaired, target))
        self.view.setPlainText("\n".join(lines_of(catalogue, repaired)))

    def _restore(self) -> None:
        """Restore the backup that holds more, and open it in place of the repaired copy."""
        assert self._fuller is not None  # else the button is not there
        try:
            self.copy = restore_beside(self._fuller.path, self._patient.path)
        except AnnotatorError as error:
            say_error(self.notice, self._catalogue, error)
            return
        self._open_copy()

    def _on_failed(self, error: AnnotatorError) -> None:
        self._end()
        say_error(self.notice, self._catalogue, error)

    def _choose_target(self) -> None:
        path = self._patient.path
        proposed = path.with_name(f"{path.stem}-repaired{SUFFIX}")
        title = self._catalogue.text("doctor.repair")
        kinds = f"{self._catalogue.text('app.name')} (*{SUFFIX})"
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(proposed), kinds)
        if chosen:
            target = Path(chosen)
            self.repair(target if target.suffix else target.with_suffix(SUFFIX))

    def _open_copy(self) -> None:
        self.opens_copy = True
        self.accept()


def _as_generator(patient: Patient) -> Generator[object, None, object]:
    yield from patient.examining()
    return None
