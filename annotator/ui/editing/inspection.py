"""What the inspector shows of an annotation, as rows: read-only texts, choices and fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import (
    Annotation,
    Argument,
    Event,
    Mention,
    MentionLevel,
    Party,
    Quote,
    anchor_of,
)
from annotator.core.commands.events import detach_argument, retype_event
from annotator.core.commands.mentions import (
    rename_entity,
    set_knowledge_base_id,
    set_mention_level,
)
from annotator.core.commands.quotes import remove_addressee, set_cue, set_speaker
from annotator.core.commands.records import (
    attribute_specs,
    attribute_value,
    set_attribute,
    set_cluster,
)
from annotator.core.edits import Edit
from annotator.core.scheme import AttributeSpec, EventType
from annotator.core.span import Fragments
from annotator.foundation.catalogue import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.late_pattern import LatePattern
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.event_modes import required_first, target_text
from annotator.ui.editing.marking import relabelled
from annotator.ui.editing.pickers import CLUSTER, Question, questions_about
from annotator.ui.editing.target_picker import label_of

KNOWLEDGE_BASE = "wikidata"

_ISO_DATE = LatePattern(r"\d{4}-\d{2}-\d{2}")


class Row(Struct, frozen=True):
    """One line of the inspector.

    Without `options`, `set` or `remove` it only shows `value`. With `options` (id and title) it is
    a choice of `value`; with `set` alone a text field; `remove` adds a button that takes it away.
    `guide` is the guideline's word on it. `set` gives what kept the value from being stored, or
    None.
    """

    id: str
    title: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    set: Callable[[str], AnnotatorError | None] | None = None
    remove: Callable[[], None] | None = None
    guide: str = ""


def inspect(editor: Editor) -> tuple[Row, ...]:
    """The rows for the annotation that is meant; none when there is no annotation here."""
    match editor.current:
        case Mention() as mention:
            return (*_mention_rows(editor, mention), *_common_rows(editor, mention))
        case Event() as event:
            return (*_event_rows(editor, event), *_common_rows(editor, event))
        case Quote() as quote:
            return (*_quote_rows(editor, quote), *_common_rows(editor, quote))
        case None:
            return ()


def offsets_text(editor: Editor, fragments: Fragments) -> str:
    """Offsets in code points, as they will stand in the export: ``12-25, 40-44``."""
    pieces = (
        editor.sentence("inspector.offsets", start=span.start, end=span.end)
        for span in fragments.spans
    )
    return "  ".join(pieces)


def _doing(
    editor: Editor, record: Annotation, make: Callable[[str], Edit], *, is_nudge: bool = False
) -> Callable[[str], AnnotatorError | None]:
    """A setter that applies the edit made from the value, telling refusals like a key would."""

    def apply(value: str) -> None:
        edit = make(value)
        editor.perform(edit, select=record.id, is_nudge=is_nudge)
        editor.tell_losses(edit)

    return lambda value: editor.attempt(partial(apply, value))


def _removing(editor: Editor, record: Annotation, make: Callable[[], Edit]) -> Callable[[], None]:
    def remove() -> None:
        editor.attempt(lambda: editor.perform(make(), select=record.id))

    return remove


def _common_rows(editor: Editor, record: Annotation) -> list[Row]:
    anchor = anchor_of(record)
    rows = [
        Row("text", editor.sentence("field.text"), anchor.of(editor.text)),
        Row("offsets", editor.sentence("field.offsets"), offsets_text(editor, anchor)),
    ]
    if anchor.head is not None:
        rows.append(Row("head", editor.sentence("field.head"), anchor.head.of(editor.text)))
    for spec in attribute_specs(editor.scheme, record):
        rows.append(_attribute_row(editor, record, spec))
    if not isinstance(record, Mention):
        rows.append(_cluster_row(editor, record))
    rows.append(Row("id", editor.sentence("field.id"), record.id))
    return rows


def _attribute_row(editor: Editor, record: Annotation, spec: AttributeSpec) -> Row:
    options = tuple((value.id, editor.say(value.name)) for value in spec.values)
    if options and spec.default is None:
        options = (("", editor.sentence("choice.no_value")), *options)

    def make(value: str) -> Edit:
        chosen = value.strip() or None
        return set_attribute(editor.annotations, editor.scheme, record.id, spec.id, chosen)

    return Row(
        spec.id,
        editor.say(spec.name),
        attribute_value(record, spec) or "",
        options,
        set=_doing(editor, record, make, is_nudge=not options),
    )


def _cluster_row(editor: Editor, record: Event | Quote) -> Row:
    def make(value: str) -> Edit:
        return set_cluster(editor.annotations, record.id, value.strip() or None)

    setter = _doing(editor, record, make, is_nudge=True)
    return Row(CLUSTER, editor.sentence("field.cluster"), record.cluster or "", set=setter)


def _mention_rows(editor: Editor, mention: Mention) -> list[Row]:
    return [
        _label_row(editor, mention),
        _level_row(editor, mention),
        *_entity_rows(editor, mention),
    ]


def _label_row(editor: Editor, mention: Mention) -> Row:
    """The labels that are in use, and the mention's own even when it is not."""
    labels = [x for x in editor.scheme.labels if x.is_enabled or x.id == mention.label]
    own = label_of(editor.scheme, mention)
    options = [(label.id, editor.say(label.name)) for label in labels]
    if own is None:
        options.insert(0, (mention.label, mention.label))

    def make(value: str) -> Edit:
        return relabelled(editor, mention, value)

    return Row(
        "label",
        editor.sentence("field.label"),
        mention.label,
        tuple(options),
        set=_doing(editor, mention, make),
        guide=_readable(editor.say(own.guide)) if own is not None else "",
    )


def _level_row(editor: Editor, mention: Mention) -> Row:
    levels = tuple((level.value, editor.sentence(f"level.{level.value}")) for level in MentionLevel)

    def make(value: str) -> Edit:
        return set_mention_level(editor.annotations, mention.id, MentionLevel(value))

    title, setter = editor.sentence("field.level"), _doing(editor, mention, make)
    return Row("level", title, mention.level.value, levels, set=setter)


def _entity_rows(editor: Editor, mention: Mention) -> list[Row]:
    title = editor.sentence("field.entity")
    if mention.entity is None:
        return [Row("entity", title, editor.sentence("choice.no_value"))]
    entity = editor.annotations.entity(mention.entity)

    def rename(value: str) -> Edit:
        return rename_entity(editor.annotations, entity.id, value)

    def identify(value: str) -> Edit:
        known = value.strip() or None
        return set_knowledge_base_id(editor.annotations, entity.id, KNOWLEDGE_BASE, known)

    wikidata = dict(entity.kb).get(KNOWLEDGE_BASE, "")
    naming = _doing(editor, mention, rename, is_nudge=True)
    identifying = _doing(editor, mention, identify, is_nudge=True)
    return [
        Row("entity", title, entity.name, set=naming),
        Row(KNOWLEDGE_BASE, editor.sentence("field.wikidata"), wikidata, set=identifying),
    ]


def _event_rows(editor: Editor, event: Event) -> list[Row]:
    scheme = editor.scheme
    kind = scheme.event_type(event.type) if scheme.has_event_type(event.type) else None
    roles = {role.id: role for role in required_first(kind.roles)} if kind is not None else {}
    rows = [_type_row(editor, event, kind)]
    for identifier in dict.fromkeys((*roles, *(a.role for a in event.arguments))):
        role = roles.get(identifier)
        title = editor.say(role.name) if role is not None else identifier
        fillers = [argument for argument in event.arguments if argument.role == identifier]
        if not fillers and role is not None and role.is_required:
            rows.append(Row(f"role.{identifier}", title, editor.sentence("inspector.missing")))
        for number, argument in enumerate(fillers, 1):
            rows.append(_argument_row(editor, event, argument, title, number))
    return rows


def _type_row(editor: Editor, event: Event, kind: EventType | None) -> Row:
    options = [(each.id, editor.say(each.name)) for each in editor.scheme.event_types]
    if kind is None:
        options.insert(0, (event.type, event.type))

    def make(value: str) -> Edit:
        return retype_event(editor.annotations, editor.scheme, event.id, value)

    return Row(
        "type",
        editor.sentence("field.event_type"),
        event.type,
        tuple(options),
        set=_doing(editor, event, make),
        guide=_readable(editor.say(kind.guide)) if kind is not None else "",
    )


def _argument_row(editor: Editor, event: Event, argument: Argument, title: str, number: int) -> Row:
    def make() -> Edit:
        return detach_argument(editor.annotations, event.id, argument)

    text = target_text(editor, argument.target)
    remove = _removing(editor, event, make)
    return Row(f"role.{argument.role}.{number}", title, text, remove=remove)


def _quote_rows(editor: Editor, quote: Quote) -> list[Row]:
    questions = [q for q in questions_about(editor, quote) if q.attribute is None]
    rows = [_question_row(editor, quote, question) for question in questions]
    rows += [_cue_row(editor, quote), _speaker_row(editor, quote)]
    for number, party in enumerate(quote.addressees, 1):
        rows.append(_addressee_row(editor, quote, party, number))
    if quote.parent is not None:
        rows.append(Row("parent", editor.sentence("field.parent"), quote.parent))
    return rows


def _question_row(editor: Editor, quote: Quote, question: Question) -> Row:
    present = (str(i) for i, option in enumerate(question.options) if option.is_present)
    options = tuple((str(i), option.title) for i, option in enumerate(question.options))

    def make(value: str) -> Edit:
        return question.options[int(value)].make()

    setter = _doing(editor, quote, make)
    return Row(question.key, question.title, next(present, ""), options, set=setter)


def _cue_row(editor: Editor, quote: Quote) -> Row:
    def make() -> Edit:
        return set_cue(editor.annotations, quote.id, None)

    text = None if quote.cue is None else quote.cue.of(editor.text)
    return _part_row(editor, quote, "cue", text, make)


def _speaker_row(editor: Editor, quote: Quote) -> Row:
    def make() -> Edit:
        return set_speaker(editor.annotations, editor.scheme, quote.id, None)

    who = quote.speaker.who
    text = None if who is None else target_text(editor, who)
    return _part_row(editor, quote, "speaker", text, make)


def _addressee_row(editor: Editor, quote: Quote, party: Party, number: int) -> Row:
    def make() -> Edit:
        return remove_addressee(editor.annotations, quote.id, party)

    row = _part_row(editor, quote, "addressee", target_text(editor, party), make)
    return replace(row, id=f"addressee.{number}")


def _part_row(
    editor: Editor, quote: Quote, part: str, text: str | None, make: Callable[[], Edit]
) -> Row:
    title = editor.sentence(f"part.{part}")
    if text is None:
        return Row(part, title, editor.sentence("choice.no_value"))
    return Row(part, title, text, remove=_removing(editor, quote, make))


def _readable(guide: str) -> str:
    """A guide in which dates keep their order: between Arabic letters 2024-05-18 would turn."""
    return _ISO_DATE.ready.sub(f"{FIRST_STRONG_ISOLATE}\\g<0>{POP_DIRECTIONAL_ISOLATE}", guide)
