"""The text of one page of the guide: Markdown in the direction, colours and fonts of the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from annotator.foundation.catalogue import FIRST_STRONG_ISOLATE, Catalogue
from annotator.ui.fields import EditingKeys
from annotator.ui.guide_text import INVISIBLE, matches
from annotator.ui.messages import RIGHT_TO_LEFT_MARK

_LINE_HEIGHT_PERCENT = 115.0
_SCALE = 1.1
_MARGIN = 20.0
_LINE_OPACITY = 0.4
_NUMBER_GAP, _NUMBER_ROOM = 8, 40
_GAP_ABOVE_HEADING, _GAP_BELOW = 14.0, 7.0
_DIALECT = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class GuideText(QTextBrowser):
    """Shows pages; links are only told by `anchorClicked`, and nothing is ever loaded.

    `numbers` are those of lists, by their blocks, where the language has digits of its own, as
    Sorani does: Qt writes them in Latin ones.
    """

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        direction = Qt.LayoutDirection
        is_right_to_left = catalogue.is_right_to_left
        self._direction = direction.RightToLeft if is_right_to_left else direction.LeftToRight
        self.numbers: dict[int, str] = {}
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _SCALE)
        self.setFont(font)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        EditingKeys(self)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Nothing: the guide has no pictures, and nothing from elsewhere is wanted."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """What is copied, without the invisible characters that keep a command in order."""
        data = QMimeData()
        selected = self.textCursor().selection().toPlainText()
        data.setText(selected.translate(dict.fromkeys(map(ord, INVISIBLE))))
        return data

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
        option = document.defaultTextOption()
        option.setTextDirection(self._direction)
        document.setDefaultTextOption(option)
        blocks = list(_blocks(document))
        self._take_numbers(blocks)
        for block in blocks:
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers of lists to the right of their texts."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        for number, text in self.numbers.items():
            begin = self.cursorRect(QTextCursor(self.document().findBlockByNumber(number)))
            place = QRect(
                begin.topRight() + QPoint(_NUMBER_GAP, 0), QSize(_NUMBER_ROOM, begin.height())
            )
            alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
            painter.drawText(
                place, alignment | Qt.AlignmentFlag.AlignVCenter, f"{RIGHT_TO_LEFT_MARK}{text}"
            )

    def _take_numbers(self, blocks: Sequence[QTextBlock]) -> None:
        self.numbers.clear()
        lists = {block.blockNumber(): listed for block in blocks if (listed := block.textList())}
        for number, listed in lists.items():
            is_numbered = listed.format().style() == QTextListFormat.Style.ListDecimal
            if is_numbered and self._catalogue.is_right_to_left:
                item = listed.itemNumber(self.document().findBlockByNumber(number)) + 1
                self.numbers[number] = f"{self._catalogue.number(item)}."
        for number in self.numbers:
            style = lists[number].format()
            style.setStyle(QTextListFormat.Style.ListStyleUndefined)
            lists[number].setFormat(style)

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
        cursor = QTextCursor(block)
        style = block.blockFormat()
        if _is_code(block):
            self._dress_code(style, is_last=not _is_code(block.next()))
        else:
            style.setLayoutDirection(self._direction)
            height_type = QTextBlockFormat.LineHeightTypes.ProportionalHeight
            style.setLineHeight(_LINE_HEIGHT_PERCENT, height_type.value)
            style.setTopMargin(_GAP_ABOVE_HEADING if style.headingLevel() else 0.0)
            style.setBottomMargin(0.0 if cursor.currentTable() else _GAP_BELOW)
        cursor.setBlockFormat(style)
        for fragment in list(_fragments(block)):
            self._dress_fragment(cursor, fragment)

    def _dress_code(self, style: QTextBlockFormat, *, is_last: bool) -> None:
        style.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        style.setNonBreakableLines(False)
        style.setBackground(self.palette().color(QPalette.ColorRole.AlternateBase))
        style.setBottomMargin(_GAP_BELOW * 2 if is_last else 0.0)

    def _dress_fragment(self, cursor: QTextCursor, fragment: QTextFragment) -> None:
        style, changed = fragment.charFormat(), QTextCharFormat()
        start, end = fragment.position(), fragment.position() + fragment.length()
        is_right_to_left = self._direction == Qt.LayoutDirection.RightToLeft
        if style.isAnchor():
            changed.setForeground(self.palette().color(QPalette.ColorRole.Link))
        elif style.fontFixedPitch():
            self._dress_cap(changed, is_key=fragment.text().startswith(FIRST_STRONG_ISOLATE))
        elif style.fontItalic() and is_right_to_left:
            # Letters of the Arabic script do not lean; what is stressed there is bold.
            changed.setFontItalic(False)
            changed.setFontWeight(QFont.Weight.Bold.value)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(changed)
        cursor.clearSelection()

    def _dress_cap(self, style: QTextCharFormat, *, is_key: bool) -> None:
        style.setBackground(self.palette().color(QPalette.ColorRole.AlternateBase))
        style.setFontFamilies([self.font().family()])
        if is_key:
            style.setFontWeight(QFont.Weight.Bold.value)

    def _tables(self) -> list[QTextTable]:
        frames = self.document().rootFrame().childFrames()
        return [frame for frame in frames if isinstance(frame, QTextTable)]

    def _dress_table(self, table: QTextTable) -> None:
        style: QTextTableFormat = table.format()
        style.setLayoutDirection(self._direction)
        style.setBorderCollapse(True)
        style.setBorder(1.0)
        line = self.palette().color(QPalette.ColorRole.PlaceholderText)
        line.setAlphaF(_LINE_OPACITY)
        style.setBorderBrush(line)
        style.setCellPadding(5.0)
        style.setBottomMargin(_GAP_BELOW * 2)
        table.setFormat(style)


def _is_code(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextBlockFormat.Property.BlockCodeFence)


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
