"""What adjudication came to, in sentences for the window and for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.core.ids import SetId
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.adjudicating_project import AdjudicationReport

_NAMED = 5
"""So many documents are named; of more, the number is told."""


def report_lines(
    catalogue: Catalogue,
    report: AdjudicationReport,
    people: Mapping[SetId, str],
    *,
    is_dry: bool = False,
) -> Iterator[str]:
    """One sentence a line: what was counted and decided, and what had no part in it."""
    text = catalogue.text
    yield text(
        "adjudication.would_decide" if is_dry else "adjudication.decided",
        documents=len(report.documents),
        units=report.total(lambda each: each.units),
        agreed=report.total(lambda each: each.agreed),
        before=report.total(lambda each: each.before),
        decided=report.total(lambda each: each.decided),
        open=report.total(lambda each: each.open),
    )
    along = report.total(lambda each: each.along)
    if along:
        yield text("adjudication.came_along", count=along)
    left_out = report.total(lambda each: each.left_out)
    if left_out:
        yield text("adjudication.left_out", count=left_out)
    yield from _unheard(catalogue, report, people)


def _unheard(
    catalogue: Catalogue, report: AdjudicationReport, people: Mapping[SetId, str]
) -> Iterator[str]:
    """The documents and sets that had no part."""
    if report.alone:
        more = ("…",) if len(report.alone) > _NAMED else ()
        named = (*report.alone[:_NAMED], *more)
        yield catalogue.text("adjudication.alone", count=len(report.alone), documents=named)
    sets = {
        (each.document, voteless.side, voteless.layer)
        for each in report.documents
        for voteless in each.voteless
    }
    whole = [side for _, side, layer in sets if layer is None]
    if whole:
        names = tuple(sorted({people.get(side, str(side)) for side in whole}))
        yield catalogue.text("adjudication.unfinished_sets", count=len(whole), people=names)
    layers = [layer for _, _, layer in sets if layer is not None]
    if layers:
        yield catalogue.text("adjudication.unfinished_layers", count=len(layers))
