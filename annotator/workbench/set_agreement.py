"""How far people agree who have annotated the same documents, added up as the sets pass.

Two sets are compared where both are finished, are those of people, and have looked at all of a
layer. Nothing is kept but counts, a sheet for each pair of people and each layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from annotator.agreement.sheet import Sheet
from annotator.core.annotations import Coverage
from annotator.core.ids import SetId
from annotator.core.set_header import SetKind
from annotator.formats.base import Bundle, SetContent
from annotator.formats.dataset_card import Agreement
from annotator.workbench.export_scope import FINISHED
from annotator.workbench.scored_layers import (
    MEASURES,
    ScoredLayer,
    layer_coverage,
    layer_sheet,
)


class SetAgreement:
    """Is told each document with its sets, and tells the F1 between people in the end."""

    def __init__(self) -> None:
        self._sheets: dict[ScoredLayer, dict[tuple[SetId, SetId], Sheet]] = {
            layer: {} for layer in ScoredLayer
        }

    def add(self, bundle: Bundle) -> None:
        """Compare the sets of a document, each with each, where there are several."""
        finished = [content for content in bundle.sets if _is_compared(content)]
        finished.sort(key=lambda content: content.header.id)
        for one, other in combinations(finished, 2):
            for layer, sheets in self._sheets.items():
                if _has_looked(one, layer) and _has_looked(other, layer):
                    pair = one.header.id, other.header.id
                    found = layer_sheet(layer, one.annotations, other.annotations)
                    sheets[pair] = sheets.get(pair, Sheet()) + found

    def measured(self) -> Iterator[Agreement]:
        """The measures that had something to count, layer by layer."""
        for layer, sheets in self._sheets.items():
            for measure in MEASURES[layer]:
                tallies = [sheet.total(measure) for sheet in sheets.values()]
                values = tuple(tally.f1 for tally in tallies if tally.f1 is not None)
                if values:
                    count = sum(max(tally.gold, tally.predicted) for tally in tallies)
                    yield Agreement(layer.value, measure.value, values, count)


def _is_compared(content: SetContent) -> bool:
    is_personal = content.header.kind is SetKind.ANNOTATOR
    return is_personal and content.annotations.status.status in FINISHED


def _has_looked(content: SetContent, layer: ScoredLayer) -> bool:
    return layer_coverage(layer, content.annotations.status) is Coverage.COMPLETE
