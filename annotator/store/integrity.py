"""Full check of an open project: SQLite's own, references, digests and counts."""

from __future__ import annotations

from collections import Counter

from annotator.core.annotations import layer_of
from annotator.core.ids import DocumentId
from annotator.foundation.errors import UserError
from annotator.store.annotations import Annotations
from annotator.store.connection import Connection
from annotator.store.documents import Documents
from annotator.store.journal import Journal
from annotator.store.people import People
from annotator.store.schemes import Schemes


def check_quickly(connection: Connection) -> None:
    """Raise ``store.damaged`` where the pages of the file do not fit together."""
    if connection.rows("PRAGMA quick_check(1)") != [("ok",)]:
        raise UserError("store.damaged", name=connection.path.name)


def check_structure(connection: Connection) -> None:
    """Raise ``store.damaged`` where pages, indexes or references do not fit together."""
    if connection.rows("PRAGMA integrity_check(1)") != [("ok",)]:
        raise UserError("store.damaged", name=connection.path.name)
    if connection.rows("PRAGMA foreign_key_check"):
        raise UserError("store.damaged", name=connection.path.name)


def check_fully(connection: Connection) -> None:
    """Read everything and compare it with its digest.

    Raises the `UserError` that names the first damage. Nothing is changed.
    """
    check_structure(connection)
    Schemes(connection).current()
    People(connection).all()
    documents = Documents(connection)
    from annotator.store.project_journal import ProjectJournal

    ProjectJournal(connection).entries()
    for entry in (*documents.entries(), *documents.removed()):
        documents.get(entry.id)
        _check_sets(connection, entry.id)


def _check_sets(connection: Connection, document: DocumentId) -> None:
    annotations, journal = Annotations(connection), Journal(connection)
    counts = annotations.counts_of(document)
    for header in annotations.every_header(document):
        found = annotations.read(header)
        held = Counter(layer_of(annotation) for annotation in found.annotations())
        if Counter(counts[header.id]) != held:
            raise UserError("store.set_damaged", document=document, set=header.id)
        journal.entries(header)
