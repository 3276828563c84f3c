"""Deciding by a strategy until it has nothing more to say."""

from __future__ import annotations

from annotator.adjudication.comparison import Comparison, Units
from annotator.adjudication.gold import Decided, decide
from annotator.adjudication.strategies import Strategy, choices_by
from annotator.core.annotation_set import AnnotationSet
from annotator.core.edits import merged


def decide_by(
    strategy: Strategy,
    comparison: Comparison,
    gold: AnnotationSet,
    *,
    name: str,
    before: Units,
) -> Decided:
    """Everything that a strategy decides, as one step; like `decide` otherwise.

    The name of an entity is to be decided about once gold has the entity, so a decision can lead
    to another one; each unit is decided once.
    """
    decided = decide(comparison, gold, choices_by(strategy, before), name=name, before=before)
    done = before.decided
    while decided.after.decided > done:
        done = decided.after.decided
        choices = choices_by(strategy, decided.after)
        if choices:
            here = gold.apply(decided.edit)
            more = decide(comparison, here, choices, name=name, before=decided.after)
            decided = Decided(
                merged(decided.edit, more.edit),
                more.after,
                tuple(dict.fromkeys((*decided.along, *more.along))),
                decided.left_out + more.left_out,
            )
    return decided
