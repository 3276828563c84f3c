"""The text of one page of the guide: Markdown in the direction, colours and fonts of the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFontDatabase,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from annotator.foundation.catalogue import FIRST_STRONG_ISOLATE
from annotator.ui.guide_text import matches

_LINE_HEIGHT_PERCENT = 140.0
_SCALE = 1.1
_MARGIN = 20.0
_GAP_ABOVE_HEADING, _GAP_BELOW = 14.0, 7.0
_DIALECT = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class GuideText(QTextBrowser):
    """Shows pages; links are only told by `anchorClicked`, and nothing is ever loaded."""

    def __init__(self, *, is_right_to_left: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._direction = (
            Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
        )
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _SCALE)
        self.setFont(font)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002, N802
        """Nothing: the guide has no pictures, and nothing from elsewhere is wanted."""
        return None

    @staticmethod
    def plain_text(markdown: str) -> str:
        """What a page says, without the signs of Markdown; offsets are those of the page shown."""
        document = QTextDocument()
        document.setMarkdown(markdown, _DIALECT)
        return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def show_page(self, markdown: str, query: str) -> None:
        """Show a page from its beginning, or from the first place that is searched for."""
        document = self.document()
        document.setMarkdown(markdown, _DIALECT)
        document.setDocumentMargin(_MARGIN)
        for block in _blocks(document):
            self._dress_block(block)
        for table in self._tables():
            self._dress_table(table)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark(query)
        self._go_to(self._places(query)[:1])

    def go_to_next(self, query: str) -> None:
        """Go to the next place that is searched for, after the last to the first."""
        places = self._places(query)
        here = self.textCursor().position()
        self._go_to([place for place in places if place[0] > here] or places)

    def marked(self) -> list[str]:
        """The pieces of the text that are marked as found."""
        return [each.cursor.selectedText() for each in self.extraSelections()]

    def _places(self, query: str) -> list[tuple[int, int]]:
        # The guide has no character beyond U+FFFF, so that offsets in Qt are code points.
        text = self.document().toRawText()
        return [(span.start, span.end) for span in matches(text, query)]

    def _go_to(self, places: list[tuple[int, int]]) -> None:
        """Put the first of these places into view."""
        for start, _ in places[:1]:
            cursor = self.textCursor()
            cursor.setPosition(start)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _mark(self, query: str) -> None:
        palette = self.palette()
        marks = []
        for start, end in self._places(query):
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(palette.color(QPalette.ColorRole.Highlight))
            mark.format.setForeground(palette.color(QPalette.ColorRole.HighlightedText))
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            marks.append(mark)
        self.setExtraSelections(marks)

    def _dress_block(self, block: QTextBlock) -> None:
        """Direction, air between the lines, and the look of keys and commands."""
        style = block.blockFormat()
        is_code = style.hasProperty(QTextBlockFormat.Property.BlockCodeFence)
        is_heading = style.headingLevel() > 0
        left_to_right = Qt.LayoutDirection.LeftToRight
        style.setLayoutDirection(left_to_right if is_code else self._direction)
        style.setNonBreakableLines(False)
        if not is_code:
            style.setLineHeight(
                _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            )
            style.setTopMargin(_GAP_ABOVE_HEADING if is_heading else 0.0)
            style.setBottomMargin(_GAP_BELOW)
        cursor = QTextCursor(block)
        cursor.setBlockFormat(style)
        for fragment in list(_fragments(block)):
            self._dress_fragment(cursor, fragment)

    def _dress_fragment(self, cursor: QTextCursor, fragment: QTextFragment) -> None:
        style = fragment.charFormat()
        start, end = fragment.position(), fragment.position() + fragment.length()
        changed = QTextCharFormat()
        if style.isAnchor():
            changed.setForeground(self.palette().color(QPalette.ColorRole.Link))
        elif style.fontFixedPitch():
            changed.setBackground(self.palette().color(QPalette.ColorRole.AlternateBase))
            if fragment.text().startswith(FIRST_STRONG_ISOLATE):
                changed.setFontFamilies([self.font().family()])
                changed.setFontFixedPitch(False)
                changed.setFontWeight(700)
            else:
                fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                changed.setFontFamilies([fixed.family(), self.font().family()])
        else:
            return
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(changed)
        cursor.clearSelection()

    def _tables(self) -> list[QTextTable]:
        frames = self.document().rootFrame().childFrames()
        return [frame for frame in frames if isinstance(frame, QTextTable)]

    def _dress_table(self, table: QTextTable) -> None:
        style: QTextTableFormat = table.format()
        style.setLayoutDirection(self._direction)
        style.setBorderCollapse(True)
        style.setBorder(1.0)
        style.setBorderBrush(self.palette().color(QPalette.ColorRole.Mid))
        style.setCellPadding(5.0)
        style.setBottomMargin(_GAP_BELOW * 2)
        table.setFormat(style)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1
