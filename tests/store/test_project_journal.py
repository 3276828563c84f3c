from hypothesis import HealthCheck, given, settings, strategies as st

from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit, ProjectEntry
from annotator.store.project_journal import edit_body, edit_to_json
from annotator.store.record_json import canonical
from tests.store.projects import NOW

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
