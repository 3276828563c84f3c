"""A merge in sentences: for the report in the window and on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from annotator.foundation.catalogue import Catalogue
from annotator.workbench.label_titles import NO_TITLES, Titles
from annotator.workbench.merge_report import ConflictNews, DropNews, MergeReport, SetNews, Side
from annotator.workbench.merge_scheme import Lacking


def headline(catalogue: Catalogue, report: MergeReport) -> str:
    """All of it in one sentence."""
    if report.is_empty:
        return catalogue.text("merging.nothing")
    return catalogue.text(
        "merging.headline",
        documents=len(report.documents),
        annotations=report.annotations,
        sets=len(report.sets),
        conflicts=len(report.conflicts),
    )


def parts(
    catalogue: Catalogue, report: MergeReport, titles: Titles = NO_TITLES
) -> Iterator[tuple[str, ...]]:
    """A title and lines for everything there is to say; what asks for a look comes first.

    `titles` are those of our scheme; a label that only theirs has stands for itself.
    """
    text = catalogue.text
    told = {
        "drops": [drop_text(catalogue, each) for each in report.drops],
        "conflicts": [conflict_text(catalogue, each, titles) for each in report.conflicts],
        "lacking": [lacking_text(catalogue, each) for each in report.lacking],
        "documents": report.documents,
        "people": report.people,
        "sets": [_set_text(catalogue, each) for each in report.sets],
        "differing": report.differing,
        "back": report.back,
        "left": report.left,
    }
    for part, lines in told.items():
        if lines:
            yield (text(f"merging.part.{part}", count=len(lines)), *lines)


def report_text(catalogue: Catalogue, report: MergeReport, titles: Titles = NO_TITLES) -> str:
    """Every part, one after the other."""
    return "\n\n".join("\n".join(part) for part in parts(catalogue, report, titles))


def parts_beside(catalogue: Catalogue, report: MergeReport) -> str:
    """What stands in no table of the window: everything but sets and conflicts."""
    return report_text(catalogue, replace(report, sets=(), conflicts=()))


def side_text(catalogue: Catalogue, side: Side | None, titles: Titles = NO_TITLES) -> str:
    """One side of a conflict: the label and the words, or that it is gone."""
    if side is None:
        return catalogue.text("merging.side_gone")
    if side.text is None:
        return catalogue.text(f"status.{side.label}")
    label = titles.get(side.label, side.label)
    return catalogue.text("merging.side", label=label, text=side.text)


def outcome_text(catalogue: Catalogue, conflict: ConflictNews) -> str:
    """What has become of a conflict, and what is to be done."""
    is_status = conflict.ours is not None and conflict.ours.text is None
    return catalogue.text(f"merging.outcome.{'status' if is_status else conflict.clash.value}")


def conflict_text(catalogue: Catalogue, conflict: ConflictNews, titles: Titles = NO_TITLES) -> str:
    """A conflict in one line."""
    return catalogue.text(
        "merging.conflict",
        title=conflict.place.title,
        person=conflict.place.person,
        ours=side_text(catalogue, conflict.ours, titles),
        theirs=side_text(catalogue, conflict.theirs, titles),
        outcome=outcome_text(catalogue, conflict),
    )


def drop_text(catalogue: Catalogue, news: DropNews) -> str:
    """What would go from one set."""
    kind = "all" if news.drop.layer is None else news.drop.layer.value
    return catalogue.text(
        f"merging.drop.{kind}",
        title=news.place.title,
        person=news.place.person,
        lost=news.drop.lost,
        before=news.drop.before,
    )


def lacking_text(catalogue: Catalogue, lacking: Lacking) -> str:
    """What our scheme does not have."""
    return catalogue.text(
        f"merging.lacking.{lacking.part.value}",
        id=lacking.id,
        owner=lacking.owner,
        count=lacking.count,
    )


def _set_text(catalogue: Catalogue, news: SetNews) -> str:
    return catalogue.text(
        "merging.set",
        title=news.place.title,
        person=news.place.person,
        added=news.added,
        changed=news.changed,
        removed=news.removed,
    )
