import tracemalloc

import apsw
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit, ProjectEntry
from annotator.store.project_file import ProjectFile
from annotator.store.project_journal import body_pieces, edit_body, edit_to_json
from annotator.store.record_json import canonical
from tests.store.projects import NOW, make_project

NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
PRESENCES = st.one_of(
    st.builds(Presence.of_document, NAMES.map(DocumentId), is_here=st.booleans()),
    st.builds(Presence.of_set, NAMES.map(DocumentId), NAMES.map(SetId), is_here=st.booleans()),
    st.builds(Presence.of_person, NAMES.map(AnnotatorId), is_here=st.booleans()),
)
EDITS = st.builds(
    ProjectEdit,
    name=NAMES,
    details=st.dictionaries(NAMES, NAMES | st.integers(0, 2**40), max_size=3).map(
        lambda named: tuple(sorted(named.items()))
    ),
    presences=st.lists(PRESENCES, max_size=4).map(tuple),
    schemes=st.none() | st.tuples(st.integers(1, 99), st.integers(1, 99)),
)
PERSON = Presence.of_person(AnnotatorId("a1"), is_here=True)


@given(EDITS)
def test_a_body_made_in_one_go_is_the_same_to_the_byte(edit):
    assert edit_body(edit) == canonical(edit_to_json(edit))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=EDITS)
def test_every_edit_reads_back(edit, project):
    journal = project.project_journal
    with project.transaction() as transaction:
        made = journal.append(transaction, Act.DO, edit, at=NOW)
    assert made == ProjectEntry(made.seq, Act.DO, edit, NOW)
    assert journal.entries()[-1] == made


def whole(edit, documents):
    """The edit of an import that is held as one."""
    came = (Presence.of_document(document, is_here=True) for document in documents)
    return replace(edit, presences=(*edit.presences, *came))


@given(EDITS, st.lists(NAMES.map(DocumentId), max_size=4), st.integers(0, 3))
def test_a_body_in_pieces_is_the_same_to_the_byte(edit, some, thousands):
    documents = tuple(some) * (1 + 1000 * thousands)
    assert "".join(body_pieces(edit, documents)) == edit_body(whole(edit, documents))


@pytest.mark.parametrize("count", [0, 1, 2500])
def test_an_import_in_pieces_reads_back(project, count):
    documents = [DocumentId(f"هەواڵ-{number}") for number in range(count)]
    edit = ProjectEdit("edit.import", (("documents", count),), (PERSON,), (1, 2))
    with project.transaction() as transaction:
        seq = project.project_journal.next_seq()
        project.project_journal.append_import(transaction, edit, documents, at=NOW)
    entry = ProjectEntry(seq, Act.DO, whole(edit, documents), NOW)
    assert project.project_journal.entries() == (entry,)


def test_an_import_in_pieces_reads_back_where_the_file_keeps_text_in_another_encoding(path):
    make_project(path).close()
    other = path.with_name("other.nishan")
    with apsw.Connection(str(path)) as source, apsw.Connection(str(other)) as target:
        target.execute("PRAGMA encoding='UTF-16'")
        for pragma in ("application_id", "user_version"):
            target.execute(f"PRAGMA {pragma}={source.pragma(pragma)}")
        for kind, name, sql in source.execute("SELECT type, name, sql FROM sqlite_schema"):
            if sql is not None:
                target.execute(sql)
            if kind == "table":
                for row in source.execute(f"SELECT * FROM {name}"):
                    marks = ",".join("?" * len(row))
                    target.execute(f"INSERT INTO {name} VALUES ({marks})", row)
    source.close()
    target.close()
    edit = ProjectEdit("edit.import", (("documents", 1),))
    with ProjectFile.open(other) as project:
        with project.transaction() as transaction:
            project.project_journal.append_import(transaction, edit, (DocumentId("ه"),), at=NOW)
        [entry] = project.project_journal.entries()
    assert entry.edit == whole(edit, (DocumentId("ه"),))


def test_a_large_import_is_never_held_as_a_whole(project):
    documents = [DocumentId(f"d{number:06}") for number in range(20_000)]
    edit = ProjectEdit("edit.import", (("documents", len(documents)),))
    size = len(edit_body(whole(edit, documents)))
    with project.transaction() as transaction:
        tracemalloc.start()
        project.project_journal.append_import(transaction, edit, documents, at=NOW)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < size / 2
