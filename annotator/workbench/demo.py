"""The demo project: sample articles, one of them annotated, ready to be opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import DocumentId
from annotator.foundation.atomic import file_error
from annotator.foundation.errors import Defect
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock
from annotator.workbench.projects import SUFFIX, create_project

if TYPE_CHECKING:
    from annotator.workbench.importing import ImportReport

DEMO_ANNOTATOR = "Nîşan"
ANNOTATED = "01-water.gold.jsonl"
ANNOTATED_DOCUMENT = DocumentId("01-water")


def sample_files() -> tuple[Path, ...]:
    """The annotated sample as gold, then the other articles as text, then the crawled news."""
    texts = (path for path in sample_texts() if path.stem != ANNOTATED_DOCUMENT)
    return (annotated_file(), *texts, resource("samples", "news.jsonl"))


def sample_texts() -> tuple[Path, ...]:
    """The sample articles as text files, none of them annotated."""
    return tuple(sorted(resource("samples").glob("*.txt")))


def annotated_file() -> Path:
    """The annotated sample as gold."""
    return resource("samples", ANNOTATED)


def annotated_sample() -> AnnotationSet:
    """The annotations of the annotated sample."""
    from annotator.formats.base import Bundle
    from annotator.formats.gold_read import read_gold

    with annotated_file().open("rb") as stream:
        for item in read_gold(stream, source=ANNOTATED):
            if isinstance(item, Bundle):
                return item.sets[0].annotations
    raise Defect("defect.sample", name=ANNOTATED)


DEMO_FILE = f"demo{SUFFIX}"


def open_demo(folder: Path, clock: Clock) -> Path:
    """The path of the demo project in `folder`; it is made the first time.

    Raises `UserError` where it cannot be made.
    """
    path = folder / DEMO_FILE
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise file_error(error, folder) from error
        project, _ = create_demo(path, clock)
        project.close()
    return path


def create_demo(path: Path, clock: Clock) -> tuple[ProjectFile, ImportReport]:
    """Make the demo project: every sample imported, one of them annotated and complete.

    The project appears when it is whole: what fails leaves no file.
    """
    from annotator.workbench.importing import FoundFiles, ImportChoices, Importer

    project = create_project(path, clock=clock, annotator=DEMO_ANNOTATOR)
    try:
        choices = ImportChoices(annotator=DEMO_ANNOTATOR)
        report = Importer(project, clock).run(FoundFiles(sample_files()), choices)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project, report
