"""What stands in quotation marks and is said: with its cue and the likeliest speaker.

Half of what news puts into quotation marks is a title or a term, so the marks alone tell nothing:
there must be words of saying in the same sentence, and near by where the content is short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from annotator.core.annotations import Annotation, Mention, QuoteType
from annotator.core.ids import Layer, RecordId
from annotator.core.proposals import Details, Proposal
from annotator.core.span import Fragments, Span
from annotator.kurdish.cues import Cue, nearest_cue
from annotator.kurdish.normalize import FoldLevel, fold_text
from annotator.kurdish.quotation import Quotation
from annotator.suggest.base import Reason, Suggestion
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import FEWEST_WORDS, Passage

_MANY_WORDS = 6
_NEAR = 25
"""How many code points a short quotation may be away from its cue."""

_SURE, _LIKELY = 0.9, 0.7
_THAT = "کە"
# Whoever stands after these is spoken to, or spoken about.
_PREPOSITIONS = frozenset(
    fold_text(word, FoldLevel.ORTHOGRAPHIC)
    for word in ("بە", "لە", "بۆ", "لەگەڵ", "دژی", "لەلایەن")
)


class Quotes(Struct, frozen=True):
    """Suggests direct quotes."""

    id: str = "quotes"
    title_key: str = "suggester.quotes"
    layers: frozenset[Layer] = frozenset({Layer.QUOTE})

    def suggest(
        self, passage: Passage, nearby: Sequence[Annotation], knowledge: Knowledge
    ) -> Iterable[Suggestion]:
        """Every quotation that somebody seems to say."""
        if all(kind.id != QuoteType.DIRECT.value for kind in knowledge.scheme.quote_types):
            return
        for quotation in passage.quotations:
            cue = _cue(passage, quotation)
            if cue is not None:
                yield self._said(passage, quotation, cue, nearby, knowledge)

    def _said(
        self,
        passage: Passage,
        quotation: Quotation,
        cue: Cue,
        nearby: Sequence[Annotation],
        knowledge: Knowledge,
    ) -> Suggestion:
        label = QuoteType.DIRECT.value
        words = cue.span.of(passage.text)
        head = cue.head if cue.head != cue.span else None
        mentions = [
            record
            for record in nearby
            if isinstance(record, Mention) and record.label in knowledge.scheme.speaker_labels
        ]
        return Suggestion(
            Proposal(self.id, Layer.QUOTE, label, Fragments((quotation.content,))),
            _SURE if _is_near(quotation, cue) else _LIKELY,
            Reason("reason.said", (("cue", words),)),
            Details(
                marks=(quotation.opening, quotation.closing),
                cue=Fragments((cue.span,), head),
                speaker=_speaker(passage, quotation.content, cue.span, mentions),
            ),
        )


def _cue(passage: Passage, quotation: Quotation) -> Cue | None:
    """The strong cue that goes with a quotation, or None where it does not seem to be said."""
    sentence = passage.sentences_around(quotation.whole)
    inside = [cue for cue in passage.cues if sentence.contains(cue.span) and not cue.is_weak]
    cue = nearest_cue(inside, quotation.content)
    words = sum(1 for word in passage.words if quotation.content.contains(word.span))
    if cue is None or words < FEWEST_WORDS:
        return None
    return cue if words >= _MANY_WORDS or _is_near(quotation, cue) else None


def _is_near(quotation: Quotation, cue: Cue) -> bool:
    whole = quotation.whole
    return max(whole.start - cue.span.end, cue.span.start - whole.end) <= _NEAR


def _speaker(
    passage: Passage, content: Span, cue: Span, mentions: Sequence[Mention]
) -> RecordId | None:
    """The mention that most likely speaks: the first of the clause, for there the subject stands.

    After it come those after a preposition, those behind the cue, and those of the other clauses
    of the sentence. Where the sentence names nobody, it is whoever was named last.
    """
    sentence = passage.sentences_around(content)
    paragraph = passage.segmentation.paragraph_at(content.start) or sentence
    clause = _clause_start(passage, sentence, cue)

    def rank(mention: Mention) -> tuple[bool, bool, bool, bool, int, int]:
        span = mention.fragments.envelope
        is_here = sentence.contains(span)
        return (
            not is_here,
            _follows_preposition(passage, span),
            span.start >= cue.end,
            span.start < clause,
            span.start if is_here else -span.start,
            -span.end,
        )

    def may_speak(mention: Mention) -> bool:
        span = mention.fragments.envelope
        if span.overlaps(content) or not paragraph.contains(span):
            return False
        return span.end <= content.start or sentence.contains(span)

    best = min(filter(may_speak, mentions), key=rank, default=None)
    return None if best is None else best.id


def _clause_start(passage: Passage, sentence: Span, cue: Span) -> int:
    """Where the clause of a cue begins: after the last ``کە`` of its sentence before it."""
    starts = [
        word.span.end
        for word in passage.words
        if word.key == _THAT and sentence.start <= word.span.start < cue.start
    ]
    return starts[-1] if starts else sentence.start


def _follows_preposition(passage: Passage, span: Span) -> bool:
    before = passage.segmentation.token_at(max(span.start - 2, 0))
    if before is None or before.end > span.start:
        return False
    return fold_text(before.of(passage.text), FoldLevel.ORTHOGRAPHIC) in _PREPOSITIONS


QUOTES = Quotes()
