"""Mentions of two sets compared: by span and label, by span alone, by overlap.

What is counted are mentions that differ in their fragments or their label; one that is there twice
counts once. Nested mentions are mentions like any other, discontinuous ones are the same when all
of their fragments are.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from annotator.agreement.sheet import Group, Measure, Sheet, add_up, tallied
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.one_to_one import Weight
from annotator.core.overlap import dice, paired

MENTION_MEASURES = (Measure.STRICT, Measure.BOUNDARY, Measure.OVERLAP)


def mention_scores(gold: AnnotationSet, predicted: AnnotationSet) -> Sheet:
    """Score the mentions of two sets on one text; what is matched, is matched one to one.

    * strict: the fragments and the label are the same;
    * boundary: the fragments are the same, whatever the label;
    * overlap: the label is the same, and at least one code point is in both.
    """
    ours, theirs = _mentions(gold), _mentions(predicted)
    return add_up(_measured(measure, ours, theirs) for measure in MENTION_MEASURES)


def _mentions(annotations: AnnotationSet) -> list[Mention]:
    return list({(m.fragments.spans, m.label): m for m in annotations.mentions()}.values())


def _measured(measure: Measure, gold: Sequence[Mention], predicted: Sequence[Mention]) -> Sheet:
    def weigh(here: int, there: int) -> Weight | None:
        return _weight(measure, gold[here], predicted[there])

    pairs = paired([m.fragments for m in gold], [m.fragments for m in predicted], weigh)
    return tallied(
        measure,
        [((Group.LABEL, mention.label),) for mention in gold],
        [((Group.LABEL, mention.label),) for mention in predicted],
        pairs,
    )


def _weight(measure: Measure, gold: Mention, predicted: Mention) -> Weight | None:
    """How well two mentions go together; of one place, those of one label go first."""
    is_label = gold.label == predicted.label
    if measure is Measure.OVERLAP:
        closeness = dice(gold.fragments, predicted.fragments) if is_label else Fraction(0)
        return (closeness,) if closeness else None
    is_place = gold.fragments.spans == predicted.fragments.spans
    if not is_place or (measure is Measure.STRICT and not is_label):
        return None
    return (Fraction(is_label),)
