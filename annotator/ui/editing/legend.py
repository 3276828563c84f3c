"""The legend: what the next key does, taken from the same lists that decide it."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.annotations import Event, Mention, Quote
from annotator.core.scheme import Label
from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.choices import Choice
from annotator.ui.editing.editor import Editor
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.wording import chord_text

_KNOWN_BY_SIGN = {"Shift+Equal": "+", "Shift+Slash": "?"}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One key: its cap as printed on both layouts, what it does, and the colour of a label."""

    cap: str
    title: str
    color: str | None = None
    is_filled: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """A heading and the keys under it."""

    heading: str
    entries: tuple[LegendEntry, ...]


def cap_of(catalogue: Catalogue, chord: str) -> str:
    """How a chord is shown; two by the sign they type, as everybody knows them."""
    return _KNOWN_BY_SIGN.get(chord) or chord_text(catalogue, chord)


def legend_of(editor: Editor, keymap: Keymap) -> Legend:
    """What the keys do in the present state."""
    mode = editor.mode
    if mode is None:
        return Legend(_plain_heading(editor), tuple(_plain_entries(editor, keymap)))
    entries = [_choice_entry(editor, choice) for choice in editor.choices()]
    if not mode.is_exclusive():
        entries += _entries_of(editor, keymap, ("fragment.add", "span.head", "attribute.pick"))
    return Legend(mode.heading, tuple(entries))


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
    labels = [
        LegendEntry(cap_of(editor.catalogue, label.key), _label_title(editor, label), label.color)
        for label in editor.scheme.labels
        if label.key is not None and label.is_enabled
    ]
    acts = ["event.new", "quote.new"]
    match editor.current:
        case Mention():
            acts += ["entity.link", "mention.level", "attribute.pick", "clitic.shorten"]
            acts += ["annotation.delete"]
        case Event():
            acts += ["annotation.open", "attribute.pick", "annotation.delete"]
        case Quote():
            acts += ["annotation.open", "quote.speaker", "quote.cue", "quote.addressee"]
            acts += ["attribute.pick"]
        case None:
            acts += ["clitic.shorten"]
    if editor.selected is not None and editor.selection.span is not None:
        acts.append("fragment.add")
    if editor.repeat is not None:
        acts.append("repeat.last")
    acts += ["annotation.next", "set.complete", "help.keys"]
    return labels + _entries_of(editor, keymap, acts)


def _label_title(editor: Editor, label: Label) -> str:
    return editor.say(label.name)


def _entries_of(
    editor: Editor, keymap: Keymap, actions: list[str] | tuple[str, ...]
) -> list[LegendEntry]:
    entries = []
    for action in actions:
        chords = keymap.chords_of(action)
        if chords:
            entries.append(
                LegendEntry(cap_of(editor.catalogue, chords[0]), editor.sentence(f"short.{action}"))
            )
    return entries
