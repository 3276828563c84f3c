"""The dialog that makes a project: where its file lies, who annotates, and with which scheme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError, Refused
from annotator.ui.dialogs.controls import (
    fit_to_screen,
    isolated,
    path_field,
    push_button,
    say_error,
    wrapped_label,
)
from annotator.ui.fields import EditingKeys
from annotator.workbench.projects import SUFFIX


class NewProject(Struct, frozen=True):
    """What the user wants: `scheme` is the id of a bundled scheme or the path of a file."""

    path: Path
    annotator: str
    scheme: str


class NewProjectDialog(QDialog):
    """Asks for a `NewProject` and has it made by `create`; what that raises is said in place.

    `schemes` are ids and titles of the bundled schemes, `folder` is where a bare name goes.
    `created` is the project's path once it has been made.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        create: Callable[[NewProject], None],
        *,
        schemes: Sequence[tuple[str, str]],
        folder: Path,
        annotator: str = "",
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._create = create
        self._folder = folder
        self.created: Path | None = None
        self.setWindowTitle(catalogue.text("new_project.title"))
        self._make_fields(schemes, annotator)
        self._make_buttons()
        self._lay_out()
        fit_to_screen(self, 640, 300)
        self.path_field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wish(self) -> NewProject:
        """What the fields say. Raises `Refused` where something is missing."""
        name = self.path_field.text().strip()
        if not name:
            raise Refused("new_project.path_missing")
        path = self._folder / Path(name).expanduser()
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        annotator = " ".join(self.annotator_field.text().split())
        if not annotator:
            raise Refused("refused.annotator_name_empty")
        return NewProject(path, annotator, str(self.scheme_box.currentData()))

    @property
    def notice(self) -> str:
        """The error as shown."""
        return self._notice.text()

    def start(self) -> None:
        """Make the project and close, or say why not and go to the field that is concerned."""
        try:
            wish = self.wish
            self._create(wish)
        except AnnotatorError as error:
            say_error(self._notice, self._catalogue, error)
            field = self._field_of(error.key)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(field, QLineEdit):
                field.selectAll()
            return
        self.created = wish.path
        self.accept()

    def _field_of(self, key: str) -> QWidget:
        if key.startswith("scheme."):
            return self.scheme_box
        is_name = key in ("refused.annotator_name_empty", "store.name_blank")
        return self.annotator_field if is_name else self.path_field

    def _make_fields(self, schemes: Sequence[tuple[str, str]], annotator: str) -> None:
        text = self._catalogue.text
        self.path_field = path_field(text("new_project.file"), self)
        self.path_field.setPlaceholderText(text("new_project.file_example"))
        self.path_button = push_button(text("dialog.choose_file"), self)
        self.annotator_field = QLineEdit(annotator, self)
        EditingKeys(self.annotator_field)
        self.annotator_field.setAccessibleName(text("new_project.annotator"))
        self.scheme_box = QComboBox(self)
        self.scheme_box.setAccessibleName(text("new_project.scheme"))
        self.scheme_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for identifier, title in schemes:
            self.scheme_box.addItem(isolated(title), identifier)
        self.scheme_button = push_button(text("new_project.scheme_file"), self)

    def _make_buttons(self) -> None:
        text = self._catalogue.text
        self._notice = wrapped_label("", self, role="refusal")
        self._notice.hide()
        self.create_button = push_button(text("new_project.create"), self)
        self.create_button.setDefault(True)
        self.cancel_button = push_button(text("dialog.cancel"), self)
        self.path_button.clicked.connect(self._choose_path)
        self.scheme_button.clicked.connect(self._choose_scheme)
        self.create_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        rows: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            ("new_project.file", self.path_field, self.path_button),
            ("new_project.annotator", self.annotator_field, None),
            ("new_project.scheme", self.scheme_box, self.scheme_button),
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, (key, field, button) in enumerate(rows):
            label = wrapped_label(self._catalogue.text(key), self)
            label.setWordWrap(False)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, 1, 1 if button else 2)
            if button is not None:
                grid.addWidget(button, row, 2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.create_button)
        buttons.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(
            wrapped_label(self._catalogue.text("new_project.hint"), self, role="faint")
        )
        layout.addStretch(1)
        layout.addWidget(self._notice)
        layout.addLayout(buttons)

    def _choose_path(self) -> None:
        text = self._catalogue.text
        name, _ = QFileDialog.getSaveFileName(
            self,
            text("new_project.file"),
            str(
                self._folder / (self.path_field.text().strip() or text("new_project.file_example"))
            ),
            f"{text('dialog.filter_project')} (*{SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,  # an existing file is never replaced
        )
        if name:
            path = Path(name)
            is_named = path.suffix.lower() == SUFFIX
            self.path_field.setText(name if is_named else f"{name}{SUFFIX}")

    def _choose_scheme(self) -> None:
        text = self._catalogue.text
        name, _ = QFileDialog.getOpenFileName(
            self,
            text("new_project.scheme"),
            str(self._folder),
            f"{text('dialog.filter_scheme')} (*.json)",
        )
        if name:
            self.scheme_box.addItem(isolated(name), name)
            self.scheme_box.setCurrentIndex(self.scheme_box.count() - 1)
