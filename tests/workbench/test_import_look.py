"""What a look at an import tells beforehand is what the import does then."""

import pytest

from annotator.workbench.importing import ImportChoices, Importer
from annotator.workbench.label_mapping import NO_MAPPING, Decision, Fate, LabelMapping, Name
from annotator.workbench.merge_scheme import Part
from annotator.workbench.merging import plain_door
from annotator.workbench.project_changes import ProjectChanges
from annotator.workbench.reading import find_files
from annotator.workbench.trash import Trash
from tests.workbench.foreign import TEXT, spans_file, spans_format
from tests.workbench.projects import ARAM, FIRST, clock, import_into, new_project, write

__all__ = ["spans_format"]
pytestmark = pytest.mark.usefixtures("spans_format")

ONE = {"text": TEXT, "id": "one", "spans": [["ئازاد", "PER"]]}


@pytest.fixture
def project(tmp_path):
    with new_project(tmp_path) as made:
        yield made


def look(project, *files, mapping=NO_MAPPING):
    choices = ImportChoices(annotator=ARAM, mapping=mapping)
    return Importer(project, clock).preview(find_files(files), choices)


def told(preview):
    return [(one.key, one.values, one.is_refusal) for one in preview.problems]


def test_a_set_that_would_be_skipped_for_another_one_is_told(project, tmp_path):
    import_into(project, spans_file(tmp_path, ONE), annotator=ARAM)
    assert told(look(project, tmp_path / "x.spans")) == []
    other = spans_file(tmp_path, {**ONE, "spans": [["نەورۆز", "PER"]]}, name="b.spans")
    values = {"source": str(other), "existing": "one", "set": "a2"}
    assert told(look(project, other)) == [("import.would_skip", values, True)]
    assert not import_into(project, other, annotator=ARAM).is_whole


def test_sets_are_compared_as_they_would_come_in(project, tmp_path):
    foreign = spans_file(tmp_path, {**ONE, "spans": [["ئازاد", "PERSON"]]}, name="b.spans")
    import_into(project, spans_file(tmp_path, ONE), annotator=ARAM)
    person = Name(Part.LABEL, "PERSON")
    for label, count in (("PER", 0), ("LOC", 1)):
        mapping = LabelMapping({person: Decision(Fate.OURS, label)})
        preview = look(project, foreign, mapping=mapping)
        assert (len(preview.problems), preview.names) == (count, {})
        assert list(preview.double_names) == [(person, "")]


def test_a_second_set_in_the_same_files_is_told(project, tmp_path):
    first, same = spans_file(tmp_path, ONE), spans_file(tmp_path, ONE, name="b.spans")
    assert told(look(project, first, same)) == []
    other = spans_file(tmp_path, {**ONE, "spans": [["نەورۆز", "PER"]]}, name="c.spans")
    values = {"source": str(other), "existing": "one", "set": ARAM}
    assert told(look(project, first, other)) == [("import.would_leave_out", values, True)]


def test_another_id_is_told_as_it_will_be(project, tmp_path):
    import_into(project, write(tmp_path, "one.txt", FIRST))
    texts = (
        ONE,
        {**ONE, "id": "ONE", "text": f"{TEXT}."},
        {**ONE, "id": "two", "text": f"{TEXT}!"},
    )
    file = spans_file(tmp_path, *texts)
    expected = [("one", "one-2"), ("ONE", "ONE-3")]
    values = [{"told": was, "document": name} for was, name in expected]
    assert [one.values for one in look(project, file).problems] == values
    report = import_into(project, file, annotator=ARAM)
    assert [one.values for one in report.problems] == values
    assert report.imported == ("one-2", "ONE-3", "two")


def test_what_would_come_out_of_the_trash_is_told(project, tmp_path):
    file = spans_file(tmp_path, ONE)
    import_into(project, file, annotator=ARAM)
    (header,) = project.annotations.headers()
    with project.transaction() as transaction:
        project.annotations.remove(transaction, "one", header.id, at="2026-11-21T10:00:00Z")
    values = {"document": "one", "set": header.id}
    assert told(look(project, file)) == [("import.would_restore_set", values, False)]
    import_into(project, file, annotator=ARAM)
    changes = ProjectChanges(project, clock, plain_door(project, clock))
    Trash(project, changes).remove_documents(["one"])
    assert told(look(project, file, file)) == [("import.would_restore", {"document": "one"}, False)]
