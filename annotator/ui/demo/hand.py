"""The gestures that every annotation is made of: move, select, answer; by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.span import Span
from annotator.foundation.errors import Defect
from annotator.ui.demo.typist import Typist
from annotator.ui.editing.choices import Choice
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import runs_right_to_left

LIMIT = 2000
"""So many key presses without arriving mean that the way is lost."""


class Hand:
    """Moves, selects and answers: the gestures that every annotation is made of."""

    def __init__(self, typist: Typist, editor: Callable[[], Editor]) -> None:
        self.typist = typist
        self._editor = editor

    @property
    def editor(self) -> Editor:
        """The editor of the open document."""
        return self._editor()

    @property
    def caret(self) -> int:
        """Where the caret is."""
        return self.editor.selection.caret

    def go_to(self, offset: int) -> None:
        """Move the caret to an offset by sentences, words and at last letters."""
        if not self.editor.selection.is_empty:
            self._step(forward=False, unit="")
        for _ in range(LIMIT):
            if self.caret == offset:
                return
            self._approach(offset)
        raise Defect("defect.pilot_lost", offset=offset, caret=self.caret)

    def _approach(self, offset: int) -> None:
        words, caret = self.editor.words, self.caret
        forward = offset > caret
        sentence = words.sentence_forward(caret) if forward else words.sentence_back(caret)
        word = words.forward(caret) if forward else words.back(caret)
        for unit, reached in (("Ctrl+", sentence), ("", word)):
            if min(caret, offset) <= reached <= max(caret, offset) and reached != caret:
                self._step(forward=forward, unit=unit)
                return
        self._step(forward=forward, unit="Alt+")

    def _step(self, *, forward: bool, unit: str) -> None:
        self.typist.press(f"{unit}{self.arrow(forward=forward)}")

    def arrow(self, *, forward: bool) -> str:
        """The arrow key that leads forward or back at the caret."""
        leads_left = runs_right_to_left(self.editor.text, self.caret) is forward
        return "Left" if leads_left else "Right"

    def select(self, span: Span) -> None:
        """Select exactly this span: words first, then letters."""
        self.go_to(span.start)
        word = self.editor.words.at(span.start)
        if word == span:
            self.typist.press("Space")
            return
        for _ in range(LIMIT):
            selection = self.editor.selection
            if selection.span == span:
                return
            self._grow(span)
        raise Defect("defect.pilot_lost", offset=span.start, caret=self.caret)

    def _grow(self, span: Span) -> None:
        editor = self.editor
        grown = editor.words.extend_forward(editor.selection)
        if grown.caret <= span.end and grown.anchor == span.start and grown.caret != self.caret:
            self.typist.press(f"Shift+{self.arrow(forward=True)}")
            return
        forward = span.end > self.caret
        leads_left = self.arrow(forward=forward) == "Left"
        self.typist.press("Shift+Comma" if leads_left else "Shift+Period")

    def choose(self, fits: Callable[[Choice], bool]) -> None:
        """Press the key of the choice that fits, turning pages with 0 where needed."""
        for _ in range(LIMIT):
            choices = self.editor.choices()
            for choice in choices:
                if fits(choice):
                    self.typist.press(choice.key)
                    return
            if not any(choice.key == "0" for choice in choices):
                break
            self.typist.press("0")
        raise Defect("defect.pilot_choice", mode=type(self.editor.mode).__name__)

    def leave(self) -> None:
        """Close whatever is open."""
        while self.editor.mode is not None:
            self.typist.press("Escape")
