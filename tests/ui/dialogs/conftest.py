"""A real project, both languages, and the eyes that look at a dialog."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QSettings

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention, SetStatus
from annotator.core.commands.records import set_status
from annotator.core.document import Document, Metadata, Source
from annotator.core.edits import Change, Edit
from annotator.core.ids import DocumentId, Layer, SetId, record_id
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments
from annotator.foundation.catalogue import load_catalogue
from annotator.ui.i18n import apply_language
from annotator.workbench.projects import create_project

NOW = "2026-11-21T09:00:00Z"
TEXT = "شاری هەولێر پایتەختی هەرێمی کوردستانە."


def clock():
    """A clock that stands."""
    return datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory):
    """Qt finds its folder of settings once; each test begins with none."""
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)


@pytest.fixture(params=["ckb", "en"])
def catalogue(request, qapp):
    """The catalogue of each language, with the application speaking it."""
    loaded = load_catalogue(request.param)
    apply_language(qapp, loaded)
    yield loaded
    apply_language(qapp, load_catalogue("en"))


@pytest.fixture
def english(qapp):
    """English only, where the language does not matter."""
    loaded = load_catalogue("en")
    apply_language(qapp, loaded)
    return loaded


@pytest.fixture
def project(tmp_path):
    """A project with an annotator and no document."""
    with create_project(tmp_path / "هەواڵ.nishan", clock=clock, annotator="شیلان") as made:
        yield made


@pytest.fixture
def annotate(project):
    """Add a document with one mention and a status; the mention's end decides whether it is V04."""

    def add(identifier, *, end=11, status=SetStatus.COMPLETE, start=5):
        document = Document(
            DocumentId(identifier),
            f"{TEXT}\n{identifier}",
            Source(f"{identifier}.txt", "0" * 64),
            Metadata(title=f"هەواڵی {identifier}"),
        )
        owner = project.people.all()[0]
        header = SetHeader(
            SetId(owner.id), document.id, SetKind.ANNOTATOR, (owner.id,), created=NOW, modified=NOW
        )
        mention = Mention(record_id(Layer.MENTION, 1), "GPE", Fragments.at(start, end))
        filled = AnnotationSet().apply(Edit("edit.import", (Change(None, mention),)))
        edits = [Edit("edit.import", (Change(None, mention),))]
        if status is not SetStatus.IN_PROGRESS:
            edits.append(set_status(filled, status))
        with project.transaction() as tx:
            project.documents.add(tx, document, at=NOW)
            project.annotations.add_set(tx, header)
            for edit in edits:
                project.annotations.write(tx, header, edit, numbers=filled.last_numbers, at=NOW)
        return document.id

    return add
