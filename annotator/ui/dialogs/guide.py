"""The user guide: its pages beside the text, with a search over all of them.

Everything shown is our own and lies beside the program: nothing is fetched, and no link leads out.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import fit_to_screen, push_button, wrapped_label
from annotator.ui.dialogs.guide_page import GuideText
from annotator.ui.fields import EditingKeys
from annotator.ui.guide_text import Guide, GuidePage, name_of, pages_with, read_guide
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.keymap import Keymap

_FIND = "Ctrl+F"
_NAME_ROLE = Qt.ItemDataRole.UserRole
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_TEXT_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class GuideWindow(QDialog):
    """The guide in a window of its own, so that one can read and try.

    While the search field has the focus, the arrows go through the pages, Page Up and Page Down
    through the text, and Enter to the next place found. Ctrl+F leads back to it.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        keymap: Keymap,
        *,
        page: str | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._guide: Guide = read_guide(catalogue, keymap)
        self.setWindowTitle(catalogue.text("guide.title"))
        self.setModal(False)
        self.search = QLineEdit(self)
        EditingKeys(self.search)
        self.search.setClearButtonEnabled(True)
        for name in (self.search.setPlaceholderText, self.search.setAccessibleName):
            name(catalogue.text("guide.search"))
        self.pages = QListWidget(self)
        self.pages.setAccessibleName(catalogue.text("guide.pages"))
        self.pages.setWordWrap(True)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = GuideText(catalogue, self)
        self.text.setAccessibleName(catalogue.text("guide.text"))
        self.nothing = wrapped_label(catalogue.text("guide.nothing_found"), self, role="faint")
        self.nothing.hide()
        self._close = push_button(catalogue.text("dialog.close"), self)
        self._lay_out()
        self._plain = [self.text.plain_text(each.markdown) for each in self._guide.pages]
        self._connect()
        self._list_pages()
        self.show_page(page)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> GuidePage:
        """The page that is shown."""
        item = self.pages.currentItem()
        return self._guide.page(item.data(_NAME_ROLE) if item is not None else None)

    def show_page(self, name: str | None) -> None:
        """Show the page of that name, or the first one; takes a search back that hides it."""
        wanted = self._guide.page(name).name
        if wanted not in self._listed():
            self.search.clear()
        self.pages.setCurrentRow(self._listed().index(wanted))
        self._show_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the search field by the key that finds, wherever it types an F or not."""
        press = key_press_from(event, QGuiApplication.platformName())
        if press is not None and press.chord == _FIND:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lend the keys of the search field to the list and to the text."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.search and is_press and self._lend(event):
            return True
        return super().eventFilter(watched, event)

    def _lend(self, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)  # asked for key presses only
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.text.go_to_next(self.search.text())
        elif event.key() in _LIST_KEYS:
            self.pages.event(event)
        elif event.key() in _TEXT_KEYS:
            bar, action = self.text.verticalScrollBar(), QAbstractSlider.SliderAction
            goes_down = event.key() == Qt.Key.Key_PageDown
            bar.triggerAction(action.SliderPageStepAdd if goes_down else action.SliderPageStepSub)
        else:
            return False
        return True

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(6, 0, 6, 0)
        column.addWidget(self.search)
        column.addWidget(self.pages, 1)
        column.addWidget(self.nothing)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(side)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([250, 700])
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addLayout(buttons)
        fit_to_screen(self, 980, 720)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_search)
        self.pages.currentItemChanged.connect(self._on_page_chosen)
        self.text.anchorClicked.connect(self._on_link)
        self._close.clicked.connect(self.close)

    def _listed(self) -> list[str]:
        rows = (self.pages.item(row) for row in range(self.pages.count()))
        return [item.data(_NAME_ROLE) for item in rows]

    def _list_pages(self) -> None:
        """List the pages that hold what is searched for; the present one stays where it can."""
        present = self.page.name
        self.pages.blockSignals(True)
        self.pages.clear()
        for number in pages_with(self._plain, self.search.text()):
            page = self._guide.pages[number]
            item = QListWidgetItem(page.title, self.pages)
            item.setData(_NAME_ROLE, page.name)
        listed = self._listed()
        if listed:
            self.pages.setCurrentRow(listed.index(present) if present in listed else 0)
        self.pages.blockSignals(False)
        self.nothing.setVisible(not listed)

    def _on_search(self) -> None:
        self._list_pages()
        self._show_text()

    def _on_page_chosen(self) -> None:
        if self.pages.currentItem() is not None:
            self._show_text()

    def _show_text(self) -> None:
        self.text.show_page(self.page.markdown, self.search.text())

    def _on_link(self, link: QUrl) -> None:
        self.show_page(name_of(link.path()))
