"""A small project, and short ways of writing into it."""

import apsw

from annotator.core.annotations import Mention, SuggestionDecision
from annotator.core.document import Document, Metadata, Source
from annotator.core.edits import Change, Edit, Focus
from annotator.core.history import Act
from annotator.core.ids import DocumentId, Layer, SetId, record_id
from annotator.core.proposals import Proposal, Verdict
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments
from annotator.store.header import APPLICATION_ID
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile

NOW = "2026-11-21T09:00:00Z"
LATER = "2026-11-21T10:30:00Z"
SCHEME = '{"id": "ckb-news", "name": {"ckb": "هەواڵ"}}'
TEXT = "شاری هەولێر 🙂 پایتەختی هەرێمە.\n" * 20
DOCUMENT = Document(
    id=DocumentId("n-1"),
    text=TEXT,
    source=Source("n1.txt", "0" * 64, newline="crlf", has_bom=True),
    metadata=Metadata(title="هەولێر", outlet="تاقیکردنەوە", published="٢١ی ١١"),
)
HEADER = SetHeader(
    id=SetId("a1"),
    document=DOCUMENT.id,
    kind=SetKind.ANNOTATOR,
    annotators=("a1",),
    created=NOW,
    modified=NOW,
)


def make_project(path):
    """A project with one annotator, one document and one empty set."""
    project = ProjectFile.create(path, scheme_json=SCHEME, name="پرۆژەی تاقیکردنەوە", now=NOW)
    with project.transaction() as tx:
        project.people.add(tx, "شیلان", at=NOW)
        project.documents.add(tx, DOCUMENT, at=NOW)
        project.annotations.add_set(tx, HEADER)
    return project


def mention(number, start=0, end=4, label="GPE", **values):
    """A mention of the test text."""
    return Mention(record_id(Layer.MENTION, number), label, Fragments.at(start, end), **values)


def decision(number, start=0, end=4, label="GPE", verdict=Verdict.REJECTED, suggester="names"):
    """A refused proposal of a mention in the test text."""
    proposal = Proposal(suggester, Layer.MENTION, label, Fragments.at(start, end))
    return SuggestionDecision(record_id(Layer.DECISION, number), verdict, proposal)


def adding(*records):
    """The edit that adds records."""
    return Edit("edit.add", tuple(Change(None, record) for record in records), Focus(0, 4))


def perform(project, edit, *, header=HEADER, act=Act.DO, at=LATER, **values):
    """Write an edit with its journal entry as the program does; the new set and the entry."""
    after = project.annotations.read(header).apply(edit)
    with project.transaction() as tx:
        project.annotations.write(tx, header, edit, numbers=after.last_numbers, at=at)
        entry = project.journal.append(tx, header, act=act, edit=edit, at=at, **values)
    return after, entry


def make_older(path, version):
    """Make the file one of an older schema, with the rows that it can hold."""
    newest = apsw.Connection(str(path))
    older_path = path.with_name("older")
    older = apsw.Connection(str(older_path))
    for script in load_migrations().scripts[:version]:
        older.execute(script)
    named = older.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in named:
        columns = [row[1] for row in older.execute(f"PRAGMA table_info({table})")]
        listed = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        for row in newest.execute(f"SELECT {listed} FROM {table}").fetchall():
            older.execute(f"INSERT INTO {table} ({listed}) VALUES ({marks})", row)
    older.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    older.execute(f"PRAGMA user_version = {version}")
    older.close()
    newest.close()
    older_path.replace(path)
