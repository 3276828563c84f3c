"""Language and look: what the user may choose, shown on the page behind while choosing."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import LANGUAGES, Catalogue
from annotator.foundation.settings import (
    COLUMN_WIDTHS,
    LINE_HEIGHTS,
    POINTS,
    SYSTEM,
    THEMES,
    ArticleFont,
    Settings,
)
from annotator.ui.dialogs.controls import push_button, wrapped_label
from annotator.ui.labels import leading_edge, plain_label


class PreferencesDialog(QDialog):
    """Emits `changed` with the settings after every choice; `settings` is what is chosen now."""

    changed = Signal(object)

    def __init__(self, catalogue: Catalogue, settings: Settings, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.settings = settings
        self.setWindowTitle(catalogue.text("preferences.title"))
        self.language = self._choice("language", (SYSTEM, *LANGUAGES))
        self.theme = self._choice("theme", (SYSTEM, *THEMES))
        self.font_box = self._choice("article_font", [font.value for font in ArticleFont])
        self.points = QSpinBox(self)
        self.points.setRange(round(POINTS.least), round(POINTS.most))
        self.line_height = QDoubleSpinBox(self)
        self.line_height.setRange(LINE_HEIGHTS.least, LINE_HEIGHTS.most)
        self.line_height.setSingleStep(LINE_HEIGHTS.step)
        self.column_width = QSpinBox(self)
        self.column_width.setRange(round(COLUMN_WIDTHS.least), round(COLUMN_WIDTHS.most))
        self.column_width.setSingleStep(round(COLUMN_WIDTHS.step))
        for number in (self.points, self.line_height, self.column_width):
            number.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
        self.code_points = QCheckBox(catalogue.text("preferences.shows_code_points"), self)
        self.suggests = QCheckBox(catalogue.text("action.view.suggestions"), self)
        self._lay_out()
        self._show()
        self._connect()

    def _choice(self, name: str, values: tuple[str, ...] | list[str]) -> QComboBox:
        box = QComboBox(self)
        for value in values:
            box.addItem(self._catalogue.text(f"preferences.{name}.{value}"), value)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (
            ("language", self.language),
            ("theme", self.theme),
            ("article_font", self.font_box),
            ("points", self.points),
            ("line_height", self.line_height),
            ("column_width", self.column_width),
        ):
            title = self._catalogue.text(f"preferences.{name}")
            label = plain_label(self, title)
            label.setBuddy(field)
            field.setAccessibleName(title)
            form.addRow(label, field)
        form.addRow(self.code_points)
        form.addRow(self.suggests)
        note = wrapped_label(self._catalogue.text("preferences.note"), self, role="faint")
        self.defaults = push_button(self._catalogue.text("preferences.defaults"), self)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        foot = QHBoxLayout()
        foot.addWidget(self.defaults)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addLayout(foot)
        self.setMinimumWidth(460)

    def _show(self) -> None:
        settings = self.settings
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.font_box.setCurrentIndex(self.font_box.findData(settings.article_font.value))
        self.points.setValue(round(settings.points))
        self.line_height.setValue(settings.line_height)
        self.column_width.setValue(settings.column_width)
        self.code_points.setChecked(settings.shows_code_points)
        self.suggests.setChecked(settings.suggests)

    def _connect(self) -> None:
        for box in (self.language, self.theme, self.font_box):
            box.currentIndexChanged.connect(self._on_changed)
        for number in (self.points, self.line_height, self.column_width):
            number.valueChanged.connect(self._on_changed)
        self.code_points.toggled.connect(self._on_changed)
        self.suggests.toggled.connect(self._on_changed)
        self.defaults.clicked.connect(self._on_defaults)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _on_changed(self) -> None:
        points = self.points.value()
        self.settings = replace(
            self.settings,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            article_font=ArticleFont(self.font_box.currentData()),
            # A size between two whole ones stays as it is until it is changed here.
            points=self.settings.points if points == round(self.settings.points) else points,
            line_height=round(self.line_height.value(), 2),
            column_width=self.column_width.value(),
            shows_code_points=self.code_points.isChecked(),
            suggests=self.suggests.isChecked(),
        )
        self.changed.emit(self.settings)

    def _on_defaults(self) -> None:
        """The look the program ships with; the language stays."""
        self.settings = replace(
            Settings(),
            language=self.settings.language,
            direct_folders=self.settings.direct_folders,
            copied_folders=self.settings.copied_folders,
        )
        for field in self.findChildren(QWidget):
            field.blockSignals(True)
        self._show()
        for field in self.findChildren(QWidget):
            field.blockSignals(False)
        self.changed.emit(self.settings)
