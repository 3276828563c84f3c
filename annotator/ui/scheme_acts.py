"""Acts that a scheme brings along: marking with each of its labels, and with each of its types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace

from annotator.core.scheme import EventType, Label, Scheme
from annotator.ui.editing.editor import Editor
from annotator.ui.keyboard.keymap import Binding, Keymap

Acts = Mapping[str, Callable[[Editor], None]]


def label_act(label: Label) -> str:
    """The id of the act that marks with a label; ids of labels never begin with a digit."""
    return f"label.{label.id}"


def type_act(kind: EventType) -> str:
    """The id of the act that makes an event of a type."""
    return f"event.type.{kind.id}"


def scheme_acts(scheme: Scheme) -> Acts:
    """Marking with every label that is in use, by its id and by its own key; and every type."""
    acts: dict[str, Callable[[Editor], None]] = {}
    for label in scheme.labels:
        if label.is_enabled:
            acts[label_act(label)] = partial(_mark, label=label)
            if _has_own_key(label):
                acts[f"label.{label.key}"] = partial(_mark, label=label)
    for kind in scheme.event_types:
        acts[type_act(kind)] = partial(_mark_event, kind=kind)
    return acts


def scheme_keymap(keymap: Keymap, scheme: Scheme) -> Keymap:
    """The keymap with the labels whose key is not one of the digits.

    A key that calls an action stays with the action.
    """
    own = (
        Binding(chord=label.key, action_id=f"label.{label.key}")
        for label in scheme.labels
        if label.is_enabled and label.key is not None and _has_own_key(label)
    )
    free = (each for each in own if keymap.action_of(each.chord) is None)
    return replace(keymap, bindings=(*keymap.bindings, *free))


def _has_own_key(label: Label) -> bool:
    return label.key is not None and not label.key.isdigit()


def _mark(editor: Editor, label: Label) -> None:
    from annotator.ui.editing.marking import mark_label

    mark_label(editor, label=label)


def _mark_event(editor: Editor, kind: EventType) -> None:
    from annotator.ui.editing.event_modes import EventTypePicker
    from annotator.ui.editing.marking import trigger_meant

    trigger, there = trigger_meant(editor)
    picker = EventTypePicker(editor, trigger, there)
    next(choice for choice in picker.choices() if choice.key == kind.key).run()
