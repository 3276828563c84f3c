"""The modes that pick an attribute, a value, or the entity of a mention."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from string import ascii_uppercase

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import (
    Annotation,
    Evidence,
    Mention,
    Quote,
    QuoteType,
    SpeakerForm,
)
from annotator.core.commands.mentions import EntityChoice, NewEntity, link_entity
from annotator.core.commands.quotes import describe_speaker, set_quote_type
from annotator.core.commands.records import attribute_specs, attribute_value, set_attribute
from annotator.core.edits import Edit
from annotator.core.ids import RecordId
from annotator.core.scheme import AttributeSpec, LabelGroup
from annotator.ui.editing.choices import Choice, Choices, HintMark, Mode, paged
from annotator.ui.editing.context import Context
from annotator.ui.editing.target_picker import label_of
from annotator.workbench.entities import entities_to_offer

CLUSTER = "cluster"
"""The field of events and quotes that is asked for like an attribute, and typed."""


class Option(Struct, frozen=True):
    """One value that can be picked: what it is called and the edit it makes."""

    title: str
    make: Callable[[], Edit]
    is_present: bool = False


class Question(Struct, frozen=True):
    """Something about an annotation that can be answered with one of a few values.

    `attribute` is the scheme's attribute it asks for, None for a fixed field of quotes. Without
    options the answer has to be typed.
    """

    key: str
    title: str
    options: tuple[Option, ...] = ()
    attribute: str | None = None


def questions_about(context: Context, record: Annotation) -> list[Question]:
    """What can be said about an annotation beside its place and label, each by a key of its own."""
    questions = [
        _attribute_question(context, record, spec)
        for spec in attribute_specs(context.scheme, record)
    ]
    if isinstance(record, Quote):
        questions += _quote_questions(context, record)
    if not isinstance(record, Mention):
        title = context.sentence("field.cluster")
        questions.append(Question("C", title, attribute=CLUSTER))
    return _with_keys_of_their_own(questions)


def _with_keys_of_their_own(questions: list[Question]) -> list[Question]:
    """Where a scheme gives an attribute the key of a fixed field, the field takes a free letter."""
    keyed: dict[str, Question] = {}
    for question in questions:
        free = (letter for letter in ascii_uppercase if letter not in keyed)
        key = question.key if question.key not in keyed else next(free, question.key)
        keyed[key] = replace(question, key=key)
    return list(keyed.values())


def _attribute_question(context: Context, record: Annotation, spec: AttributeSpec) -> Question:
    title = context.say(spec.name)
    if not spec.values:
        return Question(spec.key, title, attribute=spec.id)
    present = attribute_value(record, spec)

    def make(value: str | None) -> Edit:
        return set_attribute(context.annotations, context.scheme, record.id, spec.id, value)

    options = [
        Option(context.say(value.name), partial(make, value.id), value.id == present)
        for value in spec.values
    ]
    if spec.default is None:
        none = context.sentence("choice.no_value")
        options.append(Option(none, partial(make, None), present is None))
    return Question(spec.key, title, tuple(options), spec.id)


def _quote_questions(context: Context, quote: Quote) -> list[Question]:
    return [_type_question(context, quote), *_speaker_questions(context, quote)]


def _type_question(context: Context, quote: Quote) -> Question:
    def make(quote_type: QuoteType) -> Edit:
        return set_quote_type(context.annotations, quote.id, quote_type)

    options = tuple(
        Option(
            context.say(spec.name), partial(make, QuoteType(spec.id)), spec.id == quote.type.value
        )
        for spec in context.scheme.quote_types
    )
    return Question("T", context.sentence("field.quote_type"), options)


def _speaker_questions(context: Context, quote: Quote) -> list[Question]:
    speaker = quote.speaker

    def make(form: SpeakerForm, evidence: Evidence) -> Edit:
        return describe_speaker(context.annotations, quote.id, form=form, evidence=evidence)

    forms = tuple(
        Option(
            context.sentence(f"speaker_form.{form.value}"),
            partial(make, form, speaker.evidence),
            form is speaker.form,
        )
        for form in SpeakerForm
    )
    evidence = tuple(
        Option(
            context.sentence(f"evidence.{kind.value}"),
            partial(make, speaker.form, kind),
            kind is speaker.evidence,
        )
        for kind in Evidence
    )
    return [
        Question("O", context.sentence("field.speaker_form"), forms),
        Question("E", context.sentence("field.evidence"), evidence),
    ]


class AttributePicker(Struct, frozen=True, dict=True):
    """The mode after F: which attribute, then which value."""

    context: Context
    record: RecordId
    asked: str | None = None
    after: Mode | None = None
    page: int = 0

    hints: tuple[HintMark, ...] = ()

    @property
    def heading(self) -> str:
        """What is being asked."""
        question = self._question()
        title = question.title if question else self.context.sentence("legend.attributes")
        return title

    def is_exclusive(self) -> bool:
        """Letters and digits answer here and nothing else."""
        return True

    def choices(self) -> Choices:
        """The attributes by letter, or the values of the one asked for by digit."""
        sentence = self.context.sentence
        back = Choice("Escape", sentence("choice.back"), self._leave)
        question = self._question()
        if question is None:
            return (*(self._ask(q) for q in self._questions()), back)
        values = [
            Choice("", option.title, partial(self._take, option), is_filled=option.is_present)
            for option in question.options
        ]
        return (*paged(values, self.page, sentence("choice.more"), self._turn_to), back)

    def _turn_to(self, page: int) -> None:
        self.context.enter(replace(self, page=page))

    def _ask(self, question: Question) -> Choice:
        wish = question.attribute
        if wish is not None and not question.options:
            return Choice(question.key, question.title, partial(self._write, wish))
        deeper = replace(self, asked=question.key)
        return Choice(question.key, question.title, partial(self.context.enter, deeper))

    def _write(self, wish: str) -> None:
        self._leave()
        self.context.ask_for_text(self.record, wish)

    def _take(self, option: Option) -> None:
        self.context.perform(option.make(), select=self.record)
        self._leave()

    def _leave(self) -> None:
        self.context.enter(self.after)

    def _questions(self) -> list[Question]:
        return questions_about(self.context, self.context.annotation(self.record))

    def _question(self) -> Question | None:
        return next((q for q in self._questions() if q.key == self.asked), None)


def attribute_picker(
    context: Context, record: Annotation, after: Mode | None
) -> AttributePicker | None:
    """The mode that asks about an annotation; None when the scheme has nothing to ask.

    A single question with values is asked at once.
    """
    questions = questions_about(context, record)
    if not questions:
        return None
    only = questions[0] if len(questions) == 1 and questions[0].options else None
    return AttributePicker(context, record.id, only.key if only else None, after)


class EntityPicker(Struct, frozen=True, dict=True):
    """The mode after L: a digit links the mention, N makes a new entity, Backspace unlinks."""

    context: Context
    record: RecordId
    after: Mode | None = None
    page: int = 0

    hints: tuple[HintMark, ...] = ()

    @property
    def heading(self) -> str:
        """The mention's text."""
        return self.context.sentence("legend.link", text=self._surface())

    def is_exclusive(self) -> bool:
        """Letters and digits answer here and nothing else."""
        return True

    def choices(self) -> Choices:
        """The entities of the document, likeliest first."""
        context = self.context
        mention = context.annotations.mention(self.record)
        offers = entities_to_offer(
            context.annotations, surface=self._surface(), near=mention.fragments.start
        )
        entities = [
            Choice(
                "",
                context.sentence("choice.entity", name=offer.entity.name, mentions=offer.mentions),
                partial(self._link, offer.entity.id),
                self._color(offer.entity.label),
                is_filled=offer.entity.id == mention.entity,
            )
            for offer in offers
        ]
        new = partial(self._link, NewEntity(self._surface()))
        unlink = partial(self._link, None)
        return (
            *paged(entities, self.page, context.sentence("choice.more"), self._turn_to),
            Choice("N", context.sentence("choice.new_entity"), new),
            Choice("Backspace", context.sentence("choice.unlink"), unlink),
            Choice("Escape", context.sentence("choice.back"), partial(context.enter, self.after)),
        )

    def _turn_to(self, page: int) -> None:
        self.context.enter(replace(self, page=page))

    def _link(self, entity: EntityChoice) -> None:
        context = self.context
        edit = link_entity(context.annotations, self.record, entity, label=self._label())
        context.perform(edit, select=self.record)
        context.enter(self.after)

    def _label(self) -> str:
        """The label of a new entity: the mention's own; a title names what the first label does."""
        mention = self._mention()
        label = label_of(self.context.scheme, mention)
        if label is None or label.group is not LabelGroup.OVERLAY:
            return mention.label
        things = (k.id for k in self.context.scheme.labels if k.group is LabelGroup.ENTITY)
        return next(things, mention.label)

    def _color(self, label: str) -> str | None:
        scheme = self.context.scheme
        return scheme.label(label).color if scheme.has_label(label) else None

    def _surface(self) -> str:
        return self._mention().fragments.of(self.context.text)

    def _mention(self) -> Mention:
        return self.context.annotations.mention(self.record)
