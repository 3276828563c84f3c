"""The acts that mark, link, describe and delete annotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.core.annotations import Annotation, Event, Mention, MentionLevel, Quote, anchor_of
from annotator.core.commands.events import add_event
from annotator.core.commands.mentions import add_mention, relabel_mention, set_mention_level
from annotator.core.commands.records import delete
from annotator.core.edits import Edit, Focus
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Label
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused
from annotator.kurdish.lexicon import Lexicon
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.event_modes import EventFrame, EventTypePicker
from annotator.ui.editing.pickers import EntityPicker, attribute_picker
from annotator.ui.editing.quote_modes import QuoteFrame
from annotator.ui.editing.quoting import open_quote, quoting
from annotator.ui.editing.seeking import end_find
from annotator.ui.editing.shaping import meant
from annotator.ui.editing.words import Selection
from annotator.workbench.entities import entity_for

MANY = 5
"""So many annotations that undoing takes away are told loudly."""

LONGEST_TEXT = 40
"""Code points of an annotation that a notice repeats."""

DIGIT_KEYS = "1234567890"


def mark_label(editor: Editor, label: Label) -> None:
    """Relabel the mention that is meant, else mark the selection or the word under the caret."""
    mention = mention_meant(editor)
    if mention is None:
        _add_mention(editor, label)
    elif mention.label == label.id:
        text = mention.fragments.of(editor.text)
        editor.tell("notice.same_label", text=text, label=editor.say(label.name))
    else:
        editor.perform(relabelled(editor, mention, label.id), select=mention.id)
        editor.remember_repeat(Layer.MENTION, label.id)


def relabelled(editor: Editor, mention: Mention, label: str) -> Edit:
    """The edit that gives a mention another label, and the entity that goes with it."""
    annotations, scheme = editor.annotations, editor.scheme
    surface = mention.fragments.of(editor.text)
    entity = entity_for(annotations, scheme, label=label, surface=surface)
    return relabel_mention(annotations, scheme, mention.id, label, entity=entity)


def mention_meant(editor: Editor) -> Mention | None:
    """The mention on exactly the selection; with nothing selected, the one at the caret."""
    if editor.selection.span is not None:
        on_span = editor.on_span(editor.marked_span())
        return next((r for r in on_span if isinstance(r, Mention)), None)
    current = editor.current
    if isinstance(current, Mention):
        return current
    return next((r for r in editor.at_caret() if isinstance(r, Mention)), None)


def _add_mention(editor: Editor, label: Label) -> None:
    span = editor.marked_span()
    identifier = editor.annotations.next_id(Layer.MENTION)
    entity = entity_for(
        editor.annotations, editor.scheme, label=label.id, surface=span.of(editor.text)
    )
    edit = add_mention(
        editor.annotations, editor.scheme, Fragments((span,)), label.id, entity=entity
    )
    editor.perform(edit, select=identifier)
    editor.drop_selection()
    editor.remember_repeat(Layer.MENTION, label.id)


def _labelling(key: str) -> Callable[[Editor], None]:
    def act(editor: Editor) -> None:
        for label in editor.scheme.labels:
            if label.key == key and label.is_enabled:
                mark_label(editor, label)
                return
        raise Refused("refused.no_label_key", digit=key)

    return act


def new_event(editor: Editor) -> None:
    """Ask for the type of an event on the selection or word, or of the event at the caret.

    A second event on the same words is made by selecting them.
    """
    trigger, there = trigger_meant(editor)
    editor.enter(EventTypePicker(editor, trigger, there))


def trigger_meant(editor: Editor) -> tuple[Fragments, RecordId | None]:
    """The words E takes, and the event that is there. Raises `Refused` where there is no word."""
    there = [record for record in editor.at_caret() if isinstance(record, Event)]
    if there and editor.selection.is_empty:
        return there[0].trigger, there[0].id
    return Fragments((editor.marked_span(),)), None


def _quote_here(editor: Editor) -> QuoteFrame:
    if isinstance(editor.mode, QuoteFrame):
        return editor.mode
    current = editor.current
    found = current if isinstance(current, Quote) else None
    if found is None:
        found = next((r for r in editor.at_caret() if isinstance(r, Quote)), None)
    if found is None:
        raise Refused("refused.no_quote_here")
    open_quote(editor, found)
    return QuoteFrame(editor, found.id)


def open_annotation(editor: Editor) -> None:
    """Open the frame of the event or quote at the caret; show a mention in the inspector."""
    match editor.current:
        case Event() as event:
            editor.place(editor.selection, select=event.id)
            editor.enter(EventFrame(editor, event.id))
        case Quote() as quote:
            open_quote(editor, quote)
        case Mention() as mention:
            editor.place(editor.selection, select=mention.id)
            editor.ask_for_text(mention.id, "entity")
        case None:
            raise Refused("refused.no_annotation_here")


def _go(editor: Editor, *, forward: bool) -> None:
    found = editor.neighbour(forward=forward)
    if found is None:
        raise Refused("refused.no_more_annotations")
    editor.enter(None)
    go_to(editor, found.id)


def go_to(editor: Editor, identifier: RecordId) -> None:
    """Put the caret on an annotation and select it. Raises `Refused` where there is none."""
    start = anchor_of(editor.annotation(identifier)).start
    editor.place(Selection.at(start), select=identifier)


def select_outer(editor: Editor) -> None:
    """Select the next larger annotation at the caret, and after the largest the smallest again."""
    here = editor.at_caret()
    if not here:
        raise Refused("refused.no_annotation_here")
    current = editor.current
    index = here.index(current) if current in here else -1
    editor.place(editor.selection, select=here[(index + 1) % len(here)].id)


def delete_annotation(editor: Editor) -> None:
    """Delete the annotation that is meant, with what points at it, and say what went."""
    record = meant(editor)
    edit = delete(editor.annotations, [record.id])
    lost, text = editor.losses(edit), _shortened(anchor_of(record).of(editor.text))
    editor.perform(edit, select=record.id)
    if lost:
        editor.tell("notice.deleted_with", text=text, lost=lost)
    else:
        editor.tell("notice.deleted", text=text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def link_entity(editor: Editor) -> None:
    """Ask which entity the mention at the caret refers to."""
    mention = _mention_here(editor)
    editor.enter(EntityPicker(editor, mention.id, editor.mode))


def pick_attribute(editor: Editor) -> None:
    """Ask for an attribute of the annotation that is meant."""
    current = editor.current
    if current is None:
        raise Refused("refused.no_annotation_here")
    picker = attribute_picker(editor, current, editor.mode)
    if picker is None:
        raise Refused("refused.no_attributes")
    editor.enter(picker)


def cycle_level(editor: Editor) -> None:
    """Name, noun phrase, pronoun, and round again."""
    mention = _mention_here(editor)
    levels = list(MentionLevel)
    level = levels[(levels.index(mention.level) + 1) % len(levels)]
    editor.perform(
        set_mention_level(editor.annotations, mention.id, level), select=_kept(editor, mention.id)
    )
    editor.tell(f"notice.level.{level.value}", text=mention.fragments.of(editor.text))


def repeat_last(editor: Editor) -> None:
    """Mark with the label used last, or make an event of the type used last."""
    what = repeat_meant(editor)
    if isinstance(what, Label):
        mark_label(editor, what)
        return
    identifier = editor.annotations.next_id(Layer.EVENT)
    editor.perform(what, select=identifier)
    editor.drop_selection()
    EventFrame(editor, identifier).begin()


def repeat_meant(editor: Editor) -> Label | Edit:
    """What R does: mark with a label, or add an event. Raises `Refused` when it can do neither."""
    if editor.repeat is None:
        raise Refused("refused.nothing_to_repeat")
    layer, name = editor.repeat
    trigger = Fragments((editor.marked_span(),))
    if layer is Layer.MENTION:
        return editor.scheme.label(name)
    return add_event(editor.annotations, editor.scheme, trigger, name)


def undo(editor: Editor) -> None:
    """Take the last step back and go where it was made."""
    applied = editor.document.undo()
    _return_to(editor, applied.edit.focus)
    what = editor.sentence(applied.edit.name)
    gone = sum(isinstance(record, Annotation) for record in applied.edit.removed())
    if applied.is_part:
        editor.tell("notice.undone_part", what=what)
    elif gone >= MANY:
        editor.tell_refusal("notice.undone_many", what=what, count=gone)
    else:
        editor.tell("notice.undone", what=what)


def redo(editor: Editor) -> None:
    """Bring the last undone step back."""
    applied = editor.document.redo()
    _return_to(editor, applied.edit.focus)
    key = "notice.redone_part" if applied.is_part else "notice.redone"
    editor.tell(key, what=editor.sentence(applied.edit.name))


def _return_to(editor: Editor, focus: Focus | None) -> None:
    if focus is not None:
        editor.place(Selection(focus.anchor, focus.caret), select=focus.selected)


def leave(editor: Editor) -> None:
    """Leave the search, the mode; then drop the selection; then let no annotation be selected."""
    if editor.search.origin is not None:
        end_find(editor, is_kept=True)
    elif editor.mode is not None:
        editor.enter(None)
    elif not editor.selection.is_empty:
        editor.drop_selection()
    else:
        editor.deselect()


def _mention_here(editor: Editor) -> Mention:
    current = editor.current
    if isinstance(current, Mention):
        return current
    for record in editor.at_caret():
        if isinstance(record, Mention):
            return record
    raise Refused("refused.no_mention_here")


def _kept(editor: Editor, mention: RecordId) -> RecordId:
    """While a frame is open its annotation stays the selected one."""
    mode = editor.mode
    return mode.record if mode is not None and mode.record is not None else mention


def marking(lexicon: Lexicon) -> Mapping[str, Callable[[Editor], None]]:
    """The acts by their ids; `lexicon` serves the proposals for quotes."""
    return MappingProxyType(
        {
            **{f"label.{key}": _labelling(key) for key in DIGIT_KEYS},
            "event.new": new_event,
            "quote.new": quoting(lexicon),
            "quote.speaker": lambda editor: _quote_here(editor).pick_speaker(),
            "quote.cue": lambda editor: _quote_here(editor).take_cue(),
            "quote.addressee": lambda editor: _quote_here(editor).pick_addressee(),
            "entity.link": link_entity,
            "attribute.pick": pick_attribute,
            "mention.level": cycle_level,
            "repeat.last": repeat_last,
            "annotation.next": lambda editor: _go(editor, forward=True),
            "annotation.previous": lambda editor: _go(editor, forward=False),
            "annotation.open": open_annotation,
            "annotation.outer": select_outer,
            "annotation.delete": delete_annotation,
            "edit.undo": undo,
            "edit.redo": redo,
            "mode.leave": leave,
        }
    )
