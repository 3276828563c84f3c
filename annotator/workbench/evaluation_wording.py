"""An evaluation in words and tables for people, in JSON for machines, in CSV by document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from annotator.agreement.sheet import Group, Measure
from annotator.agreement.tally import Shares, Tally, macro
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.evaluating import DocumentScores, Evaluation, LayerScores
from annotator.workbench.scored_layers import FEW, MEASURES, ScoredLayer

NO_DATA = "–"
"""Stands for a share of nothing, which is neither 0 nor 1."""

COLUMNS = (
    "document", "layer", "measure", "gold", "predicted", "tp", "fp", "fn",
    "precision", "recall", "f1",
)  # fmt: skip
"""The columns of the table by document; a share of nothing is an empty cell there."""

_SHOWN = 10
"""So many pairs of documents under two names are told one by one; JSON has all of them."""

_COUNTS = ("gold", "predicted", "tp", "fp", "fn")
_SHARES = ("precision", "recall", "f1")
_GROUPS = (Group.LABEL, Group.TYPE, Group.ROLE)


_UNCOUNTED: Mapping[Measure, frozenset[Group]] = MappingProxyType(
    {
        Measure.BOUNDARY: frozenset({Group.LABEL}),
        Measure.TRIGGER_IDENTIFIED: frozenset({Group.TYPE}),
        Measure.ARGUMENT_IDENTIFIED: frozenset({Group.ROLE}),
        Measure.ATTACHED_IDENTIFIED: frozenset({Group.ROLE}),
    }
)
"""By what a measure is not told apart: it pairs what has different labels, so that what is right
under one of them is predicted under another one."""


def _groups(scores: LayerScores, measure: Measure) -> dict[Group, dict[str, Tally]]:
    """The rows of a measure by label, type and role, where these count."""
    left = _UNCOUNTED.get(measure, frozenset())
    found = {group: scores.sheet.rows(measure, group) for group in _GROUPS if group not in left}
    return {group: rows for group, rows in found.items() if rows}


def layer_lines(
    catalogue: Catalogue, scores: LayerScores, *, with_labels: bool = True
) -> Iterator[str]:
    """The table of one layer, with what must be known to read it.

    A row a measure, and `with_labels` one for each label, type and role, and the means over them.
    """
    layer = catalogue.text(f"evaluate.layer_{scores.layer.value}")
    yield catalogue.text("evaluate.layer", layer=layer, documents=scores.documents)
    if scores.unlooked:
        yield "  " + catalogue.text("evaluate.unlooked", documents=scores.unlooked)
    if not scores.documents:
        return
    if scores.is_unstable:
        yield "  " + catalogue.text("evaluate.few", few=FEW)
    yield from _aligned([_heads(catalogue), *_rows(catalogue, scores, with_labels)])
    yield from _average_lines(catalogue, scores)


def unscored_lines(catalogue: Catalogue, evaluation: Evaluation) -> Iterator[str]:
    """What was not scored, and what is doubtful about what was."""
    for key, documents in _unscored(evaluation):
        if documents:
            yield catalogue.text(key, count=len(documents), documents=tuple(documents))
    renamed = evaluation.pairs.renamed
    for here, there in renamed[:_SHOWN]:
        yield catalogue.text("evaluate.renamed", document=here, other=there)
    if len(renamed) > _SHOWN:
        yield catalogue.text("evaluate.renamed_more", count=len(renamed) - _SHOWN)
    if evaluation.pairs.respaced:
        yield catalogue.text("evaluate.respaced", documents=len(evaluation.pairs.respaced))
    if evaluation.unfinished:
        yield catalogue.text("evaluate.unfinished", documents=evaluation.unfinished)


def _unscored(evaluation: Evaluation) -> tuple[tuple[str, Sequence[str]], ...]:
    pairs = evaluation.pairs
    return (
        ("evaluate.differing", pairs.differing),
        ("evaluate.missing", pairs.missing),
        ("evaluate.extra", pairs.extra),
        ("evaluate.unannotated", evaluation.unannotated),
    )


def _heads(catalogue: Catalogue) -> list[str]:
    names = (*_COUNTS, *_SHARES)
    return ["", *(catalogue.text(f"evaluate.head_{name}") for name in names)]


def _rows(catalogue: Catalogue, scores: LayerScores, with_labels: bool) -> Iterator[list[str]]:
    for measure in MEASURES[scores.layer]:
        title = catalogue.text(f"evaluate.measure_{measure.value}")
        yield [title, *_cells(catalogue, scores.sheet.total(measure))]
        if not with_labels:
            continue
        means = catalogue.text("evaluate.mean_documents")
        yield [f"  {means}", *_means(catalogue, scores.by_document[measure])]
        for group, rows in _groups(scores, measure).items():
            means = catalogue.text(f"evaluate.mean_{group.value}")
            yield [f"  {means}", *_means(catalogue, macro(rows.values()))]
            for name, tally in rows.items():
                yield [f"    {name}", *_cells(catalogue, tally)]


def _cells(catalogue: Catalogue, tally: Tally) -> list[str]:
    counts = [catalogue.number(value) for value in _counts(tally).values()]
    return [*counts, *_shown(catalogue, _shares(tally))]


def _means(catalogue: Catalogue, shares: Shares) -> list[str]:
    return ["" for _ in _COUNTS] + _shown(catalogue, _shares(shares))


def _shown(catalogue: Catalogue, shares: Mapping[str, float | None]) -> list[str]:
    return [_number(catalogue, value) for value in shares.values()]


def _number(catalogue: Catalogue, value: float | None) -> str:
    return NO_DATA if value is None else catalogue.digits(f"{value:.3f}")


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines: names to one side, numbers to the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  " + "  ".join(cells).rstrip()


def _average_lines(catalogue: Catalogue, scores: LayerScores) -> Iterator[str]:
    for closeness, average in scores.sheet.averages.items():
        yield "  " + catalogue.text(
            f"evaluate.closeness_{closeness.value}",
            mean=_number(catalogue, average.mean),
            pairs=average.count,
        )


def evaluation_json(evaluation: Evaluation) -> dict[str, object]:
    """Everything an evaluation tells; a share of nothing is null."""
    pairs = evaluation.pairs
    return {
        "documents": len(pairs.pairs) - len(evaluation.unannotated),
        "layers": {scores.layer.value: _layer_json(scores) for scores in evaluation.layers},
        "differing": pairs.differing,
        "missing": pairs.missing,
        "extra": pairs.extra,
        "unannotated": evaluation.unannotated,
        "renamed": dict(pairs.renamed),
        "respaced": dict(pairs.respaced),
        "unfinished": evaluation.unfinished,
    }


def _layer_json(scores: LayerScores) -> dict[str, object]:
    return {
        "documents": scores.documents,
        "unlooked": scores.unlooked,
        "is_unstable": scores.is_unstable,
        "measures": {
            measure.value: _measure_json(scores, measure) for measure in MEASURES[scores.layer]
        },
        "averages": {
            closeness.value: {"mean": average.mean, "pairs": average.count}
            for closeness, average in scores.sheet.averages.items()
        },
    }


def _measure_json(scores: LayerScores, measure: Measure) -> dict[str, object]:
    told = {group.value: rows for group, rows in _groups(scores, measure).items()}
    return {
        "micro": _tally_json(scores.sheet.total(measure)),
        "macro": {
            "document": _shares(scores.by_document[measure]),
            **{name: _shares(macro(rows.values())) for name, rows in told.items()},
        },
        **{
            name: {label: _tally_json(tally) for label, tally in rows.items()}
            for name, rows in told.items()
        },
    }


def _tally_json(tally: Tally) -> dict[str, object]:
    return {**_counts(tally), "found": tally.found, **_shares(tally)}


def _counts(tally: Tally) -> dict[str, int]:
    return {
        "gold": tally.gold,
        "predicted": tally.predicted,
        "tp": tally.true_positives,
        "fp": tally.false_positives,
        "fn": tally.false_negatives,
    }


def _shares(shares: Tally | Shares) -> dict[str, float | None]:
    return {"precision": shares.precision, "recall": shares.recall, "f1": shares.f1}


def csv_line(cells: Sequence[object]) -> bytes:
    """One line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode()


def document_rows(scores: DocumentScores) -> Iterator[Sequence[object]]:
    """The lines of one document, a measure each, under `COLUMNS`."""
    for layer in ScoredLayer:
        sheet = scores.sheets.get(layer)
        for measure in MEASURES[layer] if sheet is not None else ():
            assert sheet is not None
            tally = sheet.total(measure)
            shares = ["" if v is None else f"{v:.6f}" for v in _shares(tally).values()]
            yield (
                scores.document, layer.value, measure.value, *_counts(tally).values(), *shares,
            )  # fmt: skip
