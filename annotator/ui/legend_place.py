"""The place of the legend under the page: kept free until there is one, then following the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.foundation.errors import UserError
from annotator.ui.editing.editor import Editor
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.late import Late
from annotator.ui.legend_room import NARROWEST, kept_height
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.legend_bar import LegendBar
    from annotator.ui.legend_following import LegendFollowing


class LegendPlace(QWidget):
    """As high as the legend will be at least, so that the page stays where it is when that comes.

    The legend takes its place in the layout of its parent. Emits `failed` with the damage that the
    legend meets.
    """

    failed = Signal(UserError)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self._theme = theme
        self._followed: tuple[Editor, Keymap] | None = None
        self._following = Late(self._made)
        self._bar: LegendBar | None = None
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(NARROWEST)
        self.keep(0.0)

    @property
    def kept(self) -> float:
        """The height in pixels that is kept for the legend."""
        return self.height() if self._bar is None else self._bar.kept

    def keep(self, height: float) -> None:
        """Keep so many pixels for the legend, within reason, before there is one."""
        self.setFixedHeight(round(kept_height(height, self.font())))

    @property
    def bar(self) -> LegendBar:
        """The legend, saying what the keys do now."""
        return self._following.ready.bar

    @property
    def is_whole(self) -> bool:
        """Whether the legend is there, and says what the keys do."""
        return self._following.is_made and self._following.ready.is_over

    def begin(self) -> None:
        """Make the legend, unless it is there; it says at once what the keys do."""
        self._following.ready.hurry()

    def follow(self, editor: Editor, keymap: Keymap) -> None:
        """Show soon what the keys do."""
        self._followed = editor, keymap
        if self._following.is_made:
            self._following.ready.follow(editor, keymap)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        if self._bar is not None:
            self._bar.set_theme(theme)

    def stop(self) -> None:
        """Follow nobody any more."""
        self._followed = None
        if self._following.is_made:
            self._following.ready.stop()

    def clear(self) -> None:
        """Say nothing, because no document is open."""
        self._followed = None
        if self._following.is_made:
            self._following.ready.clear()

    def _made(self) -> LegendFollowing:
        from annotator.ui.legend_bar import LegendBar
        from annotator.ui.legend_following import LegendFollowing

        bar = self._bar = LegendBar(self._theme, self._view, kept=self.height())
        layout = self._view.layout()
        if layout is not None:
            layout.replaceWidget(self, bar)
        bar.resize(self.size())  # the keys are wrapped to the width that it will have
        self.hide()
        following = LegendFollowing(bar, self)
        following.failed.connect(self.failed)
        if self._followed is not None:
            following.follow(*self._followed)
        return following
