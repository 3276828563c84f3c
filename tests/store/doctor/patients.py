"""A project with everything in it, and ways to hurt it and to compare what is left."""

import json
import sqlite3
from contextlib import suppress

from annotator.core.annotations import (
    Argument,
    Coverage,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
    StatusRecord,
    SuggestionDecision,
)  # fmt: skip
from annotator.core.document import Document, Metadata, Source
from annotator.core.edits import Change, Edit, Focus
from annotator.core.history import Act
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.project_edits import ProjectEdit
from annotator.core.proposals import Proposal, Verdict
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import AnnotatorError
from annotator.store.doctor.ailments import Ailment
from annotator.store.doctor.examining import examine
from annotator.store.doctor.records import row_values
from annotator.store.project_file import ProjectFile
from annotator.store.record_json import canonical, record_from_json
from annotator.store.rows import digest_of
from annotator.workbench.project_changes import MARK_ALL, SetEdit
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import open_workspace
from tests.store.projects import NOW, perform
from tests.workbench.projects import clock

TEXT = (
    "شاری هەولێر 🙂 پایتەختی هەرێمە.\n"
    "سەرۆکی شار گوتی: «کارەکان باشن، ئازاد گوتی: ‹سبەی دێین› و ڕۆیشت».\n"
) * 4


def fragments(*pairs):
    return Fragments(tuple(Span(start, end) for start, end in pairs))


def header(document, person="a1"):
    return SetHeader(SetId(person), DocumentId(document), SetKind.ANNOTATOR, (person,), NOW, NOW)


RECORDS = (
    Entity("E1", "GPE", "هەولێر", kb=(("wikidata", "Q1"),)),
    Mention("T1", "GPE", fragments((5, 11)), entity="E1"),
    Mention("T2", "PER", fragments((33, 39)), attrs=(("value", "x"),)),
    Mention("T3", "PER", fragments((64, 69))),
    Event("EV1", "Contact.Meet", fragments((45, 49))),
    Event(
        "EV2", "Contact.Meet", fragments((52, 55), (57, 60)),
        arguments=(
            Argument("Participant", MentionTarget("T2")),
            Argument("Place", ImplicitTarget("E1")),
            Argument("Topic", EventTarget("EV1")),
        ),
    ),
    Quote(
        "Q1", QuoteType.DIRECT, fragments((50, 95)), cue=fragments((44, 48)),
        speaker=Speaker(MentionTarget("T2"), SpeakerForm.NOMINAL),
        addressees=(SpanTarget(fragments((0, 4)), "E1"),),
    ),
    Quote("Q2", QuoteType.DIRECT, fragments((77, 86)), parent="Q1",
          speaker=Speaker(MentionTarget("T3"), SpeakerForm.NAME)),
    SuggestionDecision(
        "D1", Verdict.REJECTED, Proposal("names", Layer.MENTION, "LOC", fragments((12, 13)))
    ),
)  # fmt: skip


def add(*records):
    return Edit("edit.add_mention", tuple(Change(None, r) for r in records), Focus(0, 4))


def make_patient(path, *, mentions=0):
    """A project with every kind of record and act, in two documents, by two people."""
    scheme = read_scheme_text(DEFAULT_SCHEME)
    with ProjectFile.create(path, scheme_json=scheme, name="کار", now=NOW) as project:
        with project.transaction() as tx:
            project.people.add(tx, "شیلان", at=NOW)
            project.people.add(tx, "ئازاد", at=NOW)
            for number in (1, 2):
                text = f"{TEXT}{number}"
                source = Source(f"{number}.txt", "ab" * 32)
                metadata = Metadata(title=f"هەواڵ {number}", outlet="تاقیکردنەوە")
                document = Document(DocumentId(f"n{number}"), text, source, metadata)
                project.documents.add(tx, document, at=NOW)
            for document, person in (("n1", "a1"), ("n1", "a2"), ("n2", "a1")):
                project.annotations.add_set(tx, header(document, person))
            project.places.save(tx, DocumentId("n1"), "a1", 3, 7)
        _work(project, header("n1"))
        perform(project, add(*RECORDS[:4]), header=header("n2"))
        perform(project, add(*_more(mentions)), header=header("n1", "a2"))
    return path


def _work(project, of):
    for record in RECORDS:
        perform(project, add(record), header=of)
    gone = Mention("T4", "ORG", fragments((0, 4)))
    edit = add(gone)
    _, first = perform(project, edit, header=of)
    perform(project, edit.inverse, header=of, act=Act.UNDO, target=first.seq)
    perform(project, edit, header=of, act=Act.REDO, target=first.seq)
    perform(project, Edit("edit.delete", (Change(gone, None),)), header=of)
    status = StatusRecord(
        SetStatus.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE
    )
    perform(project, add(status), header=of)


def _more(count):
    size = len(TEXT) - 5
    return [
        Mention(f"T{n}", "GPE", fragments((n * 3 % size, n * 3 % size + 4)))
        for n in range(1, count + 2)
    ]


def make_trashed(path, *, mentions=0):
    """A patient in which things were done to the project as a whole, and undone, and trashed."""
    make_patient(path, mentions=mentions)
    workspace = open_workspace(path, annotator="شیلان", clock=clock)
    changes, trash = workspace.changes, Trash(workspace.project, workspace.changes)
    edits = []
    for name in ("n1", "n2"):
        door = workspace.door(DocumentId(name), SetId("a1"))
        edits.append(SetEdit(door, add(Mention("T20", "LOC", fragments((12, 15))))))
    changes.perform(ProjectEdit(MARK_ALL, (("text", "پای"),)), edits)
    changes.undo(1)
    changes.redo(1)
    trash.remove_documents([DocumentId("n2")])
    (person,) = [one for one in workspace.project.people.all() if one.id == "a2"]
    trash.remove_person(person)
    changes.undo(5)
    changes.redo(5)
    trash.remove_label("LOC", "شوێن")
    workspace.close()
    return path


def tamper(path, *statements):
    """Change a file behind the program's back."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA ignore_check_constraints=ON")
    for statement in statements:
        assert database.execute(statement).rowcount != 0, statement
    database.commit()
    database.close()


def ailments(path):
    """What the doctor says about a file."""
    return [said for said in examine(path) if isinstance(said, Ailment)]


def content(path):
    """Everything in a project by value, for comparing; but for its id, which a copy has anew."""
    with ProjectFile.open(path) as project:
        entries = (*project.documents.entries(), *project.documents.removed())
        headers = [header for e in entries for header in project.annotations.every_header(e.id)]
        return {
            "documents": [project.documents.get(e.id) for e in entries],
            "people": (*project.people.all(), *project.people.removed()),
            "scheme": project.schemes.current(),
            "sets": {
                (h.document, h.id): (h, project.annotations.read(h)) for h in headers
            },
            "journal": {(h.document, h.id): project.journal.entries(h) for h in headers},
            "acts": project.project_journal.entries(),
            "trash": (
                *((e.id, project.documents.removed_at(e.id)) for e in project.documents.removed()),
                *(
                    (h.document, h.id, project.annotations.removed_at(h.document, h.id))
                    for h in project.annotations.removed()
                ),
                *project.people.removed(),
            ),
            "counts": {e.id: project.annotations.counts_of(e.id) for e in entries},
            "statuses": project.annotations.statuses(),
            "places": [
                project.places.get(DocumentId(d), p) for d in ("n1", "n2") for p in ("a1", "a2")
            ],
            "meta": [project.meta.get(k) for k in ("name", "created", "generation")],
        }  # fmt: skip


def finished(steps):
    """What slow work returns at its end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


HEADS = {"journal": "act, target, joins, made", "project_journal": "act, target, made"}


def rewritten(path, table, where, change):
    """Change a body and give it the digest it then needs."""
    database = sqlite3.connect(path)
    key, body = ("seq" if table in HEADS else "key"), "body"
    ((number, old),) = database.execute(f"SELECT {key}, {body} FROM {table} WHERE {where}")
    new = change(old)
    assert new != old
    said = new
    if table in HEADS:
        (head,) = database.execute(f"SELECT {HEADS[table]} FROM {table} WHERE seq = {number}")
        said = canonical(head) + new
    values = (new, digest_of(said), number)
    database.execute(f"UPDATE {table} SET body = ?, digest = ? WHERE {key} = ?", values)
    with suppress(sqlite3.OperationalError, AnnotatorError, ValueError, KeyError, TypeError):
        row = row_values(record_from_json(json.loads(new)))
        columns = ("label", "span_start", "span_end")
        told = [row[name] for name in columns]
        database.execute(
            f"UPDATE {table} SET label = ?, span_start = ?, span_end = ? WHERE key = ?",
            (*told, number),
        )
    database.commit()
    database.close()
