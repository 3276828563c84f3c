"""What is in a project in full: read and counted, label by label."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from annotator.core.annotations import SetStatus
from annotator.formats.base import Bundle, SegmentedBundle, SetContent
from annotator.formats.set_tally import LAYERS, SetTally
from annotator.foundation.errors import Refused
from annotator.kurdish.segmentation import segment
from annotator.store.project_file import ProjectFile
from annotator.workbench.importing import Progress
from annotator.workbench.projects import project_name
from annotator.workbench.schemes import scheme_of


class ProjectStatistics(Struct, frozen=True, kw_only=True):
    """A project in numbers, over all annotation sets that are not in the trash.

    `sets` counts them by status, `annotators` by the names of who made them, and `labels` counts
    labels, types and roles by the layers of gold, the commonest first.
    """

    path: str
    name: str
    scheme: str
    scheme_version: str
    documents: int
    characters: int
    tokens: int
    sentences: int
    sets: dict[str, int]
    annotators: dict[str, int]
    splits: dict[str, int]
    totals: dict[str, int]
    labels: dict[str, dict[str, int]]


def statistics_of(
    project: ProjectFile, progress: Progress = lambda done, total: True
) -> ProjectStatistics:
    """Read every document and set of a project. Raises `Refused` when `progress` asks to stop."""
    entries = project.documents.entries()
    scheme = scheme_of(project)
    tally = SetTally()
    people: Counter[str] = Counter()
    for done, entry in enumerate(entries):
        if not progress(done, len(entries)):
            raise Refused("stats.cancelled")
        document = project.documents.get(entry.id)
        headers = project.annotations.headers(entry.id)
        people.update(one for header in headers for one in header.annotators)
        sets = (SetContent(header, project.annotations.read(header)) for header in headers)
        tally.add(SegmentedBundle(Bundle(document, tuple(sets)), segment(document.text)))
    progress(len(entries), len(entries))
    splits = tally.splits
    return ProjectStatistics(
        path=str(project.path),
        name=project_name(project),
        scheme=scheme.id,
        scheme_version=scheme.version,
        documents=len(entries),
        characters=tally.characters,
        tokens=tally.tokens,
        sentences=tally.sentences,
        sets={status.value: tally.statuses[status.value] for status in SetStatus},
        annotators={person.name: people[person.id] for person in project.people.all()},
        splits={split or "none": splits[split] for split in sorted(splits, key=lambda s: s or "~")},
        totals={layer: tally.total(layer) for layer in LAYERS},
        labels={layer: _by_number(tally.counts(layer)) for layer in LAYERS},
    )


def _by_number(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
