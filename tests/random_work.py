"""Random work on annotation sets, as annotators do it, and what two sets have in common."""

from collections import Counter

from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    SetStatus,
    Speaker,
    anchor_of,
    references,
)
from annotator.core.commands.draft import Draft
from annotator.core.commands.records import set_status
from annotator.core.ids import Layer, RecordId
from annotator.core.renaming import content_of, renamed
from annotator.core.span import Fragments

LABELS = ("PER", "ORG", "GPE")
NAMES = ("ئازاد", "شیلان", "هەولێر")
LENGTH = 24
"""Code points of the text that is worked on."""


def place(number):
    start = number % (LENGTH - 3)
    return Fragments.at(start, start + 2)


def pick(annotations, number, *kinds):
    found = [r for r in annotations.records.values() if isinstance(r, kinds)]
    return found[number % len(found)] if found else None


def add_mention(draft, annotations, one, two):
    entity = pick(annotations, two, Entity) if two % 3 else None
    if entity is None:
        entity = Entity(draft.mint(Layer.ENTITY), LABELS[one % 3], NAMES[two % 3])
        draft.put(entity)
    label = LABELS[one % 3]
    draft.put(Mention(draft.mint(Layer.MENTION), label, place(one), entity=entity.id))


def add_event(draft, annotations, one, two):
    mention, event = pick(annotations, two, Mention), pick(annotations, two, Event)
    entity = pick(annotations, one, Entity)
    targets = (
        mention and MentionTarget(mention.id),
        event and two % 2 and EventTarget(event.id),
        entity and one % 2 and ImplicitTarget(entity.id),
    )
    arguments = tuple(Argument("Topic", target) for target in targets if target)
    draft.put(Event(draft.mint(Layer.EVENT), "Contact.Meet", place(one), arguments))


def add_quote(draft, annotations, one, two):
    mention, parent = pick(annotations, two, Mention), pick(annotations, one, Quote)
    draft.put(
        Quote(
            draft.mint(Layer.QUOTE),
            QuoteType.DIRECT,
            place(one),
            speaker=Speaker(mention and MentionTarget(mention.id)),
            parent=parent.id if parent and one % 2 else None,
        )
    )


def relabel(draft, annotations, one, two):
    mention = pick(annotations, one, Mention)
    if mention is not None:
        draft.put(replace(mention, label=LABELS[two % 3]))


def move(draft, annotations, one, two):
    event = pick(annotations, one, Event, Quote, Mention)
    match event:
        case Event():
            draft.put(replace(event, trigger=place(two)))
        case Quote():
            draft.put(replace(event, content=place(two)))
        case Mention():
            draft.put(replace(event, fragments=place(two)))


def link(draft, annotations, one, two):
    mention, entity = pick(annotations, one, Mention), pick(annotations, two, Entity)
    if mention is not None:
        draft.supersede(replace(mention, entity=entity and entity.id))


def rename(draft, annotations, one, two):
    entity = pick(annotations, one, Entity)
    if entity is not None:
        draft.put(replace(entity, name=NAMES[two % 3], kb=(("wd", "Q1"),) if one % 5 == 0 else ()))


def delete(draft, annotations, one, two):
    record = pick(annotations, one, Mention, Event, Quote)
    if record is not None:
        draft.remove(record.id)


ACTS = (add_mention, add_mention, add_event, add_quote, relabel, move, link, rename, delete, delete)
works = st.lists(
    st.tuples(st.sampled_from(range(len(ACTS) + 1)), st.integers(0, 40), st.integers(0, 40)),
    max_size=8,
)
"""What somebody does one after the other: the number of the act, and two that say at what."""


def edits_of(annotations, work):
    """The edits of some work, each with the set after it."""
    for act, one, two in work:
        if act == len(ACTS):
            edit = set_status(annotations, tuple(SetStatus)[one % 5])
        else:
            draft = Draft(annotations)
            ACTS[act](draft, annotations, one, two)
            edit = draft.edit("edit.x")
        made = annotations.apply(edit)
        if not edit.is_empty and not says_twice(made):
            annotations = made
            yield edit, annotations


def says_twice(annotations):
    """Whether a place has two marks of one label, which no command of the program allows."""
    marks = Counter(
        (type(r), getattr(r, "label", getattr(r, "type", None)), anchor_of(r).spans)
        for r in annotations.annotations()
    )
    return any(count > 1 for count in marks.values())


def after(annotations, work):
    """The set after some work."""
    for _, made in edits_of(annotations, work):
        annotations = made
    return annotations


def meaning(annotations):
    """What a set says, whatever ids and order: how often it holds what, with all it refers to."""
    told = {}

    def tell(identifier):
        if identifier not in told:
            record = annotations.records[identifier]
            names = {each: RecordId(tell(each)) for each in references(record)}
            told[identifier] = repr(renamed(content_of(record), names))
        return told[identifier]

    return Counter(tell(identifier) for identifier in annotations.records)


def is_whole(annotations):
    """Whether no record refers to nothing."""
    records = annotations.records
    return all(each in records for r in records.values() for each in references(r))
