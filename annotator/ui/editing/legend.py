"""The legend: what the next key does, taken from the same lists that decide it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType

from annotator.core.annotations import Event, Mention, Quote
from annotator.foundation.errors import Refused
from annotator.ui.editing.choices import Choice
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.growing import can_narrow, can_widen
from annotator.ui.editing.legend_entries import Legend, LegendEntry
from annotator.ui.editing.mark_all import can_review
from annotator.ui.editing.marking import repeat_meant, trigger_meant
from annotator.ui.editing.pickers import questions_about
from annotator.ui.editing.quoting import content_and_marks
from annotator.ui.editing.seeking import can_go_to_finding
from annotator.ui.editing.shaping import fragment_edit, head_edit, shorter_end
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.wording import cap_of


def legend_of(editor: Editor, keymap: Keymap) -> Legend:
    """What the keys do in the present state. Nothing is shown that would be refused."""
    mode = editor.mode
    if mode is None:
        heading = _counted(editor, _plain_heading(editor))
        return Legend(heading, tuple(_plain_entries(editor, keymap)))
    shown = (choice for choice in editor.choices() if not choice.is_unlisted)
    entries = [_choice_entry(editor, choice) for choice in shown]
    if not mode.is_exclusive():
        taken = frozenset(choice.key for choice in editor.choices())
        entries += _entries_of(editor, keymap, _FRAME_ACTS, taken)
    return Legend(_counted(editor, mode.heading), tuple(entries))


def _counted(editor: Editor, heading: str) -> str:
    """The heading, behind the count that waits for a key."""
    if not editor.count:
        return heading
    return "  ".join((editor.sentence("legend.count", count=editor.count), heading))


def _choice_entry(editor: Editor, choice: Choice) -> LegendEntry:
    return LegendEntry(
        cap_of(editor.catalogue, choice.key),
        choice.title,
        choice.color,
        choice.is_filled,
        choice.is_required,
    )


def _plain_heading(editor: Editor) -> str:
    span = editor.selection.span
    if span is not None:
        return editor.sentence("legend.selection", text=span.of(editor.text))
    word = editor.words.at(editor.selection.caret)
    return editor.sentence("legend.word", text=word.of(editor.text)) if word else ""


def _plain_entries(editor: Editor, keymap: Keymap) -> list[LegendEntry]:
    return _label_entries(editor, keymap) + _entries_of(editor, keymap, _acts_here(editor))


def _label_entries(editor: Editor, keymap: Keymap) -> list[LegendEntry]:
    if not _is_possible(editor.marked_span):
        return []
    entries = []
    for label in editor.scheme.labels:
        chords = keymap.chords_of(f"label.{label.key}")
        if chords and label.is_enabled:
            cap = cap_of(editor.catalogue, chords[0])
            entries.append(LegendEntry(cap, editor.say(label.name), label.color))
    return entries


def _acts_here(editor: Editor) -> list[str]:
    acts = ["event.new", "quote.new"]
    match editor.current:
        case Mention():
            acts += ["entity.link", "mention.level", "attribute.pick"]
        case Event():
            acts += ["annotation.open", "attribute.pick"]
        case Quote():
            acts += ["annotation.open", "quote.speaker", "quote.cue", "quote.addressee"]
            acts += ["attribute.pick"]
        case None:
            pass
    acts += ["clitic.shorten", "grow.wider", "grow.narrower", "annotation.delete", "fragment.add"]
    acts += ["repeat.last", "mark_all.start", "suggestion.next", "annotation.next", "finding.next"]
    if editor.current is None:  # where an annotation is, there is enough to be said already
        acts += ["jump.annotation", "find.open"]
    return [*acts, "set.complete", "help.keys"]


def _is_possible(attempt: Callable[[], object]) -> bool:
    """Whether something that changes nothing is not refused."""
    try:
        attempt()
    except Refused:
        return False
    return True


def _has_attributes(editor: Editor) -> bool:
    current = editor.current
    return current is not None and bool(questions_about(editor, current))


_FRAME_ACTS = ("fragment.add", "span.head", "attribute.pick")
_POSSIBLE: Mapping[str, Callable[[Editor], bool]] = MappingProxyType(
    {
        "event.new": lambda editor: _is_possible(partial(trigger_meant, editor)),
        "quote.new": lambda editor: _is_possible(partial(content_and_marks, editor)),
        "quote.cue": lambda editor: editor.selection.span is not None,
        "attribute.pick": _has_attributes,
        "clitic.shorten": lambda editor: _is_possible(partial(shorter_end, editor)),
        "annotation.delete": lambda editor: editor.changeable is not None,
        "fragment.add": lambda editor: _is_possible(partial(fragment_edit, editor)),
        "span.head": lambda editor: _is_possible(partial(head_edit, editor)),
        "grow.wider": can_widen,
        "grow.narrower": can_narrow,
        "mark_all.start": can_review,
        "finding.next": lambda editor: can_go_to_finding(editor.findings),
        "jump.annotation": lambda editor: bool(editor.in_sight()),
        "repeat.last": lambda editor: _is_possible(partial(repeat_meant, editor)),
        "suggestion.next": lambda editor: (
            editor.suggestions is not None and editor.suggestions.has_any
        ),
        "annotation.next": lambda editor: editor.neighbour(forward=True) is not None,
    }
)
"""When an act can be done; those that are not named can always."""


def _entries_of(
    editor: Editor, keymap: Keymap, actions: Iterable[str], taken: frozenset[str] = frozenset()
) -> list[LegendEntry]:
    """The acts that have a key which no choice has taken, and that can be done now."""
    entries = []
    for action in actions:
        chords = [chord for chord in keymap.chords_of(action) if chord not in taken]
        is_possible = _POSSIBLE.get(action)
        if chords and (is_possible is None or is_possible(editor)):
            title = editor.sentence(f"short.{action}")
            entries.append(LegendEntry(cap_of(editor.catalogue, chords[0]), title))
    return entries
