"""The modes of quotes: the open quote with its proposals, and choosing who speaks to whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import (
    Mention,
    MentionTarget,
    Party,
    Quote,
    Target,
    target_references,
)
from annotator.core.commands.quotes import add_addressee, set_cue, set_speaker
from annotator.core.commands.spans import Part
from annotator.core.edits import Edit, merged
from annotator.core.ids import RecordId
from annotator.core.scheme import FillerKind
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused
from annotator.ui.editing.choices import DIGITS, Choice, Choices, HintMark
from annotator.ui.editing.context import Context
from annotator.ui.editing.event_modes import target_text
from annotator.ui.editing.target_picker import (
    Admission,
    TargetPicker,
    color_of,
    direct_target,
    tell_why_not,
)

PARTY_KINDS = frozenset({FillerKind.MENTION, FillerKind.SPAN, FillerKind.IMPLICIT})


class QuoteFrame(Struct, frozen=True, dict=True):
    """The mode in which a quote is open.

    `part` is what the fragment and boundary keys act on. Right after the quote is made, digits
    take the nearest possible speakers, together with the proposed cue; after the first answer the
    digits mark entities again.
    """

    context: Context
    record: RecordId
    part: Part = Part.ANCHOR
    speakers: tuple[RecordId, ...] = ()
    cue: Fragments | None = None

    @property
    def hints(self) -> tuple[HintMark, ...]:
        """The digits of the proposed speakers, over their mentions."""
        return tuple(
            HintMark(mention.id, mention.fragments.start, digit)
            for digit, mention in self._proposed()
        )

    @property
    def heading(self) -> str:
        """The beginning of what is said."""
        text = self._quote().content.of(self.context.text)
        shortened = text if len(text) <= 40 else f"{text[:39]}…"
        return self.context.sentence("legend.quote_frame", text=shortened)

    def is_exclusive(self) -> bool:
        """Moving, marking and the rest go on while the quote is open."""
        return False

    def choices(self) -> Choices:
        """The proposed speakers on digits, the parts that are still open, Enter."""
        context = self.context
        parts = self._parts()
        leave = context.sentence("choice.close")
        enter = Choice("Enter", leave, partial(context.enter, None))
        if self.cue is not None or self._proposed():
            take = context.sentence("choice.take_proposal", what=self._first_proposal())
            enter = Choice("Enter", take, self._take_first)
        return (
            *self._proposals(),
            *parts,
            enter,
            Choice("Escape", leave, partial(context.enter, None)),
        )

    def _first_proposal(self) -> str:
        """Who is proposed first, and the proposed words of saying."""
        text = self.context.text
        who = [mention.fragments.of(text) for _, mention in self._proposed()[:1]]
        return " · ".join([*who, *([] if self.cue is None else [self.cue.of(text)])])

    def pick_speaker(self) -> None:
        """Take the speaker that was pointed at, else offer hint letters."""
        who = self._quote().speaker.who
        self._pick("S", "part.speaker", self._set_speaker, () if who is None else (who,))

    def pick_addressee(self) -> None:
        """Take the addressee that was pointed at, else offer hint letters."""
        self._pick("D", "part.addressee", self._add_addressee, self._quote().addressees)

    def take_cue(self) -> None:
        """The selection, or the word under the caret, becomes the cue.

        While the caret still stands in the content, nothing was pointed at: then the proposed cue.
        """
        context = self.context
        edit = set_cue(context.annotations, self.record, self._cue_meant())
        context.perform(edit, select=self.record)
        context.drop_selection()
        context.enter(replace(self, part=Part.CUE, cue=None))

    def _cue_meant(self) -> Fragments:
        context = self.context
        content = self._quote().content.spans
        is_at_home = any(fragment.touches(context.selection.caret) for fragment in content)
        if not (context.selection.is_empty and is_at_home):
            return Fragments((context.marked_span(),))
        if self.cue is None:
            raise Refused("refused.point_at_cue")
        return self.cue

    def _parts(self) -> tuple[Choice, ...]:
        """The keys of speaker, cue and addressees, with what is there."""
        context, quote = self.context, self._quote()
        speaker = target_text(context, quote.speaker.who) if quote.speaker.who else ""
        cue = quote.cue.of(context.text) if quote.cue else ""
        addressees = "، ".join(target_text(context, party) for party in quote.addressees)
        return (
            self._part("S", "part.speaker", speaker, self.pick_speaker),
            self._part("C", "part.cue", cue, self.take_cue),
            self._part("D", "part.addressee", addressees, self.pick_addressee),
        )

    def _part(self, key: str, title: str, value: str, run: Callable[[], None]) -> Choice:
        name = self.context.sentence(title)
        return Choice(key, f"{name}: {value}" if value else name, run, is_filled=bool(value))

    def _proposed(self) -> list[tuple[str, Mention]]:
        records = [self.context.annotations.get(identifier) for identifier in self.speakers]
        mentions = [record for record in records if isinstance(record, Mention)]
        return list(zip(DIGITS, mentions, strict=False))

    def _proposals(self) -> list[Choice]:
        return [
            Choice(
                digit,
                self.context.sentence(
                    "choice.speaker", name=mention.fragments.of(self.context.text)
                ),
                partial(self._take_proposal, mention.id),
                color_of(self.context.scheme, mention),
            )
            for digit, mention in self._proposed()
        ]

    def _take_first(self) -> None:
        proposed = self._proposed()
        self._take_proposal(proposed[0][1].id if proposed else None)

    def _take_proposal(self, speaker: RecordId | None) -> None:
        """Speaker and proposed cue in one undoable step."""
        context = self.context
        edit = Edit("edit.set_speaker", ())
        annotations = context.annotations
        if self.cue is not None:
            edit = set_cue(annotations, self.record, self.cue)
            annotations = annotations.apply(edit)
        if speaker is not None:
            target = MentionTarget(speaker)
            edit = merged(edit, set_speaker(annotations, context.scheme, self.record, target))
        context.perform(edit, select=self.record)
        context.enter(QuoteFrame(context, self.record, self.part))

    def _pick(
        self, key: str, title: str, take: Callable[[Target], None], present: tuple[Party, ...]
    ) -> None:
        context = self.context
        admission = Admission(PARTY_KINDS, context.scheme.speaker_labels)
        excluded = frozenset(chain.from_iterable(map(target_references, present)))
        target = direct_target(context, admission, self._quote().content, excluded)
        if target is not None:
            take(target)
            return
        tell_why_not(context, self._quote().content, excluded, self._attempted)
        context.enter(
            TargetPicker(
                context,
                self.record,
                context.sentence("legend.pick_party", part=context.sentence(title)),
                admission,
                take=take,
                back=self,
                excluded=excluded,
                others=tuple(part for part in self._parts() if part.key != key),
            )
        )

    def _attempted(self, target: Target) -> Edit:
        """What naming the speaker would do; whom an addressee may be is the same question."""
        context = self.context
        return set_speaker(context.annotations, context.scheme, self.record, _party(target))

    def _set_speaker(self, target: Target) -> None:
        context = self.context
        context.perform(self._attempted(target), select=self.record)
        context.drop_selection()
        context.enter(replace(self, speakers=()))

    def _add_addressee(self, target: Target) -> None:
        context = self.context
        edit = add_addressee(context.annotations, context.scheme, self.record, _party(target))
        context.perform(edit, select=self.record)
        context.drop_selection()

    def _quote(self) -> Quote:
        return self.context.annotations.quote(self.record)


def _party(target: Target) -> Party:
    assert isinstance(target, Party)  # the picker was given PARTY_KINDS only
    return target
