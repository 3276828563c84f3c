"""A pilot: makes given annotations in the window with nothing but the keyboard.

It looks at the editor to know where the caret is, as a person looks at the screen, and acts by key
presses alone. The demo and the journey tests use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Party,
    Quote,
    QuoteTarget,
    SpanTarget,
    Target,
    anchor_of,
    target_references,
)
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.foundation.errors import Defect
from annotator.ui.demo.hand import LIMIT, Hand
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.quote_modes import QuoteFrame
from annotator.ui.editing.target_picker import TargetPicker
from annotator.workbench.entities import entities_to_offer


class Pilot:
    """Makes the annotations of a given set; `made` maps the given ids to the ids they got."""

    def __init__(self, hand: Hand, given: AnnotationSet) -> None:
        self._hand = hand
        self._given = given
        self.made: dict[RecordId, RecordId] = {}

    @property
    def _editor(self) -> Editor:
        return self._hand.editor

    def fly(self) -> None:
        """Make every annotation: mentions, quotes, then events, each after those it refers to."""
        for mention in sorted(self._given.mentions(), key=lambda m: m.fragments.start):
            self._mark(mention)
        self._name_entities()
        for quote in sorted(self._given.quotes(), key=lambda q: len(q.content.envelope)):
            self._quote(quote)
        for event in _in_order(self._given.events()):
            self._event(event)

    def _mark(self, mention: Mention) -> None:
        hand = self._hand
        hand.select(mention.fragments.spans[0])
        key = self._editor.scheme.label(mention.label).key
        if key is None:
            raise Defect("defect.pilot_choice", mode=mention.label)
        hand.typist.press(key)
        made = self._made_now(mention.id)
        for span in mention.fragments.spans[1:]:
            hand.select(span)
            hand.typist.press("Shift+Equal")
        while self._editor.annotations.mention(made).level is not mention.level:
            hand.typist.press("M")
        self._link(mention, made)
        for name, value in mention.attrs:
            self._set_attribute(name, value)

    def _made_now(self, given: RecordId) -> RecordId:
        selected = self._editor.selected
        if selected is None:
            raise Defect("defect.pilot_lost", offset=0, caret=self._hand.caret)
        self.made[given] = selected
        return selected

    def _link(self, mention: Mention, made: RecordId) -> None:
        editor, hand = self._editor, self._hand
        present = editor.annotations.mention(made).entity
        wanted = self.made.get(mention.entity) if mention.entity is not None else None
        if mention.entity is None:
            if present is not None:
                hand.typist.press("L Backspace")
            return
        if wanted is None and (present is None or present in self.made.values()):
            hand.typist.press("L N")
            present = editor.annotations.mention(made).entity
        elif wanted is not None and wanted != present:
            hand.typist.press("L")
            self._pick_entity(made, wanted)
            present = wanted
        if present is not None:
            self.made[mention.entity] = present

    def _pick_entity(self, mention: RecordId, wanted: RecordId) -> None:
        annotations = self._editor.annotations
        fragments = annotations.mention(mention).fragments
        offers = entities_to_offer(
            annotations, surface=fragments.of(self._editor.text), near=fragments.start
        )
        index = next(i for i, offer in enumerate(offers) if offer.entity.id == wanted)
        for _ in range(index // 9):
            self._hand.typist.press("0")
        self._hand.typist.press(str(index % 9 + 1))

    def _name_entities(self) -> None:
        """Type the names and knowledge-base ids that differ from what the marking gave."""
        for entity in self._given.entities():
            made = self._editor.annotations.entity(self.made[entity.id])
            if made.name == entity.name and made.kb == entity.kb:
                continue
            mention = next(m for m in self._given.mentions() if m.entity == entity.id)
            self._reach(self.made[mention.id])
            self._hand.typist.press("Enter")
            if made.name != entity.name:
                self._hand.typist.type_text(entity.name)
            if made.kb != entity.kb:
                self._hand.typist.press("Tab")
                self._hand.typist.type_text(dict(entity.kb)["wikidata"])
            self._hand.typist.press("Escape")

    def _reach(self, identifier: RecordId) -> None:
        """Select an annotation that is there: go to its start, then outwards."""
        anchor = anchor_of(self._editor.annotation(identifier))
        self._hand.leave()
        self._hand.go_to(anchor.start)
        for _ in range(LIMIT):
            current = self._editor.current
            if current is not None and current.id == identifier:
                return
            self._hand.typist.press("Shift+Enter")
        raise Defect("defect.pilot_lost", offset=anchor.start, caret=self._hand.caret)

    def _set_attribute(self, name: str, value: str) -> None:
        """Answer one question of F: by digit, or by typing into the field it opens."""
        editor, hand = self._editor, self._hand
        hand.typist.press("F")
        spec = next(s for s in editor.scheme.attributes if s.id == name)
        title = editor.say(spec.name)
        options = {v.id: editor.say(v.name) for v in spec.values}
        if not any(choice.title == options.get(value) for choice in editor.choices()):
            hand.choose(lambda choice: choice.title == title)
        if spec.values:
            hand.choose(lambda choice: choice.title == options[value])
        else:
            hand.typist.type_text(value)
            hand.typist.press("Escape")

    def _answer(self, key: str, title: str) -> None:
        self._hand.typist.press("F")
        self._hand.typist.press(key)
        self._hand.choose(lambda choice: choice.title == title)

    def _event(self, event: Event) -> None:
        hand, editor = self._hand, self._editor
        hand.select(event.trigger.spans[0])
        hand.typist.press(f"E {editor.scheme.event_type(event.type).key}")
        self._made_now(event.id)
        if isinstance(editor.mode, TargetPicker):  # the first role is filled when its turn comes
            hand.typist.press("Backspace")
        self._complete_part(event.trigger)
        present = self._editor.annotations.event(self.made[event.id])
        if present.realis is not event.realis:
            self._set_attribute("realis", event.realis.value)
        if present.polarity is not event.polarity:
            self._set_attribute("polarity", event.polarity.value)
        for name, value in event.attrs:
            self._set_attribute(name, value)
        if event.cluster is not None:
            self._set_cluster(event.cluster)
        self._fill(event)
        hand.leave()

    def _fill(self, event: Event) -> None:
        hand, editor = self._hand, self._editor
        if editor.mode is None:  # typing a value has closed the frame
            self._reach(self.made[event.id])
            hand.typist.press("Enter")
        roles = {role.id: role.key for role in editor.scheme.event_type(event.type).roles}
        for argument in event.arguments:
            if not any(span.touches(hand.caret) for span in event.trigger.spans):
                hand.go_to(event.trigger.start)
            self._point_at(argument.target, roles[argument.role])

    def _set_cluster(self, cluster: str) -> None:
        title = self._editor.sentence("field.cluster")
        self._hand.typist.press("F")
        self._hand.choose(lambda choice: choice.title == title)
        self._hand.typist.type_text(cluster)
        self._hand.typist.press("Escape")

    def _complete_part(self, wanted: Fragments) -> None:
        """Add the further fragments of the open part, and its head where it differs."""
        for span in wanted.spans[1:]:
            self._hand.select(span)
            self._hand.typist.press("Shift+Equal")
        given_by_itself = wanted.spans[0] if len(wanted.spans) > 1 else None
        if wanted.head is not None and wanted.head != given_by_itself:
            self._hand.select(wanted.head)
            self._hand.typist.press("H")

    def _point_at(self, target: Target | Party, key: str) -> None:
        """Press the key that asks for a target, and answer it."""
        hand = self._hand
        match target:
            case SpanTarget(fragments):
                hand.select(fragments.envelope)
                hand.typist.press(key)
            case ImplicitTarget(entity):
                hand.typist.press(key)
                name = self._editor.annotations.entity(self.made[entity]).name
                title = self._editor.sentence("choice.implicit", name=name)
                hand.choose(lambda choice: choice.title == title)
            case MentionTarget(identifier) | EventTarget(identifier) | QuoteTarget(identifier):
                hand.typist.press(key)
                self._press_hint(self.made[identifier], key)

    def _press_hint(self, identifier: RecordId, key: str) -> None:
        mode = self._editor.mode
        hints = mode.hints if isinstance(mode, TargetPicker) else ()
        for hint in hints:
            if hint.record == identifier:
                self._hand.typist.press(" ".join(hint.letters))
                return
        # Out of sight: point at it by selecting exactly its words.
        self._hand.typist.press("Escape")
        self._hand.select(anchor_of(self._editor.annotation(identifier)).envelope)
        self._hand.typist.press(key)

    def _quote(self, quote: Quote) -> None:
        hand = self._hand
        if quote.marks and quote.content.is_contiguous:
            hand.go_to(quote.content.start)
        else:
            hand.select(quote.content.spans[0])
        hand.typist.press("Q")
        made = self._made_now(quote.id)
        if not self._took_proposal(quote):
            self._set_parts(quote)
        self._describe(quote, made)
        hand.leave()

    def _took_proposal(self, quote: Quote) -> bool:
        """Press one digit when the proposals already say cue and speaker."""
        mode = self._editor.mode
        who = quote.speaker.who
        if not isinstance(mode, QuoteFrame) or not isinstance(who, MentionTarget):
            return False
        speaker = self.made[who.mention]
        if mode.cue != quote.cue or speaker not in mode.speakers:
            return False
        self._hand.typist.press(str(mode.speakers.index(speaker) + 1))
        for party in quote.addressees:
            self._hand.go_to(quote.content.start)
            self._point_at(party, "D")
        return True

    def _set_parts(self, quote: Quote) -> None:
        hand = self._hand
        if quote.cue is not None:
            hand.select(quote.cue.spans[0])
            hand.typist.press("C")
            self._complete_part(quote.cue)
        for party, key in ((quote.speaker.who, "S"), *((p, "D") for p in quote.addressees)):
            if party is not None:
                hand.go_to(quote.content.start)
                self._point_at(party, key)

    def _describe(self, quote: Quote, made: RecordId) -> None:
        editor = self._editor
        present = editor.annotations.quote(made)
        if present.type is not quote.type:
            kind = next(s for s in editor.scheme.quote_types if s.id == quote.type.value)
            self._answer("T", editor.say(kind.name))
        if present.speaker.form is not quote.speaker.form:
            self._answer("O", editor.sentence(f"speaker_form.{quote.speaker.form.value}"))
        if present.speaker.evidence is not quote.speaker.evidence:
            self._answer("E", editor.sentence(f"evidence.{quote.speaker.evidence.value}"))
        for name, value in quote.attrs:
            self._set_attribute(name, value)


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """The events, those that others take as arguments before these."""
    waiting = list(events)
    while waiting:
        later = {event.id for event in waiting}
        ready = [event for event in waiting if later.isdisjoint(_arguments_of(event))]
        yield from ready
        waiting = [event for event in waiting if event not in ready]


def _arguments_of(event: Event) -> set[RecordId]:
    return {i for argument in event.arguments for i in target_references(argument.target)}
