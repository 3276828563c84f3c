"""Every action of the program in one table: its id and the keys it ships with.

An action is an act of the editor or of the whole program. Its title is ``action.<id>`` in the
message catalogue; keymap, menus, command palette and key sheet all come from this table, in its
order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct


class Action(Struct, frozen=True):
    """An action and its chords in canonical spelling, the one to show first; perhaps none."""

    id: str
    chords: tuple[str, ...] = ()


_MOVES: Final = {
    "word_left": "Left",
    "word_right": "Right",
    "sentence_left": "Ctrl+Left",
    "sentence_right": "Ctrl+Right",
    "line_up": "Up",
    "line_down": "Down",
    "line_start": "Home",
    "line_end": "End",
    "document_start": "Ctrl+Home",
    "document_end": "Ctrl+End",
    "page_up": "PageUp",
    "page_down": "PageDown",
}


def _extending(chord: str) -> str:
    """The chord that selects what `chord` moves over: Shift stands before the key."""
    *held, key = chord.split("+")
    return "+".join((*held, "Shift", key))


def _actions(*rows: str) -> Iterable[Action]:
    """Actions from rows of an id and its chords, separated by spaces."""
    for row in rows:
        identifier, *chords = row.split()
        yield Action(identifier, tuple(chords))


# Alt+Shift+Left/Right move the end of an annotation, so selecting by letter has the keys that
# print < and >.
ACTIONS: Final = (
    *(Action(f"move.{name}", (chord,)) for name, chord in _MOVES.items()),
    *_actions("move.letter_left Alt+Left", "move.letter_right Alt+Right"),
    *(Action(f"select.{name}", (_extending(chord),)) for name, chord in _MOVES.items()),
    *_actions(
        "select.word Space",
        "select.letter_left Shift+Comma",
        "select.letter_right Shift+Period",
        "boundary.end_left Alt+Shift+Left",
        "boundary.end_right Alt+Shift+Right",
        "boundary.start_left Ctrl+Alt+Shift+Left",
        "boundary.start_right Ctrl+Alt+Shift+Right",
    ),
    *(Action(f"label.{digit}", (digit,)) for digit in "1234567890"),
    *(Action(f"count.{digit}", (f"Alt+{digit}",)) for digit in "1234567890"),
    *_actions(
        "event.new E",
        "quote.new Q",
        "quote.speaker S",
        "quote.cue C",
        "quote.addressee D",
        "fragment.add Shift+Equal",
        "entity.link L",
        "attribute.pick F",
        "mention.level M",
        "span.head H",
        "clitic.shorten W",
        "clitic.restore Shift+W",
        "grow.wider G",
        "grow.narrower Shift+G",
        "repeat.last R",
        "mark_all.start A",
        "mark_all.project Shift+A",
        "suggestion.next Tab",
        "suggestion.previous Shift+Tab",
        "annotation.next N",
        "annotation.previous P",
        "annotation.open Enter",
        "annotation.outer Shift+Enter",
        "annotation.delete Backspace Delete",
        "jump.annotation J",
        "jump.word Shift+J",
        "find.open Slash Ctrl+F",
        "find.next F3",
        "find.previous Shift+F3",
        "finding.next F8",
        "finding.previous Shift+F8",
        "edit.undo Ctrl+Z",
        "edit.redo Ctrl+Y Ctrl+Shift+Z",
        "set.complete Ctrl+Enter",
        "set.approve",
        "set.reopen",
        "palette.open Ctrl+K",
        "help.guide F1",
        "help.keys Shift+Slash Ctrl+F1",
        "keys.edit",
        "help.report",
        "help.about",
        "project.open Ctrl+O",
        "project.import Ctrl+I",
        "project.export Ctrl+E",
        "project.new Ctrl+N",
        "project.demo",
        "project.save_copy",
        "project.publish Ctrl+S",
        "project.place",
        "project.backups",
        "project.merge",
        "project.adjudicate Ctrl+G",
        "project.adjudicate_all Ctrl+Shift+G",
        "project.undo Ctrl+Alt+Z",
        "project.redo Ctrl+Alt+Y",
        "project.history",
        "project.trash",
        "project.doctor",
        "annotator.change",
        "people.manage",
        "scheme.labels",
        "scheme.replace",
        "document.remove",
        "document.next Ctrl+PageDown",
        "document.previous Ctrl+PageUp",
        "document.print Ctrl+P",
        "document.pdf",
        "pane.next F6",
        "pane.previous Shift+F6",
        "menu.open F10",
        "view.zoom_in Ctrl+Equal",
        "view.zoom_out Ctrl+Minus",
        "view.zoom_reset Ctrl+0",
        "view.code_points Ctrl+U",
        "view.suggestions",
        "view.lines_apart",
        "view.lines_together",
        "view.column_wider",
        "view.column_narrower",
        "preferences.open Ctrl+Comma",
        "language.switch Ctrl+L",
        "theme.switch",
        "app.quit Ctrl+Q",
        "mode.leave Escape",
    ),
)


def action_ids() -> tuple[str, ...]:
    """Every action, in the order of the key sheet."""
    return tuple(action.id for action in ACTIONS)
