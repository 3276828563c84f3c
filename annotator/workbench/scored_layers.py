"""The layers in which two annotation sets are compared, and the measures of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import assert_never

from annotator.agreement.event_scores import EVENT_MEASURES, event_scores
from annotator.agreement.mention_scores import MENTION_MEASURES, mention_scores
from annotator.agreement.quote_scores import QUOTE_MEASURES, quote_scores
from annotator.agreement.sheet import Measure, Sheet
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Coverage, StatusRecord

FEW = 20
"""Of fewer items than this in gold, one more or less changes the shares a lot."""


class ScoredLayer(Enum):
    """What is scored by itself; ``evaluate.layer_<value>`` is its word."""

    MENTIONS = "mentions"
    EVENTS = "events"
    QUOTES = "quotes"


MEASURES: Mapping[ScoredLayer, tuple[Measure, ...]] = MappingProxyType(
    {
        ScoredLayer.MENTIONS: MENTION_MEASURES,
        ScoredLayer.EVENTS: EVENT_MEASURES,
        ScoredLayer.QUOTES: QUOTE_MEASURES,
    }
)
ALL_LAYERS = tuple(ScoredLayer)

_SCORES: Mapping[ScoredLayer, Callable[[AnnotationSet, AnnotationSet], Sheet]] = MappingProxyType(
    {
        ScoredLayer.MENTIONS: mention_scores,
        ScoredLayer.EVENTS: event_scores,
        ScoredLayer.QUOTES: quote_scores,
    }
)


def layer_sheet(layer: ScoredLayer, gold: AnnotationSet, predicted: AnnotationSet) -> Sheet:
    """What two sets on one text have in common in a layer."""
    return _SCORES[layer](gold, predicted)


def layer_coverage(layer: ScoredLayer, status: StatusRecord) -> Coverage:
    """How much of a layer was looked at."""
    match layer:
        case ScoredLayer.MENTIONS:
            return status.mentions
        case ScoredLayer.EVENTS:
            return status.events
        case ScoredLayer.QUOTES:
            return status.quotes
        case _:
            assert_never(layer)
