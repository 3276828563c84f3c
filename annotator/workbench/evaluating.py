"""What was predicted against gold: the documents paired by their texts, and every pair scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from itertools import chain, zip_longest

from msgspec import Struct

from annotator.agreement.document_pairs import DocumentPairs, pair_documents, pair_respaced
from annotator.agreement.respacing import Respacing
from annotator.agreement.sheet import Measure, Sheet, add_up
from annotator.agreement.tally import Shares, Tally
from annotator.core.annotations import Coverage, StatusRecord
from annotator.core.ids import DocumentId
from annotator.foundation.errors import UserError
from annotator.workbench.evaluation_reading import ChosenSet, Seen, Side
from annotator.workbench.export_scope import FINISHED
from annotator.workbench.scored_layers import (
    ALL_LAYERS,
    FEW,
    MEASURES,
    ScoredLayer,
    layer_coverage,
    layer_sheet,
)


class DocumentScores(Struct, frozen=True):
    """One document, by its id in gold, and the sheet of each layer that was looked at in gold."""

    document: DocumentId
    sheets: Mapping[ScoredLayer, Sheet]


class LayerScores(Struct, frozen=True):
    """One layer over all documents: the pooled counts, and the means of the documents' shares.

    `documents` were scored; in `unlooked` ones nobody has looked at this layer in gold.
    """

    layer: ScoredLayer
    documents: int
    unlooked: int
    sheet: Sheet
    by_document: Mapping[Measure, Shares]

    @property
    def is_unstable(self) -> bool:
        """Whether there are too few items in gold to build on the shares."""
        return 0 < self.sheet.total(MEASURES[self.layer][0]).gold < FEW


class Evaluation(Struct, frozen=True):
    """The scores, and everything that was not scored.

    `unannotated` are documents, by their ids in gold, of which one side has no set to compare;
    `unfinished` counts those whose set in gold is not marked as complete.
    """

    layers: tuple[LayerScores, ...]
    pairs: DocumentPairs
    unannotated: tuple[DocumentId, ...]
    unfinished: int
    gold: Seen
    predicted: Seen

    @property
    def is_whole(self) -> bool:
        """Whether every document of both sides could be read and was paired."""
        pairs = self.pairs
        left = (*pairs.differing, *pairs.missing, *pairs.extra, *self.unannotated)
        problems = (*self.gold.problems, *self.predicted.problems)
        return not left and not any(problem.is_refusal for problem in problems)


def evaluate(
    gold: Side,
    predicted: Side,
    layers: tuple[ScoredLayer, ...] = ALL_LAYERS,
    hear: Callable[[DocumentScores], None] = lambda scores: None,
) -> Evaluation:
    """Score every document that both sides have with the same text, but for its spaces.

    `hear` is told the scores of each as they come. Raises `UserError` when a side cannot be read,
    has several sets and no choice, or nothing in common with the other.
    """
    ours, theirs = gold.look(), predicted.look()
    pairs = pair_documents(_texts(ours), _texts(theirs))
    pairs = pair_respaced(pairs, _letters(ours), _letters(theirs))
    scored = {
        here: there for here, there in pairs.pairs if _is_annotated(here, there, ours, theirs)
    }
    if not scored:
        raise UserError("evaluate.nothing_in_common")
    looked = {layer: _looked(layer, ours, list(scored)) for layer in layers}
    totals = {layer: _Total(layer) for layer in layers}
    respaced = {here for here, _ in pairs.respaced}
    with closing(_in_step(gold, predicted, ours, theirs, scored)) as documents:
        for document, one, other in documents:
            left, right = one.annotations, other.annotations
            if document in respaced:
                right = Respacing(other.text, one.text).carried(right)
            here = [layer for layer in layers if document in looked[layer]]
            sheets = {layer: layer_sheet(layer, left, right) for layer in here}
            for layer, sheet in sheets.items():
                totals[layer].add(sheet)
            hear(DocumentScores(document, sheets))
    return Evaluation(
        layers=tuple(totals[layer].scores(len(scored)) for layer in layers),
        pairs=pairs,
        unannotated=tuple(here for here, _ in pairs.pairs if here not in scored),
        unfinished=sum(_status(ours, here).status not in FINISHED for here in scored),
        gold=ours,
        predicted=theirs,
    )


def _texts(seen: Seen) -> dict[DocumentId, str]:
    return {each: found.sha256 for each, found in seen.documents.items()}


def _letters(seen: Seen) -> dict[DocumentId, str]:
    return {each: found.letters for each, found in seen.documents.items()}


def _is_annotated(here: DocumentId, there: DocumentId, ours: Seen, theirs: Seen) -> bool:
    return None not in (ours.documents[here].chosen, theirs.documents[there].chosen)


def _status(seen: Seen, document: DocumentId) -> StatusRecord:
    chosen = seen.documents[document].chosen
    assert chosen is not None  # only documents with a set are asked about
    return chosen.status


def _looked(layer: ScoredLayer, gold: Seen, documents: list[DocumentId]) -> frozenset[DocumentId]:
    """The documents in which somebody has looked at the layer: "none found" is not "not looked".

    A set that is finished tells so itself. Others, and formats that tell nothing of it, are taken
    to be looked at where the layer is found in any document.
    """
    is_told = {
        each: layer_coverage(layer, _status(gold, each)) is not Coverage.NONE for each in documents
    }
    is_anywhere = any(is_told.values())
    return frozenset(
        each
        for each in documents
        if is_told[each] or (is_anywhere and _status(gold, each).status not in FINISHED)
    )


def _in_step(
    gold: Side, predicted: Side, ours: Seen, theirs: Seen, partners: dict[DocumentId, DocumentId]
) -> Generator[tuple[DocumentId, ChosenSet, ChosenSet], None, None]:
    """The pairs of sets; both sides are read in step, and only what waits for its partner is kept.

    Raises `UserError` when a side has changed since it was looked at.
    """
    names = {there: here for here, there in partners.items()}
    waiting: tuple[dict[DocumentId, ChosenSet], ...] = ({}, {})
    done = 0
    with closing(gold.chosen_sets(ours)) as golds, closing(predicted.chosen_sets(theirs)) as others:
        streams = (
            ((0, found.document, found) for found in golds if found.document in partners),
            ((1, names[found.document], found) for found in others if found.document in names),
        )
        for came in chain.from_iterable(zip_longest(*streams)):
            if came is None:
                continue
            side, document, found = came
            partner = waiting[1 - side].pop(document, None)
            if partner is None:
                waiting[side][document] = found
                continue
            done += 1
            yield (document, found, partner) if side == 0 else (document, partner, found)
    if done != len(partners):
        raise UserError("evaluate.changed")


class _Total:
    """The counts of one layer, document by document."""

    def __init__(self, layer: ScoredLayer) -> None:
        self._layer = layer
        self._sheet = Sheet()
        self._documents = 0
        self._sums: dict[tuple[Measure, str], float] = {}
        self._counts: Counter[tuple[Measure, str]] = Counter()

    def add(self, sheet: Sheet) -> None:
        """One more document."""
        self._sheet = add_up((self._sheet, sheet))
        self._documents += 1
        for measure in MEASURES[self._layer]:
            for name, value in _shares(sheet.total(measure)):
                if value is not None:
                    self._sums[measure, name] = self._sums.get((measure, name), 0.0) + value
                    self._counts[measure, name] += 1

    def scores(self, documents: int) -> LayerScores:
        """The scores over all that was added, of so many documents that could have been."""
        return LayerScores(
            layer=self._layer,
            documents=self._documents,
            unlooked=documents - self._documents,
            sheet=self._sheet,
            by_document={
                measure: Shares(*(self._mean(measure, name) for name in ("p", "r", "f")))
                for measure in MEASURES[self._layer]
            },
        )

    def _mean(self, measure: Measure, name: str) -> float | None:
        count = self._counts[measure, name]
        return self._sums[measure, name] / count if count else None


def _shares(tally: Tally) -> tuple[tuple[str, float | None], ...]:
    return ("p", tally.precision), ("r", tally.recall), ("f", tally.f1)
