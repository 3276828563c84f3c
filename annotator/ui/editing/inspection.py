"""What the inspector shows of an annotation, as rows: read-only texts, choices and fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from annotator.core.annotations import (
    Annotation,
    Argument,
    Event,
    Mention,
    MentionLevel,
    Quote,
    anchor_of,
)
from annotator.core.commands.events import detach_argument, retype_event
from annotator.core.commands.mentions import (
    relabel_mention,
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
from annotator.core.scheme import AttributeSpec
from annotator.core.span import Fragments
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.event_modes import target_text
from annotator.ui.editing.pickers import Question, questions_about

KNOWLEDGE_BASE = "wikidata"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inspector.

    Without `options`, `set` or `remove` it only shows `value`. With `options` (id and title) it is
    a choice of `value`; with `set` alone a text field; `remove` adds a button that takes it away.
    `guide` is the guideline's word on it.
    """

    id: str
    title: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    set: Callable[[str], None] | None = None
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
) -> Callable[[str], None]:
    """A setter that applies the edit made from the value, telling refusals like a key would."""

    def act(value: str) -> None:
        editor.attempt(lambda: editor.perform(make(value), select=record.id, is_nudge=is_nudge))

    return act


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
        rows.append(
            Row(
                "cluster",
                editor.sentence("field.cluster"),
                record.cluster or "",
                set=_doing(
                    editor,
                    record,
                    lambda value: set_cluster(editor.annotations, record.id, value.strip() or None),
                    is_nudge=True,
                ),
            )
        )
    rows.append(Row("id", editor.sentence("field.id"), record.id))
    return rows


def _attribute_row(editor: Editor, record: Annotation, spec: AttributeSpec) -> Row:
    options = tuple((value.id, editor.say(value.name)) for value in spec.values)
    if options and spec.default is None:
        options = (("", editor.sentence("choice.no_value")), *options)

    def make(value: str) -> Edit:
        return set_attribute(
            editor.annotations, editor.scheme, record.id, spec.id, value.strip() or None
        )

    return Row(
        spec.id,
        editor.say(spec.name),
        attribute_value(record, spec.id) or "",
        options,
        set=_doing(editor, record, make, is_nudge=not options),
    )


def _mention_rows(editor: Editor, mention: Mention) -> list[Row]:
    scheme = editor.scheme
    surface = mention.fragments.of(editor.text)
    labels = tuple((label.id, editor.say(label.name)) for label in scheme.labels)
    guide = editor.say(scheme.label(mention.label).guide) if scheme.has_label(mention.label) else ""
    levels = tuple((level.value, editor.sentence(f"level.{level.value}")) for level in MentionLevel)
    rows = [
        Row(
            "label",
            editor.sentence("field.label"),
            mention.label,
            labels,
            set=_doing(
                editor,
                mention,
                lambda value: relabel_mention(
                    editor.annotations, scheme, mention.id, value, name=surface
                ),
            ),
            guide=guide,
        ),
        Row(
            "level",
            editor.sentence("field.level"),
            mention.level.value,
            levels,
            set=_doing(
                editor,
                mention,
                lambda value: set_mention_level(
                    editor.annotations, mention.id, MentionLevel(value)
                ),
            ),
        ),
    ]
    return rows + _entity_rows(editor, mention)


def _entity_rows(editor: Editor, mention: Mention) -> list[Row]:
    if mention.entity is None:
        return [Row("entity", editor.sentence("field.entity"), editor.sentence("choice.no_value"))]
    entity = editor.annotations.entity(mention.entity)
    return [
        Row(
            "entity",
            editor.sentence("field.entity"),
            entity.name,
            set=_doing(
                editor,
                mention,
                lambda value: rename_entity(editor.annotations, entity.id, value.strip()),
                is_nudge=True,
            ),
        ),
        Row(
            KNOWLEDGE_BASE,
            editor.sentence("field.wikidata"),
            dict(entity.kb).get(KNOWLEDGE_BASE, ""),
            set=_doing(
                editor,
                mention,
                lambda value: set_knowledge_base_id(
                    editor.annotations, entity.id, KNOWLEDGE_BASE, value.strip() or None
                ),
                is_nudge=True,
            ),
        ),
    ]


def _event_rows(editor: Editor, event: Event) -> list[Row]:
    scheme = editor.scheme
    known = scheme.has_event_type(event.type)
    types = tuple((kind.id, editor.say(kind.name)) for kind in scheme.event_types)
    rows = [
        Row(
            "type",
            editor.sentence("field.event_type"),
            event.type,
            types,
            set=_doing(
                editor,
                event,
                lambda value: retype_event(editor.annotations, scheme, event.id, value),
            ),
            guide=editor.say(scheme.event_type(event.type).guide) if known else "",
        )
    ]
    roles = scheme.event_type(event.type).roles if known else ()
    for role in roles:
        fillers = [argument for argument in event.arguments if argument.role == role.id]
        if not fillers and role.is_required:
            missing = editor.sentence("inspector.missing")
            rows.append(Row(f"role.{role.id}", editor.say(role.name), missing))
        rows += [
            _argument_row(editor, event, argument, editor.say(role.name), number)
            for number, argument in enumerate(fillers, 1)
        ]
    return rows


def _argument_row(editor: Editor, event: Event, argument: Argument, title: str, number: int) -> Row:
    def remove() -> None:
        editor.attempt(
            lambda: editor.perform(
                detach_argument(editor.annotations, event.id, argument), select=event.id
            )
        )

    return Row(
        f"role.{argument.role}.{number}",
        title,
        target_text(editor, argument.target),
        remove=remove,
    )


def _quote_rows(editor: Editor, quote: Quote) -> list[Row]:
    questions = [q for q in questions_about(editor, quote) if q.attribute is None]
    rows = [_question_row(editor, quote, question) for question in questions]
    annotations = editor.annotations
    cue = quote.cue.of(editor.text) if quote.cue else ""
    speaker = target_text(editor, quote.speaker.who) if quote.speaker.who else ""
    rows.append(_part_row(editor, quote, "cue", cue, partial(set_cue, annotations, quote.id, None)))
    no_speaker = partial(set_speaker, annotations, editor.scheme, quote.id, None)
    rows.append(_part_row(editor, quote, "speaker", speaker, no_speaker))
    for number, party in enumerate(quote.addressees, 1):
        remove = partial(remove_addressee, annotations, quote.id, party)
        text = target_text(editor, party)
        rows.append(_part_row(editor, quote, "addressee", text, remove, number=number))
    if quote.parent is not None:
        rows.append(Row("parent", editor.sentence("field.parent"), quote.parent))
    return rows


def _question_row(editor: Editor, quote: Quote, question: Question) -> Row:
    present = (str(i) for i, option in enumerate(question.options) if option.is_present)
    return Row(
        question.key,
        question.title,
        next(present, ""),
        tuple((str(i), option.title) for i, option in enumerate(question.options)),
        set=_doing(editor, quote, lambda value: question.options[int(value)].make()),
    )


def _part_row(
    editor: Editor,
    quote: Quote,
    part: str,
    text: str,
    remove: Callable[[], Edit],
    *,
    number: int = 0,
) -> Row:
    return Row(
        f"{part}.{number}" if number else part,
        editor.sentence(f"part.{part}"),
        text or editor.sentence("choice.no_value"),
        remove=_quote_act(editor, quote, remove) if text else None,
    )


def _quote_act(editor: Editor, quote: Quote, make: Callable[[], Edit]) -> Callable[[], None]:
    return lambda: editor.attempt(lambda: editor.perform(make(), select=quote.id))
