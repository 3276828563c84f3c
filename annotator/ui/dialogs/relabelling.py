"""What a label shall become in the whole project, with the numbers before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import (
    fit_to_screen,
    isolated,
    push_button,
    say,
    say_error,
    wrapped_label,
)
from annotator.ui.waiting import wait_cursor
from annotator.workbench.label_lines import LabelLine
from annotator.workbench.relabelling import ProjectRelabelling


class RelabelDialog(QDialog):
    """Lets the user choose among `targets` and shows what `plan` says of each.

    When it was accepted, `chosen` is the plan to perform.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        line: LabelLine,
        targets: Sequence[LabelLine],
        *,
        plan: Callable[[str], ProjectRelabelling],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._plan = plan
        self.chosen: ProjectRelabelling | None = None
        text = catalogue.text
        self.setWindowTitle(text("relabelling.title"))
        question = wrapped_label(text("relabelling.target", name=line.name), self)
        self.target_box = QComboBox(self)
        self.target_box.setAccessibleName(question.text())
        question.setBuddy(self.target_box)
        for target in targets:
            shown = f"{isolated(target.name)}  ({isolated(target.id)})"
            self.target_box.addItem(shown, target.id)
        self._preview = wrapped_label("", self)
        self._refused = wrapped_label("", self, role="faint")
        self.change_button = push_button(text("relabelling.do"), self)
        self.change_button.setDefault(True)
        self.close_button = push_button(text("dialog.cancel"), self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.change_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for part in (question, self.target_box, self._preview, self._refused):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.target_box.currentIndexChanged.connect(self._show)
        self.change_button.clicked.connect(self.accept)
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 520, 260)
        self._show()
        self.target_box.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def preview(self) -> tuple[str, str]:
        """What will be changed and what stays, as it is said."""
        return self._preview.text(), self._refused.text()

    def _show(self) -> None:
        text = self._catalogue.text
        self.chosen = None
        try:
            with wait_cursor():
                plan = self._plan(self.target_box.currentData())
        except AnnotatorError as error:
            say_error(self._preview, self._catalogue, error)
            say(self._refused, "")
            self.change_button.setEnabled(False)
            return
        if plan.changed:
            self.chosen = plan
            said = text("relabelling.preview", changed=plan.changed, sets=len(plan.sets))
        else:
            said = text("relabelling.nothing")
        say(self._preview, said, is_refusal=not plan.changed)
        stay = text("relabelling.stay", refused=plan.refused) if plan.refused else ""
        say(self._refused, stay)
        self.change_button.setEnabled(bool(plan.changed))
