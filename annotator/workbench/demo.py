"""The demo project: sample articles, one of them annotated, ready to be opened."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import SetStatus
from annotator.core.commands.records import set_status
from annotator.core.document import Document
from annotator.core.edits import Change, Edit
from annotator.core.history import Act
from annotator.core.ids import SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.annotated_sample import records_from_sample
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.importing import Importer, ImportReport, find_files
from annotator.workbench.people import annotator_named
from annotator.workbench.projects import create_project

DEMO_ANNOTATOR = "Nîşan"
ANNOTATED = "annotated.json"


def sample_files() -> list[Path]:
    """The bundled sample articles, in order."""
    samples = resource("samples")
    return [*sorted(samples.glob("*.txt")), samples / "news.jsonl"]


def create_demo(path: Path, clock: Clock) -> tuple[ProjectFile, ImportReport]:
    """Make the demo project: every sample imported, one of them annotated and complete."""
    project = create_project(path, clock=clock, annotator=DEMO_ANNOTATOR)
    try:
        report = Importer(project, clock).run(find_files(sample_files()))
        _annotate(project, clock)
    except BaseException:
        project.close()
        raise
    return project, report


def _annotate(project: ProjectFile, clock: Clock) -> None:
    sample = json.loads(resource("samples", ANNOTATED).read_text(encoding="utf-8"))
    document = _document(project, Path(sample["document"]).stem)
    annotator = annotator_named(project, DEMO_ANNOTATOR, clock)
    now = stamp(clock())
    header = SetHeader(
        id=SetId(annotator.id),
        document=document.id,
        kind=SetKind.ANNOTATOR,
        annotators=(annotator.id,),
        created=now,
        modified=now,
    )
    records = records_from_sample(sample)
    edit = Edit("edit.import", tuple(Change(None, record) for record in records))
    filled = AnnotationSet().apply(edit)
    completed = set_status(filled, SetStatus.COMPLETE)
    with project.transaction() as transaction:
        project.annotations.add_set(transaction, header)
        for step in (edit, completed):
            numbers = filled.last_numbers
            project.annotations.write(transaction, header, step, numbers=numbers, at=now)
            project.journal.append(transaction, header, act=Act.DO, edit=step, at=now)


def _document(project: ProjectFile, stem: str) -> Document:
    entry = next(e for e in project.documents.entries() if e.id == stem)
    return project.documents.get(entry.id)
