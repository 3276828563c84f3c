"""The acts that move the caret and grow the selection.

Left and right are meant as seen: in a paragraph that runs from right to left, left is forward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import Selection, runs_right_to_left

Move = Callable[[Editor, int], int]
Growth = Callable[[Editor, Selection], Selection]


def goes_forward(editor: Editor, *, left: bool) -> bool:
    """Whether the arrow leads on in the text at the caret."""
    return left is runs_right_to_left(editor.text, editor.selection.caret)


def _by_word(*, left: bool) -> Move:
    def move(editor: Editor, offset: int) -> int:
        forward = goes_forward(editor, left=left)
        return editor.words.forward(offset) if forward else editor.words.back(offset)

    return move


def _by_sentence(*, left: bool) -> Move:
    def move(editor: Editor, offset: int) -> int:
        if goes_forward(editor, left=left):
            return editor.words.sentence_forward(offset)
        return editor.words.sentence_back(offset)

    return move


def _grow_word(*, left: bool) -> Growth:
    def grow(editor: Editor, selection: Selection) -> Selection:
        if goes_forward(editor, left=left):
            return editor.words.extend_forward(selection)
        return editor.words.extend_back(selection)

    return grow


def _grow_sentence(*, left: bool) -> Growth:
    def grow(editor: Editor, selection: Selection) -> Selection:
        if goes_forward(editor, left=left):
            return editor.words.extend_sentence_forward(selection)
        return editor.words.extend_sentence_back(selection)

    return grow


def _exactly(move: Move) -> Growth:
    return lambda editor, selection: Selection(selection.anchor, move(editor, selection.caret))


_MOVES: dict[str, Move] = {
    "word_left": _by_word(left=True),
    "word_right": _by_word(left=False),
    "sentence_left": _by_sentence(left=True),
    "sentence_right": _by_sentence(left=False),
    "letter_left": lambda editor, offset: editor.sight.letter_left(offset),
    "letter_right": lambda editor, offset: editor.sight.letter_right(offset),
    "line_up": lambda editor, offset: editor.sight.line_above(offset),
    "line_down": lambda editor, offset: editor.sight.line_below(offset),
    "line_start": lambda editor, offset: editor.sight.line_start(offset),
    "line_end": lambda editor, offset: editor.sight.line_end(offset),
    "document_start": lambda _, __: 0,
    "document_end": lambda editor, _: len(editor.text),
    "page_up": lambda editor, offset: editor.sight.page_above(offset),
    "page_down": lambda editor, offset: editor.sight.page_below(offset),
}
_GROWTHS: dict[str, Growth] = {
    **{name: _exactly(move) for name, move in _MOVES.items()},
    "word_left": _grow_word(left=True),
    "word_right": _grow_word(left=False),
    "sentence_left": _grow_sentence(left=True),
    "sentence_right": _grow_sentence(left=False),
}


def _moving(move: Move) -> Callable[[Editor], None]:
    return lambda editor: editor.place(Selection.at(move(editor, editor.selection.caret)))


def _growing(grow: Growth) -> Callable[[Editor], None]:
    return lambda editor: editor.place(grow(editor, editor.selection))


def _select_word(editor: Editor) -> None:
    word = editor.words.at(editor.selection.caret)
    if word is not None:
        editor.place(Selection(word.start, word.end))


MOVING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {
        **{f"move.{name}": _moving(move) for name, move in _MOVES.items()},
        **{f"select.{name}": _growing(grow) for name, grow in _GROWTHS.items()},
        "select.word": _select_word,
    }
)
